"""What the interview behind `agree draft` asks, with the usual answers, and which answers no agreement is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS, Form, Role, Strength, role_of
from confide.records import working_days
from confide.records.shapes import COUNTRY, DIGEST, PARTNERSHIP, PERIOD, TERM, ZONE, Shape, is_party

UNLESS_PERMITTED, NEVER, NOTHING = "unless-permitted", "never", "nothing"
_KEPT = (UNLESS_PERMITTED, NEVER)
# For each answer from a closed list: what may be answered, the usual answer first.
CHOICES: dict[str, tuple[str, ...]] = {
    "assessments": (*_KEPT, "topic", "summary", "verbatim"),
    "goals": ("summary", "none", "topic", "verbatim"),
    "career": (*_KEPT, "topic", "summary", "verbatim"),
    "feedback": (NEVER, UNLESS_PERMITTED, "aggregate", "summary"),
    "talks": (*_KEPT, "topic", "summary"),
    "business": (*_KEPT, "topic", "summary", "verbatim"),
    "advice": ("topic", "summary", "none"),
    "if_silent": ("hold", "send"),
    "relayed": ("summary", "verbatim"),
    "attribution": ("category", "none", "name"),
    "unsolicited": ("accept", "return"),
    "credentialing": (NOTHING, "hours", "name-and-hours"),
}
# For each answer that is one word of a shape: the shape.
SHAPES: dict[str, Shape] = {
    "partnership": PARTNERSHIP,
    "people": DIGEST,
    "time_zone": ZONE,
    "calendar": Shape(f"{COUNTRY.expected}, whose holidays are known", working_days.known),
    **dict.fromkeys(("notice", "input_window", "promptly", "incident_notice", "keep_notes", "keep_log"), PERIOD),
}
# More clients than these would need words that the names of their information do not have.
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
LONGEST = 300


@dataclass(frozen=True)
class Answers:
    """What the interview asks. `people` is the digest of the sealed schedule; `parties` everybody who takes part.

    Six answers say what the sponsors who sign may learn: `assessments`, `goals` (those set together), `career`,
    `feedback`, `talks` (discussions and conflicts) and `business` (appraisals, proprietary matters, strategy): a form,
    or that it is kept from them. An empty list of people means the usual ones.
    """

    partnership: str
    people: str
    parties: tuple[str, ...]
    effective: date
    until: date
    time_zone: str
    law: str
    calendar: str = "GB"
    signatories: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ("own-key", "portal", "paper", "e-sign")
    instruments: tuple[str, ...] = ()
    notice: str = "10 working days"
    assessments: str = UNLESS_PERMITTED
    goals: str = "summary"
    career: str = UNLESS_PERMITTED
    feedback: str = NEVER
    talks: str = UNLESS_PERMITTED
    business: str = UNLESS_PERMITTED
    quorum: tuple[str, ...] = ()
    summary: bool = True
    summary_due: tuple[date, ...] = ()
    if_silent: str = "hold"
    input_window: str = "5 working days"
    input_waived: str = "nobody could reach the client for 10 working days"
    circles: tuple[tuple[str, int], ...] = ()
    smallest_group: int = 3
    relayed: str = "summary"
    attribution: str = "category"
    promptly: str = "3 working days"
    unsolicited: str = "accept"
    channels: tuple[str, ...] = ("site", "in-person", "phone", "paper")
    threat_covers_client: bool = True
    unethical: str = "fraud, harassment, a hidden conflict of interest; nothing milder"
    representatives: tuple[str, ...] = ()
    advice: str = "topic"
    adviser_none: str = "nobody suitable was found yet"
    credentialing: str = NOTHING
    controllers: tuple[str, ...] = ()
    incident_notice: str = "72 hours"
    keep_notes: str = "1 year after end"
    keep_log: str = "6 years"


def check(a: Answers) -> None:
    """Raise Usage with everything that no agreement could be made of."""
    problems = [*_words(a), *_lists(a), *_people(a), *_days(a)]
    if problems:
        raise Usage(*problems)


def flag(field: str) -> str:
    """How an answer is called on the command line."""
    return "--circle" if field == "circles" else "--" + field.replace("_", "-")


def _words(a: Answers) -> Iterator[Problem]:
    for field, choices in CHOICES.items():
        if getattr(a, field) not in choices:
            yield _wrong(field, f"one of {', '.join(choices)}")
    for field, shape in SHAPES.items():
        if not shape.fits(getattr(a, field)):
            yield _wrong(field, shape.expected)
    for field in ("law", "input_waived", "unethical", "adviser_none"):
        text = getattr(a, field)
        if not (text.strip() and text.isprintable() and len(text) <= LONGEST):
            yield _wrong(field, f"one line of at most {LONGEST} printable characters")
    if a.smallest_group < 2:
        yield _wrong("smallest_group", "two or more: a group of one is a person")


def _lists(a: Answers) -> Iterator[Problem]:
    known: dict[str, tuple[str, ...]] = {"accepted": tuple(s.value for s in Strength), "channels": CHANNELS}
    for field, words in known.items():
        if not getattr(a, field) or not set(getattr(a, field)) <= set(words):
            yield _wrong(field, f"at least one of {', '.join(words)}")
    circles = [circle for circle, _ in a.circles]
    for field in ("accepted", "channels", "parties", "signatories", "quorum", "representatives", "instruments"):
        if len(set(getattr(a, field))) < len(getattr(a, field)):
            yield _wrong(field, "each of them once")
    if len(set(circles)) < len(circles) or not all(is_party(name) and size > 0 for name, size in a.circles):
        yield _wrong("circles", "each circle once, with the number of its people: peers=5")
    if not all(map(TERM.fits, a.instruments)):
        yield _wrong("instruments", TERM.expected)


def _people(a: Answers) -> Iterator[Problem]:
    for field in ("parties", "signatories", "quorum", "representatives", "controllers"):
        if not all(map(is_party, getattr(a, field))):
            yield _wrong(field, "words for parties: payer, manager, payer.hr")
    if missing := [party for party in ("coach", "client") if party not in a.parties]:
        yield _wrong("parties", f"`{missing[0]}` among them")
    # Whoever must consent has to be asked, and nobody pays for what they did not agree to (S-11, S-27).
    bound = (Role.COACH, Role.CLIENT, Role.PAYER)
    needed = [p for p in a.parties if role_of(p) in bound and "." not in p]
    if a.signatories and not set(needed) <= set(a.signatories) <= set(a.parties):
        yield _wrong("signatories", f"parties of the partnership, among them {', '.join(needed)}")
    if not set(a.quorum) <= set(a.signatories or a.parties):
        yield _wrong("quorum", "people who sign")
    if sum(role_of(p) is Role.CLIENT for p in a.parties) > len(ORDINALS):
        yield _wrong("parties", f"at most {len(ORDINALS)} clients")
    if a.credentialing != NOTHING and "credentialing-body" not in a.parties:
        yield _wrong("credentialing", "`credentialing-body` among the parties, or `nothing`")


def _days(a: Answers) -> Iterator[Problem]:
    if a.until < a.effective:
        yield _wrong("until", "a day that is not before the first")
    if any(not a.effective <= day <= a.until for day in a.summary_due) or len(set(a.summary_due)) < len(a.summary_due):
        yield _wrong("summary_due", "each day once, while the agreement is in force")


def _wrong(field: str, expected: str) -> Problem:
    return Problem(
        f"`{flag(field)}`: expected {expected}",
        "a draft that could not be signed helps nobody",
        hint="confide agree draft --help lists what can be answered",
        rule="draft",
    )


def told(answer: str) -> Form:
    """The form that an answer lets the sponsors learn; NONE where it is kept from them."""
    return Form[answer.upper()] if answer.upper() in Form.__members__ else Form.NONE

"""`agree draft`: a first agreement from a few answers, or an amendment from the version before it.

Every paragraph says which sentence of the policy it comes from. What comes out always passes `agree check`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from confide.model.words import Role, role_of

SPONSORS = (Role.PAYER, Role.STAKEHOLDER)


@dataclass(frozen=True)
class Answers:
    """What the interview asks. `people` is the digest of the sealed schedule; `parties` everybody who takes part."""

    partnership: str
    people: str
    parties: tuple[str, ...]
    effective: date
    until: date
    time_zone: str
    law: str
    calendar: str = "GB"
    goals: str = "summary"
    circles: tuple[tuple[str, int], ...] = ()


def _flow(parties: tuple[str, ...]) -> str:
    return "[" + ", ".join(parties) + "]"


def first(answers: Answers) -> bytes:
    """Agreement 1: the coach's usual stance, to be gone through with everybody and changed to what they agree."""
    sponsors = tuple(p for p in answers.parties if role_of(p) in SPONSORS)
    advisers = tuple(p for p in answers.parties if role_of(p) is Role.ADVISER)
    sources = tuple(p for p in answers.parties if role_of(p) is Role.SOURCE)
    payers = tuple(p for p in answers.parties if role_of(p) is Role.PAYER)
    signatories = ("coach", "client", *sponsors)
    parts = [
        _head(answers, signatories, payers or ("client",), advisers),
        *_shared(answers, sponsors, payers, advisers),
        _withheld(sponsors, advisers, sources),
        _foot(answers, payers, advisers),
    ]
    return "".join(parts).encode()


def _head(a: Answers, signatories: tuple[str, ...], owners: tuple[str, ...], advisers: tuple[str, ...]) -> str:
    adviser = (
        f"{{party: {advisers[0]}, open-to: signatories}}"
        if advisers
        else "{none-because: nobody suitable was found yet}"
    )
    source = "feedback: [source]" if any(role_of(p) is Role.SOURCE for p in a.parties) else "feedback: [client]"
    return f"""\
# The agreement of one partnership. Signed as it stands: every byte counts.
agreement: 1
partnership: {a.partnership}
people: {a.people}
signatories: {_flow(signatories)}                # S-14, S-27: everybody signs before coaching begins
signing: {{accepted: [own-key, portal, paper, e-sign], electronic-signing: agreed}}
effective: {a.effective}
until: {a.until}
time-zone: {a.time_zone}
ending: {{by: {_flow(signatories)}, notice: 10 working days, survives: [withheld, onward, retention]}}
law: {a.law}
adviser: {adviser}      # S-38: whom to ask about confidentiality
settings: {{calendar: {a.calendar}, promptly: 3 working days, input-window: 5 working days, smallest-group: 3}}
definitions:
  confidential: whatever could harm the standing of the person or organisation it came from, were it known  # S-01
  topic: that a subject came up, and nothing about it
  aggregate: taken over at least the smallest group
  summary: conclusions only, without quotation, incident or third person
consent: {{about-client: [client], about-organisation: {_flow(owners)}, {source}}}
otherwise: withhold               # S-03: silence never permits
terms:
"""


def _shared(a: Answers, sponsors: tuple[str, ...], payers: tuple[str, ...], advisers: tuple[str, ...]) -> list[str]:
    parts = [
        """\
  - id: own-to-client             # S-11: what is hers is hers
    effect: share
    what: [assessment-results, partnership-goals, career-aspirations, conflicts, discussions, engagement]
    with: [client]
    by: [coach]
    when: [always]
    form: verbatim
    circumstances: always
"""
    ]
    if payers:
        parts.append(f"""\
  - id: attendance-to-payer       # dates and number of sessions, for invoices
    effect: share
    what: [engagement]
    with: {_flow(payers)}
    by: [coach]
    when: [{{every: month}}]
    form: topic
    circumstances: always
    onward: []
""")
    if sponsors and a.goals != "none":
        parts.append(f"""\
  - id: goals-to-sponsors         # S-30: the goals that were set together
    effect: share
    what: [partnership-goals/shared]
    with: {_flow(sponsors)}
    by: [coach]
    when: [{{every: quarter}}]
    form: {a.goals}
    circumstances: always
    channel: [site, in-person]
    not-for: [pay, promotion, dismissal]
    onward: []
""")
    if advisers:
        parts.append(f"""\
  - id: talks-to-adviser          # S-38: that a subject came up, for advice; never who said what
    effect: share
    what: [discussions, conflicts]
    with: {_flow(advisers)}
    by: [coach]
    when: [always]
    form: topic
    attribution: none
    circumstances: always
    onward: []
""")
    parts.append("""\
  - id: feedback-to-client        # S-17, S-18: promptly, by category at most
    effect: share
    what: [feedback]
    with: [client]
    by: [coach]
    when: [promptly]
    form: summary
    attribution: category
    circumstances: always
""")
    return parts


def _withheld(sponsors: tuple[str, ...], advisers: tuple[str, ...], sources: tuple[str, ...]) -> str:
    others = (*sponsors, *sources)
    rows = [
        ("assessment-private", "[assessment-results]", (*others, *advisers), "client-permits", "S-29"),
        ("goals-private", "[partnership-goals/private]", others, "client-permits", "S-30"),
        ("career-private", "[career-aspirations]", (*others, *advisers), "client-permits", "S-31"),
        ("feedback-private", "[feedback]", sponsors, "", "S-32"),
        ("talks-private", "[discussions, conflicts]", others, "client-permits", "S-34, S-35"),
        ("business-private", "[performance-appraisals, proprietary, strategy]", (*sources, *advisers), "owner-permits",
         "S-33, S-36, S-37"),
    ]  # fmt: skip
    text = ""
    for term, what, parties, unless, sid in rows:
        lines = [f"  - id: {term}", "    effect: withhold", f"    what: {what}"]
        if parties:
            lines.append(f"    with: {_flow(parties)}")
        if unless:
            lines.append(f"    unless: {unless}")
        if not parties and term == "business-private":
            lines[-1:] = ["    with: [client]", "    unless: owner-permits"]
        lines[0] = f"{lines[0]:<32}# {sid}"
        text += "\n".join(lines) + "\n"
    return text


def _foot(a: Answers, payers: tuple[str, ...], advisers: tuple[str, ...]) -> str:
    representatives = _flow((*(f"{p}.legal" for p in payers), "authority"))
    consult = f", consult: {advisers[0]}" if advisers else ""
    circles = ", ".join(f"{name}: {size}" for name, size in a.circles)
    return f"""\
feedback: {{unsolicited: accept, circles: {{{circles}}}, too-small: someone you work with}}
# S-26: nothing electronic unless its access is controlled
channels: {{site: controlled, in-person: controlled, phone: controlled, paper: controlled, e-mail: receive-only}}
requests: {{visible-to: [client]}}
exceptions:                       # S-10; there are no others
  compelled: {{by: [court, regulator], extent: what the order names, client: told first unless forbidden}}
  threat: {{covers: [organisation, client], to: {representatives}{consult}}}
  illegal: {{to: {representatives}{consult}}}
  unethical: {{means: "fraud, harassment, a hidden conflict of interest; nothing milder", to: {representatives}}}
  input-waived-when: nobody could reach the client for 10 working days
  credentialing-body: nothing
data: {{controllers: [coach], held-in: {a.calendar}, access-request: 1 month, incident-notice: 72 hours}}
retention: {{notes: 1 year after end, agreement-and-log: 6 years, legal-hold: kept}}
"""


def amendment(before: bytes, version: int, people: str, effective: date) -> bytes:
    """The next version: the one before it with a new number, day and schedule, for the coach to change."""
    text = before.decode()
    for key, value in (("agreement", str(version)), ("people", people), ("effective", effective.isoformat())):
        text, found = re.subn(rf"(?m)^{key}:[ ]+\S+", f"{key}: {value}", text, count=1)
        if not found:
            raise ValueError(f"the agreement before has no line `{key}:`")
    return text.encode()

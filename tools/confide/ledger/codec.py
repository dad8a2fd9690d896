"""An event's commit message, rendered from its file alone, so that `git log` reads like a register (promise 5).

Nobody writes a message: whoever reads one renders it again from the file and compares, so a message can neither say
more than the file nor anything else. Every word in it is from a closed list, an id, a number, a date or a hash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from confide.model.event import KINDS, Copies, Event
from confide.model.ids import is_event, is_note, is_partnership, is_practice
from confide.model.problem import Malformed, Problem
from confide.model.words import role_of
from confide.records import shapes
from confide.records.shapes import Shape

# The subject of each kind behind `kind: `; what it has to say in one line of a log.
_SUBJECTS: Mapping[str, Callable[[Event], str]] = {
    "invited": lambda e: f"{_list(e.to)} {e.number}",
    "enrolled": lambda e: f"{_list(e.to)} {e.number}",
    "key-changed": lambda e: f"{_list(e.to)} {e.number}",
    "revoked": lambda e: f"{_list(e.to)} {e.number}",
    "proposed": lambda e: f"agreement {e.agreement} to {_list(e.to)}",
    "signed": lambda e: f"agreement {e.agreement} by {e.by}, {e.strength}",
    "began": lambda e: f"agreement {e.agreement}",
    "ended": lambda e: f"agreement {e.agreement}",
    "disclosed": lambda e: f"{_list(e.what)} to {_list(e.to)}, {e.form.word if e.form is not None else ''}",
    "told": lambda e: f"{_list(e.what)} to {_list(e.to)}, {e.form.word if e.form is not None else ''}, {e.channel}",
    "refused": lambda e: f"{_list(e.what)} to {_list(e.to)}",
    "lapse": lambda e: f"{_list(e.what)} to {_list(e.to)}" if e.to else _list(e.what),
    "corrected": lambda e: e.target,
    "withdrawn": lambda e: f"{e.target} from {_list(e.to)}",
    "informed": lambda e: f"{_list(e.to)} of {_list(e.what)}",
    "attested": lambda e: f"{_list(e.terms)}",
    "acknowledged": lambda e: f"by {e.by}",
    "permitted": lambda e: f"{_list(e.what)} to {_list(e.to)} by {e.by}, {e.form.word if e.form is not None else ''}",
    "public": lambda e: f"{_list(e.what)} since {e.day}",
    "shown": lambda e: f"{_list(e.what)} to {_list(e.to)}",
    "input": lambda e: f"{e.target} by {e.by}, {e.evidence}",
    "consulted": lambda e: f"{_list(e.to)} about {_list(e.what)}",
    "instrument": lambda e: f"{e.target}",
    "replaced": lambda e: f"{_list(e.to[:1])} {e.number}",
    "case": lambda e: e.target or "opened",
    "granted": lambda e: _list(e.to),
    "relieved": lambda e: _list(e.to),
    "rotated": lambda e: f"key {e.key[-16:]}",
    "held": lambda e: f"by {e.by}",
    "released": lambda e: f"{e.target}",
    "condemned": lambda e: f"{e.scope} on {e.day}",
    "spared": lambda e: f"{e.target}",
    "destroyed": lambda e: f"{e.scope}",
    "published": lambda e: f"{len(e.sites)} {'site' if len(e.sites) == 1 else 'sites'}",
}

# The lines below the subject, in order; one that has nothing to say is left out.
_TRAILERS: tuple[tuple[str, Callable[[Event], str]], ...] = (
    ("Event", lambda e: e.id),
    ("Partnership", lambda e: e.partnership),
    ("By", lambda e: e.by),
    ("To", lambda e: _list(e.to)),
    ("Channel", lambda e: e.channel),
    ("Sections", lambda e: _list(exact.section for exact in e.sections)),
    ("Term", lambda e: f"{_list(e.terms)} (agreement {e.agreement})" if e.terms else ""),
    ("Agreement", lambda e: str(e.agreement) if e.agreement and not e.terms else ""),
    ("Because", lambda e: _list(e.because)),
    ("Scope", lambda e: e.scope),
    ("Copies", lambda e: _list(f"{_count(c)} {c.state}" for c in e.copies)),
    ("Target", lambda e: e.target),
    ("Evidence", lambda e: e.evidence),
    ("Day", lambda e: e.day.isoformat() if e.day else ""),
    ("Strength", lambda e: e.strength),
    ("Person", lambda e: str(e.number) if e.number else ""),
    ("Reader", lambda e: e.reader),
    ("Key", lambda e: e.key),
    ("Document", lambda e: e.document),
    ("Detail", lambda e: e.detail),
    ("Digest", lambda e: e.digest),
)


# Fields with one value, its shape, and whether every event has it.
_SINGLE: tuple[tuple[str, Shape, bool], ...] = (
    ("id", shapes.EVENT, True),
    ("partnership", shapes.PARTNERSHIP, True),
    ("by", shapes.PARTY, True),
    ("digest", shapes.DIGEST, True),
    ("channel", shapes.CHANNEL, False),
    ("target", shapes.TARGET, False),
    ("scope", shapes.SCOPE, False),
    ("evidence", shapes.one_of(shapes.EVIDENCE), False),
    ("strength", shapes.STRENGTH, False),
    ("reader", shapes.READER, False),
    ("key", shapes.FINGERPRINT, False),
    ("document", shapes.DIGEST, False),
    ("detail", shapes.DIGEST, False),
)


def _list(values: Iterable[str]) -> str:
    return ", ".join(values)


def _count(copies: Copies) -> str:
    return copies.where if copies.count == 1 else f"{copies.count} {copies.where}"


def message(event: Event) -> str:
    """The whole message: subject, blank line, trailers. Needs `event.digest`.

    Raises Malformed for a kind that cannot be recorded yet, or a value that is not of its closed shape.
    """
    if event.kind not in _SUBJECTS:
        raise Malformed(Problem("an event of this kind cannot be recorded yet", place=event.place, rule="event-kind"))
    open_words = [name for name, fits in _shapes(event) if not fits]
    if open_words:
        raise Malformed(
            Problem(
                f"`{open_words[0]}` of an event holds something else than ids and words of closed lists",
                "it would stand in the open",
                event.place,
                rule="closed-words",
            )
        )
    lines = [f"{event.kind}: {_SUBJECTS[event.kind](event)}", ""]
    lines += [f"{name}: {value}" for name, render in _TRAILERS if (value := render(event))]
    return "\n".join(lines) + "\n"


def _shapes(event: Event) -> Iterable[tuple[str, bool]]:
    """Each field that is rendered, and whether it has the shape that keeps names and prose out."""
    many: tuple[tuple[str, Iterable[str], Shape], ...] = (
        ("to", event.to, shapes.PARTY),
        ("what", event.what, shapes.KIND_OF_TYPE),
        ("sections", (exact.section for exact in event.sections), shapes.SECTION),
        ("terms", event.terms, shapes.TERM),
    )
    for name, values, shape in many:
        yield name, all(shape.fits(value) for value in values)
    yield "copies", all(shapes.WHERE.fits(one.where) and shapes.STATE.fits(one.state) for one in event.copies)
    yield "because", all(_reason(reason) for reason in event.because)
    for name, shape, required in _SINGLE:
        value = getattr(event, name)
        yield name, shape.fits(value) if value or required else True


def _reason(reason: str) -> bool:
    """`a83dw5hn` or `informed a83dw5hn`."""
    *kinds, event = reason.split(" ")
    return is_event(event) and (not kinds or (len(kinds) == 1 and kinds[0] in KINDS))


def mismatch(text: str, event: Event) -> str | None:
    """The first line in which a message differs from what `event` says, or None when it is exactly its rendering.

    Only what the event says is quoted: what stands there instead could be anything.
    """
    pairs = zip_longest(text.split("\n"), message(event).split("\n"))
    for number, (found, expected) in enumerate(pairs, 1):
        if found != expected:
            return f"line {number} should be `{expected}`" if expected else f"line {number} should not be there"
    return None


# Subjects of commits that are no events: `verb: id …`, each word with its shape.
_PARTS: Mapping[str, Callable[[str], bool]] = {
    "partnership": is_partnership,
    "practice": is_practice,
    "note": is_note,
    "event": is_event,
    "number": lambda word: bool(re.match(r"[1-9]\d{0,3}\Z", word)),
    "party": lambda word: role_of(word) is not None,
    "commit": lambda word: bool(re.match(r"[0-9a-f]{12}\Z", word)),
}
_PLAIN: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "init": (("practice",),),
    "practice": (("practice",),),
    "adopt": (("practice",),),
    "new": (("partnership",),),
    "people": (("partnership",),),
    "parties": (("partnership",),),
    "draft": (("partnership", "=agreement", "number"),),
    "note": (("partnership", "note"),),
    "notes": (("partnership",), ()),
    "summary": (("partnership", "event"),),
    "site": ((),),
    "settings": ((),),
    "merge": (("commit",), ("commit", "commit")),
}
# The same as a person writes them, for hints: `note: PARTNERSHIP NOTE`.
PLAIN_FORMS = tuple(
    f"{verb}: {' '.join(part.removeprefix('=') if part[0] == '=' else part.upper() for part in form)}".rstrip(": ")
    for verb, forms in _PLAIN.items()
    for form in forms
    if verb != "merge"
)


def plain_message(verb: str, *words: str) -> str:
    """The message of a commit that is no event: `note: p-k7f3 2026-02-03`. Raises ValueError for any other form."""
    text = f"{verb}: {' '.join(words)}".rstrip(": ") + "\n"
    if not is_plain(text):
        raise ValueError("a commit that is no event has one of the forms of the closed list")
    return text


def is_plain(text: str) -> bool:
    """Whether `text` is one line `verb: id …` of the closed list, or a verb alone that needs no id."""
    if not text.endswith("\n") or text.count("\n") != 1:
        return False
    verb, colon, rest = text[:-1].partition(": ")
    words = rest.split(" ") if colon else []
    return any(len(words) == len(form) and all(map(_fits, form, words)) for form in _PLAIN.get(verb, ()))


def _fits(part: str, word: str) -> bool:
    return word == part[1:] if part.startswith("=") else _PARTS[part](word)

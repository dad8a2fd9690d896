"""The parts of an agreement beside its terms: strict keys, typed values, kept as read-only mappings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from confide.model import ids
from confide.records.agreement_terms import read_when
from confide.records.fields import Fields
from confide.records.shapes import (
    CHANNEL,
    COUNTRY,
    FORM,
    PARTY,
    PERIOD,
    PURPOSE,
    STRENGTH,
    TERM,
    Shape,
    information_type,
    one_of,
    party_or,
)
from confide.records.wording import shown

Read = Callable[[Fields, str], Any]

NOBODY_BUT = ("signatories",)
SURVIVES = ("withheld", "onward", "retention", "final-summary")
# S-12: the three conclusions of a payer's summary; content outside them is blocked.
HEADINGS = ("current-ability", "potential-ability", "continue-coaching")


def one(shape: Shape) -> Read:
    return lambda fields, key: fields.one(key, shape)


def many(shape: Shape, *, may_be_empty: bool = False) -> Read:
    return lambda fields, key: fields.many(key, shape, may_be_empty=may_be_empty)


def text(fields: Fields, key: str) -> str:
    return fields.text(key)


def number(least: int) -> Read:
    return lambda fields, key: fields.number(key, least=least)


def inner(spec: Mapping[str, Read], *required: str) -> Read:
    """A mapping with these keys and no other; all are optional but the required ones."""
    return lambda fields, key: clause(fields.inner(key), spec, *required)


def each(spec: Mapping[str, Read], *required: str) -> Read:
    """A list of such mappings."""

    def read(fields: Fields, key: str) -> tuple[Mapping[str, Any], ...]:
        nodes = fields.items(key)
        return tuple(clause(Fields(node, fields.report, f"an entry of `{key}`"), spec, *required) for node in nodes)

    return read


def clause(fields: Fields | None, spec: Mapping[str, Read], *required: str) -> Mapping[str, Any]:
    """The values of the keys that are there, read as `spec` says, in its order."""
    if fields is None:
        return MappingProxyType({})
    found = {key: read(fields, key) for key, read in spec.items() if fields.has(key) or key in required}
    # Asking once more marks what is known, so that the hint for a misspelt key can name what is missing here.
    for key in spec:
        if key not in found:
            fields.node(key, required=False)
    fields.finish()
    return MappingProxyType(found)


def definitions(fields: Fields, key: str) -> Mapping[str, str]:
    """Words and their meaning; `confidential` has to be among them: it stands in every agreement and on every site."""
    words = fields.inner(key)
    if words is None:
        return MappingProxyType({})
    known = ("confidential", "topic", "aggregate", "summary", "verbatim")
    found = {"confidential": words.text("confidential")}
    for word, node in words.entries():
        if not ids.is_term(word):
            words.report.add(f"`{key}`: expected lower-case words joined by dashes, found {shown(word)}", node.line)
        elif word != "confidential":
            found[word] = words.text(word)
    return MappingProxyType({word: found[word] for word in (*known, *found) if word in found})


def circles(fields: Fields, key: str) -> Mapping[str, int]:
    """How many people each circle has: fixed before anything is collected."""
    sizes = fields.inner(key)
    if sizes is None:
        return MappingProxyType({})
    found = {}
    for circle, node in sizes.entries():
        if not PARTY.fits(circle):
            sizes.report.add(f"`{key}`: expected a party, found {shown(circle)}", node.line, hint=PARTY.hint)
        found[circle] = sizes.number(circle)
    return MappingProxyType(found)


def open_to(fields: Fields, key: str) -> tuple[str, ...]:
    """`signatories`, or a list of parties."""
    node = fields.node(key)
    if node is not None and isinstance(node.value, str):
        return (fields.one(key, one_of(NOBODY_BUT)),)
    return fields.many(key, PARTY)


CONSULT = one(PARTY)
EXCEPTION: Mapping[str, Read] = {
    "means": text,
    "covers": many(one_of(("organisation", "client"))),
    "to": many(PARTY),
    "consult": CONSULT,
}


def clauses_of(types: tuple[str, ...]) -> Mapping[str, Read]:
    """Every clause of its own, with how it is read."""
    what = information_type(types)
    return {
        "signing": inner(
            {
                "accepted": many(STRENGTH),
                "electronic-signing": one(one_of(("agreed", "not-agreed"))),
            },
            "accepted",
        ),
        "ending": inner({"by": many(PARTY), "notice": one(PERIOD), "survives": many(one_of(SURVIVES))}, "by"),
        "instruments": each({"id": one(TERM), "prevails": one(one_of(("where stricter", "always")))}, "id"),
        "adviser": inner({"party": one(PARTY), "open-to": open_to, "none-because": text}),
        "definitions": definitions,
        "summary": inner(
            {
                "to": many(PARTY),
                "by": many(PARTY),
                "form": one(FORM),
                "channel": many(CHANNEL),
                "due": lambda fields, key: fields.days(key),
                "headings": many(one_of(HEADINGS)),
                "includes": many(what),
                "excludes": many(what),
                "when": lambda fields, _: read_when(fields),
                "if-silent": one(one_of(("hold", "send"))),
                "client-statement": text,
                "not-for": many(PURPOSE),
            },
            *("to", "by", "headings", "includes", "excludes", "if-silent"),
        ),
        "feedback": inner(
            {
                "unsolicited": one(one_of(("accept", "return"))),
                "circles": circles,
                "too-small": text,
            },
            "unsolicited",
        ),
        "requests": inner({"visible-to": many(PARTY, may_be_empty=True)}),
        "exceptions": inner(
            {
                "compelled": inner({"by": many(PARTY), "extent": text, "client": text}, "by"),
                "threat": inner(EXCEPTION, "covers", "to"),
                "illegal": inner(EXCEPTION, "to"),
                "unethical": inner(EXCEPTION, "means", "to"),
                "input-waived-when": text,
                "credentialing-body": text,
            }
        ),
        "data": inner(
            {
                "controllers": many(PARTY),
                "held-in": one(COUNTRY),
                "access-request": one(PERIOD),
                "incident-notice": one(PERIOD),
            }
        ),
        "retention": inner(
            {"notes": one(PERIOD), "agreement-and-log": one(PERIOD), "legal-hold": one(one_of(("kept", "none")))}
        ),
    }


REQUIRED = ("signing", "definitions")
SETTINGS: Mapping[str, Read] = {
    "calendar": one(COUNTRY),
    "promptly": one(PERIOD),
    "input-window": one(PERIOD),
    "smallest-group": number(2),
}
# Whose consent counts; an empty list would read as "nobody is asked" and is refused.
CONSENT: Mapping[str, Read] = dict.fromkeys(
    ("about-client", "about-organisation", "feedback"), many(party_or("source"))
)
CHANNEL_CONTROLS: Mapping[str, Read] = dict.fromkeys(
    CHANNEL.known, one(one_of(("controlled", "receive-only", "not-used")))
)

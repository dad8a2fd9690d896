"""The parts of an agreement beside its terms: strict keys, typed values, kept as read-only mappings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from confide.model import ids
from confide.model.agreement import Moment
from confide.model.words import SUMMARY_HEADINGS
from confide.records.agreement_terms import read_when
from confide.records.clauses import Many, Number, One, Read, days, each, inner, text
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
    information_type,
    one_of,
    party_or,
)
from confide.records.wording import shown

NOBODY_BUT = ("signatories",)
SURVIVES = ("withheld", "onward", "retention", "final-summary")


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


def when(fields: Fields, key: str) -> tuple[Moment, ...]:
    """When the summary is given: the entries of a term's `when`."""
    del key
    return read_when(fields)


CONSULT = One(PARTY)
EXCEPTION: Mapping[str, Read] = {
    "means": text,
    "covers": Many(one_of(("organisation", "client"))),
    "to": Many(PARTY),
    "consult": CONSULT,
    # Who looks at it too, so that nobody decides alone to set confidentiality aside.
    "second": CONSULT,
}


def clauses_of(types: tuple[str, ...]) -> Mapping[str, Read]:
    """Every clause of its own, with how it is read."""
    what = information_type(types)
    return {
        "signing": inner(
            {
                "accepted": Many(STRENGTH),
                "electronic-signing": One(one_of(("agreed", "not-agreed"))),
            },
            "accepted",
        ),
        "ending": inner({"by": Many(PARTY), "notice": One(PERIOD), "survives": Many(one_of(SURVIVES))}, "by"),
        "instruments": each({"id": One(TERM), "prevails": One(one_of(("where stricter", "always")))}, "id"),
        "adviser": inner({"party": One(PARTY), "open-to": open_to, "none-because": text}),
        "definitions": definitions,
        "summary": inner(
            {
                "to": Many(PARTY),
                "by": Many(PARTY),
                "form": One(FORM),
                "channel": Many(CHANNEL),
                "due": days,
                "headings": Many(one_of(SUMMARY_HEADINGS)),
                "includes": Many(what),
                "excludes": Many(what),
                "when": when,
                "if-silent": One(one_of(("hold", "send"))),
                "client-statement": text,
                "not-for": Many(PURPOSE),
            },
            *("to", "by", "headings", "includes", "excludes", "if-silent"),
        ),
        "feedback": inner(
            {
                "unsolicited": One(one_of(("accept", "return"))),
                "circles": circles,
                "too-small": text,
            },
            "unsolicited",
        ),
        "requests": inner({"visible-to": Many(PARTY, may_be_empty=True)}),
        "exceptions": inner(
            {
                "compelled": inner({"by": Many(PARTY), "extent": text, "client": text}, "by"),
                "threat": inner(EXCEPTION, "covers", "to"),
                "illegal": inner(EXCEPTION, "to"),
                "unethical": inner(EXCEPTION, "means", "to"),
                "input-waived-when": text,
                "credentialing-body": text,
            }
        ),
        "data": inner(
            {
                "controllers": Many(PARTY),
                "held-in": One(COUNTRY),
                "access-request": One(PERIOD),
                "incident-notice": One(PERIOD),
            }
        ),
        "retention": inner(
            {"notes": One(PERIOD), "agreement-and-log": One(PERIOD), "legal-hold": One(one_of(("kept", "none")))}
        ),
    }


REQUIRED = ("signing", "definitions")
SETTINGS: Mapping[str, Read] = {
    "calendar": One(COUNTRY),
    "promptly": One(PERIOD),
    "input-window": One(PERIOD),
    "smallest-group": Number(2),
}
# Whose consent counts; an empty list would read as "nobody is asked" and is refused.
CONSENT: Mapping[str, Read] = dict.fromkeys(
    ("about-client", "about-organisation", "feedback"), Many(party_or("source"))
)
CHANNEL_CONTROLS: Mapping[str, Read] = dict.fromkeys(
    CHANNEL.known, One(one_of(("controlled", "receive-only", "not-used")))
)

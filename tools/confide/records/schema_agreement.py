"""The schema of an agreement and of an instrument, made from the list the reader goes by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from confide.model.agreement import ALWAYS, DUTIES_BEFORE, EVERY, ON, PROMPTLY
from confide.model.instrument import INSTRUMENT_KINDS
from confide.model.words import KNOWN_TYPES
from confide.records import agreement_clauses, clauses
from confide.records.agreement_clauses import CHANNEL_CONTROLS, CONSENT, REQUIRED, SETTINGS, clauses_of
from confide.records.agreement_terms import FACETS, PERIODS
from confide.records.schema_words import Schema, day, keys, listed, pattern, prose, whole, word
from confide.records.shapes import (
    ATTRIBUTION,
    CHANNEL,
    DIGEST,
    FORM,
    PARTNERSHIP,
    PARTY,
    PURPOSE,
    TERM,
    ZONE,
    information_type,
)

_TYPE = information_type(KNOWN_TYPES)


def agreement() -> Schema:
    """An agreement: the frame in the order of the worked example, then its clauses, the terms last."""
    spec = clauses_of(KNOWN_TYPES)
    properties: dict[str, Schema] = {
        "agreement": whole(),
        "partnership": word(PARTNERSHIP),
        "people": word(DIGEST),
        "signatories": listed(word(PARTY)),
        "signing": read(spec["signing"]),
        "effective": day(),
        "until": day(),
        "time-zone": word(ZONE),
        "ending": read(spec["ending"]),
        "law": prose(),
        "instruments": read(spec["instruments"]),
        "adviser": read(spec["adviser"]),
        "settings": read(clauses.Inner(SETTINGS)),
        "definitions": read(spec["definitions"]),
        "consent": read(clauses.Inner(CONSENT, ("about-client",))),
        "otherwise": {"enum": ["withhold"]},
        "types": types(),
        "terms": {"type": "array", "items": term()},
        "channels": read(clauses.Inner(CHANNEL_CONTROLS)),
    }
    properties |= {key: read(one) for key, one in spec.items() if key not in properties}
    optional = {"types", "settings", "channels", *(key for key in spec if key not in REQUIRED)}
    return keys(properties, (key for key in properties if key not in optional))


def instrument() -> Schema:
    """An instrument: whose document it is, how long it binds, and what it withholds."""
    withhold = keys({**_facets(), "effect": {"enum": ["withhold"]}}, ["id"])
    properties = {
        "instrument": {"const": 1},
        "id": word(TERM),
        "partnership": word(PARTNERSHIP),
        "kind": {"enum": list(INSTRUMENT_KINDS)},
        "parties": listed(word(PARTY)),
        "document": word(DIGEST),
        "effective": day(),
        "until": day(),
        "types": types(),
        "restricts": listed({**withhold, "allOf": [_withhold_only()]}),
    }
    return keys(properties, set(properties) - {"until", "types"})


def types() -> Schema:
    """Types of information that a file adds, each with its meaning on one line."""
    return {"type": "object", "propertyNames": pattern("[a-z]+(-[a-z]+)*"), "additionalProperties": prose()}


def term() -> Schema:
    """One term: a share says all six facets; in a withhold a facet left out means any."""
    shares = {"properties": {"effect": {"const": "share"}}, "required": ["effect"]}
    share_only = {"required": list(FACETS), "properties": {"unless": False}}
    return {**keys(_facets(), ["id", "effect"]), "if": shares, "then": share_only, "else": _withhold_only()}


def _facets() -> dict[str, Schema]:
    together = keys({"together": listed(word(PARTY))}, ["together"])
    return {
        "id": word(TERM),
        "effect": {"enum": ["share", "withhold"]},
        "what": listed(word(_TYPE)),
        "with": listed(word(PARTY)),
        "by": {"anyOf": [listed(word(PARTY)), together]},
        "when": when(),
        "form": word(FORM),
        "circumstances": {
            "anyOf": [
                {"const": ALWAYS},
                keys({"attested-by": word(PARTY), "that": prose()}, ["attested-by", "that"]),
            ]
        },
        "attribution": word(ATTRIBUTION),
        "channel": listed(word(CHANNEL)),
        "onward": listed(word(PARTY), least=0),
        "not-for": listed(word(PURPOSE)),
        "unless": {"enum": ["client-permits", "owner-permits"]},
    }


def _withhold_only() -> Schema:
    """A word that would be ignored is an error: somebody relies on it."""
    return {"properties": {"onward": False, "not-for": False, "by": {"type": "array"}}}


def when() -> Schema:
    """The entries of `when`."""
    every = keys({EVERY: {"enum": list(PERIODS)}}, [EVERY])
    on = keys({ON: day()}, [ON])
    words = {"enum": [ALWAYS, PROMPTLY, *DUTIES_BEFORE]}
    return listed({"anyOf": [words, every, on, day()]})


def read(one: clauses.Read) -> Schema:
    """The schema of what a reader of clauses takes. Raises ValueError for one it does not know."""
    match one:
        case clauses.One(shape):
            return word(shape)
        case clauses.Many(shape, may_be_empty):
            return listed(word(shape), least=0 if may_be_empty else 1)
        case clauses.Number(least):
            return whole(least)
        case clauses.Inner(spec, required):
            return keys({key: read(inner) for key, inner in spec.items()}, required)
        case clauses.Each(spec, required):
            return {"type": "array", "items": keys({key: read(inner) for key, inner in spec.items()}, required)}
    return _functions()[one]()


def _definitions() -> Schema:
    known = ("confidential", "topic", "aggregate", "summary", "verbatim")
    return {
        "type": "object",
        "properties": {name: prose() for name in known},
        "propertyNames": word(TERM),
        "required": ["confidential"],
        "additionalProperties": prose(),
    }


def _circles() -> Schema:
    return {"type": "object", "propertyNames": word(PARTY), "additionalProperties": whole()}


def _functions() -> dict[Any, Callable[[], Schema]]:
    """Readers that are functions of their own, each with what it takes."""
    open_to = {"enum": list(agreement_clauses.NOBODY_BUT)}
    return {
        clauses.text: prose,
        clauses.days: lambda: {"type": "array", "items": day()},
        agreement_clauses.definitions: _definitions,
        agreement_clauses.circles: _circles,
        agreement_clauses.open_to: lambda: {"anyOf": [open_to, listed(word(PARTY))]},
        agreement_clauses.when: when,
    }

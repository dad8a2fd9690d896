"""JSON Schemas (2020-12) of every kind of YAML file, for editors; `make schemas` writes them to schemas/.

`KEYS` says for each kind of file which keys it may have, as paths, so that the documentation can be held to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from confide.model.words import KNOWN_TYPES
from confide.records import partnership_file, people_file, practice_file
from confide.records.schema_agreement import agreement, instrument, term
from confide.records.schema_detail import detail
from confide.records.schema_event import event
from confide.records.schema_words import Schema, keys, listed, prose, whole, word
from confide.records.shapes import (
    DIGEST,
    FINGERPRINT,
    PARTNERSHIP,
    PARTY,
    PERIOD,
    PRACTICE,
    TERM,
    information_type,
)

# What stands in many places of a schema, and is written once in each file.
_OFTEN: Mapping[str, Schema] = {
    "a-party": word(PARTY),
    "a-type": word(information_type(KNOWN_TYPES)),
    "a-digest": word(DIGEST),
    "a-period": word(PERIOD),
    "parties": listed(word(PARTY)),
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def partnership() -> Schema:
    """`partnership.yml`."""
    party = keys({"party": word(PARTY), "state": {"enum": ["active", "left"]}}, ["party", "state"])
    return _all_required(
        {
            "partnership": {"const": partnership_file.FORMAT},
            "id": word(PARTNERSHIP),
            "parties": {"type": "array", "items": party},
            "keepers": listed(word(FINGERPRINT)),
        }
    )


def practice() -> Schema:
    """`records/practice.yml`."""
    properties = {
        "practice": {"const": practice_file.FORMAT},
        "id": word(PRACTICE),
        "keepers": listed(word(FINGERPRINT)),
        "publishing-key": word(FINGERPRINT),
        "remotes": listed(word(practice_file.REMOTE), least=0),
        "portal": word(practice_file.PORTAL),
    }
    return keys(properties, set(properties) - {"remotes", "portal"})


def people() -> Schema:
    """The plaintext of `people.yml.gpg`, which no editor should see on a disk."""
    return _all_required(
        {
            "people": {"const": people_file.FORMAT},
            "partnership": word(PARTNERSHIP),
            "salt": word(people_file.SALT),
            "persons": {"type": "array", "items": _person("party", "number", "name")},
        }
    )


def persons() -> Schema:
    """The list of people that `confide new` reads once; numbers follow from the order."""
    return _all_required({"persons": {"type": "array", "items": _person("party", "name")}})


def supposed() -> Schema:
    """What `confide may --if` supposes: terms as in an agreement, and clauses supposed to be gone."""
    terms = {"type": "array", "items": term(), "minItems": 1}
    return {**keys({"terms": terms, "without": listed(word(TERM))}, ()), "minProperties": 1}


def _person(*required: str) -> Schema:
    about = ("title", "address", "email", "authority")
    texts = {key: prose() for key in ("name", *about)}
    return keys({"party": word(PARTY), "number": whole(), **texts}, required)


def _all_required(properties: Mapping[str, Schema]) -> Schema:
    return keys(properties, properties)


# Kind of file → its title for an editor, and its schema.
KINDS: Mapping[str, tuple[str, Callable[[], Schema]]] = {
    "agreement": ("An agreement of Total Confidence", agreement),
    "detail": ("What was said about an event, sealed", detail),
    "event": ("An event on record, written by confide alone", event),
    "instrument": ("Another binding document", instrument),
    "partnership": ("A partnership", partnership),
    "people": ("The people of a partnership, sealed", people),
    "persons": ("The people of a new partnership, for `confide new`", persons),
    "practice": ("A practice", practice),
    "supposed": ("What `confide may --if` supposes", supposed),
}


def schemas(help_for: Mapping[str, Mapping[str, str]]) -> dict[str, bytes]:
    """File name → its bytes. `help_for` says for a kind what each key means, by its path: `signing.accepted`."""
    return {f"{kind}.json": _rendered(kind, help_for.get(kind, {})) for kind in KINDS}


def paths(schema: Schema, above: str = "") -> Iterator[str]:
    """Every key of a file of this kind, as a path; the entries of a list are those of their list."""
    for key, inner in schema.get("properties", {}).items():
        here = f"{above}.{key}" if above else key
        yield here
        for one in _within(inner):
            yield from paths(one, here)


def _within(schema: Schema) -> Iterator[Schema]:
    """A schema, and those of the same key beside it: of a list its entries, of alternatives each."""
    yield schema
    for one in (*([schema["items"]] if "items" in schema else ()), *schema.get("anyOf", ())):
        yield from _within(one)


def _rendered(kind: str, help_for: Mapping[str, str]) -> bytes:
    title, make = KINDS[kind]
    schema = make()
    _explain(schema, help_for)
    used: dict[str, Schema] = {}
    schema = _shared(schema, used)
    defs = {"$defs": {**dict(sorted(used.items())), **schema.get("$defs", {})}}
    document = {"$schema": DIALECT, "title": title, **schema, **(defs if used else {})}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _shared(found: Any, used: dict[str, Schema]) -> Any:
    """The same schema with what stands there often written once; `used` gathers which."""
    if isinstance(found, list):
        return [_shared(item, used) for item in found]
    if not isinstance(found, dict):
        return found
    bare = {key: value for key, value in found.items() if key != "description"}
    for name, often in _OFTEN.items():
        if bare == often:
            used[name] = often
            said = {"description": found["description"]} if "description" in found else {}
            return {**said, "$ref": f"#/$defs/{name}"}
    return {key: _shared(value, used) for key, value in found.items()}


def _explain(schema: Schema, help_for: Mapping[str, str], above: str = "") -> None:
    for key, inner in schema.get("properties", {}).items():
        here = f"{above}.{key}" if above else key
        for one in _within(inner):
            _explain(one, help_for, here)
        if here in help_for:
            schema["properties"][key] = {"description": help_for[here], **inner}

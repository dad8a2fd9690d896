"""The sealed detail of an event: what somebody wrote, and the facts of a step of a case, from closed lists.

The file is only ever read from ciphertext that a keeper signed. No problem repeats a word of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from confide.model.case import GROUNDS
from confide.model.detail import STEPS, Detail
from confide.model.problem import Malformed, Problem
from confide.records import yaml
from confide.records.clauses import Each, One, Read, text
from confide.records.fields import Fields, Report
from confide.records.shapes import (
    ATTRIBUTION,
    CHANNEL,
    DIGEST,
    EVENT,
    FORM,
    KIND_OF_TYPE,
    PARTY,
    SECTION,
    one_of,
    party_or,
)

FORMAT = 1
CASE = one_of(STEPS)
YES_NO = one_of(("yes", "no"))
# Nobody knows which circle an anonymous source belongs to: `sources` is a party too.
CIRCLE = party_or()


def day(fields: Fields, key: str) -> Any:
    """One calendar day."""
    return fields.day(key)


# Every fact there is, and how it is read; `model.detail.STEPS` says which step has which, in no particular order.
FACTS: Mapping[str, Read] = {
    "on": day,
    "until": day,
    "channel": One(CHANNEL),
    "solicited": One(YES_NO),
    "circle": One(CIRCLE),
    "client": One(PARTY),
    "source": One(PARTY),
    "owner": One(PARTY),
    "what": One(KIND_OF_TYPE),
    "form": One(FORM),
    "attribution": One(ATTRIBUTION),
    "threat": One(one_of(("no", "yes", "unsure"))),
    "promised": One(EVENT),
    "disclosure": One(EVENT),
    "note": One(SECTION),
    "ground": One(one_of(GROUNDS)),
    "recipient": One(PARTY),
    "adviser": One(one_of(("consulted", "not-sought"))),
    "named": One(YES_NO),
    "whole": One(YES_NO),
    "extract": Each({"section": One(SECTION), "commitment": One(DIGEST), "form": One(FORM)}, ("section", "form")),
    "facts": text,
    "authority": text,
    "why": text,
    "adviser-why": text,
    "delay-why": text,
    "who": text,
    "item": text,
    "receipt": text,
    "salt": text,
    "words": text,
}


def render_detail(detail: Detail) -> bytes:
    """The plaintext to seal. Raises Malformed for a detail that could not be read back as it is."""
    entries: dict[str, Any] = {"detail": FORMAT}
    if detail.case:
        entries |= {"case": detail.case, "step": detail.step}
    values = {**detail.facts, **({"words": detail.words} if detail.words else {})}
    entries |= {name: values[name] for name in FACTS if name in values}
    data = yaml.render(entries)
    if parse_detail(data, "the detail") != detail:
        raise Malformed(Problem("a detail holds a fact that its step has no use for", rule="detail"))
    return data


def parse_detail(data: bytes, file: str) -> Detail:
    """The detail in `data`. Raises Malformed with every problem, each with its line and never with a word of it."""
    report = Report(file, quiet=True)
    found = Fields(yaml.load(data, file, quiet=True).root, report, "the detail")
    if found.number("detail") not in (0, FORMAT):
        report.add(f"`detail`: expected the format {FORMAT}, found another", found.line("detail"))
    case = found.one("case", CASE) if found.has("case") else ""
    step = found.one("step", one_of(STEPS[case])) if case else ""
    required, optional = STEPS[case][step] if step else (frozenset({"words"}), frozenset({"salt"}))
    facts = {
        name: read(found, name)
        for name, read in FACTS.items()
        if name in required or (name in optional and found.has(name))
    }
    found.finish()
    report.stop()
    return Detail(facts.pop("words", ""), case, step, facts)

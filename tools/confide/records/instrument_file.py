"""An instrument's file as the model's Instrument: another binding document, whose restrictions stand in the open.

The document itself lies sealed beside it and is named by its digest. An instrument never permits anything, so it holds
withhold terms alone; a word that nobody knows is refused, because what was misspelt would restrict nothing.
"""

from __future__ import annotations

import re

from confide.model.commitment import digest
from confide.model.instrument import INSTRUMENT_KINDS, Instrument
from confide.model.words import KNOWN_TYPES
from confide.records import yaml
from confide.records.agreement_terms import read_restrictions
from confide.records.agreement_types import read_types
from confide.records.fields import NO_DAY, Fields, Report
from confide.records.shapes import DIGEST, PARTNERSHIP, PARTY, TERM, one_of

FORMAT = 1
_OWN_PATH = re.compile(r"(?:.*/)?(p-[^/]+)/instruments/([^/]+)\.yml\Z")


def parse_instrument(data: bytes, file: str) -> Instrument:
    """The instrument in `data`. Raises Malformed with every problem; `digest` is of exactly these bytes.

    `types` adds types of information, as in an agreement. Without `until` it restricts for ever.
    """
    report = Report(file)
    fields = Fields(yaml.load(data, file).root, report)
    if fields.number("instrument") not in (0, FORMAT):
        report.add(f"`instrument`: expected the format {FORMAT}, found another", fields.line("instrument"))
    instrument = Instrument(
        id=fields.one("id", TERM),
        partnership=fields.one("partnership", PARTNERSHIP),
        kind=fields.one("kind", one_of(INSTRUMENT_KINDS)),
        parties=fields.many("parties", PARTY),
        document=fields.one("document", DIGEST),
        effective=fields.day("effective"),
        until=fields.day("until") if fields.has("until") else None,
        restricts=read_restrictions(fields, (*KNOWN_TYPES, *read_types(fields))),
        digest=digest(data),
        place=report.place(0),
    )
    _check(instrument, fields)
    if not fields.has("until"):
        fields.node("until", required=False)  # known all the same: the hint for a misspelt key can name it
    fields.finish()
    report.stop()
    return instrument


def _check(instrument: Instrument, fields: Fields) -> None:
    """What no single field can say."""
    report = fields.report
    terms = fields.node("restricts", required=False)
    if terms is not None and terms.value == ():
        report.add(
            "`restricts`: expected at least one entry, found an empty list", fields.line("restricts"), rule="S-07"
        )
    if instrument.until is not None and NO_DAY < instrument.until < instrument.effective:
        report.add("`until` lies before `effective`", fields.line("until"))
    if own := _OWN_PATH.match(report.file):
        if instrument.partnership and own[1] != instrument.partnership:
            report.add("`partnership`: expected the directory's name, found another", fields.line("partnership"))
        if instrument.id and own[2] != instrument.id:
            report.add("`id`: expected the file's name, found another", fields.line("id"))

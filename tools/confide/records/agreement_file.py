"""An agreement's file as the model's Agreement: everything understood, or nothing.

Every problem of the file is reported at once, each with its line. Whatever the program does not know it refuses: a
clause that a lawyer reads and a program skips would be a promise nobody keeps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.words import KNOWN_TYPES, Role, role_of
from confide.records import yaml
from confide.records.agreement_clauses import CHANNEL_CONTROLS, CONSENT, REQUIRED, SETTINGS, clauses_of
from confide.records.agreement_terms import read_terms
from confide.records.agreement_types import read_types
from confide.records.clauses import clause
from confide.records.fields import Fields, Report
from confide.records.shapes import DIGEST, PARTNERSHIP, PARTY, ZONE, one_of

_OWN_PATH = re.compile(r"(?:.*/)?(p-[^/]+)/agreements/([0-9]+)\.yml\Z")


def parse_agreement(data: bytes, file: str) -> Agreement:
    """The agreement in `data`. Raises Malformed with every problem; `digest` is of exactly these bytes."""
    document = yaml.load(data, file)
    report = Report(file)
    fields = Fields(document.root, report)
    types = read_types(fields)
    known = (*KNOWN_TYPES, *types)
    clauses = _clauses(fields, known)
    agreement = Agreement(
        partnership=fields.one("partnership", PARTNERSHIP),
        version=fields.number("agreement"),
        digest=digest(data),
        people=fields.one("people", DIGEST),
        signatories=fields.many("signatories", PARTY),
        accepted=clauses["signing"].get("accepted", ()),
        effective=fields.day("effective"),
        until=fields.day("until"),
        time_zone=fields.one("time-zone", ZONE),
        law=fields.text("law"),
        consent=clause(fields.inner("consent"), CONSENT, "about-client"),
        terms=read_terms(fields, known),
        types=types,
        channels=_optional(fields, "channels", CHANNEL_CONTROLS),
        settings=_optional(fields, "settings", SETTINGS),
        clauses=clauses,
        place=report.place(0),
    )
    fields.one("otherwise", one_of(("withhold",)))
    _check(agreement, fields)
    fields.finish()
    report.stop()
    return agreement


def _clauses(fields: Fields, known: tuple[str, ...]) -> Mapping[str, Any]:
    read = clauses_of(known)
    found = {key: reader(fields, key) for key, reader in read.items() if fields.has(key) or key in REQUIRED}
    for key in read:
        if key not in found:
            fields.node(key, required=False)
    return MappingProxyType(found)


def _optional(fields: Fields, key: str, spec: Mapping[str, Any]) -> Mapping[str, Any]:
    return clause(fields.inner(key, required=False), spec)


def _check(agreement: Agreement, fields: Fields) -> None:
    """What no single field can say."""
    report = fields.report
    if agreement.until < agreement.effective and fields.has("until"):
        report.add("`until` lies before `effective`", fields.line("until"))
    roles = {role_of(party) for party in agreement.signatories}
    for role in (Role.COACH, Role.CLIENT):
        if fields.has("signatories") and role not in roles:
            report.add(
                f"`signatories`: expected a {role.value} among them, found none",
                fields.line("signatories"),
                why="nobody is bound by what they did not sign",
                rule="S-27",
            )
    if own := _OWN_PATH.match(report.file):
        if agreement.partnership and own[1] != agreement.partnership:
            report.add("`partnership`: expected the directory's name, found another", fields.line("partnership"))
        if agreement.version and own[2] != str(agreement.version):
            report.add("`agreement`: expected the number in the file's name, found another", fields.line("agreement"))

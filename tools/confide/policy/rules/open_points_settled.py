"""S-10: what the founding text leaves open, an agreement settles: threats, what is unethical, input, her name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from confide.model.agreement import Agreement
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.force import still_counting


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each open point that an agreement says nothing about."""
    for agreement in still_counting(record, now):
        for what, hint in _open(agreement):
            yield Problem(
                f"agreement {agreement.version} leaves open {what}",
                why="the founding text does not say it, so the parties have to",
                place=agreement.place,
                hint=hint,
                rule="open-points-settled",
            )


def _open(agreement: Agreement) -> Iterator[tuple[str, str]]:
    exceptions = _part(agreement, "exceptions")
    if not _inner(exceptions, "threat").get("covers"):
        yield "whether a threat lets her own information go too", "`threat: {covers: [organisation], to: [police]}`"
    if "unethical" in exceptions and not _inner(exceptions, "unethical").get("means"):
        yield "what counts as unethical", "`unethical: {means: …, to: [payer.legal]}`"
    if not exceptions.get("credentialing-body"):
        yield "what a credentialing body may learn", "`credentialing-body: nothing`"
    if _part(agreement, "summary") and not exceptions.get("input-waived-when"):
        yield "when the summary may go without her answer", "`input-waived-when: never`"
    if not agreement.consent.get("about-client"):
        yield "who must agree beside her", "`consent: {about-client: [client]}`"


def _part(agreement: Agreement, key: str) -> Mapping[str, Any]:
    return _inner(agreement.clauses, key)


def _inner(mapping: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = mapping.get(key)
    return found if isinstance(found, Mapping) else {}

"""S-31: whether the payer may learn of job hunting and career plans is answered expressly, never by silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Role
from confide.policy.force import still_counting

CAREERS = "career-aspirations"


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each payer whom no term about career aspirations names."""
    payers = [party.id for party in record.partnership.parties if party.role is Role.PAYER and party.active]
    for agreement in still_counting(record, now):
        for payer in payers:
            if not _answered(agreement, payer):
                yield Problem(
                    f"agreement {agreement.version} does not say whether `{payer}` may learn `{CAREERS}`",
                    why="a payer who hears of job hunting can end it; silence is no answer",
                    place=agreement.place,
                    hint=f"withhold it: {{id: careers-private, effect: withhold, what: [{CAREERS}], with: [{payer}]}}",
                    rule="careers-answered",
                )


def _answered(agreement: Agreement, payer: str) -> bool:
    return any(
        term.about(CAREERS) and (term.recipients is None or payer in term.recipients) for term in agreement.terms
    )

"""Steps and looks that tests of reasons share: what is decided on the first of June, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from confide.model.agreement import Agreement
from confide.model.decision import Decision, Reason, Request
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.decide import decide
from tests.policy.small import GOALS, add, ask, record

LATER = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
OLD = replace(GOALS, section="notes/2026-01-20#s1")


def decided(known: Record, request: Request | None = None) -> Decision:
    return decide(request or ask(), known, LATER)


def why(known: Record, rule: str, request: Request | None = None) -> Reason:
    [found] = [reason for reason in decided(known, request).reasons if reason.rule == rule]
    return found


def permitted(known: Record, form: Form = Form.VERBATIM, **fields: Any) -> Record:
    whole = {"to": ("payer",), "form": form, "sections": (GOALS,), "evidence": "signed", **fields}
    return add(known, "permitted", "client", **whole)


def last(known: Record) -> Event:
    return known.events[-1]


def amended(*versions: Agreement) -> Record:
    """Versions that replaced each other: one a month, each signed by all on the tenth."""
    known = record(versions[0])
    for n, version in enumerate(versions[1:], 2):
        at = datetime(2026, n, 10, 9, 0, tzinfo=UTC)
        about = {"agreement": n, "document": version.digest}
        known = replace(known, agreements=(*known.agreements, version))
        known = add(known, "proposed", at=at, to=version.signatories[1:], **about)
        for party in version.signatories:
            to = tuple(p for p in version.signatories if p != party)
            known = add(known, "signed", party, at=at, to=to, strength="portal", number=1, **about)
    return known

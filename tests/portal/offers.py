"""What the client's site offers in these tests: to accept a duty, to take back, to permit, to answer."""

from __future__ import annotations

from datetime import UTC, datetime

from confide.model.event import NO_PREVIOUS, Event
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.model.words import Form
from confide.policy import said
from confide.vault.manifest import Ask
from tests.portal.practice import CLIENT, PARTNERSHIP, PAYER

TOLD = "x7k2m9qd"
_AT = datetime(2026, 1, 2, tzinfo=UTC)
_NOTHING = Record(Partnership(PARTNERSHIP, (), ()), (), ())


def _event(kind: str, **facts: object) -> Event:
    return Event("", kind, PARTNERSHIP, _AT, CLIENT, number=1, **facts)  # type: ignore[arg-type]


def _ask(name: str, kind: str, title: str, statement: bytes) -> Ask:
    return Ask(name, kind, title, statement.decode(), "index.html")


def offers() -> tuple[Ask, ...]:
    """One of each kind."""
    back = _event("withdrawn", to=(PAYER,), target=f"event/{TOLD}", agreement=1)
    wish = {"to": (PAYER,), "what": ("career-aspirations",), "form": Form.SUMMARY, "agreement": 1}
    permitted = _event("permitted", **wish, previous={CLIENT: NO_PREVIOUS})
    answer = said.answer_head(_NOTHING, _event("input", target="event/f1r2s3t4"))
    duty = said.acknowledgement(_NOTHING, _event("acknowledged"))
    taken, wished = said.withdrawal(_NOTHING, back), said.permission(_NOTHING, permitted)
    return (
        _ask("acknowledge", "acknowledgement", "Accept the duty of confidentiality", duty),
        _ask("answer-f1r2s3t4", "input", "Answer: Conclusions of the summer", answer),
        _ask(f"withdraw-{TOLD}", "withdrawal", "Take back what your sponsor can read about the shared goals", taken),
        _ask("permit-0123456789abcdef", "permission", "Permit that your sponsor may be told of career plans", wished),
    )

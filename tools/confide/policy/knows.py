"""Who already knows what was taken back: it cannot be recalled, but it can be said plainly (POLICY, over time)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.audience import CLIENT, audience
from confide.policy.withdrawal import EVENT, TERM, TOLD


@dataclass(frozen=True)
class Known:
    """One thing that somebody learned: `by` told it, or a lapse let it out. `stays` cannot be taken from a page."""

    party: str
    what: tuple[str, ...]
    form: Form
    by: str
    at: datetime
    channel: str
    lapse: bool
    event: str

    @property
    def stays(self) -> bool:
        """Whether it was said, and so stands on no page that could be rebuilt."""
        return self.lapse or self.channel not in ("", "site")


def resting_on(record: Record, target: str) -> tuple[Event, ...]:
    """Everything that was told on the ground of `target` (`term/…`, `event/…`), what was passed on since included."""
    found: dict[str, Event] = {}
    for event in record.events:
        if event.kind not in TOLD:
            continue
        grounds = {EVENT + event.id, event.target, *(EVENT + one for one in event.because)}
        grounds |= {TERM + term for term in event.terms}
        if target in grounds or any(EVENT + earlier in grounds for earlier in found):
            found[event.id] = event
    return tuple(found.values())


def who_knows(record: Record, target: str, reader: str = "coach") -> tuple[Known, ...]:
    """What cannot be recalled, oldest first; for a party only what they may know of (promise 2).

    Who else received something is the client's to know, and of a lapse whoever it harmed.
    """
    events = (e for e in resting_on(record, target) if reader == "coach" or reader in audience(e, record))
    found = (known for event in events for known in _learned(event))
    if reader in ("coach", CLIENT):
        return tuple(found)
    return tuple(
        known for known in found if known.lapse or known.party == reader or known.party.startswith(f"{reader}.")
    )


def _learned(event: Event) -> Iterator[Known]:
    form = event.form if event.form is not None else Form.VERBATIM
    for party in event.to:
        yield Known(party, event.what, form, event.by, event.at, event.channel, event.kind == "lapse", event.id)

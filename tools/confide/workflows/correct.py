"""`correct`: an entry of the register was wrong. It stays; what is right is a new event (promise 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.withdrawal import EVENT
from confide.workflows import asking, fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words

# Those that others made or signed are theirs; those that say what the program did cannot be wrong.
CORRECTABLE = (
    *("disclosed", "told", "lapse", "refused", "withdrawn", "corrected"),
    *("informed", "attested", "consulted", "acknowledged", "shown", "public", "case"),
)


@dataclass(frozen=True)
class Rightly:
    """What the entry should have said; what is left out was right, or stands in the sealed words."""

    to: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    form: Form | None = None
    channel: str = ""
    day: date | None = None


def correct(practice: Practice, partnership: str, event_id: str, rightly: Rightly, words: str) -> Event:
    """Record what is right. It changes no decision and widens nothing: what was told wrongly is a lapse."""
    record = practice.trusted(partnership)
    wrong = _wrong(record, event_id)
    for party in rightly.to:
        asking.check_party(record, party)
    for what in rightly.what:
        asking.check_type(record, what)
    if not words.strip():
        raise Usage(
            Problem(
                "say what was wrong and what is right",
                "a correction explains itself",
                hint="--words FILE, or - for standard input; it is sealed",
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="corrected",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=rightly.to,
        what=rightly.what,
        form=rightly.form,
        channel=rightly.channel,
        target=EVENT + wrong.id,
        agreement=wrong.agreement,
        day=rightly.day,
    )
    return add_with_words(practice, event, words)


def _wrong(record: Record, event_id: str) -> Event:
    event = record.event(event_id)
    if event is None:
        raise Usage(
            Problem(
                "no such event is on record", "a correction names what it corrects", hint="find it: confide log --all"
            )
        )
    if event.kind not in CORRECTABLE:
        raise NotAllowed(
            Problem(
                f"an event of the kind `{event.kind}` is not corrected",
                "somebody else signed it, or the program saw it happen",
                event.place,
                "what follows from the mistake is an act of its own: confide --help",
            )
        )
    return event

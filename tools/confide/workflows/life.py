"""`begin` and `end`: the two moments that everything else is before, between or after (S-14, S-27)."""

from __future__ import annotations

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem
from confide.policy import force
from confide.policy.integrity import not_in_force
from confide.workflows import asking, fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def begin(practice: Practice, partnership: str) -> Event:
    """Coaching begins. Refused until an agreement that everybody signed is in force."""
    record = practice.trusted(partnership)
    begun = record.of_kind("began")
    if begun:
        raise NotAllowed(
            Problem(
                f"coaching began on {begun[0].at:%d %B %Y}",
                "it begins once",
                begun[0].place,
                "what has happened since: confide log --all",
            )
        )
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        reasons = not_in_force(record, practice.now)
        raise NotAllowed(
            *(
                Problem(
                    "coaching cannot begin yet",
                    f"{r.message}  [{r.sid}]",
                    r.place,
                    r.command or r.change or "confide agree status",
                    r.rule,
                )
                for r in reasons
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="began",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=tuple(p for p in agreement.signatories if p != COACH),
        agreement=agreement.version,
    )
    return practice.add(event)


def _check_may_end(agreement: Agreement, by: str) -> None:
    """The agreement says who can end it; where it does not say, whoever signed it."""
    named = tuple(agreement.clauses.get("ending", {}).get("by", ())) or agreement.signatories
    if by not in named:
        raise NotAllowed(
            Problem(
                f"`{by}` cannot end agreement {agreement.version}",
                "it says who can",
                agreement.place,
                f"one of: {', '.join(named)}",
                "ending",
            )
        )


def end(practice: Practice, partnership: str, by: str, words: str = "") -> Event:
    """The partnership ends. From here on nothing new is disclosed; what was disclosed stays on the record."""
    record = practice.trusted(partnership)
    over = force.ended(record)
    if over is not None:
        raise NotAllowed(
            Problem(
                f"the partnership ended on {over.at:%d %B %Y}",
                "it ends once",
                over.place,
                "a new engagement is a new partnership: confide new",
            )
        )
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(
            Problem(
                "there is nothing to end",
                "no agreement is in force",
                hint="where everything stands: confide agree status",
            )
        )
    _check_may_end(agreement, asking.party_of(record, by).id)
    event = Event(
        id=fresh.event_id(),
        kind="ended",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=tuple(p for p in agreement.signatories if p != by),
        agreement=agreement.version,
    )
    return add_with_words(practice, event, words)

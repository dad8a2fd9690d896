"""`refuse`: somebody asked and was told no. The client sees that it was asked (REQUIREMENTS, accounting)."""

from __future__ import annotations

from confide.model.decision import Verdict
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem
from confide.policy import force
from confide.workflows import asking, fresh
from confide.workflows.disclose import may
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def refuse(practice: Practice, partnership: str, recipient: str, what: str, *, words: str = "") -> Event:
    """Record that `recipient` asked about `what` and was told no. Refuses to when the answer is yes.

    `words` is what was said, in prose: it is sealed beside the event and never stands in the open.
    """
    asked = may(practice, partnership, recipient, what=what)
    if asked.decision.verdict is Verdict.ALLOW:
        raise NotAllowed(
            Problem(
                f"{what} may go to the {recipient}, so there is nothing to refuse",
                asked.decision.reasons[0].message,
                place=asked.decision.reasons[0].place,
                hint=f"confide disclose SECTION --to {recipient}",
            )
        )
    asking.party_of(asked.record, recipient)
    agreement = force.in_force(asked.record, practice.now)
    withheld = tuple(r.rule for r in asked.decision.reasons if agreement and agreement.term(r.rule))
    event = Event(
        id=fresh.event_id(),
        kind="refused",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(recipient,),
        what=(what,),
        agreement=agreement.version if agreement else 0,
        terms=withheld,
    )
    return add_with_words(practice, event, words)

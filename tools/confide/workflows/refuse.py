"""`refuse`: somebody asked and was told no. The client sees that it was asked (REQUIREMENTS, accounting).

She reads it at once. So where the law asked, and her notice of that is delayed, it waits for the end of the delay.
"""

from __future__ import annotations

from confide.model.decision import Verdict
from confide.model.detail import DUTY
from confide.model.event import Event
from confide.model.problem import NotAllowed, NotYet, Problem
from confide.model.record import Record
from confide.model.words import Role, role_of
from confide.policy import case_file, cases, force
from confide.workflows import asking, fresh
from confide.workflows.disclose import may
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words, case_steps


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
    _check_not_delayed(practice, asked.record, recipient)
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


def _check_not_delayed(practice: Practice, record: Record, recipient: str) -> None:
    """Raise NotYet where this refusal would tell her of a case before its delay is over (POLICY, what happened)."""
    if not record.of_kind(cases.KIND):
        return
    authority = role_of(recipient) is Role.AUTHORITY
    for thread in cases.threads(case_steps(practice, record.partnership.id), DUTY):
        case = case_file.case_of(thread)
        until = case.delayed_until
        if until is not None and until >= practice.now.date() and (authority or case.recipient == recipient):
            raise NotYet(
                Problem(
                    f"the notice of case {case.id} is delayed until {until:%d %B %Y}",
                    "the client reads a refusal at once, and would learn from it who asked  [S-10]",
                    hint="record it when she was told (confide duty tell), or when the delay is over",
                    rule="delayed-notice",
                )
            )

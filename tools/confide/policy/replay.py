"""Every disclosure decided again, on what was known at its own commit (promise 1, promise 6)."""

from __future__ import annotations

from confide.model.decision import Decision, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.decide import decide


def request_for(event: Event, exact: Exact, recipient: str) -> Request:
    """The request that a `disclosed` event answered, for one of its sections and recipients."""
    return Request(
        what=exact.what,
        sender=event.by,
        recipient=recipient,
        form=max(exact.form, event.form or Form.VERBATIM),
        attribution=event.attribution or Attribution.NONE,
        channel=event.channel or "site",
        section=exact,
    )


def replay(record: Record, event: Event) -> tuple[Decision, ...]:
    """The decisions behind one disclosure, taken on the record as it was just before."""
    earlier = record.before(event)
    return tuple(
        decide(request_for(event, exact, recipient), earlier, event.at)
        for exact in event.sections
        for recipient in event.to
    )


def allowed_then(record: Record, event: Event) -> bool:
    """Whether all of a disclosure was allowed when it was made. A disclosure of nothing is not."""
    decisions = replay(record, event)
    return bool(decisions) and all(decision.verdict is Verdict.ALLOW for decision in decisions)


def lapses(record: Record) -> tuple[Problem, ...]:
    """The disclosures that were made although the record of their moment did not allow them."""
    found = []
    for event in record.of_kind("disclosed"):
        refusals = [d for d in replay(record, event) if d.verdict is not Verdict.ALLOW]
        if refusals or not event.sections:
            reasons = sorted({reason.rule for decision in refusals for reason in decision.reasons})
            found.append(
                Problem(
                    f"disclosure {event.id} was not allowed when it was made",
                    why=", ".join(reasons) or "it names no text",
                    place=event.place,
                    hint="what was disclosed stays on the record; what is not allowed is not shown",
                    rule="replay",
                )
            )
    return tuple(found)

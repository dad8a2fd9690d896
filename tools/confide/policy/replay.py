"""Every disclosure decided again, on what was known at its own commit (promise 1, promise 6).

An event is held to what it says of itself: it rests on the clauses and the permissions it names and on no others, under
the agreement it names, about the types it names. So whoever takes one of those back hides all that went out under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from confide.model.agreement import Agreement
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Attribution, Form, covers
from confide.policy import summary
from confide.policy.decide import decide
from confide.policy.lapse import answered
from confide.policy.onward import first_told
from confide.policy.permission import KIND as PERMITTED
from confide.policy.permission import WIDENING
from confide.policy.public import KIND as PUBLIC
from confide.policy.told import decide_told

# How something is told to somebody.
_TOLD = ("disclosed", "told", "shown", "lapse")


def request_for(event: Event, exact: Exact, recipient: str) -> Request:
    """The request that a `disclosed` or `told` event answered, for one of its sections and recipients.

    The event's form is the widest of its texts; when it says more than any of them does, all went out in that form.
    """
    told = event.form or Form.VERBATIM
    widest = max(known.form for known in event.sections)
    return Request(
        what=exact.what,
        sender=event.by,
        recipient=recipient,
        form=told if told > widest else exact.form,
        attribution=event.attribution or Attribution.NONE,
        channel=event.channel or "site",
        section=exact,
    )


def _requests(event: Event) -> Iterator[Request]:
    """All that an event answers. What was told by word of mouth may name types alone."""
    for recipient in event.to:
        yield from (request_for(event, exact, recipient) for exact in event.sections)
        if event.kind == "told" and not event.sections:
            form, shown = event.form or Form.VERBATIM, event.attribution or Attribution.NONE
            yield from (Request(what, event.by, recipient, form, shown, channel=event.channel) for what in event.what)


def replay(record: Record, event: Event) -> tuple[Decision, ...]:
    """The decisions behind one disclosure, taken on the record as it was just before."""
    return _replayed(record.before(event), event)


def _replayed(earlier: Record, event: Event) -> tuple[Decision, ...]:
    earlier = replace(
        earlier,
        agreements=tuple(_resting_on(event, a) for a in earlier.agreements),
        events=tuple(_as_named(earlier.events, event.because)),
    )
    return tuple(_held(event, asked.what, _decided(asked, event, earlier)) for asked in _requests(event))


def _decided(request: Request, event: Event, earlier: Record) -> Decision:
    if event.kind == "told":
        return decide_told(request, first_told(earlier, event), earlier, event.at)
    return decide(request, earlier, event.at)


def _as_named(events: Iterable[Event], because: tuple[str, ...]) -> Iterator[Event]:
    """The events before it, with no other permission or publication than those it names: whoever takes one of them
    back hides what rested on it. What a permission narrowed it narrows all the same."""
    for event in events:
        if event.kind == PERMITTED and event.evidence in WIDENING and event.id not in because:
            yield replace(event, evidence="attested")
        elif event.kind != PUBLIC or event.id in because:
            yield event


def _resting_on(event: Event, agreement: Agreement) -> Agreement:
    """The agreement with no other share terms than those the event names; its summary is one of them."""
    kept = tuple(term for term in agreement.terms if not term.shares or term.id in event.terms)
    return replace(agreement, terms=kept, clauses=summary.resting_on(event.terms, agreement.clauses))


def _held(event: Event, what: str, decision: Decision) -> Decision:
    """The decision, unless the event says something else than what happened."""
    said = []
    if decision.agreement != event.agreement and decision.verdict is not Verdict.DENY:
        message = f"agreement {decision.agreement} was in force, not agreement {event.agreement}"
        said.append(Reason("other-agreement", "S-27", message, event.place))
    if not any(covers(known, what) for known in event.what):
        said.append(Reason("other-type", "S-28", f"it does not say that it is about `{what}`", event.place))
    if not said:
        return decision
    reasons = decision.reasons if decision.verdict is Verdict.DENY else ()
    return replace(decision, verdict=Verdict.DENY, reasons=(*reasons, *said), terms=(), because=())


def allowed_then(record: Record, event: Event) -> bool:
    """Whether all of a disclosure was allowed when it was made. A disclosure of nothing is not."""
    decisions = replay(record, event)
    return bool(decisions) and all(decision.verdict is Verdict.ALLOW for decision in decisions)


def allowed_beside(record: Record, event: Event) -> bool:
    """Whether a disclosure was also allowed beside what another clone recorded meanwhile: the stricter side wins."""
    apart = record.crossed.get(event.id)
    if not apart:
        return True
    known = {one.id for one in record.before(event).events} | apart
    both = replace(record, events=tuple(one for one in record.events if one.id in known), crossed={})
    return all(decision.verdict is Verdict.ALLOW for decision in _replayed(both, event))


def crossings(record: Record) -> tuple[Problem, ...]:
    """The disclosures that crossed with something else: each was right where it was recorded, and somebody looks."""
    found = []
    for event in record.events:
        if event.kind not in _TOLD:
            continue
        for other in record.events:
            if other.id in record.crossed.get(event.id, ()) and other.kind not in (*_TOLD, "published"):
                hidden = "" if event.kind != "disclosed" or allowed_beside(record, event) else "; it is not shown"
                found.append(
                    Problem(
                        f"{event.kind} {event.id} and {other.kind} {other.id} crossed",
                        f"each was recorded in a clone that did not know of the other{hidden}",
                        place=event.place,
                        hint="the stricter counts; tell those it concerns if more was read than should have been",
                        rule="crossed",
                    )
                )
    return tuple(found)


def lapses(record: Record) -> tuple[Problem, ...]:
    """The disclosures that were made although the record of their moment did not allow them.

    One that a lapse speaks of is no open question any more: what was done about it is on record. Faults found since
    then are reported on their own: they say nothing about what was allowed at the time.
    """
    found = []
    then = replace(record, faults=())
    for event in record.of_kind("disclosed", "told"):
        if answered(record, event):
            continue
        refusals = [d for d in replay(then, event) if d.verdict is not Verdict.ALLOW]
        if refusals or not (event.sections or event.kind == "told") or not event.to:
            reasons = sorted({reason.rule for decision in refusals for reason in decision.reasons})
            found.append(
                Problem(
                    f"disclosure {event.id} was not allowed when it was made",
                    why=", ".join(reasons) or "it names no text or nobody",
                    place=event.place,
                    hint=f"what is not allowed is not shown; what was done about it: confide lapse --event {event.id}",
                    rule="only-allowed",
                )
            )
    return tuple(found)

"""Step 8: what must have happened before, and step 4: what somebody must have attested. Unknown is not met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement, Moment, Term
from confide.model.decision import Reason
from confide.model.event import Event
from confide.model.words import Role, role_of
from confide.policy import groups, summary
from confide.policy.circumstances import attestation
from confide.policy.flow import COACH, Flow
from confide.policy.integrity import source_needs_terms
from confide.policy.voices import concerned

ACKNOWLEDGED = "acknowledged"
CLIENT_FIRST = "client-first"
GIVEN, DECLINED, WAIVED = "given", "declined", "waived"

_SENTENCES = {
    "client-informed": ("inform the client first", "S-23", "confide inform"),
    CLIENT_FIRST: ("the client reads this exact text first and may answer", "S-13", "confide summary"),
    ACKNOWLEDGED: ("the recipient accepts the duty of confidentiality", "S-21", "confide acknowledge"),
    "consulted": ("the adviser is consulted", "S-38", "confide consult"),
}


@dataclass(frozen=True, slots=True)
class Duties:
    """What is still open before a flow, and the ids of the events that met the rest."""

    still_open: tuple[Reason, ...] = ()
    met: tuple[str, ...] = ()

    def __add__(self, other: Duties) -> Duties:
        return Duties((*self.still_open, *other.still_open), (*self.met, *other.met))


def of_term(flow: Flow, agreement: Agreement, term: Term) -> Duties:
    """The duties that a share term names, and the attestation of its circumstances."""
    still_open: list[Reason] = []
    met: list[str] = []
    for moment in term.when or ():
        if not moment.is_duty:
            continue
        events = _fulfilment(moment, flow, agreement, term)
        if events:
            met += events
        else:
            still_open.append(_duty(moment.kind, term))
    if term.circumstances is not None and not term.circumstances.always:
        attested = attestation(flow, agreement, term)
        if attested is None:
            message = f"{term.circumstances.attested_by} attests: {term.circumstances.that}"
            still_open.append(Reason("attested", "S-28", message, term.place, command="confide attest"))
        else:
            met.append(attested.id)
    return Duties(tuple(still_open), tuple(met))


def confidentiality(flow: Flow, agreement: Agreement) -> Duties:
    """S-21: whoever learns something confidential has accepted to keep it so; nobody is told anything before.

    Signing the agreement in force is that acceptance; who signs nothing accepts by an event of their own. A department
    answers for itself. A client may do with her own what she likes, and the coach has promised already; but before
    the first feedback she accepts not to ask who said it (S-24), which no signature under an agreement says.
    """
    recipient = flow.request.recipient
    client = role_of(recipient) is Role.CLIENT
    for_feedback = client and source_needs_terms(flow.exact)
    if recipient == COACH or (client and not for_feedback):
        return Duties()
    if not for_feedback and any(
        event.by == recipient and (event.agreement, event.document) == (agreement.version, agreement.digest)
        for event in flow.events("signed")
    ):
        return Duties()
    for event in flow.events(ACKNOWLEDGED):
        if event.by == recipient:
            return Duties(met=(event.id,))
    return Duties((_duty(ACKNOWLEDGED, None, "S-24" if for_feedback else ""),))


def group_size(flow: Flow, agreement: Agreement) -> Duties:
    """S-18: a circle is named only where nobody in it can be told apart, by itself or by subtraction."""
    if not groups.would_name_a_circle(flow.request, flow.exact):
        return Duties()
    found = groups.standing(flow.record, agreement)
    if found.may_be_named(flow.exact.source):
        return Duties()
    wider = "name only the wider category" if flow.exact.source in found.pooled else "name nobody"
    message = f"too few people are in the circle of {flow.exact.source}"
    return Duties((Reason("small-group", "S-18", message, agreement.place, wider),))


def _duty(kind: str, term: Term | None, other_sid: str = "") -> Reason:
    message, sid, command = _SENTENCES[kind]
    return Reason(kind, other_sid or sid, message, term.place if term else None, command=command)


def _fulfilment(moment: Moment, flow: Flow, agreement: Agreement, term: Term) -> tuple[str, ...]:
    """The ids of the events that met a duty, or nothing. What concerns several clients is owed to each of them."""
    found: list[Event | None] = []
    match moment.kind:
        case "client-informed":
            for client in concerned(flow.exact, flow.record):
                informed = (e for e in flow.events("informed") if client in e.to and flow.is_about(e))
                found.append(next(informed, None))
        case "acknowledged":
            found = [next((e for e in flow.events(ACKNOWLEDGED) if e.by == flow.request.recipient), None)]
        case "consulted":
            found = [next((e for e in flow.events("consulted") if _by_adviser(e) and flow.is_about(e)), None)]
        case "client-first":
            silent = term.id == summary.ID and summary.is_part(flow.request) and summary.sent_in_silence(agreement)
            for client in concerned(flow.exact, flow.record):
                found.append(next(_reviews(flow, agreement, client, silent), None))
    met = tuple(event.id for event in found if event is not None)
    return met if len(met) == len(found) else ()


def _by_adviser(event: Event) -> bool:
    return any(role_of(to) is Role.ADVISER for to in event.to)


def _reviews(flow: Flow, agreement: Agreement, client: str, silent: bool) -> Iterator[Event]:
    """A client's answers to this exact text: an edit after the review makes another text, and voids it (S-13).

    She gives or declines it herself, after she was shown the text. It is waived only with the reason that the agreement
    states beforehand; where her silence sends it, her time to answer must be over.
    """
    # What she wrote herself to go with a summary needs no showing: her answer names it.
    yield from (e for e in flow.events("input") if e.by == client and e.evidence == GIVEN and flow.names(e))
    seen = [e for e in flow.events("shown") if client in e.to and e.sections and flow.names(e)]
    if not seen:
        return
    shown = {f"event/{event.id}": event for event in seen}
    exceptions = agreement.clauses.get("exceptions")
    may_be_waived = isinstance(exceptions, Mapping) and bool(exceptions.get("input-waived-when"))
    for event in flow.events("input"):
        hers = event.by == client and event.evidence in (GIVEN, DECLINED)
        waived = event.evidence == WAIVED and may_be_waived
        if (hers or waived) and event.target in shown and _after(flow, event, shown[event.target]):
            yield event
    today = flow.now.astimezone(ZoneInfo(agreement.time_zone)).date()
    yield from (event for event in seen if silent and event.day is not None and today > event.day)


def _after(flow: Flow, event: Event, other: Event) -> bool:
    """Whether `event` stands after `other` in the record: ancestry decides, not the clock."""
    return next((known is other for known in flow.record.events if known is event or known is other), False)

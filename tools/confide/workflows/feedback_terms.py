"""`feedback terms`: a source is told what becomes of what they say before they say it, and that is frozen (S-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confide.model.agreement import Agreement, Term
from confide.model.detail import FEEDBACK, Detail
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form, Role
from confide.policy import feedback, force, groups
from confide.policy.permission import ACCEPTED, NOTICE
from confide.workflows import asking, fresh
from confide.workflows.feedback_words import wording
from confide.workflows.practice import Practice
from confide.workflows.recording import CASE, COACH, add_with_detail, with_document


@dataclass(frozen=True)
class Offer:
    """The terms for one circle: as wide as the agreement allows, or narrower where a source wishes it."""

    circle: str
    form: Form
    attribution: Attribution
    text: str
    agreement: Agreement
    client: str = feedback.CLIENT


def offer(
    practice: Practice,
    partnership: str,
    circle: str,
    *,
    form: Form | None = None,
    attribution: Attribution | None = None,
    standing: bool = False,
    client: str = "",
) -> Offer:
    """What a source of `circle` is told about feedback on a client.

    Raises NotAllowed without a term about feedback in force, or beyond it.
    """
    record = practice.trusted(partnership)
    check_circle(record, circle)
    about = asking.client_of(record, client)
    agreement, term = agreed(record, practice, about)
    if standing and feedback.clause(agreement).get("unsolicited") != feedback.ACCEPT:
        raise NotAllowed(
            Problem(
                "feedback that nobody asked for is returned here",
                "so says the agreement, and a notice that invites it would say something else  [S-19]",
                agreement.place,
                "return it: confide feedback add --returned",
                "unsolicited",
            )
        )
    widest = (term.form or Form.NONE, term.attribution or Attribution.NONE)
    chosen = (widest[0] if form is None else form, widest[1] if attribution is None else attribution)
    if chosen[0] > widest[0] or chosen[1] > widest[1]:
        raise NotAllowed(
            Problem(
                "a source cannot be promised more than the agreement allows",
                f"clause {term.id} goes as far as {widest[0].word}, attributed by {widest[1].word}  [S-20]",
                term.place,
                "narrower is always possible: --form, --attribution",
                "source-terms",
            )
        )
    return Offer(circle, *chosen, wording(agreement, *chosen, standing=standing), agreement, about)


def accepted(
    practice: Practice,
    partnership: str,
    offered: Offer,
    on: date,
    channel: str,
    *,
    standing: bool = False,
    who: str = "",
    words: str = "",
) -> Event:
    """Record that a source was told these terms and accepted them, or that the notice for the unasked stands."""
    check_day(practice, on)
    event = Event(
        id=fresh.event_id(),
        kind="permitted",
        partnership=partnership,
        at=practice.now,
        by=offered.circle,
        to=(offered.client,),
        what=(feedback.type_for(offered.agreement, offered.client),),
        form=offered.form,
        attribution=offered.attribution,
        evidence=NOTICE if standing else ACCEPTED,
        agreement=offered.agreement.version,
    )
    event, files = with_document(practice, event, offered.text.encode())
    facts = {
        "on": on,
        "channel": channel,
        "circle": offered.circle,
        "form": offered.form.word,
        "attribution": offered.attribution.word,
        **({"who": who} if who else {}),
    }
    return add_with_detail(practice, event, Detail(words, FEEDBACK, "terms", facts), files)


def not_accepted(practice: Practice, partnership: str, circle: str, on: date, why: str) -> Event:
    """Record that terms were declined, or could not be delivered, and why: nothing can be asked of that source."""
    record = practice.trusted(partnership)
    check_circle(record, circle)
    check_day(practice, on)
    if not why.strip():
        raise Usage(
            Problem(
                "it does not say why",
                "terms that were not accepted are on record with their reason  [S-20]",
                hint="--words FILE: what happened; it is sealed",
            )
        )
    return case(practice, record, Detail(why, FEEDBACK, "undelivered", {"on": on, "circle": circle}))


def case(
    practice: Practice,
    record: Record,
    detail: Detail,
    *,
    continues: str = "",
    files: dict[str, bytes | None] | None = None,
    document: bytes = b"",
    event_id: str = "",
) -> Event:
    """Record one step of a case that nobody but the coach sees; `continues` is the id of the step that opened it."""
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=event_id or fresh.event_id(),
        kind=CASE,
        partnership=record.partnership.id,
        at=practice.now,
        by=COACH,
        to=(COACH,),
        target=f"event/{continues}" if continues else "",
        agreement=agreement.version if agreement else 0,
    )
    more: dict[str, bytes | None] = dict(files or {})
    if document:
        event, sealed = with_document(practice, event, document)
        more |= sealed
    return add_with_detail(practice, event, detail, more)


def agreed(record: Record, practice: Practice, client: str) -> tuple[Agreement, Term]:
    """The agreement in force, and its term about feedback on a client. Raises NotAllowed where there is none."""
    agreement = force.in_force(record, practice.now)
    term = feedback.term(agreement, client)
    if agreement is None or term is None:
        raise NotAllowed(
            Problem(
                "no agreement about feedback is in force",
                "what becomes of it is agreed before any is collected  [S-19]",
                agreement.place if agreement else None,
                "agree on it first: confide agree draft; where it stands: confide agree status",
                "feedback-agreed",
            )
        )
    return agreement, term


def check_circle(record: Record, circle: str) -> None:
    """Raise Usage unless somebody of that role could give feedback: neither the client herself nor the coach.

    Whoever says no more of themselves is one of the `sources`, where that is a party and where it is none.
    """
    if circle != groups.EVERYBODY and asking.party_of(record, circle).role in (Role.CLIENT, Role.COACH):
        others = (p.id for p in record.partnership.parties if p.role not in (Role.CLIENT, Role.COACH))
        raise Usage(
            Problem(
                f"`{circle}` is no source of feedback",
                "it comes from others than the two who talk",
                hint=f"one of: {', '.join(others)}",
            )
        )


def check_day(practice: Practice, on: date) -> None:
    if on > practice.now.date():
        raise Usage(Problem(f"{on} has not come yet", "a record says what has happened", hint="look at the year"))

"""`consult`: the adviser is asked about confidentiality; what was referred to them, and no more (S-38).

The question is one event, with the extract sealed beside it; what came of it is another that names the first.
"""

from __future__ import annotations

from dataclasses import replace

from confide.model.agreement import Agreement
from confide.model.decision import Request, Verdict
from confide.model.event import Event
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import Role
from confide.policy import force
from confide.policy.referral import decide_referral
from confide.records import tree
from confide.workflows import asking, extracts, fresh
from confide.workflows.about import about
from confide.workflows.disclose import Asked, problem_for
from confide.workflows.extracts import Part
from confide.workflows.practice import Practice
from confide.workflows.readers import readers
from confide.workflows.recording import COACH, add_with_document, add_with_words

SIGNATORIES = "signatories"


def consult(
    practice: Practice,
    partnership: str,
    refs: tuple[str, ...],
    types: tuple[str, ...],
    *,
    by: str = COACH,
    adviser: str = "",
    words: str = "",
) -> Event:
    """Record that the adviser was asked. Question and outcome are `words`, which are sealed."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    chosen = _adviser(record, agreement, adviser)
    _check_may_ask(agreement, asking.party_of(record, by).id)
    found = about(practice, record, refs, types)
    event = Event(
        id=fresh.event_id(),
        kind="consulted",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=(chosen,),
        what=found.what,
        sections=found.sections,
        evidence="attested",
        agreement=agreement.version if agreement else 0,
    )
    return add_with_words(practice, event, words)


def refer(
    practice: Practice,
    partnership: str,
    ref: str,
    choice: str,
    *,
    adviser: str = "",
    channel: str,
    words: str = "",
) -> tuple[Event, Part]:
    """Refer the chosen sentences of one section to the adviser: decided on, and recorded before they are sent."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    chosen = _adviser(record, agreement, adviser)
    part = extracts.part(practice, partnership, ref, choice)
    request = Request(part.exact.what, COACH, chosen, part.exact.form, channel=channel, section=part.exact)
    asked = Asked(request, decide_referral(request, record, practice.now), record)
    if asked.decision.verdict is not Verdict.ALLOW:
        error = NotYet if asked.decision.verdict is Verdict.NOT_YET else NotAllowed
        raise error(*(problem_for(asked, reason) for reason in asked.decision.reasons))
    event = Event(
        id=fresh.event_id(),
        kind="consulted",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(chosen,),
        what=(part.exact.what,),
        channel=channel,
        # The text it is from, so that the question counts for that text; the words that went are in the document.
        sections=about(practice, record, (ref,), ()).sections,
        evidence="attested",
        agreement=asked.decision.agreement,
        because=asked.decision.because,
    )
    return add_with_document(practice, event, extracts.document((part,)), words), part


def answer(practice: Practice, partnership: str, words: str, question: str = "") -> Event:
    """Record what the adviser said and what came of it; for the newest question unless another is named."""
    record = practice.trusted(partnership)
    asked = [e for e in record.of_kind("consulted") if not e.target and question in ("", e.id)]
    if not asked:
        raise Usage(
            Problem(
                "no such question is on record", "an answer belongs to a question", hint="confide consult --about TYPE"
            )
        )
    first = asked[-1]
    event = replace(
        Event(fresh.event_id(), "consulted", partnership, practice.now, first.by),
        to=first.to,
        what=first.what,
        target=f"event/{first.id}",
        evidence="given",
        agreement=first.agreement,
    )
    return add_with_words(practice, event, words)


def key_of_adviser(practice: Practice, partnership: str, adviser: str = "") -> bytes:
    """The adviser's enrolled public key. Raises NotAllowed where none is on record: nothing could be sealed to them."""
    record = practice.trusted(partnership)
    chosen = _adviser(record, force.in_force(record, practice.now), adviser)
    found = next((one for one in readers(record) if one.party == chosen and one.key), None)
    if found is None:
        raise NotAllowed(
            Problem(
                f"no key of the {chosen} is on record",
                "nothing can be sealed to them",
                hint="hand it over in the clear: --output extract.txt; or confide invite " + chosen,
            )
        )
    return practice.read(tree.party_key(partnership, found.party, found.number))


def sealed(practice: Practice, part: Part, key: bytes) -> bytes:
    """The extract, signed by the coach and encrypted to that key alone."""
    return practice.gpg.sign_and_encrypt(f"{part.text}\n".encode(), practice.coach, key, practice.now)


def _adviser(record: Record, agreement: Agreement | None, wanted: str) -> str:
    """The party that was named, or the agreement's adviser. Anybody else advises on something else."""
    clause = agreement.clauses.get("adviser", {}) if agreement else {}
    chosen = wanted or clause.get("party", "")
    if not chosen:
        raise Usage(
            Problem(
                "no adviser is named",
                clause.get("none-because", "the agreement in force names nobody"),
                agreement.place if agreement else None,
                "say who was asked: --adviser supervisor",
            )
        )
    party = asking.party_of(record, chosen)
    if party.role is not Role.ADVISER:
        raise NotAllowed(
            Problem(
                f"`{chosen}` is no adviser of this partnership",
                "questions of confidentiality go to whom all agreed on",
                agreement.place if agreement else None,
                f"the adviser is `{clause['party']}`" if clause.get("party") else "an adviser or a supervisor",
            )
        )
    return party.id


def _check_may_ask(agreement: Agreement | None, by: str) -> None:
    """Whoever the clause is open to: the signatories, or those it lists."""
    if agreement is None:
        return
    listed = tuple(agreement.clauses.get("adviser", {}).get("open-to", (SIGNATORIES,)))
    named = agreement.signatories if listed == (SIGNATORIES,) else listed
    if by not in named:
        raise NotAllowed(
            Problem(
                f"the adviser is not open to `{by}`",
                "the agreement says who may ask",
                agreement.place,
                f"one of: {', '.join(named)}",
                "adviser",
            )
        )

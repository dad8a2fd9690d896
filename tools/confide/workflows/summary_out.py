"""`summary input`, `summary release`: what the client says to it, and how it goes to the payer (S-13)."""

from __future__ import annotations

from collections.abc import Mapping

from confide.model.agreement import Agreement
from confide.model.decision import Request
from confide.model.event import Event
from confide.model.note import Section
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import CLIENT_STATEMENT, Form
from confide.policy import summary, summary_clock
from confide.policy.decide import decide
from confide.policy.duties import DECLINED, GIVEN, WAIVED
from confide.workflows import asking, fresh, notes
from confide.workflows.disclose import Asked, exact, refuse_unless_allowed
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words
from confide.workflows.sealed_texts import prepared, quoted, section_id
from confide.workflows.summary import agreed, shown_text, whose

WAYS = (GIVEN, DECLINED, WAIVED)


def answer(
    practice: Practice, partnership: str, way: str, words: str = "", statement: str = "", client: str = ""
) -> Event:
    """Record what became of her answer to the text as it stands: given, declined, or waived with the agreed reason.

    statement: what she wrote to travel with it, unedited; it becomes a part of the summary in the same commit, and her
    answer names it. What she has already read stays as it is.
    """
    record = practice.trusted(partnership)
    client = asking.client_of(record, client)
    agreement = agreed(record, practice)
    shown, note = shown_text(practice, record, client)
    earlier = summary_clock.answered(record, shown)
    adds = bool(statement.strip()) and earlier is not None and not earlier.sections
    if earlier is not None and earlier.by == client and not adds:
        raise NotAllowed(
            Problem(
                f"her answer is on record: {earlier.evidence} on {earlier.at:%d %B %Y}",
                "an answer stands; another text needs another one",
                earlier.place,
                "to take it into account: confide summary draft, and share it again",
            )
        )
    _check_way(agreement, way, words, statement)
    files: dict[str, bytes | None] = {}
    hers: tuple[Section, ...] = ()
    if statement.strip():
        before = notes.plaintext(practice, partnership, note.path).rstrip()
        form = summary.clause(agreement).get("form", Form.SUMMARY.word)
        facets = f"#{section_id()} what={CLIENT_STATEMENT} form={form}{whose(client)}"
        heading = f"## In the client's own words {{{facets}}}"
        text = f"{before}\n\n{heading}\n\n{quoted(statement)}\n"
        whole, sealed = prepared(practice, partnership, note.path, text, practice.now.date())
        files, hers = {**sealed}, whole.sections[len(note.sections) :]
    waived = way == WAIVED
    event = Event(
        id=fresh.event_id(),
        kind="input",
        partnership=partnership,
        at=practice.now,
        by=COACH if waived else client,
        to=(client,) if waived else (COACH,),
        sections=tuple(exact(section) for section in hers),
        target=f"event/{shown.id}",
        evidence=way,
        agreement=agreement.version,
    )
    return add_with_words(practice, event, words, files)


def _check_way(agreement: Agreement, way: str, words: str, statement: str) -> None:
    if way == GIVEN and not (words.strip() or statement.strip()):
        raise Usage(
            Problem("it does not say what she answered", "an answer says something", hint="--words FILE; it is sealed")
        )
    if way == WAIVED:
        exceptions = agreement.clauses.get("exceptions")
        reason = exceptions.get("input-waived-when") if isinstance(exceptions, Mapping) else ""
        if not reason or not words.strip():
            why = f"the agreement waives it only when: {reason}" if reason else "the agreement never waives it"
            raise NotAllowed(
                Problem(
                    "her answer cannot be passed over like this",
                    f"{why}  [S-13]",
                    agreement.place,
                    "say how that came about: --words FILE" if reason else "wait for her, or ask whether she declines",
                    "input-waived",
                )
            )
    if statement.strip() and (way != GIVEN or CLIENT_STATEMENT not in summary.clause(agreement)):
        why = "the agreement does not say so" if way == GIVEN else "it is part of an answer that she gives"
        raise NotAllowed(
            Problem(
                "no statement of hers travels with it",
                f"{why}  [S-13]",
                agreement.place,
                "agree on `client-statement`, or take what she says into the summary: confide summary draft",
                "client-statement",
            )
        )


def release(practice: Practice, partnership: str, channel: str = "site", client: str = "") -> Event:
    """Decide for every part and recipient; when all are allowed, record one disclosure of the whole.

    Raises NotAllowed or NotYet with every reason.
    """
    record = practice.trusted(partnership)
    agreement = agreed(record, practice)
    _, note = shown_text(practice, record, asking.client_of(record, client))
    recipients = tuple(summary.clause(agreement).get("to", ()))
    asked = tuple(
        _asked(practice, record, section, recipient, channel) for section in note.sections for recipient in recipients
    )
    if not asked:
        raise NotAllowed(
            Problem(
                "the agreement names nobody who receives the summary",
                "it goes to whom it was agreed with  [S-12]",
                agreement.place,
                "say so there: `summary: {to: [payer]}`",
            )
        )
    refuse_unless_allowed(asked)
    event = Event(
        id=fresh.event_id(),
        kind="disclosed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=recipients,
        what=tuple(dict.fromkeys(section.facets.what or "" for section in note.sections)),
        form=max(section.facets.form for section in note.sections),
        channel=channel,
        sections=tuple(exact(section) for section in note.sections),
        terms=tuple(dict.fromkeys(term.id for one in asked for term in one.decision.terms)),
        agreement=asked[0].decision.agreement,
        because=tuple(dict.fromkeys(ground for one in asked for ground in one.decision.because)),
    )
    return practice.add(event)


def _asked(practice: Practice, record: Record, section: Section, recipient: str, channel: str) -> Asked:
    facts = section.facets
    request = Request(
        what=facts.what or "",
        sender=COACH,
        recipient=recipient,
        form=facts.form,
        channel=channel,
        section=exact(section),
        draft=facts.draft,
    )
    return Asked(request, decide(request, record, practice.now), record)

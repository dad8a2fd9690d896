"""The file of a legal duty, read from the steps that were recorded: what decisions are taken on (S-10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import dropwhile

from confide.model.agreement import Agreement
from confide.model.case import Case
from confide.model.commitment import digest
from confide.model.decision import Reason
from confide.model.detail import DUTY
from confide.model.event import Exact
from confide.model.record import Record
from confide.policy import legal
from confide.policy.cases import Thread
from confide.policy.legal import COMPELLED
from confide.policy.withdrawal import EVENT


def case_of(thread: Thread, extract: tuple[Exact, ...] = ()) -> Case:
    """The case as it stands. `extract` are the texts chosen last, opened; without them nothing may leave.

    A compelled ground rests on the order itself, attached; for any other the stated belief is enough.
    """
    opened = thread.steps[0].detail
    told = thread.last("told", "delayed")
    delayed = told is not None and told.detail.step == "delayed"
    until = told.detail.facts.get("until") if told is not None and delayed else None
    adviser, chosen = thread.last("adviser"), thread.last("extract")
    whole = chosen is not None and chosen.detail.word("whole") == "yes"
    return Case(
        id=thread.id,
        ground=opened.word("ground"),
        recipient=_newest(thread, "recipient"),
        facts=_fixed(opened.word("facts")),
        authority=_authority(thread, opened.word("ground")),
        why=_fixed(_newest(thread, "why")),
        extract=extract,
        whole=whole,
        named_in_order=_newest(thread, "named") == "yes",
        adviser=adviser.detail.word("adviser") if adviser is not None else "",
        adviser_why=_fixed(adviser.detail.word("adviser-why")) if adviser is not None else "",
        told=told is not None and not delayed,
        delayed_until=until if isinstance(until, date) else None,
        delayed_why=_fixed(told.detail.word("delay-why")) if told is not None and delayed else "",
    )


def kept_back(record: Record, threads: Iterable[Thread], now: datetime) -> frozenset[str]:
    """The events that a client reads of only when the delay of their notice is over (POLICY, what happened anyway).

    Whoever a delayed case would tell has asked, and was told no: that alone would tell the client of the case. It is
    kept back to the end of the day that was fixed, or until they were told; nothing else is, and nobody else is kept
    from anything.
    """
    today = legal.day(record, now)
    back: set[str] = set()
    for case in (case_of(thread) for thread in threads if thread.case == DUTY):
        if case.told or case.delayed_until is None or case.delayed_until < today:
            continue
        since = dropwhile(lambda event: event.id != case.id, record.events)  # noqa: B023  read before the next case
        back.update(event.id for event in since if event.kind == "refused" and case.recipient in event.to)
    corrected = {event.id for event in record.of_kind("corrected") if event.target.removeprefix(EVENT) in back}
    return frozenset(back | corrected)


def second_missing(thread: Thread, agreement: Agreement | None) -> Iterator[Reason]:
    """The second person, where the agreement asks that nobody decides this alone (POLICY, legal duty)."""
    exceptions = agreement.clauses.get("exceptions") if agreement is not None else None
    clause = exceptions.get(thread.steps[0].detail.word("ground")) if isinstance(exceptions, Mapping) else None
    wanted = clause.get("second", "") if isinstance(clause, Mapping) else ""
    if wanted and thread.last("second") is None:
        message = f"the agreement asks that the {wanted} looks at it too"
        place = agreement.place if agreement is not None else None
        yield Reason("second-person", "S-10", message, place, "ask them", "confide duty second")


def _newest(thread: Thread, fact: str) -> str:
    found = (step.detail.word(fact) for step in reversed(thread.steps))
    return next((word for word in found if word), "")


def _authority(thread: Thread, ground: str) -> str:
    for step in reversed(thread.steps):
        if step.detail.step in ("opened", "authority") and step.event.document:
            return step.event.document
    return "" if ground == COMPELLED else _fixed(_newest(thread, "authority"))


def _fixed(words: str) -> str:
    """Prose by its digest: a decision never holds a word of it."""
    return digest(words.encode()) if words else ""

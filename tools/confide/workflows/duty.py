"""`duty`: what the law or a threat requires, as a case, step by step; never a flag on a disclosure (S-10).

Every step is an event of its own, and in the open none says what it is about. Nothing leaves before the file is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from confide.model.case import GROUNDS, Case
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.detail import DUTY, Detail
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.words import Form
from confide.policy import cases, force
from confide.policy.case_file import case_of, second_missing
from confide.policy.cases import Thread
from confide.policy.legal import decide_duty
from confide.workflows import asking, extracts, fresh
from confide.workflows.extracts import Part
from confide.workflows.practice import Practice
from confide.workflows.recording import CASE, COACH, add_with_detail, case_steps, with_document


@dataclass(frozen=True)
class File:
    """An open case: its steps, what it amounts to, the extract chosen last, and all that still stands against it."""

    thread: Thread
    case: Case
    parts: tuple[Part, ...]
    missing: tuple[Reason, ...]


def step(
    practice: Practice,
    partnership: str,
    name: str,
    facts: Mapping[str, Any],
    *,
    case: str = "",
    words: str = "",
    document: bytes = b"",
) -> Event:
    """Record one step; of a new case where `case` is empty. What is empty is left out."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind=CASE,
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(COACH,),
        target=f"event/{case}" if case else "",
        agreement=agreement.version if agreement else 0,
    )
    detail = Detail(words, DUTY, name, {key: value for key, value in facts.items() if value})
    files: dict[str, bytes | None] = {}
    if document:
        event, files = with_document(practice, event, document)
    return add_with_detail(practice, event, detail, files)


def open_case(practice: Practice, partnership: str, facts: Mapping[str, Any], order: bytes = b"") -> Event:
    """Open a case: the ground, the facts relied on, and what is known by now of the rest. Nothing leaves by it."""
    record = practice.trusted(partnership)
    if facts.get("ground") not in GROUNDS:
        raise Usage(
            Problem(
                "that is no ground", "an exception needs one that is enumerated", hint=f"one of: {', '.join(GROUNDS)}"
            )
        )
    if not facts.get("facts"):
        raise Usage(Problem("the facts relied on are missing", "a case rests on what was seen or heard",
                            hint="--facts FILE; it is sealed"))  # fmt: skip
    if facts.get("recipient"):
        asking.check_party(record, str(facts["recipient"]))
    return step(practice, partnership, "opened", {"on": practice.now.date(), **facts}, document=order)


def the_case(practice: Practice, partnership: str, case: str = "") -> File:
    """The case named, or the only open one. Raises Usage where there is none or more than one to choose from."""
    threads = cases.threads(case_steps(practice, partnership), DUTY)
    found = [one for one in threads if one.id == case] if case else [one for one in threads if one.open]
    if len(found) != 1:
        known = ", ".join(one.id for one in threads if one.open)
        raise Usage(
            Problem(
                "no case is open" if not known else "which case is meant?",
                "a legal duty is a case, from its ground to its end",
                hint=f"--case, one of: {known}" if known else "confide duty open",
            )
        )
    thread = found[0]
    chosen = thread.last("extract")
    parts = extracts.sealed_parts(practice, chosen.event) if chosen is not None else ()
    known_case = case_of(thread, tuple(part.exact for part in parts))
    return File(thread, known_case, parts, _missing(practice, partnership, thread, known_case, parts))


def decided(practice: Practice, partnership: str, file: File, channel: str) -> tuple[Decision, ...]:
    """The decision for each part of the extract, or for the question without one: then it says what is missing."""
    record = practice.trusted(partnership)
    requests = [_request(part, file.case, channel) for part in file.parts] or [_nothing(file.case, channel)]
    return tuple(decide_duty(file.case, request, record, practice.now) for request in requests)


def disclose(practice: Practice, partnership: str, case: str, channel: str) -> tuple[Event, File]:
    """Record that the extract goes to the recipient of the case; the texts are handed over only then."""
    file = the_case(practice, partnership, case)
    reasons = [
        r for d in decided(practice, partnership, file, channel) if d.verdict is not Verdict.ALLOW for r in d.reasons
    ]
    reasons += second_missing(file.thread, force.in_force(practice.record(partnership), practice.now))
    if reasons:
        raise NotAllowed(*dict.fromkeys(_problem(file.case, reason) for reason in reasons))
    facts = {
        "on": practice.now.date(),
        "channel": channel,
        "recipient": file.case.recipient,
        "extract": tuple(_named(part) for part in file.parts),
        "whole": "yes" if file.case.whole else "",
    }
    document = extracts.document(file.parts)
    return step(practice, partnership, "disclosed", facts, case=file.thread.id, document=document), file


def choose(
    practice: Practice, partnership: str, case: str, refs: Mapping[str, str], whole: bool
) -> tuple[Event, tuple[Part, ...]]:
    """Record the extract: section → sentences (`1,3-4`). Whole records only where the order names them."""
    file = the_case(practice, partnership, case)
    parts = tuple(extracts.part(practice, partnership, ref, choice) for ref, choice in refs.items())
    if not whole and any(choice == extracts.WHOLE for choice in refs.values()):
        raise Usage(
            Problem(
                "an extract is chosen sentence by sentence",
                "a whole text goes only where an order names whole records",
                hint="--sentences 1,3-4; or --whole, if the order says so",
            )
        )
    facts = {"extract": tuple(_named(part) for part in parts), "whole": "yes" if whole else ""}
    event = step(practice, partnership, "extract", facts, case=file.thread.id, document=extracts.document(parts))
    return event, parts


def tell(practice: Practice, partnership: str, case: str, on: date, channel: str, words: str) -> tuple[Event, ...]:
    """Record that the client was told: in the case, and as her own notice, which stands on her account.

    Two events; a command that was interrupted between them goes on with the second.
    """
    file = the_case(practice, partnership, case)
    record = practice.trusted(partnership)
    done = file.thread.last("told", "delayed")
    events: list[Event] = []
    if done is None or done.detail.step != "told":
        events.append(
            step(practice, partnership, "told", {"on": on, "channel": channel}, case=file.thread.id, words=words)
        )
        since = events[0].at
    else:
        since = done.event.at
        if any(event.at >= since for event in record.of_kind("informed")):
            raise NotAllowed(Problem("she was told already", "it is on record", done.event.place, "confide duty show"))
    what = tuple(dict.fromkeys(part.exact.what for part in file.parts)) or ("discussions",)
    agreement = force.in_force(record, practice.now)
    notice = Event(
        id=fresh.event_id(),
        kind="informed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=("client",),
        what=what,
        evidence="attested",
        agreement=agreement.version if agreement else 0,
    )
    events.append(practice.add(notice))
    return tuple(events)


def _missing(
    practice: Practice, partnership: str, thread: Thread, case: Case, parts: tuple[Part, ...]
) -> tuple[Reason, ...]:
    record = practice.record(partnership)
    file = File(thread, case, parts, ())
    found = [
        r
        for d in decided(practice, partnership, file, "in-person")
        if d.verdict is not Verdict.ALLOW
        for r in d.reasons
    ]
    found += second_missing(thread, force.in_force(record, practice.now))
    return tuple({(reason.rule, reason.message): reason for reason in found}.values())


def _request(part: Part, case: Case, channel: str) -> Request:
    return Request(part.exact.what, COACH, case.recipient, part.exact.form, channel=channel, section=part.exact)


def _nothing(case: Case, channel: str) -> Request:
    return Request("discussions", COACH, case.recipient, Form.VERBATIM, channel=channel)


def _named(part: Part) -> dict[str, str]:
    return {"section": part.exact.section, "commitment": part.exact.commitment, "form": part.exact.form.word}


def _problem(case: Case, reason: Reason) -> Problem:
    hint = ": ".join(part for part in (reason.change, reason.command) if part)
    return Problem(
        f"case {case.id} may not tell the {case.recipient or 'recipient'} yet",
        f"{reason.message}  [{reason.sid}]",
        reason.place,
        hint or "what is on record so far: confide duty show",
        reason.rule,
    )

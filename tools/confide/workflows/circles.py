"""A circle is asked for feedback: one code for all of it, the terms first; answers are taken in under them (S-20).

Who in the circle wrote is known to nobody, the coach included, unless they chose to be named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from confide.model.commitment import digest
from confide.model.detail import FEEDBACK
from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.words import Attribution
from confide.policy import cases, voices
from confide.policy import feedback as feedback_policy
from confide.records import tree
from confide.vault import passphrase
from confide.vault.locked import COST, Cost
from confide.vault.manifest import Manifest
from confide.vault.portal_circles import RELAYED, RETURNED, TAKEN_IN, Circle, Circles
from confide.vault.portal_inbox import Item
from confide.vault.portal_store import PortalStore
from confide.vault.ring import Ring
from confide.vault.sealed import seal_with_code
from confide.workflows import feedback, feedback_terms, fresh
from confide.workflows.inbox_items import parsed
from confide.workflows.init import PUBLISHING
from confide.workflows.invite import store
from confide.workflows.practice import Practice
from confide.workflows.readers import circles, readers
from confide.workflows.recording import COACH, case_steps

OPEN_FOR = timedelta(days=42)
KIND = "feedback"
_ATTRIBUTIONS = {one.word: one for one in Attribution}


@dataclass(frozen=True)
class Code:
    """What the coach hands to everybody in the circle, the same to each. The code is stored nowhere."""

    partnership: str
    circle: str
    address: str
    code: str
    until: date


def invite(practice: Practice, partnership: str, circle: str, cost: Cost = COST) -> Code:
    """Ask a circle under the terms that the agreement allows. Asking again replaces the code and freezes terms anew."""
    if len(voices.clients(practice.record(partnership))) > 1:
        raise Usage(
            Problem(
                "several clients are coached here",
                "a code asks a circle about one person, and what it brings in would not say about whom",
                hint="tell them the terms yourself: confide feedback terms --client",
            )
        )
    offered = feedback_terms.offer(practice, partnership, circle)
    if not practice.file.portal:
        raise Usage(
            Problem("the practice has no portal address", "a code names where to write", tree.place(tree.PRACTICE))
        )
    record = practice.trusted(partnership)
    before = next((event.reader for event in circles(record) if event.to == (circle,)), "")
    address = before or _unused(practice)
    until = practice.now.date() + OPEN_FOR
    event = Event(
        id=fresh.event_id(),
        kind="invited",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(circle,),
        number=1,
        reader=address,
        document=digest(offered.text.encode()),
        agreement=offered.agreement.version,
    )
    choices = [one.word for one in Attribution if one <= offered.attribution]
    files = {"terms.txt": offered.text.encode(), "choices.json": json.dumps(choices).encode()}
    today = practice.now.date()
    manifest = Manifest(partnership, circle, 1, address, "", 0, today, until)
    code = passphrase.one_time_code()
    pack = seal_with_code(manifest, files, code, practice.keys.secret(PUBLISHING), cost)
    portal = store(practice)
    portal.shelf.put_partnership(partnership, practice.read(tree.partnership_key(partnership)))
    practice.add(event)
    Circles(portal.path).put(Circle(address, partnership, circle, until), pack)
    return Code(partnership, circle, f"{practice.file.portal.rstrip('/')}/s/{address}/", code, until)


def close(practice: Practice, partnership: str, circle: str) -> Event:
    """The code opens nothing any more; receipts stay readable. Recorded first: a door closed without a record would
    open again."""
    invited = next((one for one in circles(practice.trusted(partnership)) if one.to == (circle,)), None)
    if invited is None:
        raise Usage(
            Problem(
                "that circle is not asked through the portal",
                "nobody was given a code for it, or it was closed before",
                hint="confide invite CIRCLE --circle",
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="revoked",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=invited.to,
        number=1,
        reader=invited.reader,
    )
    recorded = practice.add(event)
    if not practice.dry_run and practice.store_path.is_dir():
        Circles(practice.store_path).close(invited.reader)
    return recorded


def _unused(practice: Practice) -> str:
    records = [practice.record(partnership) for partnership in practice.ids()]
    taken = {one.id for record in records for one in readers(record)} | {
        one.reader for record in records for one in circles(record)
    }
    return next(found for _ in range(1000) if (found := fresh.reader_id()) not in taken)


def anonymous(item: Item, keys: Ring) -> dict[str, Any] | None:
    """The facts of an item that nobody signed because it is feedback; None for any other."""
    facts = parsed(keys.open_anonymous(item.message))
    return facts if facts.get("kind") == KIND else None


def take_in(practice: Practice, item: Item, facts: dict[str, Any]) -> Event:
    """Record that the terms were accepted, and what was said under them. Raises what is wrong with the item."""
    partnership = item.partnership
    done = _recorded_before(practice, item)
    if done is not None:
        return done
    text, on, attribution = _checked(practice, item, facts)
    invited = next((one for one in circles(practice.trusted(partnership)) if one.reader == facts.get("address")), None)
    terms = str(facts.get("terms", ""))
    if invited is None or invited.to != (facts.get("circle"),) or digest(terms.encode()) != invited.document:
        raise NotAllowed(
            Problem(
                "it was not written under terms that this circle was given",
                "the circle was closed or asked anew since, or it was put together by hand",
                hint="ask them again: confide invite CIRCLE --circle",
            )
        )
    agreement = practice.record(partnership).agreement(invited.agreement)
    if agreement is None:
        raise Malformed(Problem("its terms rest on an agreement that is not on record"))
    circle = invited.to[0]
    widest = feedback_terms.offer(practice, partnership, circle)
    if attribution > widest.attribution:
        raise NotAllowed(
            Problem("it would show its source further than the terms allow", "it was put together by hand")
        )
    offered = feedback_terms.Offer(circle, widest.form, attribution, terms, agreement)
    who = str(facts.get("name", "")) if attribution is Attribution.NAME else ""
    accepted = feedback_terms.accepted(practice, partnership, offered, on, "site", who=who)
    arrived = feedback.Arrival(
        text,
        on,
        "site",
        True,
        circle,
        attribution,
        who=who,
        promised=accepted.id,
        item=item.id,
        receipt=str(facts.get("receipt", "")),
    )
    return feedback.add(practice, partnership, arrived).event


def _checked(practice: Practice, item: Item, facts: dict[str, Any]) -> tuple[str, date, Attribution]:
    attribution = _ATTRIBUTIONS.get(str(facts.get("attribution", "")))
    try:
        on = date.fromisoformat(str(facts.get("on", "")))
    except ValueError:
        on = None
    text = str(facts.get("text", "")).strip()
    if (facts.get("id"), facts.get("partnership")) != (item.id, item.partnership):
        raise NotAllowed(Problem("it says it is another item", "moved or forged"))
    if attribution is None or on is None or not text or on > practice.now.date():
        raise Malformed(Problem("it cannot be read as feedback", "the portal writes another form"))
    return text, on, attribution


def _recorded_before(practice: Practice, item: Item) -> Event | None:
    for step in case_steps(practice, item.partnership):
        if step.detail.case == FEEDBACK and step.detail.word("item") == item.id:
            return step.event
    return None


def tell_sources(practice: Practice, portal: PortalStore) -> None:
    """Let every receipt say what became of its item, as far as the record knows."""
    kept = Circles(portal.path)
    for partnership in practice.ids():
        if not circles(practice.record(partnership)):
            continue
        for thread in cases.threads(case_steps(practice, partnership), FEEDBACK):
            tag = thread.steps[0].detail.word("receipt")
            told = thread.last("relayed") or feedback_policy.relayed(practice.record(partnership), thread.id)
            state = RELAYED if told else TAKEN_IN if thread.open else RETURNED
            if tag and kept.state(tag) != state:
                kept.mark(tag, state, practice.now.date())

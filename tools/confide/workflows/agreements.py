"""`agree`: check, save, propose, status. What will be signed is the exact bytes of one file, fixed by one event."""

from __future__ import annotations

from dataclasses import dataclass

from confide.ledger import codec
from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.policy import force
from confide.policy.rules import RULES
from confide.records import tree, working_days
from confide.records.agreement_file import parse_agreement
from confide.workflows import fresh, people
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH

# Rules that speak of an agreement by itself; the others judge what happened under one.
_ABOUT_AGREEMENTS = ("answers-every-type", "client-signs", "controlled-channels", "known-parties")


@dataclass(frozen=True)
class Status:
    """Where one version stands: proposed or not, who signed how, who is missing, whether it is in force now.

    `replaced` are the people who were replaced since it was proposed.
    """

    agreement: Agreement
    proposed: Event | None
    signatures: tuple[Event, ...]
    missing: tuple[str, ...]
    in_force: bool
    replaced: tuple[Event, ...] = ()


def load(practice: Practice, partnership: str, version: int | None = None) -> tuple[Agreement, bytes]:
    """An agreement from the work tree, with its bytes; the newest when no version is named."""
    versions = practice.versions(partnership)
    if not versions:
        raise Usage(
            Problem(
                "there is no agreement yet",
                "nothing may be shared without one",
                hint=f"confide agree draft --in {partnership}",
            )
        )
    chosen = versions[-1] if version is None else version
    if chosen not in versions:
        raise Usage(
            Problem(
                f"there is no agreement {chosen}",
                "it was never drafted",
                hint=f"versions on record: {', '.join(map(str, versions))}",
            )
        )
    path = tree.agreement(partnership, chosen)
    data = (practice.root / path).read_bytes()
    return parse_agreement(data, path), data


def check(practice: Practice, partnership: str, version: int | None = None) -> tuple[Problem, ...]:
    """Everything wrong with one version, proposed or not: malformed parts raise, the rest is returned."""
    agreement, _ = load(practice, partnership, version)
    record = practice.record(partnership)
    alone = Record(record.partnership, (agreement,), (), ())
    found = [problem for slug in _ABOUT_AGREEMENTS for problem in RULES[slug](alone, practice.now)]
    if agreement.partnership != partnership:
        found.append(
            Problem(
                f"it says it belongs to `{agreement.partnership}`",
                "an agreement is signed for one partnership",
                place=agreement.place,
                rule="belongs",
            )
        )
    country = str(agreement.settings.get("calendar", ""))
    if country and not working_days.known(country):
        found.append(
            Problem(
                f"nobody has a calendar of `{country}`",
                "its public holidays would be counted as working days",
                agreement.place,
                "a country such as `GB`, perhaps with a region: `GB-SCT`",
                "calendar-known",
            )
        )
    schedule = people.load(practice, partnership)
    if schedule.digest != agreement.people and people.explained(record, agreement, schedule) is None:
        found.append(
            Problem(
                "it is bound to another schedule of people",
                "names, titles and authority to sign are part of what is agreed",
                agreement.place,
                f"people: {schedule.digest}",
                "people-schedule",
            )
        )
    return tuple(found)


def replaced(practice: Practice, partnership: str, version: int | None = None) -> tuple[Event, ...]:
    """Why a proposed version may name another schedule of people than the one on record: who was replaced since."""
    agreement, _ = load(practice, partnership, version)
    return people.replacements(practice.record(partnership), agreement)


def save_draft(practice: Practice, partnership: str, version: int, data: bytes) -> None:
    """Commit a draft. A version that was proposed is never touched again: an amendment is a new version."""
    record = practice.trusted(partnership)
    if any(event.agreement == version for event in record.of_kind("proposed")):
        raise NotAllowed(
            Problem(
                f"agreement {version} was proposed and cannot change any more",
                "the parties sign exactly the text that was put to them",
                tree.place(tree.agreement(partnership, version)),
                hint=f"amend it: confide agree draft --in {partnership} (makes version {version + 1})",
            )
        )
    path = tree.agreement(partnership, version)
    parse_agreement(data, path)
    practice.commit({path: data}, codec.plain_message("draft", partnership, "agreement", str(version)))


def propose(practice: Practice, partnership: str, version: int | None = None) -> Event:
    """Put one version to its signatories. From here on its bytes are fixed."""
    agreement, data = load(practice, partnership, version)
    found = check(practice, partnership, agreement.version)
    if found:
        raise Malformed(*found)
    path = tree.agreement(partnership, agreement.version)
    if practice.repo.read(practice.sound().head, path) != data:
        raise NotAllowed(
            Problem(
                f"agreement {agreement.version} has changes that are not committed",
                "what is proposed is the text on record",
                tree.place(path),
                f"git commit -m 'draft: {partnership} agreement {agreement.version}' {path}, then propose it",
            )
        )
    record = practice.trusted(partnership)
    if force.proposal(record, agreement) is not None:
        raise NotAllowed(
            Problem(
                f"agreement {agreement.version} was proposed already",
                "its text is fixed, and it is put to everybody once",
                tree.place(path),
                "see who has signed: confide agree status",
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="proposed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=tuple(p for p in agreement.signatories if p != COACH),
        agreement=agreement.version,
        document=agreement.digest,
    )
    return practice.add(event)


def status(practice: Practice, partnership: str) -> tuple[Status, ...]:
    """Every version, oldest first. Drafts that were never proposed come from the work tree."""
    record = practice.record(partnership)
    current = force.in_force(record, practice.now)
    found = []
    for version in practice.versions(partnership):
        agreement = record.agreement(version) or load(practice, partnership, version)[0]
        found.append(
            Status(
                agreement,
                force.proposal(record, agreement),
                force.signatures(record, agreement),
                force.missing(record, agreement),
                current is not None and current.version == version,
                people.replacements(record, agreement),
            )
        )
    return tuple(found)

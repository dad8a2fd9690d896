"""`due`: one board of all clocks over all partnerships, and of the practice itself; nothing is written by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from confide.model.detail import Step
from confide.model.due import Due
from confide.model.problem import Malformed, Refused, Unavailable
from confide.model.record import Record
from confide.policy.cases import KIND as CASE
from confide.policy.clocks import in_order, running
from confide.policy.clocks.desk import Desk
from confide.records import tree
from confide.records.working_days import working_days
from confide.vault.portal_inbox import Inbox
from confide.workflows import notes
from confide.workflows.backed_up import reminders
from confide.workflows.practice import Practice
from confide.workflows.readers import readers
from confide.workflows.recording import case_steps

# Renewing a key is a minute's work; noticing that it has ended stops everything.
KEYS_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Board:
    """What is due on a day, the most urgent first. `sealed` counts partnerships whose cases nobody unlocked."""

    today: date
    partnerships: int
    due: tuple[Due, ...]
    sealed: int = 0

    @property
    def open(self) -> tuple[Due, ...]:
        """What the coach has to do; the rest waits for somebody else."""
        return tuple(one for one in self.due if one.open)


def board(practice: Practice, *, unlock: bool = True) -> Board:
    """All clocks. Cases are sealed: with `unlock` the keystore is opened, but only where there are any.

    A key that is not here is no reason to hide everything else: the board then says what it could not look at.
    """
    found: list[Due] = list(_practice_wide(practice))
    sealed = 0
    for partnership in practice.ids():
        desk = _desk(practice, partnership, unlock)
        sealed += desk.steps is None
        found += running(desk)
    return Board(practice.now.date(), len(practice.ids()), in_order(found), sealed)


def _desk(practice: Practice, partnership: str, unlock: bool) -> Desk:
    record = practice.record(partnership)
    paths = tuple(tree.note_path(name) for name in notes.names(practice, partnership))
    desk = Desk(record, practice.now, _steps(practice, record, unlock), notes=paths)
    return replace(desk, working=working_days(desk.agreement)) if desk.agreement is not None else desk


def _steps(practice: Practice, record: Record, unlock: bool) -> tuple[Step, ...] | None:
    if not record.of_kind(CASE):
        return ()
    if not unlock:
        return None
    try:
        return case_steps(practice, record.partnership.id)
    except (Unavailable, Malformed):
        return None


def _practice_wide(practice: Practice) -> Iterator[Due]:
    yield from _inbox(practice)
    yield from _keys(practice)
    for one in reminders(practice.repo, practice.now):
        yield Due("backups", "", None, one.what, one.hint)


def _inbox(practice: Practice) -> Iterator[Due]:
    """What parties sent, by partnership: how much, not what."""
    waiting: dict[str, int] = {}
    for item in Inbox(practice.store_path / "inbox").items():
        waiting[item.partnership] = waiting.get(item.partnership, 0) + 1
    for partnership, count in sorted(waiting.items()):
        what = f"{count} items in the inbox" if count > 1 else "an item in the inbox"
        yield Due("inbox", partnership, practice.now.date(), what, "confide inbox")


def _keys(practice: Practice) -> Iterator[Due]:
    """Keys that run out: the coach's own, with which everything is recorded, and the readers'."""
    try:
        expires = practice.gpg.key(practice.coach).expires
        if expires is not None and expires - practice.now <= KEYS_AHEAD:
            yield Due("keys", "", expires.date(), "your signing key ends", "gpg --quick-set-expire FINGERPRINT 2y")
    except Refused as refused:
        yield Due("keys", "", None, refused.problems[0].what, "confide doctor")
    for partnership in practice.ids():
        for reader in readers(practice.record(partnership)):
            if not reader.key:
                continue
            path = tree.party_key(partnership, reader.party, reader.number)
            ends = practice.certificate(path).expires
            if ends is not None and ends - practice.now <= KEYS_AHEAD:
                yield Due("keys", partnership, ends.date(), f"the key of the {reader.party} ends",
                          f"confide invite {reader.party}")  # fmt: skip

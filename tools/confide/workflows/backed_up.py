"""When this practice was last backed up, and when somebody last saw that a backup opens: for `check` and the boards.

It stands in the clone's own settings, not on record: it says something about a machine and a drawer, not about anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from confide.ledger.objects import is_object_id
from confide.ledger.repo import Repository
from confide.model.problem import Problem

SETTING_TO = "confide.backupto"
SETTING_MADE = "confide.backupmade"
SETTING_REHEARSED = "confide.backuprehearsed"
# After this long without a backup, what was recorded since is too much to lose.
WITHIN = timedelta(days=7)
# Paper fades and drawers are cleared.
REHEARSED_WITHIN = timedelta(days=365)
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Standing:
    """`made` and `rehearsed` are None where it never happened; `behind` says that there is more on record now."""

    made: datetime | None
    rehearsed: datetime | None
    behind: bool


def standing(repo: Repository) -> Standing:
    """How this clone's backups stand. Cheap: reads three settings, needs no key."""
    when, _, commit = (repo.config(SETTING_MADE) or "").partition(" ")
    made = _moment(when) if is_object_id(commit) else None
    return Standing(made, _moment(repo.config(SETTING_REHEARSED) or ""), made is None or commit != repo.head())


def note_made(repo: Repository, at: datetime, commit: str) -> None:
    """Remember that everything up to `commit` is in a backup."""
    repo.set_config(SETTING_MADE, f"{at:{_FORM}} {commit}")


def note_rehearsed(repo: Repository, at: datetime) -> None:
    """Remember that everything came back from a backup with the printed words alone."""
    repo.set_config(SETTING_REHEARSED, f"{at:{_FORM}}")


def reminders(repo: Repository, now: datetime) -> Iterator[Problem]:
    """What to do about backups, the most urgent first; nothing while all is well."""
    found = standing(repo)
    if found.made is None:
        yield Problem("no backup was ever made", "a lost disk would take everything", hint="confide backup")
        return
    if found.behind and now - found.made > WITHIN:
        day = f"{found.made:%d %b %Y}".removeprefix("0")
        yield Problem(f"the last backup is of {day}", "more is on record since", hint="confide backup")
    if found.rehearsed is None:
        why = "nobody has seen yet that the printed words open it"
        yield Problem("a restore was never rehearsed", why, hint="confide restore --test")
    elif now - found.rehearsed > REHEARSED_WITHIN:
        why = "paper fades, and drawers are cleared"
        yield Problem("the last rehearsal is more than a year ago", why, hint="confide restore --test")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None

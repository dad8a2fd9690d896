"""`doctor`: is everything in place that keeps the promises on this machine? Says what is missing and how to mend it."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from confide.ledger import hooks
from confide.model.problem import Problem, Refused
from confide.policy.destruction import gone
from confide.vault import quiet_editors
from confide.vault.keystore import Keystore
from confide.vault.memory import PREFIXES, leftovers, memory_dir
from confide.workflows.finishing import unfinished
from confide.workflows.practice import SETTING_KEYSTORE, Practice


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine when there are no problems."""

    what: str
    problems: tuple[Problem, ...]

    @property
    def mendable(self) -> bool:
        """Whether `mend` knows what to do, and can do no harm: no key, no record and nobody else's file is touched."""
        return bool(self.problems) and self.what in MENDS


def examine(practice: Practice) -> tuple[Finding, ...]:
    """Every check, one after the other; one that fails never hides the next."""
    return tuple(Finding(what, tuple(_problems(check, practice))) for what, check in CHECKS)


def _problems(check: Callable[[Practice], Iterator[Problem]], practice: Practice) -> Iterator[Problem]:
    try:
        yield from check(practice)
    except Refused as refused:
        yield from refused.problems


def mend(practice: Practice, finding: Finding) -> Finding:
    """Do what helps, and look again."""
    MENDS[finding.what](practice)
    return next(found for found in examine(practice) if found.what == finding.what)


def _set_up(practice: Practice) -> None:
    hooks.install(practice.repo)
    hooks.configure(practice.repo)


def _remove_leftovers(practice: Practice) -> None:
    del practice
    for prefix in PREFIXES:
        for path in leftovers(prefix):
            shutil.rmtree(path, ignore_errors=True)


def _gpg(practice: Practice) -> Iterator[Problem]:
    key = practice.gpg.key(practice.coach)
    if not key.has_secret:
        yield Problem(
            "the secret half of your signing key is not on this machine",
            "nothing can be signed without it",
            hint="insert the card, or import it",
        )
    if key.revoked or (key.expires is not None and key.expires <= practice.now):
        yield Problem(
            "your signing key is expired or revoked",
            "nobody would believe what it signs",
            hint="gpg --quick-set-expire FINGERPRINT 2y",
        )
    yield from ()


def _settings(practice: Practice) -> Iterator[Problem]:
    yield from hooks.settings(practice.repo)


def _history(practice: Practice) -> Iterator[Problem]:
    yield from practice.verification.problems


def _keystore(practice: Practice) -> Iterator[Problem]:
    path = practice.repo.config(SETTING_KEYSTORE)
    if not path or not Keystore(Path(path), practice.gpg).exists:
        yield Problem(
            "there is no keystore on this machine", "no note can be opened", hint="confide adopt --keystore DIR"
        )
        return
    inside = practice.root.resolve() in Path(path).resolve().parents
    if inside:
        yield Problem(
            "the keystore lies inside the repository",
            "it would be pushed with the record",
            hint="move it out and run confide adopt --keystore DIR",
        )
    for partnership in practice.ids():
        left = unfinished(practice, partnership)
        if left is not None:
            yield Problem(
                f"what was destroyed of {partnership} still opens on this machine",
                f"the record says since {left.at:%d %B %Y} that it does not",
                left.place,
                f"confide destroy now {left.scope} --in {partnership}",
            )
        if gone(practice.record(partnership)) is not None:
            continue
        if not practice.keys.generations(partnership):
            yield Problem(
                f"the keystore has no key for {partnership}",
                "so nothing of it opens on this machine",
                hint="restore it from a backup",
            )
    for pin, value in (("root", practice.pins.root), ("keeper", practice.pins.keeper)):
        if practice.keys.get_pin(pin) != value:
            yield Problem(f"the pinned {pin} of this clone is not the keystore's", "one of them was changed")


def _memory(practice: Practice) -> Iterator[Problem]:
    del practice
    with memory_dir():
        yield from ()


def _leftovers(practice: Practice) -> Iterator[Problem]:
    del practice
    for prefix in PREFIXES:
        for path in leftovers(prefix):
            yield Problem(
                f"a command that was killed left `{path}`",
                "a note may lie in it, readable until this machine restarts",
                hint=f"rm -r {path}",
            )


def _editor(practice: Practice) -> Iterator[Problem]:
    del practice
    program, *_ = [*shlex.split(quiet_editors.wanted()), ""]
    if why := quiet_editors.loud(program):
        yield Problem("your editor would keep copies of notes", why, hint="export EDITOR=nano, or vim, code, emacs")


SET_UP, LEFT = "git is set up, hooks are in place", "nothing readable was left behind"
MENDS: dict[str, Callable[[Practice], None]] = {SET_UP: _set_up, LEFT: _remove_leftovers}
CHECKS: tuple[tuple[str, Callable[[Practice], Iterator[Problem]]], ...] = (
    ("your key signs", _gpg),
    (SET_UP, _settings),
    ("history verifies from the pinned root", _history),
    ("keystore is here and complete", _keystore),
    ("plaintext can stay in memory", _memory),
    (LEFT, _leftovers),
    ("your editor keeps no copies", _editor),
)

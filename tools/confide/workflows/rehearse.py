"""`restore --test`: everything back from a backup with the printed words alone, on an empty home that is in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from confide.ledger.repo import Repository
from confide.model.commitment import digest
from confide.model.problem import Malformed, Problem, Refused
from confide.records import tree
from confide.vault import backup_file, durable
from confide.vault.memory import memory_dir
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
from confide.workflows import backed_up
from confide.workflows.backup import SUFFIX
from confide.workflows.practice import Practice
from confide.workflows.restore import Restored, restore


@dataclass(frozen=True)
class Rehearsed:
    """What came back: sealed files that open, those whose key was destroyed, and how far the record went."""

    made: datetime
    commits: int
    partnerships: int
    opened: int
    gone: int
    signing: str
    behind: bool


def newest(practice: Practice) -> Path:
    """The newest backup where they were last written to."""
    where = practice.repo.config(backed_up.SETTING_TO)
    found = sorted(Path(where).glob(f"{practice.file.id}-*{SUFFIX}"), key=lambda file: file.name) if where else []
    if not found:
        raise Malformed(
            Problem(
                "there is no backup where the last one went", "the disk may not be plugged in", hint="name the file"
            )
        )
    return found[-1]


def rehearse(practice: Practice, data: bytes, words: str) -> Rehearsed:
    """Restore, verify and open everything; nothing of it stays. Remembers that it worked."""
    opened = backup_file.open_with_words(data, words)
    if opened.head.practice != practice.file.id:
        raise Malformed(Problem("this is a backup of another practice", "it says nothing about this one"))
    with memory_dir() as home:
        gpg = GnuPG(durable.directory(home / "gnupg"))
        try:
            back = restore(opened, home / "practice", gpg, practice.now, keystore=home / "keys", gnupg_home=gpg.home)
            count, gone = _open_everything(back)
        finally:
            gpg.kill_agent()
    backed_up.note_rehearsed(practice.repo, practice.now)
    return Rehearsed(
        opened.head.made,
        back.found.commits,
        len(back.found.partnerships),
        count,
        gone,
        back.signing,
        opened.head.commit != practice.sound().head,
    )


def _kept(partnership: str, message: bytes) -> str:
    """Where it was sealed again, if the key that it was for was destroyed."""
    return tree.kept(partnership, digest(message))


def _open_everything(back: Restored) -> tuple[int, int]:
    """How many sealed files open with the keys that came back, and how many belong to a destroyed key."""
    repo = Repository.at(back.path)
    paths = repo.paths(back.found.head)
    signers = [Certificate.parse(repo.blob(blob)) for path, blob in paths.items() if tree.shape(path) == "keeper-key"]
    held = {name: back.keys.ring(name) for name in back.found.partnerships if back.keys.generations(name)}
    count, gone = 0, 0
    for path, blob in paths.items():
        partnership = tree.partnership_of(path)
        if not path.endswith(".gpg") or not partnership:
            continue
        message = repo.blob(blob)
        if partnership not in held or (not held[partnership].opens(message) and _kept(partnership, message) in paths):
            gone += 1
            continue
        try:
            held[partnership].open_signed(message, signers)
        except Refused:
            raise Malformed(
                Problem("a sealed file does not open with what came back", "", tree.place(path), "confide doctor")
            ) from None
        count += 1
    repo.close()
    return count, gone

"""`keys rotate`: another key for a partnership, from now on.

Notes, feedback, summaries and the list of people are sealed again, with their writers' signatures as they were. What an
event fixes (details, documents) keeps its bytes, so the old key stays in the keystore for it, and for the versions in
Git's history. Events do not change at all: they bind texts, not ciphertext.
"""

from __future__ import annotations

from dataclasses import dataclass

from confide.ledger import sealed_files
from confide.model.event import Event
from confide.records import tree
from confide.vault.generate import generate_secret_key
from confide.vault.portal_shelf import Shelf
from confide.vault.rewrap import rewrapper
from confide.vault.sequoia import SecretKey
from confide.workflows import fresh
from confide.workflows.opening import ring
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


@dataclass(frozen=True)
class Rotated:
    """The event, how many files were sealed again, and how many stay with older keys because events fix them."""

    event: Event
    again: int
    fixed: int


def rotate(
    practice: Practice,
    partnership: str,
    words: str = "",
    *,
    because: tuple[str, ...] = (),
    without: frozenset[str] = frozenset(),
) -> Rotated:
    """Make and record a new key; files of `without` are left with the old one. The key enters the keystore first."""
    practice.trusted(partnership)
    keys = ring(practice, partnership)
    secret = _next_key(practice, partnership)
    files: dict[str, bytes | None] = {tree.partnership_key(partnership): secret.certificate.armoured()}
    found = sealed_files.at(practice.repo, practice.sound().head, partnership)
    written = [one for one in found if one.kind in sealed_files.WRITTEN and one.path not in without]
    with rewrapper(keys.keys, secret.certificate, practice.now) as rewrap:
        for number, one in enumerate(written, 1):
            practice.progress(f"{partnership} {number} of {len(written)}")
            files[one.path] = rewrap(practice.repo.blob(one.blob))
    event = Event(
        id=fresh.event_id(),
        kind="rotated",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        key=secret.fingerprint,
        because=because,
    )
    event = add_with_words(practice, event, words, files)
    _tell_portal(practice, partnership, secret)
    return Rotated(event, len(written), sum(one.kind in sealed_files.FIXED for one in found))


def _next_key(practice: Practice, partnership: str) -> SecretKey:
    """A new key in the keystore, or the one that an interrupted rotation left there and nobody has used."""
    known = practice.certificate(tree.partnership_key(partnership)).fingerprint
    names = practice.keys.generations(partnership)
    newest = practice.keys.secret(names[-1])
    past = {event.key for event in practice.record(partnership).of_kind("rotated")}
    if len(names) > 1 and newest.fingerprint not in {known, *past}:
        return newest
    tsk = generate_secret_key(f"{partnership}@confide.invalid", practice.now, faked=practice.replaying)
    if not practice.dry_run:
        practice.keys.add(practice.keys.next_generation(partnership), tsk, practice.now)
    return SecretKey.parse(tsk)


def _tell_portal(practice: Practice, partnership: str, secret: SecretKey) -> None:
    """What parties send from now on is sealed for the new key."""
    if practice.dry_run or not practice.store_path.is_dir():
        return
    Shelf(practice.store_path).put_partnership(partnership, secret.certificate.armoured())

"""Another key for the coach herself: it takes the old one's place among the keepers, and the keystore opens for it.

Four steps, each of which is safe to stop after: both keys are keepers; the keystore is sealed for the new one; this
clone signs with the new one; the old one is a keeper no more. Its public half stays in the repository, because what it
signed and sealed before stays readable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from confide.ledger import codec
from confide.model.problem import Problem, Unavailable, Usage
from confide.records import partnership_file, practice_file, tree
from confide.vault.keystore import Keystore
from confide.workflows.practice import SETTING_KEYSTORE, Practice


def change(practice: Practice, old: str, new: str) -> None:
    """Let `new` take the place of `old`. Both secret halves are needed, or only the new one after the third step."""
    if old == new:
        raise Usage(Problem("that is the key that signs now", "another one is to take its place", hint="make one: gpg"))
    key = practice.gpg.key(new)
    if not (key.has_secret and key.can_sign and key.can_encrypt):
        raise Unavailable(
            Problem(
                "the new key cannot both sign and open here",
                "it is to do what the old one did",
                hint="gpg --quick-generate-key 'Your Name <you@example.org>' future-default default 2y",
            )
        )
    if new not in practice.file.keepers:
        _commit(practice, lambda keepers: _beside(keepers, old, new))
    keystore = Keystore(Path(practice.repo.config(SETTING_KEYSTORE) or ""), practice.gpg)
    keystore.seal_for(new, practice.keys, practice.now)
    practice.repo.set_config("user.signingkey", new)
    if old in practice.file.keepers:
        _commit(practice, lambda keepers: tuple(known for known in keepers if known != old))


def _beside(keepers: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(one for known in keepers for one in ((known, new) if known == old else (known,)))


def _commit(practice: Practice, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """One commit with another list of keepers, of the practice and of every partnership."""
    file = replace(practice.file, keepers=change(practice.file.keepers))
    files: dict[str, bytes | None] = {tree.PRACTICE: practice_file.render_practice(file)}
    for name in practice.ids():
        known = practice.record(name).partnership
        if change(known.keepers) != known.keepers:
            after = replace(known, keepers=change(known.keepers))
            files[tree.partnership(name)] = partnership_file.render_partnership(after)
    for fingerprint in file.keepers:
        if practice.repo.read(practice.sound().head, tree.keeper_key(fingerprint)) is None:
            files[tree.keeper_key(fingerprint)] = practice.gpg.public_key(fingerprint)
    practice.commit(files, codec.plain_message("practice", file.id))

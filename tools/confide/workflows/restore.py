"""`restore`: a new machine gets everything back from one file; and the rehearsal of it, in memory, on an empty home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from confide.ledger import bundle, work_tree
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.records import tree
from confide.vault import durable, keystore_seal, own_keys
from confide.vault.backup_file import Opened
from confide.vault.keystore import Keystore, UnlockedKeystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from confide.workflows import backed_up, backup, keeper
from confide.workflows.adopt import adopt
from confide.workflows.init import check_target, undo


@dataclass(frozen=True)
class Restored:
    """What came back: the clone, its keystore (open), and how the coach can sign (`here`, `card` or `elsewhere`)."""

    path: Path
    keystore: Path
    found: Verification
    keys: UnlockedKeystore
    unfinished: int
    signing: str


def restore(
    opened: Opened,
    target: Path,
    gpg: GnuPG,
    now: datetime,
    *,
    keystore: Path | None = None,
    gnupg_home: Path | None = None,
    key: str = "",
) -> Restored:
    """Put everything in its place. Whatever fails, the directory and the keystore are taken away again.

    `key` is another key of the coach's, for one that was lost: the keystore is sealed for it.
    """
    check_target(target)
    place = keystore or Path(platformdirs.user_data_dir("confide")) / opened.head.practice
    if Keystore(place, gpg).exists:
        raise NotAllowed(
            Problem(
                "there is a keystore of this practice on this machine already",
                "nothing of yours is ever written over",
                hint="set up the clone that belongs to it (confide adopt), or name another place: --keystore DIR",
            )
        )
    existed = target.exists()
    try:
        return _restore(opened, target, gpg, now, place, gnupg_home, key)
    except BaseException:
        undo(target, existed, place)
        raise


def _restore(
    opened: Opened, target: Path, gpg: GnuPG, now: datetime, place: Path, gnupg_home: Path | None, key: str
) -> Restored:
    settings = _settings(opened)
    anchor = opened.anchor
    pins = Pins(anchor.root, anchor.keeper) if anchor else Pins(settings["root"], settings["keeper"])
    repo = bundle.unbundled(target, opened.files[backup.BUNDLE], settings["branch"])
    found = _believed(repo, pins, opened)
    keys = _keystore(opened.files, place, pins)
    signing = _own_key(opened.files, gpg)
    if key:
        Keystore(place, gpg).seal_for(key, keys, now)
    for name, value in settings["settings"].items():
        repo.set_config(name, value)
    for number, path in enumerate(settings["work"]):
        work_tree.check_path(path)
        work_tree.replace(repo, path, opened.files[f"{backup.WORK}{number}"])
    store = repo.root / (settings["settings"].get("confide.store") or "build/portal")
    _files(opened.files, backup.STORE, store)
    repo.close()
    adopt(repo.root, gpg, now, keystore=place, gnupg_home=gnupg_home, root=pins.root, keeper=pins.keeper)
    backed_up.note_made(repo, opened.head.made, opened.head.commit)
    if anchor:
        backed_up.note_rehearsed(repo, now)
    return Restored(repo.root, place, found, keys, len(settings["work"]), signing)


def _settings(opened: Opened) -> Any:
    try:
        return json.loads(opened.files[backup.SETTINGS])
    except (KeyError, ValueError):
        raise Malformed(Problem("the backup holds no settings", "a newer version may have made it")) from None


def _believed(repo: Repository, pins: Pins, opened: Opened) -> Verification:
    """The history, verified from its root, and the backup signed by a keeper of its last commit."""
    try:
        found = verify(repo, pins)
    except Malformed as malformed:
        raise Malformed(*map(keeper.with_hint, malformed.problems)) from None
    if found.faults:
        raise Malformed(*map(keeper.with_hint, found.faults))
    if found.head != opened.head.commit:
        raise Malformed(Problem("the history in the backup ends elsewhere than it says", "it was changed"))
    opened.verified(_certificates(repo, found, found.practice.keepers))
    return found


def _certificates(repo: Repository, found: Verification, fingerprints: tuple[str, ...]) -> list[Certificate]:
    files = (repo.read(found.head, tree.keeper_key(fingerprint)) for fingerprint in fingerprints)
    return [Certificate.parse(data) for data in files if data is not None]


def _keystore(files: Mapping[str, bytes], place: Path, pins: Pins) -> UnlockedKeystore:
    """The keystore put back, opened with the key that only the backup holds in the open."""
    _files(files, backup.KEYSTORE, durable.directory(place))
    place.chmod(durable.PRIVATE_DIRECTORY)
    durable.write(keystore_seal.place(place), files[backup.SEAL])
    keys = UnlockedKeystore(place, SecretKey.parse(files[backup.KEYSTORE_KEY]))
    if (keys.get_pin("root"), keys.get_pin("keeper")) != (pins.root, pins.keeper):
        raise Malformed(Problem("the keystore in the backup belongs to another history", "it was put together of two"))
    return keys


def _own_key(files: Mapping[str, bytes], gpg: GnuPG) -> str:
    kept = {name.removeprefix(backup.PRIVATE): data for name, data in files.items() if name.startswith(backup.PRIVATE)}
    own_keys.restore(gpg, files[backup.PUBLIC], kept)
    return "card" if own_keys.on_card(kept) else "here" if kept else "elsewhere"


def _files(files: Mapping[str, bytes], prefix: str, place: Path) -> None:
    """The names passed the archive's own check: they cannot climb out of `place`."""
    for name, data in files.items():
        if name.startswith(prefix):
            file = place / name.removeprefix(prefix)
            durable.directory(file.parent)
            durable.write(file, data)

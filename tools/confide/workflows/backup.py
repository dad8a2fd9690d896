"""`backup`: repository, keystore, settings, unfinished work and the portal's store in one sealed file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from confide.ledger import bundle, readiness
from confide.model.problem import NotAllowed, Problem, Unavailable, Usage
from confide.vault import archive, backup_file, durable, keystore_seal, own_keys, recovery
from confide.vault.backup_file import Head
from confide.vault.recovery import Recovery
from confide.vault.sequoia import Certificate
from confide.workflows import backed_up
from confide.workflows.practice import SETTING_KEYSTORE, SETTING_STORE, Practice

SUFFIX = ".confide-backup"
BUNDLE, SETTINGS, KEYSTORE_KEY, PUBLIC = "repository.bundle", "settings.json", "keystore-key.asc", "gnupg/public.asc"
SEAL = "keystore.seal"
KEYSTORE, PRIVATE, WORK, STORE = "keystore/", "gnupg/private/", "work/", "store/"
# What a clone is set up with beside what `adopt` sets.
KEPT_SETTINGS = ("user.name", "user.email", SETTING_STORE)


@dataclass(frozen=True)
class BackedUp:
    """What was written where. `card` says that the coach's key is on a card, and so in no backup."""

    file: Path
    size: int
    commit: str
    partnerships: int
    unfinished: int
    card: bool
    same_disk: bool


def place(practice: Practice, wanted: Path | None) -> Path:
    """The file to write: `wanted`, or a file named by practice and day in it, or in the directory of last time."""
    if wanted is None:
        before = practice.repo.config(backed_up.SETTING_TO)
        if not before:
            raise Usage(
                Problem(
                    "no place was named for the backup",
                    "it belongs on another disk, or at another address",
                    hint="confide backup /media/stick; the next one goes there by itself",
                )
            )
        wanted = Path(before)
    path = wanted.absolute()
    file = path / f"{practice.file.id}-{practice.now:%Y-%m-%d}{SUFFIX}" if path.is_dir() else path
    if not file.parent.is_dir():
        raise Unavailable(
            Problem(
                "the place for the backup is not there", "the disk may not be plugged in", hint="look, or name another"
            )
        )
    for inside in (practice.root, _keystore(practice)):
        if file.resolve().is_relative_to(inside.resolve()):
            raise Usage(
                Problem(
                    "a backup does not lie in what it is a backup of",
                    "it would be lost together with it",
                    hint="name a directory elsewhere, best on another disk",
                )
            )
    if file.exists() and not _is_backup(file):
        raise NotAllowed(
            Problem("that file is there already and is no backup", "it would be lost", hint="name another file")
        )
    return file


def backup(practice: Practice, file: Path, show: Callable[[str], None], *, renew: bool = False) -> BackedUp:
    """Write it. `show` is given the words of a new recovery key before anything relies on them."""
    head, coach = practice.sound().head, practice.coach
    contents = dict(_contents(practice))
    recover = _recovery(practice, show, renew)
    # After it: the recovery key's own file belongs into the backup as well.
    contents |= _directory(_keystore(practice), KEYSTORE)
    data = backup_file.make(
        Head(practice.file.id, practice.now, head),
        contents,
        Certificate.parse(practice.gpg.public_key(coach)),
        recover,
        lambda manifest: practice.sign(manifest, practice.now),
        practice.now,
    )
    durable.write(file, data)
    backed_up.note_made(practice.repo, practice.now, head)
    practice.repo.set_config(backed_up.SETTING_TO, str(file.parent))
    return BackedUp(
        file,
        len(data),
        head,
        len(practice.ids()),
        sum(name.startswith(WORK) for name in contents),
        own_keys.on_card({name: data for name, data in contents.items() if name.startswith(PRIVATE)}),
        file.stat().st_dev == practice.root.stat().st_dev,
    )


def _recovery(practice: Practice, show: Callable[[str], None], renew: bool) -> Recovery:
    path = _keystore(practice)
    known = None if renew else recovery.kept(path, practice.keys)
    if known is not None:
        return known
    faked = practice.replaying and practice.gpg.faked(practice.now)
    made, words = recovery.new(practice.pins.root, practice.pins.keeper, practice.now, faked=faked)
    show(words)
    recovery.keep(path, practice.keys, made)
    return made


def _contents(practice: Practice) -> Iterator[tuple[str, bytes]]:
    """Everything but the keystore's files."""
    yield BUNDLE, bundle.bundled(practice.repo)
    yield KEYSTORE_KEY, practice.keys.own_key()
    # Beside the keystore, not in it: what else is copied together with it is for the one who copies to say.
    yield SEAL, keystore_seal.place(_keystore(practice)).read_bytes()
    yield PUBLIC, practice.gpg.public_key(practice.coach)
    for grip, data in own_keys.files(practice.gpg, practice.coach).items():
        yield f"{PRIVATE}{grip}", data
    unfinished = [path for path in practice.repo.dirty() if _ordinary(practice.root / path)]
    for number, path in enumerate(unfinished):
        yield f"{WORK}{number}", (practice.root / path).read_bytes()
    yield from _directory(practice.store_path, STORE).items()
    yield SETTINGS, json.dumps(_settings(practice, unfinished), indent=1).encode()


def _settings(practice: Practice, unfinished: list[str]) -> dict[str, object]:
    found = {name: value for name in KEPT_SETTINGS if (value := practice.repo.config(name)) is not None}
    remotes = practice.repo.run("remote").decode().split()
    found |= {f"remote.{name}.url": practice.repo.config(f"remote.{name}.url") or "" for name in remotes}
    return {
        "root": practice.pins.root,
        "keeper": practice.pins.keeper,
        "branch": readiness.branch(practice.repo),
        "settings": found,
        "work": unfinished,
    }


def _directory(path: Path, prefix: str) -> dict[str, bytes]:
    """Every ordinary file below `path`; what begins with a dot is a lock or was never finished."""
    files = {f"{prefix}{file.relative_to(path).as_posix()}": file for file in sorted(path.rglob("*"))}
    return {name: file.read_bytes() for name, file in files.items() if archive.is_name(name) and _ordinary(file)}


def _ordinary(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _keystore(practice: Practice) -> Path:
    path = practice.repo.config(SETTING_KEYSTORE)
    if not path:
        raise Unavailable(
            Problem("this clone has no keystore", "without it a backup would open nothing", hint="confide adopt")
        )
    return Path(path)


def _is_backup(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(200).startswith(b"PK") and SUFFIX in file.suffixes
    except OSError:
        return False

"""`init`: a new private repository with hooks, keystore and pins, and one signed root commit."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

from confide.ledger import codec, hooks, readiness, record_commit
from confide.ledger.repo import Repository
from confide.model.partnership import Practice as PracticeFile
from confide.model.problem import Problem, Unavailable, Usage
from confide.records import practice_file, tree
from confide.vault import keystore_seal
from confide.vault.generate import generate_secret_key
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from confide.workflows import fresh, template
from confide.workflows.practice import SETTING_GNUPG, SETTING_KEEPER, SETTING_KEYSTORE, SETTING_ROOT

PUBLISHING = "publishing"
README = """# A private practice

Agreements, sealed notes and the record of every disclosure. Kept with `confide`; read its history with `git log`.
Nothing here is readable without the keys, and nothing here says who anybody is. Keep it private all the same.
"""


@dataclass(frozen=True)
class Identity:
    """Who keeps the practice: the key that signs, and the name and address on commits (empty: as Git is set up)."""

    fingerprint: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Made:
    """What `init` made: the practice's id, where its keystore lies, and the root commit to write down."""

    practice: str
    keystore: Path
    root: str
    keeper: str


def coach_key(gpg: GnuPG, wanted: str | None) -> str:
    """The fingerprint of the key to sign with: the one asked for, or the only secret key there is."""
    if wanted:
        return gpg.key(wanted).fingerprint
    usable = [key for key in gpg.secret_keys() if key.can_sign and not key.revoked]
    if len(usable) == 1:
        return usable[0].fingerprint
    if not usable:
        raise Unavailable(
            Problem(
                "there is no secret key to sign with",
                "every record is signed by the coach",
                hint="gpg --quick-generate-key 'Your Name <you@example.org>' future-default default 2y",
            )
        )
    raise Usage(
        Problem(
            f"{len(usable)} secret keys could sign",
            "every record bears the signature of one",
            hint="say which: confide init DIR --key FINGERPRINT; gpg --list-secret-keys shows them",
        )
    )


def check_target(directory: Path) -> None:
    """The directory must be new or empty, so that nothing of somebody's is ever written over."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Usage(
            Problem(
                "that directory is there already and not empty",
                "nothing of yours is ever written over",
                hint="name a new directory",
            )
        )


def init(
    directory: Path,
    gpg: GnuPG,
    identity: Identity,
    now: datetime,
    *,
    gnupg_home: Path | None = None,
    keystore_home: Path | None = None,
    portal: str = "",
    replaying: bool = False,
) -> Made:
    """Make the practice in `directory`. Whatever fails, the directory and the keystore are taken away again."""
    check_target(directory)
    now = now.replace(microsecond=0)
    practice = fresh.practice_id()
    keystore_path = (keystore_home or Path(platformdirs.user_data_dir("confide"))) / practice
    existed = directory.exists()
    try:
        return _make(directory, gpg, identity, now, practice, keystore_path, gnupg_home, portal, replaying)
    except BaseException:
        undo(directory, existed, keystore_path)
        raise


def _make(
    directory: Path,
    gpg: GnuPG,
    identity: Identity,
    now: datetime,
    practice: str,
    keystore_path: Path,
    gnupg_home: Path | None,
    portal: str,
    replaying: bool,
) -> Made:
    public = gpg.public_key(identity.fingerprint)
    publishing = generate_secret_key("publishing@confide.invalid", now, faked=replaying)
    publisher = SecretKey.parse(publishing).certificate
    keystore = Keystore.create(keystore_path, gpg, identity.fingerprint, now)
    unlocked = keystore.unlock()
    unlocked.add(PUBLISHING, publishing, now)
    repo = Repository.init(directory)
    if identity.name:
        repo.set_config("user.name", identity.name)
        repo.set_config("user.email", identity.email)
    readiness.identity(repo)
    settings = {
        "user.signingkey": identity.fingerprint,
        SETTING_KEYSTORE: str(keystore_path.resolve()),
        SETTING_KEEPER: identity.fingerprint,
    }
    if gnupg_home is not None:
        settings[SETTING_GNUPG] = str(gnupg_home.resolve())
    for name, value in settings.items():
        repo.set_config(name, value)
    file = PracticeFile(practice, (identity.fingerprint,), publisher.fingerprint, (), portal)
    files: dict[str, bytes | None] = {
        **template.files(),
        "README.md": README.encode(),
        tree.PRACTICE: practice_file.render_practice(file),
        tree.keeper_key(identity.fingerprint): public,
        tree.keeper_key(publisher.fingerprint): publisher.armoured(),
    }
    root = record_commit.record(
        repo,
        files,
        codec.plain_message("init", practice),
        now,
        sign=lambda payload: gpg.sign_detached(payload, identity.fingerprint, now),
        keepers=(Certificate.parse(public),),
    )
    repo.set_config(SETTING_ROOT, root)
    unlocked.set_pin("root", root)
    unlocked.set_pin("keeper", identity.fingerprint)
    hooks.configure(repo)
    hooks.install(repo)
    return Made(practice, keystore_path, root, identity.fingerprint)


def undo(directory: Path, existed: bool, keystore_path: Path) -> None:
    """Take away what was made in a directory that was new or empty, and a keystore that was new."""
    shutil.rmtree(keystore_path, ignore_errors=True)
    keystore_seal.place(keystore_path).unlink(missing_ok=True)
    if directory.is_dir():
        for child in directory.iterdir():
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        if not existed:
            directory.rmdir()

"""`adopt`: make a fresh clone work on this machine: pins from the keystore or by hand, hooks, drivers, signing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import platformdirs

from confide.ledger import hooks
from confide.ledger.objects import is_object_id
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, verify
from confide.model.ids import is_fingerprint
from confide.model.problem import Malformed, Problem, Unavailable, Usage
from confide.records import practice_file, tree
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.workflows import keeper as keeper_of
from confide.workflows.practice import SETTING_GNUPG, SETTING_KEEPER, SETTING_KEYSTORE, SETTING_ROOT


def adopt(
    path: Path,
    gpg: GnuPG,
    now: datetime,
    *,
    keystore: Path | None = None,
    gnupg_home: Path | None = None,
    root: str = "",
    keeper: str = "",
) -> Pins:
    """Set up the clone at `path`. Nothing is configured unless its history verifies from the pinned root.

    The pins come from the keystore, or from paper: `root` and `keeper` as `init` printed them.
    """
    del now
    repo = Repository.at(path)
    file = repo.root / tree.PRACTICE
    if not file.is_file():
        raise Unavailable(
            Problem(
                "this repository holds no practice",
                "it has no list of keepers",
                tree.place(tree.PRACTICE),
                "go to the clone of your practice, or begin one: confide init DIR",
            )
        )
    practice = practice_file.parse_practice(file.read_bytes(), tree.PRACTICE)
    place = keystore or Path(platformdirs.user_data_dir("confide")) / practice.id
    pins = _pins(Keystore(place, gpg), root, keeper)
    if faults := _faults(repo, pins):
        raise Malformed(*map(keeper_of.with_hint, faults))
    kept = (one.partnership.keepers for one in verify(repo, pins).partnerships.values())
    keepers = {*practice.keepers, *(keeper for keepers in kept for keeper in keepers)}
    signing = next((k.fingerprint for k in gpg.secret_keys() if k.fingerprint in keepers), "")
    settings = {SETTING_ROOT: pins.root, SETTING_KEEPER: pins.keeper}
    if Keystore(place, gpg).exists:
        settings[SETTING_KEYSTORE] = str(place.resolve())
    if signing:
        settings["user.signingkey"] = signing
    if gnupg_home is not None:
        settings[SETTING_GNUPG] = str(gnupg_home.resolve())
    # First what may be refused: somebody else's hook stays, and then nothing was changed.
    hooks.install(repo)
    for name, value in settings.items():
        repo.set_config(name, value)
    hooks.configure(repo)
    return pins


def _faults(repo: Repository, pins: Pins) -> tuple[Problem, ...]:
    """Everything in the history of this clone that cannot be believed."""
    try:
        return verify(repo, pins).faults
    except Malformed as malformed:
        return malformed.problems


def _pins(keystore: Keystore, root: str, keeper: str) -> Pins:
    if bool(root) != bool(keeper):
        raise Usage(
            Problem(
                "a root and a keeper are pinned together",
                "they are what the whole history is checked against",
                hint="--root COMMIT --keeper FINGERPRINT, as confide init printed them",
            )
        )
    if root:
        if not is_object_id(root.lower()) or not is_fingerprint(keeper.upper()):
            raise Usage(
                Problem(
                    "a root is 40 hexadecimal digits, and so is a keeper",
                    "they are what the whole history is checked against",
                    hint="confide init printed both; they are in the keystore too",
                )
            )
        return Pins(root.lower(), keeper.upper())
    if not keystore.exists:
        raise Unavailable(
            Problem(
                "there is no keystore of this practice on this machine",
                "it holds the keys and the root commit to trust",
                hint="bring it here (--keystore DIR), or pin by hand: --root COMMIT --keeper FINGERPRINT",
            )
        )
    unlocked = keystore.unlock()
    root_pin, keeper_pin = unlocked.get_pin("root"), unlocked.get_pin("keeper")
    if root_pin is None or keeper_pin is None:
        raise Malformed(
            Problem(
                "the keystore holds no pins",
                "without them no history can be believed",
                hint="pin by hand: --root COMMIT --keeper FINGERPRINT",
            )
        )
    return Pins(root_pin, keeper_pin)

"""`adopt --handover`: a keeper of one partnership sets up their clone, with the keys they were given and no others."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import platformdirs

from confide.ledger.repo import Repository
from confide.ledger.verify import Pins
from confide.model.problem import NotAllowed, Problem, Usage
from confide.records import tree
from confide.vault import handover, keystore_seal
from confide.vault.handover import Handover
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
from confide.workflows.adopt import adopt


def take_over(
    path: Path,
    gpg: GnuPG,
    now: datetime,
    sealed: bytes,
    *,
    giver: str,
    keystore: Path | None = None,
    gnupg_home: Path | None = None,
) -> Handover:
    """Open the handover, believe it because `giver` signed it (a fingerprint they told in person), and adopt the clone.

    Taken again after a rotation, it adds what is new. A keystore that was made for nothing is taken away again.
    """
    repo = Repository.at(path)
    given, signed, signature = handover.read(gpg.decrypt(sealed))
    if given.giver != giver:
        raise NotAllowed(
            Problem(
                "the handover is by somebody else than you expect",
                f"it says {given.giver}",
                hint="compare the fingerprint with them, by telephone or in person",
            )
        )
    handover.check(given, signed, signature, (_certificate(repo, giver),))
    place = keystore or Path(platformdirs.user_data_dir("confide")) / given.practice
    made = not Keystore(place, gpg).exists
    try:
        _put(place, gpg, now, given)
        adopt(path, gpg, now, keystore=place, gnupg_home=gnupg_home)
    except BaseException:
        if made:
            _take_away(place)
        raise
    return given


def _certificate(repo: Repository, fingerprint: str) -> Certificate:
    """The giver's key as the clone has it: believed only because its fingerprint was told."""
    head = repo.head()
    data = repo.read(head, tree.keeper_key(fingerprint)) if head else None
    found = Certificate.parse(data) if data is not None else None
    if found is None or found.fingerprint != fingerprint:
        raise Usage(
            Problem(
                "the clone does not have the key of whoever handed over",
                "it is another practice's, or older than the handover",
                tree.place(tree.PRACTICE),
                "pull first: git pull --no-rebase",
            )
        )
    return found


def _put(place: Path, gpg: GnuPG, now: datetime, given: Handover) -> None:
    keystore = Keystore(place, gpg)
    if not keystore.exists:
        keystore = Keystore.create(place, gpg, given.receiver, now)
    unlocked = keystore.unlock()
    pins = Pins(given.root, given.keeper)
    for name, value in (("root", pins.root), ("keeper", pins.keeper)):
        unlocked.set_pin(name, value)
    names = unlocked.generations(given.partnership)
    known = {unlocked.secret(name).fingerprint for name in names}
    for key in given.keys:
        if key.fingerprint not in known:
            taken = given.partnership in unlocked.names()
            name = unlocked.next_generation(given.partnership) if taken else given.partnership
            unlocked.add(name, key.armoured(), now)


def _take_away(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    keystore_seal.place(place).unlink(missing_ok=True)

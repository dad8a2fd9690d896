"""Opening a sealed file of the record: only what a keeper signed, sealed for this partnership, is ever looked at."""

from __future__ import annotations

from confide.model.commitment import digest
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.policy.destruction import gone
from confide.records import tree
from confide.vault.ring import Ring
from confide.vault.sequoia import Certificate, SecretKey
from confide.workflows.practice import Practice


def ring(practice: Practice, partnership: str) -> Ring:
    """Every key of the partnership that is here. Raises NotAllowed when all of them were destroyed on purpose."""
    over = gone(practice.record(partnership))
    if over is not None:
        raise NotAllowed(
            Problem(
                f"the records of {partnership} were destroyed on {over.at:%d %B %Y}",
                "their keys are gone, and nothing brings them back",
                over.place,
                "what happened stands in the open: confide log",
                "destroyed",
            )
        )
    return practice.keys.ring(partnership)


def current(practice: Practice, partnership: str) -> SecretKey:
    """The key that is sealed for now: the one whose public half stands in the record."""
    public = practice.certificate(tree.partnership_key(partnership))
    return ring(practice, partnership).key(public.fingerprint)


def signers(practice: Practice, partnership: str) -> tuple[Certificate, ...]:
    """Whoever may have signed what is sealed here: those who keep or kept the practice, or this partnership.

    The keys of former keepers lie in the tree: a keeper of that time committed what they signed.
    """
    granted = (event.key for event in practice.record(partnership).of_kind("granted"))
    known = {one.fingerprint: one for one in practice.keepers}
    for path in practice.repo.paths(practice.sound().head, f"{tree.ROOT}/keys"):
        if path != tree.keeper_key(practice.file.publishing_key):
            one = practice.certificate(path)
            known.setdefault(one.fingerprint, one)
    for fingerprint in granted:
        known.setdefault(fingerprint, practice.certificate(tree.keeper_key(fingerprint)))
    return tuple(known.values())


def opened(practice: Practice, partnership: str, path: str, named: str, commit: str | None = None) -> bytes:
    """What the file at `path` says. Raises Malformed, with its place, for one that was damaged, swapped or moved."""
    sealed = practice.read(path, commit)
    keys, keepers = ring(practice, partnership), signers(practice, partnership)
    try:
        return keys.open_signed(_kept(practice, partnership, keys, sealed), keepers).data
    except Malformed as malformed:
        found = malformed.problems[0]
        raise Malformed(
            Problem(
                f"{named} is not shown",
                f"{found.what}: {found.why}" if found.why else found.what,
                tree.place(path),
                f"see who put it there, and what stood there before: git log -- {path}",
                "sealed",
            )
        ) from None


def _kept(practice: Practice, partnership: str, keys: Ring, sealed: bytes) -> bytes:
    """The message, or what was sealed again of it when the key that it was for was destroyed."""
    head = practice.sound().head
    while not keys.opens(sealed):
        again = practice.repo.read(head, tree.kept(partnership, digest(sealed)))
        if again is None:
            break
        sealed = again
    return sealed

"""What comes of words at a door: an open visit, a new key, or one of three ways to stay outside."""

from __future__ import annotations

from dataclasses import dataclass, field

from confide.model.problem import NotAllowed, Problem
from confide.vault.reader_state import PartyKey
from confide.vault.sealed import Pack, SealedSite


class NotOpened(NotAllowed):
    """The words do not open this address: wrong, used up, revoked, over, or no such reader. Never says which."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                "that did not open the page", hint="check the words on your letter; if they are right, ask your coach"
            )
        )


class NotShown(NotAllowed):
    """The words were right, but what lies sealed here may not be shown: too old, over, or not made for this reader."""


class Suspended(NotShown):
    """The words were right, and somebody took back something that stands on these pages: they wait to be renewed."""


@dataclass(frozen=True)
class Visit:
    """An open door. `grant` is the sealed file it rests on; `pack` is there before enrolment, `key` after it.
    `news` are the pages that say something else than when they were last opened."""

    reader: str
    kind: str
    grant: str
    site: SealedSite = field(repr=False)
    key: PartyKey | None = field(default=None, repr=False)
    news: tuple[str, ...] = ()
    pack: Pack | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Enrolment:
    """A new key: its passphrase (to be shown once), its fingerprint, and the visit that goes on with it."""

    passphrase: str = field(repr=False)
    fingerprint: str
    visit: Visit = field(repr=False)

"""The inbox on the portal's host: what parties sent, each item encrypted to its partnership and signed by the party."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from confide.model import ids
from confide.model.problem import Problem, Usage
from confide.vault import durable

ITEM_LENGTH = 16
# The suffix of an item that lies beside its reader's record until that names it.
ON_ITS_WAY = ".item"
_ITEM = re.compile(r"[0-9a-hjkmnp-tv-z]{16}\Z")


def new_item() -> str:
    """A random name for an item: it says nothing about who sent it, or when."""
    return ids.fresh(ITEM_LENGTH, secrets.choice)


@dataclass(frozen=True)
class Item:
    """One thing a party sent. `partnership` says which key opens it."""

    id: str
    partnership: str
    message: bytes = field(repr=False)


class Inbox:
    """The items in `path`, one directory a partnership."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path) -> Inbox:
        return cls(durable.directory(path))

    def items(self) -> tuple[Item, ...]:
        """Everything that waits, oldest first."""
        found = [path for path in self.path.glob("*/*.gpg") if _ITEM.match(path.stem)]
        found.sort(key=lambda path: (path.stat().st_mtime_ns, path.stem))
        return tuple(Item(path.stem, path.parent.name, path.read_bytes()) for path in found)

    def take(self, path: Path, partnership: str) -> None:
        """Move an item in. Its name is that of the file."""
        durable.move(path, durable.directory(self.path / partnership) / f"{path.name.removesuffix(ON_ITS_WAY)}.gpg")

    def holds(self, partnership: str, item: str) -> bool:
        """Whether this item still waits to be taken in."""
        return self._place(Item(item, partnership, b"")).is_file()

    def set_aside(self, item: Item) -> None:
        """Keep a refused item where `items` does not look: it is evidence, and is not asked again. Repeatable."""
        place = self._place(item)
        if place.is_file():
            durable.move(place, durable.directory(place.parent / "aside") / place.name)

    def remove(self, item: Item) -> None:
        """Forget an item once its event is recorded. Doing it again changes nothing."""
        self._place(item).unlink(missing_ok=True)

    def _place(self, item: Item) -> Path:
        if not (_ITEM.match(item.id) and ids.is_partnership(item.partnership)):
            raise Usage(Problem(f"`{item.id}` is not an item of the inbox"))
        return self.path / item.partnership / f"{item.id}.gpg"

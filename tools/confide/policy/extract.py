"""A text sentence by sentence: what leaves under a legal duty, or goes to the adviser, is chosen no more coarsely."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"')\]»”’]*\s+(?=[\"'(\[«“‘]?[^\W\d_a-z]|\d)|\n\s*\n|\n(?=[-*+>|]|\d+[.)])")
_CHOICE = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?\Z")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a section in their order; its heading is none of them."""
    body = text.partition("\n")[2] if text.startswith("## ") else text
    found = (" ".join(part.split()) for part in _END.split(body))
    return tuple(part for part in found if part)


def chosen(choice: str, count: int) -> tuple[int, ...]:
    """`1,3-4` as numbers, each at most `count`. Raises ValueError for anything else, an empty choice included."""
    numbers: set[int] = set()
    for part in choice.replace(" ", "").split(","):
        found = _CHOICE.match(part)
        if found is None:
            raise ValueError("a choice is numbers and ranges: 1,3-4")
        numbers.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not numbers or max(numbers) > count:
        raise ValueError(f"there are {count} sentences")
    return tuple(sorted(numbers))


def extract(text: str, choice: str) -> str:
    """The chosen sentences; what lies between two of them is marked, so that nobody takes them for the whole."""
    known = sentences(text)
    numbers = chosen(choice, len(known))
    parts, last = [], 0
    for number in numbers:
        parts += ([] if number == last + 1 else ["[…]"]) + [known[number - 1]]
        last = number
    return " ".join([*parts, *([] if last == len(known) else ["[…]"])])

"""The pair of braces at the end of a heading: found by counting from the end, never by searching.

Notes are long and their writers paste anything: every step here takes time in proportion to the line.
"""

from __future__ import annotations

SPACE = " \t\n"
# Words that show that somebody meant attributes, wherever they wrote them.
_MEANT = ("#", "what=", "form=", "from=", "subject=", "source=", "owner=", "flags=", "terms=", "draft")


def split_braces(words: str) -> tuple[str, str | None]:
    """The words in front, and what stands between the last braces; None where the words end in no pair of them.

    A brace behind a backslash is part of the words.
    """
    words = words.rstrip(SPACE)
    start = words.rfind("{")
    inside = words[start + 1 : -1]
    if start < 0 or not words.endswith("}") or "}" in inside or _escaped(words, start):
        return words, None
    return words[:start].rstrip(SPACE), inside


def meant_as_attributes(words: str) -> bool:
    """Whether the words end in braces that somebody took for a section's attributes."""
    inside = split_braces(words)[1]
    return inside is not None and any(word in inside for word in _MEANT)


def has_stray_brace(words: str) -> bool:
    """Whether braces are left open, or attributes stand outside the pair at the end."""
    start = words.rfind("{")
    left_open = start >= 0 and "}" not in words[start:] and not _escaped(words, start)
    return left_open or "{#" in words.replace("\\{", "") or "what=" in words


def _escaped(words: str, position: int) -> bool:
    return position > 0 and words[position - 1] == "\\"

"""Types of information beyond the known ones: the list is extensible, and each addition says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from confide.model.words import KNOWN_TYPES, is_type_shaped
from confide.records.fields import Fields
from confide.records.wording import shown


def read_types(fields: Fields) -> Mapping[str, str]:
    """Types that the file adds, each with its meaning; a known type keeps the meaning it has."""
    declared = fields.inner("types", required=False)
    if declared is None:
        return MappingProxyType({})
    found = {}
    for word, node in declared.entries():
        if word in KNOWN_TYPES:
            declared.report.add(
                f"`types`: {shown(word)} is known already and keeps its meaning", node.line, rule="type"
            )
        elif not is_type_shaped(word) or "/" in word:
            declared.report.add(f"`types`: expected lower-case words joined by dashes, found {shown(word)}", node.line)
        found[word] = declared.text(word)
        if "\n" in found[word].strip():
            declared.report.add(f"`types`: expected one line for {shown(word)}", node.line)
    return MappingProxyType(found)

"""Who could ever learn something, as a drawn tree: from those who know it down to those whom it could reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from confide.model.words import Form
from confide.policy.analysis.closure import Known
from confide.site.markup import html
from confide.site.picture import ball, picture, words
from confide.site.reach import Topic
from confide.site.reading import Reading
from confide.site.words import capital, form_phrase

_ROW, _INDENT, _WIDTH, _RADIUS = 40, 28, 320, 8


@dataclass(frozen=True)
class _Node:
    """One line of the tree. `above` is the row it hangs from, -1 for those who know it to begin with."""

    party: str
    form: Form
    depth: int
    above: int
    permitted: bool = False


def reach_picture(number: int, topic: Topic, title: str, reading: Reading) -> Markup:
    """The tree of one topic. What needs a permission first hangs on a broken line."""
    nodes = list(_tree(topic))
    parts = [*_lines(nodes), *(part for row, node in enumerate(nodes) for part in _node(row, node, reading))]
    about = "A tree: those who know it at the top, and below each whom they may tell. The list beside it says the same."
    return picture(
        f"reach-{number}", f"{title}: who could ever learn it", about, (_WIDTH, _ROW * len(nodes) + 8), parts
    )


def _tree(topic: Topic) -> Iterator[_Node]:
    below: dict[str, list[tuple[Known, bool]]] = {}
    settled = {one.party for one in topic.permitted}
    for one in topic.known:
        if one.party not in settled:
            below.setdefault(one.path[-1].sender, []).append((one, False))
    for one in topic.permitted:
        below.setdefault(one.path[-1].sender, []).append((one, any(s.kind == "permission" for s in one.path)))
    drawn: list[_Node] = []

    def hang(party: str, form: Form, depth: int, above: int, permitted: bool) -> None:
        if any(node.party == party for node in drawn):
            return
        drawn.append(_Node(party, form, depth, above, permitted))
        here = len(drawn) - 1
        for one, asked in below.get(party, ()):
            hang(one.party, one.form, depth + 1, here, asked)

    for origin in topic.origins:
        hang(origin, Form.VERBATIM, 0, -1, permitted=False)
    yield from drawn


def _lines(nodes: list[_Node]) -> Iterator[Markup]:
    for row, node in enumerate(nodes):
        if node.above >= 0:
            x, top = _INDENT * (node.depth - 1) + 12, _ROW * node.above + _ROW / 2 + _RADIUS + 2
            y, end = _ROW * row + _ROW / 2, _INDENT * node.depth + 12 - _RADIUS - 2
            cls = "tc-line tc-line--asked" if node.permitted else "tc-line"
            yield html('<path class="{}" d="M{} {}V{}H{}"/>', cls, x, top, y, end)


def _node(row: int, node: _Node, reading: Reading) -> Iterator[Markup]:
    x, y = _INDENT * node.depth + 12, _ROW * row + _ROW / 2
    yield ball(x, y, node.form, _RADIUS)
    yield words(x + 18, y - 2, capital(reading.labels.role(node.party)))
    said = "knows it" if node.above < 0 else form_phrase(node.form)
    if node.above < 0 and node.party == reading.view.party:
        said = "know it"
    if node.permitted:
        said += ", if it is permitted"
    yield words(x + 18, y + 13, said, "tc-label tc-label--quiet")

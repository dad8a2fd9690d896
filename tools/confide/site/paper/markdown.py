"""An agreement as Markdown: who may learn what, clause by clause, and everything else, for reading and for diffing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from confide.model.agreement import Agreement
from confide.site.matrix import Cell, matrix_of
from confide.site.paper.answers import LEGEND, answer, columns
from confide.site.paper.labels import Neutral
from confide.site.paper.parts import after, before, clauses_of
from confide.site.words import capital, listing, type_title

# CommonMark, section 2.4: any punctuation may be escaped; these can mean something in a line, or at its beginning.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&]|\A[#+=-]|(?<=\A\d)[.)])")


def markdown(agreement: Agreement) -> str:
    """The whole agreement; words of the file are escaped, so that none of them becomes a heading or a link."""
    return "\n".join(_lines(agreement, Neutral())) + "\n"


def _lines(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    yield f"# Agreement {agreement.version} of {agreement.partnership}"
    yield from _sections((part.title, part.says) for part in before(agreement, labels))
    yield from ("", "## Who may learn what", "")
    yield from _table(agreement, labels)
    yield from ("", "## Clause by clause", "")
    for clause in clauses_of(agreement, labels):
        effect = "May be shared" if clause.shares else "Stays private"
        yield f"{clause.number}. **{effect}.** {escaped(' '.join((clause.says, *clause.conditions)))} (`{clause.id}`)"
    yield from _sections((part.title, part.says) for part in after(agreement, labels))
    yield from ("", "## Fingerprints", "")
    yield f"- of this agreement’s file: `{agreement.digest}`"
    yield f"- of the list of people: `{agreement.people}`"


def _sections(parts: Iterator[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for title, says in parts:
        yield from ("", f"## {title}", "")
        yield from (f"- {escaped(sentence)}" for sentence in says)


def _table(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    matrix = matrix_of(agreement)
    heads = columns(matrix)
    yield f"| | {' | '.join(escaped(capital(labels.who(parties))) for parties in heads)} |"
    yield f"|---|{'---|' * len(heads)}"
    for what in matrix.types:
        cells = (_cell(matrix.cells[what, parties[0]]) for parties in heads)
        yield f"| {escaped(type_title(what))} | {' | '.join(cells)} |"
    yield ""
    yield "; ".join(f"{escaped(mark)} {meaning}" for mark, meaning in LEGEND.items()) + "."


def _cell(cell: Cell) -> str:
    noun = "clause" if len(cell.clauses) == 1 else "clauses"
    by = f" ({noun} {listing(map(str, cell.clauses))})" if cell.clauses else ""
    return escaped(answer(cell)) + by


def escaped(text: str) -> str:
    """Text as Markdown that shows exactly this text, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

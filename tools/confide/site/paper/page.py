"""The page to sign: one file of HTML that needs nothing else, made for A4 paper.

It holds names. Whoever makes it decides where it may lie; this module only gives bytes. Nothing in it runs and nothing
is fetched: a policy in its head forbids both, and its style is allowed by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from string import ascii_uppercase

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.partnership import People
from confide.site.markup import html, items, join
from confide.site.matrix import Cell, Matrix, matrix_of
from confide.site.paper.answers import LEGEND, answer, columns
from confide.site.paper.labels import Neutral
from confide.site.paper.parts import Clause, Part, after, before, clauses_of
from confide.site.paper.people import blocks, parties
from confide.site.paper.seal import grouped, purpose, seal
from confide.site.words import capital, day, listing, type_title

_DRAFT = "Draft, not for signing: its text can still change."
# Columns of answers that fit beside the types on a sheet of A4.
_WIDE = 6
_MADE = (
    "This document says in sentences what the file says; they are made from it by a program. The exact text of the "
    "file is in Annex {}. Where the two should ever differ, the text of the file is what was agreed."
)
_SIGNING = (
    "By signing I agree to all parts, clauses and annexes of this document, with the fingerprint that stands below and "
    "at the foot of every page."
)


def page(agreement: Agreement, people: People, source: str, *, proposed: bool) -> bytes:
    """The page, UTF-8. `people` is the schedule the agreement is bound to; `source` the text that `digest` is of.

    A version that was not yet proposed says on every page that it is a draft, and has no place to sign.
    """
    labels = Neutral()
    first, last = before(agreement, labels), after(agreement, labels)
    lettered = _lettered(("The people", *(p.title for p in first), "What is shared, and what stays private",
                          *(p.title for p in last)))  # fmt: skip
    letters = iter(lettered)
    sections = [
        _section(next(letters), parties(agreement, people, labels)),
        *(_part(next(letters), part) for part in first),
        _section(next(letters), _clauses(clauses_of(agreement, labels))),
        *(_part(next(letters), part) for part in last),
        _signatures(agreement, people, labels) if proposed else html('<p class="draft">{}</p>', _DRAFT),
        _annex(1, "Who may learn what", _table(agreement, labels)),
        _annex(2, "The text of the file", _source(source)),
    ]
    body = html("{}{}{}", _head(agreement, proposed), html('<p class="note">{}</p>', _MADE.format(2)), join(sections))
    return _document(agreement, body, proposed).encode()


def _document(agreement: Agreement, body: Markup, proposed: bool) -> str:
    style = _style(agreement, proposed)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return html(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'\">\n"
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex, nofollow">\n<title>Agreement {}</title>\n<style>{}</style>\n</head>\n'
        "<body>\n<main>{}</main>\n</body>\n</html>\n",
        allowed,
        agreement.version,
        Markup(style),  # noqa: S704  the package's own style sheet, with an id, a number and digits in it
        body,
    )


def _style(agreement: Agreement, proposed: bool) -> str:
    """The style sheet; what stands at the foot of every page is filled in, from ids and digits alone."""
    sheet = files("confide.site.paper").joinpath("page.css").read_text(encoding="utf-8")
    foot = f"Agreement {agreement.version} of {agreement.partnership}"
    filled = {"FOOT": foot, "DIGITS": " ".join(grouped(agreement.digest)), "DRAFT": "" if proposed else _DRAFT}
    for name, text in filled.items():
        sheet = sheet.replace(f'"{name}"', f'"{text}"')
    return sheet


def _head(agreement: Agreement, proposed: bool) -> Markup:
    span = f"{day(agreement.effective)} to {day(agreement.until)}"
    draft = html('<p class="draft">{}</p>', _DRAFT) if not proposed else ""
    return html(
        '<header><div><p class="small">Coaching</p><h1>Agreement on confidentiality</h1><p class="sub">Agreement {} of '
        '{}<br>{}</p></div>{}</header>{}<p class="note">{}</p>',
        agreement.version,
        agreement.partnership,
        span,
        seal(agreement),
        draft,
        purpose(),
    )


def _lettered(titles: Iterable[str]) -> Iterator[tuple[str, str]]:
    return zip(ascii_uppercase, titles, strict=False)


def _section(head: tuple[str, str], body: Markup) -> Markup:
    letter, title = head
    return html('<section class="part"><h2><span>{}</span> {}</h2>{}</section>', letter, title, body)


def _part(head: tuple[str, str], part: Part) -> Markup:
    """A part with its sentences, numbered with its letter: they can be cited."""
    rows = (
        html('<li><span class="number">{}.{}</span> <p>{}</p></li>', head[0], number, said)
        for number, said in enumerate(part.says, 1)
    )
    return _section(head, html('<ol class="says">{}</ol>', join(rows)))


def _clauses(clauses: Iterable[Clause]) -> Markup:
    rows = (
        html(
            '<li class="{}"><span class="number">{}</span> <div><p><b>{}</b> {}</p>{}</div></li>',
            "share" if clause.shares else "withhold",
            clause.number,
            "May be shared." if clause.shares else "Stays private.",
            clause.says,
            items(html("{}", said) for said in clause.conditions),
        )
        for clause in clauses
    )
    return html(
        '<p class="note">Records of what was told cite these clauses by their numbers.</p><ol class="clauses">{}</ol>',
        join(rows),
    )


def _signatures(agreement: Agreement, people: People, labels: Neutral) -> Markup:
    digits = html('<p class="digits line">{}</p>', " ".join(grouped(agreement.digest)))
    return html(
        '<section class="part sign"><h2>Signatures</h2><p>{}</p>{}{}</section>',
        _SIGNING,
        digits,
        blocks(agreement, people, labels),
    )


def _annex(number: int, title: str, body: Markup) -> Markup:
    return html('<section class="part annex"><h2><span>Annex {}</span> {}</h2>{}</section>', number, title, body)


def _table(agreement: Agreement, labels: Neutral) -> Markup:
    """The matrix: the widest form in which anybody may tell each of them, and the clauses that say so."""
    matrix = matrix_of(agreement)
    heads = columns(matrix)
    tables = (_columns(heads[at : at + _WIDE], matrix, labels) for at in range(0, len(heads), _WIDE))
    return html(
        '<p class="note">The widest way in which each may learn of it, with the numbers of the clauses. The clauses '
        "count, not this table. {}.</p>{}",
        "; ".join(f"{mark} {meaning}" for mark, meaning in LEGEND.items()),
        join(tables),
    )


def _columns(heads: tuple[tuple[str, ...], ...], matrix: Matrix, labels: Neutral) -> Markup:
    """One table, as wide as a sheet allows."""
    rows = (
        html(
            '<tr><th scope="row">{}</th>{}</tr>',
            type_title(what),
            join(_cell(matrix.cells[what, who[0]]) for who in heads),
        )
        for what in matrix.types
    )
    return html(
        '<table class="matrix"><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>',
        join(html('<th scope="col">{}</th>', capital(labels.who(who))) for who in heads),
        join(rows),
    )


def _cell(cell: Cell) -> Markup:
    by = html(' <span class="by">{}</span>', listing(map(str, cell.clauses))) if cell.clauses else Markup()
    return html('<td class="{}">{}{}</td>', "no" if cell.withheld else "yes", answer(cell), by)


def _source(source: str) -> Markup:
    """The file, a numbered line each; whoever copies it by hand can compare line by line."""
    lines = source.removesuffix("\n").split("\n")
    return html('<ol class="source">{}</ol>', join(html("<li>{}</li>", line) for line in lines))

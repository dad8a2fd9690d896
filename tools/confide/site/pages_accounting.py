"""The history: all that is on record and concerns the reader, newest first (45 CFR 164.528(b)(2), and refusals)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from confide.model.view import Entry
from confide.site.coming import coming
from confide.site.markup import NOTHING, Anchor, Page, facts, folded, html, join
from confide.site.reading import Reading, clause_link
from confide.site.sentences import happened
from confide.site.words import channel_phrase, month

PATH = "history.md"
TITLE = "History"
_ICON = "material/history"
_AHEAD = Anchor("ahead", "Still to come")
_MARKS = {
    "disclosed": ("shared", "Shared"),
    "told": ("shared", "Told"),
    "refused": ("refused", "Refused"),
    "withdrawn": ("withdrawn", "Withdrawn"),
    "lapse": ("lapse", "Mistake"),
    "corrected": ("corrected", "Corrected"),
    "signed": ("signed", "Signed"),
}


def accounting(reading: Reading) -> Page:
    """What is coming, then one list, grouped by month. Nothing in it names a text; those stand on the other pages."""
    ahead = coming(reading)
    body, anchors = months(reading)
    if not reading.view.entries:
        return Page(PATH, TITLE, html("{}{}", _HEADING, body), icon=_ICON)
    if ahead:
        section = html('<section><h2 id="{}">{}</h2>{}</section>', _AHEAD.id, _AHEAD.title, ahead)
        return Page(PATH, TITLE, html("{}{}{}{}", _HEADING, _LEAD, section, body), (_AHEAD, *anchors), _ICON)
    return Page(PATH, TITLE, html("{}{}{}", _HEADING, _LEAD, body), anchors, _ICON)


def months(reading: Reading, prefix: str = "") -> tuple[Markup, tuple[Anchor, ...]]:
    """The entries, newest first, under one heading a month; and the headings, whose names begin with `prefix`."""
    entries = sorted(reading.view.entries, key=lambda entry: entry.at, reverse=True)
    if not entries:
        return _EMPTY, ()
    groups = [(name, list(group)) for name, group in groupby(entries, lambda e: month(e.at, reading.zone))]
    anchors = tuple(Anchor(f"{prefix}month-{number}", name) for number, (name, _) in enumerate(groups, 1))
    parts = (
        html(
            '<section><h2 id="{}">{}</h2><ol class="tc-history">{}</ol></section>',
            anchor.id,
            anchor.title,
            join(_line(entry, reading) for entry in group),
        )
        for anchor, (_, group) in zip(anchors, groups, strict=True)
    )
    return join(parts), anchors


def _line(entry: Entry, reading: Reading) -> Markup:
    mark, word = _MARKS.get(entry.kind, ("", ""))
    gone = _withdrawn(entry.withdrawn, reading) if entry.withdrawn else NOTHING
    return html(
        '<li class="tc-event{cls}" id="entry-{event}"><time datetime="{iso}">{day}</time>'
        "<div><p>{mark}{sentence}{clauses}</p>{gone}{proof}</div></li>",
        cls=" tc-event--gone" if entry.withdrawn else "",
        event=entry.event,
        iso=f"{entry.at:%Y-%m-%d}",
        day=reading.day(entry.at).rpartition(" ")[0],
        mark=html('<span class="tc-mark tc-mark--{}">{}</span> ', mark, word) if word else NOTHING,
        sentence=happened(entry, reading.labels),
        clauses=join(_clauses(entry, reading)),
        gone=gone,
        proof=_proof(entry),
    )


def _withdrawn(at: datetime, reading: Reading) -> Markup:
    return html(
        '<p class="tc-gone">Withdrawn on {}. It can no longer be read here; what was read before cannot be taken '
        "back.</p>",
        reading.day(at),
    )


def _clauses(entry: Entry, reading: Reading) -> Iterator[Markup]:
    """` You agreed on 12 January 2026, clause 2.`, where the entry rests on clauses that the reader can open."""
    known = [number for number in entry.clauses if number > 0]
    if known and reading.version(entry.agreement) is not None and entry.kind in {"disclosed", "told"}:
        links = join((clause_link("../", entry.agreement, number) for number in known), " and ")
        yield html(' <span class="tc-because">{}, {}.</span>', reading.agreed(entry.agreement), links)


def _proof(entry: Entry) -> Markup:
    return folded(
        "Proof",
        facts(
            (
                ("Entry in the register", html("<code>{}</code>", entry.event)),
                ("Corrects", html("<code>{}</code>", entry.corrects) if entry.corrects else ""),
                ("Recorded", f"{entry.at:%Y-%m-%d %H:%M} UTC"),
                ("How", channel_phrase(entry.channel) if entry.channel else ""),
                ("Clauses by name", ", ".join(entry.terms)),
                ("Agreement", str(entry.agreement) if entry.agreement else ""),
            )
        ),
    )


_HEADING = html('<h1 id="content">History</h1>')
_LEAD = html(
    '<p class="tc-lead">Everything on record that concerns you: what was shared, with whom, when, in what form and '
    "why; what was refused and what was withdrawn. An entry is never changed or removed.</p>",
)
_EMPTY = html(
    '<div class="tc-empty"><p><strong>Nothing has been recorded for you yet.</strong></p>'
    "<p>As soon as something is signed, shared, refused or withdrawn that concerns you, it stands here.</p></div>",
)

"""The letter to whoever takes something back: what stops now, who already knows what, and what cannot be recalled.

Parties are called by their role, so the letter may lie on a desk: it names nobody.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from confide.model.event import Event
from confide.policy.knows import Known
from confide.site.labels import Labels
from confide.site.markup import html, join
from confide.site.words import capital, channel_phrase, day, form_phrase, listing, type_phrase

WIDTH = 72


class Roles(Labels):
    """Roles as one party calls them, without any name."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self._names = {}


def paragraphs(event: Event, known: Sequence[Known], time_zone: str) -> tuple[str, ...]:
    """The letter's sentences, in order."""
    labels = Roles(event.by)
    when = day(event.at.astimezone(ZoneInfo(time_zone)))
    stops = f"From now on nothing more goes to {labels.who(event.to)} on that ground"
    lines = [
        f"On {when} you took back your consent. It counts from that moment, and nobody has to agree.",
        f"{stops}, and what stood on their private pages is taken away with the next publication.",
    ]
    if not known:
        lines.append("Nobody had been told anything on that ground. There is nothing to recall.")
        return tuple(lines)
    lines.append("Before that, these people learned something. What they have read or heard cannot be taken back:")
    lines += [f"– {_known(one, labels, time_zone)}" for one in known]
    if any(one.stays for one in known):
        lines.append("What was said aloud stood on no page: nothing can be removed, they simply know it.")
    lines.append(
        "Silence about it is owed all the same: the duty that was accepted does not end when consent does. If somebody "
        "passes it on, tell your coach; it will be put on record."
    )
    lines.append("Copies in other hands than these pages (a notebook, a memory, a forwarded print) nobody can see.")
    return tuple(lines)


def _known(one: Known, labels: Labels, time_zone: str) -> str:
    when = day(one.at.astimezone(ZoneInfo(time_zone)))
    what = listing(type_phrase(what) for what in one.what)
    how = f", {channel_phrase(one.channel)}" if one.channel not in ("", "site") else ""
    by = "" if one.by == "coach" else f", from {labels.role(one.by)}"
    slip = ", by mistake" if one.lapse else ""
    return f"{capital(labels.role(one.party))}: {what}, {form_phrase(one.form)}{how}{by}{slip}, on {when}."


def as_text(lines: Sequence[str]) -> str:
    """For a terminal, a pipe or a printer."""
    return "\n\n".join(textwrap.fill(line, WIDTH) for line in lines) + "\n"


def as_page(lines: Sequence[str]) -> str:
    """A page to print; nothing is loaded for it."""
    body = join(html("<p>{}</p>", line) for line in lines)
    style = "body{font:12pt/1.5 Georgia,serif;max-width:38em;margin:3em auto;padding:0 1em}"
    return str(
        html(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Private letter</title>'
            "<style>{}</style></head><body>{}</body></html>\n",
            style,
            body,
        )
    )

"""What has not happened yet and has a day: texts that wait for an answer, summaries that are due, what was announced.

Days stand as they are. A page cannot count down: it would change overnight, and a page changes only with what its
reader may see (promise 2). What lies before the newest entry is over and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from confide.model.view import Review
from confide.site.markup import NOTHING, html, join
from confide.site.part_words import many, parties
from confide.site.reading import Reading
from confide.site.words import capital, day, listing, type_phrase


@dataclass(frozen=True)
class Ahead:
    """One thing to come: the day, or None where it has none yet, and the sentence."""

    day: date | None
    sentence: Markup


def coming(reading: Reading, up: str = "../") -> Markup:
    """A list by day, or nothing."""
    known = sorted(ahead(reading, up), key=lambda one: (one.day is None, one.day or date.min))
    lines = (
        html(
            '<li><span class="tc-day">{}</span> <span>{}</span></li>', day(one.day) if one.day else "open", one.sentence
        )
        for one in known
    )
    return html('<ul class="tc-ahead">{}</ul>', join(lines)) if known else NOTHING


def ahead(reading: Reading, up: str) -> Iterator[Ahead]:
    """In no order: windows, summaries, and what was announced and not shared since."""
    for review in reading.view.reviews:
        yield Ahead(review.until, _window(review, up))
    yield from _summaries(reading)
    yield from _announced(reading)


def _window(review: Review, up: str) -> Markup:
    titles = html('<a href="{}first/#review-{}">{}</a>', up, review.event, listing(t.title for _, _, t in review.texts))
    if review.answer:
        return html("{}: you have answered. It has not gone out yet.", titles)
    return html("The last day to answer: {}.", titles)


def _summaries(reading: Reading) -> Iterator[Ahead]:
    """The days on which the agreement says that a summary is due, after the newest entry."""
    value, newest = reading.part("summary"), max((entry.at for entry in reading.view.entries), default=None)
    if reading.view.ended:
        return
    to = reading.labels.who(parties(value.get("to", ())))
    first = "client-first" in map(str, many(value.get("when", ())))
    after = f", after {'you have' if reading.is_client else 'the client has'} read it" if first else ""
    for due in many(value.get("due", ())):
        if isinstance(due, date) and (newest is None or due >= newest.date()):
            receives = "receive" if to == "you" else "receives"
            yield Ahead(due, html("{} {} the agreed summary{}.", capital(to), receives, after))


def _announced(reading: Reading) -> Iterator[Ahead]:
    """What the client was told would be shared, and has not been since."""
    for number, entry in enumerate(reading.view.entries):
        later = reading.view.entries[number + 1 :]
        told = {what for known in later if known.kind in {"disclosed", "refused"} for what in known.what}
        open_still = [what for what in entry.what if what not in told]
        if entry.kind == "informed" and open_still:
            about = listing(map(type_phrase, open_still))
            yield Ahead(None, html("You were told on {} that {} will be shared.", reading.day(entry.at), about))

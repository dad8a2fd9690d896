"""What the reader can read: the disclosed texts by topic and in the order of time, each with the clause behind it."""

from __future__ import annotations

from markupsafe import Markup

from confide.model.view import Shown
from confide.site.cards import by_topic, place_of
from confide.site.markup import Anchor, Page, html, join
from confide.site.reading import Reading
from confide.site.words import capital, count, form_phrase, type_title

PATH = "texts.md"
TITLE = "What you can read"
_ICON = "material/text-box-outline"
_HEADING = html('<h1 id="content">{}</h1>', TITLE)
_TIME = Anchor("in-time", "In the order of time")


def records(reading: Reading) -> Page:
    """The page of texts; one that is still empty says why that is no bad sign."""
    body, anchors = topics(reading, "../")
    return Page(PATH, TITLE, html("{}{}", _HEADING, body), anchors, _ICON)


def topics(reading: Reading, up: str, prefix: str = "") -> tuple[Markup, tuple[Anchor, ...]]:
    """Everything below the heading, and its own headings. `prefix` keeps their names apart from others of a page."""
    texts = reading.view.shown
    if not texts:
        return _EMPTY, ()
    body, anchors = by_topic(texts, reading, up, prefix)
    lead = html(
        '<p class="tc-lead">{} shared with you so far. What was shared stays here until it is withdrawn.</p>',
        capital(count(len(texts), "text has been", "texts have been")),
    )
    if len(texts) == 1:
        return html("{}{}", lead, body), anchors
    line = Anchor(prefix + _TIME.id, _TIME.title)
    return html("{}{}{}", lead, body, _timeline(line, texts, reading)), (*anchors, line)


def _timeline(anchor: Anchor, texts: tuple[Shown, ...], reading: Reading) -> Markup:
    """One line a text, oldest first; a day is said once."""
    points, before = [], ""
    for shown in sorted(texts, key=lambda s: s.at):
        day = reading.day(shown.at)
        points.append(
            html(
                '<li{}><time datetime="{:%Y-%m-%d}">{}</time> <a href="#{}">{}</a> '
                '<span class="tc-quiet">{}, {}</span></li>',
                html(' class="tc-same"') if day == before else Markup(),
                shown.at,
                day,
                place_of(shown, texts),
                shown.text.title,
                type_title(shown.what),
                form_phrase(shown.form),
            )
        )
        before = day
    return html(
        '<section class="tc-topic"><h2 id="{}">{}</h2><ol class="tc-timeline">{}</ol></section>',
        anchor.id,
        anchor.title,
        join(points),
    )


_EMPTY = html(
    '<div class="tc-empty"><p><strong>Nothing has been shared with you yet.</strong></p>'
    "<p>That is normal: most of what is said in coaching is never shared with anybody. When something is shared with "
    "you, it stands here, with who shared it, on which day, and the clause that allows it.</p></div>"
)

"""What the reader can read: the disclosed texts by topic, each with who shared it, when, and the clause behind it."""

from __future__ import annotations

from confide.site.cards import by_topic
from confide.site.markup import Page, html
from confide.site.reading import Reading
from confide.site.words import capital, count

PATH = "texts.md"
TITLE = "What you can read"
_ICON = "material/text-box-outline"
_HEADING = html('<h1 id="content">{}</h1>', TITLE)


def records(reading: Reading) -> Page:
    """The page of texts; one that is still empty says why that is no bad sign."""
    texts = reading.view.shown
    if not texts:
        return Page(PATH, TITLE, _EMPTY, icon=_ICON)
    body, anchors = by_topic(texts, reading, "../")
    lead = html(
        '{}<p class="tc-lead">{} shared with you so far. What was shared stays here until it is withdrawn.</p>',
        _HEADING,
        capital(count(len(texts), "text has been", "texts have been")),
    )
    return Page(PATH, TITLE, html("{}{}", lead, body), anchors, _ICON)


_EMPTY = html(
    '{}<div class="tc-empty"><p><strong>Nothing has been shared with you yet.</strong></p>'
    "<p>That is normal: most of what is said in coaching is never shared with anybody. When something is shared with "
    "you, it stands here, with who shared it, on which day, and the clause that allows it.</p></div>",
    _HEADING,
)

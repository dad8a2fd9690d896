"""For the client: what they read before anybody else does, the last day to answer, and what silence means (S-13)."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import Review
from confide.site.cards import attached
from confide.site.markup import NOTHING, Anchor, Page, html, join
from confide.site.pages_clauses import silence
from confide.site.reading import Reading
from confide.site.routes import form_of
from confide.site.sanitise import safe_html
from confide.site.signing import offered
from confide.site.words import form_phrase, listing, type_phrase

PATH = "first.md"
TITLE = "Read first"
_ANSWERS = {
    "given": "You answered on {}. What you said goes with it.",
    "declined": "You said on {} that you have nothing to add.",
    "waived": "Your answer was not waited for, as the agreement provides; that was recorded on {}.",
}


def first(reading: Reading) -> Iterator[Page]:
    """The page, while something waits there."""
    if not reading.view.reviews:
        return
    newest = sorted(reading.view.reviews, key=lambda review: review.at, reverse=True)
    anchors = tuple(Anchor(f"review-{review.event}", _titles(review)) for review in newest)
    lead = html(
        '<h1 id="content">What you read first</h1><p class="tc-lead">These texts are meant for others under your '
        "agreement. Nobody has received them yet. If one is changed, the new text is put to you again.</p>"
    )
    body = join(_section(anchor, review, reading) for anchor, review in zip(anchors, newest, strict=True))
    yield Page(PATH, TITLE, html("{}{}", lead, body), anchors, "material/eye-check-outline")


def _titles(review: Review) -> str:
    return listing(text.title for _, _, text in review.texts)


def _section(anchor: Anchor, review: Review, reading: Reading) -> Markup:
    cards = join(
        html(
            '<article class="tc-card tc-text"><h3>{}</h3><div class="tc-body">{}</div>{}<footer class="tc-why">'
            "<p>About {}, {}.</p></footer></article>",
            text.title,
            safe_html(text.markdown, text.title),
            attached(text, "../"),
            type_phrase(what),
            form_phrase(form),
        )
        for what, form, text in review.texts
    )
    return html(
        '<section class="tc-topic"><h2 id="{}">{}</h2>{}{}</section>',
        anchor.id,
        anchor.title,
        _state(review, reading),
        cards,
    )


def _state(review: Review, reading: Reading) -> Markup:
    if review.answer:
        said = _ANSWERS.get(review.answer, "Answered on {}.")
        return html('<div class="tc-state"><p>{}</p></div>', said.format(reading.day(review.answered or review.at)))
    ask = offered(reading, "input", review.event)
    address = form_of(ask) if ask else ""
    button = html('<p><a class="tc-button" href="../{}">Answer</a></p>', address) if address else NOTHING
    return html(
        '<div class="tc-ask"><p><strong>{}</strong> {}</p>{}</div>',
        until(review, reading),
        silence(reading.part("summary"), you=True),
        button or html("<p>Tell {} what you have to say, or that it may go.</p>", reading.labels.full("coach")),
    )


def until(review: Review, reading: Reading) -> str:
    """`You can answer until the end of 29 June 2026.`"""
    return f"You can answer until the end of {reading.day(review.until)}." if review.until else "You can answer."

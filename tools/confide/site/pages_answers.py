"""What somebody asked the coach, and what the coach answered: on their own page and on nobody else's (S-24)."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import Answer
from confide.site.markup import Anchor, Page, html, join
from confide.site.reading import Reading
from confide.site.sanitise import safe_html
from confide.site.words import capital

PATH = "answers.md"
TITLE = "Answers"


def answers(reading: Reading) -> Iterator[Page]:
    """The page, once there is an answer; the newest first."""
    if not reading.view.answers:
        return
    newest = sorted(reading.view.answers, key=lambda answer: answer.at, reverse=True)
    anchors = tuple(Anchor(f"answer-{answer.event}", f"Answered on {reading.day(answer.at)}") for answer in newest)
    lead = html(
        '<h1 id="content">What you asked</h1><p class="tc-lead">Your words to {} and the answer. Nobody but the two '
        "of you reads this page.</p>",
        reading.labels.role("coach"),
    )
    body = join(_section(anchor, answer, reading) for anchor, answer in zip(anchors, newest, strict=True))
    yield Page(PATH, TITLE, html("{}{}", lead, body), anchors, "material/message-reply-text-outline")


def _section(anchor: Anchor, answer: Answer, reading: Reading) -> Markup:
    return html(
        '<section class="tc-topic"><h2 id="{}">{}</h2><article class="tc-card tc-text"><h3>{}</h3>'
        '<div class="tc-body">{}</div><footer class="tc-why"><p>You wrote on {}:</p><div>{}</div></footer></article>'
        "</section>",
        anchor.id,
        anchor.title,
        f"{capital(reading.labels.full('coach'))} answered",
        safe_html(answer.words),
        reading.day(answer.asked),
        safe_html(answer.question),
    )

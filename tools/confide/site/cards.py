"""One disclosed text as a card: the text first, then who shared it, when and why; the proof folded underneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from confide.model.view import Attachment, Shown, Text
from confide.model.words import Attribution, Form
from confide.site.markup import NOTHING, Anchor, facts, folded, html, join
from confide.site.reading import Reading
from confide.site.sanitise import safe_html
from confide.site.words import (
    attribution_phrase,
    capital,
    channel_phrase,
    form_phrase,
    form_title,
    listing,
    type_title,
)


def place_of(shown: Shown, texts: Sequence[Shown]) -> str:
    """The name of a text's place on its page: its disclosure, and which of the texts of that disclosure it is."""
    same = [text for text in texts if text.event == shown.event]
    return f"text-{shown.event}-{same.index(shown) + 1}"


def card(shown: Shown, reading: Reading, up: str) -> Markup:
    """The card of one text. `up` leads from the page to the root of the site."""
    return html(
        '<article class="tc-card tc-text" id="{place}"><h3>{title}</h3><div class="tc-body">{body}</div>{attached}'
        '<footer class="tc-why"><p>{shared}</p><p>{because}</p>{proof}</footer></article>',
        place=place_of(shown, reading.view.shown),
        title=shown.text.title,
        body=safe_html(shown.text.markdown, shown.text.title),
        attached=attached(shown.text, up),
        shared=_shared(shown, reading),
        because=reading.because(shown, up),
        proof=_proof(shown, reading),
    )


def attached(text: Text, up: str) -> Markup:
    """The documents and pictures of a text, below it: a picture to be seen, a document to be kept."""
    return join(_attached(one, up) for one in text.attachments)


def _attached(one: Attachment, up: str) -> Markup:
    address = f"{up}{file_of(one)}"
    if one.suffix == "pdf":
        size = f"PDF, {max(1, len(one.data) // 1024):,} KB"
        return html(
            '<p class="tc-attached"><a href="{}" download>{}</a> <span class="tc-quiet">{}</span></p>',
            address,
            one.label or "Document",
            size,
        )
    return html(
        '<figure class="tc-attached"><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>',
        address,
        one.label or "Picture",
        one.label,
    )


def file_of(one: Attachment) -> str:
    """Where the file of an attachment lies in the site: its name says nothing but what it is."""
    return f"files/{one.digest.removeprefix('sha256:')[:16]}.{one.suffix}"


def _shared(shown: Shown, reading: Reading) -> Markup:
    labels = reading.labels
    named = ""
    if shown.attribution is not Attribution.NONE:
        named = f", {attribution_phrase(shown.attribution)}"
    return html(
        '{by} shared this with {to} on <time datetime="{iso}">{day}</time>, {form}{channel}{named}.',
        by=capital(labels.full(shown.by)),
        to=labels.role(shown.to),
        iso=f"{shown.at:%Y-%m-%d}",
        day=reading.day(shown.at),
        form=form_phrase(shown.form),
        channel=f", {channel_phrase(shown.channel)}" if shown.channel and shown.channel != "site" else "",
        named=named,
    )


def _proof(shown: Shown, reading: Reading) -> Markup:
    agreement = reading.version(shown.agreement)
    return folded(
        "Proof",
        facts(
            (
                ("Entry in the register", html("<code>{}</code>", shown.event)),
                ("Recorded", f"{shown.at:%Y-%m-%d %H:%M} UTC"),
                ("Clauses by name", listing(shown.terms)),
                (
                    "Agreement",
                    html("{}, fingerprint <code>{}</code>", shown.agreement, agreement.agreement.digest)
                    if agreement
                    else NOTHING,
                ),
            )
        ),
    )


def by_topic(texts: Iterable[Shown], reading: Reading, up: str, prefix: str = "") -> tuple[Markup, tuple[Anchor, ...]]:
    """The cards under one heading a topic, in the order of first appearance, newest text first; and the headings."""
    topics: dict[str, list[Shown]] = {}
    for shown in texts:
        topics.setdefault(shown.what, []).append(shown)
    anchors = tuple(Anchor(f"{prefix}topic-{number}", type_title(what)) for number, what in enumerate(topics, 1))
    parts = (
        html(
            '<section class="tc-topic"><h2 id="{}">{}</h2>{}</section>',
            anchor.id,
            anchor.title,
            join(card(shown, reading, up) for shown in sorted(cards, key=lambda s: s.at, reverse=True)),
        )
        for anchor, cards in zip(anchors, topics.values(), strict=True)
    )
    return join(parts), anchors


def form_mark(form: Form) -> Markup:
    """A small word in a frame: how much is told."""
    return html('<span class="tc-form tc-form--{}">{}</span>', form.word, form_title(form))

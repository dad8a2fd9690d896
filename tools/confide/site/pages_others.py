"""For the client: what each other party can read about her, exactly as it stands on their own pages (S-04)."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import Shown
from confide.site.cards import card
from confide.site.markup import Anchor, Page, html, join
from confide.site.reading import Reading
from confide.site.words import capital, count

PATH = "others.md"
TITLE = "What others see"


def others(reading: Reading) -> Page:
    """One section for every party that has, or could have, something to read."""
    seen = dict(readers(reading))
    anchors = tuple(Anchor(f"reader-{number}", reading.labels.title(party)) for number, party in enumerate(seen, 1))
    lead = html(
        '<h1 id="content">What others can see about you</h1><p class="tc-lead">Word for word, everything that anybody '
        "else can read about you on their own private pages. They do not see when you read this.</p>"
    )
    up = "../"
    sections = (
        _section(anchor, party, texts, reading, up)
        for anchor, (party, texts) in zip(anchors, seen.items(), strict=True)
    )
    return Page(PATH, TITLE, html("{}{}", lead, join(sections)), anchors, "material/account-eye-outline")


def readers(reading: Reading) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    """Every other party and its texts: the signatories first, whether or not they can read anything yet."""
    texts = dict(reading.view.others)
    current = reading.current
    signatories = current.agreement.signatories if current else ()
    for party in dict.fromkeys((*signatories, *texts)):
        if party not in {reading.view.party, "coach"}:
            yield party, texts.get(party, ())


def _section(anchor: Anchor, party: str, texts: tuple[Shown, ...], reading: Reading, up: str) -> Markup:
    who = capital(reading.labels.full(party))
    if not texts:
        body = html('<p class="tc-none">{} can read nothing about you.</p>', who)
    else:
        said = html(
            '<p class="tc-sees"><strong>{}</strong> sees exactly this about you: {}.</p>',
            who,
            count(len(texts), "text", "texts"),
        )
        newest = sorted(texts, key=lambda s: s.at, reverse=True)
        body = html("{}{}", said, join(card(shown, reading, up) for shown in newest))
    return html('<section class="tc-topic"><h2 id="{}">{}</h2>{}</section>', anchor.id, anchor.title, body)

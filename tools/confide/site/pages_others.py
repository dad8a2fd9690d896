"""For the client: what each other party can read about her, and their page exactly as it stands for them (S-04)."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import Shown
from confide.site.as_seen import as_seen_by
from confide.site.cards import place_of
from confide.site.markup import NOTHING, Anchor, Page, html, items, join
from confide.site.pages_accounting import months
from confide.site.pages_records import topics
from confide.site.reading import Reading
from confide.site.routes import form_of, simple
from confide.site.signing import offered
from confide.site.words import capital, count, form_phrase

PATH = "others.md"
TITLE = "What others see"
_ICON = "material/account-eye-outline"


def others(reading: Reading) -> Iterator[Page]:
    """The overview, one section for every party, and a page for each of them."""
    seen = dict(readers(reading))
    anchors = tuple(Anchor(f"reader-{number}", reading.labels.title(party)) for number, party in enumerate(seen, 1))
    lead = html(
        '<h1 id="content">What others can see about you</h1><p class="tc-lead">Everything that anybody else can read '
        "about you on their own private pages. You can open each page as it stands for them. They do not see when you "
        "read this.</p>"
    )
    sections = (
        _section(anchor, party, texts, reading) for anchor, (party, texts) in zip(anchors, seen.items(), strict=True)
    )
    onward = html(
        '<p class="tc-onward">What could travel further, and to whom, is drawn under <a href="../reach/">who could '
        "ever learn what</a>.</p>"
    )
    tail = html("{}{}", _taking_back(reading), onward if reading.current is not None else NOTHING)
    yield Page(PATH, TITLE, html("{}{}{}", lead, join(sections), tail), anchors, _ICON)
    yield from (_their_page(party, texts, reading) for party, texts in seen.items())


def address_of(party: str) -> str:
    """Where the client finds the page of that party, below the root of her site."""
    return f"others-{party.replace('.', '-')}/"


def readers(reading: Reading) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    """Every other party and its texts: the signatories first, whether or not they can read anything yet."""
    texts = dict(reading.view.others)
    current = reading.current
    signatories = current.agreement.signatories if current else ()
    for party in dict.fromkeys((*signatories, *texts)):
        if party not in {reading.view.party, "coach"}:
            yield party, texts.get(party, ())


def _section(anchor: Anchor, party: str, texts: tuple[Shown, ...], reading: Reading) -> Markup:
    who = capital(reading.labels.full(party))
    page = f"../{address_of(party)}"
    if texts:
        newest = sorted(texts, key=lambda s: s.at, reverse=True)
        said = html(
            '<p class="tc-sees"><strong>{}</strong> sees exactly this about you: {}.</p>{}',
            who,
            count(len(texts), "text", "texts"),
            items((_title(shown, page, texts, reading) for shown in newest), "tc-who"),
        )
    else:
        said = html('<p class="tc-none">{} can read nothing about you.</p>', who)
    return html(
        '<section class="tc-topic"><h2 id="{}">{}</h2>{}<p><a href="{}">Open the page as it stands for {}</a></p>'
        "</section>",
        anchor.id,
        anchor.title,
        said,
        page,
        reading.labels.role(party),
    )


def _title(shown: Shown, page: str, texts: tuple[Shown, ...], reading: Reading) -> Markup:
    return html(
        '<span><a href="{}#{}">{}</a></span> <span class="tc-quiet">{}, {}{}</span>',
        page,
        place_of(shown, texts),
        shown.text.title,
        form_phrase(shown.form),
        reading.day(shown.at),
        _take_back(shown.event, reading),
    )


def _take_back(event: str, reading: Reading) -> Markup:
    """One step: from here to the form that asks for the passphrase."""
    ask = offered(reading, "withdrawal", event)
    address = form_of(ask) if ask else ""
    return html(' · <a href="../{}">Take it back</a>', address) if address else NOTHING


def _taking_back(reading: Reading) -> Markup:
    """How something is taken back, and what that cannot do."""
    can = html("with one step, here,") if simple("withdraw") else html("by telling {},", reading.labels.full("coach"))
    return html(
        "<p>Whatever stands on these pages about you, you can take back alone and at any time {} without a reason. It "
        'stops at once. What was read before <a href="../how/limits/">cannot be taken back</a>.</p>',
        can,
    )


def _their_page(party: str, texts: tuple[Shown, ...], reading: Reading) -> Page:
    theirs = Reading(as_seen_by(reading.view, party, texts))
    who = reading.labels.full(party)
    read, topic_anchors = topics(theirs, "../", "theirs-")
    happened, month_anchors = months(theirs, "theirs-")
    head = html(
        '<h1 id="content">{}</h1><div class="tc-state"><p>This is what {} reads, word for word and as it stands for '
        "them: “you” is here whoever that is. It leaves out what concerns others than you. They do not see that you "
        "read it.</p></div>",
        f"The page of {who}",
        reading.labels.role(party),
    )
    body = html('{}<div class="tc-theirs">{}</div><div class="tc-theirs">{}</div>', head, read, happened)
    path = address_of(party).removesuffix("/") + ".md"
    return Page(path, f"The page of {reading.labels.role(party)}", body, (*topic_anchors, *month_anchors), listed=False)

"""The first page: what is asked of the reader, what they can see and why, and whom to ask. One screen."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import AgreementView
from confide.site.markup import NOTHING, Page, html, items, join
from confide.site.pages_agreement import missing_phrase
from confide.site.pages_others import readers
from confide.site.reading import Reading
from confide.site.words import capital, count, listing, type_phrase

PATH = "index.md"


def home(reading: Reading) -> Page:
    """The home page of one reader."""
    body = html(
        '{}{}<div class="tc-tiles">{}</div>{}{}',
        _hero(reading),
        _asks(reading),
        join(_tiles(reading)),
        _others(reading) if reading.is_client else _expect(reading),
        _help(reading),
    )
    return Page(PATH, "Home", body, icon="material/home-outline")


def _hero(reading: Reading) -> Markup:
    names = reading.labels.names(reading.view.party)
    kicker = f"Private pages for {listing(names)}" if names else "Private pages"
    if reading.is_client:
        title = "Your coaching, in confidence"
        lead = (
            "Nothing you say reaches anybody else unless you agreed to it in writing. Here you see what was shared, "
            "with whom, and why."
        )
    else:
        title = "What is shared with you"
        lead = (
            "You see here what everybody agreed in writing that you may see, and nothing else. An empty page is not a "
            "bad sign."
        )
    return html(
        '<header class="tc-hero"><p class="tc-kicker">{}</p><h1 id="content">{}</h1><p class="tc-lead">{}</p></header>',
        kicker,
        title,
        lead,
    )


def _asks(reading: Reading) -> Markup:
    if not reading.asked:
        return html('<p class="tc-calm">Nothing is asked of you.</p>')
    return join(_ask(shown, reading) for shown in reading.asked)


def _ask(shown: AgreementView, reading: Reading) -> Markup:
    version = shown.agreement.version
    what = "the agreement" if reading.current is shown else f"the changed agreement (number {version})"
    return html(
        '<section class="tc-ask"><p class="tc-kicker">Asked of you</p><h2>Read and sign {}</h2>'
        "<p>Proposed on {}. {} Nothing is shared under it before that.</p>"
        '<p><a class="tc-button" href="agreement-{}/">Read the agreement</a> '
        '<a class="tc-button tc-button--quiet" href="_/sign/agreement-{}">Sign</a></p></section>',
        what,
        reading.day(shown.proposed),
        missing_phrase(shown, reading),
        version,
        version,
    )


def _tiles(reading: Reading) -> Iterator[Markup]:
    number = len(reading.view.shown)
    yield _tile(
        "texts/",
        "What you can read",
        count(number, "text", "texts") if number else "Nothing yet",
        "Shared with you, each with the clause that allows it." if number else "That is normal. It will stand here.",
    )
    if reading.is_client:
        texts = sum(len(shown) for _, shown in readers(reading))
        yield _tile(
            "others/",
            "What others see about you",
            count(texts, "text", "texts") if texts else "Nothing",
            "Exactly what stands on their pages." if texts else "Nobody can read anything about you.",
        )
    current = reading.current
    if current is not None:
        start = reading.in_force_from(current.agreement.version)
        yield _tile(
            f"agreement-{current.agreement.version}/",
            "Your agreement",
            "Signed by all" if start else "Not in force yet",
            f"In force from {reading.day(start)} to {reading.day(current.agreement.until)}."
            if start
            else "Nothing is shared before everybody has signed.",
        )
    refused = sum(entry.kind == "refused" for entry in reading.view.entries)
    yield _tile(
        "history/",
        "History",
        count(len(reading.view.entries), "entry", "entries"),
        f"{capital(count(refused, 'request was', 'requests were'))} refused."
        if refused
        else "What was shared, refused and withdrawn.",
    )


def _tile(href: str, title: str, value: str, note: str) -> Markup:
    return html(
        '<a class="tc-tile" href="{}"><span class="tc-tile__title">{}</span><span class="tc-tile__value">{}</span>'
        '<span class="tc-tile__note">{}</span></a>',
        href,
        title,
        capital(value),
        note,
    )


def _others(reading: Reading) -> Markup:
    lines = (
        html(
            "<li><span>{}</span> <span>{}</span></li>",
            capital(reading.labels.full(party)),
            html('can read <a href="others/#reader-{}">{}</a>', number, count(len(texts), "text", "texts"))
            if texts
            else html("can read nothing about you"),
        )
        for number, (party, texts) in enumerate(readers(reading), 1)
    )
    return html(
        '<section class="tc-section"><h2>Who can read about you</h2><ul class="tc-who">{}</ul></section>', join(lines)
    )


def _expect(reading: Reading) -> Markup:
    """For everybody but the client: what the agreement lets them expect, and what it never will."""
    current = reading.current
    if current is None or reading.view.party not in reading.matrix(current).parties:
        return NOTHING
    matrix = reading.matrix(current)
    can = [
        what for what in matrix.shared_with(reading.view.party) if "/" in what or _has_no_subtype(what, matrix.types)
    ]
    never = [what for what in matrix.withheld_from(reading.view.party) if _has_no_subtype(what, matrix.types)]
    return html(
        '<section class="tc-section tc-two">{}{}</section>',
        _expected("What you may be told", can, "The agreement does not let anybody tell you anything."),
        _expected("What you will not be told", never, "Nothing is excluded."),
    )


def _expected(title: str, types: list[str], none: str) -> Markup:
    body = items(html("{}", capital(type_phrase(what))) for what in types) or html("<p>{}</p>", none)
    return html("<div><h2>{}</h2>{}</div>", title, body)


def _has_no_subtype(what: str, types: tuple[str, ...]) -> bool:
    return not any(other.startswith(what + "/") for other in types)


def _help(reading: Reading) -> Markup:
    labels = reading.labels
    adviser = [labels.full(party) for party in reading.view.adviser]
    also = (
        html(" About confidentiality itself you can also ask {}, at any time.", listing(adviser))
        if adviser
        else NOTHING
    )
    coach = f"Ask {labels.full('coach')}."
    return html(
        '<section class="tc-section"><h2>Questions</h2><p>{}{} <a href="how/">How confidentiality works here</a> is '
        "told in plain words.</p></section>",
        coach,
        also,
    )

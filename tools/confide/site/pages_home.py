"""The first page: what is asked of the reader, what they can see and why, and whom to ask. One screen."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.site.coming import coming
from confide.site.markup import NOTHING, Page, html, items, join
from confide.site.pages_asks import asked
from confide.site.pages_clauses import summary_due
from confide.site.pages_others import address_of, readers
from confide.site.reading import Reading
from confide.site.routes import simple
from confide.site.words import capital, count, form_phrase, listing, type_phrase

PATH = "index.md"


def home(reading: Reading) -> Page:
    """The home page of one reader."""
    rest = _others(reading) if reading.is_client else _expect(reading)
    body = html(
        '{}{}{}<div class="tc-tiles">{}</div><div class="tc-pair">{}{}</div>',
        _hero(reading),
        _ended(reading),
        asked(reading),
        join(_tiles(reading)),
        rest,
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


def _ended(reading: Reading) -> Markup:
    if reading.view.ended is None:
        return NOTHING
    return html(
        '<div class="tc-state"><p><strong>The coaching ended on {}.</strong> What was withheld stays withheld.</p>'
        "</div>",
        reading.day(reading.view.ended),
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
            "What others see",
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
    answered = len(reading.view.answers)
    if answered:
        yield _tile(
            "answers/",
            "What you asked",
            count(answered, "answer", "answers"),
            "What your coach answered to you alone." if reading.is_client else "What the coach answered to you alone.",
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
        '<a class="tc-tile" href="{}"><span class="tc-tile__title">{}</span> <span class="tc-tile__value">{}</span> '
        '<span class="tc-tile__note">{}</span></a>',
        href,
        title,
        capital(value),
        note,
    )


def _others(reading: Reading) -> Markup:
    lines = (
        html(
            "<li><span>{}</span> {}</li>",
            capital(reading.labels.full(party)),
            html('<a href="{}">{}</a>', address_of(party), count(len(texts), "text", "texts"))
            if texts
            else html('<span class="tc-quiet">nothing</span>'),
        )
        for party, texts in readers(reading)
    )
    ahead = coming(reading, "")
    onward = html('<p><a href="reach/">Who could ever learn what</a></p>') if reading.current is not None else NOTHING
    return html(
        "{}{}",
        _section("Who can read about you", html('<ul class="tc-who">{}</ul>{}', join(lines), onward)),
        _section("Still to come", ahead) if ahead else NOTHING,
    )


def _expect(reading: Reading) -> Markup:
    """For everybody but the client: what the agreement lets them expect, and what it never will."""
    current, party = reading.current, reading.view.party
    if current is None or party not in reading.matrix(current).parties:
        return NOTHING
    matrix = reading.matrix(current)
    whole = [what for what in matrix.types if not any(other.startswith(what + "/") for other in matrix.types)]
    can = [
        html("{}, {}", capital(type_phrase(what)), form_phrase(matrix.cells[what, party].form))
        for what in whole
        if not matrix.cells[what, party].withheld
    ]
    # What they themselves may tell the others is nothing that would be kept from them.
    theirs = {w for term in current.agreement.terms if party in (term.senders or ()) for w in term.what or ()}
    never = [
        html("{}", capital(type_phrase(what)))
        for what in whole
        if matrix.cells[what, party].withheld and what not in theirs
    ]
    due = html("<p>{}</p>", sentence) if (sentence := summary_due(reading)) else NOTHING
    nothing = html("<p>The agreement does not let anybody tell you anything.</p>")
    return html(
        "{}{}",
        _section("What you may be told", html("{}{}", items(can) or nothing, due)),
        _section("What you will not be told", items(never)) if never else NOTHING,
    )


def _section(title: str, body: Markup) -> Markup:
    return html('<section class="tc-section"><h2>{}</h2>{}</section>', title, body)


def _help(reading: Reading) -> Markup:
    labels = reading.labels
    adviser = [labels.full(party) for party in reading.view.adviser]
    also = (
        html(" About confidentiality itself you can also ask {}, at any time.", listing(adviser))
        if adviser
        else NOTHING
    )
    coach = f"Ask {labels.full('coach')}."
    write = [
        html('<a href="{}">{}</a>', address, text)
        for name, text in (("ask", "Ask your coach"), ("concern", "Raise a concern"), ("desk", "All you can sign"))
        if (address := simple(name))
    ]
    more = html(
        '<a href="how/">How confidentiality works here</a> is told in plain words, and <a href="receipts/">how to '
        "check it</a> without trusting anybody."
    )
    return _section("Questions", html("<p>{}{} {}</p>{}", coach, also, more, items(write)))

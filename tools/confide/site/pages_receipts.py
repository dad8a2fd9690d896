"""What the reader can hold on to and check without trusting anybody: fingerprints, entries, and how it is done."""

from __future__ import annotations

from markupsafe import Markup

from confide.model.view import Entry
from confide.model.words import Role
from confide.site.markup import NOTHING, Anchor, Page, facts, folded, html, join
from confide.site.reading import Reading
from confide.site.routes import RECEIPT
from confide.site.words import count, listing, type_phrase

PATH = "receipts.md"
TITLE = "Receipts"
_TELLING = frozenset({"disclosed", "told", "refused", "withdrawn", "lapse"})


def receipts(reading: Reading) -> Page:
    """The page. Not in the navigation: the first page, the history and the agreement lead here."""
    sections = [
        ("hold-on", "What to hold on to", _hold_on(reading)),
        ("entries", "The entries that concern you", _entries(reading)),
        ("check", "How to check", html("{}{}", _download(reading), _HOW)),
    ]
    body = join(
        html('<section class="tc-section"><h2 id="{}">{}</h2>{}</section>', name, title, content)
        for name, title, content in sections
        if content
    )
    anchors = tuple(Anchor(name, title) for name, title, content in sections if content)
    # Whoever searches looks for words: numbers and fingerprints are no answers.
    kept = html('<div data-search-exclude="1">{}</div>', body)
    return Page(PATH, TITLE, html("{}{}", _LEAD, kept), anchors, listed=False)


def _hold_on(reading: Reading) -> Markup:
    rows = (
        (
            f"Agreement {shown.agreement.version}",
            html(
                '<code>{}</code> <a href="../agreement-{}/#proof">its signed text</a>',
                shown.agreement.digest,
                shown.agreement.version,
            ),
        )
        for shown in reading.agreements
    )
    listed = facts(rows)
    if not listed:
        return html("<p>No agreement has been put to you for signing, so there is no fingerprint to keep.</p>")
    return html(
        "<p>A fingerprint fixes every letter of a text. Print this page, or write down the first and last few signs of "
        "each line: whoever shows you another text later has another fingerprint.</p>{}",
        listed,
    )


def _download(reading: Reading) -> Markup:
    """The way to the receipt. What is in it is no part of the page; that there is one is: the reader sees an entry."""
    if reading.view.party == Role.COACH.value:
        return html("<p>Each reader downloads their own. Here: <code>confide receipt PARTY</code>.</p>")
    if not reading.view.entries:
        return html(
            "<p>Once you have a key of your own, and there is an entry that concerns you, your receipt is here: a file "
            "that proves it.</p>"
        )
    return html(
        '<p><a class="tc-button" href="../{}">Download your receipt</a></p><p>It is one file, signed, with every entry '
        "that concerns you, each tied to the one before it, and the texts you were shown, readable for whoever has the "
        "file. An entry that was changed or left out later would not fit any more.</p>",
        RECEIPT,
    )


def _entries(reading: Reading) -> Markup:
    told = [entry for entry in reading.view.entries if entry.kind in _TELLING]
    if not told:
        return NOTHING
    rows = join(_row(entry, reading) for entry in sorted(told, key=lambda e: e.at))
    table = html(
        '<div class="tc-wide"><table class="tc-receipt"><thead><tr><th scope="col">Entry</th><th scope="col">Day</th>'
        '<th scope="col">What</th></tr></thead><tbody>{}</tbody></table></div>',
        rows,
    )
    return html("<p>{} so far. Each has a number that is never used again.</p>{}", _many(len(told)), table)


def _many(number: int) -> str:
    return count(number, "entry", "entries").capitalize()


def _row(entry: Entry, reading: Reading) -> Markup:
    words = {"disclosed": "shared", "told": "told", "refused": "refused", "withdrawn": "withdrawn", "lapse": "mistake"}
    about = listing(map(type_phrase, entry.what))
    said = f"{words[entry.kind]}{f': {about}' if about else ''}"
    link = html('<a href="../history/#entry-{0}"><code>{0}</code></a>', entry.event)
    return html("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", link, reading.day(entry.at), said)


_LEAD = html(
    '<h1 id="content">Check it yourself</h1><p class="tc-lead">You do not have to take anybody’s word for what stands '
    "here. What you keep today shows tomorrow whether something was changed.</p>"
)
_HOW = html(
    "<ol><li>Keep the receipt where only you can reach it, or give it to somebody you trust.</li>"
    "<li>Whenever something has changed here, download a new one and lay both side by side: the old entries must stand "
    "in the new receipt, letter by letter, in the same order.</li>"
    "<li>Compare the numbers and days with those above. They must be the same.</li>"
    "<li>If something differs, ask the person named under <em>Questions</em> on your first page.</li></ol>{}",
    folded(
        "For somebody who knows computers",
        html(
            "<p>The fingerprint of an agreement is the SHA-256 of its file. The signed text on the agreement’s page is "
            "that file, to the letter: <code>sha256sum agreement.yml</code> gives the same number. Entries are commits "
            "of a Git repository, each signed with OpenPGP; with access to it <code>git log --show-signature</code> "
            "lists them, and the numbers above stand in their messages. Anybody checks a receipt with <code>confide "
            "verify --receipt FILE</code>, and two of them with <code>--receipt OLD --receipt NEW</code>.</p>"
        ),
    ),
)

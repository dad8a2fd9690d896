"""What the pages say beyond texts: others' pages as they are, what is to come, what changes, who could learn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from confide.model.view import Answer
from confide.portal.desk import ALONE, WAYS
from confide.site import routes
from confide.site.build import build_site
from confide.site.built import BuiltSite
from tests.site.amended import AMENDED
from tests.site.sample import CLIENT, ENTRIES, FIRST, GOALS, NEW, PAYER, entry, moment

ROOT = Path(__file__).resolve().parents[2]
CARD = re.compile(r'<article class="tc-card tc-text".*?</article>', re.DOTALL)
EVENT = re.compile(r'<li class="tc-event.*?</li>', re.DOTALL)
PICTURE = re.compile(r"<svg role.*?</svg>", re.DOTALL)


def page(site: BuiltSite, path: str) -> str:
    source = site.files[path].decode()
    return source[source.index('<article class="md-content') : source.rindex("</article>")]


def read(source: str) -> str:
    """What is read, on one line."""
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", source)).split())
    return re.sub(r"\s+([,.:)])", r"\1", text).replace("( ", "(")


def test_the_client_opens_anothers_page_as_it_is() -> None:
    """Every card and every entry on the sponsor's own pages stands on hers, byte for byte, and no other does."""
    hers, theirs = build_site(CLIENT, ROOT), build_site(PAYER, ROOT)
    copy = page(hers, "others-payer/index.html")
    assert CARD.findall(copy) == CARD.findall(page(theirs, "texts/index.html")) != []
    own = set(EVENT.findall(page(theirs, "history/index.html")))
    assert own <= set(EVENT.findall(copy))
    assert {e for e in EVENT.findall(copy) if e not in own} <= {
        e for e in EVENT.findall(copy) if "put agreement 1" in e or "began" in e
    }


def test_nobody_else_is_shown_anothers_page() -> None:
    """Only the client reads what others read; the sponsor has no such page, nor the drawing of who could learn."""
    assert [path for path in build_site(PAYER, ROOT).files if path.startswith(("others", "reach", "first"))] == []


def test_a_window_is_a_day_and_says_what_silence_means() -> None:
    """The last day stands as a date, on the first page and beside the text; nothing counts down."""
    site = build_site(CLIENT, ROOT)
    for path in ("index.html", "first/index.html"):
        assert "You can answer until the end of 29 June 2026. If you say nothing, nothing is sent." in read(
            page(site, path)
        )
    assert "Two of three teams decide on their own." in read(page(site, "first/index.html"))
    answered = replace(FIRST, answer="declined", answered=moment(6, 24))
    after = build_site(replace(CLIENT, reviews=(answered,), offers=()), ROOT)
    assert "You said on 24 June 2026 that you have nothing to add." in read(page(after, "first/index.html"))
    assert "Nothing is asked of you." in read(page(after, "index.html"))


def test_what_is_to_come_stands_with_its_day() -> None:
    """Windows and summaries by day; what was announced and has not been shared has none; what is over is left out."""
    announced = entry("n3p4q5r6", "informed", moment(7, 2), "coach", "client", "assessment-results")
    home = read(page(build_site(replace(CLIENT, entries=(*ENTRIES, announced)), ROOT), "index.html"))
    assert "open You were told on 2 July 2026 that assessment results will be shared." in home
    assert "15 December 2026 Your sponsor receives the agreed summary, after you have read it." in home
    assert "30 June 2026 Your sponsor receives" not in home
    assert "29 June 2026 The last day to answer: Summary for your sponsor." in home


def test_a_change_is_told_in_the_readers_words() -> None:
    """What more and what less may be told, with people, days and parts called as this reader calls them."""
    changed = read(page(build_site(AMENDED, ROOT), "agreement-2/index.html"))
    more = changed[changed.index("More may be told") : changed.index("Less may be told")]
    assert "Your coach may now tell your manager about private partnership goals, in summary." in more
    assert "It ends on 30 June 2027 instead of on 31 December 2026." in more
    assert "You may no longer tell your manager about assessment results." in changed
    assert "the payer" not in changed
    assert "What this version changes" not in read(page(build_site(CLIENT, ROOT), "agreement-1/index.html"))


def test_who_could_learn_is_drawn_and_said() -> None:
    """Everybody in a picture stands in the words beside it, with the clause; what an exception allows is said once."""
    reach = page(build_site(CLIENT, ROOT), "reach/index.html")
    sections = re.findall(r'<div class="tc-reach">(.*?)</section>', reach, re.DOTALL)
    assert len(sections) > 4
    for section in sections:
        (drawn,) = PICTURE.findall(section)
        beside = read(PICTURE.sub("", section)).lower()
        named = re.findall(r'<text class="tc-label"[^>]*>([^<]+)', drawn)
        assert [who for who in named if unescape(who).lower() not in beside] == []
    assert "Finance, by topic only: from your coach (clause 1), then from your sponsor (clause 1)." in read(reach)
    assert "Your manager, your sponsor and Finance, word for word: from your coach (until then withheld by" in read(
        reach
    )
    assert "If the law compels it: a court or a regulator, whatever the order names." in read(reach)


def test_pictures_have_names_and_texts_beside_colours() -> None:
    """A title, a description, and for every disc a sentence; the same clause stands in the table."""
    agreement = page(build_site(CLIENT, ROOT), "agreement-1/index.html")
    (picture,) = PICTURE.findall(agreement)
    assert '<title id="matrix-picture-title">Who may learn what, at a glance</title>' in picture
    labels = re.findall(r'aria-label="([^"]+)"', picture)
    assert "Shared goals, your sponsor: summary, on conditions, clause 2" in labels
    assert len(labels) == len(set(labels)) == 60


def test_every_offer_is_one_step_away() -> None:
    """To answer, accept, take back, ask: each is a link from the page that speaks of it, and its ask is in the site."""
    site = build_site(CLIENT, ROOT)
    assert b'href="_/answer/f1r2s3t4"' in site.files["index.html"]
    assert b'href="_/acknowledge"' in site.files["index.html"]
    assert b'href="_/concern"' in site.files["index.html"]
    assert b'href="../_/withdraw/x7k2m9qd"' in site.files["others/index.html"]
    assert [offer.id for offer in site.offers] == ["acknowledge", "answer-f1r2s3t4", "withdraw-x7k2m9qd"]
    assert all(offer.statement.startswith("confide/1 ") for offer in site.offers)


def test_no_page_leads_to_a_form_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the pages lead to, the portal serves; without a form its button is gone and the coach is named."""
    assert routes.SERVED - {"sign"} <= {*WAYS, *ALONE, "desk"}
    monkeypatch.setattr(routes, "SERVED", frozenset({"sign"}))
    site = build_site(CLIENT, ROOT)
    assert not re.search(rb'href="[^"]*_/(?!logout|receipt|sign/)', b"".join(site.files.values()))
    assert "Tell Ruth Ellery (your coach) what you have to say" in read(page(site, "first/index.html"))
    assert "by telling Ruth Ellery (your coach), without a reason" in read(page(site, "others/index.html"))


def test_what_can_be_checked_is_on_one_page() -> None:
    """Fingerprints and the numbers of the entries, each leading to its place."""
    site = build_site(CLIENT, ROOT)
    receipts = page(site, "receipts/index.html")
    assert CLIENT.agreements[0].agreement.digest in receipts
    assert f'<a href="../history/#entry-{GOALS.event}">' in receipts
    assert '<a class="tc-button" href="../_/receipt">' in receipts
    assert "_/receipt" not in page(build_site(replace(CLIENT, entries=()), ROOT), "receipts/index.html")
    assert "no fingerprint to keep" in read(page(build_site(replace(NEW, agreements=()), ROOT), "receipts/index.html"))


def test_the_same_day_is_said_once_in_the_order_of_time() -> None:
    """The texts as a line of days, oldest first, each leading to its card."""
    twin = replace(GOALS, event="z9y8x7w6", at=GOALS.at.replace(hour=11))
    site = build_site(replace(PAYER, shown=(twin, GOALS)), ROOT)
    texts = page(site, "texts/index.html")
    line = texts[texts.index("tc-timeline") :]
    assert re.findall(r'href="#(text-[^"]+)"', line) == ["text-x7k2m9qd-1", "text-z9y8x7w6-1"]
    assert line.count('class="tc-same"') == 1
    assert date(2026, 2, 10).isoformat() in line


def test_an_answer_stands_beside_what_was_asked() -> None:
    """A page of its own, named on the first one; without an answer there is neither, and words cannot be markup."""
    asked = Answer("a7k2m9qd", moment(6, 3), moment(6, 2), "May *I* see it?", "Yes. <img src=x>")
    site = build_site(replace(PAYER, answers=(asked,)), ROOT)
    told = read(page(site, "answers/index.html"))
    assert "Yes. <img src=x>" in told
    assert "You wrote on 2 June 2026: May I see it?" in told
    assert 'href="answers/"' in page(site, "index.html")
    assert "answers/index.html" not in build_site(PAYER, ROOT).files

"""A site is a function of the view: complete, in the reader's words, equal bytes wherever and whenever it is built."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confide.model.view import Text
from confide.model.words import Form
from confide.site.build import build_site
from tests.site.sample import CLIENT, GOALS, NEW, PAYER, SIGNED, TALK, VIEWS, moment, proposed

ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"<[^>]*>")
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)


def body(view: str, path: str) -> str:
    """What a reader sees of a page's own part, with what is folded left out, on one line."""
    source = build_site(VIEWS[view], ROOT).files[path].decode()
    article = source[source.index("<article") : source.rindex("</article>")]
    return re.sub(r" ([,.:])", r"\1", " ".join(TAG.sub(" ", FOLDED.sub(" ", article)).split()))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_reader_gets_their_pages(name: str) -> None:
    """Home, agreement, texts and history for everybody; what others see for the client alone; no 404, no sitemap."""
    site = build_site(VIEWS[name], ROOT)
    pages = {path for path in site.files if not path.startswith("how/")}
    expected = {"index.html", "agreement-1/index.html", "texts/index.html", "history/index.html", "receipts/index.html"}
    if VIEWS[name].role == "client":
        expected |= {"others/index.html", "others-payer/index.html", "others-manager/index.html", "reach/index.html"}
    expected |= {"first/index.html"} if VIEWS[name].reviews else set()
    assert pages == expected | {"search/search_index.json"}
    assert set(site.csp) == {path for path in site.files if path.endswith(".html")}


def test_what_is_asked_is_the_exact_statement() -> None:
    """An agreement that waits for the reader's signature is an ask, and its page leads there; a signed one is none."""
    site = build_site(NEW, ROOT)
    (ask,) = site.asks
    assert (ask.id, ask.kind, ask.page) == ("agreement-1", "agreement", "agreement-1/")
    assert ask.statement.encode() == NEW.agreements[0].statement
    assert b'href="../_/sign/agreement-1"' in site.files["agreement-1/index.html"]
    assert build_site(CLIENT, ROOT).asks == ()


def test_titles_tell_nothing() -> None:
    """A history, a task bar or a screen share shows `Private page`; no generator, no date of the build, no comment."""
    for path, data in build_site(CLIENT, ROOT).files.items():
        if path.endswith(".html"):
            assert re.findall(rb"<title>(.*?)</title>", data) == [b"Private page"]
            assert b"generator" not in data
            assert b"Made with" not in data
            assert b"<!--" not in data


def test_the_way_out_is_on_every_page() -> None:
    """`Leave` leads to the portal's own route from any depth."""
    site = build_site(PAYER, ROOT)
    assert b'href="_/logout"' in site.files["index.html"]
    assert b'href="../_/logout"' in site.files["history/index.html"]
    assert b'href="../../_/logout"' in site.files["how/limits/index.html"]


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_no_jargon_on_top(name: str) -> None:
    """What is not folded away holds no id, digest, term or word of the program; notes have no paths or dates.

    The page for checking is all proof: whoever opens it came for that.
    """
    view = VIEWS[name]
    names = {term.id for shown in view.agreements for term in shown.agreement.terms if "-" in term.id}
    events = {entry.event for entry in view.entries} | {shown.event for shown in view.shown}
    for path in build_site(view, ROOT).files:
        if path.endswith(".html") and not path.startswith(("how/", "receipts/")):
            seen = body(name, path)
            words = {"aggregate", "commitment", "sha256", "YAML", "p-4tzw", "verbatim", "notes/", *names, *events}
            assert {word for word in words if word in seen} == set()


def test_the_client_reads_why_and_what_others_see() -> None:
    """Each text says who shared it, when and under which clause, in words; the others' page shows exactly theirs."""
    texts, others = body("client", "texts/index.html"), body("client", "others/index.html")
    theirs = body("client", "others-payer/index.html")
    assert "Ruth Ellery (your coach) shared this with you on 3 February 2026, word for word." in texts
    assert "You agreed on 7 January 2026, clause 3. Your coach may tell you about assessment results" in texts
    assert "Dana Whitfield (your sponsor) sees exactly this about you: two texts." in others
    assert "Delegation is on track: two of three teams now decide on their own." in theirs
    assert "Tomás Arce (your manager) can read nothing about you." in others
    assert "stand-up" in texts
    assert "stand-up" not in others + theirs


def test_the_history_tells_what_was_refused_and_withdrawn() -> None:
    """Refusals and withdrawals are marked, in words."""
    history = body("client", "history/index.html")
    assert "Refused Your sponsor asked about career plans and job hunting and was told no." in history
    assert "Withdrawn You withdrew what your manager could read. It stopped at once." in history
    assert "Withdrawn on 4 May 2026. It can no longer be read here" in history


def test_an_empty_page_is_not_alarming() -> None:
    """Where there is nothing, the page says that this is normal."""
    assert "Nothing has been shared with you yet. That is normal" in body("manager", "texts/index.html")
    assert "Nothing has been recorded for you yet." in body("manager", "history/index.html")


def test_days_are_those_of_the_agreement() -> None:
    """Half an hour before midnight in UTC is the next day in London in summer."""
    late = replace(GOALS, at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    page = build_site(replace(PAYER, shown=(late,)), ROOT).files["texts/index.html"].decode()
    assert "1 July 2026</time>" in page


def test_a_proposed_change_stands_beside_the_agreement_in_force() -> None:
    """Both versions have a page; the one in force stays the agreement, the other is asked for."""
    second = replace(proposed("client"), agreement=replace(SIGNED.agreement, version=2))
    site = build_site(replace(CLIENT, agreements=(SIGNED, second)), ROOT)
    assert {"agreement-1/index.html", "agreement-2/index.html"} <= set(site.files)
    assert [ask.id for ask in site.asks] == ["agreement-2"]
    home = site.files["index.html"].decode()
    assert "Read and sign the changed agreement (number 2)" in home
    assert "Proposed change" in home
    assert '<a href="../agreement-2/">Agreement 2</a>' in site.files["agreement-1/index.html"].decode()


def test_a_view_of_nothing_is_a_site() -> None:
    """A party before the first proposal sees pages all the same."""
    nothing = {
        "agreements": (),
        "in_force_from": (),
        "shown": (),
        "entries": (),
        "others": (),
        "names": (),
        "reviews": (),
        "offers": (),
    }
    empty = replace(CLIENT, adviser=(), **nothing)
    site = build_site(empty, ROOT)
    assert b"Nothing is asked of you." in site.files["index.html"]
    assert site.asks == ()


def test_the_search_index_holds_the_pages_and_nothing_folded() -> None:
    """A reader finds their texts by their words; fingerprints are no search results."""
    index = json.loads(build_site(CLIENT, ROOT).files["search/search_index.json"])
    texts = " ".join(entry["text"] for entry in index["docs"])
    assert "largest step" in texts
    assert "sha256:" not in texts


ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@settings(max_examples=25)
@given(name=ODD, title=ODD, text=ODD)
def test_whatever_a_party_wrote_is_text(name: str, title: str, text: str) -> None:
    """Any name, title or text gives a site that passes the guard: braces, tags, quotes, other writing systems."""
    shown = replace(GOALS, text=Text(title, text))
    people = (("payer", (name,)), ("coach", (name,)))
    site = build_site(replace(PAYER, names=people, shown=(shown,)), ROOT)
    assert b"tc-body" in site.files["texts/index.html"]


def test_the_end_is_said() -> None:
    """After the coaching the pages stay, and say since when it is over."""
    site = build_site(replace(CLIENT, ended=moment(7, 1)), ROOT)
    assert b"The coaching ended on 1 July 2026." in site.files["index.html"]
    assert b"The coaching ended on 1 July 2026." in site.files["agreement-1/index.html"]


def test_a_part_that_nobody_foresaw_is_shown() -> None:
    """Whatever a signed agreement says beside its terms stands on its page: a reader must not miss what they sign."""
    clauses = {**SIGNED.agreement.clauses, "penalty-fee": {"late-notice": ["two days", {"who": "payer"}]}}
    shown = replace(SIGNED, agreement=replace(SIGNED.agreement, clauses=clauses))
    page = build_site(replace(CLIENT, agreements=(shown,)), ROOT).files["agreement-1/index.html"].decode()
    assert "Penalty fee</h2>" in page
    assert "<dt>Late notice</dt><dd>Two days and who: your sponsor</dd>" in page


def test_somebody_who_signed_nothing_reads_no_agreement() -> None:
    """A supervisor is told that it was agreed, without a clause number that would count the others."""
    shown = replace(TALK, to="supervisor", form=Form.TOPIC, clauses=(), terms=("supervision",))
    nothing = {"agreements": (), "in_force_from": (), "entries": (), "others": (), "adviser": ()}
    site = build_site(replace(CLIENT, party="supervisor", role="adviser", shown=(shown,), **nothing), ROOT)
    text = site.files["texts/index.html"].decode()
    assert "Ruth Ellery (the coach) shared this with you on" in text
    assert "<p>It was agreed in writing. Only those who sign the agreement can read all of it.</p>" in text
    assert "agreement-1" not in "".join(site.files)


def test_what_is_the_clients_own_needs_no_clause() -> None:
    """What comes from her alone she may always read, and the page says so."""
    site = build_site(replace(CLIENT, shown=(replace(TALK, clauses=(), terms=()),)), ROOT)
    assert b"It is your own: what comes from you alone you may always read." in site.files["texts/index.html"]


def test_what_was_replaced_says_when() -> None:
    """An earlier version is not presented as being in force to its last day."""
    second = replace(SIGNED, agreement=replace(SIGNED.agreement, version=2))
    later = (*CLIENT.in_force_from, (2, moment(4, 1)))
    site = build_site(replace(CLIENT, agreements=(SIGNED, second), in_force_from=later), ROOT)
    first = site.files["agreement-1/index.html"].decode()
    assert "In force from 12 January 2026 until agreement 2 replaced it on 1 April 2026." in first
    assert "In force from 1 April 2026 to 31 December 2026." in site.files["agreement-2/index.html"].decode()


def test_people_with_the_same_answers_share_a_column() -> None:
    """Three circles that learn nothing are one column, not three."""
    circles = tuple(replace(term, recipients=("peers", "reports", "board")) for term in SIGNED.agreement.terms[-1:])
    agreement = replace(SIGNED.agreement, terms=(*SIGNED.agreement.terms[:-1], *circles))
    site = build_site(replace(CLIENT, agreements=(replace(SIGNED, agreement=agreement),)), ROOT)
    page = site.files["agreement-1/index.html"].decode()
    assert "Your peers, your direct reports and the board</th>" in page

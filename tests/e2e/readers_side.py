"""The whole line from the parties' side: what each of them sees in Chromium, and what nobody of them ever meets."""

from __future__ import annotations

import re

import pytest

from tests.e2e.line import Line
from tests.e2e.script import READERS
from tests.e2e.words import found_in

# What the site of each reader says of the clause behind their text.
BECAUSE = {
    "client": "It is your own",
    "payer": "The coach may tell you, the client’s manager and the board about the shared goals, in summary.",
    "manager": "The coach may tell you, the sponsor and the board about the shared goals, in summary.",
    "adviser": "Only those who sign the agreement can read all of it.",
}
BY_NAME = {"payer": "goals-to-sponsors", "manager": "goals-to-sponsors", "adviser": "talks-to-adviser"}


def test_a_letter_opens_the_draft_alone(line: Line) -> None:
    """The one-time code opens the draft agreement and the making of a key; words that are not on the letter nothing."""
    assert "did not open" in line.seen["wrong-code"]
    for party in READERS:
        assert "Make your key" in line.seen[f"{party}-welcome"]
        assert "Nothing yet" in line.seen[f"{party}-draft"]
        assert not found_in(line.seen[f"{party}-draft"], line.script.written)
    for party in ("client", "payer"):
        assert "Read and sign the agreement" in line.seen[f"{party}-draft"]
        assert "Who may learn what" in line.seen[f"{party}-agreement"]


def test_the_passphrase_is_shown_once(line: Line) -> None:
    """The six words stand on one page, once; afterwards there is the fingerprint only."""
    for party in READERS:
        visitor = line.visitors[party]
        words = visitor.passphrase.split()
        assert len(words) == 6
        assert not set(words) & set(line.seen[f"{party}-words-again"].split())
        assert visitor.fingerprint[:4] in line.seen[f"{party}-words-again"]
        assert "no longer in this server" in line.seen[f"{party}-left"]


def test_a_used_code_opens_nothing(line: Line) -> None:
    """Whoever finds the letter afterwards is too late."""
    assert "did not open" in line.seen["client-old-code"]
    assert "did not open" in line.seen["payer-old-code"]


def test_the_same_words_open_nobody_elses_page(line: Line) -> None:
    """Each reader has words and a key of their own."""
    assert len({line.visitors[party].passphrase for party in READERS}) == len(READERS)
    assert len({line.visitors[party].fingerprint for party in READERS}) == len(READERS)
    assert all("did not open" in line.seen[f"{party}-wrong-words"] for party in ("client", "payer"))


@pytest.mark.parametrize("party", READERS)
def test_a_party_reads_what_was_told_to_them(line: Line, party: str) -> None:
    """Every section that was disclosed to a reader stands on their page, with the clause that allows it."""
    text = line.seen[f"{party}-texts"]
    assert set(found_in(text, line.script.mine(party))) == line.script.mine(party)
    assert BECAUSE[party] in text
    page = line.visitors[party].pages[line.visitors[party].address + "texts/"].seen
    assert (BY_NAME[party] in page) if party in BY_NAME else ("Clauses by name" not in page)


def test_a_clause_is_a_link_into_the_agreement(line: Line) -> None:
    """The sponsor's page says when it was agreed, and leads to the clause."""
    payer = line.visitors["payer"]
    assert "You agreed on" in line.seen["payer-texts"]
    led = re.search(r"agreement-1/#(clause-\d+)\"", payer.pages[payer.address + "texts/"].source)
    assert led
    assert f'id="{led[1]}"' in payer.pages[payer.address + "agreement-1/"].source


def test_the_client_sees_what_others_see(line: Line) -> None:
    """Word for word what stands on the pages of the others; what was withdrawn is on no page any more."""
    others = {word for party in ("payer", "manager", "adviser") for word in line.script.mine(party)}
    assert set(found_in(line.seen["client-others"], others)) == others
    assert "The board" in line.seen["client-others"] and "can read nothing about you" in line.seen["client-others"]


def test_the_client_sees_that_somebody_asked(line: Line) -> None:
    """Her history has the refused request and the withdrawal; what the coach wrote about them stands nowhere."""
    client = line.visitors["client"]
    history = client.pages[client.address + "history/"].seen
    assert "career" in history.lower() and "refused" in history.lower() and "withdr" in history.lower()


@pytest.mark.parametrize("party", READERS)
def test_a_party_never_meets_a_word_meant_for_others(line: Line, party: str) -> None:
    """No word of another section, another person or another partnership: not on a page, in a source, in the index."""
    visitor = line.visitors[party]
    kept = line.script.kept_from(party)
    assert len(kept) >= 20
    assert {got.title for got in visitor.pages.values()} == {"Private page"}
    assert set(line.script.mine(party)) <= set(found_in(visitor.files[visitor.index], line.script.mine(party)))
    for name, text in {**visitor.files, "in all": visitor.everything}.items():
        assert not found_in(text, kept), name


@pytest.mark.parametrize("party", READERS)
def test_the_search_finds_a_readers_own_words_only(line: Line, party: str) -> None:
    """Typed into the search, a word of one's own text leads to it, and a withheld word to nothing."""
    assert "1 matching document" in line.seen[f"{party}-search-own"]
    assert "No matching documents" in line.seen[f"{party}-search-kept"]


@pytest.mark.parametrize("party", READERS)
def test_no_address_of_another_site_opens(line: Line, party: str) -> None:
    """Every address of every other site, tried with one's own session: nothing is there, or a closed door."""
    tried = {address: got for (who, address), got in line.knocks.items() if who == party}
    own = line.visitors[party].address
    assert any(address.startswith(own) for address in tried) or party == "client"
    for address, (status, final, body) in tried.items():
        assert not found_in(body, line.script.kept_from(party)), address
        assert not found_in(body, line.script.words_of("coach", "client")), address
        if address.startswith(own):
            assert status == 404, address
        else:
            assert "This page is closed." in body, address
            assert final.count("/") == 5, final


@pytest.mark.parametrize("party", READERS)
def test_a_browser_asks_nobody_else_and_has_no_complaint(line: Line, party: str) -> None:
    """Every request goes to the portal, and no page breaks its own rules about scripts and styles."""
    assert line.visitors[party].strangers == set()
    assert line.complained[party] == []

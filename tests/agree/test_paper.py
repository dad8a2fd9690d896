"""The page to sign says all that the file says, ties itself to it, names only who signs, and needs nothing else."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given

from confide.model.agreement import Agreement
from confide.model.partnership import People, Person
from confide.records.agreement_file import parse_agreement
from confide.site.paper.data import data
from confide.site.paper.page import page
from confide.site.paper.seal import grouped, picture
from confide.workflows import draft
from confide.workflows.draft import Answers
from tests.agree.answers import answers
from tests.agree.test_draft import USUAL
from tests.agree.written import ROOT, VECTORS
from tests.effort import examples

TEXT = draft.first(replace(USUAL, circles=(("peers", 5), ("reports", 2)))).decode()
AGREEMENT = parse_agreement(TEXT.encode(), "a.yml")
PERSONS = (
    Person("coach", 1, "Imogen Hartwell", "Executive coach", "12 Quay Lane", "imogen@hartwell.example", "for herself"),
    Person("client", 1, "Leona <b>Brandt</b>", "Head of Assembly", authority="for herself"),
    Person("payer", 1, "Tomas Reyk", "Director of People", authority="contracts for coaching"),
    Person("payer", 2, "Anneliese Vogt", "General Counsel", authority="jointly with the director"),
    Person("adviser", 1, "Samuel Quill", "Ombudsman"),
    Person("peers", 1, "Secretia Sourceful", "Foreman", "Hidden Street 1"),
    Person("reports", 1, "Anonyma Adams", "Fitter"),
)


def people(agreement: Agreement = AGREEMENT) -> People:
    return People(agreement.partnership, PERSONS, agreement.people)


def shown(agreement: Agreement = AGREEMENT, source: str = TEXT, *, proposed: bool = True) -> str:
    return page(agreement, people(agreement), source, proposed=proposed).decode()


def visible(text: str) -> str:
    """What a reader sees, tags gone; blanks between words do not count."""
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)).split())


AGREEMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in (f"{VECTORS}/agreement*.yml", "records/*/agreements/*.yml")
    for path in ROOT.glob(pattern)
)


@given(answers())
@examples(10)
def test_any_draft_makes_a_page(a: Answers) -> None:
    """Whatever was answered: the page is made, and every clause stands in it."""
    text = draft.first(a).decode()
    agreement = parse_agreement(text.encode(), "a.yml")
    found = shown(agreement, text)
    assert found.count('<span class="number">') >= len(agreement.terms)


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    """One file: no script, nothing to fetch, and a policy that forbids both and allows exactly its own style."""
    found = shown()
    for word in (
        "<script",
        "<link",
        "<img",
        "<iframe",
        "src=",
        "href=",
        "url(",
        "@import",
        "http:",
        "https:",
        "javascript:",
    ):
        assert word not in found.replace(html.escape(TEXT), ""), word
    style = re.search(r"<style>(.*?)</style>", found, re.DOTALL)
    assert style is not None
    import base64

    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html.unescape(found)


def test_who_signs_is_named_and_no_source_is() -> None:
    """Every person of every signatory, and the adviser; who gave feedback stands nowhere, whatever the list holds."""
    found = visible(shown())
    for name in ("Imogen Hartwell", "Tomas Reyk", "Anneliese Vogt", "Samuel Quill", "12 Quay Lane"):
        assert name in found
    for name in ("Secretia", "Sourceful", "Foreman", "Hidden Street", "Anonyma", "Fitter"):
        assert name not in found


def test_a_name_is_text() -> None:
    """Whatever stands in a name or in the agreement's own words cannot become part of the page."""
    text = TEXT.replace("nothing milder", "<script>alert(1)</script> & more")
    agreement = parse_agreement(text.encode(), "a.yml")
    found = shown(agreement, text)
    assert "<script" not in found
    assert "<b>Brandt" not in found
    assert "<script>alert(1)</script> & more" in visible(found)
    assert "Leona <b>Brandt</b>" in html.unescape(found)


def test_each_person_has_a_place_to_sign() -> None:
    """Two people of one party sign each for themselves; where nobody is named there is room for a name."""
    blocks = re.findall(r"<section><h3>(.*?)</h3>(.*?)</section>", shown(), re.DOTALL)
    assert [name for name, _ in blocks] == [
        "The coach",
        "The client",
        "The sponsor",
        "The sponsor",
        "The client’s manager",
    ]
    assert all(all(f"<dt>{row}</dt>" in body for row in ("Name", "Place", "Date", "Signature")) for _, body in blocks)
    assert "Anneliese Vogt" in blocks[3][1]
    assert '<dt>Name</dt><dd><span class="blank">' in blocks[4][1]


def test_the_file_is_on_the_page_to_the_letter() -> None:
    """Whoever types the annex gets the file of that fingerprint, byte for byte."""
    listed = re.search(r'<ol class="source">(.*?)</ol>', shown(), re.DOTALL)
    assert listed is not None
    lines = re.findall(r"<li>(.*?)</li>", listed[1], re.DOTALL)
    again = "\n".join(map(html.unescape, lines)) + "\n"
    assert f"sha256:{hashlib.sha256(again.encode()).hexdigest()}" == AGREEMENT.digest


def test_the_fingerprint_is_on_every_sheet_in_groups_and_as_a_picture() -> None:
    """At the head, above the signatures, at the foot of every page; and what it is for is said."""
    found = shown()
    digits = " ".join(grouped(AGREEMENT.digest))
    assert len(grouped(AGREEMENT.digest)) == 16
    assert digits.replace(" ", "") == AGREEMENT.digest.removeprefix("sha256:")
    assert f'@bottom-center {{ content: "{digits}"' in found
    assert visible(found).count(digits) == 2
    assert str(picture(AGREEMENT)) in found
    assert 'content: counter(page) " of " counter(pages)' in found
    assert "Change one character, and it is another." in found


def test_the_picture_follows_the_fingerprint() -> None:
    """Another file has another picture."""
    other = replace(AGREEMENT, digest="sha256:" + "0" * 64)
    assert picture(other) != picture(AGREEMENT)


def test_a_draft_cannot_be_signed() -> None:
    """Before it is proposed, the page says on every sheet that it is a draft, and has no place to sign."""
    found = shown(proposed=False)
    assert '@top-center { content: "Draft, not for signing' in found
    assert "<dt>Signature</dt>" not in found
    assert "By signing I agree" not in found
    assert "Draft" not in visible(shown())


def test_the_title_says_nothing_about_anybody() -> None:
    """A browser's window, a print queue and a history show the title: no name, no partnership."""
    assert re.findall(r"<title>(.*?)</title>", shown()) == ["Agreement 1"]


def test_a_withhold_says_how_far_it_reaches() -> None:
    """What limits a share frees in a withhold: it is never said in the words of a permission (POLICY 4 and 5)."""
    text = (ROOT / "tests/vectors/agreements/two-party/agreement.yml").read_text()
    clauses = {clause["id"]: clause for clause in data(parse_agreement(text.encode(), "a.yml"))["clauses"]}
    assert clauses["not-by-phone"]["conditions"] == ["This binds for telling it by telephone, and for no other way."]
    assert clauses["nobody-named"]["conditions"] == ["This binds where the source is named, and not otherwise."]
    assert clauses["accounts-while-talks-run"]["conditions"] == [
        "This binds while it is so, and in doubt it is so: talks about a sale are going on.",
        "The client says in writing whether it is.",
    ]
    narrowed = text.replace("form: verbatim}", "form: summary}")
    assert narrowed != text
    again = {clause["id"]: clause for clause in data(parse_agreement(narrowed.encode(), "a.yml"))["clauses"]}
    assert again["no-transcripts"]["says"].endswith("in summary, or in any wider form.")
    assert clauses["no-transcripts"]["says"].endswith("word for word.")


def test_an_amendment_says_what_it_replaces() -> None:
    """Version 2 names the version whose place it takes."""
    text = draft.amendment(TEXT.encode(), 2, AGREEMENT.people, AGREEMENT.effective + timedelta(days=9))
    found = visible(shown(parse_agreement(text, "a.yml"), text.decode()))
    assert "it takes the place of agreement 1" in found
    assert "takes the place" not in visible(shown())


def test_there_are_agreements_to_show() -> None:
    """The tests above ran over something."""
    assert len(AGREEMENTS) >= 8
    assert all((ROOT / Path(path)).is_file() for path in AGREEMENTS)

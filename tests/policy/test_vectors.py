"""Written-down questions with the only right answer and all of its reasons; format version 1 is readable for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from confide.policy.decide import decide
from confide.policy.visible import visible
from tests.policy import naive
from tests.policy.measure import why
from tests.policy.vectors import DIRECTORY, Page, Question, Unknown, everything, load

QUESTIONS, PAGES = everything()


def test_there_are_vectors() -> None:
    """At least forty questions were found, with every verdict among them, and pages of several parties."""
    assert len(QUESTIONS) >= 40
    assert {q.expect.value for q in QUESTIONS} == {"allow", "not yet", "deny"}
    assert len({page.party for page in PAGES}) >= 4


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_the_answer_is_the_one_written_down(question: Question) -> None:
    """Verdict and the slugs of all reasons, nothing missing and nothing added."""
    decision = decide(question.request, question.story.at(question.at), question.at)
    assert (decision.verdict, sorted({r.rule for r in decision.reasons})) == (question.expect, sorted(question.reasons))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_the_naive_reading_gives_the_same_answer(question: Question) -> None:
    """What is written down, decided and naively read again agree."""
    record = question.story.at(question.at)
    shares = {t.id for a in record.agreements for t in a.terms if t.shares}
    decision = decide(question.request, record, question.at)
    assert naive.decide(question.request, record, question.at) == (question.expect, why(decision, shares))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_shows_what_is_written_down(page: Page) -> None:
    """Exactly these texts stand on the page, from these events; the client reads exactly these on others' pages."""
    story = page.story
    view = visible(story.at(page.at), page.party, story.texts, story.people, {})
    assert sorted(shown.text.title for shown in view.shown) == sorted(page.shows)
    if page.events is not None:
        assert tuple(shown.event for shown in view.shown) == page.events
    if page.others is not None:
        assert {reader: tuple(s.text.title for s in shown) for reader, shown in view.others} == page.others


@pytest.mark.parametrize("where", ["", "questions", "agreements"])
def test_an_unknown_key_is_fatal(where: str, tmp_path: Path) -> None:
    """A misspelt key in a vector is an error, wherever it stands: a question is never asked by half."""
    data = json.loads((DIRECTORY / "three-way.json").read_text("utf-8"))
    (data[where][0] if where else data)["expcet"] = "allow"
    path = tmp_path / "misspelt.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(Unknown, match="expcet"):
        load(path)

"""A text is chosen sentence by sentence, and what was left out is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.policy.extract import chosen, extract, sentences

TEXT = '## Monday\n\nHe wrote "leave". She left. At 10.30 p.m. they met!\n\n- One thing\n- Another. And more?'


def test_sentences_of_paragraphs_quotations_and_lists() -> None:
    assert sentences(TEXT) == (
        'He wrote "leave".', "She left.", "At 10.30 p.m. they met!", "- One thing", "- Another.", "And more?",
    )  # fmt: skip


def test_gaps_are_marked_so_that_nobody_takes_it_for_the_whole() -> None:
    assert extract(TEXT, "2,5-6") == "[…] She left. […] - Another. And more?"
    assert extract(TEXT, "1-6") == " ".join(sentences(TEXT))


@pytest.mark.parametrize("choice", ["", "0", "7", "2-", "all", "1;2", "-1", "3-2"])
def test_what_is_no_choice(choice: str) -> None:
    with pytest.raises(ValueError, match=r"numbers|there are"):
        chosen(choice, 6)


@given(st.text(max_size=200))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    """The sentences together are the text, but for white space."""
    body = text.partition("\n")[2] if text.startswith("## ") else text
    assert " ".join(sentences(text)).split() == body.split()

"""Words and codes people type."""

from __future__ import annotations

import math
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.ids import ALPHABET
from confide.vault import passphrase
from confide.vault.passphrase import normal, one_time_code, six_words, strong_enough


def test_six_words_are_77_bits() -> None:
    """Six plain words, each from a list of more than 7,700 without doubles: at least 77 bits."""
    words = passphrase._word_list()
    assert len(words) == len(set(words)) and 6 * math.log2(len(words)) > 77
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in words)
    assert all(re.fullmatch(r"[a-z]{3,9}(-[a-z]{3,9}){5}", six_words()) for _ in range(50))


def test_a_code_is_twenty_letters_in_groups() -> None:
    """Nearly 100 bits from letters that are not mistaken for each other."""
    codes = [one_time_code() for _ in range(50)]
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{4}}", code) for code in codes)
    assert len(set(codes)) == 50 and 20 * math.log2(len(ALPHABET)) == 100


def test_chance_comes_from_the_operating_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word and letter is chosen by `secrets`."""
    asked: list[object] = []
    real = passphrase.secrets.choice
    monkeypatch.setattr(passphrase.secrets, "choice", lambda items: asked.append(items) or real(items))
    six_words()
    assert len(asked) == 6
    one_time_code()
    assert len(asked) >= 26


@given(st.data())
def test_however_it_is_typed_it_is_the_same_code(data: st.DataObject) -> None:
    """Capitals, spaces, dashes of any kind, letters taken for digits: forgiven."""
    code = one_time_code()
    typed = code.upper() if data.draw(st.booleans()) else code
    typed = typed.replace("-", data.draw(st.sampled_from(["-", " ", "", " - ", "\u2013", "\u00a0", "\n"])))
    if data.draw(st.booleans()):
        typed = typed.replace("0", "O").replace("1", data.draw(st.sampled_from("lIiL")))
    assert normal(f" {typed} ") == normal(code) == code.replace("-", "")


def test_different_codes_stay_different() -> None:
    """Forgiving changes no letter of the alphabet into another."""
    assert [normal(letter) for letter in ALPHABET] == list(ALPHABET)
    assert normal("Apple Pear") == normal("apple-pear") and normal("apple") != normal("pear")


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("", False),
        ("short", False),
        ("fourteen chars", False),
        ("a" * 40, False),
        ("abababababababab", False),
        ("passwordpassword", False),
        ("axaxbxaxbxbxaxaxbxax", False),
        ("abcdefghijklmnopqrstuvwxyz", False),
        ("1234567890123456", False),
        ("aaaaaaabbbbbbbcccccccdefg", False),
        ("ferry lantern on blue gravel", True),
        ("Übermorgen regnet es wieder", True),
        ("x7#kQ9!vLm2$pWz4", True),
    ],
)
def test_a_floor_for_chosen_passphrases(text: str, enough: bool) -> None:
    """Fifteen characters that are not one thing again and again; typed composed or not."""
    assert strong_enough(text) is enough
    assert strong_enough(unicodedata.normalize("NFD", text)) is enough


def test_what_is_offered_passes_the_floor() -> None:
    """Six words and one-time codes are always strong enough."""
    assert all(strong_enough(six_words()) and strong_enough(one_time_code()) for _ in range(50))

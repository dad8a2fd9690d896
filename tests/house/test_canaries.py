"""The look at what a run leaves behind is not blind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import canaries

WORDS = b"An apricot lighthouse.\n"


def test_words_are_found_wherever_they_lie(tmp_path: Path) -> None:
    """In a file of any kind, in a loose object, in a pack, in a text that Git keeps of a decrypted view."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x"]
    try:
        subprocess.run([*git, "init", "--quiet"], check=True)
        assert canaries.found([tmp_path]) == []
        subprocess.run([*git, "hash-object", "-w", "--stdin"], input=WORDS, check=True, capture_output=True)
        (loose,) = canaries.found([tmp_path])
        assert "/objects/" in loose
        (tmp_path / "file").write_bytes(WORDS)
        subprocess.run([*git, "add", "file"], check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", "x"], check=True)
        subprocess.run([*git, "gc", "--quiet"], check=True)
        places = canaries.found([tmp_path])
        assert str(tmp_path / "file") in places
        assert any(place.endswith(".pack") for place in places)
    finally:
        # The same look is taken at this directory when the run ends.
        shutil.rmtree(tmp_path)


@pytest.mark.parametrize("text", [b"a lighthouse", b"apricot\0lighthouse", b"apricot and then, later on, a lighthouse"])
def test_single_words_are_no_find(tmp_path: Path, text: bytes) -> None:
    """They stand in word lists and dictionaries."""
    (tmp_path / "file").write_bytes(text)
    assert canaries.found([tmp_path]) == []


def test_the_sought_words_are_in_the_notes_of_the_tests() -> None:
    """A pair that stands in no note would be sought for nothing."""
    tests = Path(__file__).parents[1]
    texts = (tests / "cli/data/note.md").read_bytes() + (tests / "vault/test_no_trace.py").read_bytes()
    for pair in canaries.PAIRS:
        assert canaries.SOUGHT.search(b"%s %s" % pair)
        assert all(word in texts.lower() for word in pair)
    assert len(canaries.SOUGHT.findall(texts)) >= len(canaries.PAIRS)

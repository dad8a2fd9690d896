"""What each reader of the demo opens with the words from its table, and what is in nobody's pages but theirs."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from confide.cli.story import cast
from confide.model.problem import NotAllowed
from confide.portal.service import Service
from confide.site.built import BuiltSite
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import SealedSite
from tests.demo.stage import KEEPER, READERS, Demo, bare
from tests.e2e.prose import runs, runs_of, words

# So long a piece of a note cannot stand somewhere else by chance.
PIECE = 6


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_what_was_told_to_them(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """The passphrase in the table opens the site, and every text that was told and not taken back stands in it."""
    partnership, party = _who(demo, reader)
    site = "\n".join(_texts(sites[reader].files).values())
    sections, told = demo.sections(partnership), demo.told(partnership, party)
    assert told
    for section in told:
        title, _, body = sections[section].partition("\n")
        assert title in site
        assert runs(body, PIECE) <= runs(site, PIECE), section


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_no_piece_of_anything_else(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """No six words of a section that was not told to them, of either partnership, stand anywhere in their files."""
    partnership, party = _who(demo, reader)
    told = demo.told(partnership, party)
    if party == "client":
        told |= {ref for other in ("payer", "manager", "adviser") for ref in demo.told(partnership, other)}
    kept = [text for ref, text in demo.sections(partnership).items() if ref not in told]
    kept += [text for other in demo.partnerships if other != partnership for text in demo.sections(other).values()]
    pieces = runs_of(map(bare, kept), PIECE) | runs_of((t.partition("words:")[2] for t in demo.details.values()), PIECE)
    assert len(pieces) > 100
    for name, text in _texts(sites[reader].files).items():
        assert not pieces & runs(text, PIECE), name


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_never_meets_the_other_partnership(
    demo: Demo, sites: dict[str, SealedSite], nothing: BuiltSite, reader: str
) -> None:
    """Neither its id nor one of its people, nor four words of its notes in a row that are not everybody's."""
    partnership, _ = _who(demo, reader)
    (other,) = set(demo.partnerships) - {partnership}
    people = cast.SECOND if reader.startswith("first") else cast.FIRST
    strangers = {word.lower() for person in people for word in person.name.split()} - KEEPER
    notes = runs_of(map(bare, demo.sections(other).values()), 4) - runs_of(_texts(nothing.files).values(), 4)
    assert len(notes) > 50
    for name, text in _texts(sites[reader].files).items():
        assert other not in text, name
        assert not strangers & set(words(text)), name
        assert not notes & runs(text, 4), name


@pytest.mark.parametrize("reader", ["first adviser", "first payer"])
def test_a_reader_knows_only_whom_they_sign_with(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """The adviser knows nobody but the coach; the sponsor everybody who signs, and the adviser."""
    known = {"first adviser": {"coach", "adviser"}, "first payer": {person.party for person in cast.FIRST}}[reader]
    hidden = {word.lower() for person in cast.FIRST if person.party not in known for word in person.name.split()}
    shown = {word.lower() for person in cast.FIRST if person.party in known for word in person.name.split()}
    text = {word for page in _texts(sites[reader].files).values() for word in words(page)}
    assert shown <= text
    assert not hidden & text


def test_wrong_words_open_nothing(demo: Demo) -> None:
    """Somebody else's passphrase does not open a reader's page."""
    mine, theirs, *_ = demo.said["readers"]
    service = Service(PortalStore(demo.path / "build/portal"))
    with pytest.raises(NotAllowed, match="did not open"):
        service.open(mine["address"].rstrip("/").rpartition("/")[2], theirs["passphrase"], datetime.now(UTC))


def _who(demo: Demo, reader: str) -> tuple[str, str]:
    which, party = reader.split()
    return demo.partnerships[0 if which == "first" else 1], party


def _texts(site: Mapping[str, bytes]) -> dict[str, str]:
    """file → what stands in it, as it is and once more as it reads without its tags."""
    raw = {name: data.decode("utf-8", "replace") for name, data in site.items()}
    return {name: f"{text}\n{html.unescape(re.sub('<[^>]+>', ' ', text))}" for name, text in raw.items()}

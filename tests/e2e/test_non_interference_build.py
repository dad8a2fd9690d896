"""Non-interference through the real build: real keys, real commits, real MkDocs, and not one byte of difference.

The property tests on the pure core try many small worlds; here are two whole ones. In both the payer is told the same
at the same moments. Everything else that can differ does: other texts in the same notes, other notes, disclosures to
others, refusals, withdrawals, readers, publications, a draft, a whole other partnership, files, settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from confide.site.built import BuiltSite
from tests.e2e.worlds import SHARED, World, begin, busy, for_the_payer, part, quiet

pytestmark = pytest.mark.gpg


@dataclass(frozen=True)
class Both:
    """The worlds and the payer's site in each."""

    quiet: World
    busy: World
    sites: tuple[BuiltSite, BuiltSite]


@pytest.fixture(scope="module")
def common(make_short_home: Callable[[], Path]) -> World:
    return begin(make_short_home())


@pytest.fixture(scope="module")
def both(common: World) -> Both:
    one, other = quiet(part(common, "quiet")), busy(part(common, "busy"))
    return Both(one, other, (one.site("payer"), other.site("payer")))


def test_the_worlds_do_differ(both: Both) -> None:
    """The comparison below compares something: heads, objects, records, readers and notes are others."""
    one, other = both.quiet.practice, both.busy.practice
    assert one.repo.head() != other.repo.head()
    assert len(list(other.repo.commits())) > len(list(one.repo.commits())) + 15
    assert (len(one.ids()), len(other.ids())) == (1, 2)
    path = f"records/{both.quiet.partnership}/notes/2026-02-03.md.gpg"
    assert one.read(path) != other.read(path)
    assert both.quiet.site("client").files != both.busy.site("client").files
    assert both.quiet.site("manager").files != both.busy.site("manager").files


def test_every_byte_of_the_payers_site_is_the_same(both: Both) -> None:
    """Same files with the same names and the same bytes; same assets, same rules for scripts, the same to sign."""
    one, other = both.sites
    assert sorted(one.files) == sorted(other.files)
    assert [name for name in one.files if one.files[name] != other.files[name]] == []
    assert one.assets == other.assets
    assert one.csp == other.csp
    assert one.asks == other.asks
    assert "before: sha256:" in one.asks[0].statement


def test_the_payers_site_says_what_it_should(both: Both) -> None:
    """It is no empty site: both texts, the clause, and the question that was answered no."""
    text = b"\n".join(both.sites[0].files.values()).decode()
    assert SHARED in text
    assert "The third team has begun." in text
    assert "#clause-" in text
    assert "aaaaaaa3" in text
    assert "Read and sign the changed agreement" in text


def test_a_difference_that_concerns_the_payer_shows(common: World, both: Both) -> None:
    """The comparison is not blind: one other word in what the payer is told makes another site."""
    world = part(common, "third")
    world.at(3)
    world.note(3, SHARED.replace("Two", "Three"))
    world.at(9)
    world.note(17, "The third team has begun.")
    for_the_payer(world)
    changed = world.site("payer")
    differing = {name for name in changed.files if changed.files[name] != both.sites[0].files[name]}
    assert differing == {"texts/index.html", "search/search_index.json"}

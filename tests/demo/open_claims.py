"""What stands in the open in the demo: everything Git holds, every name of a file, every byte on the portal's host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from confide.cli.story import cast
from confide.model.problem import Malformed
from confide.site.built import BuiltSite
from confide.vault import packets
from confide.vault.portal_store import PortalStore
from confide.workflows import template
from tests.demo.stage import KEEPER, Demo, bare, names
from tests.e2e.prose import runs, runs_of, words
from tests.e2e.traces import objects

PSEUDONYM = re.compile(r"(client|payer|manager|adviser)@p-\w+\.invalid|(p-\w+|publishing)@confide\.invalid")


def test_no_object_of_git_holds_a_name(demo: Demo) -> None:
    """All objects, reachable or not, and all refs: no word of anybody's name but the keeper's, in her own commits."""
    looked_at = 0
    for where, data in _open_bytes(demo.path):
        looked_at += 1
        found = names() & set(words(data))
        assert not found, where
    assert looked_at > 300


def test_the_keepers_name_stands_in_commits_and_in_her_key(demo: Demo) -> None:
    """Where it stands is exactly where Git and OpenPGP need it."""
    holding = set()
    for where, data in objects(demo.path):
        if where.startswith("object") and KEEPER & set(words(data)):
            kind = demo.terminal.git("cat-file", "-t", where.split()[1]).out.strip()
            holding.add(kind)
    assert holding == {"commit"}
    assert cast.COACH_NAME in demo.plain.gpg("--show-keys", stdin=demo.coach_key).out


def test_no_object_of_git_holds_three_words_of_a_note(demo: Demo) -> None:
    """Nor of what was written about a refusal or a withdrawal: what a person wrote is in ciphertext only."""
    assert len(_written(demo)) > 300
    assert _holding(demo, demo.path) == []


def test_the_search_through_git_is_not_blind(demo: Demo) -> None:
    """One sentence of a note, stored as an object that nothing refers to, is found."""
    copy = demo.copy()
    line = next(line for text in demo.notes.values() for line in bare(text).splitlines() if len(line) > 40)
    stray = copy.run("git", "hash-object", "-w", "--stdin", stdin=f"he said: {line}").out.strip()
    assert _holding(demo, copy.where) == [f"object {stray}"]
    shutil.rmtree(copy.where)


def test_no_key_on_record_names_anybody(demo: Demo) -> None:
    """The user ids of all public keys are pseudonyms; the coach's own bears her name."""
    keys = [path for path in (demo.path / "records").rglob("*.asc") if path.read_text() != demo.coach_key]
    assert len(keys) > 8
    for path in keys:
        listed = demo.plain.gpg("--with-colons", "--show-keys", str(path)).out
        ids = [line.split(":")[9] for line in listed.splitlines() if line.startswith("uid:")]
        assert len(ids) == 1, path.name
        assert PSEUDONYM.fullmatch(ids[0]), path.name


def test_no_file_is_named_after_anybody(demo: Demo) -> None:
    """Paths in every tree and on the disk are ids, dates, numbers and words of closed lists."""
    paths = {path.relative_to(demo.path).as_posix() for path in demo.path.rglob("*")}
    paths |= set(demo.terminal.git("log", "--all", "--name-only", "--format=").out.split())
    told = _written(demo)
    for path in paths:
        assert not (names() | KEEPER) & set(words(path)), path
        assert not told & runs(path, 3), path


def test_the_portals_host_holds_no_word(demo: Demo, nothing: BuiltSite) -> None:
    """The store has sealed messages, keys, dates and pseudonyms; its assets are those of a site that shows nothing."""
    store = demo.path / "build/portal"
    told = _written(demo)
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".zip":
            assert PortalStore(store).shelf.assets(path.stem) == nothing.assets
        elif path.suffix == ".gpg":
            assert packets.sealed_for_keys(data), path.name
        else:
            assert not (names() | KEEPER) & set(words(data)), path.name
            assert not told & runs(data, 3), path.name
    assert not list(store.glob("inbox/*/*"))


def _written(demo: Demo) -> set[str]:
    """Three words in a row of anything a person wrote."""
    texts = [bare(text) for text in (*demo.notes.values(), *demo.beside.values())]
    return runs_of([*texts, *(text.partition("words:")[2] for text in demo.details.values())], 3)


def _holding(demo: Demo, repository: Path) -> list[str]:
    written = _written(demo)
    return [where for where, data in _open_bytes(repository) if written & runs(data, 3)]


def _open_bytes(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Every object of Git and the refs, without what the project itself ships and without ciphertext's random bytes."""
    shipped = {data.lower() for data in template.files().values()}
    for where, data in objects(repository):
        if data not in shipped:
            yield where, _open_part(data)


def _open_part(data: bytes) -> bytes:
    """Nothing of what is exactly a sealed message, everything of the rest."""
    try:
        packets.sealed_for_keys(data)
    except Malformed:
        return data
    return b""

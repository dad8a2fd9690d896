"""Git's formats, read strictly: what is accepted is exactly what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.ledger.issuer import claimed_issuer
from confide.ledger.objects import (
    TREE_MODE,
    commit_payload,
    object_id,
    parse_changes,
    parse_commit,
    parse_tree,
    render_tree,
    with_signature,
)
from confide.model.problem import Malformed
from tests.ledger.keepers import Keeper

TREE, PARENT = "a" * 40, "b" * 40
AT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
SIGNATURE = b"-----BEGIN PGP SIGNATURE-----\n\nabcd\n=efgh\n-----END PGP SIGNATURE-----\n"


def payload(message: str = "notes\n") -> bytes:
    return commit_payload(TREE, (PARENT,), "Morgan Reed", "morgan@example.org", AT, message)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_commit_comes_apart_into_what_it_was_made_of(message: str) -> None:
    """Payload, signature and message return byte for byte, whatever the message."""
    data = with_signature(payload(message), SIGNATURE)
    commit = parse_commit(object_id("commit", data), data)
    assert (commit.payload, commit.signature, commit.message) == (payload(message), SIGNATURE, message)
    assert (commit.tree, commit.parents, commit.author_time, commit.committer_time) == (TREE, (PARENT,), AT, AT)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.replace(b"\nauthor", b"\nencoding latin-1\nauthor"),
        lambda d: d.replace(b"\n\nnotes", b"\nencoding latin-1\n\nnotes"),
        lambda d: d.replace(b"\n\nnotes", b"\ngpgsig again\n\nnotes"),
        lambda d: d.replace(b"\n\nnotes", b"\ngpgsig-sha256 x\n\nnotes"),
        lambda d: d.replace(b"\n\nnotes", b"\nmergetag object x\n\nnotes"),
        lambda d: d.replace(b"parent " + b"b" * 40, b"parent main"),
        lambda d: d.replace(b"tree " + b"a" * 40, b"tree " + b"a" * 39),
        lambda d: d.replace(b"author Morgan", b"author Morgan <x> "),
        lambda d: d.replace(b" +0000", b""),
        lambda d: d.replace(b"> 17", b"> -17"),
        lambda d: d.replace(b"notes", b"n\xf6tes"),
        lambda d: d.replace(b"\ncommitter", b"\n committer"),
        lambda d: d[:0],
    ],
)
def test_what_the_ledger_would_not_write_is_refused(edit: object) -> None:
    """Headers beside the known ones, twice, out of order, or written otherwise: signed over, but never looked at."""
    data = edit(with_signature(payload(), SIGNATURE))  # type: ignore[operator]
    with pytest.raises(Malformed) as refusal:
        parse_commit("c" * 40, data)
    assert refusal.value.problems[0].rule == "commit-form"


@pytest.mark.parametrize("name", ["Morgan\nparent x", "Morgan <x", "Morgan > x"])
def test_a_name_cannot_write_headers(name: str) -> None:
    """Line breaks and brackets in a name would become another commit than the one that was meant."""
    with pytest.raises(ValueError, match="neither angle brackets nor line breaks"):
        commit_payload(TREE, (), name, "morgan@example.org", AT, "notes\n")


names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=8)
entries = st.dictionaries(
    names, st.tuples(st.sampled_from(["100644", TREE_MODE]), st.text("0123456789abcdef", min_size=40, max_size=40))
)


@given(entries)
def test_trees_return_as_they_were(content: dict[str, tuple[str, str]]) -> None:
    """Names, modes and ids, in Git's own order: a directory sorts as if it ended in a slash."""
    data = render_tree(content)
    assert parse_tree(data) == content
    order = [name.encode() + b"/" * (mode == TREE_MODE) for name, (mode, _) in parse_tree(data).items()]
    assert order == sorted(order)


def test_changes_are_kept_apart_by_pair() -> None:
    """A pair of trees without a difference gives an empty tuple, not a shift of the ones after it."""
    meta = f":000000 100644 {'0' * 40} {'c' * 40} A".encode()
    pair = f"{TREE} {PARENT}\n".encode()
    found = list(parse_changes(pair + meta + b"\0a b\0" + pair + pair + meta + b"\0c\nd\0" + meta + b"\0e\0"))
    assert [[change.path for change in side] for side in found] == [["a b"], [], ["c\nd", "e"]]


@pytest.mark.gpg
def test_the_claimed_issuer_is_read_from_the_signature(coach: Keeper) -> None:
    """Its key id, as GnuPG wrote it; nothing from what is no signature."""
    assert claimed_issuer(coach.sign(AT)(b"x")) == coach.fingerprint[-16:]
    assert claimed_issuer(b"") == claimed_issuer(SIGNATURE) == claimed_issuer(b"\n\n!!!!\n-----END") == ""

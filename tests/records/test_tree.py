"""The tree: every path has a kind or no place, and nothing leaves `records/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.problem import NotAllowed
from confide.records import tree
from tests.records import strategies
from tests.records.reasons import everything_in

P = "p-7t4m"
KEY = "A1" * 20
EVENT = "2026-02-10-disclosed-x7k2m9qd"
PLACES = {
    "practice": tree.PRACTICE,
    "keeper-key": tree.keeper_key(KEY),
    "partnership": tree.partnership(P),
    "people": tree.people(P),
    "key": tree.partnership_key(P),
    "party-key": tree.party_key(P, "payer.hr", 2),
    "agreement": tree.agreement(P, 12),
    "signature": tree.agreement_signature(P, 1, "client-2", 1),
    "document": tree.agreement_document(P, 1, "payer.hr", 3),
    "instrument": tree.instrument(P, "trust-nda-7"),
    "instrument-document": tree.instrument_document(P, "trust-nda-7"),
    "note": tree.sealed_note(P, tree.note_path("2026-02-03-2")),
    "feedback": tree.sealed_note(P, "feedback/a83dw5hn"),
    "summary": tree.sealed_note(P, "summaries/a83dw5hn"),
    "event": tree.event(P, EVENT),
    "detail": tree.event_detail(P, EVENT),
    "event-signature": tree.event_signature(P, EVENT),
    "event-document": tree.event_document(P, EVENT),
}


def test_the_layout_is_the_designed_one() -> None:
    """These are the paths, and each is known as what it is."""
    assert list(PLACES.values()) == [
        "records/practice.yml",
        f"records/keys/{KEY}.asc",
        "records/p-7t4m/partnership.yml",
        "records/p-7t4m/people.yml.gpg",
        "records/p-7t4m/key.asc",
        "records/p-7t4m/keys/payer.hr.2.asc",
        "records/p-7t4m/agreements/12.yml",
        "records/p-7t4m/agreements/1.client-2.1.sig",
        "records/p-7t4m/agreements/1.payer.hr.3.document.gpg",
        "records/p-7t4m/instruments/trust-nda-7.yml",
        "records/p-7t4m/instruments/trust-nda-7.gpg",
        "records/p-7t4m/notes/2026-02-03-2.md.gpg",
        "records/p-7t4m/feedback/a83dw5hn.md.gpg",
        "records/p-7t4m/summaries/a83dw5hn.md.gpg",
        f"records/p-7t4m/events/{EVENT}.yml",
        f"records/p-7t4m/events/{EVENT}.detail.yml.gpg",
        f"records/p-7t4m/events/{EVENT}.sig",
        f"records/p-7t4m/events/{EVENT}.document.gpg",
    ]
    for kind, path in PLACES.items():
        assert tree.shape(path) == kind
        assert tree.misplaced(path) is None
        assert tree.safe(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "records",
        "records/",
        "records/readme.md",
        "records/p-7t4m",
        "records/p-7t4m/notes",
        "records/keys/anna.asc",
        f"records/keys/{KEY.lower()}.asc",
        "records/p-7t4m/notes/2026-02-03.md",
        "records/p-7t4m/notes/2026-02-30.md.gpg",
        "records/p-7t4m/notes/2026-02-03-1.md.gpg",
        "records/p-7t4m/notes/anna.md.gpg",
        "records/p-7t4m/notes/deeper/2026-02-03.md.gpg",
        "records/p-7t4m/people.yml",
        "records/p-7t4m/keys/anna.1.asc",
        "records/p-7t4m/keys/payer.asc",
        "records/p-7t4m/keys/payer.0.asc",
        "records/p-7t4m/agreements/0.yml",
        "records/p-7t4m/agreements/01.yml",
        "records/p-7t4m/agreements/draft.yml",
        "records/p-7t4m/agreements/1.anna.1.sig",
        "records/p-7t4m/instruments/Anna.yml",
        "records/p-7t4m/feedback/anna.md.gpg",
        "records/p-7t4m/events/2026-02-10-gossip-x7k2m9qd.yml",
        "records/p-7t4m/events/2026-02-10-disclosed-anna.yml",
        "records/p-7t4m/events/2026-02-30-disclosed-x7k2m9qd.yml",
        "records/p-7t4m/events/2026-02-10-disclosed-x7k2m9qd.detail.yml",
        "records/p-7t4m/practice.yml",
        "records/P-7T4M/partnership.yml",
        "records/p-7t4m/partnership.yml\n",
        "records/p-7t4m/.partnership.yml.swp",
        "records/practice.yml~",
        "Records/practice.yml",
    ],
)
def test_everything_else_has_no_place(path: str) -> None:
    """A plaintext, a name, an editor's leftover, another spelling: no kind, and a problem that repeats nothing."""
    assert tree.shape(path) is None
    problem = tree.misplaced(path)
    assert problem is not None and problem.rule == "tree"
    assert "anna" not in everything_in(problem).lower()


@pytest.mark.parametrize("name", ["p-anna", "anna", "anna.smith", "p-marguerite", "Anna Smith", "p-7T4M", "p-1"])
def test_a_directory_named_like_a_person_is_refused(name: str) -> None:
    """The repository is not a client list, and the refusal says what to do without repeating the name."""
    problem = tree.misplaced(f"records/{name}/partnership.yml")
    assert problem is not None
    assert problem.what == "a directory under `records/` does not have the shape of a partnership's id"
    assert problem.why == "a directory named like a person would be a client list"
    assert problem.hint.startswith("`confide new` makes a partnership with a random id")
    assert name.lower() not in everything_in(problem).lower()


def test_a_file_of_a_partnership_without_a_place_is_named_by_its_directory() -> None:
    """The random id helps to find it and tells nothing."""
    problem = tree.misplaced("records/p-7t4m/notes/Anna.md")
    assert problem is not None and str(problem.place) == "records/p-7t4m"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "/records/practice.yml",
        "records/../secret",
        "records/p-7t4m/../../secret",
        "records/./practice.yml",
        "records//practice.yml",
        "records\\..\\secret",
        "records/p-7t4m/a\0b",
        "records/p-7t4m/a\nb",
        "recordsx/practice.yml",
        "records",
        "..",
        "C:/records/practice.yml",
    ],
)
def test_a_path_that_leaves_records_is_refused(path: str) -> None:
    """Dots, absolute paths, backslashes, NUL and line breaks, before any file is touched; the path is not repeated."""
    with pytest.raises(NotAllowed) as refused:
        tree.safe(path)
    (problem,) = refused.value.problems
    assert problem.what == "the path leaves `records/`"
    assert problem.hint.startswith("paths are relative to the repository")
    assert "secret" not in everything_in(problem)


@pytest.mark.parametrize("linked", ["records", "records/p-7t4m", "records/p-7t4m/key.asc"])
def test_a_path_through_a_symbolic_link_is_refused(tmp_path: Path, linked: str) -> None:
    """A link in any part, to a file or a directory, existing or dangling, could lead anywhere."""
    path = "records/p-7t4m/key.asc"
    real = tmp_path / "root"
    (real / linked).parent.mkdir(parents=True)
    (real / linked).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotAllowed, match="the path runs through a symbolic link"):
        tree.safe(path, real)
    assert tree.safe(path, tmp_path) == path


@given(
    st.one_of(st.text(max_size=40), st.lists(st.sampled_from(["records", "..", "p-7t4m", "keys", ""])).map("/".join))
)
def test_every_text_is_judged(path: str) -> None:
    """A path has a kind exactly when it is not misplaced, and only then is it safe as well."""
    assert (tree.shape(path) is None) is (tree.misplaced(path) is not None)
    if tree.shape(path) is not None:
        assert tree.safe(path) == path


@given(strategies.events())
def test_every_event_has_a_place(event: object) -> None:
    """Whatever can be written can be stored, under its own name."""
    from confide.model.event import Event

    assert isinstance(event, Event)
    assert tree.shape(tree.event(event.partnership, event.name)) == "event"
    assert tree.shape(tree.event_detail(event.partnership, event.name)) == "detail"
    assert tree.partnership_of(tree.event(event.partnership, event.name)) == event.partnership


def test_versions_are_those_in_the_work_tree(tmp_path: Path) -> None:
    """In the order of numbers; signatures, drafts under other names and other files do not count."""
    directory = tmp_path / "records" / P / "agreements"
    directory.mkdir(parents=True)
    for name in ("1.yml", "10.yml", "2.yml", "x.yml", "01.yml", "1.coach.1.sig"):
        (directory / name).touch()
    assert tree.agreement_versions(tmp_path, P) == (1, 2, 10)
    assert tree.agreement_versions(tmp_path, "p-7t4n") == ()


def test_notes_are_listed_in_their_order() -> None:
    """By day, then by number; nothing of another partnership and no other kind of file."""
    names = ["2026-02-03-10", "2026-02-03", "2026-01-09", "2026-02-03-9"]
    paths = [tree.sealed_note(P, tree.note_path(name)) for name in names]
    others = [tree.sealed_note("p-7t4n", "notes/2026-02-01"), tree.event(P, EVENT), f"records/{P}/notes/x.md.gpg"]
    assert tree.note_names([*paths, *others], P) == ("2026-01-09", "2026-02-03", "2026-02-03-9", "2026-02-03-10")

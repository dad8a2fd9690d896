"""What a plain `git commit` may not take in: refused with a reason, nothing committed."""

from __future__ import annotations

import pytest

from confide.ledger import hooks
from confide.ledger.journal import Journal, begin
from confide.records import tree
from confide.records.event_file import render_event
from confide.vault.sequoia import Certificate, encrypt
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import AGREEMENT, Desk, P, path_of, stage

pytestmark = pytest.mark.gpg

NOTE = b"---\nformat: 1\nsession: 2026-02-03\n---\n\n## Goals\n\ncanary\n"


def found(desk: Desk) -> set[str]:
    return {problem.rule for problem in hooks.run("pre-commit", desk.repo)}


def test_a_sealed_note_passes_and_is_signed_by_git_itself(hooked: Desk) -> None:
    """An encrypted note, a plain `git commit` with a message of the closed list: committed, signed, verified."""
    stage(hooked, tree.sealed_note(P, "notes/2026-02-03"), sealed(hooked))
    git(hooked.repo, "commit", "--quiet", "-m", f"note: {P} 2026-02-03")
    assert "Good signature" in git(hooked.repo, "verify-commit", "HEAD")
    assert hooked.verify().problems == ()


def sealed(desk: Desk) -> bytes:
    return encrypt(b"text", [Certificate.parse(desk.client.public)], None, desk.at)


def test_a_plaintext_note_is_stopped(hooked: Desk) -> None:
    """In a `.gpg` path, as Markdown beside it, or elsewhere in the repository: no commit, HEAD as it was."""
    head = hooked.repo.head()
    stage(hooked, tree.sealed_note(P, "notes/2026-02-03"), NOTE)
    stage(hooked, f"records/{P}/notes/2026-02-04.md", NOTE)
    stage(hooked, "scratch/today.md", NOTE)
    said = git(hooked.repo, "commit", "-m", f"note: {P} 2026-02-03", check=False)
    assert hooked.repo.head() == head
    assert "should be encrypted is not" in said
    assert "a note that is not encrypted" in said
    assert "no place in the layout" in said
    assert "canary" not in said
    assert found(hooked) == {"plaintext", "tree"}


@pytest.mark.parametrize("arguments", [["--all"], ["--include", "records"], ["--only", "records"]])
def test_no_way_to_name_files_passes_the_hook_by(hooked: Desk, arguments: list[str]) -> None:
    """`git commit -a` and `git commit FILE` use an index of their own: that one is what is looked at."""
    path = tree.sealed_note(P, "notes/2026-02-03")
    stage(hooked, path, sealed(hooked))
    git(hooked.repo, "commit", "--quiet", "-m", f"note: {P} 2026-02-03")
    head = hooked.repo.head()
    (hooked.repo.root / path).write_bytes(NOTE)
    said = git(hooked.repo, "commit", "-m", f"note: {P} 2026-02-03", *arguments, check=False)
    assert "should be encrypted is not" in said
    assert hooked.repo.head() == head


def test_an_ascii_armoured_message_is_not_a_sealed_file(hooked: Desk) -> None:
    """Armour can have words around it; only the binary message passes."""
    stage(hooked, tree.sealed_note(P, "notes/2026-02-03"), b"hello\n-----BEGIN PGP MESSAGE-----\n\n")
    assert found(hooked) == {"plaintext"}


def test_a_directory_named_like_a_person_is_stopped(hooked: Desk) -> None:
    """And the name is not repeated."""
    stage(hooked, "records/anna-miller/partnership.yml", b"partnership: 1\n")
    problems = hooks.run("pre-commit", hooked.repo)
    assert [problem.rule for problem in problems] == ["tree"]
    assert "anna" not in str(problems)


def test_events_and_what_belongs_to_them_are_not_written_by_hand(hooked: Desk, stranger: Keeper) -> None:
    """An event added, changed or removed, a party's key, a signature: all are the verbs' business."""
    record = hooked.verify().partnerships[P]
    new = hooked.event("refused", to=("payer",), what=("conflicts",))
    stage(hooked, path_of(new), render_event(new))
    stage(hooked, path_of(record.events[0]), render_event(new))
    git(hooked.repo, "rm", "--quiet", path_of(record.events[1]))
    stage(hooked, tree.party_key(P, "payer", 1), stranger.public)
    stage(hooked, tree.agreement_signature(P, 1, "client", 1), b"x")
    by_hand = [p for p in hooks.run("pre-commit", hooked.repo) if p.rule == "record-by-hand"]
    assert {str(problem.place) for problem in by_hand} == {
        path_of(new), path_of(record.events[0]), path_of(record.events[1]),
        tree.party_key(P, "payer", 1), tree.agreement_signature(P, 1, "client", 1),
    }  # fmt: skip


def test_invalid_records_are_stopped_with_every_problem(hooked: Desk) -> None:
    """A misspelt key in a draft agreement and in `practice.yml`: both are named, with their lines."""
    stage(
        hooked, tree.agreement(P, 2), AGREEMENT.replace(b"agreement: 1", b"agreement: 2").replace(b"until:", b"untl:")
    )
    stage(hooked, tree.PRACTICE, (hooked.repo.root / tree.PRACTICE).read_bytes() + b"remotess: []\n")
    places = [str(problem.place) for problem in hooks.run("pre-commit", hooked.repo)]
    assert any(place.startswith(f"{tree.agreement(P, 2)}:") for place in places)
    assert any(place.startswith(f"{tree.PRACTICE}:") for place in places)


def test_a_proposed_agreement_is_not_edited(hooked: Desk) -> None:
    """Its bytes are what the parties sign."""
    stage(hooked, tree.agreement(P, 1), AGREEMENT.replace(b"summary", b"topic"))
    assert found(hooked) == {"agreement-changed"}


def test_links_secret_keys_and_huge_files_are_stopped(hooked: Desk) -> None:
    """A link under `records/`, a secret key anywhere, more than five megabytes."""
    (hooked.repo.root / tree.agreement(P, 2)).symlink_to("/etc/passwd")
    git(hooked.repo, "add", "records")
    stage(hooked, "key.txt", b"-----BEGIN PGP %s KEY BLOCK-----\n" % b"PRIVATE")
    stage(hooked, "film", bytes(5 * 1024 * 1024 + 1))
    assert found(hooked) == {"shape", "secret-key", "size"}


def test_after_an_interrupted_command_nothing_is_committed_by_hand(hooked: Desk) -> None:
    """The commit would take back what the command recorded."""
    head = hooked.repo.head() or ""
    begin(hooked.repo, Journal("refs/heads/main", head, head, ("README.md",)))
    assert found(hooked) == {"journal"}

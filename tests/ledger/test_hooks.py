"""The hooks, as a plain `git commit`, `git push` and `git rebase` meet them: refused with a reason, nothing done."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from confide.ledger import hooks
from confide.ledger.journal import Journal, begin
from confide.ledger.repo import Repository
from confide.model.problem import NotAllowed, Usage
from confide.records import tree
from confide.records.event_file import render_event
from confide.vault.sequoia import Certificate, encrypt
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import AGREEMENT, Desk, P, path_of

pytestmark = pytest.mark.gpg

NOTE = b"---\nformat: 1\nsession: 2026-02-03\n---\n\n## Goals\n\ncanary\n"
TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def hooked(practice: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The practice in force, set up as `init` does it, for a user who signs with plain git."""
    monkeypatch.setenv("PYTHONPATH", str(TOOLS))
    practice.repo.set_config("user.signingkey", practice.coach.fingerprint)
    practice.repo.set_config("confide.gnupghome", str(practice.coach.home))
    hooks.configure(practice.repo)
    hooks.install(practice.repo)
    return practice


def stage(desk: Desk, path: str, data: bytes) -> None:
    file = desk.repo.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    git(desk.repo, "add", "--", path)


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


@pytest.mark.parametrize(
    "message",
    ["lunch with Anna", "note: anna 2026-02-03", f"note: {P} 2026-02-03\n\nAnna came late", "Note: x", "fixup!"],
)
def test_a_message_in_words_of_ones_own_is_stopped(hooked: Desk, message: str) -> None:
    """Subjects stand in the open; the hint lists the forms, the words are not repeated."""
    head = hooked.repo.head()
    stage(hooked, "README.md", b"x")
    said = git(hooked.repo, "commit", "-m", message, check=False)
    assert "in words of its own" in said
    assert "settings" in said
    assert "Anna" not in said
    assert hooked.repo.head() == head


def test_comments_of_the_editor_are_no_words_of_ones_own(hooked: Desk, tmp_path: Path) -> None:
    """What `git commit` puts into the editor for orientation does not count, nor does a diff below the scissors."""
    file = tmp_path / "message"
    file.write_text("site\n\n# On branch main\n# ------------------------ >8 ------------------------\ndiff Anna\n")
    assert hooks.run("commit-msg", hooked.repo, [str(file)]) == ()


def test_a_merge_gets_a_message_without_names(hooked: Desk) -> None:
    """Git would write the branch's name and the remote's address into it."""
    git(hooked.repo, "branch", "anna-laptop", "HEAD~1")
    git(hooked.repo, "switch", "--quiet", "anna-laptop")
    stage(hooked, "README.md", b"x")
    git(hooked.repo, "commit", "--quiet", "-m", "site")
    merged = hooked.repo.head() or ""
    git(hooked.repo, "switch", "--quiet", "main")
    git(hooked.repo, "merge", "--quiet", "--no-edit", "anna-laptop")
    assert git(hooked.repo, "log", "-1", "--format=%B").strip() == f"merge: {merged[:12]}"
    assert hooked.verify().problems == ()


def test_history_is_never_rebased(hooked: Desk) -> None:
    """The hook refuses, with what to do instead."""
    head = hooked.repo.head()
    git(hooked.repo, "branch", "other", "HEAD~2")
    git(hooked.repo, "switch", "--quiet", "other")
    stage(hooked, "README.md", b"x")
    git(hooked.repo, "commit", "--quiet", "-m", "site")
    said = git(hooked.repo, "rebase", "main", check=False)
    assert "never rewritten" in said
    assert "--no-rebase" in said
    assert git(hooked.repo, "rev-parse", "main").strip() == head


def approve(desk: Desk, remote: str) -> None:
    text = (desk.repo.root / tree.PRACTICE).read_text().replace("remotes: []", f"remotes: [{remote}]")
    stage(desk, tree.PRACTICE, text.encode())
    git(desk.repo, "commit", "--quiet", "-m", "practice: c-4mz8")


def test_a_push_goes_to_an_approved_remote_only(hooked: Desk, tmp_path: Path) -> None:
    """Before its address is committed nothing leaves; afterwards it does (S-26)."""
    git(hooked.repo, "init", "--quiet", "--bare", str(tmp_path / "remote"))
    git(hooked.repo, "remote", "add", "origin", str(tmp_path / "remote"))
    said = git(hooked.repo, "push", "origin", "main", check=False)
    assert "the remote `origin` is not approved" in said
    assert git(hooked.repo, "ls-remote", "origin") == ""
    approve(hooked, str(tmp_path / "remote"))
    git(hooked.repo, "push", "--quiet", "origin", "main")
    assert hooked.repo.head() in git(hooked.repo, "ls-remote", "origin")


def test_a_push_never_rewrites_nor_names(hooked: Desk, tmp_path: Path) -> None:
    """Forced, deleting, to a branch or tag whose name could say something, or of notes: refused."""
    remote = str(tmp_path / "remote")
    git(hooked.repo, "init", "--quiet", "--bare", remote)
    git(hooked.repo, "remote", "add", "origin", remote)
    approve(hooked, remote)
    git(hooked.repo, "push", "--quiet", "origin", "main")
    before = git(hooked.repo, "ls-remote", "origin")
    git(hooked.repo, "notes", "add", "-m", "x")
    refusals = {
        "HEAD~1:refs/heads/main": "would rewrite", ":refs/heads/main": "would be deleted",
        "main:refs/heads/anna": "name could say", "refs/notes/commits:refs/notes/commits": "name could say",
        "main:refs/tags/for-anna": "name could say",
    }  # fmt: skip
    for reference, reason in refusals.items():
        said = git(hooked.repo, "push", "--force", "origin", reference, check=False)
        assert reason in said
        assert "anna" not in said.partition("error:")[0]
    assert git(hooked.repo, "ls-remote", "origin") == before


def test_without_confide_nothing_passes(hooked: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hook that cannot check refuses, and says what to install."""
    monkeypatch.delenv("PYTHONPATH")
    for name in ("git", "sh", "gpg"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    hook = hooked.repo.git_dir / "hooks/pre-commit"
    hook.write_text(hook.read_text().replace("\npython=", "\npython=/nonexistent "))
    stage(hooked, "README.md", b"x")
    said = git(hooked.repo, "commit", "-m", "site", check=False, PATH=str(tmp_path))
    assert "nothing could be checked" in said
    assert git(hooked.repo, "status", "--porcelain") == "A  README.md\n"


def test_doctor_finds_a_sound_clone_sound(hooked: Desk) -> None:
    """After `configure` and `install` there is nothing to say."""
    assert list(hooks.settings(hooked.repo)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("commit.gpgsign", "false"), ("pull.rebase", "true"), ("core.autocrlf", "input"), ("user.signingkey", None)],
)
def test_doctor_names_a_changed_setting(hooked: Desk, key: str, value: str | None) -> None:
    """Each setting that guards a promise is looked at as git would see it."""
    hooked.repo.set_config(key, value)
    assert [problem.rule for problem in hooks.settings(hooked.repo)] == ["setting"]


def test_doctor_names_hooks_and_decrypted_caches(hooked: Desk) -> None:
    """A hook missing, changed or not executable; hooks led elsewhere; text conversion cached, or cached already."""
    directory = hooked.repo.git_dir / "hooks"
    (directory / "pre-push").unlink()
    (directory / "pre-commit").write_text("#!/bin/sh\nexit 0\n")
    (directory / "commit-msg").chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert [problem.rule for problem in hooks.settings(hooked.repo)] == ["hook"] * 3
    hooks.install(hooked.repo) if not (directory / "pre-commit").unlink() else None
    hooked.repo.set_config("core.hooksPath", os.devnull)
    hooked.repo.set_config("diff.confide-note.cachetextconv", "true")
    git(hooked.repo, "update-ref", "refs/notes/textconv/confide-note", "HEAD")
    assert [problem.rule for problem in hooks.settings(hooked.repo)] == ["hook", "textconv", "textconv"]


def test_line_ends_under_records_are_looked_at(hooked: Desk) -> None:
    """Without `records/** -text` a clone could change signed bytes."""
    (hooked.repo.root / ".gitattributes").unlink()
    git(hooked.repo, "rm", "--quiet", "--cached", ".gitattributes")
    assert [str(problem.place) for problem in hooks.settings(hooked.repo)] == [".gitattributes"]


def test_somebody_elses_hook_is_not_overwritten(repo: Repository) -> None:
    """It is named, and no hook is written."""
    directory = repo.git_dir / "hooks"
    directory.mkdir(exist_ok=True)
    (directory / "pre-push").write_text("#!/bin/sh\necho mine\n")
    with pytest.raises(NotAllowed, match="`pre-push` hook is there already"):
        hooks.install(repo)
    assert [file.name for file in directory.iterdir()] == ["pre-push"]


def test_an_unknown_hook_is_an_error(repo: Repository) -> None:
    """A name that means nothing never passes as nothing found."""
    with pytest.raises(Usage, match="not a hook of confide"):
        hooks.run("post-commit", repo)

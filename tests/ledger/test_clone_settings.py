"""What `init` and `adopt` set up in a clone, and what `doctor` finds when it is not so any more."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from confide.ledger import hooks
from confide.ledger.repo import Repository
from confide.model.problem import NotAllowed, Usage
from tests.ledger.keepers import git
from tests.ledger.practice import Desk, stage

pytestmark = pytest.mark.gpg


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
    assert [problem.rule for problem in hooks.settings(hooked.repo)] == ["hook", "driver", "textconv", "textconv"]


def test_doctor_names_what_is_missing_for_diffs_and_merges(hooked: Desk) -> None:
    """Each piece by itself: a setting, an alias, the attributes, the program; `configure` puts it back."""
    repo = hooked.repo
    for spoil in (
        lambda: repo.set_config("diff.confide-note.textconv", None),
        lambda: repo.set_config("alias.told", "log"),
        lambda: repo.set_config("merge.confide-sealed.driver", "true"),
        (repo.git_dir / "info/attributes").unlink,
        lambda: (repo.git_dir / "confide/driver").write_text("#!/bin/sh\ncat\n"),
    ):
        spoil()
        assert [problem.rule for problem in hooks.settings(repo)] == ["driver"]
        hooks.configure(repo)
        assert list(hooks.settings(repo)) == []


def test_the_users_own_attributes_are_kept(hooked: Desk) -> None:
    """What somebody wrote into the clone's attributes stays there, once."""
    file = hooked.repo.git_dir / "info/attributes"
    file.write_text("*.png -text\n")
    for _ in range(2):
        hooks.configure(hooked.repo)
    assert file.read_text().count("merge=confide-sealed") == 1
    assert file.read_text().startswith("*.png -text\n")


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

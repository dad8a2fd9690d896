"""What a plain `git push` and pre-commit's own hooks do in a practice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from confide.ledger import hooks
from tests.cli.house import House
from tests.cli.state import git, plain_git

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def remote(running: House, short_home: Path) -> Path:
    """An approved one, empty."""
    place = short_home / "remote"
    subprocess.run(["git", "init", "--quiet", "--bare", str(place)], check=True)
    running.git("remote", "add", "origin", str(place))
    file = running.practice / "records/practice.yml"
    file.write_text(file.read_text().replace("remotes: []", f"remotes: [{place}]"))
    running.git("add", "--all")
    running.git("commit", "--quiet", "-m", "settings")
    return place


def test_a_name_in_the_open_stops_a_push_where_it_is_asked_for(running: House, remote: Path) -> None:
    """With `confide.scan` the sealed lists are opened and looked for; the name is not repeated; without it is not."""
    (running.practice / "README.md").write_text("Ask Bartholomew about the kettles.\n")
    running.git("add", "--all")
    running.git("commit", "--quiet", "-m", "site")
    running.git("config", "confide.scan", "true")
    said = plain_git(running.practice, "push", "--quiet", "origin", "main")
    assert said.returncode != 0
    assert "somebody is named in the open" in said.stderr
    assert "README.md" in said.stderr
    assert "artholomew" not in said.stderr
    assert git(remote, "for-each-ref") == ""
    running.git("config", "--unset", "confide.scan")
    running.git("push", "--quiet", "origin", "main")
    assert git(remote, "rev-parse", "main") == running.git("rev-parse", "HEAD")


def test_the_hooks_for_pre_commit_are_commands_that_exist() -> None:
    """Each names one of our hooks, at the stage of that name."""
    listed = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text())
    called = {one["entry"].partition("confide hook ")[2].split()[0]: one["stages"] for one in listed}
    assert set(called) | {"pre-merge-commit"} == set(hooks.NAMES)
    assert all(name in stages for name, stages in called.items())
    assert called["pre-commit"] == ["pre-commit", "pre-merge-commit"]


def test_pre_commits_push_hook_hands_over_what_git_would(running: House, remote: Path) -> None:
    """Its entry turns pre-commit's environment into the lines that Git gives: an approved remote passes, no other."""
    listed = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (entry,) = (one["entry"] for one in listed if one["id"] == "confide-push")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main",
        "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main",
        "PRE_COMMIT_TO_REF": running.git("rev-parse", "HEAD").strip(),
        "PRE_COMMIT_REMOTE_NAME": "origin",
    }
    for address, code in ((str(remote), 0), ("/somewhere/else", 1)):
        there = {**environment, "PRE_COMMIT_REMOTE_URL": address}
        done = subprocess.run(entry, shell=True, cwd=running.practice, env=there, capture_output=True, check=False)  # noqa: S602 - as pre-commit runs it
        assert done.returncode == code, done.stderr.decode()
        assert (b"is not approved" in done.stderr) == bool(code)

"""A practice of several: two clones, a bare repository with its hook, and a portal elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from confide.vault import keystore_seal
from confide.vault.portal_store import PortalStore
from tests.cli.build import good
from tests.cli.coach import Answer, run
from tests.cli.house import House
from tests.cli.plain_site import PlainSite
from tests.cli.state import git, plain_git


class Practice:
    """The first coach's clone, the shared repository, a second clone in a home of its own, and the portal's host."""

    def __init__(self, first: House, place: Path) -> None:
        self.first, self.shared, self.second = first, place / "shared.git", place / "second"
        self.portal, self.keys = place / "portal", place / "keys"
        plain_git(place, "init", "--quiet", "--bare", "--initial-branch=main", str(self.shared))
        root, keeper = (first.git("config", f"confide.{name}").strip() for name in ("root", "keeper"))
        good(run(self.shared, "hook", "server", root, keeper))
        file = first.practice / "records/practice.yml"
        file.write_text(file.read_text().replace("remotes: []", f"remotes: [{self.shared}]"))
        first.git("remote", "add", "origin", str(self.shared))
        first.git("commit", "--quiet", "-m", "settings", "records/practice.yml")
        first.git("push", "--quiet", "origin", "main")
        plain_git(place, "clone", "--quiet", str(self.shared), str(self.second))
        for name, value in (("name", "Second Coach"), ("email", "second@practice.invalid")):
            plain_git(self.second, "config", f"user.{name}", value)
        (store,) = (one for one in first.keystore.iterdir() if one.is_dir())
        shutil.copytree(store, self.keys)
        shutil.copy(keystore_seal.place(store), keystore_seal.place(self.keys))
        good(self.there("adopt", "--gnupg-home", str(first.gnupg), "--keystore", str(self.keys)))

    def there(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """A command in the second clone."""
        return run(self.second, *arguments, stdin=stdin)


@pytest.fixture
def practice(running: House, short_home: Path, monkeypatch: pytest.MonkeyPatch) -> Practice:
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    return Practice(running, short_home)


def test_two_clones_one_repository_one_portal(practice: Practice) -> None:
    """What one records the other has after a pull; both publish to one host; a history that was rewritten stays out."""
    first, p = practice.first, practice.first.partnership
    good(practice.there("refuse", "--tell", "payer", "--about", "conflicts", "--in", p))
    assert plain_git(practice.second, "push", "--quiet", "origin", "main").returncode == 0
    first.git("pull", "--quiet", "--no-rebase", "origin", "main")
    assert first.git("rev-parse", "HEAD") == git(practice.second, "rev-parse", "HEAD")
    assert "conflicts" in good(first.within("log")).out

    good(first.run("publish", "--all", "--to", str(practice.portal)))
    first.git("push", "--quiet", "origin", "main")
    plain_git(practice.second, "pull", "--quiet", "--no-rebase", "origin", "main")
    good(practice.there("publish", "--all", "--anew", "--to", str(practice.portal)))
    assert PortalStore(practice.portal).readers() == PortalStore(first.practice / "build/portal").readers() != ()

    before = git(practice.shared, "rev-parse", "main")
    plain_git(practice.second, "reset", "--quiet", "--hard", "HEAD~1")
    pushed = plain_git(practice.second, "push", "--quiet", "--force", "--no-verify", "origin", "main")
    assert pushed.returncode != 0
    assert git(practice.shared, "rev-parse", "main") == before
    (practice.second / "README.txt").write_text("unsigned")
    plain_git(practice.second, "add", "README.txt")
    plain_git(practice.second, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "-m", "in words of one's own")
    assert plain_git(practice.second, "push", "--quiet", "--force", "--no-verify", "origin", "main").returncode != 0
    assert git(practice.shared, "rev-parse", "main") == before

"""Plain git, as a coach types it: shows her what is sealed, merges it as texts, and answers who was told what."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from confide.ledger.repo import Repository
from confide.model.terminal import harmless
from confide.vault import sequoia
from confide.workflows.showing_sealed import Glass
from tests.cli.house import House
from tests.cli.state import TOOLS, git, plain_git

DAY = "2026-01-05"
LABEL = "[decrypted to be seen"
NOTE = b"## A {draft}\nThe umbrella stood here.\n\n## B {draft}\nZithers.\n\n## C {draft}\nLast.\n"


@pytest.fixture(scope="module")
def house(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    """One note written twice."""
    found = stages["running"].copied(make_short_home() / "h")
    for text in (NOTE, NOTE.replace(b"stood", b"lay")):
        assert found.within("note", DAY, "--file", "-", stdin=text).code == 0
    return found


def test_a_diff_shows_what_changed_under_a_label(house: House) -> None:
    """The changed line, the label, and never the note's secret."""
    said = house.git("log", "-1", "-p")
    assert LABEL in said
    assert "-The umbrella stood here." in said
    assert "+The umbrella lay here." in said
    assert "secret" not in said
    assert "Zithers" in house.git("diff", "HEAD~2", "HEAD", "--", "records")


def test_what_was_shown_is_kept_nowhere(house: House) -> None:
    """No notes reference and no object holds a word of it, even where the user caches such views everywhere."""
    settings = house.home / "cache"
    settings.write_text('[diff "confide-note"]\n\tcachetextconv = true\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        assert LABEL in git(house.practice, "log", "-1", "-p")
    assert house.git("for-each-ref", "refs/notes") == ""
    objects = ("cat-file", "--batch-all-objects", "--batch")
    every = subprocess.run(["git", "-C", str(house.practice), *objects], capture_output=True, check=True).stdout
    assert b"umbrella" not in every.lower()


def test_without_the_key_a_diff_only_says_that_there_is_one(house: House, short_home: Path) -> None:
    """A host, or a keeper of another partnership, sees that something changed; the log goes on."""
    clone = house.copied(short_home / "h")
    clone.git("config", "--unset", "confide.keystore")
    said = clone.git("log", "-1", "-p")
    assert "[sealed: this clone has no keystore" in said
    assert "umbrella" not in said


def test_a_foreign_file_is_not_shown(house: House, running: House) -> None:
    """Sealed to the partnership by a stranger, with a text that commands the terminal: described, not shown."""
    repo = Repository.at(running.practice)
    glass = Glass(repo)
    key = glass.keys.secret(running.partnership)
    other = glass.keys.secret(running.other)
    note = running.record / "notes" / "2026-01-06.md.gpg"
    note.write_bytes(sequoia.encrypt(b"umbrella", [key.certificate], other, datetime.now(UTC)))
    running.git("add", "--intent-to-add", str(note))
    said = running.git("diff")
    assert "not by a keeper of this practice: not shown" in said
    assert "umbrella" not in said
    assert harmless("a\x1b[2Jb\u202ec\td\n") == "a\ufffd[2Jb\ufffdc\td\n"
    repo.close()


OTHER = "2026-01-06"


@pytest.fixture(scope="module")
def fork(house: House, make_short_home: Callable[[], Path]) -> tuple[House, House, str]:
    """Two clones in which the same two notes and the list of remotes were changed; what plain git said to a merge."""
    here = house.copied(make_short_home() / "h")
    assert here.within("note", OTHER, "--file", "-", stdin=NOTE).code == 0
    there = here.copied(make_short_home() / "h")
    for one, first, second, address in (
        (here, b"lay>lies", b"stood>sat", "ssh:one"),
        (there, b"Last.>Last of all.", b"stood>flew", "ssh:two"),
    ):
        written(one, DAY, first)
        written(one, OTHER, second)
        file = one.practice / "records/practice.yml"
        file.write_text(file.read_text().replace("remotes: []", f"remotes: ['{address}']"))
        one.git("commit", "--quiet", "--all", "--no-verify", "-m", "practice: " + _id(one))
    before = {name: (here.practice / name).read_bytes() for name in sealed(here)}
    here.git("fetch", "--quiet", str(there.practice), "main")
    done = plain_git(here.practice, "merge", "--quiet", "--no-edit", "FETCH_HEAD")
    assert done.returncode == 1, done.stderr
    assert "umbrella" not in done.stdout + done.stderr
    after = {name: (here.practice / name).read_bytes() for name in sealed(here)}
    assert [name for name in before if before[name] != after[name]] == [
        f"records/{here.partnership}/notes/{DAY}.md.gpg"
    ]
    return here, there, done.stderr


def sealed(house: House) -> list[str]:
    return ["records/practice.yml", *(f"records/{house.partnership}/notes/{day}.md.gpg" for day in (DAY, OTHER))]


def _id(house: House) -> str:
    return Path(house.git("config", "confide.keystore").strip()).name


def written(house: House, day: str, change: bytes) -> None:
    shown = house.within("note", day, "--show", tells=True).raw.split(b"\n", 1)[1]
    old, new = change.split(b">")
    assert old in shown
    assert house.within("note", day, "--file", "-", stdin=shown.replace(old, new)).code == 0


def test_what_both_sides_changed_in_one_place_stays_whole(fork: tuple[House, House, str]) -> None:
    """Ciphertext and YAML stay as they were here, byte for byte (the fixture compares); Git knows of the conflict."""
    here, _, said = fork
    assert said.count("yours stands there whole") == 2
    status = here.git("status", "--porcelain")
    assert [line[3:] for line in status.splitlines() if line.startswith("UU")] == [sealed(here)[2], sealed(here)[0]]
    assert "+The umbrella flew here." in here.git("diff", "HEAD", "MERGE_HEAD", "--", sealed(here)[2])
    assert "<<<<" not in (here.practice / "records/practice.yml").read_text()


def test_after_a_person_decided_everything_verifies(fork: tuple[House, House, str]) -> None:
    """Changes in two places of one note are joined, sealed and signed; the rest is as it was chosen."""
    here, *_ = fork
    here.git("checkout", "--theirs", "--", sealed(here)[2])
    here.git("checkout", "--ours", "--", sealed(here)[0])
    here.git("add", "--all")
    here.git("commit", "--quiet", "--no-edit")
    joined = here.within("note", DAY, "--show", tells=True).out
    assert "lies here" in joined and "Last of all." in joined
    assert "flew here" in here.within("note", OTHER, "--show", tells=True).out
    assert here.run("verify").code == 0
    # Where nothing was set up, Git calls sealed files binary, and never joins their lines.
    (here.practice / ".git/info/attributes").unlink()
    assert "merge: unset" in here.git("check-attr", "merge", "--", sealed(here)[1])


def test_what_an_event_fixes_is_never_joined(house: House, tmp_path: Path) -> None:
    """Joined and sealed again, it would have another hash than the event says."""
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    event = next(path.name for path in (house.record / "events").glob("*.yml"))
    for number, file in enumerate(files):
        file.write_bytes(b"x%d" % number)
    for name in (event, event.replace(".yml", ".detail.yml.gpg")):
        path = f"records/{house.partnership}/events/{name}"
        answer = house.run("driver", "merge", *map(str, files), path)
        assert answer.code == 1 and "could not be joined" in answer.err, answer
        assert files[1].read_bytes() == b"x1"


def test_who_was_told_what(house: House) -> None:
    """`git disclosures` and `git told PARTY` answer from the messages, without a key."""
    lines = house.git("disclosures", "--color=never").splitlines()
    assert len(lines) == 1 and "disclosed: partnership-goals/shared to client, verbatim" in lines[0]
    assert house.git("told", "client").count("disclosed:") == 1
    assert house.git("told", "payer") == ""
    assert plain_git(house.practice, "told", "x; echo y").returncode != 0
    assert plain_git(house.practice, "told").returncode != 0


def test_without_confide_a_log_goes_on(house: House, tmp_path: Path) -> None:
    """An uninstalled program must not make the history unreadable."""
    script = (house.practice / ".git/confide/driver").read_text().replace("\npython=", "\npython=/nonexistent ")
    (tmp_path / "driver").write_text(script)
    (tmp_path / "driver").chmod(0o700)
    for name in ("git", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    command = ["git", "-c", f"diff.confide-note.textconv={tmp_path}/driver show", "log", "-1", "-p"]
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(TOOLS)}
    done = subprocess.run(command, cwd=house.practice, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

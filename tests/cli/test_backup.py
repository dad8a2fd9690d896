"""Everything in one file: a new machine gets it all back with eight printed words, or with the coach's key."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.coach import Answer, run
from tests.cli.house import House
from tests.cli.state import hashes


class Drawer:
    """A backup that was made of a machine, and its words."""

    def __init__(self, house: House, place: Path) -> None:
        self.house = house
        answer = house.run("backup", str(place), "--json")
        assert answer.code == 0, answer
        said = json.loads(answer.out)
        self.file, self.words = Path(said["file"]), said["words"]

    def restore(self, home: Path, *more: str, words: str | None = None) -> Answer:
        (home / "gnupg").mkdir(mode=0o700, exist_ok=True)
        where = ("--gnupg-home", str(home / "gnupg"), "--keystore", str(home / "keys"))
        with_words = ("--words", "-") if words != "" else ()
        text = (self.words if words is None else words).encode()
        return run(home, "restore", str(self.file), "practice", *where, *with_words, *more, stdin=text)


@pytest.fixture(scope="module")
def drawer(stages: dict[str, House], make_short_home: Callable[[], Path]) -> Drawer:
    house = stages["running"].copied(make_short_home() / "h")
    assert house.within("agree", "draft", "--yes").code == 0
    return Drawer(house, make_short_home())


def test_everything_comes_back_on_an_empty_home(drawer: Drawer, short_home: Path) -> None:
    """With the words alone: history, keys, settings, hooks, drafts; the next note can be written at once."""
    answer = drawer.restore(short_home)
    assert answer.code == 0, answer
    old, new = drawer.house, short_home / "practice"
    assert (new / ".git/hooks/pre-commit").is_file()
    assert hashes(new / "records") == hashes(old.practice / "records")
    assert run(new, "doctor").code == 0
    shown = run(new, "note", old.session, "--show", "--in", old.partnership, tells=True)
    assert shown.out == old.within("note", old.session, "--show", tells=True).out
    assert run(new, "note", "2026-01-05", "--file", "-", "--in", old.partnership, stdin=b"## A {draft}\nx\n").code == 0
    assert run(new, "verify").code == 0


def test_with_the_coachs_key_no_words_are_needed(drawer: Drawer, short_home: Path) -> None:
    """Her own key on the new machine is enough; then the words were not rehearsed, and `check` still says so."""
    secret = drawer.house.gpg_plain("--export-secret-keys")
    (short_home / "gnupg").mkdir(mode=0o700)
    drawer.house.gpg_plain("--import", home=short_home / "gnupg", stdin=secret)
    assert drawer.restore(short_home, words="").code == 0
    assert run(short_home / "practice", "doctor").code == 0
    assert "a restore was never rehearsed" in run(short_home / "practice", "check").out


def test_a_lost_key_is_replaced_by_another(drawer: Drawer, new_key: Callable[[Path], str], short_home: Path) -> None:
    """With `--key` the keystore opens for a new key of hers: everything can be read without the old one."""
    (short_home / "gnupg").mkdir(mode=0o700)
    fingerprint = new_key(short_home / "gnupg")
    assert drawer.restore(short_home, "--key", fingerprint).code == 0
    for file in (short_home / "gnupg/private-keys-v1.d").iterdir():
        if file.name in {f"{grip}.key" for grip in _grips(drawer.house.gnupg)}:
            file.unlink()
    inside = ("--in", drawer.house.partnership)
    shown = run(short_home / "practice", "note", drawer.house.session, "--show", *inside, tells=True)
    assert shown.code == 0, shown
    assert "marmalade" in shown.out


@pytest.fixture
def new_key() -> Callable[[Path], str]:
    from datetime import UTC, datetime

    from confide.vault.people import GnuPG

    return lambda home: GnuPG(home).generate("Second <s@example.invalid>", passphrase=None, at=datetime.now(UTC))


def _grips(home: Path) -> list[str]:
    return [file.stem for file in (home / "private-keys-v1.d").glob("*.key")]


def test_plain_programs_open_it(drawer: Drawer, short_home: Path) -> None:
    """What its README says, without this program: unzip, Argon2id, gpg, git clone."""
    from argon2.low_level import Type, hash_secret_raw

    subprocess.run(["python3", "-m", "zipfile", "-e", str(drawer.file), str(short_home)], check=True)
    line, _, box = (short_home / "recovery.locked").read_bytes().partition(b"\n")
    found = re.fullmatch(rb"confide-locked/1 argon2id m=(\d+) t=(\d+) p=(\d+) salt=([0-9a-f]+)", line)
    assert found is not None
    memory, passes, lanes = map(int, found.group(1, 2, 3))
    salt = bytes.fromhex(found[4].decode())
    stretched = hash_secret_raw(drawer.words.encode(), salt, passes, memory, lanes, 32, Type.ID).hex()
    home = short_home / "gnupg"
    home.mkdir(mode=0o700)
    house = drawer.house
    given = ("--pinentry-mode", "loopback", "--passphrase", stretched)
    key = house.gpg_plain(*given, "--decrypt", home=home, stdin=box)
    house.gpg_plain("--import", home=home, stdin=key[key.index(b"-----BEGIN") :])
    inner = house.gpg_plain("--decrypt", str(short_home / "backup.gpg"), home=home)
    (short_home / "backup.zip").write_bytes(inner)
    subprocess.run(["python3", "-m", "zipfile", "-e", "backup.zip", "inner"], cwd=short_home, check=True)
    clone = ["git", "clone", "--quiet", "inner/repository.bundle", "clone"]
    subprocess.run(clone, cwd=short_home, check=True)
    assert hashes(short_home / "clone/records").keys() <= hashes(house.practice / "records").keys()
    assert (short_home / "inner/keystore" / f"{house.partnership}.key.gpg").is_file()


def test_the_rehearsal_opens_everything_and_leaves_nothing(
    running: House, short_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` reminds of the backup, then of the rehearsal, then of nothing; and says so without failing."""
    assert "no backup was ever made" in running.run("check").out
    drawer = Drawer(running, short_home)
    told = running.run("check")
    assert "a restore was never rehearsed" in told.out
    (short_home / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_home / "run"))
    before = running.state()
    answer = running.run("restore", "--test", "--words", "-", stdin=drawer.words.upper().replace("-", "  ").encode())
    assert answer.code == 0, answer
    sealed = running.git("ls-files", "records/*.gpg").splitlines()
    assert f"opened    {len(sealed)} sealed files" in answer.out
    after = running.state()
    assert [d for d in before.differences(after) if not d.startswith("settings")] == []
    assert list((short_home / "run").iterdir()) == []
    assert "remember" not in running.run("check").out
    assert json.loads(running.run("check", "--json").out)["reminders"] == []


def test_words_are_shown_once_and_can_be_renewed(running: House, short_home: Path) -> None:
    """The next backup opens with the same words and shows none; with new ones, the old words open the old file only."""
    first = Drawer(running, short_home)
    again = json.loads(running.run("backup", str(short_home / "again.confide-backup"), "--json").out)
    assert again["words"] is None
    said = running.run("backup", str(short_home / "new.confide-backup"), "--new-phrase").out
    words = " ".join(re.findall(r"\d\. ([a-z]+)", said))
    assert len(words.split()) == 8
    for file, typed, code in (
        (first.file, words, 1),
        ("again", words, 1),
        ("again", first.words, 0),
        ("new", words, 0),
    ):
        path = str(file) if isinstance(file, Path) else str(short_home / f"{file}.confide-backup")
        answer = running.run("restore", "--test", path, "--words", "-", stdin=typed.encode())
        assert answer.code == code, answer
    assert first.words not in said


def test_nothing_readable_is_in_it(drawer: Drawer) -> None:
    """No word of a note, no name, no id, no word of the phrase: the host of a backup learns its size."""
    data = drawer.file.read_bytes().lower()
    secret = ("marmalade", "canaryfeather", drawer.house.partnership, "practice.yml", *drawer.words.split("-"))
    assert [word for word in secret if word.encode() in data and len(word) > 5] == []
    assert drawer.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "more", "code", "what"),
    [
        ("one two three", (), 1, "these words do not open this backup"),
        (None, ("--keystore", "{keystore}"), 1, "there is a keystore of this practice on this machine already"),
        ("", (), 5, "the message was not opened"),
    ],
)
def test_a_refused_restore_leaves_nothing(
    drawer: Drawer, short_home: Path, words: str | None, more: tuple[str, ...], code: int, what: str
) -> None:
    """Neither a half-made practice nor a keystore stays."""
    (kept,) = (one for one in drawer.house.keystore.iterdir() if one.is_dir())
    before = hashes(drawer.house.keystore)
    answer = drawer.restore(short_home, *(part.format(keystore=kept) for part in more), words=words)
    assert (answer.code, answer.said[0].what) == (code, what), answer
    assert not (short_home / "practice").exists()
    assert not (short_home / "keys").exists()
    assert hashes(drawer.house.keystore) == before


def test_a_backup_that_somebody_else_put_together(drawer: Drawer, short_home: Path) -> None:
    """Whoever has seen one can seal a message to the same two keys; without a keeper's signature nothing is used."""
    from datetime import UTC, datetime

    from confide.vault import archive, backup_file, sequoia

    good = backup_file.open_with_words(drawer.file.read_bytes(), drawer.words)
    outer = archive.unpack(drawer.file.read_bytes())
    assert good.anchor is not None
    coach = sequoia.Certificate.parse(good.files["gnupg/public.asc"])
    stranger = sequoia.SecretKey.parse(good.files["keystore-key.asc"])
    signature = sequoia.sign_detached(good.manifest, stranger)
    inner = archive.pack({**good.files, "manifest": good.manifest, "manifest.sig": signature})
    message = sequoia.encrypt(inner, [coach, good.anchor.key.certificate], None, datetime.now(UTC))
    forged = short_home / "forged.confide-backup"
    forged.write_bytes(archive.pack({**outer, "backup.gpg": message}))
    drawer_file, drawer.file = drawer.file, forged
    try:
        answer = drawer.restore(short_home)
    finally:
        drawer.file = drawer_file
    assert (answer.code, answer.said[0].what) == (4, "the backup is not signed by a keeper of this practice"), answer
    assert not (short_home / "practice").exists() and not (short_home / "keys").exists()


def test_where_a_backup_may_not_lie(running: House, short_home: Path) -> None:
    note = short_home / "notes.txt"
    note.write_text("mine")
    for place, code, what in (
        ("", 2, "no place was named for the backup"),
        (str(running.practice / "build"), 2, "a backup does not lie in what it is a backup of"),
        (str(running.practice / "x.confide-backup"), 2, "a backup does not lie in what it is a backup of"),
        (str(short_home / "gone" / "x"), 5, "the place for the backup is not there"),
        (str(note), 1, "that file is there already and is no backup"),
    ):
        arguments = ("backup", place) if place else ("backup",)
        (running.practice / "build").mkdir(exist_ok=True)
        running.refuses(*arguments, code=code, what=what, why="", hint="")
    running.refuses("restore", code=2, what="a backup and a new directory are needed", why="", hint="--test")
    running.refuses("restore", str(note), "new", code=4, what="this file is not a backup", why="", hint="")
    running.refuses("restore", "none", "new", code=5, what="the backup cannot be read", why="", hint="")
    running.refuses("restore", "--test", str(note), code=2, what="the printed words are missing", why="", hint="")

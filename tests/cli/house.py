"""One coach's machine: a practice, its keystore and keyring, built once for the run and copied for each test."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from confide.vault.people import GnuPG
from tests.cli.coach import Answer, Said, run
from tests.cli.state import State, git


@dataclass(frozen=True)
class House:
    """A machine at one stage of the story. `partnership` is the one the tests are about; `other` must not show in it.

    `session` is the day of the one note; `told` the event that disclosed a section of it to the client.
    """

    home: Path
    gnupg: Path
    coach: str
    client: Path
    partnership: str = ""
    other: str = ""
    session: str = ""
    told: str = ""
    code: str = ""
    reader: str = ""

    @property
    def practice(self) -> Path:
        return self.home / "practice"

    @property
    def keystore(self) -> Path:
        return self.home / "keys"

    @property
    def record(self) -> Path:
        return self.practice / "records" / self.partnership

    @property
    def note(self) -> Path:
        return self.record / "notes" / f"{self.session}.md.gpg"

    @property
    def draft(self) -> bytes:
        """Agreement 1 as it lies in the work tree."""
        return (self.record / "agreements/1.yml").read_bytes()

    def draft_line(self, text: bytes) -> int:
        """The line on which `text` first stands in it."""
        before, found, _ = self.draft.partition(text)
        assert found
        return before.count(b"\n") + 1

    @property
    def gpg(self) -> GnuPG:
        return GnuPG(self.gnupg)

    def run(self, *arguments: str, stdin: bytes = b"", tells: bool = False) -> Answer:
        """A command about `partnership`, in the practice."""
        return run(self.practice, *arguments, stdin=stdin, tells=tells)

    def within(self, *arguments: str, stdin: bytes = b"", tells: bool = False) -> Answer:
        """The same, with `--in` the partnership."""
        return self.run(*arguments, "--in", self.partnership, stdin=stdin, tells=tells)

    def state(self) -> State:
        return State.of(self.practice, self.keystore)

    def git(self, *arguments: str) -> str:
        return git(self.practice, *arguments)

    def commit_anyway(self, message: str, *, sign: bool = True) -> None:
        """What a careless coach does: everything, past the hooks."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", message, *(() if sign else ("--no-gpg-sign",)))

    def copied(self, home: Path, gnupg: Path | None = None) -> House:
        """The same machine at another place; with `gnupg` the keyring too, so that its keys can change."""
        shutil.copytree(self.home, home, symlinks=True)
        changed = {str(self.home): str(home)}
        if gnupg is not None:
            shutil.copytree(self.gnupg, gnupg, dirs_exist_ok=True, ignore=shutil.ignore_patterns("S.*", "*.lock"))
            changed[str(self.gnupg)] = str(gnupg)
        for file in (home / "practice/.git/config", home / "practice/.git/confide/gpg"):
            if file.is_file():
                text = file.read_text()
                for old, new in changed.items():
                    text = re.sub(re.escape(old) + r"(?![\w.-])", new, text)
                file.write_text(text)
        return replace(self, home=home, gnupg=gnupg or self.gnupg)

    def gpg_plain(self, *arguments: str, home: Path | None = None, stdin: bytes = b"") -> bytes:
        """Plain gpg, as somebody types it."""
        done = subprocess.run(
            ["gpg", "--homedir", str(home or self.gnupg), "--batch", "--quiet", "--no-tty", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def refuses(
        self,
        *arguments: str,
        code: int,
        what: str,
        why: str,
        hint: str,
        where: str = "",
        stdin: bytes = b"",
        command: Callable[..., Answer] | None = None,
    ) -> Answer:
        """Run `arguments`; hold that they are refused in exactly these words, and that nothing at all has changed.

        `what`, `why`, `hint` and `where` stand in one and the same problem; `where` may be left out where there is no
        file. `{p}` stands for the partnership and `{day}` for the day of the note.
        """
        __tracebackhide__ = True
        before = self.state()
        answer = (command or self.run)(*arguments, stdin=stdin)
        changed = before.differences(self.state())
        assert not changed, f"a refused command changed {changed}\n{answer}"
        assert answer.code == code, answer
        assert answer.out == "", answer
        assert f"exit {code}" in answer.err.splitlines()[-1], answer
        fill = {"p": self.partnership, "day": self.session, "told": self.told}
        wanted = Said(*(" ".join(text.format(**fill).split()) for text in (what, why, where, hint)))
        assert any(_holds(said, wanted) for said in answer.said), f"expected {wanted}\n{answer}"
        for said in answer.said:
            # What is wrong on a line of a file says what was expected there and what was found.
            read = ":" in said.where
            assert said.what and ((said.why and said.hint) or read), f"no why or no hint: {said}\n{answer}"
            assert said.what[0] in "`" or not said.what[0].isupper() or said.what.split()[0] in PROPER, said
        return answer


# Words that begin a message with a capital letter because that is their name.
PROPER = ("GnuPG", "HEAD", "Git")


def _holds(said: Said, wanted: Said) -> bool:
    said = Said(*(" ".join(text.split()) for text in (said.what, said.why, said.where, said.hint)))
    pairs = ((said.what, wanted.what), (said.why, wanted.why), (said.where, wanted.where), (said.hint, wanted.hint))
    return all(part in found for found, part in pairs) and bool(said.where) >= bool(wanted.where)


def today() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)

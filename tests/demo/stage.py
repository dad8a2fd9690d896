"""The demo as anybody finds it: a directory, what its command printed, and plain gpg beside it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from confide.cli.story import cast
from tests.e2e.terminal import Terminal

NOTE = "notes/*.md.gpg"
READERS = ["first client", "first payer", "first manager", "first adviser", "second client", "second payer"]
KEEPER = {word.lower() for word in cast.COACH_NAME.split()}
COMPANIES = ("Halden Instruments", "Northmoor Foundation")
# `instruments:` is a key of every agreement; the other word of that company is looked for.
COMMON = {"instruments"}


@dataclass
class Demo:
    """What `confide demo` made. `plain` is a second keyring, with the partnerships' keys imported into it."""

    terminal: Terminal
    plain: Terminal
    said: dict[str, Any]
    agents: list[str]
    copies: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return Path(self.said["repository"])

    @property
    def keys(self) -> Path:
        """Where the throw-away keys lie: beside the repository, never in it."""
        return self.path.with_name(self.path.name + ".keys")

    @property
    def partnerships(self) -> list[str]:
        """In the order of the story."""
        return list(dict.fromkeys(reader["partnership"] for reader in self.said["readers"]))

    @cached_property
    def events(self) -> dict[str, list[dict[str, Any]]]:
        """partnership → its event files in the order of their moments, read with nothing but YAML."""
        return {
            partnership: sorted(
                (_yaml(path) for path in (self.path / "records" / partnership / "events").glob("*.yml")),
                key=lambda event: str(event["at"]),
            )
            for partnership in self.partnerships
        }

    def open_everything(self) -> None:
        """`confide keys export | gpg --import`, then every sealed text with plain gpg."""
        for partnership in self.partnerships:
            secret = self.terminal.confide("keys", "export", "--in", partnership).out
            self.plain.gpg("--import", stdin=secret)
        self.plain.gpg("--import", stdin=self.coach_key)
        for path in sorted((self.path / "records").rglob("*.gpg")):
            name = path.relative_to(self.path / "records").as_posix()
            if path.match(NOTE):
                self.notes[name] = self.decrypt(path)
            elif path.name.endswith(".md.gpg"):
                self.beside[name] = self.decrypt(path)
            elif path.name.endswith(".yml.gpg"):
                self.details[name] = self.decrypt(path)

    @property
    def coach_key(self) -> str:
        (keeper,) = _yaml(self.path / "records/practice.yml")["keepers"]
        return (self.path / f"records/keys/{keeper}.asc").read_text()

    def decrypt(self, path: Path) -> str:
        """The text of a sealed file; gpg has to say that it opened it and that its signature is good."""
        opened = self.plain.gpg("--status-fd", "2", "--trust-model", "always", "--decrypt", str(path))
        assert "DECRYPTION_OKAY" in opened.err and "GOODSIG" in opened.err, path.name
        return opened.out

    def sections(self, partnership: str) -> dict[str, str]:
        """`notes/2026-02-03#s1` → the words under that heading, read with nothing but a regular expression."""
        found = {}
        for name, text in {**self.notes, **self.beside}.items():
            if name.startswith(partnership):
                note = name.removeprefix(f"{partnership}/").removesuffix(".md.gpg")
                for part in re.split(r"(?m)^## ", text)[1:]:
                    heading, _, body = part.partition("\n")
                    if known := re.search(r"\{#(\w+)", heading):
                        found[f"{note}#{known[1]}"] = heading.partition(" {")[0] + "\n" + body
        return found

    def told(self, partnership: str, party: str) -> set[str]:
        """What that party was told and what was not taken back, read from the open fields of the events."""
        events = self.events[partnership]
        back = {(e["target"], to) for e in events if e["kind"] == "withdrawn" for to in e["to"]}
        return {
            exact["section"]
            for e in events
            if e["kind"] == "disclosed" and party in e["to"] and (f"event/{e['id']}", party) not in back
            for exact in e["sections"]
        }

    def copy(self) -> Terminal:
        """A copy to write in, so that the demo itself stays as it was made."""
        self.copies += 1
        target = self.terminal.home / f"copy-{self.copies}"
        shutil.copytree(self.path, target)
        # A clone's own settings name the programs that Git runs for it by their full paths.
        settings = target / ".git/config"
        settings.write_text(settings.read_text().replace(f"{self.path}/", f"{target}/"))
        return Terminal(self.terminal.home, target)


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text())


def bare(text: str) -> str:
    """A note without its front matter and without what is said in its headings' braces."""
    return re.sub(r"\{.*?\}", "", text.partition("---\n")[2].partition("---\n")[2] if text.startswith("---") else text)


def names() -> set[str]:
    """Every word, in lower case, of a person's or a company's name that may stand in no open place."""
    told = " ".join([*(person.name for person in (*cast.FIRST, *cast.SECOND)), *COMPANIES])
    return {word.lower() for word in told.split()} - KEEPER - COMMON

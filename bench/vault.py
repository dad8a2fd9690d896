"""Opening many notes with the real keystore, beside the tools that others keep secrets in Git with.

One passphrase-protected key for all of them, its passphrase known to the agent, as at a desk in the afternoon. `pass`,
`git-secret` and `gpg -d` ask the key once for each file. `git-crypt` asks it once and has one symmetric key for all: it
neither signs nor keeps partnerships apart. A tool that is not installed is named and left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import Ratio, seconds
from confide.vault.generate import generate_secret_key
from confide.vault.keystore import Keystore
from confide.vault.memory import memory_dir
from confide.vault.people import GnuPG
from confide.vault.rewrap import rewrapper
from confide.vault.sequoia import SecretKey, encrypt

NOTES, PARTNERSHIPS, FEW = 1000, 100, 5
NOTE = ("She spoke about the two people in her team who no longer talk to each other. " * 40).encode()
PASSPHRASE = "a passphrase of somebody who does not exist"
# What the design asks against `gpg -d`; the others that call it for each file are held to the same.
BOUND = 100


@dataclass(frozen=True)
class Desk:
    """A coach's keyring and somewhere to work, both in memory; `own` is what opening one note costs here."""

    gpg: GnuPG
    coach: str
    home: Path
    own: float

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "GNUPGHOME": str(self.gpg.home), "PASSWORD_STORE_DIR": str(self.home / "pass")}

    def run(self, *command: str, data: bytes = b"", cwd: Path | None = None) -> bytes:
        done = subprocess.run(
            command, input=data, capture_output=True, check=True, env=self.environment, cwd=cwd or self.home
        )
        return done.stdout


def measure() -> Iterator[Ratio]:
    """Each tool's time for one note over ours, unlock included, and what a rotation costs beside decrypting alone."""
    with memory_dir() as home, memory_dir() as work:
        (home / "gpg-agent.conf").write_text("allow-loopback-pinentry\n")
        (home / "gpg.conf").write_text("pinentry-mode loopback\ntrust-model always\n")
        gpg = GnuPG(home)
        try:
            now = datetime.now(UTC)
            coach = gpg.generate("Bench <bench@bench.invalid>", passphrase=PASSPHRASE, at=now)
            _remember(home, coach)
            yield from _measure(gpg, coach, work, now)
        finally:
            gpg.kill_agent()


def _measure(gpg: GnuPG, coach: str, work: Path, now: datetime) -> Iterator[Ratio]:
    keystore = Keystore.create(work / "keystore", gpg, coach, now)
    unlocked = keystore.unlock()
    first = generate_secret_key("p-0a00@confide.invalid", now, faked=False)
    for number in range(PARTNERSHIPS):
        unlocked.add(f"p-{number:04}", first, now)
    key = SecretKey.parse(first)
    notes = [encrypt(b"%d\n" % number + NOTE, [key.certificate], key, now) for number in range(NOTES)]

    def everything() -> None:
        opened = Keystore(keystore.path, gpg).unlock()
        for number, note in enumerate(notes):
            ring = opened.ring(f"p-{number % PARTNERSHIPS:04}")
            assert ring.open_signed(note, [key.certificate]).data.startswith(b"%d\n" % number)

    taken = seconds(everything)
    desk = Desk(gpg, coach, work, taken / NOTES)
    detail = f"here {NOTES:,} notes of {PARTNERSHIPS} partnerships in {taken:.2f} s, one unlock"
    for tool, one, bound, said in _others(desk):
        yield Ratio(f"open notes over `{tool}`", one / desk.own, "at least", bound, f"{said}; {detail}")
    yield _rotation(desk, key, notes[0])


def _others(desk: Desk) -> Iterator[tuple[str, float, float, str]]:
    tools: dict[str, tuple[Callable[[Desk], float], float]] = {
        "gpg -d": (_gpg, BOUND),
        "pass": (_pass, BOUND),
        "git-secret": (_git_secret, BOUND),
        # One symmetric key for the whole tree and no signatures; but one process for each file.
        "git-crypt": (_git_crypt, 1),
    }
    for tool, (measured, bound) in tools.items():
        if shutil.which(tool.split()[0]) is None:
            print(f"SKIPPED  `{tool}` is not installed: apt install {tool}", file=sys.stderr, flush=True)
            continue
        one = measured(desk)
        yield tool, one, bound, f"{tool} {one * 1000:.1f} ms a note"


def _gpg(desk: Desk) -> float:
    file = desk.home / "note.gpg"
    file.write_bytes(desk.run("gpg", "--batch", "--encrypt", "--recipient", desk.coach, data=NOTE))
    return seconds(lambda: desk.run("gpg", "--batch", "--quiet", "--decrypt", str(file)), FEW)


def _pass(desk: Desk) -> float:
    desk.run("pass", "init", desk.coach)
    desk.run("pass", "insert", "--multiline", "note", data=NOTE)
    return seconds(lambda: desk.run("pass", "show", "note"), FEW)


def _git_secret(desk: Desk) -> float:
    tree = _repository(desk, "git-secret")
    desk.run("git", "secret", "init", cwd=tree)
    desk.run("git", "secret", "tell", "bench@bench.invalid", cwd=tree)
    names = [f"{number}.md" for number in range(FEW)]
    for name in names:
        (tree / name).write_bytes(NOTE)
        (tree / ".gitignore").open("a").write(f"{name}\n")
        desk.run("git", "secret", "add", name, cwd=tree)
    desk.run("git", "secret", "hide", cwd=tree)
    return seconds(lambda: desk.run("git", "secret", "reveal", "-f", "-p", PASSPHRASE, cwd=tree)) / FEW


def _git_crypt(desk: Desk) -> float:
    tree = _repository(desk, "git-crypt")
    desk.run("git-crypt", "init", cwd=tree)
    (tree / ".gitattributes").write_text("*.md filter=git-crypt diff=git-crypt\n")
    for number in range(NOTES):
        (tree / f"{number}.md").write_bytes(b"%d\n" % number + NOTE)
    desk.run("git", "add", ".", cwd=tree)
    desk.run("git", "commit", "-qm", "notes", cwd=tree)
    desk.run("git-crypt", "add-gpg-user", "--trusted", desk.coach, cwd=tree)
    desk.run("git-crypt", "lock", cwd=tree)
    return seconds(lambda: desk.run("git-crypt", "unlock", cwd=tree)) / NOTES


def _repository(desk: Desk, name: str) -> Path:
    tree = desk.home / name
    desk.run("git", "init", "--quiet", str(tree))
    for setting, value in (("user.name", "Bench"), ("user.email", "bench@bench.invalid"), ("commit.gpgsign", "false")):
        desk.run("git", "config", setting, value, cwd=tree)
    return tree


def _rotation(desk: Desk, key: SecretKey, note: bytes) -> Ratio:
    """Sealing one note again for another key, its signature kept: no key with a passphrase is asked."""
    now = datetime.now(UTC)
    other = SecretKey.parse(generate_secret_key("p-0b00@confide.invalid", now, faked=False))
    with rewrapper([key], other.certificate, now) as rewrap:
        again = seconds(lambda: rewrap(note), FEW)
    by_gpg = _gpg(desk)
    return Ratio("seal a note again over `gpg -d` of it", again / by_gpg, "at most", 1, f"{again * 1000:.0f} ms a note")


def _remember(home: Path, fingerprint: str) -> None:
    """Let the agent know the passphrase, as after the first use of the day."""
    command = ["gpg", "--homedir", str(home), "--batch", "--pinentry-mode", "loopback", "--passphrase-fd", "0"]
    first = PASSPHRASE.encode() + b"\nx"
    subprocess.run([*command, "--local-user", fingerprint, "--sign"], input=first, capture_output=True, check=True)
    sealing = [*command, "--trust-model", "always", "--encrypt", "--recipient", fingerprint]
    message = subprocess.run(sealing, input=first, capture_output=True, check=True).stdout
    subprocess.run(
        [*command, "--decrypt"], input=PASSPHRASE.encode() + b"\n" + message, capture_output=True, check=True
    )

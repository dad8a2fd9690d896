"""Everything a refused command must leave as it was: Git's state, the files, the settings, the keystore."""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass, fields
from pathlib import Path

TOOLS = Path(__file__).parents[2] / "tools"


def plain_git(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One git command as a coach types it. Its hooks find `confide` where these tests have it."""
    return subprocess.run(
        ["git", "-C", str(directory), *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(TOOLS)},
    )


def git(directory: Path, *arguments: str, ok: bool = True) -> str:
    """What it prints; `ok` demands that it works."""
    done = plain_git(directory, *arguments)
    assert not ok or done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class State:
    """HEAD and every reference, the index, what is staged, the work tree, settings and hooks, the keystore."""

    references: str
    branch: str
    index: str
    staged: str
    status: str
    files: dict[str, str]
    settings: dict[str, str]
    keystore: dict[str, str]

    @classmethod
    def of(cls, practice: Path, keystore: Path) -> State:
        quiet = ("-c", "core.quotepath=off", "--no-optional-locks")
        known = (practice / ".git").is_dir()
        asked = (
            ("for-each-ref",),
            ("rev-parse", "--symbolic-full-name", "HEAD"),
            ("ls-files", "-s"),
            ("diff", "--cached", "--raw", "--no-abbrev"),
            ("status", "--porcelain"),
        )
        answers = [git(practice, *quiet, *one, ok=False) if known else "" for one in asked]
        references, branch, index, staged, status = answers
        files = hashes(practice, without=".git")
        settings = {p: h for p, h in hashes(practice / ".git").items() if p == "config" or p.startswith("hooks/")}
        head = (practice / ".git" / "HEAD").read_text() if known else ""
        return cls(references + head, branch, index, staged, status, files, settings, hashes(keystore))

    def differences(self, other: State) -> list[str]:
        """The parts in which two states differ, with the names that differ among files."""
        found = []
        for part in fields(self):
            before, after = getattr(self, part.name), getattr(other, part.name)
            if before == after:
                continue
            if isinstance(before, dict):
                names = {name for name in before | after if before.get(name) != after.get(name)}
                found.append(f"{part.name}: {sorted(names)}")
            else:
                lines = set(before.splitlines()).symmetric_difference(after.splitlines())
                found.append(f"{part.name}: {sorted(lines)}")
        return found


def hashes(directory: Path, *, without: str = "") -> dict[str, str]:
    """path → hash of every file, kind and target of everything that is none."""
    found: dict[str, str] = {}
    for root, directories, names in os.walk(directory):
        if without in directories:
            directories.remove(without)
        for name in [*names, *(d for d in directories if (Path(root) / d).is_symlink())]:
            path = Path(root) / name
            key = path.relative_to(directory).as_posix()
            if path.is_symlink():
                found[key] = f"link {path.readlink()}"
            elif path.is_file():
                found[key] = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                found[key] = "other"
        found[Path(root).relative_to(directory).as_posix() + "/"] = "directory"
    return found

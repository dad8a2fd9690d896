"""The repository: the only module that imports `git` (GitPython), and only when a repository is opened.

Everything goes through Git's plumbing with the user's identity and settings, but without what could run other
programs, rewrite what is read, or take locks while reading: no hooks, pagers, text conversion, replaced objects,
grafts or file system monitors.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING

from confide.ledger import trouble
from confide.ledger.git_options import CHUNK, DIFF_FORMAT, ENVIRONMENT, OPTIONS, QUESTIONS, READ_AHEAD
from confide.ledger.object_source import ObjectSource
from confide.ledger.objects import (
    EMPTY_TREE,
    FILE_MODE,
    TREE_MODE,
    RawCommit,
    parse_changes,
    parse_commit,
    parse_tree,
)
from confide.model.problem import Malformed, Problem, Unavailable, Usage

if TYPE_CHECKING:
    import git


class Repository:
    """One clone with a work tree. Reading needs no key; every write goes through `record_commit`."""

    def __init__(self, root: Path, git_dir: Path, common_dir: Path, runner: git.Git) -> None:
        self.root = root
        self.git_dir = git_dir
        self.common_dir = common_dir
        self._git = runner
        self._objects = ObjectSource(self._start_cat_file)
        self._ahead: dict[str, bytes] = {}

    @classmethod
    def at(cls, path: Path, *, index: str | None = None, bare: bool = False) -> Repository:
        """The repository that holds `path`; `index` is another index file than the usual one (hooks).

        `bare` lets one without a work tree pass: for those who only read.

        Raises Unavailable when there is none, or one that cannot be used, with the reason.
        """
        runner = _runner(path)
        status, output, errors = _run(runner, ("rev-parse", *QUESTIONS))
        answers = output.decode().splitlines()
        if not answers:
            raise trouble.no_repository(errors)
        if bare and len(answers) > 3 and answers[0] == "true":
            directory = Path(answers[2])
            return cls(directory, directory, (path / answers[3]).resolve(), _runner(directory))
        if answers[0] == "true" or status:
            why = "a practice is worked on in its files"
            raise Unavailable(
                Problem("this repository is bare: it has no work tree", why, hint="work in a clone of it")
            )
        _, form, git_dir, common_dir, root = answers
        if form != "sha1":
            raise trouble.other_names(form)
        if not path.resolve().is_relative_to(Path(root).resolve()) or not trouble.own(Path(root), Path(git_dir)):
            raise Unavailable(
                Problem(
                    "the environment points git to another repository",
                    "what is recorded here would go there",
                    hint="unset GIT_DIR and GIT_WORK_TREE",
                )
            )
        runner = _runner(Path(root))
        runner.update_environment(GIT_INDEX_FILE=index or str(Path(git_dir) / "index"))
        return cls(Path(root), Path(git_dir), (path / common_dir).resolve(), runner)

    @classmethod
    def init(cls, path: Path) -> Repository:
        """A new repository without commits; its branch is `main`. Raises Usage when there already is one."""
        if (path / ".git").exists():
            why = "two histories would get mixed"
            raise Usage(Problem("there already is a repository here", why, hint="choose an empty directory"))
        path.mkdir(parents=True, exist_ok=True)
        arguments = ("init", "--quiet", "--object-format=sha1", "--initial-branch=main", "--template=")
        status, _, errors = _run(_runner(path), arguments)
        if status:
            raise trouble.failed("init", errors)
        return cls.at(path)

    def run(self, *arguments: str, stdin: bytes = b"", accept: tuple[int, ...] = (0,)) -> bytes:
        """The output of one git command. Raises Unavailable for an exit code that is not accepted."""
        status, output, errors = _run(self._git, arguments, stdin)
        if status not in accept:
            raise trouble.failed(arguments[0], errors)
        return output

    def _start_cat_file(self) -> Popen[bytes]:
        self._cat_file = self._git.execute(["git", *OPTIONS, "cat-file", "--batch"], istream=PIPE, as_process=True)
        return _process(self._cat_file)

    def close(self) -> None:
        """End the process that reads objects."""
        self._objects.close()

    # State

    def head(self) -> str | None:
        """The id of the newest commit, or None before the first."""
        return self.run("rev-parse", "--quiet", "--verify", "HEAD^{commit}", accept=(0, 1)).decode().strip() or None

    def config(self, key: str) -> str | None:
        """The last value of a setting, from whichever file it comes, or None."""
        status, output, errors = _run(self._git, ("config", "--null", "--get", key), options=())
        if status not in (0, 1):
            raise trouble.failed("config", errors)
        return output.rstrip(b"\0").decode() if status == 0 else None

    def set_config(self, key: str, value: str | None) -> None:
        """Set one value in this clone's own configuration; None removes it."""
        if value is None:
            self.run("config", "--local", "--unset-all", key, accept=(0, 5))
        else:
            self.run("config", "--local", "--replace-all", key, value)

    def dirty(self, *only: str) -> tuple[str, ...]:
        """Paths whose file or index entry differs from HEAD, and untracked files, sorted; `only` those that match."""
        output = self.run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *only)
        return tuple(sorted(entry[3:].decode() for entry in output.split(b"\0") if entry))

    # Reading

    def blob(self, blob: str) -> bytes:
        """The content of a file version."""
        held = self._ahead.get(blob)
        return self._objects.read("blob", blob) if held is None else held

    def blobs(self, blobs: Sequence[str]) -> list[bytes]:
        """The contents of many file versions, in order."""
        return list(self._objects.read_all("blob", blobs))

    def _read_ahead(self, commits: list[RawCommit]) -> None:
        """Hold what these commits bring into the record: asked for one by one, each answer would be waited for."""
        found = (change for commit in commits for side in commit.changes for change in side)
        wanted = {c.blob for c in found if c.status != "D" and c.mode == FILE_MODE and READ_AHEAD.match(c.path)}
        try:
            self._ahead = dict(zip(wanted, self._objects.read_all("blob", wanted), strict=True))
        except Malformed:  # whoever needs that blob says what is wrong with it
            self._ahead = {}

    def tree(self, tree: str) -> dict[str, tuple[str, str]]:
        """One directory version: name → (mode, id)."""
        return {} if tree == EMPTY_TREE else parse_tree(self._objects.read("tree", tree))

    def commit(self, commit: str) -> RawCommit:
        """One commit, without its changes."""
        return parse_commit(commit, self._objects.read("commit", commit))

    def commit_bytes(self, commit: str) -> bytes:
        """The commit object as it is signed, for receipts."""
        return self._objects.read("commit", commit)

    def read(self, commit: str, path: str) -> bytes | None:
        """The file at `path` in `commit`, or None when there is none."""
        *directories, name = path.split("/")
        entries = self.tree(self.commit(commit).tree)
        for directory in directories:
            mode, entry = entries.get(directory, ("", ""))
            if mode != TREE_MODE:
                return None
            entries = self.tree(entry)
        mode, entry = entries.get(name, (TREE_MODE, ""))
        return None if mode == TREE_MODE else self.blob(entry)

    def paths(self, commit: str, under: str = "records") -> dict[str, str]:
        """path → blob id of every file below the directory `under` (empty: of the whole tree), in Git's order."""
        output = self.run("ls-tree", "-r", "-z", "--full-tree", commit, *(("--", f"{under}/") if under else ()))
        entries = (entry.split(b"\t", 1) for entry in output.split(b"\0") if entry)
        return {path.decode(): meta.split()[2].decode() for meta, path in entries}

    def commits(self, since: str | None = None, until: str = "HEAD") -> Iterator[RawCommit]:
        """Every commit up to `until`, parents before children, with its changes; without what `since` can reach."""
        if until == "HEAD" and self.head() is None:
            return
        wanted = (until, *((f"^{since}",) if since else ()))
        names = iter(self.run("rev-list", "--topo-order", "--reverse", *wanted).decode().split())
        trees: dict[str, str] = {}
        while chunk := list(islice(names, CHUNK)):
            commits, broken = self._objects.commits(chunk)
            trees.update((commit.id, commit.tree) for commit in commits)
            for parent in {p for commit in commits for p in commit.parents}.difference(trees):
                trees[parent] = self.commit(parent).tree
            changed = list(self._with_changes(commits, trees))
            self._read_ahead(changed)
            yield from changed
            self._ahead = {}
            if broken is not None:
                raise broken

    def _with_changes(self, commits: list[RawCommit], trees: Mapping[str, str]) -> Iterator[RawCommit]:
        pairs = [(old, commit.tree) for commit in commits for old in [trees[p] for p in commit.parents] or [EMPTY_TREE]]
        asked = "".join(f"{old} {new}\n" for old, new in pairs).encode()
        found = parse_changes(self.run("diff-tree", "--stdin", *DIFF_FORMAT, stdin=asked))
        for commit in commits:
            count = max(1, len(commit.parents))
            yield replace(commit, changes=tuple(islice(found, count)))

    # Writing: only `record_commit` calls these

    def store(self, kind: str, data: bytes) -> str:
        """Write one object; nothing refers to it yet."""
        return self.run("hash-object", "-w", "-t", kind, "--stdin", stdin=data).decode().strip()

    def move(self, branch: str, new: str, old: str, why: str) -> None:
        """Let `branch` point to `new` if it still points to `old` (`NO_OBJECT`: if it does not exist)."""
        self.run("update-ref", "-m", why, branch, new, old)


def _runner(path: Path) -> git.Git:
    if not path.is_dir():
        raise Unavailable(Problem("that is not a directory", "nothing can be read there", hint="look at its name"))
    # GitPython looks for the program once, when it is imported, and stumbles when it is gone later.
    if shutil.which("git") is None:
        raise Unavailable(Problem("git is not installed", "a practice is kept in it", hint="install git 2.28 or newer"))
    import git

    runner = git.Git(path)
    runner.update_environment(**ENVIRONMENT)
    return runner


def _run(
    runner: git.Git, arguments: tuple[str, ...], stdin: bytes = b"", options: tuple[str, ...] = OPTIONS
) -> tuple[int, bytes, bytes]:
    running = runner.execute(["git", *options, *arguments], istream=PIPE, as_process=True)
    process = _process(running)
    output, errors = process.communicate(stdin)
    return process.returncode, output, errors


def _process(running: git.Git.AutoInterrupt) -> Popen[bytes]:
    """The process itself; `running` has to be kept as long, because GitPython ends the process with it."""
    if running.proc is None:
        raise Unavailable("git could not be started")
    return running.proc

"""Objects read through one `git cat-file --batch` that stays open, each checked against its own name.

Git does not compare a loose object with its name on every read. Here it is done always, so that a file changed inside
`.git/objects` shows where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Protocol

from confide.ledger.objects import RawCommit, is_object_id, object_id, parse_commit
from confide.model.problem import Malformed, Problem, Unavailable

# Names sent before the first answer is read: well below what a pipe holds, so neither side can wait for the other.
_AHEAD = 200


class Process(Protocol):
    """What is needed of the running `cat-file`."""

    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def wait(self) -> int: ...


class ObjectSource:
    """Reads objects by id. The process is started at the first read and ended by `close`."""

    def __init__(self, start: Callable[[], Process]) -> None:
        self._start = start
        self._process: Process | None = None

    def read(self, kind: str, name: str) -> bytes:
        """The content of one object. Raises Malformed when it is missing, of another kind, or not what it is named."""
        return next(self.read_all(kind, [name]))

    def read_all(self, kind: str, names: Iterable[str]) -> Iterator[bytes]:
        """The contents of many objects, in order, in as few round trips as the pipe allows."""
        waiting = iter(names)
        while chunk := list(islice(waiting, _AHEAD)):
            yield from self._exchange(kind, chunk)

    def commits(self, names: Iterable[str]) -> tuple[list[RawCommit], Malformed | None]:
        """The commits up to the first that cannot be read, and why that one cannot."""
        found: list[RawCommit] = []
        asked = list(names)
        try:
            for name, data in zip(asked, self.read_all("commit", asked), strict=True):
                found.append(parse_commit(name, data))  # those before a bad one are kept
        except Malformed as malformed:
            return found, malformed
        return found, None

    def _exchange(self, kind: str, names: list[str]) -> Iterator[bytes]:
        process = self._running()
        if process.stdin is None or process.stdout is None or not all(map(is_object_id, names)):
            raise Malformed(Problem("an object is asked for by its full id", rule="object"))
        process.stdin.write("".join(f"{name}\n" for name in names).encode())
        process.stdin.flush()
        left = len(names)
        try:
            for name in names:
                data = _checked(kind, name, process.stdout)
                left -= 1
                yield data
        finally:
            if left:  # answers that nobody reads would be taken for those to the next question
                self.close()

    def _running(self) -> Process:
        if self._process is None:
            self._process = self._start()
        return self._process

    def close(self) -> None:
        """End the process; the next read starts another."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
            process.wait()


def _checked(kind: str, name: str, stream: IO[bytes]) -> bytes:
    header = stream.readline().decode().split()
    if not header:
        raise Unavailable(
            Problem("git stopped while objects were read", "it was ended, or the disk is full", hint="run `git fsck`")
        )
    if len(header) != 3:
        raise Malformed(
            Problem(
                f"object {name[:12]} is missing",
                "the clone is shallow or damaged",
                hint="run `git fetch --unshallow`, or `git fsck`",
                rule="object",
            )
        )
    data = stream.read(int(header[2]))
    stream.read(1)
    if header[1] != kind or object_id(kind, data) != name:
        raise Malformed(
            Problem(f"object {name[:12]} is not what its name says", "it was changed in place", rule="object")
        )
    return data

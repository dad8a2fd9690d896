"""Places for plaintext that are never on a disk: directories in memory, gone on every way out.

Promise 4 stands on this: editors, GnuPG homes and keys on their way get a directory of mode 0700 on tmpfs or ramfs.
Pages of tmpfs can be written to swap: encrypted swap, or none, is up to the machine's owner. SIGKILL and a power cut
leave the directory behind until the machine restarts; `leftovers` finds it.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from confide.model.problem import Problem, Unavailable

ALLOW_DISK = "CONFIDE_ALLOW_DISK_TEMP"
MEMORY_TYPES = frozenset({"tmpfs", "ramfs"})

# Sent by a closing terminal, a service manager, Ctrl-C and Ctrl-\\, a timer, another program; each would end Python
# without its `finally`, or, for SIGINT, end it only where Python's own handler is still in place.
_SIGNALS = (
    *(signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT),
    *(signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU),
)
# What directories in memory are called, each followed by the number of its process.
PREFIXES = ("confide", "note", "merge")
# How often, and how far apart in seconds, removing is tried: a program that is just ending may still write there.
_TRIES, _PAUSE = 20, 0.05

# In /proc/mounts a space in a path is written \\040 (fstab(5)).
_ESCAPE = re.compile(r"\\([0-7]{3})")


def no_core_dumps() -> None:
    """A crash must not write this process's memory, keys and notes, to a disk. For programs, at their start."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def memory_dir(prefix: str = "confide") -> Iterator[Path]:
    """A new directory in memory, mode 0700, removed however the block ends.

    Its path is short enough for the sockets of gpg-agent. CONFIDE_ALLOW_DISK_TEMP=1 accepts the ordinary temporary
    directory, on a disk, where there is no other. Raises Unavailable without either.
    """
    with _stopping_cleanly():
        path: Path | None = None
        try:
            with _undisturbed():
                path = Path(tempfile.mkdtemp(prefix=f"{prefix}-{os.getpid()}-", dir=_root()))
            yield path
        finally:
            if path is not None and not _removed(path):
                raise Unavailable(
                    Problem(
                        "a temporary directory could not be removed",
                        "plaintext may still be in it",
                        hint=f"remove `{path}`",
                    )
                )


def _removed(path: Path) -> bool:
    """Whether it is gone now. An agent or an editor that is just ending may write there at the same moment."""
    with _undisturbed():
        for _ in range(_TRIES):
            shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                return True
            time.sleep(_PAUSE)
    return False


def leftovers(prefix: str = "confide") -> tuple[Path, ...]:
    """Directories that a killed process left behind: ours by name, of this user, their process gone."""
    found: list[Path] = []
    for root in {*_candidates(), Path(tempfile.gettempdir())}:
        for path in root.glob(f"{prefix}-*-*"):
            owner = path.name.removeprefix(f"{prefix}-").partition("-")[0]
            if owner.isdigit() and path.lstat().st_uid == os.getuid() and not _alive(int(owner)):
                found.append(path)
    return tuple(sorted(found))


def is_memory(path: Path) -> bool:
    """Whether the file system that holds `path` lives in memory, as the kernel tells; False where it does not tell."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = -1, ""
    for line in mounts:
        _, where, this_kind, *_ = line.split(" ")
        root = Path(_ESCAPE.sub(lambda found: chr(int(found[1], 8)), where))
        # A later line for the same place is mounted over the earlier one.
        if path.resolve().is_relative_to(root) and len(root.parts) >= best:
            best, kind = len(root.parts), this_kind
    return kind in MEMORY_TYPES


def _candidates() -> tuple[Path, ...]:
    # The user's own comes first: nobody else can look into it, and it goes when they log out.
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return tuple(Path(name) for name in (runtime, "/dev/shm") if name)  # noqa: S108 - checked to be memory, made 0700


def _root() -> Path:
    for path in _candidates():
        if path.is_absolute() and path.is_dir() and os.access(path, os.W_OK | os.X_OK) and is_memory(path):
            return path
    if os.environ.get(ALLOW_DISK) == "1":
        return Path(tempfile.gettempdir())
    raise Unavailable(
        Problem(
            "no memory-backed place for plaintext was found",
            "neither /dev/shm nor XDG_RUNTIME_DIR is a writable tmpfs",
            hint=f"mount one, or set {ALLOW_DISK}=1 to accept the disk (an encrypted one, please)",
        )
    )


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Turn a deadly signal into SystemExit, so that every `finally` runs. Signals somebody handles are left alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    deadly = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    changed = {number: signal.signal(number, _leave) for number in deadly}
    try:
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal comes between the first file removed and the last."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

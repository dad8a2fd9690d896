"""Plaintext has a place in memory, and it is gone on every way out."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from confide.model.problem import Unavailable
from confide.vault import memory
from confide.vault.memory import is_memory, leftovers, memory_dir, no_core_dumps


@pytest.fixture
def prefix() -> Iterator[str]:
    """A prefix of this test's own, so that other runs on the machine do not show."""
    name = f"ct{os.urandom(4).hex()}"
    yield name
    assert not [path for root in memory._candidates() for path in root.glob(f"{name}-*")]


def test_it_is_in_memory_private_short_and_gone(prefix: str) -> None:
    """Mode 0700, on tmpfs, a path a socket fits under; afterwards nothing is there."""
    with memory_dir(prefix) as directory:
        assert directory.stat().st_mode & 0o777 == 0o700
        assert is_memory(directory) and len(str(directory)) < 60
        (directory / "deep").mkdir()
        (directory / "deep" / "note").write_text("words")
    assert not directory.exists()


def test_it_is_gone_after_an_error(prefix: str) -> None:
    """An exception passes through and leaves nothing."""
    with pytest.raises(ZeroDivisionError), memory_dir(prefix) as directory:
        (directory / "note").write_text("words")
        _ = 1 / 0
    assert not directory.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_it_is_gone_after_a_signal(number: signal.Signals, prefix: str) -> None:
    """A closed terminal, a stopped service, Ctrl-C: nested directories go too, and the exit tells why."""
    process, directory = _started(prefix, "import signal; signal.pause()")
    assert directory.is_dir()
    process.send_signal(number)
    assert process.wait() in (128 + number, -number)
    assert not directory.exists()


def test_an_ignored_signal_stays_ignored(prefix: str) -> None:
    """Under nohup a closed terminal ends nothing."""
    process, directory = _started(prefix, "input()", before="signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    process.send_signal(signal.SIGHUP)
    assert process.poll() is None and directory.is_dir()
    process.communicate("\n")
    assert process.returncode == 0 and not directory.exists()


def test_the_handlers_of_others_come_back(prefix: str) -> None:
    """A program's own way to stop is kept, during and after; where there was none there is none again."""

    def own(*_: object) -> None:
        """A program's own handler."""

    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, own)
        with memory_dir(prefix):
            with memory_dir(prefix):
                assert signal.getsignal(signal.SIGTERM) is memory._leave
            assert signal.getsignal(signal.SIGTERM) is memory._leave
            assert signal.getsignal(signal.SIGHUP) is own
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) is own
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def test_a_thread_can_have_one_too(prefix: str) -> None:
    """Only the main thread may handle signals; in another one the directory is made and removed all the same."""
    seen: list[tuple[bool, Path]] = []

    def work() -> None:
        with memory_dir(prefix) as directory:
            seen.append((directory.is_dir(), directory))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen[0][0] and not seen[0][1].exists()


def test_what_a_killed_process_left_is_found(prefix: str) -> None:
    """SIGKILL cannot be answered: the directory stays, and is named once its process is gone."""
    process, directory = _started(prefix, "import signal; signal.pause()")
    assert leftovers(prefix) == ()
    process.kill()
    process.wait()
    assert directory in leftovers(prefix)
    for found in leftovers(prefix):
        (found / "note").unlink(missing_ok=True)
        found.rmdir()


def test_without_memory_it_is_refused_unless_allowed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine without tmpfs nothing is written anywhere, unless its owner said that the disk is fine."""
    monkeypatch.setattr(memory, "is_memory", lambda _: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for value in (None, "", "0", "yes"):
        if value is not None:
            monkeypatch.setenv(memory.ALLOW_DISK, value)
        with pytest.raises(Unavailable, match="no memory-backed place") as refusal, memory_dir():
            pass
        assert memory.ALLOW_DISK in refusal.value.problems[0].hint
        assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv(memory.ALLOW_DISK, "1")
    with memory_dir() as directory:
        assert directory.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_only_says_it_is_memory_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """XDG_RUNTIME_DIR may point anywhere: what the kernel says of the file system counts."""
    if is_memory(tmp_path):
        pytest.skip("the temporary directory of this machine is in memory")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(memory, "_candidates", lambda: (tmp_path,))
    with pytest.raises(Unavailable, match="no memory-backed place"), memory_dir():
        pass


def test_mounts_are_read_as_the_kernel_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The innermost mount counts, the later of two at one place, and escaped spaces in its path."""
    mounts = "/dev/sda1 / ext4 rw 0 0\ntmpfs /mnt/a\\040b tmpfs rw 0 0\n/dev/sdb1 /mnt/a\\040b/disk ext4 rw 0 0\n"
    mounts += "tmpfs /twice tmpfs rw 0 0\n/dev/sdc1 /twice ext4 rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: mounts)
    answers = {"/": False, "/mnt": False, "/mnt/a b": True, "/mnt/a b/x": True, "/mnt/a b/disk/x": False}
    assert {path: is_memory(Path(path)) for path in answers} == answers
    assert not is_memory(Path("/twice/x")) and not is_memory(Path("/mnt/a bc"))


def test_where_the_kernel_tells_nothing_it_is_not_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """No /proc, no belief."""

    def missing(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert not is_memory(Path("/dev/shm"))


def test_core_dumps_can_be_turned_off() -> None:
    """A crash of a process that called it writes no memory anywhere."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    program = "from confide.vault.memory import no_core_dumps; no_core_dumps(); import resource; "
    program += "print(resource.getrlimit(resource.RLIMIT_CORE))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_environment()
    )
    assert done.stdout.strip() == "(0, 0)"
    assert callable(no_core_dumps) and resource.getrlimit(resource.RLIMIT_CORE) == before


def _started(prefix: str, then: str, before: str = "") -> tuple[subprocess.Popen[str], Path]:
    """A process inside two nested directories; the path of the inner one's parent is what it printed."""
    program = f"""
        import signal
        {before or "pass"}
        from confide.vault.memory import memory_dir
        with memory_dir({prefix!r}) as directory:
            (directory / "note").write_text("words")
            with memory_dir({prefix!r}) as inner:
                (inner / "note").write_text("words")
                print(directory, flush=True)
                {then}
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=_environment(),
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

"""A clock that went back, a disk that is full, two commands at once: the record stays whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.cli.clock import turn_back
from tests.cli.coach import Answer, check_words
from tests.cli.house import House
from tests.cli.state import TOOLS
from tests.cli.writing import NOTE


def test_a_clock_behind_the_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time only goes forward: an event before its ancestors would never verify again."""
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("disclose", f"{running.session}#s3", "--to", "client", "--in", running.partnership),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_behind_another_partnerships_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ancestors of a commit are those of the whole practice."""
    assert running.run("agree", "draft", "--yes", "--in", running.other).code == 0
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("agree", "propose", "--in", running.other),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_years_behind(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is no event, but a signature of another year would not verify: it is refused before it is made."""
    turn_back(monkeypatch, timedelta(days=400))
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=5,
        what="",
        why="",
        hint="",
    )


def test_a_full_disk(running: House) -> None:
    """Whatever cannot be written is told with the system's own reason, and the history is as before."""
    import resource

    before = running.state()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    text = b"## A {what=discussions}\n" + os.urandom(30_000).hex().encode()
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, limits[1]))
    try:
        answer = running.within("note", "2026-01-05", "--file", "-", stdin=text)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.code == 5, answer
    assert answer.said[0].why, answer
    assert answer.said[0].hint, answer
    assert not before.differences(running.state())
    assert running.run("verify").code == 0


def test_a_full_disk_for_the_keystore(running: House) -> None:
    """A record is never without its key: where the key cannot be kept, no partnership begins."""
    import resource

    before = running.state()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256, limits[1]))
    try:
        answer = running.run("new", "--people", "-", stdin=b"persons: [{party: client, name: Anna-Smith Umbrella}]\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.code == 5, answer
    assert not before.differences(running.state())


def test_two_commands_at_once(running: House, bare: House) -> None:
    """The second of two waits for the first, or says what to do: both never write."""
    del bare
    command = [sys.executable, "-m", "confide", "-C", str(running.practice), "note", "--file", "-"]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    started = [
        subprocess.Popen(
            [*command, "--in", running.partnership, f"2026-01-0{day}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for day in (5, 6)
    ]
    ended = [process.communicate(NOTE) for process in started]
    codes = sorted(process.returncode for process in started)
    assert codes in ([0, 0], [0, 1]), ended
    assert running.run("verify").code == 0
    assert not running.git("status", "--porcelain")


READ_ONLY = """
set -e
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
shift
exec "$@"
"""


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("note", "2026-01-05", "--file", "-", "--in", "{p}"), 5),
        (("new", "--people", "-"), 5),
        (("log", "--in", "{p}"), 0),
        (("verify",), 0),
    ],
)
def test_a_file_system_that_can_only_be_read(running: House, command: tuple[str, ...], code: int) -> None:
    """What writes says so and changes nothing; what reads goes on: a stick with the switch on is still a record."""
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NO NAMESPACES: nobody looked what happens on a read-only file system")
    before = running.state()
    filled = [part.format(p=running.partnership) for part in command]
    confide = [sys.executable, "-m", "confide", "-C", str(running.practice), *filled]
    done = subprocess.run(
        [*apart, "sh", "-c", READ_ONLY, "sh", str(running.home), *confide],
        input=NOTE if command[0] == "note" else b"persons: [{party: client, name: Anna-Smith Umbrella}]\n",
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOOLS)},
    )
    answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
    check_words(answer)
    assert answer.code == code, answer
    assert code == 0 or (answer.said[0].why and answer.said[0].hint), answer
    assert not before.differences(running.state())

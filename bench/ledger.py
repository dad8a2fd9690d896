"""Verifying a history: here, in one process, against `git log --format=%G?`, which asks gpg about each commit.

Three practices of 100, 1,000 and 10,000 events over a tenth as many partnerships, made by `bench.practice`. Cold means
from the pinned root without a snapshot; every command afterwards goes on from there. `check` is measured after one new
event each time, with all else judged before.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Curve, Growth, Ratio, seconds
from bench.practice import Made, make
from confide.vault.memory import memory_dir

SIZES = (100, 1_000, 10_000)
PER_PARTNERSHIP = 10
COMMITS_FOR_GIT = 200
MEGABYTES = 200

_VERIFY = """
import sys
from pathlib import Path
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, verify
found = verify(Repository.at(Path(sys.argv[1])), Pins(sys.argv[2], sys.argv[3]), quick=sys.argv[4] == "quick")
assert found.commits == int(sys.argv[5]) and not found.problems and not found.notices, found.problems
"""


_CHECK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from confide.workflows.checking import check
from confide.workflows.practice import Practice
found = check(Practice.open(Path(sys.argv[1]), datetime.now(UTC)))
assert found.partnerships == int(sys.argv[2]), found
"""


def measure() -> list[Ratio]:
    """Cold and warm for each size, in processes of their own, and the largest one's memory."""
    found: list[Ratio] = []
    warm: dict[int, float] = {}
    checked: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="ct-") as place:
        os.environ["XDG_STATE_HOME"] = str(Path(place) / "state")
        for events in SIZES:
            with memory_dir() as gnupg:
                made = make(Path(place) / str(events), events // PER_PARTNERSHIP, events, gnupg=gnupg, checkout=True)
                try:
                    found.append(_cold(made, gnupg))
                    warm[events] = _warm(made)
                    checked[events] = _checked(made)
                finally:
                    subprocess.run(["gpgconf", "--homedir", str(gnupg), "--kill", "all"], check=False)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    least, largest = SIZES[0], SIZES[-1]
    titles = {"verify goes on": "Knowing a history again", "check after one event": "Checking after one event"}
    for work, taken in (("verify goes on", warm), ("check after one event", checked)):
        told = ", ".join(f"{events:,}: {time * 1000:.0f} ms" for events, time in taken.items())
        growth = Growth(titles[work], "events", "seconds", (Curve(work, tuple(taken.items())),))
        name = f"{work}, {largest:,} over {least} events"
        found.append(Ratio(name, taken[largest] / taken[least], "at most", 2, told, growth))
    found.append(Ratio(f"memory over {MEGABYTES} MB", most / MEGABYTES, "at most", 1, f"{most:.0f} MB at the most"))
    return found


def _cold(made: Made, gnupg: Path) -> Ratio:
    """The share of one commit, so that git need not be waited for: it takes as long for each."""
    git = ["git", "log", f"--max-count={COMMITS_FOR_GIT}", "--format=%G?"]

    asking = {**os.environ, "GNUPGHOME": str(gnupg)}

    def by_git() -> None:
        asked = subprocess.run(git, cwd=made.root, env=asking, capture_output=True, check=True)
        assert set(asked.stdout.split()) == {b"G"}, asked

    commits = min(COMMITS_FOR_GIT, made.commits)
    theirs, ours = seconds(by_git) / commits, seconds(lambda: _verify(made, "full")) / made.commits
    return Ratio(
        f"verify {made.events:,} events from the root over `git log --format=%G?`",
        ours / theirs,
        "at most",
        0.1 if made.events >= SIZES[-1] else 1,  # below that the start of a process is most of it
        f"git {theirs * 1000:.1f} ms a commit, {commits} taken; here {ours * 1000:.2f} ms, {made.commits:,} commits",
    )


def _warm(made: Made) -> float:
    """What a command takes to know the history again, with its own start."""
    _verify(made, "quick")
    return seconds(lambda: _verify(made, "quick"), 5)


def _checked(made: Made) -> float:
    """What `check` takes after one event more, the middle of three."""
    check = [sys.executable, "-c", _CHECK, str(made.root), str(len(made.partnerships))]
    one = made.partnerships[0].id
    refuse = [sys.executable, "-m", "confide", "refuse", "--tell", "client", "--about", "strategy", "--in", one]

    def again() -> float:
        subprocess.run(refuse, cwd=made.root, check=True, capture_output=True)
        return seconds(lambda: subprocess.run(check, check=True))

    subprocess.run(check, check=True)
    return sorted(again() for _ in range(3))[1]


def _verify(made: Made, how: str) -> None:
    pins = made.pins
    command = [sys.executable, "-c", _VERIFY, str(made.root), pins.root, pins.keeper, how, str(made.commits)]
    subprocess.run(command, check=True)

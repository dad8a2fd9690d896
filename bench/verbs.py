"""Real commands, each a process of its own, on practices of 10, 100 and 1,000 partnerships with ten events each.

`may` beside `python -c pass`; `publish` after one disclosure, `check` and `verify` after one new event, and how each
grows with the number of partnerships that have nothing to do with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.measure import Curve, Growth, Ratio, seconds
from bench.partnership import One
from bench.practice import Made, make
from bench.readers import enrolled
from confide.vault.memory import memory_dir

SIZES = (10, 100, 1_000)
EVENTS = 10
TIMES = 5
MAY = 10
GROWTH = 1.5


def measure() -> Iterator[Ratio]:
    """Each verb at three sizes; then the bounds over them."""
    taken: dict[str, dict[int, float]] = {verb: {} for verb in ("may", "publish", "check", "verify")}
    # As installed: compiled once, for both sides.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 2 * TIMES)
    with tempfile.TemporaryDirectory(prefix="ct-") as place:
        os.environ["XDG_STATE_HOME"] = str(Path(place) / "state")
        for size in SIZES:
            for verb, value in _at(Path(place) / str(size), size).items():
                taken[verb][size] = value
    most = SIZES[-1]
    yield Ratio(
        f"`may` over `python -c pass`, {most:,} partnerships",
        taken["may"][most] / bare,
        "at most",
        MAY,
        f"{bare * 1000:.0f} ms; {_told(taken['may'])}",
        Growth("A command's time", "partnerships", "seconds", tuple(map(_curve, taken, taken.values()))),
    )
    works = {
        "publish": "publish after one disclosure",
        "check": "check after one new event",
        "verify": "verify after one new event",
    }
    for verb, work in works.items():
        grown = taken[verb][most] / taken[verb][SIZES[0]]
        told = _told(taken[verb])
        yield Ratio(f"{work}, {most:,} over {SIZES[0]} partnerships", grown, "at most", GROWTH, told)


def _curve(verb: str, taken: dict[int, float]) -> Curve:
    return Curve(verb, tuple(taken.items()))


def _told(taken: dict[int, float]) -> str:
    return ", ".join(f"{size:,}: {value * 1000:.0f} ms" for size, value in taken.items())


def _at(place: Path, size: int) -> dict[str, float]:
    """Seconds of each verb in a practice of so many partnerships, about the first of them."""
    with memory_dir() as gnupg:
        try:
            made = make(place / "practice", size, size * EVENTS, gnupg=gnupg, keystore=place / "keys", checkout=True)
            enrolled(made, made.partnerships[0])
            return _verbs(made)
        finally:
            subprocess.run(["gpgconf", "--homedir", str(gnupg), "--kill", "all"], check=False)


def _verbs(made: Made) -> dict[str, float]:
    one = made.partnerships[0]
    run = partial(_confide, made)
    run("verify")
    run("publish", "--in", one.id)
    # The largest takes a minute a round as it is.
    times = TIMES if len(made.partnerships) < SIZES[-1] else 1
    arguments = {"check": (), "verify": (), "publish": ("--in", one.id)}
    found: dict[str, list[float]] = {verb: [] for verb in arguments}
    for _ in range(times):
        # The client is told anew what she was told, which is one more event and one more item on her page.
        run("disclose", _told_first(one), "--to", "client", "--in", one.id, "--yes")
        for verb, given in arguments.items():
            found[verb].append(seconds(partial(run, verb, *given)))
    may = ("may", "--tell", "supervisor", "--about", "career-aspirations", "--in", one.id)
    answered = seconds(lambda: run(*may, codes=(0, 1, 3)), TIMES)
    return {"may": answered, **{verb: sorted(each)[times // 2] for verb, each in found.items()}}


def _told_first(one: One) -> str:
    """The first section that was disclosed, as a command names it."""
    event = next(event for event in one.events if event.kind == "disclosed")
    return event.sections[0].section


def _confide(made: Made, *arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    command = [sys.executable, "-m", "confide", "-C", str(made.root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in codes, (arguments, done.returncode, done.stdout, done.stderr)

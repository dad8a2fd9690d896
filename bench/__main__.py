"""`python -m bench [word…]`: the measurements with a word in their name, or all; exit 1 when a bound is missed.

A run without words writes docs/BENCHMARKS.md and its pictures, after each measurement, and says what is not there yet.
Each measurement has a process of its own, so that the memory it takes is its own, too.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

from bench import report

ROOM = multiprocessing.get_context("spawn")


def main(words: list[str]) -> int:
    chosen = [name for name in report.ROWS if not words or any(word in name for word in words)]
    if not chosen:
        called = ", ".join(f"`{word}`" for word in words)
        print(f"no measurement is called {called}; there are: {', '.join(report.ROWS)}")
        return 2
    machine = report.Machine.now()
    print(f"{machine}; ratios of one run on this machine", flush=True)
    rows, written = [], ""
    for name in chosen:
        with ProcessPoolExecutor(1, mp_context=ROOM) as room:
            row = room.submit(report.measured, name).result()
        rows.append(row)
        print(f"      {name}, {row.memory:,.0f} MB at most", flush=True)
        for ratio in row.ratios:
            print(ratio, flush=True)
        if not words:
            written = report.write(machine.until_now(), rows)
    print(written, end="")
    return 1 if any(not ratio.holds for row in rows for ratio in row.ratios) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

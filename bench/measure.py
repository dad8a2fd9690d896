"""How a measurement is taken and said: a ratio of two times of one run, beside the bound the design sets."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Curve:
    """How something grows: (size, value) in the order of sizes, for a plot."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Growth:
    """Curves that belong into one picture: over `size`, in `unit`."""

    title: str
    size: str
    unit: str
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class Ratio:
    """One line of the report. `sense` says on which side of `bound` the value has to be."""

    work: str
    value: float
    sense: Literal["at least", "at most"]
    bound: float
    detail: str
    growth: Growth | None = None

    @property
    def holds(self) -> bool:
        return self.value >= self.bound if self.sense == "at least" else self.value <= self.bound

    @property
    def said(self) -> str:
        return f"{self.value:,.{2 if self.value < 1 else 1}f} ×"

    @property
    def wanted(self) -> str:
        return f"{self.sense} {self.bound:g} ×"

    def __str__(self) -> str:
        return f"{'ok  ' if self.holds else 'MISS'}  {self.work}: {self.said} ({self.wanted})  {self.detail}"


def seconds(work: Callable[[], object], times: int = 1, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median time of `times` runs, in seconds. By default as one waits for it."""
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append(clock() - began)
    return statistics.median(taken)


def computed(work: Callable[[], object], times: int = 1) -> float:
    """The same of the processor, for work that only computes: what else the machine does at the time is left out."""
    return seconds(work, times, time.process_time)

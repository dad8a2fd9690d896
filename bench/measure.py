"""How a measurement is taken and said: a ratio of two times of one run, beside the bound the design sets."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Ratio:
    """One line of the report. `sense` says on which side of `bound` the value has to be."""

    work: str
    value: float
    sense: Literal["at least", "at most"]
    bound: float
    detail: str

    @property
    def holds(self) -> bool:
        return self.value >= self.bound if self.sense == "at least" else self.value <= self.bound

    def __str__(self) -> str:
        verdict = "ok  " if self.holds else "MISS"
        return f"{verdict}  {self.work}: {self.value:,.1f} × ({self.sense} {self.bound:g} ×)  {self.detail}"


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The median time of `times` runs, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)

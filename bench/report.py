"""docs/BENCHMARKS.md: a table for each row of the design, what holds and what falls short, and on which machine."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench import plot
from bench.measure import Ratio

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, PICTURES = DOCS / "BENCHMARKS.md", DOCS / "images" / "bench"

# Measurement → the row it is about, in the order of the page.
ROWS = {
    "notes": "Open 1,000 notes with a passphrase-protected key",
    "vault": "The same beside other tools, and a rotation",
    "policy": "Decisions",
    "analysis": "Analysis of an agreement",
    "portal": "A page of the portal, and a login",
    "site": "Build and seal 1,000 sites from nothing",
    "verbs": "`may` answers; publish after one disclosure; check and verify one new event",
    "ledger": "Verify a history, cold and going on",
}


@dataclass(frozen=True)
class Row:
    """What one measurement found, and the most memory that it or a process it started took, in MB."""

    name: str
    ratios: tuple[Ratio, ...]
    memory: float


@dataclass(frozen=True)
class Machine:
    """Where and when it was measured, and how busy the machine was before and at the end."""

    began: datetime
    load: tuple[float, ...]
    ended: datetime | None = None
    load_at_end: tuple[float, ...] = ()

    @classmethod
    def now(cls) -> Machine:
        return cls(datetime.now(UTC), os.getloadavg())

    def until_now(self) -> Machine:
        return replace(self, ended=datetime.now(UTC), load_at_end=os.getloadavg())

    def __str__(self) -> str:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return (
            f"Python {platform.python_version()}, {_first('gpg')}, {_first('git')}, "
            f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB"
        )

    def busy(self) -> str:
        """Whether others used the machine meanwhile: a load above the cores means that they did."""
        before, after = self.load[0], (self.load_at_end or self.load)[0]
        took = f" {(self.ended - self.began).total_seconds() / 60:.0f} minutes." if self.ended else ""
        quiet = max(before, after) <= (os.cpu_count() or 1)
        kind = "The machine did little else" if quiet else "**The machine was busy with other work**"
        return f"{kind}: load {before:.1f} before, {after:.1f} at the end.{took}"


def _first(program: str) -> str:
    """The version of a program, without the name of its maker."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return f"{program} {said.splitlines()[0].split()[-1]}"


def measured(name: str) -> Row:
    """Run one measurement in this process, which does nothing else."""
    ratios = tuple(import_module(f"bench.{name}").measure())
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Row(name, ratios, max(used) / 1024)


def write(machine: Machine, rows: list[Row]) -> str:
    """Write the page and its pictures; what became of it, in a sentence."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        old.unlink()
    parts = [_head(machine, rows), plot_of("bounds", plot.bars([ratio for row in rows for ratio in row.ratios]))]
    for row in rows:
        parts.append(f"## {ROWS[row.name]}\n")
        parts.append("| work | bound | measured | | detail |\n|---|---|---|---|---|")
        parts += [_line(ratio) for ratio in row.ratios]
        parts.append(f"\nAt most {row.memory:,.0f} MB in one process. `make bench ARGS={row.name}`\n")
        for number, ratio in enumerate(row.ratios):
            if ratio.growth is not None:
                parts.append(plot_of(f"{row.name}-{number}", plot.lines(ratio.growth)))
    PAGE.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    missed = sum(not ratio.holds for row in rows for ratio in row.ratios)
    return f"{PAGE.relative_to(DOCS.parent)}: {missed or 'none'} fell short\n"


def _head(machine: Machine, rows: list[Row]) -> str:
    missing = [title for name, title in ROWS.items() if name not in {row.name for row in rows}]
    unmeasured = f"\nNot measured in this run: {'; '.join(missing)}.\n" if missing else ""
    short = [ratio.work for row in rows for ratio in row.ratios if not ratio.holds]
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`. Every figure is a ratio of two times taken side by side in one run on one machine;\n"
        "the bounds are the design's. A ratio says more than a time does, but a busy machine bends it, too.\n\n"
        f"{machine.began:%d %B %Y}. {machine}. {machine.busy()}\n\n"
        f"Falls short: {'; '.join(short) if short else 'nothing'}.\n{unmeasured}"
    )


def _line(ratio: Ratio) -> str:
    verdict = "holds" if ratio.holds else "**falls short**"
    work, detail = (text.replace("|", "\\|") for text in (ratio.work, ratio.detail))
    return f"| {work} | {ratio.wanted} | {ratio.said} | {verdict} | {detail} |"


def plot_of(name: str, drawn: str) -> str:
    """Keep a picture and give the line that shows it."""
    (PICTURES / f"{name}.svg").write_text(drawn, encoding="utf-8")
    title = drawn.partition("<title>")[2].partition("</title>")[0]
    return f"![{title}](images/bench/{name}.svg)\n"

"""What one run of `confide` shares: where it runs, the moment, and the practice once a command asks for it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from confide.model.ids import is_partnership
from confide.model.problem import Exit, Problem, Usage

if TYPE_CHECKING:
    from confide.workflows.practice import Practice


@dataclass
class Session:
    """One command: the clock is read once, here."""

    directory: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def path(self) -> Path:
        return Path(self.directory).absolute()

    @cached_property
    def practice(self) -> Practice:
        """The practice around the current directory."""
        from confide.workflows.practice import Practice

        return Practice.open(self.path, self.now)

    def partnership(self, wanted: str | None) -> str:
        """The partnership meant: named, or the one the directory lies in, or the only one, or picked by name."""
        if wanted:
            if not is_partnership(wanted):
                raise Usage(
                    Problem(
                        "a partnership is called by its id, never by a name",
                        "names would end up in the shell's history",
                        hint="for example --in p-k7f3; leave it out to choose from a list",
                    )
                )
            self.practice.record(wanted)
            return wanted
        known = self.practice.ids()
        for part in reversed(self.path.parts):
            if part in known:
                return part
        if len(known) == 1:
            return known[0]
        if not known:
            raise Usage(Problem("there is no partnership yet", "a record begins with one", hint="confide new"))
        return self._pick(known)

    def faults(self, partnership: str) -> int:
        """Tell, after what was read from a record, what in it does not verify; the exit code to end with."""
        from confide.cli import out

        found = self.practice.faults(partnership)
        for problem in found:
            click.echo(err=True)
            out.problem_lines(problem)
        return int(Exit.MALFORMED if found else Exit.OK)

    def _pick(self, known: tuple[str, ...]) -> str:
        """Names are shown after unlocking, on a terminal only."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Usage(
                Problem(
                    f"{len(known)} partnerships are on record",
                    "names to choose from are shown on a terminal only",
                    hint=f"say which: --in {known[0]}",
                )
            )
        from confide.policy.destruction import gone
        from confide.workflows import people

        for number, partnership in enumerate(known, 1):
            if gone(self.practice.record(partnership)) is not None:
                click.echo(f"{number:>3}  {partnership}  (destroyed)")
                continue
            clients = people.load(self.practice, partnership).of("client")
            click.echo(f"{number:>3}  {partnership}  {', '.join(person.name for person in clients)}")
        chosen = click.prompt("Which partnership", type=click.IntRange(1, len(known)))
        return known[int(chosen) - 1]


def session(ctx: click.Context) -> Session:
    """The session of a running command."""
    found = ctx.find_object(Session)
    if found is None:
        raise RuntimeError("a command ran outside of `confide`")
    return found

"""How a portal is run. The defaults are what a practice's portal should have; tests make some of them cheaper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from confide.model.problem import Problem, Usage
from confide.vault.locked import COST, Cost


@dataclass(frozen=True)
class Settings:
    """`origins` are the addresses this portal answers to, `https://portal.example.org`; the first one is its own.

    tries_…: limits in the notation of the library `limits`; every one of them has to hold. They grow like a pause that
    doubles: a few tries at once, then fewer and fewer.
    """

    origins: tuple[str, ...]
    cost: Cost = field(default=COST)
    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=8)
    tries_per_reader: str = "6 per minute; 12 per 15 minutes; 24 per 3 hours; 48 per day"
    tries_per_address: str = "20 per minute; 60 per 15 minutes; 240 per day"
    largest_form: int = 64 * 1024
    slowest_form: timedelta = timedelta(seconds=15)
    # Two at a time bound the memory: 64 MiB for each. Who would have to wait behind many others is asked to come back.
    at_once: int = 2
    in_line: int = 32

    def __post_init__(self) -> None:
        """An origin is a scheme and a host, without a path (RFC 6454, 6.2); Usage for anything else."""
        found = [urlsplit(origin.lower()) for origin in self.origins]
        if not found or any(
            one.scheme not in ("http", "https") or not one.netloc or "@" in one.netloc for one in found
        ):
            raise Usage(Problem("the portal has no address it answers to", hint="such as https://portal.example.org"))
        object.__setattr__(self, "origins", tuple(f"{one.scheme}://{one.netloc}" for one in found))

    @property
    def secure(self) -> bool:
        """Whether it is reached by TLS; if not it is for this machine alone."""
        return self.origins[0].startswith("https://")

"""How often somebody may try: one counter for each reader, known or not, and one for each address.

Counted before the work, so that a hundred tries at once are a hundred tries; the right words clear a reader's counter.
In memory only: nothing about who tried is kept.
"""

from __future__ import annotations

import math
import time
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# What one household or office gets from its provider; within it, addresses are free to change (RFC 6177, 2).
_ONE_PLACE = 64


class Tries:
    """Counters for `per_reader` and `per_address`, each several limits joined by `;`."""

    def __init__(self, per_reader: str, per_address: str) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._reader = parse_many(per_reader)
        self._address = parse_many(per_address)

    def pause(self, reader: str, address: str) -> int:
        """Count one try. 0, or how many seconds to wait because there were too many; those are not counted again."""
        every = [(limit, ("reader", reader)) for limit in self._reader]
        every += [(limit, ("address", place(address))) for limit in self._address]
        over = [self._until(limit, key) for limit, key in every if not self._limiter.test(limit, *key)]
        if over:
            return max(over)
        for limit, key in every:
            self._limiter.hit(limit, *key)
        return 0

    def clear(self, reader: str) -> None:
        """The words were right."""
        for limit in self._reader:
            self._limiter.clear(limit, "reader", reader)

    def _until(self, limit: RateLimitItem, key: tuple[str, str]) -> int:
        return max(1, math.ceil(self._limiter.get_window_stats(limit, *key).reset_time - time.time()))


def place(address: str) -> str:
    """The one name of where a request comes from: IPv4 however it is written, the /64 of an IPv6 address."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Network((found, _ONE_PLACE), strict=False).network_address)
    return str(found)

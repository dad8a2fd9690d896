"""S-11: nothing about the client is shared on the word of others; she, and whoever must consent, sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each agreement that the client, the coach or a consenting party is not asked to sign."""
    del now
    for agreement in record.agreements:
        consenting = (p for parties in agreement.consent.values() for p in parties if p not in {"source", "sources"})
        for party in dict.fromkeys(("client", "coach", *consenting)):
            if party not in agreement.signatories:
                yield Problem(
                    f"`{party}` does not sign agreement {agreement.version}",
                    why="whoever must consent has to be asked",
                    place=agreement.place,
                    hint=f"add `{party}` to `signatories`",
                    rule="client-signs",
                )

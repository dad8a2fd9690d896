"""A case: the only way past an agreement, for what the law or a threat requires (S-10; POLICY, legal duty)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confide.model.event import Exact

# What may be a ground, in the agreement's own words under `exceptions`.
GROUNDS = ("compelled", "threat", "illegal", "unethical")


@dataclass(frozen=True)
class Case:
    """What the coach has put on record before anything is disclosed under a legal duty. Prose stays sealed.

    facts: digest of the sealed facts relied on. authority: digest of the order, or of the stated belief. why: digest of
    why this recipient. extract: the sentences chosen, as exact texts with their own commitments; `whole` only when a
    compelled ground names whole records. adviser: `consulted`, or `not-sought` with `adviser_why`. told: the client was
    told before; otherwise `delayed_until` says when she will be, and `delayed_why` why (unlawful or dangerous).
    """

    id: str
    ground: str
    recipient: str
    facts: str = ""
    authority: str = ""
    why: str = ""
    extract: tuple[Exact, ...] = ()
    whole: bool = False
    named_in_order: bool = False
    adviser: str = ""
    adviser_why: str = ""
    told: bool = False
    delayed_until: date | None = None
    delayed_why: str = ""

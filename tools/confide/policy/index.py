"""What is worked out once for a frozen value and then looked up: the terms that can match, who has signed since when.

Nothing here decides. A look-up gives all the terms that could match, perhaps some that do not; each step still reads
every facet of each. Results are remembered by the value's identity, because comparing two agreements costs more than
deciding, and forgotten again: they only ever save time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from typing import TypeVar
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement, Term
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Role, base_type, role_of

K = TypeVar("K")
V = TypeVar("V")
REMEMBERED = 64
LOOKED_UP = 512
ANY = "*"


def remembered(function: Callable[[K], V]) -> Callable[[K], V]:
    """`function` of one frozen value, worked out once for each of the last values asked about."""
    # The value is kept beside its result, so that no other can take its place in memory.
    kept: dict[int, tuple[K, V]] = {}

    @wraps(function)
    def answer(value: K) -> V:
        known = kept.get(id(value))
        if known is not None:
            return known[1]
        result = function(value)
        if len(kept) >= REMEMBERED:
            kept.pop(next(iter(kept)), None)
        kept[id(value)] = (value, result)
        return result

    return answer


class Clauses:
    """The terms of one agreement by type and party, in the order of its file.

    `shares(what, recipient)`, `onward(what, recipient)` and `withholds(what, recipient)` find them.
    """

    def __init__(self, agreement: Agreement) -> None:
        self.zone = ZoneInfo(agreement.time_zone)
        self._shares: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._withholds: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._onward: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in agreement.terms:
            found = self._shares if term.shares else self._withholds
            for what in _types(term):
                for recipient in (ANY,) if term.recipients is None else term.recipients:
                    found[what, recipient].append(term)
                for recipient in term.onward or () if term.shares else ():
                    self._onward[what, recipient].append(term)
        self.shares = lru_cache(LOOKED_UP)(self._find_shares)
        self.onward = lru_cache(LOOKED_UP)(self._find_onward)
        self.withholds = lru_cache(LOOKED_UP)(self._find_withholds)

    def _find_shares(self, what: str, recipient: str) -> tuple[Term, ...]:
        """The share terms that may speak of this type and recipient."""
        return _joined(self._shares, _of_kind(what, recipient))

    def _find_onward(self, what: str, recipient: str) -> tuple[Term, ...]:
        """The share terms under which somebody who was told may pass this on to the recipient."""
        return _joined(self._onward, _of_kind(what, recipient)) if self._onward else ()

    def _find_withholds(self, what: str, recipient: str) -> tuple[Term, ...]:
        """The withhold terms that may speak of them: of the type, of all or some of its kind, or of any."""
        whom = {recipient: None, recipient.partition(".")[0]: None, ANY: None}
        if role_of(recipient) is Role.SOURCE:
            whom["sources"] = None
        whats = {what: None, base_type(what): None, _part_of(what): None, ANY: None}
        return _joined(self._withholds, ((w, r) for w in whats for r in whom))


def _of_kind(what: str, recipient: str) -> tuple[tuple[str, str], ...]:
    base = base_type(what)
    return ((what, recipient),) if base == what else ((what, recipient), (base, recipient))


def _types(term: Term) -> set[str]:
    """The keys of a term: each type it names; for a withhold of a subtype also that a text might be of it."""
    if term.what is None:
        return {ANY}
    found = set(term.what)
    if not term.shares:
        found |= {_part_of(base_type(what)) for what in term.what if base_type(what) != what}
    return found


def _part_of(what: str) -> str:
    return what + "/"


def _joined(found: Mapping[tuple[str, str], list[Term]], keys: Iterable[tuple[str, str]]) -> tuple[Term, ...]:
    """The terms under these keys, each once."""
    joined = {id(term): term for key in keys for term in found.get(key, ())}
    return tuple(joined.values())


clauses_of = remembered(Clauses)


@remembered
def history(record: Record) -> Mapping[str, tuple[Event, ...]]:
    """The events of each kind, in the ledger's order."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in record.events:
        found[event.kind].append(event)
    return {kind: tuple(events) for kind, events in found.items()}

"""Step 1 for terms: one that cannot be evaluated denies everything, because nobody knows what it would forbid.

A reader of files refuses such terms long before. This is for whatever reaches a decision by another way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from confide.model.agreement import ON, Agreement, Term
from confide.model.decision import Reason
from confide.model.words import CHANNELS, KNOWN_TYPES, base_type, role_of
from confide.policy.index import remembered

_FACETS = {
    "what": "what",
    "recipients": "with",
    "senders": "by",
    "when": "when",
    "form": "form",
    "circumstances": "circumstances",
}


@remembered
def malformed(agreement: Agreement) -> tuple[Reason, ...]:
    """One reason for each term of the agreement that does not mean anything certain (S-28)."""
    return tuple(_malformed(agreement))


def _malformed(agreement: Agreement) -> Iterator[Reason]:
    known = frozenset((*KNOWN_TYPES, *agreement.types))
    times = Counter(term.id for term in agreement.terms)
    for term in agreement.terms:
        wrong = "another clause has the same id" if times[term.id] > 1 else _wrong(term, known)
        if wrong:
            message = f"clause {term.id} cannot be obeyed: {wrong}"
            yield Reason("malformed-term", "S-28", message, term.place, "correct it in a new version")


def _wrong(term: Term, known: frozenset[str]) -> str:
    if term.shares:
        missing = [word for name, word in _FACETS.items() if getattr(term, name) in (None, ())]
        if missing:
            return f"it shares, and does not say `{missing[0]}`"
    for what in term.what or ():
        if base_type(what) not in known:
            return f"`{what}` is not a type of information"
    return unreadable(term)


def unreadable(term: Term) -> str:
    """What in a term has no meaning whichever types of information there are, or an empty string."""
    for party in (*(term.recipients or ()), *(term.senders or ())):
        if role_of(party) is None:
            return f"`{party}` is not a party"
    for channel in term.channel or ():
        if channel not in CHANNELS:
            return f"`{channel}` is not a channel"
    if any(moment.kind == ON and not _is_date(moment.value) for moment in term.when or ()):
        return "its date is not a date"
    return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

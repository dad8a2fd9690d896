"""The words a coach types for a party or a type of information: understood, or refused with the nearest one there is.

A word outside of the closed lists could be somebody's name, so it is never repeated.
"""

from __future__ import annotations

from confide.model.partnership import Party
from confide.model.problem import Problem, Usage
from confide.model.record import Record
from confide.model.words import (
    CLIENT_STATEMENT,
    KNOWN_TYPES,
    SUMMARY_HEADINGS,
    base_type,
    is_type_shaped,
    nearest,
    role_of,
)
from confide.policy.voices import clients

PUBLIC = "public"


def check_party(record: Record, typed: str) -> None:
    """Raise Usage unless `typed` is a word for a party, of this partnership or of another, or the public."""
    if typed != PUBLIC and role_of(typed) is None:
        raise Usage(_no_party("that is not the word for a party", record, typed))


def party_of(record: Record, typed: str) -> Party:
    """The party of this partnership that `typed` names. Raises Usage for any other word."""
    check_party(record, typed)
    found = record.partnership.party(typed)
    if found is None:
        raise Usage(_no_party(f"`{typed}` is not a party of this partnership", record, typed))
    return found


def client_of(record: Record, typed: str = "") -> str:
    """The client that is meant: the one typed, or the only one there is. Raises Usage where it could be another."""
    known = clients(record)
    if typed in known or (not typed and len(known) == 1):
        return typed or known[0]
    what = "that is nobody who is coached here" if typed else "it does not say which of them"
    raise Usage(
        Problem(what, "what is about one client is not about another", hint=f"--client, one of: {', '.join(known)}")
    )


def _no_party(what: str, record: Record, typed: str) -> Problem:
    parties = [party.id for party in record.partnership.parties]
    near = nearest(typed.lower(), parties)
    guess = f"did you mean `{near}`? " if near else ""
    return Problem(
        what,
        "parties are called by their role, so that no name stands in the open",
        hint=f"{guess}its parties: {', '.join(parties)}",
        rule="unknown-party",
    )


def check_type(record: Record, typed: str, *, parts: bool = False) -> None:
    """Raise Usage unless `typed` is a type of information that some agreement could speak of.

    parts: a heading of the summary, or what the client adds to it, is asked about like a type.
    """
    known = {*KNOWN_TYPES, *(what for agreement in record.agreements for what in agreement.types)}
    known |= {*SUMMARY_HEADINGS, CLIENT_STATEMENT} if parts else set()
    if is_type_shaped(typed) and base_type(typed) in known:
        return
    named = {what for agreement in record.agreements for term in agreement.terms for what in term.what or ()}
    near = nearest(typed.lower(), sorted(known | named))
    raise Usage(
        Problem(
            "that is not a type of information",
            "the agreement speaks of types from a closed list",
            hint=f"did you mean `{near}`?" if near else f"one of: {', '.join(sorted(known))}",
            rule="unknown-type",
        )
    )

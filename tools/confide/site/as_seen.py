"""For the client: somebody else's page as it is for them, made from what she may see herself and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from confide.model.view import AgreementView, Entry, Shown, View
from confide.model.words import role_of

# What happens to an agreement stands in the history of everybody who signs it.
_OF_AN_AGREEMENT = frozenset({"proposed", "signed", "began", "ended"})


def as_seen_by(view: View, party: str, texts: tuple[Shown, ...]) -> View:
    """The part of the client's view that is also `party`'s, as theirs. Nothing in it is asked of anybody."""
    role = role_of(party)
    agreements = tuple(replace(a, statement=b"") for a in view.agreements if party in a.agreement.signatories)
    known = {party, "coach"}
    for shown in agreements:
        known.update((*shown.agreement.signatories, _adviser(shown)))
    signs = {shown.agreement.version for shown in agreements}
    return replace(
        view,
        party=party,
        role=role.value if role else "",
        names=tuple((other, people) for other, people in view.names if other in known),
        agreements=agreements,
        in_force_from=tuple((version, at) for version, at in view.in_force_from if version in signs),
        shown=tuple(_numbered(text, signs) for text in texts),
        entries=tuple(_entries(view, party, signs)),
        others=(),
        adviser=tuple(dict.fromkeys(a for shown in agreements if (a := _adviser(shown)))),
        reviews=(),
        offers=(),
    )


def _numbered(text: Shown, signs: set[int]) -> Shown:
    """Clauses are numbered only for those who sign the agreement they stand in."""
    return text if text.agreement in signs else replace(text, clauses=())


def _entries(view: View, party: str, signs: set[int]) -> Iterator[Entry]:
    for entry in view.entries:
        theirs = party in (entry.by, *entry.to) or (entry.kind in _OF_AN_AGREEMENT and entry.agreement in signs)
        if theirs:
            clauses = entry.clauses if entry.agreement in signs else ()
            yield replace(entry, to=tuple(to for to in entry.to if to == party), clauses=clauses)


def _adviser(shown: AgreementView) -> str:
    adviser = shown.agreement.clauses.get("adviser")
    return str(adviser.get("party", "")) if isinstance(adviser, Mapping) else ""

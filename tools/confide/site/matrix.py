"""Who may learn what: the agreement's terms as a table of type × party (S-28), as it stands before anything happens.

Each cell is the widest form in which somebody may share the type with the party, or that it is withheld, and which
clauses say so. Withhold wins; what nobody names is withheld; a condition or a duty is marked, not judged (that is the
decision's work, with the record in hand).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from confide.model.agreement import Agreement, Term
from confide.model.words import NINE_TYPES, ORGANISATIONAL_TYPES, Form, base_type

_CLIENT = "client"
_NOT_HERS_ALONE = ORGANISATIONAL_TYPES | {"feedback"}


@dataclass(frozen=True)
class Cell:
    """One answer. `form` NONE means withheld: by the numbered `clauses`, or by nobody having named it (no clauses).

    `senders` may share it. `conditional`: only after a duty, on a date, or in stated circumstances. `unless`: whose
    written permission would lift a withhold. `own`: the client may always read what comes from her alone.
    """

    form: Form
    clauses: tuple[int, ...] = ()
    senders: tuple[str, ...] = ()
    conditional: bool = False
    unless: str = ""
    own: bool = False

    @property
    def withheld(self) -> bool:
        return self.form is Form.NONE and not self.own


@dataclass(frozen=True)
class Matrix:
    """All answers of one agreement: `cells[type, party]` exists for every type and every party."""

    types: tuple[str, ...]
    parties: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def shared_with(self, party: str) -> tuple[str, ...]:
        return tuple(what for what in self.types if not self.cells[what, party].withheld)

    def withheld_from(self, party: str) -> tuple[str, ...]:
        return tuple(what for what in self.types if self.cells[what, party].withheld)


def matrix_of(agreement: Agreement) -> Matrix:
    """The matrix of an agreement: its types (the nine, its own, and every subtype a term names) × its parties."""
    types = tuple(_types(agreement))
    parties = tuple(_recipients(agreement))
    cells = {(what, party): _cell(agreement, what, party) for what in types for party in parties}
    return Matrix(types, parties, cells)


def _types(agreement: Agreement) -> Iterator[str]:
    """The nine types, then those the agreement adds or names; each followed by its subtypes."""
    named = dict.fromkeys((*agreement.types, *(what for term in agreement.terms for what in term.what or ())))
    for base in dict.fromkeys((*NINE_TYPES, *map(base_type, named))):
        yield base
        yield from (what for what in named if base_type(what) == base and what != base)


def _recipients(agreement: Agreement) -> Iterator[str]:
    """Whom the agreement speaks of as somebody who may or may not learn something; the coach keeps the record."""
    named = [party for term in agreement.terms for party in term.recipients or ()]
    yield from dict.fromkeys(party for party in (*agreement.signatories, *named) if party != "coach")


def _cell(agreement: Agreement, what: str, party: str) -> Cell:
    matching = [t for t in agreement.terms if t.about(what) and t.reaches(party)]
    withholds = [t for t in matching if not t.shares]
    open_shares = [(t, form) for t in matching if t.shares and (form := _left_open(t, withholds)) is not Form.NONE]
    own = party == _CLIENT and base_type(what) not in _NOT_HERS_ALONE and not withholds
    if not open_shares:
        unless = {t.unless for t in withholds}
        return Cell(
            Form.NONE,
            tuple(agreement.clause_number(t.id) for t in withholds),
            unless=unless.pop() if len(unless) == 1 else "",
            own=own,
        )
    best = max(form for _, form in open_shares)
    terms = [t for t, form in open_shares if form is best]
    return Cell(
        best,
        tuple(agreement.clause_number(t.id) for t in terms),
        tuple(dict.fromkeys(s for t in terms for s in t.senders or ())),
        conditional=all(_conditional(t) for t in terms),
        own=own,
    )


def _left_open(term: Term, withholds: list[Term]) -> Form:
    """The widest form in which one of the term's senders may still share it, once the withholds have been heard."""
    senders = term.senders or ()
    groups = [senders] if term.together else [(sender,) for sender in senders]
    return max((_ceiling(term, group, withholds) for group in groups), default=Form.NONE)


def _ceiling(term: Term, senders: tuple[str, ...], withholds: list[Term]) -> Form:
    """A withhold term of a form withholds that form and every wider one; without a form, all of them."""
    ceiling = term.form or Form.NONE
    for withhold in withholds:
        meets = withhold.senders is None or any(sender in withhold.senders for sender in senders)
        # One that covers some channels or attributions only still leaves others open.
        if meets and withhold.channel is None and withhold.attribution is None:
            ceiling = min(ceiling, Form(max(0, (withhold.form or Form.NONE) - 1)))
    return ceiling


def _conditional(term: Term) -> bool:
    dated = any(moment.is_duty or moment.kind == "on" for moment in term.when or ())
    return dated or (term.circumstances is not None and not term.circumstances.always)

"""Who could ever come to know a thing under an agreement: the closure of the policy, as one reader may read it.

It is worked out from the agreement alone, so it says nothing about what has happened. Agreements made from one draft
differ in names and days only, and the answer is then the same: it is remembered for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from confide.model.agreement import ON, Agreement
from confide.model.partnership import Partnership, Party
from confide.model.problem import Place
from confide.model.words import Role, role_of
from confide.policy.analysis import words
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.closure import PERMISSION, Known, closure
from confide.policy.analysis.space import recipients_of, types_of

_KEPT = 32
_NOWHERE = Place("")
_known: dict[str, tuple[Topic, ...]] = {}


@dataclass(frozen=True)
class Topic:
    """Kinds of information that spread in the same way. origins: who knows it to begin with. known: who could come to
    know it by the agreement alone. permitted: who more, or more of it, if a permission is given that a clause names."""

    kinds: tuple[str, ...]
    origins: tuple[str, ...]
    known: tuple[Known, ...]
    permitted: tuple[Known, ...]


def partnership_of(*agreements: Agreement) -> Partnership:
    """The parties that the agreements name, as a partnership: nothing else of it is needed, or known to a reader."""
    named = dict.fromkeys(party for agreement in agreements for party in agreement.parties)
    roles = {party: role for party in named if (role := role_of(party)) is not None}
    return Partnership(agreements[0].partnership, tuple(Party(party, role) for party, role in roles.items()))


def topics(agreement: Agreement) -> tuple[Topic, ...]:
    """Every kind of information, those that spread alike together, in the agreement's order."""
    key = repr(_bare(agreement))
    if key not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[key] = tuple(_topics(agreement))
    return _known[key]


def _bare(agreement: Agreement) -> Agreement:
    """The agreement less what no answer depends on. Days matter only to a clause that begins on one."""
    dated = any(moment.kind == ON for term in agreement.terms for moment in term.when or ())
    days = {} if dated else {"effective": agreement.effective.min, "until": agreement.until.max}
    terms = tuple(replace(term, place=_NOWHERE) for term in agreement.terms)
    bare = replace(agreement, partnership="", version=0, digest="", people="", terms=terms, place=_NOWHERE)
    return replace(bare, **days)  # type: ignore[arg-type]


def _topics(agreement: Agreement) -> Iterator[Topic]:
    partnership = partnership_of(agreement)
    answers = Answers.of(agreement, partnership)
    parties = recipients_of(partnership, agreement)
    alike: dict[tuple[tuple[Known, ...], ...], list[str]] = {}
    for what in types_of(agreement):
        if words.other(what):
            continue
        known = closure(answers, what, parties)
        more = closure(answers, what, parties, (PERMISSION,))
        permitted = tuple(k for p, k in more.items() if k.path and (p not in known or k.form > known[p].form))
        alike.setdefault((tuple(known.values()), permitted), []).append(what)
    for (all_known, permitted), kinds in alike.items():
        origins = tuple(one.party for one in all_known if not one.path)
        reached = tuple(one for one in all_known if one.path and role_of(one.party) is not Role.COACH)
        yield Topic(tuple(kinds), origins, reached, permitted)

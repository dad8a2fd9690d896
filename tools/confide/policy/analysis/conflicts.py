"""Conflicts: a clause that shares and a clause that withholds, where they meet (S-28).

Withhold wins, so none of these is unsafe. A contradiction leaves nothing of a share clause for one of its recipients:
one of the two sides has misunderstood the agreement. Where a written permission would lift all that stands against it,
the two say together that it is shared with permission only. Where something is left the withhold only narrows, which is
mostly meant: one subtype less, or not by the coach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from confide.model.agreement import Term
from confide.model.words import base_type
from confide.policy.analysis import words
from confide.policy.analysis.answers import Answers, Standing
from confide.policy.analysis.finding import Finding, Level
from confide.policy.analysis.space import Point


@dataclass
class Meeting:
    """What one share term would permit by itself towards one recipient, and what withhold terms leave of it."""

    share: Term
    recipient: str
    lost: dict[str, dict[Point, tuple[str, ...]]] = field(default_factory=dict)
    left: dict[str, set[Point]] = field(default_factory=dict)

    @property
    def withholds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w for points in self.lost.values() for ids in points.values() for w in ids))


def meetings(answers: Answers, types: tuple[str, ...]) -> Iterator[Meeting]:
    """Every share term and recipient of which some withhold term takes something away, in the agreement's order."""
    for share in answers.agreement.terms:
        if not share.shares:
            continue
        for recipient in share.recipients or ():
            met = _meeting(answers, share, recipient, tuple(what for what in types if share.about(what)))
            if met.lost:
                yield met


def _meeting(answers: Answers, share: Term, recipient: str, types: tuple[str, ...]) -> Meeting:
    met = Meeting(share, recipient)
    for what in types:
        for point, said in answers.grid(what, recipient).items():
            if share.id not in said.able:
                continue
            if said.standing is Standing.WITHHELD:
                met.lost.setdefault(what, {})[point] = said.withheld
            elif said.standing.permits:
                met.left.setdefault(what, set()).add(point)
    return met


def conflicts(answers: Answers, types: tuple[str, ...]) -> Iterator[Finding]:
    """Contradictions first in each clause, then what is only narrowed, each with a question that shows it."""
    narrowed: dict[tuple[str, str], Finding] = {}
    against: dict[tuple[str, tuple[str, ...]], list[Meeting]] = {}
    for met in meetings(answers, types):
        if not met.left:
            against.setdefault((met.share.id, met.withholds), []).append(met)
            continue
        crowded = any(answers.crowded(what, met.recipient) for what in met.lost)
        for sentence in () if crowded else _narrowings(met):
            known = narrowed.get((met.share.id, sentence))
            who = (*(known.parties if known else ()), met.recipient)
            narrowed[met.share.id, sentence] = Finding(
                "narrowed",
                sentence,
                Level.NOTE,
                (met.share.id, *met.withholds),
                tuple(met.lost),
                who,
                "S-28",
                met.share.place,
                known.example if known else _example(met),
            )
    for (_, withholds), group in against.items():
        yield _contradiction(answers, group, withholds)
    yield from narrowed.values()


def _contradiction(answers: Answers, group: list[Meeting], withholds: tuple[str, ...]) -> Finding:
    share, met = group[0].share, group[0]
    who = tuple(one.recipient for one in group)
    kinds = tuple(dict.fromkeys(what for one in group for what in one.lost if not words.other(what)))
    terms = answers.named(withholds)
    lets = (
        f"clause {share.id} lets {words.parties(share.senders or (), 'or')} tell {words.parties(who, 'and')} about "
        f"{words.whats(kinds)}"
    )
    withhold = f"{words.clauses(withholds)} withhold{'' if len(withholds) > 1 else 's'}"
    liftable = all(term.unless for term in terms)
    if liftable:
        sentence = f"{lets} only with a written permission: until then {withhold} it"
    else:
        sentence = f"{lets}, and {withhold} all of it: nothing is left"
    if any(term.circumstances is not None and not term.circumstances.always for term in terms):
        sentence += "; circumstances of which nobody has attested anything count as given"
    return Finding(
        "permission-needed" if liftable else "contradiction",
        sentence,
        Level.NOTE if liftable else Level.LOOK,
        terms=(share.id, *withholds),
        types=kinds,
        parties=who,
        sid="S-05" if liftable else "S-28",
        place=share.place,
        example=_example(met),
        hint="" if liftable else "take one of them out, or say which part each is about",
    )


def _example(met: Meeting) -> str:
    what, points = next(iter(met.lost.items()))
    point = next(iter(points))
    return words.question(point.sender, met.recipient, what, point.form)


def _narrowings(met: Meeting) -> Iterator[str]:
    """In which way each withhold by itself narrows the share: a type less, a sender less, or less of it."""
    share = f"clause {met.share.id}"
    for withhold in met.withholds:
        taken: dict[str, set[Point]] = {}
        kept = {what: set(points) for what, points in met.left.items()}
        for what, points in met.lost.items():
            for point, ids in points.items():
                (taken if withhold in ids else kept).setdefault(what, set()).add(point)
        gone = [what for what in taken if what not in kept and not _by_doubt(what, taken, kept)]
        if gone:
            yield f"{share} does not reach {words.whats(gone)}: clause {withhold} withholds that"
        ways: dict[str, list[str]] = {}
        for what in (what for what in taken if what in kept):
            ways.setdefault(_how(taken[what], kept[what]), []).append(what)
        for way, kinds in ways.items():
            yield f"clause {withhold} narrows {share} on {words.whats(kinds)}: {way}"


def _by_doubt(what: str, mine: Mapping[str, object], left: Mapping[str, object]) -> bool:
    """A type left unqualified is withheld only because a text of it might be of the withheld subtype."""
    return what == base_type(what) and any(base_type(other) == what for other in left) and len(mine) > 1


def _how(lost: set[Point], left: set[Point]) -> str:
    """What is taken away, by the one thing that tells it from what is left."""
    senders = {p.sender for p in lost} - {p.sender for p in left}
    if senders:
        return f"not by {words.parties(sorted(senders), 'or')}"
    widest = max(p.form for p in left)
    if widest < max(p.form for p in lost):
        return f"{words.form(widest)} at most"
    channels = {p.channel for p in lost} - {p.channel for p in left}
    if channels:
        return f"not {words.listing((words.channel(c) for c in sorted(channels)), 'or')}"
    naming = max(p.attribution for p in left)
    if naming < max(p.attribution for p in lost):
        return f"{words.attribution(naming)} at most"
    return "in some combinations of sender, form and channel"

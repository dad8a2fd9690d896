"""What an amendment changes, in sentences: newly allowed, newly denied, wider, narrower, a duty less.

Exact: both versions are asked every question, each in the time in which it is in force. The same text gives no change.
Whatever widens is marked, with those who have to sign it: everybody who signs either version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from confide.model.agreement import EVERY, PROMPTLY, Agreement, Term
from confide.model.partnership import Partnership
from confide.policy.analysis import words
from confide.policy.analysis.answers import CROWD, Answers, Grid
from confide.policy.analysis.change import Change, Direction
from confide.policy.analysis.compare import Difference, Sort, by_sender, compare
from confide.policy.analysis.diff_clauses import clause_changes
from confide.policy.analysis.space import controlled, every_axis, recipients_of, types_of


class Where(NamedTuple):
    """To which pair of parties and which type a difference applies."""

    sender: str
    recipient: str
    what: str


def diff(old: Agreement, new: Agreement, partnership: Partnership) -> tuple[Change, ...]:
    """Every change from `old` to `new`: what may be told first, then the rest of the agreement."""
    everybody = tuple(dict.fromkeys((*old.signatories, *new.signatories)))
    changes = [*_told(old, new, partnership), *clause_changes(old, new)]
    return tuple(replace(c, needs=everybody) if c.direction is Direction.WIDENS else c for c in changes)


def _told(old: Agreement, new: Agreement, partnership: Partnership) -> Iterator[Change]:
    answers = Answers.of(old, partnership), Answers.of(new, partnership)
    types, parties = types_of(old, new), recipients_of(partnership, old, new)
    found: dict[Difference, dict[Where, None]] = {}
    for recipient in parties:
        for what in types:
            before, after = answers[0].terms(what, recipient), answers[1].terms(what, recipient)
            if _same(before, after) and _same_frame(old, new):
                continue
            one, other = _grids(answers, before + after, what, recipient)
            ways = tuple(partial(known.ways, what, recipient) for known in answers)
            for sender in dict.fromkeys(point.sender for point in one):
                for difference in compare(by_sender(one, sender), by_sender(other, sender), *ways):
                    found.setdefault(difference, {})[Where(sender, recipient, what)] = None
            for difference in _beside(before, after, one, other):
                found.setdefault(difference, {})[Where("", recipient, what)] = None
    order = {sort: n for n, sort in enumerate(Sort)}
    for difference in sorted(found, key=lambda d: (order[d.sort], d.direction.value, d.detail)):
        for senders, recipients, kinds in _grouped(tuple(found[difference])):
            yield _change(difference, senders, recipients, kinds)


def _grids(answers: tuple[Answers, Answers], terms: tuple[Term, ...], what: str, recipient: str) -> tuple[Grid, Grid]:
    """Both answers to the same questions, through channels that both control: what newly is controlled is said once."""
    axes = every_axis(terms, *(a.agreement for a in answers))
    both = tuple(c for c in axes.channels if all(c in controlled(a.agreement) for a in answers))
    axes = replace(axes, channels=both or axes.channels)
    axes = axes.widest() if len(terms) > 2 * CROWD else axes
    return answers[0].over(axes, what, recipient), answers[1].over(axes, what, recipient)


def _same(before: tuple[Term, ...], after: tuple[Term, ...]) -> bool:
    return {replace(t, id="") for t in before} == {replace(t, id="") for t in after}


def _same_frame(old: Agreement, new: Agreement) -> bool:
    """Whether the versions are the same beside their terms, number and schedule of people."""
    bare = (replace(a, terms=(), version=0, digest="", people="") for a in (old, new))
    return next(bare) == next(bare)


def _beside(before: tuple[Term, ...], after: tuple[Term, ...], one: Grid, other: Grid) -> Iterator[Difference]:
    """What the terms that permit something say beside it: onward, together, and how often."""
    was, now = _effective(before, one), _effective(after, other)
    onward = {p for t in was for p in t.onward or ()}, {p for t in now for p in t.onward or ()}
    if onward[1] - onward[0]:
        yield Difference(Sort.ONWARD, Direction.WIDENS, words.parties(sorted(onward[1] - onward[0])))
    if onward[0] - onward[1] and now:
        yield Difference(Sort.ONWARD, Direction.NARROWS, words.parties(sorted(onward[0] - onward[1]), "or"))
    if not (was and now):
        return
    together = all(t.together for t in was), all(t.together for t in now)
    if together[0] != together[1]:
        yield Difference(Sort.TOGETHER, Direction.NARROWS if together[1] else Direction.WIDENS)
    promised = {str(m) for t in was for m in t.when or () if m.kind in (PROMPTLY, EVERY)}
    promises = {str(m) for t in now for m in t.when or () if m.kind in (PROMPTLY, EVERY)}
    if promised != promises:
        yield Difference(Sort.RHYTHM, Direction.CHANGES, f"{_rhythm(promises)} instead of {_rhythm(promised)}")


def _rhythm(promises: set[str]) -> str:
    return words.listing(sorted(promises)) or "at any time"


def _effective(terms: tuple[Term, ...], grid: Grid) -> tuple[Term, ...]:
    able = {term for said in grid.values() if said.standing.permits for term in said.able}
    return tuple(term for term in terms if term.id in able)


def _grouped(places: tuple[Where, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Places told in one sentence: same senders for a type and recipient, then same recipients, then same types."""
    senders: dict[tuple[str, str], list[str]] = {}
    for place in places:
        senders.setdefault((place.what, place.recipient), []).append(place.sender)
    recipients: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (what, recipient), by in senders.items():
        recipients.setdefault((what, tuple(by)), []).append(recipient)
    kinds: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (what, together), to in recipients.items():
        kinds.setdefault((together, tuple(to)), []).append(what)
    for (all_by, all_to), whats in kinds.items():
        yield all_by, all_to, tuple(whats)


def _change(d: Difference, senders: tuple[str, ...], recipients: tuple[str, ...], kinds: tuple[str, ...]) -> Change:
    by, to, about = words.parties(senders, "or"), words.parties(recipients), words.whats(kinds)
    return Change(
        d.sort.value,
        _SENTENCES[d.sort, d.direction].format(by=by, to=to, about=about, detail=d.detail),
        d.direction,
        kinds,
        recipients,
        example=words.question(senders[0] or "coach", recipients[0], kinds[0]),
    )


_W, _N, _C = Direction.WIDENS, Direction.NARROWS, Direction.CHANGES
_SENTENCES = {
    (Sort.ALLOWED, _W): "{by} may now tell {to} about {about}, {detail}",
    (Sort.DENIED, _N): "{by} may no longer tell {to} about {about}",
    (Sort.FORM, _W): "{by} may now tell {to} more about {about}: {detail}",
    (Sort.FORM, _N): "{by} may now tell {to} less about {about}: {detail}",
    (Sort.ATTRIBUTION, _W): "{by} may now tell {to} who is behind {about}: {detail}",
    (Sort.ATTRIBUTION, _N): "{by} may now tell {to} less of who is behind {about}: {detail}",
    (Sort.CHANNEL, _W): "{by} may now tell {to} about {about} {detail} too",
    (Sort.CHANNEL, _N): "{by} may no longer tell {to} about {about} {detail}",
    (Sort.PURPOSE, _W): "what {by} may tell {to} about {about} may now be used for {detail}",
    (Sort.PURPOSE, _N): "what {by} may tell {to} about {about} may no longer be used for {detail}",
    (Sort.DAY, _W): "{by} may tell {to} about {about} earlier: {detail}",
    (Sort.DAY, _N): "{by} may tell {to} about {about} only later: {detail}",
    (Sort.DUTY, _W): "{by} may now tell {to} about {about} without waiting until {detail}",
    (Sort.DUTY, _N): "{by} may now tell {to} about {about} only once {detail}",
    (Sort.WAY, _W): "{by} may now also tell {to} about {about} as soon as {detail}",
    (Sort.WAY, _N): "for {by} to tell {to} about {about} it is no longer enough that {detail}",
    (Sort.PROTECTION, _W): "what {by} may not tell {to} about {about} is protected less: {detail}",
    (Sort.PROTECTION, _N): "what {by} may not tell {to} about {about} is protected more: {detail}",
    (Sort.OTHER, _W): "{by} may tell {to} about {about} in ways that were not allowed before",
    (Sort.OTHER, _N): "{by} may no longer tell {to} about {about} in all the ways that were allowed before",
    (Sort.ONWARD, _W): "{to} may now pass {about} on to {detail}",
    (Sort.ONWARD, _N): "{to} may no longer pass {about} on to {detail}",
    (Sort.TOGETHER, _W): "{to} may now be told about {about} without everybody being there",
    (Sort.TOGETHER, _N): "{to} may be told about {about} only with everybody there",
    (Sort.RHYTHM, _C): "{to} may hear about {about} at another rhythm: {detail}",
}

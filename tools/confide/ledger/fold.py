"""One commit on top of its parents' states: what it changes, and everything that is wrong with it.

Raises Malformed where nothing after it can be believed (who signed, who may sign). Everything else is noted where it
belongs: in the partnership, or against the whole practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from confide.ledger import agreements, codec, commits, companions, custody, events, evidence, instruments, sealed_places
from confide.ledger.files import Found, keys_of, practice_of, with_files
from confide.ledger.lazily import put
from confide.ledger.objects import Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.scene import Scene
from confide.ledger.state import Chronicle, State, joined
from confide.model.event import Event
from confide.model.problem import Malformed, Problem
from confide.records import tree
from confide.vault.sequoia import Certificate


@dataclass(frozen=True)
class Pins:
    """What is trusted without proof, kept outside the repository: its root commit, its first keeper's fingerprint."""

    root: str
    keeper: str


@dataclass(frozen=True)
class Advanced:
    """The state after a commit, and what was found: `faults` of the whole practice, `notices` that block nothing.

    `wrong` says whether anything was, in a partnership too."""

    state: State
    faults: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    event: Event | None = None
    wrong: bool = False


def first(repo: Repository, commit: RawCommit, pins: Pins) -> Advanced:
    """The root: pinned, and signed by the pinned keeper with the key it brings itself."""
    if commit.id != pins.root:
        raise Malformed(
            Problem(
                f"the history begins with commit {commit.short}, not with the pinned root {pins.root[:12]}",
                "it was rewritten, or is another practice's",
                hint="compare with the root that `confide init` printed, and with anybody's receipt",
                rule="root",
            )
        )
    files = {change.path: change for change in commit.changed}
    practice = practice_of(repo, commit, files.get(tree.PRACTICE))
    state = State(practice, keys_of(repo, {}, commit.changed))
    if pins.keeper not in practice.keepers or pins.keeper not in state.keys:
        raise Malformed(
            Problem(f"the root {commit.short} does not name the pinned keeper", "its key is not there", rule="root")
        )
    return _advance(repo, commit, state, (state.keys[pins.keeper],))


def following(repo: Repository, commit: RawCommit, parents: Sequence[State]) -> Advanced:
    """Any other commit, on its parents' states in their order."""
    allowed = commits.allowed_signers(commit, parents)
    return _advance(repo, commit, joined(parents), allowed, parents if commit.merges else ())


def _advance(
    repo: Repository,
    commit: RawCommit,
    before: State,
    allowed: Sequence[Certificate],
    sides: Sequence[State] = (),
) -> Advanced:
    signed = commits.judged(commit, allowed)
    found = Found()
    late = commits.time_problem(commit, signed.created)
    if late:
        found.add("", [late])
    found.add_by_place(events.rewritten(commit))
    added = events.introduced(commit)
    found.add_by_place(events.one_at_most(commit, added))
    event = _event(repo, added[0], found) if added and not commit.merges else None
    found.add_by_place(events.details_alone(commit, event))
    found.add_by_place(companions.alone(commit, event))
    found.add_by_place(agreements.changed(repo, commit, before.chronicles))
    found.add_by_place(instruments.changed(repo, commit, before.chronicles))
    state, misplaced = sealed_places.with_sealed(repo, commit, with_files(repo, commit, before, found))
    found.add_by_place(custody.changed(commit, event, before, state))
    if sides:
        found.add_by_place(companions.merged(commit, sides, state))
        found.add_by_place(custody.merged(commit, sides, state))
    if event is not None:
        state = _with_event(repo, commit, event, state, before, signed.signer, signed.created, found)
    state = _with_faults(state, found)
    notices = (*misplaced, *(() if event else _notices(commit)))
    wrong = bool(misplaced) or any(found.problems.values())
    return Advanced(state, tuple(found.problems.get("", ())), notices, event, wrong)


def _event(repo: Repository, change: Change, found: Found) -> Event | None:
    try:
        return events.read(repo, change)
    except Malformed as malformed:
        found.add(tree.partnership_of(change.path), malformed.problems)
        return None


def _with_event(
    repo: Repository,
    commit: RawCommit,
    event: Event,
    state: State,
    before: State,
    signer: str,
    signed: datetime,
    found: Found,
) -> State:
    chronicle = state.chronicles.get(event.partnership)
    if chronicle is None:
        found.add(
            "",
            [
                Problem(
                    f"event {event.id} is in no partnership",
                    "its partnership was never begun",
                    place=event.place,
                    rule="partnership",
                )
            ],
        )
        return state
    found.add(event.partnership, events.judged(repo, commit, event, chronicle, before.latest, signed))
    keepers = before.chronicles.get(event.partnership, chronicle).partnership.keepers
    if signer not in keepers:
        found.add(
            event.partnership,
            [
                Problem(
                    f"event {event.id} was recorded by somebody who keeps another record",
                    f"commit {commit.short} is not signed by a keeper of this partnership",
                    event.place,
                    rule="keeper",
                )
            ],
        )
    scene = Scene(repo, commit, event, chronicle, state)
    for judge in (agreements, instruments, evidence, custody):
        found.add(event.partnership, judge.judged(scene))
    after = instruments.registered(scene, agreements.proposed(scene))
    after = replace(after, events=(*after.events, event))
    latest = max(event.at, before.latest or event.at)
    return replace(state, chronicles=put(state.chronicles, {event.partnership: after}), latest=latest)


def _with_faults(state: State, found: Found) -> State:
    chronicles: dict[str, Chronicle] = {}
    for partnership in [name for name in found.problems if name]:
        known = state.chronicles.get(partnership)
        if known is not None:
            chronicles[partnership] = known.with_faults(found.problems[partnership])
        else:
            found.add("", found.problems[partnership])
    return replace(state, chronicles=put(state.chronicles, chronicles)) if chronicles else state


def _notices(commit: RawCommit) -> Iterable[Problem]:
    if not codec.is_plain(commit.message):
        yield Problem(
            f"commit {commit.short} has a message in words of its own",
            "a message stands in the open; check that it names nobody",
            rule="subject",
        )
    for change in commit.changed:
        if change.status != "D" and change.path.startswith(f"{tree.ROOT}/") and tree.shape(change.path) is None:
            problem = tree.misplaced(change.path)
            if problem is not None:
                yield replace(problem, what=f"commit {commit.short}: {problem.what}", rule="shape")

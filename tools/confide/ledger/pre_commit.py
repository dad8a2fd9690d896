"""What may be committed by hand: looked at in the index, byte by byte as it would be committed, without any key.

The record itself (events, signatures, parties' keys) is only written by the verbs that check and sign it. Whatever is
encrypted must be so, whatever is text must be readable, and what has no place in the layout stays out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from confide.ledger import index, journal
from confide.ledger.objects import FILE_MODE, Change
from confide.ledger.repo import Repository
from confide.model.event import Event
from confide.model.problem import Malformed, Place, Problem
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.records.event_file import parse_event
from confide.records.instrument_file import parse_instrument
from confide.records.partnership_file import parse_partnership
from confide.records.practice_file import parse_practice
from confide.vault.packets import sealed_for_keys
from confide.vault.sequoia import Certificate

LARGEST = 5 * 1024 * 1024

_SEALED = frozenset(
    {
        *("people", "note", "attachment", "feedback", "summary", "kept"),
        *("detail", "document", "event-document", "instrument-document"),
    }
)
_KEYS = frozenset({"key", "party-key", "keeper-key"})
# What comes into being only together with a signed event.
_RECORDED = frozenset(
    {"event", "detail", "event-signature", "event-document", "signature", "document", "party-key", "kept"}
)
_PARSERS: Mapping[str, Callable[[bytes, str], object]] = {
    "practice": parse_practice,
    "partnership": parse_partnership,
    "agreement": parse_agreement,
    "instrument": parse_instrument,
    "event": parse_event,
}


@dataclass(frozen=True)
class _FixedBy:
    """The kind of event that fixes files for good, which files, and what to say to whoever changes one."""

    kind: str
    files: Callable[[Event], tuple[str, ...]]
    what: str
    why: str
    hint: str
    rule: str

    def problem(self, place: Place) -> Problem:
        return Problem(self.what, self.why, place, self.hint, self.rule)


_PROPOSED = _FixedBy(
    "proposed",
    lambda event: (tree.agreement(event.partnership, event.agreement),),
    "an agreement that was proposed cannot change any more",
    "the parties sign exactly the bytes that were put to them",
    "amend it: `confide agree draft` makes the next version",
    "agreement-changed",
)
_REGISTERED = _FixedBy(
    "instrument",
    lambda event: (
        tree.instrument(event.partnership, event.target.removeprefix("instrument/")),
        tree.instrument_document(event.partnership, event.target.removeprefix("instrument/")),
    ),
    "an instrument that is registered cannot change any more",
    "it restricts what it restricted on the day it was registered",
    "register the other document under an id of its own: `confide instrument add`",
    "instrument-changed",
)
_FIXED_BY: Mapping[str, _FixedBy] = {
    "agreement": _PROPOSED,
    "instrument": _REGISTERED,
    "instrument-document": _REGISTERED,
}
_SECRET = re.compile(rb"-----BEGIN PGP PRIVATE[ ]KEY BLOCK-----")
# The front matter of a note; its secret and its date never stand in the clear.
_NOTE = re.compile(rb"\A(?:\xef\xbb\xbf)?---\r?\n(?:[^\r\n]*\r?\n){0,20}?(?:session|secret)[ \t]*:")


def check(repo: Repository) -> Iterator[Problem]:
    """Everything that is wrong with what is staged."""
    if journal.open_entry(repo) is not None:
        yield Problem(
            "an interrupted command of confide has to be finished first",
            "its files are not in the index yet, and this commit would undo them",
            hint="run `confide doctor`, then commit again",
            rule="journal",
        )
        return
    merged = _merged(repo)
    for change in index.staged(repo):
        yield from _checked(repo, change, merged)


def _merged(repo: Repository) -> str:
    """The commit that is being merged in, or an empty string."""
    head = repo.git_dir / "MERGE_HEAD"
    return head.read_text().split()[0] if head.is_file() else ""


def _checked(repo: Repository, change: Change, merged: str) -> Iterator[Problem]:
    inside = change.path.split("/")[0].lower() == tree.ROOT
    place = Place(change.path)
    if change.status == "D":
        if tree.shape(change.path) in _RECORDED:
            yield _of_the_record(change)
        yield from _if_fixed(repo, change, merged)
        return
    if inside and change.mode != FILE_MODE:
        yield Problem(
            "something that is no ordinary file is staged under `records/`",
            "a link could lead anywhere",
            place,
            f"take it out with `git rm --cached -- {place.file}`",
            "shape",
        )
        return
    kind = tree.shape(change.path)
    misplaced = tree.misplaced(change.path) if inside else None
    if misplaced is not None:
        yield misplaced
        return
    data = repo.blob(change.blob)
    yield from _anywhere(change, data, inside)
    if kind is not None:
        yield from _record_file(repo, change, kind, data, merged)


def _anywhere(change: Change, data: bytes, inside: bool) -> Iterator[Problem]:
    if len(data) > LARGEST:
        yield Problem(
            f"the file has {len(data) // 2**20} MB",
            f"it would be in every clone for ever; at most {LARGEST // 2**20} MB",
            Place(change.path),
            "keep it somewhere else, or make it smaller",
            "size",
        )
    if _SECRET.search(data):
        yield Problem(
            "a secret key is staged",
            "it belongs into GnuPG or the keystore",
            Place(change.path),
            "take it out with `git rm --cached FILE`; if it was ever pushed, revoke it",
            "secret-key",
        )
    if not inside and _NOTE.match(data):
        yield Problem(
            "a note that is not encrypted is staged",
            "Git would keep its text for ever",
            hint="take it out with `git rm --cached FILE`, then `confide note --file FILE`",
            rule="plaintext",
        )


def _record_file(repo: Repository, change: Change, kind: str, data: bytes, merged: str) -> Iterator[Problem]:
    place = Place(change.path)
    if kind in _RECORDED and not (merged and repo.read(merged, change.path) == data):
        yield _of_the_record(change)
    if kind in _SEALED:
        yield from _sealed(data, place)
    if kind in _KEYS:
        yield from _key(data, place)
    if kind in _PARSERS:
        try:
            _PARSERS[kind](data, change.path)
        except Malformed as malformed:
            yield from malformed.problems
    yield from _if_fixed(repo, change, merged)


def _of_the_record(change: Change) -> Problem:
    # A file that is new here may be somebody's only copy: taken out of the index, it stays where it lies.
    undo = "git rm --cached" if change.status == "A" else "git restore --staged --worktree"
    return Problem(
        "the record is staged by hand",
        "events, signatures and parties' keys are written by the command that checks and signs them, and never change",
        Place(change.path),
        f"take it out again: `{undo} -- {change.path}`",
        "record-by-hand",
    )


def _sealed(data: bytes, place: Place) -> Iterator[Problem]:
    try:
        sealed_for_keys(data, aead=True)
    except Malformed:
        yield Problem(
            "a file that should be encrypted is not",
            "it must be one binary OpenPGP message; Git would keep its text for ever",
            place,
            f"take it out with `git rm --cached -- {place.file}`, then seal it with the command that writes such files",
            "plaintext",
        )


def _key(data: bytes, place: Place) -> Iterator[Problem]:
    try:
        Certificate.parse(data)
    except Malformed as malformed:
        for problem in malformed.problems:
            yield Problem(problem.what, problem.why, place, problem.hint, problem.rule or "public-key")


def _if_fixed(repo: Repository, change: Change, merged: str) -> Iterator[Problem]:
    by = _FIXED_BY.get(tree.shape(change.path) or "")
    if by is not None and not merged and _fixed(repo, change.path, by):
        yield by.problem(Place(change.path))


def _fixed(repo: Repository, path: str, by: _FixedBy) -> bool:
    """Whether HEAD holds an event that fixed the file at `path`."""
    partnership, head = tree.partnership_of(path), repo.head()
    if head is None:
        return False
    events = repo.paths(head, f"{tree.directory(partnership)}/events").items()
    return any(
        path in by.files(parse_event(repo.blob(blob), name))
        for name, blob in events
        if f"-{by.kind}-" in name and tree.shape(name) == "event"
    )

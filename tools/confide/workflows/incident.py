"""`incident lost-laptop`: what has to change when a machine with the practice on it is lost, step by step, resumable.

Which steps are done is read from what they did: from the keepers, the keystore, and the events since it began. Only the
beginning is noted, as a pin of the keystore: when, the key that signed then, and which keystore it was. So a runbook
that was stopped anywhere goes on where it stopped, on another machine too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from confide.model.problem import Malformed, Problem, Refused, Usage
from confide.policy.destruction import gone
from confide.vault.keystore import Keystore
from confide.workflows import backed_up, new_keeper, rotation
from confide.workflows.invite import Letter, invite
from confide.workflows.practice import SETTING_KEYSTORE, Practice
from confide.workflows.readers import Reader, readers
from confide.workflows.revoke import revoke
from confide.workflows.sealing import Builder

PIN = "incident"
KEEP = "-" * 40
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Begun:
    """When it began; the key that signed then (`KEEP`: it was on a card, and stays); the keystore's key then."""

    at: datetime
    key: str
    generation: str


@dataclass(frozen=True)
class Step:
    """One step: how many things are still to be done for it, and what stopped it, if something did."""

    name: str
    left: int
    problem: Problem | None = None


def begun(practice: Practice) -> Begun | None:
    """The incident that is open, or None. Raises Malformed when its note was changed."""
    value = practice.keys.get_pin(PIN)
    if value is None or value == "over":
        return None
    when, key, generation = value.split(" ")
    return Begun(datetime.strptime(when, _FORM).replace(tzinfo=UTC), key, generation)


def begin(practice: Practice, *, keep_key: bool) -> Begun:
    """Note that it begins now, unless one is open already: then that one goes on."""
    known = begun(practice)
    if known is not None:
        return known
    key = KEEP if keep_key else practice.coach
    made = Begun(practice.now, key, practice.keys.certificate.fingerprint)
    practice.keys.set_pin(PIN, f"{made.at:{_FORM}} {made.key} {made.generation}", replace=True)
    return made


def run(
    practice: Practice, builder: Builder, since: Begun, new_key: str, words: str, hand: Callable[[Letter], None]
) -> tuple[Step, ...]:
    """Do what is left, in order. `hand` is given each invitation at once: its code is stored nowhere.

    A step that is refused does not stop those after it, except the first: nothing is signed with a key that may be
    somebody else's.
    """
    _key(practice, since, new_key)
    stopped: dict[str, Problem] = {}
    _try(stopped, "keystore", lambda: _keystore(practice, since))
    for partnership in practice.ids():
        if _unrotated(practice, partnership, since):
            _try(stopped, "partnerships", partial(rotation.rotate, practice, partnership, words))
    for reader in tuple(_exposed(practice, since)):
        _try(stopped, "readers", partial(revoke, practice, reader))
    for reader in tuple(_without_invitation(practice, since)):
        _try(stopped, "readers", partial(_invited, practice, builder, reader, hand))
    found = tuple(_standing(practice, since, stopped))
    if not any(step.left for step in found):
        practice.keys.set_pin(PIN, "over", replace=True)
    return found


def _try(stopped: dict[str, Problem], name: str, step: Callable[[], object]) -> None:
    """Do one thing; what refuses it is kept, and what is tampered with stops everything."""
    try:
        step()
    except Malformed:
        raise
    except Refused as refused:
        stopped.setdefault(name, refused.problems[0])


def standing(practice: Practice, since: Begun) -> tuple[Step, ...]:
    """What is left of each step."""
    return tuple(_standing(practice, since, {}))


def _standing(practice: Practice, since: Begun, stopped: Mapping[str, Problem]) -> Iterator[Step]:
    made = backed_up.standing(practice.repo)
    left = {
        "key": since.key != KEEP and since.key in practice.file.keepers,
        "keystore": practice.keys.certificate.fingerprint == since.generation,
        "partnerships": sum(_unrotated(practice, partnership, since) for partnership in practice.ids()),
        "readers": len((*_exposed(practice, since), *_without_invitation(practice, since))),
        "backup": made.made is None or made.made < since.at or made.behind,
    }
    yield from (Step(name, int(count), stopped.get(name)) for name, count in left.items())


def _key(practice: Practice, since: Begun, new_key: str) -> None:
    if since.key == KEEP or since.key not in practice.file.keepers:
        return
    if not new_key:
        raise Usage(
            Problem(
                "no new key was named",
                "the lost machine held the old one, and only its passphrase protects it now",
                hint="gpg --quick-generate-key 'Your Name <you@example.org>' future-default default 2y; then --new-key "
                "FINGERPRINT. If it was on a card that you still have: --keep-key",
            )
        )
    new_keeper.change(practice, since.key, practice.gpg.key(new_key).fingerprint)


def _keystore(practice: Practice, since: Begun) -> None:
    if practice.keys.certificate.fingerprint != since.generation:
        return
    keystore = Keystore(Path(practice.repo.config(SETTING_KEYSTORE) or ""), practice.gpg)
    practice.__dict__["keys"] = keystore.renew(practice.keys, practice.coach, practice.now)


def _unrotated(practice: Practice, partnership: str, since: Begun) -> bool:
    record = practice.record(partnership)
    return gone(record) is None and not any(event.at >= since.at for event in record.of_kind("rotated"))


def _exposed(practice: Practice, since: Begun) -> Iterator[Reader]:
    """Everybody whose locked key, or whose code, may have lain on the lost machine."""
    for partnership in practice.ids():
        record = practice.record(partnership)
        new = {event.reader for event in record.of_kind("invited") if event.at >= since.at}
        yield from (reader for reader in readers(record) if reader.id not in new)


def _without_invitation(practice: Practice, since: Begun) -> Iterator[Reader]:
    """Everybody who lost their way in since, and was given no other."""
    for partnership in practice.ids():
        record = practice.record(partnership)
        held = {(reader.party, reader.number) for reader in readers(record)}
        for event in record.of_kind("revoked"):
            if event.at >= since.at and (event.to[0], event.number) not in held:
                yield Reader(event.reader, partnership, event.to[0], event.number)


def _invited(practice: Practice, builder: Builder, reader: Reader, hand: Callable[[Letter], None]) -> None:
    hand(invite(practice, builder, reader.partnership, reader.party, reader.number))

"""Whether the coach can record at all: her key, and a history that verifies; each with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from confide.ledger.commits import only_record
from confide.model.partnership import Practice as PracticeFile
from confide.model.problem import NotAllowed, Problem, Unavailable
from confide.model.record import Record
from confide.records import tree
from confide.vault.people import PersonKey
from confide.vault.sequoia import Certificate

if TYPE_CHECKING:
    from confide.workflows.practice import Practice


def check_signs(key: PersonKey, now: datetime) -> None:
    """Raise Unavailable, before anything is written, when this key's signature would not be made or not believed."""
    if key.revoked:
        raise revoked()
    if key.expires is not None and key.expires <= now:
        raise Unavailable(
            Problem(
                "your signing key has expired",
                "nobody would believe what it signs now",
                hint=f"gpg --quick-set-expire {key.fingerprint} 2y",
            )
        )
    if not key.has_secret:
        raise Unavailable(
            Problem(
                "the secret half of your signing key is not here",
                "nothing can be signed without it",
                hint="import it, put the card in, or use the machine that has it",
            )
        )


def revoked() -> Unavailable:
    return Unavailable(
        Problem(
            "your signing key is revoked",
            "nobody would believe what it signs",
            hint="another keeper goes on: git config user.signingkey FINGERPRINT; plain gpg opens what was sealed",
        )
    )


def check_clock(latest: datetime | None, now: datetime) -> None:
    """Time goes forward in the whole practice: an event of any partnership may be an ancestor of what comes next."""
    if latest is not None and now < latest:
        raise Unavailable(
            Problem(
                "this machine's clock is behind the record",
                f"the last event is of {latest:%d %b %Y, %H:%M} UTC, and time only goes forward",
                hint="set the clock right, then run the command again",
                rule="clock",
            )
        )


def with_hint(fault: Problem) -> Problem:
    """What can be done about a fault in the history is always the same: look at it, and compare with another copy."""
    where = f"git log -p -- {fault.place.file}" if fault.place else "git log"
    hint = f"see confide verify and {where}; compare with another clone before anything is recorded on top"
    return fault if fault.hint else replace(fault, hint=hint)


def check_keeps(fingerprint: str, practice: PracticeFile, records: Iterable[Record]) -> None:
    """Raise NotAllowed unless this is the key of a keeper, of the practice or of one partnership in it."""
    if fingerprint in practice.keepers or any(fingerprint in record.partnership.keepers for record in records):
        return
    raise NotAllowed(
        Problem(
            "the signing key of this clone is not a keeper's",
            "only keepers record",
            tree.place(tree.PRACTICE),
            "set the keeper's: git config user.signingkey FINGERPRINT",
        )
    )


def who_may(practice: Practice, signer: str, paths: Iterable[str]) -> tuple[Certificate, ...]:
    """Whose signature a commit of these paths may bear. Raises NotAllowed where `signer` is none of them.

    Whoever was given one partnership records in it, and changes neither who keeps it nor its people nor any key.
    """
    if signer in practice.file.keepers:
        return practice.keepers
    record = practice.sound().partnerships.get(only_record(paths))
    if record is None or signer not in record.partnership.keepers:
        raise NotAllowed(
            Problem(
                "this is not yours to change",
                "your key keeps one partnership: what is said and done in it, not its people, its keepers or its keys",
                tree.place(tree.PRACTICE),
                "ask a keeper of the practice to do it",
                "keeper",
            )
        )
    return (*practice.keepers, practice.certificate(tree.keeper_key(signer)))

"""A party's receipt, and what it proves: made when their site is sealed, checked by anybody, anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from confide.ledger import receipt as file
from confide.ledger import receipt_check
from confide.ledger.issuer import claimed_issuer
from confide.ledger.objects import parse_commit
from confide.ledger.receipt import Opening, Receipt
from confide.ledger.receipt_check import Checked
from confide.model.commitment import salt
from confide.model.note import Note
from confide.model.problem import Malformed, NotAllowed, Problem, Refused, Unavailable, Usage
from confide.model.view import View
from confide.records import note_text, tree
from confide.vault import durable
from confide.vault.sequoia import sign_detached
from confide.workflows import notes, views
from confide.workflows.init import PUBLISHING
from confide.workflows.practice import Practice


def receipt(practice: Practice, partnership: str, party: str, number: int = 1) -> bytes:
    """What this person can prove of what they may see now. A function of their view and of the commits behind it."""
    record = practice.trusted(partnership)
    known = record.partnership.party(party)
    if known is None or party == "coach":
        raise Usage(
            Problem(
                f"`{party}` is no reader of this partnership",
                "a receipt is made for whoever reads",
                hint="confide who lists them",
            )
        )
    made = of_view(practice, views.view(practice, partnership, party, number))
    if not made:
        raise NotAllowed(
            Problem(
                f"there is nothing yet that `{party}` could prove",
                "no event is addressed to them",
                hint="confide who lists what each of them may know",
            )
        )
    return made


def of_view(practice: Practice, view: View) -> bytes:
    """The receipt of whoever has this view; empty where no event is theirs to know."""
    if not view.role or not view.entries:
        return b""
    partnership, party = view.partnership, view.party
    record = practice.record(partnership)
    commits = practice.sound().introduced
    proofs = file.proofs(
        record,
        party,
        lambda event: practice.repo.commit_bytes(commits[event.id]),
        lambda event: practice.read(tree.event(partnership, event.name)),
    )
    made = Receipt(
        partnership=partnership,
        party=party,
        person=view.number,
        root=practice.pins.root,
        keeper=practice.pins.keeper,
        publisher=practice.file.publishing_key,
        keys=_keys(practice, [proof.commit for proof in proofs if proof.commit]),
        events=proofs,
        texts=tuple(_openings(practice, view)),
        agreements={one.agreement.version: one.source.encode() for one in view.agreements},
    )
    return file.render(made, lambda data: sign_detached(data, practice.keys.secret(PUBLISHING)))


def readable(data: bytes) -> bytes:
    """What somebody reads in a receipt: all but keys and commits, whose letters mean nothing. For the leak audit."""
    found = file.parse(data)[0]
    events = (part for proof in found.events for part in (proof.seen, proof.event))
    return b"\n".join((*events, *(one.text.encode() for one in found.texts), *found.agreements.values()))


def _keys(practice: Practice, commits: Sequence[bytes]) -> dict[str, bytes]:
    """The keys that signed these commits, and the publishing key: of nobody else who keeps another record."""
    issuers = {claimed_issuer(parse_commit("0" * 40, commit).signature or b"") for commit in commits}
    found = {}
    for path in practice.repo.paths(practice.sound().head, f"{tree.ROOT}/keys"):
        certificate = practice.certificate(path)
        if issuers & certificate.key_ids or certificate.fingerprint == practice.file.publishing_key:
            found[certificate.fingerprint] = certificate.armoured()
    return found


def _openings(practice: Practice, view: View) -> Iterator[Opening]:
    """Every text of the view with its salt; of an edited note the text that was shown."""
    record = practice.record(view.partnership)
    shown = [*view.shown, *(item for _, items in view.others for item in items)]
    opened: dict[tuple[str, str], tuple[Note, bytes | None] | None] = {}
    done: set[tuple[str, str]] = set()
    for item in shown:
        event = record.event(item.event)
        for exact in event.sections if event else ():
            path, _, section_id = exact.section.partition("#")
            for commit in ("", practice.sound().introduced[item.event]):
                if (path, commit) not in opened:
                    opened[path, commit] = _note(practice, view.partnership, path, commit)
                note, secret = opened[path, commit] or (None, None)
                section = note.section(section_id) if note else None
                if section is None or secret is None or section.commitment != exact.commitment:
                    continue
                if section.text == item.text.markdown and (item.event, exact.section) not in done:
                    done.add((item.event, exact.section))
                    yield Opening(item.event, exact.section, salt(secret, section_id, section.text), section.text)
                break


def _note(practice: Practice, partnership: str, path: str, commit: str) -> tuple[Note, bytes | None] | None:
    try:
        text = notes.plaintext(practice, partnership, path, commit or None)
        return note_text.parse_note(text, partnership, path, types=notes.known_types(practice, partnership, path))
    except Malformed:
        return None


def examine(paths: Sequence[Path], keeper: str = "") -> tuple[Checked, ...]:
    """Each receipt looked through by itself, offline."""
    return tuple(receipt_check.check(_content(path), keeper) for path in paths)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Usage(
            Problem("the receipt cannot be read", (error.strerror or "").lower(), hint="look at its name")
        ) from None


def beside_each_other(checked: Sequence[Checked]) -> tuple[Problem, ...]:
    """What several receipts of one reader show together."""
    return tuple(problem for one, other in pairwise(checked) for problem in receipt_check.against_another(one, other))


def beside_the_record(practice: Practice, checked: Sequence[Checked]) -> tuple[Problem, ...]:
    """What the repository shows beside earlier receipts."""
    found = practice.verification
    problems: list[Problem] = []
    for one in checked:
        record = found.partnerships.get(one.receipt.partnership)
        if record is None:
            problems.append(Problem("the partnership of this receipt is not on record", rule="receipt-other"))
        else:
            problems += receipt_check.against_record(one, record, found.introduced, practice.pins.root)
    return tuple(problems)


def nearby(path: Path, now: datetime) -> Practice | None:
    """The practice around `path`, if there is one: receipts are checked anywhere."""
    try:
        return Practice.open(path, now)
    except Refused:
        return None


def save(path: Path, data: bytes, root: Path) -> None:
    """Write a receipt, for its owner's eyes only. Raises NotAllowed inside the repository: it is plaintext."""
    if root.resolve() in path.resolve().parents:
        raise NotAllowed(
            Problem(
                "a receipt holds texts in the clear, and this place is in the repository",
                "nothing readable is kept there",
                hint="write it somewhere else, or into a pipe",
            )
        )
    try:
        durable.write(path, data)
    except OSError as error:
        raise Unavailable(Problem("the receipt could not be written", (error.strerror or "").lower())) from None

"""What a signature covers: text a person can read, bound to one kind, partnership, party, target and predecessor.

Nothing signed in one place can be used in another, because every statement starts with `confide/1 <kind>` and names
where it belongs. The bytes are rebuilt from the records, so a detached signature needs no copy of them.
"""

from __future__ import annotations

from confide.model.commitment import digest, framed
from confide.model.event import NO_PREVIOUS, Event

# A `message` is a question or a concern: in the open nobody can tell which.
STATEMENT_KINDS = ("agreement", "enrolment", "acknowledgement", "permission", "withdrawal", "input", "message")


def statement(kind: str, partnership: str, party: str, number: int, **facts: str) -> bytes:
    """The statement as UTF-8 text, one `name: value` a line, facts in the order given, LF line ends.

    Raises ValueError for an unknown kind or a line break in a value: either could make two statements look alike.
    """
    if kind not in STATEMENT_KINDS:
        raise ValueError(f"a statement is one of {', '.join(STATEMENT_KINDS)}")
    lines = {"partnership": partnership, "party": party, "person": str(number)}
    lines.update({name.replace("_", "-"): value for name, value in facts.items()})
    if any("\n" in value or "\r" in value for value in lines.values()):
        raise ValueError("a statement's values are single lines")
    body = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return f"confide/1 {kind}\n{body}".encode()


def agreement_statement(
    partnership: str, party: str, number: int, version: int, digest: str, people: str, before: str
) -> bytes:
    """What a signatory signs: this agreement, by its file's digest, after the proposal whose
    digest, as this party sees it (`projection.seen_digest`), is `before`."""
    return statement(
        "agreement",
        partnership,
        party,
        number,
        agreement=f"agreements/{version}.yml",
        digest=digest,
        people=people,
        before=before,
    )


def permission_statement(event: Event) -> bytes:
    """What somebody signs who permits: to whom, what, in which form, whether the source is
    shown, by which channel, and the exact texts if any.

    `before` is what they could see last, so that a permission that was taken back cannot be put on record again.
    """
    return statement(
        "permission",
        event.partnership,
        event.by,
        event.number,
        to=", ".join(event.to),
        what=", ".join(event.what),
        form=event.form.word if event.form is not None else "none",
        attribution=event.attribution.word if event.attribution is not None else "none",
        channel=event.channel or "any",
        texts=", ".join(f"{exact.section} {exact.commitment}" for exact in event.sections) or "any",
        agreement=str(event.agreement),
        before=event.previous.get(event.by, NO_PREVIOUS),
    )


def words_commitment(salt: str, kind: str, words: str) -> str:
    """What a statement names instead of what a person wrote. The salt is random and stays inside ciphertext, since a
    plain checksum would confirm guesses of short words."""
    return digest(framed("words", salt.encode(), kind.encode(), words.encode()))

"""The example under records/ is real: everything parses, opens with its published keys, and holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from confide.model.event import Event
from confide.model.note import Note
from confide.model.projection import seen_digest
from confide.model.statement import agreement_statement
from confide.model.words import CLIENT_STATEMENT, KNOWN_TYPES, SUMMARY_HEADINGS
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.records.event_file import parse_event, render_event
from confide.records.note_text import parse_note
from confide.records.partnership_file import parse_partnership
from confide.records.people_file import parse_people
from confide.records.practice_file import parse_practice
from confide.vault.sequoia import Certificate, SecretKey, open_signed, recipients, verify_detached

ROOT = Path(__file__).resolve().parents[2]
KEYS = ROOT / "tests" / "vectors" / "example"
SUMMARY_TYPES = (*SUMMARY_HEADINGS, CLIENT_STATEMENT)
PARTNERSHIP = next((path.name for path in (ROOT / "records").glob("p-*")), "")


@pytest.fixture(scope="module")
def key() -> SecretKey:
    return SecretKey.parse((KEYS / "partnership.secret.asc").read_bytes())


@pytest.fixture(scope="module")
def coach() -> Certificate:
    practice = parse_practice((ROOT / tree.PRACTICE).read_bytes(), tree.PRACTICE)
    return Certificate.parse((ROOT / tree.keeper_key(practice.keepers[0])).read_bytes())


@pytest.fixture(scope="module")
def notes(key: SecretKey, coach: Certificate) -> dict[str, Note]:
    found = {}
    own = ROOT / tree.directory(PARTNERSHIP)
    for path in sorted(own.rglob("*.md.gpg")):
        name = path.relative_to(own).as_posix().removesuffix(".md.gpg")
        text = open_signed(path.read_bytes(), key, (coach,)).data.decode()
        types = SUMMARY_TYPES if name.startswith("summaries/") else KNOWN_TYPES
        found[name] = parse_note(text, PARTNERSHIP, name, types=types)[0]
    return found


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    paths = sorted((ROOT / tree.directory(PARTNERSHIP) / "events").glob("*.yml"))
    return tuple(parse_event(path.read_bytes(), path.relative_to(ROOT).as_posix()) for path in paths)


def test_every_file_has_its_place() -> None:
    """Each file of the example is of a kind that the layout knows, and there is one partnership."""
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "records").rglob("*") if path.is_file()]
    assert len(files) > 40
    assert [path for path in files if tree.shape(path) is None] == []
    assert len(list((ROOT / "records").glob("p-*"))) == 1


def test_notes_and_people_open_with_the_published_key(
    key: SecretKey, coach: Certificate, notes: dict[str, Note]
) -> None:
    """Eight notes and the sealed schedule open, are signed by the coach, and are for the partnership's key alone."""
    assert len(notes) >= 8
    path = tree.people(PARTNERSHIP)
    people = parse_people(open_signed((ROOT / path).read_bytes(), key, (coach,)).data, path)
    assert {person.party for person in people.persons} == {"coach", "client", "payer", "manager", "adviser"}
    for sealed in (ROOT / "records").rglob("*.gpg"):
        assert set(recipients(sealed.read_bytes())) <= key.certificate.key_ids


def test_commitments_fix_the_disclosed_texts(notes: dict[str, Note], events: tuple[Event, ...]) -> None:
    """Every disclosure names a section whose text opens its commitment; each event file renders to its own bytes."""
    disclosed = [exact for event in events if event.kind == "disclosed" for exact in event.sections]
    assert len(disclosed) >= 8
    for exact in disclosed:
        path, _, section_id = exact.section.partition("#")
        section = notes[path].section(section_id)
        assert section is not None
        assert section.commitment == exact.commitment
    for event in events:
        assert render_event(event) == (ROOT / event.place.file).read_bytes()


def test_signatures_are_over_the_agreements_as_they_stand(events: tuple[Event, ...]) -> None:
    """Each detached signature verifies with its party's key over the statement rebuilt from the records."""
    partnership_path = tree.partnership(PARTNERSHIP)
    partnership = parse_partnership((ROOT / partnership_path).read_bytes(), partnership_path)
    proposals = {event.agreement: event for event in events if event.kind == "proposed"}
    signed = [event for event in events if event.kind == "signed" and event.strength != "paper"]
    assert len(signed) >= 6
    for event in signed:
        path = tree.agreement(PARTNERSHIP, event.agreement)
        agreement = parse_agreement((ROOT / path).read_bytes(), path)
        before = seen_digest(proposals[event.agreement], event.by)
        text = agreement_statement(
            PARTNERSHIP, event.by, event.number, agreement.version, agreement.digest, agreement.people, before
        )
        if event.by == "coach":
            holder = tree.keeper_key(partnership.keepers[0])
        else:
            holder = tree.party_key(PARTNERSHIP, event.by, event.number)
        certificate = Certificate.parse((ROOT / holder).read_bytes())
        signature = ROOT / tree.agreement_signature(PARTNERSHIP, event.agreement, event.by, event.number)
        assert verify_detached(text, signature.read_bytes(), (certificate,)).signer == event.key

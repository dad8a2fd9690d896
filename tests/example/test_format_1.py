"""Format version 1 is read for ever: what the version that froze it wrote opens and means the same."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from confide.ledger import codec, receipt
from confide.ledger.objects import parse_commit
from confide.model.commitment import digest
from confide.model.detail import STEPS
from confide.model.event import KINDS, NO_PREVIOUS
from confide.model.projection import seen_bytes, seen_digest
from confide.model.statement import agreement_statement
from confide.records import detail_file, event_file, people_file, tree
from confide.records.agreement_file import parse_agreement
from confide.records.attachment import references
from confide.records.instrument_file import parse_instrument
from confide.records.note_text import parse_note
from confide.records.partnership_file import parse_partnership, render_partnership
from confide.records.practice_file import parse_practice, render_practice
from confide.vault import archive, backup_file, handover, locked, reader_state, sealed
from confide.vault.keystore import Keystore
from confide.vault.manifest import parse_manifest, render_manifest
from confide.vault.people import GnuPG
from confide.vault.portal_circles import Circles
from confide.vault.sequoia import Certificate, SecretKey, open_signed, verify_detached
from confide.workflows.inbox_items import parsed

FROZEN = Path(__file__).resolve().parents[1] / "vectors/format-1"
P = "p-9g9z"
RECORD = f"records/{P}"
CODE = "plain-words-that-open-a-published-example-only"
HASH = digest(b"format 1")
# Copies: the worked example is written anew, with other keys, whenever the story changes.
COACH = SecretKey.parse((FROZEN / "published/coach.secret.asc").read_bytes())
KEY = SecretKey.parse((FROZEN / "published/partnership.secret.asc").read_bytes())
EXPECTED: dict[str, dict[str, Any]] = json.loads((FROZEN / "expected.json").read_bytes())
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def frozen(name: str) -> bytes:
    return (FROZEN / name).read_bytes()


def several(pattern: str, least: int) -> list[str]:
    """The names that fit, which have to be there: an empty list would let everything pass."""
    found = sorted(path.relative_to(FROZEN).as_posix() for path in FROZEN.glob(pattern))
    assert len(found) >= least, pattern
    return found


EVENTS = several(f"{RECORD}/events/*.yml", 2 * len(KINDS))
DETAILS = several("plain/detail/*.yml", 1 + sum(map(len, STEPS.values())))


def test_there_is_a_file_of_every_kind() -> None:
    """Each kind of file under `records/` is there; one that comes must be added."""
    shapes = Counter(tree.shape(name) for name in several("records/**/*.*", 80))
    documents = {"document", "instrument-document", "event-document", "event-signature", "kept", "party-key"}
    assert set(shapes) == {kind for kind, _ in tree.KINDS_BY_PLACE} - documents | {"practice", "keeper-key"}
    kinds = {event_file.parse_event(frozen(name), name).kind for name in EVENTS}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_read_and_written_the_same(name: str) -> None:
    """Its bytes, its commit's message, what the client sees of it, and the links of two chains come out as they did."""
    event = event_file.parse_event(frozen(name), name)
    assert event_file.render_event(event) == frozen(name)
    assert codec.message(event).encode() == frozen(f"messages/{event.name}.txt")
    assert seen_bytes(event, "client") == frozen(f"seen/{event.name}.client.json")
    assert {party: seen_digest(event, party) for party in ("client", "payer")} == EXPECTED["links"][event.name]


@pytest.mark.parametrize("name", DETAILS)
def test_a_detail_is_read_and_written_the_same(name: str) -> None:
    """Prose alone, and every step of every case."""
    assert detail_file.render_detail(detail_file.parse_detail(frozen(name), name)) == frozen(name)


def test_open_files_are_read_and_written_the_same() -> None:
    """Practice and partnership byte for byte; agreements and instruments as people wrote them."""
    for name, read, write in (
        (tree.PRACTICE, parse_practice, render_practice),
        (f"{RECORD}/partnership.yml", parse_partnership, render_partnership),
    ):
        assert write(read(frozen(name), name)) == frozen(name)  # type: ignore[operator, arg-type]
    for name in several(f"{RECORD}/agreements/*.yml", 2):
        agreement = parse_agreement(frozen(name), name)
        assert agreement.digest == EXPECTED["agreements"][str(agreement.version)] == digest(frozen(name))
        assert len(agreement.terms) > 5
    assert [parse_instrument(frozen(n), n).id for n in several(f"{RECORD}/instruments/*.yml", 2)] == [
        "nda-drive",
        "works-agreement-17",
    ]
    signature = frozen(f"{RECORD}/agreements/1.coach.1.sig")
    statement = agreement_statement(P, "coach", 1, 1, HASH, HASH, HASH)
    assert verify_detached(statement, signature, [COACH.certificate]).signer == COACH.fingerprint


def opened(name: str) -> bytes:
    return open_signed(frozen(name), KEY, [COACH.certificate]).data


def test_sealed_records_open() -> None:
    """People, notes, feedback, summaries, a detail and an attachment; people are written the same, commitments hold."""
    people = opened(f"{RECORD}/people.yml.gpg")
    found = people_file.parse_people(people, "people.yml")
    assert people == frozen("plain/people.yml") == people_file.render_people(P, found.persons, bytes(16))
    for path, plain in (
        ("notes/2026-02-03", "note"),
        ("notes/2026-02-03-2", "note-attached"),
        ("feedback/x7k2m9qd", "feedback"),
        ("summaries/a83dw5hn", "summary"),
    ):
        text = opened(f"{RECORD}/{path}.md.gpg")
        assert text == frozen(f"plain/{plain}.md")
        note, _ = parse_note(text.decode(), P, path)
        assert [section.id for section in note.sections] == ["s2a", "s3b", "s4c"]
        if path == "notes/2026-02-03":
            assert {section.ref: section.commitment for section in note.sections} == EXPECTED["commitments"]
        if plain == "note-attached":
            [attached] = references(note.sections[1].text)
            assert digest(opened(f"{RECORD}/{path}.{attached.id}.gpg")) == attached.digest
    [detail] = several(f"{RECORD}/events/*.detail.yml.gpg", 1)
    assert opened(detail) == frozen("plain/detail/words.yml")


def test_a_commit_is_read() -> None:
    """Its signature covers what it covered, and its message names the event."""
    commit = parse_commit("5" * 40, frozen("commit"))
    assert verify_detached(commit.payload, commit.signature, [COACH.certificate]).signer == COACH.fingerprint
    assert commit.committer_time == AT
    assert frozen("commit").endswith(commit.message.encode())
    assert "\nEvent: " in commit.message


def test_a_sealed_site_opens() -> None:
    """For its reader, with its manifest written the same; so does the pack behind a one-time code, and a box."""
    site = sealed.open_sealed(frozen("site.gpg"), KEY, COACH.certificate)
    manifest = parse_manifest(frozen("manifest.json"))
    assert (site.manifest, render_manifest(manifest)) == (manifest, frozen("manifest.json"))
    assert site.files == archive.unpack(frozen("assets.zip"))
    pack = sealed.open_with_code(frozen("pack"), CODE, COACH.certificate)
    assert pack.site.manifest == replace(manifest, key="", sequence=0)
    assert locked.unlock(frozen("box"), CODE) == b"what is in the box"


def test_the_host_s_files_are_read() -> None:
    """A reader's record written the same, a circle of sources, and an item of the inbox."""
    assert reader_state.render(reader_state.parse(frozen("reader.json"))) == frozen("reader.json")
    circle = Circles(FROZEN / "portal").find("c4mz8q2w7x")
    assert circle is not None
    assert (circle.partnership, circle.party, circle.until) == (P, "peers", date(2026, 12, 1))
    item = parsed(open_signed(frozen("inbox.gpg"), KEY, [KEY.certificate]).data)
    assert (item["kind"], item["party"], item["target"]) == ("signature", "client", "agreements/1.yml")


def test_a_receipt_is_read_and_written_the_same() -> None:
    """Its signature holds for its JSON, which comes out as it was."""
    found, data, signature = receipt.parse(frozen("receipt"))
    assert verify_detached(data, signature, [COACH.certificate]).signer == COACH.fingerprint
    assert receipt.render(found, lambda _: signature) == frozen("receipt")
    assert json.loads(found.events[0].seen)["previous"] in {HASH, NO_PREVIOUS}


def test_a_backup_and_a_handover_open() -> None:
    """A backup with its printed words alone; a handover says whose keys it brings, and who gave them."""
    words = frozen("backup.words").decode()
    backup = backup_file.open_with_words(frozen("backup"), words)
    assert backup.verified([COACH.certificate]) == COACH.fingerprint
    assert (backup.head.practice, dict(backup.files)) == ("c-4mz8", {"repository.bundle": b"a bundle"})
    given, payload, signature = handover.read(frozen("handover"))
    assert (given.partnership, [key.fingerprint for key in given.keys]) == (P, [KEY.fingerprint])
    assert handover.payload(given) == payload
    assert verify_detached(payload, signature, [COACH.certificate]).signer == given.giver


@pytest.mark.gpg
def test_a_keystore_opens(short_home: Path) -> None:
    """With the coach's key in GnuPG, and the seal beside it."""
    gpg = GnuPG(short_home)
    try:
        gpg.import_key(COACH.armoured())
        unlocked = Keystore(FROZEN / "keystore", gpg).unlock()
        assert unlocked.get_pin("root") == "1" * 40
        assert Certificate.parse(unlocked.secret(P).certificate.armoured()).fingerprint == KEY.fingerprint
    finally:
        gpg.kill_agent()

"""The same portal without HTTP, at any moment: months are replayed with keys and signatures dated as they happened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from confide.model.problem import NotAllowed, Usage
from confide.portal.visit import NotOpened, NotShown
from confide.vault import at_time, sequoia
from tests.portal.practice import ASK, CLIENT, PAYER, READERS, Practice, ask, long_ago
from tests.portal.test_flow import opened

MINE = READERS[CLIENT]
THEN = long_ago() + timedelta(days=10)


def test_months_ago(practice: Practice) -> None:
    """Key, enrolment and signature bear the moments they were made at, not the one of the replay."""
    made = practice.service.enrol(MINE, practice.invite(CLIENT, THEN), THEN)
    later = THEN + timedelta(days=3)
    sent = practice.service.sign(MINE, made.passphrase, ASK, later)
    assert sent.at == later
    certificate = practice.certificate(CLIENT)
    enrolment, signature = opened(practice)
    assert (enrolment["at"], signature["at"]) == ("2026-01-12T09:00:00Z", "2026-01-15T09:00:00Z")
    for item, at in ((enrolment, THEN), (signature, later)):
        verified = sequoia.verify_detached(item["statement"].encode(), item["signature"].encode(), [certificate])
        assert verified.created == at
    assert practice.service.sign(MINE, made.passphrase, ASK, later + timedelta(days=1)) == sent


def test_now_without_gnupg(practice: Practice, keys: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature dated now is made in this process: no program is started for it."""
    from datetime import UTC, datetime

    monkeypatch.setenv("PATH", "/nonexistent")
    signature = at_time.sign_detached_at(b"text", keys[0], datetime.now(UTC))
    assert sequoia.verify_detached(b"text", signature, [practice.publisher.certificate]).signer


def test_before_the_key_was_made(practice: Practice, keys: tuple[bytes, bytes]) -> None:
    """Nobody signs with a key that did not exist yet."""
    from confide.model.problem import Refused

    with pytest.raises(Refused):
        signature = at_time.sign_detached_at(b"text", keys[0], long_ago() - timedelta(days=400))
        sequoia.verify_detached(b"text", signature, [practice.publisher.certificate])


def test_words_as_people_write_them(practice: Practice) -> None:
    """Six plain words open in any case, with any blanks or dashes between; other words do not."""
    words = practice.service.enrol(MINE, practice.invite(CLIENT, THEN), THEN).passphrase
    six = words.split("-")
    assert len(six) == 6
    for written in (
        " ".join(six),
        "  ".join(six).upper(),
        f" {words}\n",
        ", ".join(six),
        " – ".join(six),
        "\u00a0".join(six),
    ):
        assert practice.service.open(MINE, written, THEN).reader == MINE
    for wrong in ("", " ".join(six[:5]), " ".join([*six, "more"]), "".join(six), " ".join(reversed(six)), words + "x"):
        with pytest.raises(NotOpened):
            practice.service.open(MINE, wrong, THEN)


def test_what_opens_nothing(practice: Practice) -> None:
    """Unknown, not enrolled, over, revoked, used: `NotOpened` for all of them, and nothing is written."""
    code = practice.invite(CLIENT, THEN, days=14)
    before = practice.everything()
    for reader, words, at in (
        (MINE, "wrong", THEN),
        (MINE, code, THEN + timedelta(days=14)),
        ("x0000000x9", code, THEN),
        ("not-a-reader", code, THEN),
        (READERS[PAYER], code, THEN),
    ):
        for do in (practice.service.unlock, practice.service.enrol, practice.service.open):
            with pytest.raises(NotOpened):
                do(reader, words, at)  # type: ignore[operator]
    assert practice.everything() == before
    made = practice.service.enrol(MINE, code, THEN)
    for do in (practice.service.unlock, practice.service.enrol, practice.service.open):
        with pytest.raises(NotOpened):
            do(MINE, code, THEN)  # type: ignore[operator]
    practice.store.revoke(MINE)
    with pytest.raises(NotOpened):
        practice.service.open(MINE, made.passphrase, THEN)


def test_a_new_letter_after_lost_words(practice: Practice) -> None:
    """Inviting again takes the old key away at once; the new one opens what is published for it, and counts go on."""
    first = practice.service.enrol(MINE, practice.invite(CLIENT, THEN), THEN)
    old = practice.certificate(CLIENT).fingerprint
    practice.publish(CLIENT, THEN, 7)
    code = practice.invite(CLIENT, THEN)
    with pytest.raises(NotOpened):
        practice.service.open(MINE, first.passphrase, THEN)
    second = practice.service.enrol(MINE, code, THEN)
    assert second.fingerprint != old
    assert practice.service.open(MINE, second.passphrase, THEN).site.manifest.sequence == 0
    with pytest.raises(NotAllowed, match="newer"):
        practice.publish(CLIENT, THEN, 7)
    practice.publish(CLIENT, THEN, 8)
    assert practice.service.open(MINE, second.passphrase, THEN).site.manifest.sequence == 8


def test_an_older_site_put_back(practice: Practice) -> None:
    """A host that puts yesterday's sealed file in the place of today's is found out, and so is the re-sealed draft."""
    words = practice.service.enrol(MINE, practice.invite(CLIENT, THEN), THEN).passphrase
    found = practice.store.reader(MINE)
    assert found is not None
    draft, older = practice.store.sealed(found), practice.sealed(CLIENT, THEN, 3)
    practice.publish(CLIENT, THEN, 4)
    found = practice.store.reader(MINE)
    assert found is not None
    place: Path = practice.store.path / "readers" / MINE / found.site
    for old in (draft, older):
        place.write_bytes(old)
        with pytest.raises(NotShown, match="older"):
            practice.service.open(MINE, words, THEN)


def test_only_what_is_asked_is_signed(practice: Practice) -> None:
    """No ask of that name, or another text than the one that was shown: no signature and no item."""
    words = practice.service.enrol(MINE, practice.invite(CLIENT, THEN), THEN).passphrase
    before = practice.everything()
    for name, shown in (("agreement-2", None), ("enrolment", None), (ASK, "confide/1 agreement\nsomething else\n")):
        with pytest.raises(Usage, match="not asked of you"):
            practice.service.sign(MINE, words, name, THEN, shown)
    with pytest.raises(NotOpened):
        practice.service.sign(MINE, "wrong", ASK, THEN)
    assert practice.everything() == before
    practice.service.sign(MINE, words, ASK, THEN, ask(CLIENT).statement)
    assert len(practice.store.inbox.items()) == 2


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrst", "passwordpassword"])
def test_a_weak_passphrase(practice: Practice, weak: str) -> None:
    """Refused before anything is made; the code is still good."""
    code = practice.invite(CLIENT, THEN)
    visit = practice.service.unlock(MINE, code, THEN)
    before = practice.everything()
    with pytest.raises(Usage, match="too easy"):
        practice.service.enrol_visit(visit, weak, THEN)
    assert practice.everything() == before
    assert practice.service.enrol(MINE, code, THEN).fingerprint


def test_a_visit_that_is_over_makes_no_key(practice: Practice) -> None:
    """Between the code and the key the invitation ended, or was used in another window."""
    visit = practice.service.unlock(MINE, practice.invite(CLIENT, THEN, days=14), THEN)
    with pytest.raises(NotOpened):
        practice.service.enrol_visit(visit, "six good words would stand here", THEN + timedelta(days=14))
    practice.service.enrol_visit(visit, "six good words would stand here", THEN)
    with pytest.raises(NotAllowed):
        practice.service.enrol_visit(visit, "six good words would stand here", THEN)
    assert len(practice.store.inbox.items()) == 1

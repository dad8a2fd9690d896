"""Who does not have the words learns nothing: not whether a reader exists, was revoked, has signed, or used a code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confide.portal import service
from confide.vault import locked
from tests.portal.conftest import Clock
from tests.portal.practice import CANARY, CLIENT, NOBODY, PAYER, READERS, Practice
from tests.portal.visitor import Visitor


def whole(answer: object, reader: str) -> tuple[object, ...]:
    """Everything an answer consists of; the reader's own address, which the visitor typed, is called X."""
    headers = [(name, value.replace(reader, "X")) for name, value in answer.headers.multi_items()]  # type: ignore[attr-defined]
    return answer.status_code, headers, answer.text.replace(reader, "X")  # type: ignore[attr-defined]


def steps(visitor: Visitor, words: str) -> list[tuple[object, ...]]:
    """What somebody sees who comes, tries, and looks around."""
    answers = [visitor.get(), visitor.unlock(words), visitor.get("?again"), visitor.get("_/sign/agreement-1")]
    answers += [visitor.get("agreement/"), visitor.get("_/enrol"), visitor.get("_/key"), visitor.get("assets/x.css")]
    answers += [visitor.get("_/welcome"), visitor.get("_/logout"), visitor.get("_/open"), visitor.get("")]
    answers += [
        visitor.post("_/enrol", form="x"),
        visitor.post("_/sign/agreement-1", form="x"),
        visitor.post("_/logout"),
    ]
    return [whole(answer, visitor.reader) for answer in answers]


def unknown(practice: Practice, clock: Clock) -> tuple[str, str]:
    return NOBODY, "wrong words"


def invited(practice: Practice, clock: Clock) -> tuple[str, str]:
    practice.invite(CLIENT, clock.at)
    return READERS[CLIENT], "wrong words"


def over(practice: Practice, clock: Clock) -> tuple[str, str]:
    code = practice.invite(CLIENT, clock.at, days=14)
    clock.pass_(days=14)
    return READERS[CLIENT], code


def used(practice: Practice, clock: Clock) -> tuple[str, str]:
    code = practice.invite(CLIENT, clock.at)
    practice.service.enrol(READERS[CLIENT], code, clock.at)
    return READERS[CLIENT], code


def replaced(practice: Practice, clock: Clock) -> tuple[str, str]:
    code = practice.invite(CLIENT, clock.at)
    practice.invite(CLIENT, clock.at)
    return READERS[CLIENT], code


def wrong(practice: Practice, clock: Clock) -> tuple[str, str]:
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    return READERS[CLIENT], "wrong words"


def others(practice: Practice, clock: Clock) -> tuple[str, str]:
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    return READERS[CLIENT], practice.service.enrol(
        READERS[PAYER], practice.invite(PAYER, clock.at), clock.at
    ).passphrase


def revoked(practice: Practice, clock: Clock) -> tuple[str, str]:
    made = practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    practice.store.revoke(READERS[CLIENT])
    return READERS[CLIENT], made.passphrase


def empty(practice: Practice, clock: Clock) -> tuple[str, str]:
    practice.invite(CLIENT, clock.at)
    return READERS[CLIENT], ""


def endless(practice: Practice, clock: Clock) -> tuple[str, str]:
    practice.invite(CLIENT, clock.at)
    return READERS[CLIENT], "word " * 1500


CASES = [invited, over, used, replaced, wrong, others, revoked, empty, endless]


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_every_no_is_the_same_no(
    case: Callable[[Practice, Clock], tuple[str, str]], practice: Practice, visitor: Visitor, clock: Clock
) -> None:
    """Status, headers and bytes of every page are those that an address nobody has gives."""
    visitor.reader, words = case(practice, clock)
    seen = steps(visitor, words)
    visitor.reader = NOBODY
    assert seen == steps(visitor, "wrong words")
    assert seen[1][0] == 303
    assert all(CANARY not in str(page) for page in seen)


@pytest.mark.parametrize("case", [unknown, *CASES], ids=["unknown", *(case.__name__ for case in CASES)])
def test_every_no_is_the_same_work(
    case: Callable[[Practice, Clock], tuple[str, str]],
    practice: Practice,
    visitor: Visitor,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One Argon2id of the same cost and one box that does not open, whatever there is."""
    reader, words = case(practice, clock)
    stretched: list[locked.Cost] = []
    stretch = locked.stretch

    def counted(passphrase: str, salt: bytes, cost: locked.Cost = locked.COST) -> str:
        stretched.append(cost)
        return stretch(passphrase, salt, cost)

    monkeypatch.setattr(locked, "stretch", counted)
    visitor.reader = reader
    visitor.unlock(words)
    assert stretched == [visitor.client.app.state.house.settings.cost]  # type: ignore[attr-defined]


def test_a_decoy_is_as_large_as_what_it_stands_for(practice: Practice, clock: Clock) -> None:
    """Failing on a locked key, on a pack's small box and on the decoy means reading about as much."""
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    reader = practice.store.reader(READERS[CLIENT])
    assert reader is not None and reader.key is not None
    decoy = service.Service(practice.store, practice.service._cost).decoy
    assert abs(len(decoy) - len(reader.key.locked)) < 400


def test_the_words_right_and_the_site_wrong(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Who has the words is told that something is wrong here, and whom to tell; not what is inside."""
    made = practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    practice.publish(CLIENT, clock.at, 4)
    clock.pass_(days=91)
    answer = visitor.unlock(made.passphrase)
    assert answer.headers["location"].endswith("?refused")
    text = visitor.get("?refused").text
    assert "tell your coach" in text
    assert CANARY not in text

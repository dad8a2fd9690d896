"""Passphrases, codes, names and texts leave no trace: not in the store, in a log, in an error or on a command line."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from pathlib import Path

import pytest

from confide.model.problem import Refused
from confide.portal.serve import Discreet, quiet
from tests.portal.conftest import Clock
from tests.portal.practice import CANARY, CLIENT, NAME, PAYER, READERS, Practice
from tests.portal.visitor import Visitor

OWN = "Twelve herons over the canarypond"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the arguments and the environment of every gpg that is started from here on."""
    told, directory, real = tmp_path / "told", tmp_path / "bin", shutil.which("gpg")
    directory.mkdir()
    (directory / "gpg").write_text(f'#!/bin/sh\n{{ echo "$@"; env; }} >> "{told}"\nexec "{real}" "$@"\n')
    (directory / "gpg").chmod(0o700)
    monkeypatch.setenv("PATH", f"{directory}:{os.environ['PATH']}")
    return told


def test_a_whole_visit_leaves_no_trace(
    practice: Practice,
    visitor: Visitor,
    clock: Clock,
    programs: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Two readers enrol, one with six words, one with an own passphrase; both sign, mistype and leave."""
    caplog.set_level(logging.DEBUG)
    before = set(Path("/dev/shm").glob(f"confide-{os.getpid()}-*"))
    payer = Visitor(visitor.client.app, PAYER)  # type: ignore[arg-type]
    codes = [practice.invite(CLIENT, clock.at), practice.invite(PAYER, clock.at)]
    six = visitor.enrol(codes[0])
    payer.unlock(codes[1])
    payer.post("_/enrol", form=payer.form("_/enrol"), choice="own", first=OWN, again=OWN)
    for one, words in ((visitor, six), (payer, OWN)):
        one.unlock(words + "x")
        one.unlock(words)
        assert CANARY in one.get().text
        one.sign(words)
        one.post("_/logout", form=one.form("_/logout"))
        practice.publish(one.party, clock.at, 2)
        one.unlock(words)
        assert one.get("agreement/").status_code == 200
    assert len(practice.store.inbox.items()) == 4

    secrets = [*codes, *(code.replace("-", "") for code in codes), six, six.replace(" ", "-"), OWN, CANARY, NAME]
    secrets += [value for one in (visitor, payer) for value in one.cookies.values()]
    spoken = capfd.readouterr()
    places = {
        "the store": practice.everything(),
        # httpx is the visitor's side.
        "the log": "\n".join(one.getMessage() for one in caplog.records if one.name != "httpx").encode(),
        "standard output": (spoken.out + spoken.err).encode(),
        "programs": programs.read_bytes(),
    }
    assert b"--gen-key" in places["programs"] and b"opened: " in places["the log"]
    found = [(place, secret) for place, text in places.items() for secret in secrets if secret.encode() in text]
    assert found == []
    assert not any(reader.encode() in places["the log"] for reader in READERS.values())
    assert set(Path("/dev/shm").glob(f"confide-{os.getpid()}-*")) == before


def test_errors_say_nothing(practice: Practice, clock: Clock) -> None:
    """What is raised on the way holds neither what was typed nor what lies sealed."""
    code = practice.invite(CLIENT, clock.at)
    made = practice.service.enrol(READERS[CLIENT], code, clock.at)
    tries = [
        lambda: practice.service.unlock(READERS[CLIENT], OWN, clock.at),
        lambda: practice.service.enrol(READERS[CLIENT], code, clock.at),
        lambda: practice.service.sign(READERS[CLIENT], OWN, "agreement-1", clock.at),
        lambda: practice.service.sign(READERS[CLIENT], made.passphrase, CANARY, clock.at),
        lambda: practice.service.enrol(READERS[PAYER], practice.invite(PAYER, clock.at), clock.at, "too weak"),
    ]
    for attempt in tries:
        with pytest.raises(Refused) as caught:
            attempt()
        said = f"{caught.value} {caught.value!r} {caught.value.problems}"
        assert not any(secret in said for secret in (OWN, code, made.passphrase, CANARY, "too weak"))
        assert caught.value.__cause__ is None
    assert not any(secret in repr((made, made.visit)) for secret in (made.passphrase, CANARY, NAME))


def test_a_fault_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    """What nobody foresaw is logged as its kind and its place; the words of an error may be anybody's."""
    quiet()
    quiet()
    logger = logging.getLogger("uvicorn.error")
    assert len([one for one in logger.filters if isinstance(one, Discreet)]) == 1
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.error("Exception in %s", NAME, exc_info=sys.exc_info())
    assert "ValueError at test_no_trace.py:" in caplog.text
    assert CANARY not in caplog.text and NAME not in caplog.text and "Traceback" not in caplog.text

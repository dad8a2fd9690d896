"""Before a push: a message in words of its own is read for names, whatever it dresses up as (S-06)."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import cast

import pytest

from confide.workflows import pushing
from confide.workflows.practice import Practice


def test_a_line_that_looks_like_an_event_hides_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the message of an event is left out: verification has compared that with the event, word for word."""
    message = "lunch with Larkspur\n\nDigest: sha256:00\n"
    commits = [SimpleNamespace(id=name, short=name, message=message) for name in ("event", "other")]
    practice = SimpleNamespace(
        sound=lambda: SimpleNamespace(head="other", introduced={"x7k2m9qd": "event"}),
        repo=SimpleNamespace(paths=lambda *_: {}, commits=lambda: commits),
    )
    monkeypatch.setattr(pushing, "_names", lambda _: re.compile("Larkspur"))
    found = pushing.names_in_the_open(cast("Practice", practice))
    assert [problem.what for problem in found] == ["commit other names somebody"]

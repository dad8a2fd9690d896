"""Another time than the machine's, for commands that run in this process."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest


def turn_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the next commands believe that it is earlier."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - by  # type: ignore[arg-type]

    monkeypatch.setattr("confide.cli.session.datetime", Earlier)

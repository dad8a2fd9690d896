"""A practice with its portal's store, and the portal itself: through Starlette's client, and as a real server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette

from confide.portal.app import make_app
from confide.portal.serve import listen, origins
from confide.portal.settings import Settings
from tests.portal.practice import CHEAP, Practice, long_ago, make_keys, make_practice
from tests.portal.visitor import ORIGIN, Visitor
from tests.portal.windows import QUIET, windows

# Generous: tests that are not about limits may try as often as they like.
MANY = "10000 per minute"


class Clock:
    """The moment as the portal sees it; tests move it on."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture(scope="session")
def keys(isolated_home: Path) -> tuple[bytes, bytes]:
    """A publishing key and a partnership's key, made once for the run."""
    return make_keys(long_ago())


@pytest.fixture
def practice(tmp_path: Path, keys: tuple[bytes, bytes]) -> Practice:
    """A practice whose portal holds nobody yet."""
    return make_practice(tmp_path / "portal", keys)


@pytest.fixture
def clock() -> Clock:
    """The clock of `app`."""
    return Clock()


@pytest.fixture
def settings() -> Settings:
    """Cheap to unlock, hard to be limited by."""
    return Settings((ORIGIN,), cost=CHEAP, tries_per_reader=MANY, tries_per_address=MANY)


@pytest.fixture
def app(practice: Practice, clock: Clock, settings: Settings) -> Starlette:
    """The portal over `practice`."""
    return make_app(practice.store, clock, settings)


@pytest.fixture
def visitor(app: Starlette) -> Visitor:
    """A browser without a window."""
    return Visitor(app)


@pytest.fixture
def serving(practice: Practice) -> Callable[[], Iterator[str]]:
    """A real server on loopback, as `confide serve` runs it; gives its address."""

    @contextmanager
    def serve(name: str = "127.0.0.1") -> Iterator[str]:
        listening = listen("127.0.0.1", 0)
        port = listening.getsockname()[1]
        settings = Settings(origins("127.0.0.1", port), cost=CHEAP, tries_per_reader=MANY, tries_per_address=MANY)
        application = make_app(practice.store, lambda: datetime.now(UTC), settings)
        config = uvicorn.Config(application, access_log=False, log_config=None, server_header=False, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{name}:{port}"
        finally:
            server.should_exit = True
            thread.join()
            listening.close()

    return serve


@pytest.fixture(scope="module")
def chromium(browser_path: Path) -> Iterator[Browser]:
    """One browser for all tests of a file; each has windows of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A maker of windows; see `windows`."""
    with windows(chromium) as make:
        yield make

"""MkDocs says nothing to anybody while it is at work: whatever it would have warned of stops the build."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from confide.model.problem import Malformed, Place, Problem


class _Listener(logging.Handler):
    """Keeps what MkDocs warns of. Its messages speak of the pages under site/pages, never of a reader's."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def quiet() -> Iterator[None]:
    """Raises Malformed at the end if anything was warned of meanwhile."""
    logger, listener = logging.getLogger("mkdocs"), _Listener()
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(listener)
    try:
        yield
    except Malformed as wrong:
        raise Malformed(*wrong.problems, *_problems(listener)) from wrong
    finally:
        logger.removeHandler(listener)
        logger.propagate = before
    if listener.heard:
        raise Malformed(*_problems(listener))


def _problems(listener: _Listener) -> list[Problem]:
    return [Problem(heard, place=Place("site/pages"), rule="site-sources") for heard in listener.heard]

"""Open doors, in memory only: a random token for each, an idle limit and an absolute one. A restart closes all."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from confide.portal.outgoing import Words
from confide.portal.visit import Visit

# One person: a laptop, a phone, and one that was left open somewhere. The oldest gives way.
MOST_PER_READER = 4
# A circle is many people behind one code.
MOST_PER_CIRCLE = 400


@dataclass
class Session:
    """One visit in one browser. `form` must come back in each form; `words` are the six offered before enrolment;
    `said` is what the next page says about the form before it, once; `drafts` what was written and not yet signed,
    `sent` the items of the messages that were, by their kind."""

    visit: Visit = field(repr=False)
    opened: datetime
    used: datetime
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    words: str = field(default="", repr=False)
    said: str = ""
    drafts: dict[str, Words] = field(default_factory=dict, repr=False)
    sent: dict[str, str] = field(default_factory=dict, repr=False)

    def hear(self) -> str:
        """What was said, which is forgotten with that."""
        said, self.said = self.said, ""
        return said


class Sessions:
    """All sessions. Tokens are kept as their hash: what is in memory opens nothing by itself."""

    def __init__(self, idle: timedelta, longest: timedelta, most: int = MOST_PER_READER) -> None:
        self._most = most
        self._idle = idle
        self._longest = longest
        self._open: dict[bytes, Session] = {}

    def __len__(self) -> int:
        return len(self._open)

    def open(self, visit: Visit, at: datetime) -> str:
        """Begin a session; its token. Always a new one, never one that a browser brought along."""
        self.sweep(at)
        own = [key for key, session in self._open.items() if session.visit.reader == visit.reader]
        for key in own[: max(0, len(own) - self._most + 1)]:
            del self._open[key]
        token = secrets.token_urlsafe(32)
        self._open[_key(token)] = Session(visit, at, at)
        return token

    def find(self, token: str, reader: str, at: datetime) -> Session | None:
        """The session of this token for this reader, which counts as used now. Another reader's is not found."""
        session = self._open.get(_key(token))
        if session is None or session.visit.reader != reader:
            return None
        if self._over(session, at):
            self.end(token)
            return None
        session.used = at
        return session

    def end(self, token: str) -> None:
        """Close; doing it again changes nothing."""
        self._open.pop(_key(token), None)

    def sweep(self, at: datetime) -> None:
        """Forget what is over, and with it the pages it held."""
        for key in [key for key, session in self._open.items() if self._over(session, at)]:
            del self._open[key]

    def _over(self, session: Session, at: datetime) -> bool:
        return at - session.used >= self._idle or at - session.opened >= self._longest or at < session.opened


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""What the portal's host knows of one reader: pseudonyms, a locked key, a public key, dates. Never a word or a name.

A reader is in exactly one state, so that one unlock is one piece of work whoever asks:
`invited` (a one-time code opens the pack), `enrolled` (a passphrase opens the key), `revoked` (nothing opens).
The JSON form is the file `reader.json`; replacing that file is the one step by which anything changes.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from confide.model import ids
from confide.model.problem import Malformed, Problem
from confide.model.words import role_of
from confide.vault.reader_marks import Opened, Passkey, line_digest

FORMAT = "confide/1 reader"
READER_LENGTH = 10
_READER = re.compile(r"[0-9a-hjkmnp-tv-z]{10}\Z")
_FILE = re.compile(r"(invitation|site)-[0-9a-f]{16}\.gpg\Z")

MOST_PASSKEYS = 5
INVITED, ENROLLED, REVOKED = "invited", "enrolled", "revoked"


def is_reader(text: str) -> bool:
    """Ten letters of the alphabet: what stands in a private address."""
    return bool(_READER.match(text))


@dataclass(frozen=True)
class Invitation:
    """An open invitation: the file of its pack, the moment it ends, and how many wrong codes it has seen."""

    file: str
    expires: datetime
    attempts: int = 0


@dataclass(frozen=True)
class PartyKey:
    """A party's key as the host holds it: the secret half locked with their passphrase, the public half armoured."""

    fingerprint: str
    locked: bytes
    public: str
    made: datetime


@dataclass(frozen=True)
class Sent:
    """One thing the party sent: for which ask (`enrolment` for their key), as which inbox item, when."""

    ask: str
    item: str
    at: datetime
    digest: str


@dataclass(frozen=True)
class Reader:
    """One reader. `site` is the file of the sealed site; `sequence` the highest ever published, which never goes back;
    `floor` the lowest that may be shown. A new invitation lowers the floor: with the old key the old sites are gone.
    `opened` is the read log. While an item in `suspended` waits in the inbox, a withdrawal, nothing is shown.
    `seen` marks what the pages said when they were last opened (`reader_news`)."""

    reader: str
    partnership: str
    party: str
    number: int
    state: str
    invitation: Invitation | None = None
    key: PartyKey | None = None
    site: str = ""
    sequence: int = 0
    floor: int = 0
    sent: tuple[Sent, ...] = ()
    passkeys: tuple[Passkey, ...] = ()
    opened: tuple[Opened, ...] = ()
    suspended: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()

    def sent_for(self, ask: str) -> Sent | None:
        return next((sent for sent in self.sent if sent.ask == ask), None)

    @property
    def files(self) -> frozenset[str]:
        """The files beside `reader.json` that still mean something."""
        named = {self.site} | ({self.invitation.file} if self.invitation else set())
        return frozenset(named - {""})

    def revoked(self) -> Reader:
        return replace(self, state=REVOKED, invitation=None, key=None, site="", passkeys=(), seen=())

    def passkey(self, credential: str) -> Passkey | None:
        return next((one for one in self.passkeys if one.credential == credential), None)

    def with_passkey(self, passkey: Passkey) -> Reader:
        """The newest few; the oldest gives way."""
        return replace(self, passkeys=(*self.passkeys, passkey)[-MOST_PASSKEYS:])

    def having_opened(self, sequence: int, day: date) -> Reader:
        """With one more line in the read log; the same when this site, or a newer one, was opened before."""
        last = self.opened[-1] if self.opened else None
        if sequence < 1 or (last and last.sequence >= sequence):
            return self
        line = Opened(sequence, day, line_digest(last.digest if last else "none", self.reader, sequence, day))
        return replace(self, opened=(*self.opened, line))

    def suspended_by(self, item: str) -> Reader:
        return self if item in self.suspended else replace(self, suspended=(*self.suspended, item))


def render(reader: Reader) -> bytes:
    """The bytes of `reader.json`."""
    invitation, key = reader.invitation, reader.key
    data: dict[str, Any] = {
        "format": FORMAT,
        "reader": reader.reader,
        "partnership": reader.partnership,
        "party": reader.party,
        "number": reader.number,
        "state": reader.state,
        "invitation": invitation
        and {"file": invitation.file, "expires": moment(invitation.expires), "attempts": invitation.attempts},
        "key": key
        and {
            "fingerprint": key.fingerprint,
            "locked": base64.b64encode(key.locked).decode(),
            "public": key.public,
            "made": moment(key.made),
        },
        "site": reader.site,
        "sequence": reader.sequence,
        "floor": reader.floor,
        "sent": [{"ask": s.ask, "item": s.item, "at": moment(s.at), "digest": s.digest} for s in reader.sent],
    }
    # Written only where there are some: a record from before there were any reads as it was.
    if reader.passkeys:
        data["passkeys"] = [
            {"credential": p.credential, "locked": base64.b64encode(p.locked).decode(), "made": p.made.isoformat()}
            for p in reader.passkeys
        ]
    if reader.opened:
        data["opened"] = [{"sequence": o.sequence, "day": o.day.isoformat(), "digest": o.digest} for o in reader.opened]
    if reader.suspended:
        data["suspended"] = list(reader.suspended)
    if reader.seen:
        data["seen"] = dict(reader.seen)
    return (json.dumps(data, indent=1) + "\n").encode()


def parse(data: bytes) -> Reader:
    """The reader in the bytes of `reader.json`. Raises Malformed for whatever `render` would not have written."""
    try:
        reader = _read(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as problem:
        raise Malformed(Problem("`reader.json` cannot be read", "it was changed by hand or cut short")) from problem
    if not _sound(reader) or render(reader) != data:
        raise Malformed(Problem("`reader.json` contradicts itself", "it was changed by hand"))
    return reader


def _read(data: dict[str, Any]) -> Reader:
    if data["format"] != FORMAT:
        raise ValueError(FORMAT)
    invitation, key = data["invitation"], data["key"]
    return Reader(
        reader=data["reader"],
        partnership=data["partnership"],
        party=data["party"],
        number=int(data["number"]),
        state=data["state"],
        invitation=invitation
        and Invitation(invitation["file"], read_moment(invitation["expires"]), int(invitation["attempts"])),
        key=key
        and PartyKey(
            key["fingerprint"],
            base64.b64decode(key["locked"], validate=True),
            key["public"],
            read_moment(key["made"]),
        ),
        site=data["site"],
        sequence=int(data["sequence"]),
        floor=int(data["floor"]),
        sent=tuple(Sent(s["ask"], s["item"], read_moment(s["at"]), s["digest"]) for s in data["sent"]),
        passkeys=tuple(
            Passkey(p["credential"], base64.b64decode(p["locked"], validate=True), date.fromisoformat(p["made"]))
            for p in data.get("passkeys", [])
        ),
        opened=tuple(
            Opened(int(o["sequence"]), date.fromisoformat(o["day"]), o["digest"]) for o in data.get("opened", [])
        ),
        suspended=tuple(map(str, data.get("suspended", []))),
        seen=tuple((str(page), str(mark)) for page, mark in data.get("seen", {}).items()),
    )


def _sound(reader: Reader) -> bool:
    holds = (reader.invitation is not None, reader.key is not None, bool(reader.site))
    expected = {INVITED: (True, False, False), ENROLLED: (False, True, True), REVOKED: (False, False, False)}
    return (
        is_reader(reader.reader)
        and ids.is_partnership(reader.partnership)
        and role_of(reader.party) is not None
        and reader.number > 0
        and 0 <= reader.floor <= reader.sequence
        and expected.get(reader.state) == holds
        and all(_FILE.match(name) for name in reader.files)
        and (reader.key is None or ids.is_fingerprint(reader.key.fingerprint))
    )


def moment(at: datetime) -> str:
    """`2026-02-03T09:30:00Z`. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment has a zone")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def read_moment(text: str) -> datetime:
    """What `moment` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

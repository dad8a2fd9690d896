"""What the portal's host holds: sealed sites, locked keys, public keys. Whoever copies it all can read nothing.

Layout: `publisher.asc`, `partnerships/<p>.asc`, `assets/<hash>.zip` (theme files, the same for everybody),
`inbox/<partnership>/<item>.gpg`, and for each reader `readers/<reader>/reader.json` with the sealed files it names.

Each change replaces one `reader.json` and nothing else counts: sealed files get new names and are written before, and
what is no longer named is swept afterwards. An item on its way to the inbox lies beside `reader.json` until that names
it, then it is moved. After a crash and `settle` everything is as before or as after; no item is lost or doubled.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.vault import durable, reader_state
from confide.vault.portal_inbox import ON_ITS_WAY, Inbox
from confide.vault.portal_shelf import Shelf
from confide.vault.reader_state import ENROLLED, INVITED, Invitation, PartyKey, Reader, Sent

STATE = "reader.json"
ENROLMENT = "enrolment"
# A one-time code is too long to be guessed; the ceiling only ends the nuisance of somebody who tries.
MOST_ATTEMPTS = 20


class PortalStore:
    """The store at `path`. One process writes at a time; readers never wait."""

    def __init__(self, path: Path) -> None:
        """Open it, at the same cost for one reader or thousands. Raises Unavailable if there is no store."""
        self.path = path
        self.shelf = Shelf(path)
        self.inbox = Inbox(path / "inbox")
        self._known: dict[str, tuple[tuple[int, int, int], Reader]] = {}

    @classmethod
    def create(cls, path: Path, publisher: bytes) -> PortalStore:
        """Make a store, or give an existing one this publishing key (armoured, public)."""
        durable.directory(path / "readers")
        Inbox.create(path / "inbox")
        Shelf.create(path, publisher)
        return cls(path)

    def settle(self) -> None:
        """Finish what a crash interrupted, for every reader; the portal does it when it starts.

        A reader whose record is malformed is passed by: nothing opens for them, and the others do not suffer for it.
        """
        with self._alone():
            for name in self.readers():
                with suppress(Malformed):
                    if reader := self.reader(name):
                        self._settle(reader)

    def readers(self) -> tuple[str, ...]:
        """Every reader there is a record of, revoked ones too."""
        return tuple(sorted(p.parent.name for p in (self.path / "readers").glob(f"*/{STATE}")))

    def reader(self, reader: str) -> Reader | None:
        """One reader as of now, None if unknown. Cheap to ask again: only a changed file is read."""
        if not reader_state.is_reader(reader):
            return None
        path = self._directory(reader) / STATE
        try:
            stat = path.stat()
        except FileNotFoundError:
            self._known.pop(reader, None)
            return None
        mark = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        known = self._known.get(reader)
        if known is None or known[0] != mark:
            found = reader_state.parse(path.read_bytes())
            if found.reader != reader:
                raise Malformed(Problem("a reader's record lies in another one's place"))
            self._known[reader] = known = (mark, found)
        return known[1]

    def sealed(self, reader: Reader) -> bytes:
        """The pack of an invited reader, the site of an enrolled one. Raises NotAllowed where there is neither."""
        for name in reader.files:
            # Replaced since `reader` was read: then that name opens nothing any more.
            with suppress(FileNotFoundError):
                return (self._directory(reader.reader) / name).read_bytes()
        raise NotAllowed("this reader has nothing to open")

    def invite(self, reader: str, partnership: str, party: str, number: int, pack: bytes, expires: datetime) -> None:
        """Invite, or invite once more: whatever the reader had before, key and site, goes; the sequence stays."""
        with self._alone():
            before = self.reader(reader)
            if before and (before.partnership, before.party, before.number) != (partnership, party, number):
                raise Usage("this address belongs to somebody else; use a new one")
            name = self._keep(reader, "invitation", pack)
            new = Reader(reader, partnership, party, number, INVITED, Invitation(name, expires))
            if before:
                sent = tuple(one for one in before.sent if one.ask != ENROLMENT)
                new = replace(new, sequence=before.sequence, sent=sent)
                new = replace(new, opened=before.opened, suspended=before.suspended)
            self._replace(new)

    def failed(self, reader: str, invitation: str) -> None:
        """Count a wrong code against the invitation with that file; too many end it."""
        with self._alone():
            found = self.reader(reader)
            if found and found.invitation and found.invitation.file == invitation:
                attempts = found.invitation.attempts + 1
                more = replace(found, invitation=replace(found.invitation, attempts=attempts))
                self._replace(found.revoked() if attempts >= MOST_ATTEMPTS else more)

    def enrolled(self, reader: str, invitation: str, key: PartyKey, site: bytes, sent: Sent, message: bytes) -> None:
        """In one step: the code is used up, the key and the re-sealed pack are there, the item is on its way.

        Raises NotAllowed when the invitation was used, replaced, revoked or ended in the meantime.
        """

        def change(found: Reader) -> Reader:
            open_ = found.invitation
            if open_ is None or open_.file != invitation or open_.expires <= sent.at:
                raise NotAllowed(Problem("this invitation is no longer open", hint="a new one is needed"))
            name = self._keep(reader, "site", site)
            return replace(found, state=ENROLLED, invitation=None, key=key, site=name, sent=(*found.sent, sent))

        self._send(reader, change, sent, message)

    def publish(self, reader: str, sealed: bytes, *, sequence: int, key: str) -> None:
        """Give an enrolled reader a new site. Raises NotAllowed for another key than theirs or an older sequence."""
        with self._alone():
            found = self._enrolled(reader, key)
            if sequence <= found.sequence:
                raise NotAllowed("a site is only ever replaced by a newer one")
            name = self._keep(reader, "site", sealed)
            # A withdrawal that nobody took in yet is not in the new site either: it goes on holding it back.
            waiting = tuple(item for item in found.suspended if self.inbox.holds(found.partnership, item))
            self._replace(replace(found, site=name, sequence=sequence, floor=sequence, suspended=waiting))

    def send(self, reader: str, key: str, sent: Sent, message: bytes) -> None:
        """Put what the party signed into the inbox. Raises NotAllowed if they already sent it, or the key is gone."""

        def change(found: Reader) -> Reader:
            if found.key is None or found.key.fingerprint != key:
                raise NotAllowed("this key no longer speaks for this reader")
            if found.sent_for(sent.ask):
                raise NotAllowed("this was already sent")
            return replace(found, sent=(*found.sent, sent))

        self._send(reader, change, sent, message)

    def suspend(self, partnership: str, parties: frozenset[str], item: str) -> None:
        """From the next request on, nothing opens for these parties and their departments, until a publication that
        comes after `item`, a withdrawal, was taken in."""
        if not parties:
            return
        with self._alone():
            for name in self.readers():
                with suppress(Malformed):
                    found = self.reader(name)
                    if found and found.partnership == partnership and {found.party, _whole(found.party)} & parties:
                        self._replace(found.suspended_by(item))

    def mark(self, reader: str, key: str, change: Callable[[Reader], Reader]) -> None:
        """Note something about an enrolled reader, in one step. Raises NotAllowed for another key than theirs."""
        with self._alone():
            found = self._enrolled(reader, key)
            if (changed := change(found)) != found:
                self._replace(changed)

    def revoke(self, reader: str) -> None:
        """From the next request on, nothing opens; key and site are removed. Nothing happens to an unknown reader."""
        with self._alone():
            found = self.reader(reader)
            if found:
                self._replace(found.revoked())

    def _enrolled(self, reader: str, key: str) -> Reader:
        found = self.reader(reader)
        if found is None or found.key is None or found.key.fingerprint != key:
            raise NotAllowed(Problem("the portal holds another key for this reader, or none", "they enrolled again?"))
        return found

    def _send(self, reader: str, change: Callable[[Reader], Reader], sent: Sent, message: bytes) -> None:
        """Change the record and send the item: first lay it beside, then name it, then move it."""
        with self._alone():
            found = self.reader(reader)
            if found is None:
                raise NotAllowed("this reader is unknown")
            changed = change(found)
            durable.write(self._directory(reader) / f"{sent.item}{ON_ITS_WAY}", message)
            self._replace(changed)

    def _keep(self, reader: str, kind: str, data: bytes) -> str:
        """Write sealed bytes under a new name; they count once the record names them."""
        name = f"{kind}-{secrets.token_hex(8)}.gpg"
        durable.write(durable.directory(self._directory(reader)) / name, data)
        return name

    def _replace(self, reader: Reader) -> None:
        directory = self._directory(reader.reader)
        durable.write(directory / STATE, reader_state.render(reader))
        self._settle(reader)

    def _settle(self, reader: Reader) -> None:
        """Finish a change: move items that are named, sweep files that are not. Doing it again changes nothing."""
        directory = self._directory(reader.reader)
        named = {f"{sent.item}{ON_ITS_WAY}" for sent in reader.sent}
        for path in sorted(directory.iterdir()):
            if path.name in named:
                self.inbox.take(path, reader.partnership)
            elif path.name not in reader.files | {STATE}:
                path.unlink()

    def _directory(self, reader: str) -> Path:
        if not reader_state.is_reader(reader):
            raise Usage(Problem(f"`{reader}` is not the address of a reader", "it has ten letters"))
        return self.path / "readers" / reader

    def _alone(self) -> AbstractContextManager[None]:
        return durable.alone(self.path / "lock")


def _whole(party: str) -> str:
    """`payer` for `payer.hr`: what is taken from an organisation is taken from its departments."""
    return party.partition(".")[0]

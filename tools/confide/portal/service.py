"""What the portal does for a party, without HTTP: unlock, enrol, sign. The web pages and the demo both go through here.

Whatever is wrong with the address or the words, the answer is one: `NotOpened`, after one Argon2id and one box, real or
a decoy. `at` is the moment everything is dated with. Passphrases and unlocked keys live only inside these calls.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import NoReturn

from confide.model import commitment
from confide.model.problem import Malformed, NotAllowed, Problem, Refused, Usage
from confide.model.statement import statement
from confide.portal import outgoing, saying, typed
from confide.portal.outgoing import Words
from confide.portal.typed import Opener, Touch
from confide.portal.visit import Enrolment, NotOpened, NotShown, Suspended, Visit
from confide.vault import locked, reader_news, sealed
from confide.vault.at_time import is_now, sign_detached_at
from confide.vault.generate import generate_secret_key
from confide.vault.passphrase import six_words, strong_enough
from confide.vault.portal_inbox import new_item
from confide.vault.portal_store import ENROLMENT, PortalStore
from confide.vault.reader_marks import Passkey
from confide.vault.reader_state import ENROLLED, INVITED, PartyKey, Reader, Sent
from confide.vault.sealed import SealedSite
from confide.vault.sequoia import Certificate, SecretKey

# As long as a locked key is, so that a decoy takes as long to fail.
_DECOY_BYTES = 700


class Service:
    """The portal over one store. `cost` is what one guess at a passphrase costs."""

    def __init__(self, store: PortalStore, cost: locked.Cost = locked.COST) -> None:
        self.store = store
        self._cost = cost

    @cached_property
    def decoy(self) -> bytes:
        """A box that nothing opens, for addresses that have none."""
        return locked.lock(secrets.token_bytes(_DECOY_BYTES), secrets.token_hex(16), self._cost)

    def unlock(self, reader: str, opener: Opener, at: datetime) -> Visit:
        """Open an address with whatever opens it now: the one-time code, later the passphrase or a passkey.

        Raises NotOpened, or NotShown when the words were right and what they open is refused.
        """
        found = self.store.reader(reader)
        if found and found.state == INVITED and isinstance(opener, str):
            return self._unlock_pack(found, opener, at)
        return self.open(reader, opener, at)

    def open(self, reader: str, opener: Opener, at: datetime) -> Visit:
        """The site of an enrolled reader; that it was opened is noted, by day, once for each that was published."""
        visit, tsk = self._unlock_site(self.store.reader(reader), opener, at)
        sequence = visit.site.manifest.sequence
        if visit.key is None or not sequence:
            return visit
        now = reader_news.marks(visit.site.files, tsk)
        before = dict(self._known(reader).seen)
        self.store.mark(
            reader,
            visit.key.fingerprint,
            lambda found: replace(found.having_opened(sequence, at.date()), seen=tuple(now.kept.items())),
        )
        return replace(visit, news=reader_news.changed(before, now))

    def enrol(self, reader: str, code: str, at: datetime, passphrase: str | None = None) -> Enrolment:
        """Use up the one-time code and make the party's own key, locked with six words or with their `passphrase`."""
        found = self.store.reader(reader)
        if found is None or found.state != INVITED:
            self._fail(code)
        return self.enrol_visit(self._unlock_pack(found, code, at), passphrase or six_words(), at)

    def enrol_visit(self, visit: Visit, passphrase: str, at: datetime) -> Enrolment:
        """The same for a visit whose code was right. Raises Usage for a weak passphrase, NotAllowed for a used code."""
        words = typed.passphrase(passphrase)
        if not strong_enough(words):
            raise Usage(Problem("this passphrase is too easy to guess", hint="use at least 15 letters, or six words"))
        if visit.pack is None or not self.still_open(visit, at):
            raise NotOpened
        manifest = visit.site.manifest
        user_id = f"{manifest.party}@{manifest.partnership}.invalid"
        tsk = generate_secret_key(user_id, at, faked=not is_now(at))
        key = SecretKey.parse(tsk)
        made = PartyKey(key.fingerprint, locked.lock(tsk, words, self._cost), key.certificate.armoured().decode(), at)
        text = statement(
            "enrolment", manifest.partnership, manifest.party, manifest.number, reader=visit.reader, key=key.fingerprint
        )
        sent = Sent(ENROLMENT, new_item(), at, commitment.digest(text))
        message = outgoing.enrolment(
            manifest, sent, made, text, sign_detached_at(text, tsk, at), self._partnership(manifest.partnership), key
        )
        site = sealed.reseal(visit.pack, key, at)
        self.store.enrolled(visit.reader, visit.grant, made, site, sent, message)
        after = self._visit(self._known(visit.reader), visit.site)
        return Enrolment(words, key.fingerprint, after)

    def sign(
        self,
        reader: str,
        opener: Opener,
        ask: str,
        at: datetime,
        shown: str | None = None,
        words: Words | None = None,
    ) -> Sent:
        """Sign what is asked and send it to the inbox. Asked again, gives what was sent the first time.

        `shown` is the statement the party had before their eyes, `words` what they wrote. Raises Usage when nothing of
        that name is asked, or something else by now.
        """
        visit, tsk = self._unlock_site(self.store.reader(reader), opener, at)
        manifest = visit.site.manifest
        before, asked = self._known(reader).sent_for(ask), saying.find(manifest, ask)
        if before and ask != ENROLMENT:
            return before
        whole = asked and saying.whole(asked, words)
        if whole is None or shown not in (None, whole.statement):
            raise Usage(Problem("this is not asked of you", hint="open your page again: it may be settled by now"))
        text = whole.statement.encode()
        key = SecretKey.parse(tsk)
        item = new_item()
        sent = Sent(saying.sent_as(whole, item), item, at, commitment.digest(text))
        to, made = self._partnership(manifest.partnership), sign_detached_at(text, tsk, at)
        message = outgoing.signature(manifest, sent, whole, made, to, key, words)
        # First closed, then sent: should the server stop in between, the party sees that nothing was sent.
        self.store.suspend(manifest.partnership, saying.concerned(whole), item)
        self.store.send(reader, key.fingerprint, sent, message)
        return sent

    def add_passkey(self, reader: str, words: str, touch: Touch, at: datetime) -> Visit:
        """A second lock on the party's key, beside the passphrase, which has to be right."""
        visit, tsk = self._unlock_site(self.store.reader(reader), words, at)
        made = Passkey(touch.credential, locked.lock(tsk, touch.secret, self._cost), at.date())
        fingerprint = visit.key.fingerprint if visit.key else ""
        self.store.mark(reader, fingerprint, lambda found: found.with_passkey(made))
        return visit

    def still_open(self, visit: Visit, at: datetime) -> bool:
        """Whether a visit may go on: not revoked, nothing newer published, not over. Cheap enough for every request."""
        try:
            found = self.store.reader(visit.reader)
        except Malformed:
            return False
        if found is None or found.state != visit.kind or visit.grant not in found.files or found.suspended:
            return False
        over = found.invitation is not None and found.invitation.expires <= at
        return not over and visit.site.manifest.expires >= at.date()

    def note_failure(self, reader: str, at: datetime) -> None:
        """Count words that did not open an invitation that is still open; nothing to count for anybody else."""
        found = self.store.reader(reader)
        if found and found.invitation and found.invitation.expires > at:
            self.store.failed(reader, found.invitation.file)

    def _unlock_pack(self, found: Reader, code: str, at: datetime) -> Visit:
        invitation = found.invitation
        if invitation is None or invitation.expires <= at:
            self._fail(code)
        try:
            pack = sealed.open_with_code(self.store.sealed(found), code[: typed.LONGEST], self._publisher())
        except NotAllowed:
            raise NotOpened from None
        self._accept(found, pack.site, "", at)
        return Visit(found.reader, INVITED, invitation.file, pack.site, pack=pack)

    def _unlock_site(self, found: Reader | None, opener: Opener, at: datetime) -> tuple[Visit, bytes]:
        if found is None or found.key is None:
            self._fail(opener)
        box, words = self._box(found, found.key, opener)
        try:
            tsk = locked.unlock(box, words)
        except NotAllowed:
            raise NotOpened from None
        if found.suspended:
            raise Suspended(Problem("these pages are held back", "something was withdrawn that is not taken in yet"))
        try:
            key = SecretKey.parse(tsk)
            site = sealed.open_sealed(self.store.sealed(found), key, self._publisher())
        except Refused as problem:
            raise NotShown(*problem.problems) from None
        self._accept(found, site, key.fingerprint, at)
        return self._visit(found, site), tsk

    def _accept(self, found: Reader, site: SealedSite, key: str, at: datetime) -> None:
        try:
            sealed.accept(
                site.manifest,
                reader=found.reader,
                partnership=found.partnership,
                party=found.party,
                number=found.number,
                key=key,
                sequence=found.floor,
                today=at.date(),
            )
        except NotAllowed as problem:
            raise NotShown(*problem.problems) from None

    def _box(self, found: Reader, key: PartyKey, opener: Opener) -> tuple[bytes, str]:
        """The box to be opened and what opens it; for a passkey that is not known, one that nothing opens."""
        if isinstance(opener, str):
            return key.locked, typed.passphrase(opener[: typed.LONGEST])
        passkey = found.passkey(opener.credential)
        return (passkey.locked if passkey else self.decoy), opener.secret

    def _fail(self, opener: Opener) -> NoReturn:
        """The work of a wrong passphrase where there is nothing to open."""
        words = opener if isinstance(opener, str) else opener.secret
        with suppress(NotAllowed):
            locked.unlock(self.decoy, typed.passphrase(words[: typed.LONGEST]))
        raise NotOpened

    def _visit(self, found: Reader, site: SealedSite) -> Visit:
        return Visit(found.reader, ENROLLED, found.site, site, key=found.key)

    def _known(self, reader: str) -> Reader:
        found = self.store.reader(reader)
        if found is None:
            raise NotOpened
        return found

    def _publisher(self) -> Certificate:
        return Certificate.parse(self.store.shelf.publisher())

    def _partnership(self, partnership: str) -> Certificate:
        return Certificate.parse(self.store.shelf.partnership(partnership))

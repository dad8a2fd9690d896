"""Signing: what is signed stands there to the letter, with a tick, the passphrase once more, and a receipt."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from confide.model.commitment import digest
from confide.model.problem import NotAllowed, Usage
from confide.portal import pages, saying, typed
from confide.portal.gate import Stopped, read_form
from confide.portal.house import House, ToTheDoor, address, log, short
from confide.portal.sessions import Session
from confide.portal.visit import NotOpened
from confide.vault.manifest import Ask
from confide.vault.reader_state import ENROLLED, INVITED, Sent

WRONG = "That is not your passphrase. Nothing was signed."
CHANGED = "This says something else by now than when you opened it. Please read it again. Nothing was signed."
NO_TICK = "Please tick the box if you agree. Nothing was signed."
# The tick in the party's own voice, for each kind of statement.
PROMISES = {
    "agreement": "I have read this agreement, and I agree to it.",
    "acknowledgement": "I have read this, and I will keep to it.",
    "permission": "I have read exactly what would be shared, and I permit it.",
    "withdrawal": "I withdraw this, from now on.",
    "input": "This is my answer, as it stands here.",
    "message": "These are my words.",
}
PROMISE = "I have read these lines, and I mean them."
# What happens then, where that is not plain.
AFTER = {
    "withdrawal": "It stops now: whoever reads it here finds the pages closed until they are renewed without it. What "
    "they have read already cannot be taken back.",
    "message": "It goes to your coach alone, sealed. Nobody else is told that you wrote.",
    "permission": "Nothing is sent by this alone. Your coach may then tell exactly this, and you see when it happens.",
}


async def show(house: House, request: Request) -> Response:
    """GET: what would be signed; or that it was."""
    session = house.session(request)
    if session and session.visit.kind == INVITED:
        return house.go(request, "_/enrol")
    session = house.need(request, ENROLLED)
    name = _name(request)
    before = _before(house, session, name)
    if before:
        return _receipt(house, request, session, before, again=True)
    asked = saying.find(session.visit.site.manifest, name)
    if asked and saying.is_written(asked) and name not in session.drafts:
        return house.go(request, f"_/write/{name}")
    return _form(house, request, session)


async def signed(house: House, request: Request) -> Response:
    """GET: the receipt, right after signing. Of a question, which may be asked again, that of this session."""
    session = house.need(request, ENROLLED)
    name = _name(request)
    sent = _before(house, session, name) or _newest(house, session, name)
    if sent is None:
        return house.go(request, f"_/sign/{name}")
    return _receipt(house, request, session, sent, again=False)


async def sign(house: House, request: Request) -> Response:
    """POST: sign, once."""
    session = house.need(request, ENROLLED)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    reader, name = session.visit.reader, _name(request)
    again = f"_/sign/{name}"
    asked, words = _asked(session, name), session.drafts.get(name)
    if _before(house, session, name) or asked is None:
        return house.go(request, again)
    stands = digest(asked.statement.encode())
    if form.get("shown", stands) != stands:
        return house.say(request, session, CHANGED, again)
    if form.get("agreed") != "yes":
        return house.say(request, session, NO_TICK, again)
    pause = house.tries.pause(reader, address(request))
    if pause:
        return house.say(request, session, pages.PAUSE.format(wait=pages.wait(pause)), again)
    try:
        opener = typed.opener(form)
        sent = await house.work(house.service.sign, reader, opener, name, house.clock(), asked.statement, words)
    except NotOpened:
        log.info("not signed: %s", short(reader))
        return house.say(request, session, WRONG, again)
    except (NotAllowed, Usage):
        raise ToTheDoor from None
    house.tries.clear(reader)
    session.drafts.pop(name, None)
    session.sent[name] = sent.item
    log.info("signed: %s", short(reader))
    return house.go(request, f"_/signed/{name}")


def _name(request: Request) -> str:
    return str(request.path_params["ask"])


def _before(house: House, session: Session, name: str) -> Sent | None:
    """What was already sent for this ask. A key's enrolment is sent too, but nobody is asked for it here."""
    found = house.store.reader(session.visit.reader)
    known = saying.find(session.visit.site.manifest, name)
    return found.sent_for(name) if found and known else None


def _newest(house: House, session: Session, name: str) -> Sent | None:
    found = house.store.reader(session.visit.reader)
    sent = found.sent if found else ()
    return next((one for one in sent if one.item == session.sent.get(name)), None)


def _asked(session: Session, name: str) -> Ask | None:
    """The ask with its whole statement, which waits for words where they belong. Stopped where there is none."""
    asked = saying.find(session.visit.site.manifest, name)
    if asked is None:
        raise Stopped(HTTPStatus.NOT_FOUND)
    return saying.whole(asked, session.drafts.get(name))


def _form(house: House, request: Request, session: Session) -> Response:
    name = _name(request)
    ask = _asked(session, name)
    if ask is None:
        raise Stopped(HTTPStatus.NOT_FOUND)
    found = house.store.reader(session.visit.reader)
    return house.page(
        request,
        "sign",
        session=True,
        ask=ask,
        shown=digest(ask.statement.encode()),
        page=ask.page,
        promise=PROMISES.get(ask.kind, PROMISE),
        after=AFTER.get(ask.kind, ""),
        words=session.drafts.get(name),
        passkey=bool(found and found.passkeys),
        form=session.form,
        problem=session.hear(),
    )


def _receipt(house: House, request: Request, session: Session, sent: Sent, *, again: bool) -> Response:
    key = session.visit.key
    return house.page(
        request,
        "receipt",
        session=True,
        again=again,
        sent=sent,
        day=pages.day(sent.at),
        hour=f"{sent.at:%H:%M}",
        groups=pages.groups(key.fingerprint if key else ""),
    )

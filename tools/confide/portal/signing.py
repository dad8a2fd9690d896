"""Signing: what is signed stands there to the letter, with a tick, the passphrase once more, and a receipt."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from confide.model.problem import NotAllowed, Usage
from confide.portal import pages
from confide.portal.gate import Stopped, read_form
from confide.portal.house import House, ToTheDoor, address, log, short
from confide.portal.service import NotOpened
from confide.portal.sessions import Session
from confide.vault.manifest import Ask
from confide.vault.reader_state import ENROLLED, INVITED, Sent

WRONG = "That is not your passphrase. Nothing was signed."
NO_TICK = "Please tick the box if you agree. Nothing was signed."
# The tick in the party's own voice, for each kind of statement.
PROMISES = {
    "agreement": "I have read this agreement, and I agree to it.",
    "acknowledgement": "I have read this, and I will keep to it.",
    "permission": "I have read exactly what would be shared, and I permit it.",
    "withdrawal": "I withdraw this, from now on.",
    "input": "This is my answer, as it stands here.",
}
PROMISE = "I have read these lines, and I mean them."


async def show(house: House, request: Request) -> Response:
    """GET: what would be signed; or that it was."""
    session = house.session(request)
    if session and session.visit.kind == INVITED:
        return house.go(request, "_/enrol")
    session = house.need(request, ENROLLED)
    before = _before(house, session, _name(request))
    return _receipt(house, request, session, before, again=True) if before else _form(house, request, session)


async def signed(house: House, request: Request) -> Response:
    """GET: the receipt, right after signing."""
    session = house.need(request, ENROLLED)
    sent = _before(house, session, _name(request))
    if sent is None:
        return house.go(request, f"_/sign/{_name(request)}")
    return _receipt(house, request, session, sent, again=False)


async def sign(house: House, request: Request) -> Response:
    """POST: sign, once."""
    session = house.need(request, ENROLLED)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    reader, name = session.visit.reader, _name(request)
    again = f"_/sign/{name}"
    asked = _asked(session).get(name)
    if asked is None:
        raise Stopped(HTTPStatus.NOT_FOUND)
    if _before(house, session, name):
        return house.go(request, again)
    if form.get("agreed") != "yes":
        return house.say(request, session, NO_TICK, again)
    pause = house.tries.pause(reader, address(request))
    if pause:
        return house.say(request, session, pages.PAUSE.format(wait=pages.wait(pause)), again)
    try:
        await house.work(house.service.sign, reader, form.get("words", ""), name, house.clock(), asked.statement)
    except NotOpened:
        log.info("not signed: %s", short(reader))
        return house.say(request, session, WRONG, again)
    except (NotAllowed, Usage):
        raise ToTheDoor from None
    house.tries.clear(reader)
    log.info("signed: %s", short(reader))
    return house.go(request, f"_/signed/{name}")


def _name(request: Request) -> str:
    return str(request.path_params["ask"])


def _before(house: House, session: Session, name: str) -> Sent | None:
    """What was already sent for this ask. A key's enrolment is sent too, but nobody is asked for it here."""
    found = house.store.reader(session.visit.reader)
    return found.sent_for(name) if found and name in _asked(session) else None


def _asked(session: Session) -> dict[str, Ask]:
    return {ask.id: ask for ask in session.visit.site.manifest.asks}


def _form(house: House, request: Request, session: Session) -> Response:
    ask = _asked(session).get(_name(request))
    if ask is None:
        raise Stopped(HTTPStatus.NOT_FOUND)
    return house.page(
        request,
        "sign",
        session=True,
        ask=ask,
        page=ask.page,
        promise=PROMISES.get(ask.kind, PROMISE),
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

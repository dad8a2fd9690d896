"""A passkey as a second lock on the party's key: beside the passphrase, never instead of it.

The browser's passkey makes 32 secret bytes that only it can make (WebAuthn level 3, 10.1.4); they open a second box
around the same key, at the price of a passphrase. No signature of the passkey is checked: who has the secret opens the
box, and who has it not does not.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from confide.model.problem import NotAllowed
from confide.portal import pages, typed
from confide.portal.gate import read_form
from confide.portal.house import House, ToTheDoor, address, log, short
from confide.portal.visit import NotOpened
from confide.vault.reader_state import ENROLLED

NO_PASSKEY = "This browser gave no passkey that can open a lock. Nothing was changed; your passphrase works as before."
WRONG = "That is not your passphrase. Nothing was changed."


async def show(house: House, request: Request) -> Response:
    """GET: what a passkey is good for, and the button that makes one."""
    session = house.need(request, ENROLLED)
    found = house.store.reader(session.visit.reader)
    return house.page(
        request,
        "passkey",
        session=True,
        form=session.form,
        problem=session.hear(),
        passkeys=[pages.day(one.made) for one in found.passkeys] if found else [],
    )


async def add(house: House, request: Request) -> Response:
    """POST: the passphrase once more, and the secret that the browser made."""
    session = house.need(request, ENROLLED)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    reader, touch = session.visit.reader, typed.touch(form)
    if touch is None:
        return house.say(request, session, NO_PASSKEY, "_/passkey")
    pause = house.tries.pause(reader, address(request))
    if pause:
        return house.say(request, session, pages.PAUSE.format(wait=pages.wait(pause)), "_/passkey")
    try:
        await house.work(house.service.add_passkey, reader, form.get("words", ""), touch, house.clock())
    except NotOpened:
        return house.say(request, session, WRONG, "_/passkey")
    except NotAllowed:
        raise ToTheDoor from None
    house.tries.clear(reader)
    log.info("passkey added: %s", short(reader))
    return house.go(request, "_/passkey")

"""From a letter to a key: welcome, six words, the fingerprint."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from confide.model.problem import NotAllowed, Usage
from confide.portal import pages, typed
from confide.portal.gate import read_form
from confide.portal.house import House, ToTheDoor, log, short
from confide.portal.sessions import Session
from confide.vault.passphrase import six_words
from confide.vault.reader_state import ENROLLED, INVITED

NOT_THE_SIX = "These are not the six words above. Look at what you wrote down, and type them once more."
NOT_THE_SAME = "The two passphrases are not the same. Please type them again."
TOO_WEAK = "This passphrase is too easy to guess. Take at least 15 characters, or the six words."


async def welcome(house: House, request: Request) -> Response:
    """What the letter opens: three steps, none of them in a hurry."""
    session = house.session(request)
    if session is None or session.visit.kind != INVITED:
        return house.go(request, "")
    found = house.store.reader(session.visit.reader)
    if found is None or found.invitation is None:
        raise ToTheDoor
    return house.page(request, "welcome", session=True, expires=pages.day(found.invitation.expires))


async def offer(house: House, request: Request) -> Response:
    """GET: six words, the same ones until the key is made."""
    session = house.session(request)
    if session and session.visit.kind == ENROLLED:
        return house.go(request, "_/key")
    session = house.need(request, INVITED)
    session.words = session.words or six_words()
    problem = session.hear()
    return house.page(
        request,
        "enrol",
        session=True,
        form=session.form,
        six=session.words.split("-"),
        problem=problem,
        own="own" in request.query_params,
    )


async def enrol(house: House, request: Request) -> Response:
    """POST: the words were written down, or others chosen; the key is made and the code used up, in one step."""
    session = house.need(request, INVITED)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    own = form.get("choice") == "own"
    again = "_/enrol?own" if own else "_/enrol"
    words, problem = _chosen(session, form, own=own)
    if problem:
        return house.say(request, session, problem, again)
    try:
        made = await house.work(house.service.enrol_visit, session.visit, words, house.clock())
    except Usage:
        return house.say(request, session, TOO_WEAK, again)
    except NotAllowed:
        raise ToTheDoor from None
    log.info("enrolled: %s", short(made.visit.reader))
    return house.begin(request, made.visit, "_/made")


async def made(house: House, request: Request) -> Response:
    """The fingerprint, right after the key was made."""
    return _key(house, request, fresh=True)


async def key(house: House, request: Request) -> Response:
    """The fingerprint, whenever it is needed."""
    return _key(house, request, fresh=False)


def _key(house: House, request: Request, *, fresh: bool) -> Response:
    party_key = house.need(request, ENROLLED).visit.key
    if party_key is None:
        raise ToTheDoor
    groups, day = pages.groups(party_key.fingerprint), pages.day(party_key.made)
    return house.page(request, "key", session=True, fresh=fresh, groups=groups, made=day)


def _chosen(session: Session, form: Mapping[str, str], *, own: bool) -> tuple[str, str]:
    """The passphrase as it will be typed later, and what is wrong with it."""
    if own:
        first, again = (typed.passphrase(form.get(name, "")) for name in ("first", "again"))
        return first, "" if secrets.compare_digest(first.encode(), again.encode()) else NOT_THE_SAME
    words = typed.passphrase(form.get("words", ""))
    same = bool(session.words) and secrets.compare_digest(words.encode(), session.words.encode())
    return words, "" if same else NOT_THE_SIX

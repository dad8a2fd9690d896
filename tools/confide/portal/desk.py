"""The desk: everything a party can say with their key, in one list; and the page where they write what they say."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from confide.portal import saying, typed
from confide.portal.gate import Stopped, read_form
from confide.portal.house import House
from confide.portal.outgoing import INPUT, MESSAGE, WITHDRAWAL, Words
from confide.vault.manifest import Ask
from confide.vault.reader_state import ENROLLED, INVITED

NOTHING_WRITTEN = "Nothing was written. Please write something, or go back."
# Short ways to what can be said, as the pages of a site know them; behind `_/withdraw/x` lies `_/sign/withdraw-x`.
WAYS = ("withdraw", "answer", "permit")
ALONE = {"acknowledge": "acknowledge", "ask": saying.QUESTION, "concern": saying.CONCERN}
# In this order; what is asked comes first, what is only possible after it.
GROUPS = (
    ("Asked of you", ("agreement", "acknowledgement", INPUT)),
    ("You can take back", (WITHDRAWAL,)),
    ("You can permit", ("permission",)),
)


async def desk(house: House, request: Request) -> Response:
    """GET: what can be said, and what was."""
    session = house.session(request)
    if session and session.visit.kind == INVITED:
        return house.go(request, "_/enrol")
    session = house.need(request, ENROLLED)
    asks = saying.everything(session.visit.site.manifest)
    found = house.store.reader(session.visit.reader)
    done = {sent.ask for sent in found.sent} if found else set()
    groups = [(title, [ask for ask in asks if ask.kind in kinds]) for title, kinds in GROUPS]
    return house.page(
        request,
        "desk",
        session=True,
        groups=[(title, listed) for title, listed in groups if listed],
        done=done,
        opened=found.opened if found else (),
        passkeys=len(found.passkeys) if found else 0,
    )


async def way(house: House, request: Request) -> Response:
    """GET of a short way: `_/withdraw/x7k2m9qd` leads to the page where that is signed."""
    form, target = str(request.path_params["form"]), str(request.path_params.get("target", ""))
    if form in ALONE and not target:
        return house.go(request, f"_/sign/{ALONE[form]}")
    if form in WAYS and target:
        return house.go(request, f"_/sign/{form}-{target}")
    raise Stopped(HTTPStatus.NOT_FOUND)


async def write(house: House, request: Request) -> Response:
    """GET: a place to write, with what was written so far."""
    session = house.need(request, ENROLLED)
    ask = _written(saying.find(session.visit.site.manifest, str(request.path_params["ask"])))
    draft = session.drafts.get(ask.id)
    return house.page(
        request,
        "write",
        session=True,
        ask=ask,
        form=session.form,
        text=draft.text if draft else "",
        longest=typed.LONGEST_TEXT,
        problem=session.hear(),
    )


async def keep(house: House, request: Request) -> Response:
    """POST: kept in the memory of this session until it is signed, and nowhere else."""
    session = house.need(request, ENROLLED)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    ask = _written(saying.find(session.visit.site.manifest, str(request.path_params["ask"])))
    text = typed.text(form.get("text", ""))
    kind = form.get("answer", "") if ask.kind == INPUT else ask.id
    words = Words(kind, "" if kind == saying.ANSWERS[1] else text)
    if saying.whole(ask, words) is None:
        return house.say(request, session, NOTHING_WRITTEN, f"_/write/{ask.id}")
    session.drafts[ask.id] = words
    return house.go(request, f"_/sign/{ask.id}")


def _written(ask: Ask | None) -> Ask:
    if ask is None or ask.kind not in (INPUT, MESSAGE):
        raise Stopped(HTTPStatus.NOT_FOUND)
    return ask

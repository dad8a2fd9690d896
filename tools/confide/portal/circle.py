"""What a source does, without HTTP: open the terms with the circle's code, and say something that nobody signs.

Nothing here knows who somebody is. The code is the same for the whole circle; what is written is encrypted to the
partnership; the receipt is a code of their own, of which the host keeps a hash.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from confide.model.problem import NotAllowed, Problem, Refused
from confide.portal import typed
from confide.portal.outgoing import HEAD
from confide.portal.service import Service
from confide.portal.visit import NotOpened, Visit
from confide.vault import locked, sealed, sequoia
from confide.vault.passphrase import one_time_code
from confide.vault.portal_circles import Circle, Circles, tag_of
from confide.vault.portal_inbox import new_item
from confide.vault.sequoia import Certificate

CIRCLE = "circle"
TERMS, CHOICES = "terms.txt", "choices.json"


@dataclass(frozen=True)
class Said:
    """What somebody gives: their text, and how far they may be shown. `receipt` is the code of an earlier one."""

    text: str = field(repr=False)
    attribution: str
    name: str = field(default="", repr=False)
    receipt: str = field(default="", repr=False)


def terms(visit: Visit) -> str:
    return visit.site.files[TERMS].decode()


def choices(visit: Visit) -> tuple[str, ...]:
    """How far a source may be shown under these terms: `none`, `category`, perhaps `name`."""
    return tuple(map(str, json.loads(visit.site.files[CHOICES])))


def unlock(service: Service, circles: Circles, address: str, code: str, at: datetime) -> Visit:
    """The terms. Raises NotOpened for whatever does not open, after the same work."""
    found = circles.find(address)
    box = circles.pack(found) if found and found.until >= at.date() else None
    if found is None or box is None:
        with suppress(NotAllowed):
            locked.unlock(service.decoy, code[: typed.LONGEST])
        raise NotOpened
    publisher = Certificate.parse(service.store.shelf.publisher())
    try:
        pack = sealed.open_with_code(box, code[: typed.LONGEST], publisher)
        facts = {"reader": found.id, "partnership": found.partnership, "party": found.party, "number": 1}
        sealed.accept(pack.site.manifest, **facts, key="", sequence=0, today=at.date())  # type: ignore[arg-type]
    except Refused:
        raise NotOpened from None
    return Visit(found.id, CIRCLE, "", pack.site, pack=pack)


def still_open(circles: Circles, visit: Visit, at: datetime) -> bool:
    """Whether the circle was neither closed nor is over."""
    found = circles.find(visit.reader)
    return found is not None and found.until >= at.date()


def say(service: Service, circles: Circles, visit: Visit, said: Said, at: datetime) -> str:
    """Send it; the receipt code. Unsigned, dated by day. Raises NotAllowed for what the terms do not offer."""
    found = circles.find(visit.reader)
    if found is None or said.attribution not in choices(visit) or not said.text:
        raise NotAllowed(Problem("this cannot be given under these terms"))
    code = said.receipt or one_time_code()
    if said.receipt and not circles.state(tag_of(code)):
        raise NotAllowed(Problem("that is no receipt", "nothing was sent under it"))
    item = new_item()
    partnership = Certificate.parse(service.store.shelf.partnership(found.partnership))
    message = sequoia.encrypt(HEAD + _payload(found, item, visit, said, code, at), [partnership], None, at)
    circles.take(found, item, message, tag_of(code), at.date())
    return code


def _payload(circle: Circle, item: str, visit: Visit, said: Said, code: str, at: datetime) -> bytes:
    facts = {
        "kind": "feedback",
        "id": item,
        "partnership": circle.partnership,
        "circle": circle.party,
        "address": circle.id,
        "on": at.date().isoformat(),
        "terms": terms(visit),
        "attribution": said.attribution,
        "name": said.name,
        "adds-to": bool(said.receipt),
        "receipt": tag_of(code),
        "text": said.text,
    }
    return (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode()

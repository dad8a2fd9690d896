"""What a reader is asked to sign, and what they may sign without being asked, as the portal's forms take it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from confide.model.ids import is_event
from confide.model.view import Offer
from confide.site.reading import Reading
from confide.site.words import listing, type_phrase
from confide.vault.manifest import Ask

# Kind of statement → how its ask begins, and the page where the matter stands.
_KINDS = {
    "acknowledgement": ("acknowledge", "how/promises/"),
    "input": ("answer", "first/"),
    "withdrawal": ("withdraw", "others/"),
    "permission": ("permit", ""),
}


def path_of(version: int) -> str:
    """Every version keeps its address for ever: links in receipts and letters stay good."""
    return f"agreement-{version}.md"


def ask_id(version: int) -> str:
    """The portal's name for the signature that is asked for."""
    return f"agreement-{version}"


def asks(reading: Reading) -> Iterator[Ask]:
    """The agreements that wait for this reader."""
    for shown in reading.asked:
        version = shown.agreement.version
        yield Ask(
            id=ask_id(version),
            kind="agreement",
            title=f"Agreement {version}",
            statement=shown.statement.decode("utf-8"),
            page=path_of(version).removesuffix(".md") + "/",
        )


def offers(reading: Reading) -> Iterator[Ask]:
    """Everything else, in the view's order."""
    for offer in reading.view.offers:
        yield _ask(offer, reading)


def offered(reading: Reading, kind: str, target: str = "") -> Ask | None:
    """One of them, if it is open."""
    for offer in reading.view.offers:
        if (offer.kind, offer.target) == (kind, target):
            return _ask(offer, reading)
    return None


def _ask(offer: Offer, reading: Reading) -> Ask:
    name, page = _KINDS[offer.kind]
    current = reading.current
    if not page or (page == "others/" and not reading.is_client):
        page = path_of(current.agreement.version).removesuffix(".md") + "/" if current else ""
    return Ask(
        id="-".join(filter(None, (name, _about(offer)))),
        kind=offer.kind,
        title=_title(offer, reading),
        statement=offer.statement.decode("utf-8"),
        page=page,
    )


def _about(offer: Offer) -> str:
    """What tells this ask from others of its kind for ever: an event's id, or the statement itself by its digest."""
    if not offer.target or is_event(offer.target):
        return offer.target
    return hashlib.sha256(offer.statement).hexdigest()[:12]


def _title(offer: Offer, reading: Reading) -> str:
    whom, what = listing(map(reading.labels.role, offer.to)), listing(map(type_phrase, offer.what))
    if offer.kind == "withdrawal" and not is_event(offer.target):
        about = f" about {what}" if what else ""
        return f"Take back that {whom} may be told{about}: {_clause(offer, reading)}"
    if offer.kind == "withdrawal":
        told = next((entry for entry in reading.view.entries if entry.event == offer.target), None)
        since = f", shared on {reading.day(told.at)}" if told is not None else ""
        return f"Take back what {whom} can read{f' about {what}' if what else ''}{since}"
    if offer.kind == "permission":
        return f"Permit that {whom} may be told about {what}, in summary"
    if offer.kind == "input":
        review = next(review for review in reading.view.reviews if review.event == offer.target)
        return f"Answer: {listing(text.title for _, _, text in review.texts)}"
    return "Accept the duty of confidentiality"


def _clause(offer: Offer, reading: Reading) -> str:
    """`clause 3`, as the agreement's page counts."""
    current = reading.current
    number = current.agreement.clause_number(offer.target.removeprefix("term/")) if current else 0
    return f"clause {number}" if number else "a clause of the agreement"

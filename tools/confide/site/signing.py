"""What a reader is asked to sign, and what they may sign without being asked, as the portal's forms take it."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.view import Offer
from confide.site.reading import Reading
from confide.site.words import listing
from confide.vault.manifest import Ask

_PAGES = {"acknowledgement": "how/promises/", "input": "first/", "withdrawal": "others/"}


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
    names = {"acknowledgement": "acknowledge", "input": "answer", "withdrawal": "withdraw"}
    return Ask(
        id="-".join(filter(None, (names[offer.kind], offer.target))),
        kind=offer.kind,
        title=_title(offer, reading),
        statement=offer.statement.decode("utf-8"),
        page=_PAGES[offer.kind],
    )


def _title(offer: Offer, reading: Reading) -> str:
    if offer.kind == "withdrawal":
        return f"Take back what {listing(map(reading.labels.role, offer.to))} can read"
    if offer.kind == "input":
        review = next(review for review in reading.view.reviews if review.event == offer.target)
        return f"Answer: {listing(text.title for _, _, text in review.texts)}"
    return "Accept the duty of confidentiality"

"""A sealed site: one OpenPGP message that only its reader opens and only the practice's publishing key made.

Inside is one archive: `manifest.json`, which says whose site this is, `pages/…`, and `receipt` where there is one: what
the reader can prove, beside the pages because it holds commits and they are a function of the view. Two kinds of it:

- A *site* is encrypted to a reader's key and signed with the publishing key: `confide/1 site`, line end, archive.
- A *pack* comes with an invitation and opens with a one-time code, stretched by Argon2id. The publishing key's
  signature lies inside, so that the portal can re-seal the very same pages to the key the reader has just made,
  without the publishing key at hand.

`open_sealed` shows nothing unless the publishing key signed it, and `accept` nothing that is not meant for this reader,
this key and this day, or that is older than what they have already been shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from confide.model import commitment
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.vault import archive, locked, sequoia
from confide.vault.manifest import Manifest, parse_manifest, render_manifest
from confide.vault.passphrase import normal
from confide.vault.sequoia import Certificate, SecretKey

SITE = b"confide/1 site\n"
PACK = b"confide/1 pack\n"
MANIFEST = "manifest.json"
PAGES = "pages/"
RECEIPT = "receipt"
# The portal's own pages live there: a sealed page can never stand in for the page where somebody signs.
PORTALS_OWN = "_/"


@dataclass(frozen=True)
class SealedSite:
    """An opened site: what it says of itself, its pages by address below the reader's own, and a receipt or none."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)
    receipt: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Pack:
    """An opened pack, and the signed bytes it came from, to be sealed once more."""

    site: SealedSite
    signed: bytes = field(repr=False)


def seal(
    manifest: Manifest,
    files: Mapping[str, bytes],
    recipients: Sequence[Certificate],
    publisher: SecretKey,
    now: datetime,
    receipt: bytes = b"",
) -> bytes:
    """The sealed site for `recipients`. Raises NotAllowed for a key that is expired or revoked at `now`."""
    return sequoia.encrypt(SITE + _inside(manifest, files, receipt), recipients, publisher, now)


def seal_with_code(
    manifest: Manifest,
    files: Mapping[str, bytes],
    code: str,
    publisher: SecretKey,
    cost: locked.Cost = locked.COST,
) -> bytes:
    """The pack of an invitation: opens with the one-time code alone, stretched with Argon2id."""
    inside = _inside(manifest, files)
    signed = commitment.framed("pack", inside, sequoia.sign_detached(PACK + inside, publisher))
    # The code opens a small box, that one the pages: a wrong code is the same work however large the pack is.
    text = secrets.token_hex(32)
    box = locked.lock(text.encode(), normal(code), cost)
    return commitment.framed("coded", box, sequoia.lock_with_text(signed, text))


def open_with_code(box: bytes, code: str, publisher: Certificate) -> Pack:
    """The pack in `box`. Raises NotAllowed when the code is another one, Malformed if somebody else made the pack."""
    small, large = _fields("coded", box)
    signed = sequoia.unlock_with_text(large, locked.unlock(small, normal(code)).decode("ascii", "replace"))
    if signed is None:
        raise Malformed("a pack whose two halves do not belong together")
    return Pack(_read_pack(signed, publisher), signed)


def reseal(pack: Pack, key: SecretKey, now: datetime) -> bytes:
    """The same pages, still signed by the publishing key inside, for the reader's new key."""
    return sequoia.encrypt(pack.signed, [key.certificate], key, now)


def open_sealed(message: bytes, key: SecretKey, publisher: Certificate) -> SealedSite:
    """The site in `message`. Raises Malformed unless the publishing key made exactly these pages."""
    opened = sequoia.open_signed(message, key, [publisher, key.certificate])
    if opened.data.startswith(SITE) and opened.signer == publisher.fingerprint:
        site = _read(opened.data[len(SITE) :])
        if site.manifest.key != key.fingerprint:
            raise Malformed("a sealed site that names another key than the one it is sealed to")
        return site
    return _read_pack(opened.data, publisher)


def accept(
    manifest: Manifest, *, reader: str, partnership: str, party: str, number: int, key: str, sequence: int, today: date
) -> None:
    """Hold that a site is for this reader, party and key (none for a pack), is not over, and not an earlier one.

    Raises NotAllowed with the first reason that it is not.
    """
    facts = (manifest.reader, manifest.partnership, manifest.party, manifest.number)
    if facts != (reader, partnership, party, number):
        raise NotAllowed(Problem("the sealed site is for another reader", "it was put in a place it was not made for"))
    if manifest.key not in ("", key):
        raise NotAllowed(Problem("the sealed site is for another key", "the reader has made a new one since"))
    if manifest.sequence < sequence:
        raise NotAllowed(
            Problem("the sealed site is older than one already shown", "something may have been withdrawn")
        )
    if manifest.expires < today:
        raise NotAllowed(Problem(f"the sealed site ended on {manifest.expires}", hint="publish again"))


def assets_hash(files: Mapping[str, bytes]) -> str:
    """64 hexadecimal digits over the names and contents of shared assets: what a manifest calls them by."""
    parts = [part for name in sorted(files) for part in (name.encode(), files[name])]
    return commitment.digest(commitment.framed("assets", *parts)).removeprefix("sha256:")


def _inside(manifest: Manifest, files: Mapping[str, bytes], receipt: bytes = b"") -> bytes:
    if own := [name for name in files if name.startswith(PORTALS_OWN)]:
        raise Malformed(Problem(f"`{own[0]}` would stand in for a page of the portal"))
    if unknown := sorted(set(manifest.csp) - set(files)):
        raise Malformed(Problem(f"the manifest speaks of `{unknown[0]}`, which is not a page"))
    beside = {RECEIPT: receipt} if receipt else {}
    return archive.pack(
        {MANIFEST: render_manifest(manifest), **beside, **{PAGES + name: files[name] for name in files}}
    )


def _read(data: bytes) -> SealedSite:
    table = archive.unpack(data)
    manifest, receipt = parse_manifest(table.pop(MANIFEST, b"")), table.pop(RECEIPT, b"")
    if any(not name.startswith(PAGES) or name.startswith(PAGES + PORTALS_OWN) for name in table):
        raise Malformed("a sealed site holds something that is not a page")
    return SealedSite(manifest, {name.removeprefix(PAGES): page for name, page in table.items()}, receipt)


def _read_pack(signed: bytes, publisher: Certificate) -> SealedSite:
    inside, signature = _fields("pack", signed)
    sequoia.verify_detached(PACK + inside, signature, [publisher])
    site = _read(inside)
    if site.manifest.key or site.receipt:
        raise Malformed("a pack that names a key or holds a receipt: it was made for something else")
    return site


def _fields(kind: str, data: bytes) -> tuple[bytes, bytes]:
    """The two fields that `commitment.framed(kind, …)` joined."""
    head = len(commitment.framed(kind))
    middle = head + 8 + int.from_bytes(data[head : head + 8], "big")
    first, second = data[head + 8 : middle], data[middle + 8 :]
    if commitment.framed(kind, first, second) != data:
        raise Malformed("not a pack")
    return first, second

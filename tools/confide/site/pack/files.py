"""The files of the pack by their names, and the pages in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from confide.site.pack import pages
from confide.site.paper.page import page as agreement_page
from confide.workflows.export import Pack, Signed

_ENDINGS = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


def files(pack: Pack, accounting: bytes, register: bytes, printed: str) -> tuple[dict[str, bytes], tuple[bytes, ...]]:
    """Name → bytes, and the pages for the PDF. `accounting` is the printed register, `register` the same as CSV."""
    made: dict[str, bytes] = {}
    agreements = []
    contents = []
    for version in pack.versions:
        number = version.agreement.version
        sheet = agreement_page(version.agreement, pack.people, version.source.decode(), proposed=True)
        agreements.append(sheet)
        made[f"agreement-{number}.html"] = sheet
        made[f"agreement-{number}.yml"] = version.source
        contents.append((f"agreement-{number}.html", f"agreement {number}, as everybody signed it"))
        contents.append((f"agreement-{number}.yml", "its exact text, which the fingerprint is worked out from"))
        for signed in version.signed:
            name = f"signatures/{number}.{signed.event.by}.{signed.event.number}.{_ending(signed)}"
            made[name] = signed.proof
    contents.append(("signatures.html", "who signed, when, how"))
    contents.append(("signatures/", "the signatures themselves, and the scans of those on paper"))
    contents.append(("accounting.html", "what was told to whom, when and why; what was refused and withdrawn"))
    contents.append(("accounting.csv", "the same for a spreadsheet"))
    contents.extend(_more(pack, made))
    made["signatures.html"] = pages.signatures(pack)
    made["accounting.html"], made["accounting.csv"] = accounting, register
    made["index.html"] = pages.cover(pack, contents, printed)
    return made, (made["index.html"], *agreements, made["signatures.html"], accounting)


def _more(pack: Pack, made: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for who, data in pack.receipts.items():
        made[f"receipts/{who}.receipt"] = data
    for name, data in pack.keys.items():
        made[f"keys/{name}"] = data
    if pack.receipts:
        made["receipt_reader.py"] = pack.reader
        yield "receipts/", "what each party can prove by themselves"
        yield "receipt_reader.py", "a program that checks a receipt: python receipt_reader.py FILE KEEPER"
    yield "keys/", "the public keys that signatures are checked with"


def _ending(signed: Signed) -> str:
    if not signed.on_paper:
        return "sig"
    return next((ending for magic, ending in _ENDINGS.items() if signed.proof.startswith(magic)), "bin")

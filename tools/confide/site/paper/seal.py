"""What ties a sheet of paper to one file: its fingerprint in groups and as a picture, and what it is for."""

from __future__ import annotations

import segno
from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.site.markup import html

_GROUP = 4


def grouped(digest: str) -> tuple[str, ...]:
    """The hexadecimal digits in groups of four, to be compared aloud."""
    digits = digest.removeprefix("sha256:")
    return tuple(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def picture(agreement: Agreement) -> Markup:
    """A QR code (ISO/IEC 18004) of ids and the fingerprint; no address is in it, so it opens nothing."""
    text = f"{agreement.partnership} agreement {agreement.version} {agreement.digest}"
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  drawn by the library from an id, a number and digits


def seal(agreement: Agreement) -> Markup:
    """The fingerprint for the head of the first page."""
    rows = grouped(agreement.digest)
    groups = Markup(" ").join(html("<span>{}</span>", group) for group in rows)
    return html(
        '<div class="seal">{}<div><p class="small">Fingerprint of the file (SHA-256)</p>'
        '<p class="digits">{}</p></div></div>',
        picture(agreement),
        groups,
    )


def purpose() -> str:
    """What the fingerprint is for, in words for whoever signs."""
    return (
        "The fingerprint is worked out from every character of the file that this document is made from. Change one "
        "character, and it is another. Everybody who signs, on paper or electronically, signs the file with this "
        "fingerprint; it stands on every page. Whoever has the file can work it out again, and if all its groups "
        "are the same, it is the same agreement."
    )

"""The pages of the pack that are not printed elsewhere: the cover, and the certificate of signatures.

They hold names; this module only gives bytes. Nothing in them runs and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from markupsafe import Markup

from confide.model.partnership import People
from confide.site.markup import html, join
from confide.site.paper.labels import Neutral
from confide.site.paper.seal import grouped
from confide.site.words import capital, day, signing_phrase
from confide.workflows.export import Pack, Signed, Version

CHECKING = (
    "Every statement in this pack comes from a signed record. A party’s receipt proves, without this practice and "
    "without its coach, what that party was shown, when, and under which clause. Two programs check it offline: "
    "confide verify --receipt, and receipt_reader.py in this pack, which needs Python, PyYAML and gpg and was written "
    "from the published format alone. Compare the addresses and the fingerprint below with what each party was told "
    "in another way."
)


def cover(pack: Pack, contents: Iterable[tuple[str, str]], printed: str) -> bytes:
    """What is in the pack (file, what it is), and how to check it."""
    rows = join(html("<tr><td>{}</td><td>{}</td></tr>", name, said) for name, said in contents)
    body = html(
        '<p class="small">Coaching</p><h1>Record of a partnership</h1><p>{}, as recorded on {}.</p>'
        "<h2>What is in this pack</h2><table><tbody>{}</tbody></table>"
        "<h2>How to check it</h2><p>{}</p>"
        "<table><tbody><tr><td>First address</td><td class=digits>{}</td></tr>"
        "<tr><td>Newest address</td><td class=digits>{}</td></tr>"
        "<tr><td>Keeper’s fingerprint</td><td class=digits>{}</td></tr></tbody></table>"
        "<h2>Handle with care</h2><p>This pack is not encrypted. It names people, and it holds what they were shown. "
        "Whoever receives it has the duty of confidentiality that the agreement describes.</p>",
        pack.partnership,
        printed,
        rows,
        CHECKING,
        pack.root,
        pack.head,
        pack.keeper,
    )
    return _document(f"Record of {pack.partnership}", body)


def signatures(pack: Pack) -> bytes:
    """Who signed which version, how, when, and what proves it."""
    parts = join(_version(version, pack.people) for version in pack.versions)
    body = html('<p class="small">Coaching</p><h1>Certificate of signatures</h1>{}', parts)
    return _document(f"Signatures of {pack.partnership}", body)


def _version(version: Version, people: People) -> Markup:
    labels, agreement = Neutral(), version.agreement
    rows = join(_row(signed, people, labels) for signed in version.signed)
    missing = join(
        html('<tr><td>{}</td><td class="missing" colspan="3">has not signed</td></tr>', capital(labels.role(party)))
        for party in version.missing
    )
    return html(
        "<h2>Agreement {}</h2><p>{} to {}. Put to everybody on {}.</p><p class=digits>SHA-256 {}</p>"
        "<table><thead><tr><th>Who</th><th>When (UTC)</th><th>How</th><th>What proves it</th></tr></thead>"
        "<tbody>{}{}</tbody></table>",
        agreement.version,
        day(agreement.effective),
        day(agreement.until),
        day(version.proposed.at.date()),
        " ".join(grouped(agreement.digest)),
        rows,
        missing,
    )


def _row(signed: Signed, people: People, labels: Neutral) -> Markup:
    event = signed.event
    named = next((person for person in people.of(event.by) if person.number == event.number), None)
    who = f"{named.name}, {labels.role(event.by)}" if named is not None else capital(labels.role(event.by))
    proof = f"key {signed.key}" if signed.key else "the sealed scan or certificate, opened into this pack"
    return html(
        '<tr><td>{}</td><td>{}</td><td>{}</td><td class="digits">{}<br>event {}</td></tr>',
        who,
        f"{event.at:%Y-%m-%d %H:%M}",
        signing_phrase(event.strength),
        proof,
        event.id,
    )


def _document(title: str, body: Markup) -> bytes:
    style = files("confide.site.pack").joinpath("pack.css").read_text(encoding="utf-8").replace('"FOOT"', f'"{title}"')
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return html(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>{}</main>\n</body>\n</html>\n",
        allowed,
        title,
        Markup(style),  # noqa: S704  the package's own style sheet, with an id in it
        body,
    ).encode()

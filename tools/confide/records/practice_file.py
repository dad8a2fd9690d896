"""`practice.yml`: who keeps the records, which key publishes, where they may be pushed, where the portal is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from confide.model.partnership import Practice
from confide.records import yaml
from confide.records.canonical import render
from confide.records.fields import Fields, Report
from confide.records.shapes import FINGERPRINT, PRACTICE, Shape

FORMAT = 1


def _has_secret(address: str) -> bool:
    """Whether a password stands in the address: the file is read by everyone who may clone."""
    try:
        return urlsplit(address).password is not None
    except ValueError:
        return True


def _is_remote(text: str) -> bool:
    return re.match(r"[\x21-\x7e]+\Z", text) is not None and not text.startswith("-") and not _has_secret(text)


def _is_portal(text: str) -> bool:
    return re.match(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/-]*)?\Z", text) is not None and not _has_secret(text)


REMOTE = Shape("the address of a remote without a password in it", _is_remote)
PORTAL = Shape("an address such as `https://portal.example.org`", _is_portal)


def parse_practice(data: bytes, file: str) -> Practice:
    """The practice in `data`. Raises Malformed with every problem."""
    report = Report(file)
    fields = Fields(yaml.load(data, file).root, report)
    if fields.number("practice") not in (0, FORMAT):
        report.add(f"`practice`: expected the format {FORMAT}, found another", fields.line("practice"))
    practice = Practice(
        id=fields.one("id", PRACTICE),
        keepers=fields.many("keepers", FINGERPRINT),
        publishing_key=fields.one("publishing-key", FINGERPRINT),
        remotes=fields.many("remotes", REMOTE, required=False, may_be_empty=True),
        portal=fields.one("portal", PORTAL, required=False),
        place=report.place(0),
    )
    fields.finish()
    report.stop()
    return practice


def render_practice(practice: Practice) -> bytes:
    """The canonical bytes: the reverse of parse_practice. Without a portal the key is left out."""
    entries: dict[str, object] = {
        "practice": FORMAT,
        "id": practice.id,
        "keepers": list(practice.keepers),
        "publishing-key": practice.publishing_key,
        "remotes": list(practice.remotes),
    }
    if practice.portal:
        entries["portal"] = practice.portal
    return render(entries)

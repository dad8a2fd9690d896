"""A circle of peers at the portal of these tests: an address, terms, and one code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from confide.vault import sealed
from confide.vault.manifest import Manifest
from confide.vault.passphrase import one_time_code
from confide.vault.portal_circles import Circle, Circles
from tests.portal.practice import CHEAP, PARTNERSHIP, Practice

ADDRESS = "s0123456s9"
TERMS = "What becomes of feedback\n\n1. Who learns of it: the person I coach, and nobody else.\n"


def ask_circle(practice: Practice) -> str:
    """The code for everybody in it."""
    today = datetime.now(UTC).date()
    until = today + timedelta(days=42)
    manifest = Manifest(PARTNERSHIP, "peers", 1, ADDRESS, "", 0, today, until)
    files = {"terms.txt": TERMS.encode(), "choices.json": json.dumps(["none", "category", "name"]).encode()}
    code = one_time_code()
    pack = sealed.seal_with_code(manifest, files, code, practice.publisher, CHEAP)
    Circles(practice.store.path).put(Circle(ADDRESS, PARTNERSHIP, "peers", until), pack)
    return code

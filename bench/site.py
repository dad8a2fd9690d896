"""Sites: a thousand readers' sites built, looked through and sealed, beside `mkdocs build` for each."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench.measure import Curve, Growth, Ratio
from confide.cli.story import text as story
from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.view import AgreementView, Entry, Shown, Signature, Text, View
from confide.model.words import Attribution, Form, role_of
from confide.records.agreement_file import parse_agreement
from confide.site.audit import audit
from confide.site.build import build_site
from confide.site.built import BuiltSite
from confide.vault.generate import generate_secret_key
from confide.vault.manifest import Manifest
from confide.vault.sealed import seal
from confide.vault.sequoia import Certificate, SecretKey

ROOT = Path(__file__).resolve().parents[1]
SITES = 1_000
READERS = ("client", "payer", "manager")
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
WORDS = "the team has begun to decide on its own and what was a weekly report is now a conversation between peers"
RUNS = 3
LARGEST = 200 * 2**20


def measure() -> Iterator[Ratio]:
    """The two rows of the design, and the share of the leak audit; times are of the processor."""
    stock = _stock()
    built, audited, size, grown = _ours()
    each = built / SITES
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    detail = f"{SITES} sites in {built:.1f} s ({each * 1000:.0f} ms each), mkdocs build {stock * 1000:.0f} ms"
    yield Ratio(
        "build and seal a site, against mkdocs build", stock / each, "at least", 12, detail, _growth(stock, grown)
    )
    yield Ratio("memory, of 200 MB", memory / LARGEST, "at most", 1, f"{memory / 2**20:.0f} MB at most held")
    yield Ratio("sealed sites on disk, of 200 MB", size / LARGEST, "at most", 1, f"{size / 2**20:.0f} MB")
    yield Ratio("the leak audit's share", audited / built, "at most", 0.2, f"{audited:.1f} s of it")


def _growth(stock: float, grown: dict[int, float]) -> Growth:
    theirs = Curve("mkdocs build", tuple((number, stock * number) for number in grown))
    return Growth("Building and sealing sites", "sites", "seconds", (Curve("here", tuple(grown.items())), theirs))


def _ours() -> tuple[float, float, int, dict[int, float]]:
    """Seconds of this process for all sites, of these for the audit, the bytes that were sealed, and how it grew."""
    grown: dict[int, float] = {}
    publisher = SecretKey.parse(generate_secret_key("publisher@c-b3n7.invalid", NOW, faked=True))
    reader = SecretKey.parse(generate_secret_key("client@p-b3n7.invalid", NOW, faked=True)).certificate
    size, built, audited = 0, 0.0, 0.0
    for number in range(SITES):
        view, withheld, others = (
            _view(number // len(READERS), READERS[number % len(READERS)]),
            _withheld(number // len(READERS)),
            tuple(_others(number)),
        )
        began = time.process_time()
        site = build_site(view, ROOT)
        made = time.process_time()
        if audit(site.files, withheld, ("Léonie Abravanel-Stone",), others):
            raise AssertionError("the audit found something in a clean site")
        audited += time.process_time() - made
        size += len(_sealed(view, site, reader, publisher))
        built += time.process_time() - began
        if number + 1 in (10, 100, SITES):
            grown[number + 1] = built
    return built, audited, size, grown


def _sealed(view: View, site: BuiltSite, reader: Certificate, publisher: SecretKey) -> bytes:
    manifest = Manifest(
        view.partnership, view.party, 1, "b3n7c4d8e9", reader.fingerprint, 1, NOW.date(), date(2026, 12, 1),
        site.assets_hash, site.asks, site.csp, site.offers,
    )  # fmt: skip
    return seal(manifest, site.files, (reader,), publisher, NOW)


def _stock() -> float:
    """One `mkdocs build` of as many pages as a client's site has, with the same theme; the mean of a few runs."""
    with tempfile.TemporaryDirectory(prefix="ct-") as home:
        pages = Path(home, "docs")
        pages.mkdir()
        for number in range(12):
            page = "\n\n".join(f"## Part {part}\n\n{WORDS}, {number} {part}." for part in range(12))
            name = "index" if not number else f"page-{number}"
            (pages / f"{name}.md").write_text(f"# Page {number}\n\n{page}\n")
        Path(home, "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, font: false}\nplugins: [search]\n")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        before = _children()
        for _ in range(RUNS):
            subprocess.run(command, cwd=home, check=True, capture_output=True)
        return (_children() - before) / RUNS


def _children() -> float:
    """Seconds that finished children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _id(number: int) -> str:
    return f"p-{number:05}"


def _agreement(number: int) -> Agreement:
    source = story.agreement(_id(number), digest(f"people {number}".encode()), date(2026, 7, 1))
    return parse_agreement(source, f"records/{_id(number)}/agreements/1.yml")


def _view(number: int, party: str) -> View:
    """As large as the demo's after four months; every text has words of its own."""
    agreement = _agreement(number)
    signed = tuple(Signature(p, 1, NOW, "portal", f"s{number:07}"[:8]) for p in agreement.signatories)
    texts = tuple(_shown(number, one, party) for one in range(8 if party == "client" else 2))
    entries = tuple(
        Entry(
            f"e{number:04}{one:03}",
            "disclosed",
            NOW,
            "coach",
            (party,),
            ("partnership-goals/shared",),
            Form.SUMMARY,
            "site",
            1,
            (2,),
            ("goals-to-sponsors",),
        )
        for one in range(33 if party == "client" else 12)
    )
    others = tuple((other, tuple(_shown(number, one, other) for one in range(2))) for other in READERS[1:])
    return View(
        _id(number), party, role_of(party).value,  # type: ignore[union-attr]
        tuple((p, (f"Name {number} of {p}",)) for p in agreement.signatories),
        (AgreementView(agreement, "the signed text\n" * 100, NOW, f"q{number:07}", signed, ()),),
        ((1, NOW),), texts, entries, others if party == "client" else (), ("adviser",),
    )  # fmt: skip


def _shown(number: int, one: int, to: str) -> Shown:
    title = f"What was said on day {one}"
    text = Text(title, f"## {title}\n\n" + "\n\n".join(f"{WORDS} ({number}, {one}, {part})." for part in range(4)))
    shown = Shown(
        f"e{number:04}{one:03}", NOW, to, "coach", "partnership-goals/shared", Form.SUMMARY, Attribution.NONE, "site",
        "client", text, 1, (2,), ("goals-to-sponsors",),
    )  # fmt: skip
    return replace(shown, what=("discussions", "partnership-goals/shared", "conflicts")[one % 3])


def _withheld(number: int) -> list[str]:
    return [f"withheld number {number} and {one} " + f"never told to anybody at all {one} " * 10 for one in range(24)]


def _others(number: int) -> Iterator[str]:
    return (_id(other) for other in range(SITES // len(READERS) + 1) if other != number // len(READERS))

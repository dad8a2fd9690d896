"""What a reader of the demo takes home: a receipt from the portal, checked far away from the record, and beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from confide.portal.app import make_app
from confide.portal.settings import Settings
from confide.vault.portal_store import PortalStore
from tests.demo.stage import Demo
from tests.e2e.terminal import Terminal


@pytest.fixture(scope="module")
def taken(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The receipt that the payer downloaded, in a directory of their own."""
    app = make_app(
        PortalStore(demo.path / "build/portal"), lambda: datetime.now(UTC), Settings(("https://portal.example",))
    )
    reader = next(reader for reader in demo.said["readers"] if reader["party"] == "payer")
    visitor = TestClient(app, base_url="https://portal.example", follow_redirects=False)
    address = "/r/" + reader["address"].rstrip("/").rpartition("/")[2] + "/"
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    visitor.post(address + "_/open", data={"words": reader["passphrase"]}, headers=own)
    assert 'href="../_/receipt"' in visitor.get(address + "receipts/").text
    answer = visitor.get(address + "_/receipt")
    assert answer.headers["content-disposition"].startswith("attachment"), answer
    home = tmp_path_factory.mktemp("taken")
    (home / "receipt").write_bytes(answer.content)
    yield home / "receipt"
    shutil.rmtree(home)


def test_what_the_payer_downloads_proves_what_was_told_to_them(demo: Demo, taken: Path) -> None:
    """Away from the repository, with the keeper's fingerprint alone: each text that was told and not taken back."""
    keeper = demo.terminal.git("config", "confide.keeper").out.strip()
    away = Terminal(demo.plain.home, taken.parent)
    said = away.confide("verify", "--receipt", "receipt", "--keeper", keeper, "--json").json
    assert (said["faults"], said["beside_the_record"]) == ([], False)
    (receipt,) = said["receipts"]
    first = demo.partnerships[0]
    assert (receipt["partnership"], receipt["party"], receipt["keeper"]) == (first, "payer", keeper)
    assert {one["section"] for one in receipt["texts"]} == demo.told(first, "payer")


def test_beside_the_record_every_entry_is_there(demo: Demo, taken: Path) -> None:
    """The coach's own clone says the same."""
    said = demo.terminal.confide("verify", "--receipt", str(taken), "--json").json
    assert (said["faults"], said["beside_the_record"]) == ([], True)

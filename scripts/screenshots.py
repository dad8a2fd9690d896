"""Take the pictures of the README: a demo is written, served, and read in Chromium as its people would.

Run it with `make screenshots`; it needs a browser. The pictures land in docs/images/.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Picture → (party, path below the reader's address, width, height, dark).
PICTURES = {
    "client-home": ("client", "", 1280, 900, False),
    "client-others": ("client", "others/", 1280, 900, False),
    "payer-phone": ("payer", "texts/", 390, 844, False),
    "client-dark": ("client", "texts/", 1280, 900, True),
    "client-agreement": ("client", "agreement-2/#matrix", 1280, 900, False),
    "client-reach": ("client", "reach/", 1280, 900, False),
    "client-first-phone": ("client", "", 390, 844, False),
    "client-history": ("client", "history/", 1280, 900, False),
    "client-receipts": ("client", "receipts/", 1280, 900, False),
    "portal-desk": ("client", "_/desk", 1280, 900, False),
    "portal-ask": ("client", "_/ask", 390, 844, False),
    "portal-key": ("client", "_/key", 1280, 900, False),
    "portal-desk-dark": ("payer", "_/desk", 390, 844, True),
}
# Picture → what is done at the portal before it is taken, one step after the other, by the manager.
STEPS = ("portal-door", "portal-sign", "portal-receipt")


def confide(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "confide", *arguments]


@contextmanager
def served() -> Iterator[list[dict[str, str]]]:
    """A demo that is being served; gives its readers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="ct-") as home:
        made = subprocess.run(
            confide("demo", f"{home}/demo", "--no-serve", "--json", "--port", port),
            check=True,
            capture_output=True,
        )
        portal = subprocess.Popen(confide("-C", f"{home}/demo", "serve", "--port", port), stdout=subprocess.DEVNULL)
        try:
            wait_for(int(port))
            yield json.loads(made.stdout)["readers"]
        finally:
            portal.terminate()
            portal.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the portal did not start")


def take(browser: Browser, readers: list[dict[str, str]], name: str) -> None:
    party, path, width, height, dark = PICTURES[name]
    reader = next(r for r in readers if r["party"] == party)
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", device_scale_factor=1
    )
    page = context.new_page()
    page.goto(reader["address"])
    page.locator("input[type=password]").fill(reader["passphrase"])
    page.locator("button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(reader["address"] + path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    context.close()


def walk(browser: Browser, readers: list[dict[str, str]]) -> None:
    """The door, something to sign, and the receipt."""
    reader = next(r for r in readers if r["party"] == "manager")
    page = browser.new_page(viewport={"width": 1280, "height": 900})

    def taken(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=str(IMAGES / f"{name}.png"))

    page.goto(reader["address"])
    taken(STEPS[0])
    page.locator("input[type=password]").fill(reader["passphrase"])
    page.locator("button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{reader['address']}_/ask")
    page.locator("textarea").fill("May I pass the shared goals on to my deputy?")
    page.locator("main button[type=submit]").first.click()
    taken(STEPS[1])
    page.locator("input[type=checkbox]").check()
    page.locator("input[type=password]").fill(reader["passphrase"])
    page.locator("main button[type=submit]").last.click()
    taken(STEPS[2])


def main() -> None:
    """Take all pictures."""
    chromium = os.environ.get("CONFIDE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no browser: install chromium, or name one in CONFIDE_BROWSER")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as readers, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name in PICTURES:
            take(browser, readers, name)
            print(f"docs/images/{name}.png")
        walk(browser, readers)
        browser.close()


if __name__ == "__main__":
    main()

"""A party with a browser: their letter, their key, their signature, and then everything they can get at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
# In a picture the address of a link is an object, not a text.
_ADDRESSES = "all => all.map(one => new URL(one.getAttribute('href'), document.baseURI).href)"
# What is fetched here comes with the reader's own cookie, as from a link on the page.
_FETCH = "async (address) => { const got = await fetch(address); return [got.status, got.url, await got.text()]; }"
_FOLDED = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"


@contextmanager
def chromium(path: Path) -> Iterator[Browser]:
    """The system's own Chromium, without a profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Got:
    """One page as the reader had it: its title, what they saw with everything unfolded, and every byte behind it."""

    title: str
    seen: str
    source: str


@dataclass
class Visitor:
    """One party, one browser window, one address."""

    browser: Browser
    address: str
    name: str
    shots: Path | None = None
    phone: bool = False
    passphrase: str = ""
    fingerprint: str = ""
    pages: dict[str, Got] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = self.browser.new_context(**(PHONE if self.phone else DESK))  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.page.on("request", self._note)
        self.page.on("console", self._complain)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def close(self) -> None:
        self.page.context.close()

    def text(self) -> str:
        return self.page.inner_text("body")

    def shot(self, what: str) -> None:
        """A picture of the whole page, for whoever asked for pictures of the run."""
        if self.shots is not None:
            self.page.screenshot(path=self.shots / f"{self.name}-{what}.png", full_page=True)

    def go(self, where: str = "") -> str:
        """Open an address below the reader's own; what is seen there."""
        self.page.goto(self.address + where)
        return self.text()

    def try_words(self, words: str) -> str:
        """Type words at the door, right or wrong; what is seen then."""
        self.page.goto(self.address)
        self.page.fill("#words", words)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Open", exact=True).click()
        return self.text()

    def make_key(self) -> None:
        """From the welcome page: the six words, typed once more, and the fingerprint."""
        self.go("_/enrol")
        self.shot("enrol")
        self.passphrase = " ".join(self.page.locator("ol.six li").all_inner_texts())
        self.page.fill("#words", self.passphrase)
        self.page.get_by_role("button", name="I have written them down").click()
        self.page.wait_for_url("**/_/made")
        self.fingerprint = "".join(self.page.locator(".fingerprint span").all_inner_texts())
        self.shot("made")

    def sign(self, ask: str) -> str:
        """Follow the page's own link to what is asked, tick, type the passphrase; what is seen then."""
        self.go()
        self.page.locator(f'a[href$="_/sign/{ask}"]').first.click()
        self.shot("sign")
        self.page.check("[name=agreed]")
        self.page.fill("#words", self.passphrase)
        self.page.get_by_role("button", name="Sign").click()
        self.page.wait_for_url(f"**/_/signed/{ask}")
        return self.text()

    def leave(self) -> str:
        self.go("_/logout")
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name="Close").click()
        return self.text()

    def search(self, word: str) -> str:
        """What the search of the page answers to a word, typed as a reader types it."""
        self.go()
        if self.phone:
            self.page.locator("label.md-header__button[for=__search]").tap()
        box = self.page.locator("input.md-search__input")
        box.click()
        # The search listens to keys: with all but the last letter there it is asked once.
        box.fill(word[:-1])
        box.press(word[-1])
        self.page.locator(".md-search-result__meta", has_text="match").wait_for()
        return self.page.locator(".md-search-result").inner_text()

    def read_everything(self) -> None:
        """Follow every link of the site, unfold everything, and fetch every file that a page asked for."""
        waiting, self.asked = [self.address], []
        while waiting:
            address = waiting.pop()
            if address in self.pages or "/_/" in address:
                continue
            self.page.goto(address)
            self.page.evaluate(_FOLDED)
            self.pages[address] = Got(self.page.title(), self.text(), self.page.content())
            links = self.page.eval_on_selector_all("a[href]", _ADDRESSES)
            waiting += sorted({link.partition("#")[0] for link in links if link.startswith(self.address)})
        wanted = {self.index} | {asked for asked in self.asked if asked.startswith(self.address)} | set(self.pages)
        for address in sorted(wanted):
            status, _, body = self.fetch(address)
            assert status == 200, f"{status} {address}"
            self.files[address] = body

    def fetch(self, address: str) -> tuple[int, str, str]:
        """Status, final address and body of a GET from within the page."""
        status, url, body = self.page.evaluate(_FETCH, address)
        return int(status), str(url), str(body)

    @property
    def index(self) -> str:
        """Where the search of the site lies, which repeats the words of every page."""
        return self.address + "search/search_index.json"

    @property
    def strangers(self) -> set[str]:
        """Every other host that this window asked for anything."""
        own = urlsplit(self.address).netloc
        return {urlsplit(url).netloc for url in self.asked if urlsplit(url).scheme in ("http", "https", "ws")} - {own}

    @property
    def everything(self) -> str:
        """All that this party had before their eyes or in their browser's memory."""
        return "\n".join([*self.files.values(), *(f"{got.seen}\n{got.source}" for got in self.pages.values())])

"""Somebody with a browser, without the window: keeps cookies, fills in forms, says where a form came from."""

from __future__ import annotations

import re

import httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.portal.practice import READERS

ORIGIN = "https://portal.example"
FORM = re.compile(r'name="form" value="([^"]+)"')


class Visitor:
    """Requests to the portal. Addresses are relative to a reader's own unless they begin with `/`."""

    def __init__(self, app: Starlette, party: str = "client") -> None:
        self.client = TestClient(app, base_url=ORIGIN, follow_redirects=False, raise_server_exceptions=True)
        self.party = party
        self.reader = READERS[party]

    def where(self, address: str) -> str:
        return address if address.startswith("/") else f"/r/{self.reader}/{address}"

    def get(self, address: str = "", **headers: str) -> httpx.Response:
        return self.client.get(self.where(address), headers=headers)

    def post(self, address: str, headers: dict[str, str] | None = None, **form: str) -> httpx.Response:
        """Post a form from the portal's own page, as browsers of today send it."""
        own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"} if headers is None else headers
        return self.client.post(self.where(address), data=form, headers=own)

    def unlock(self, words: str) -> httpx.Response:
        return self.post("_/open", words=words)

    def form(self, address: str) -> str:
        """The secret of the form on a page."""
        found = FORM.search(self.get(address).text)
        assert found, f"no form at {address}"
        return found[1]

    def six(self) -> str:
        """The six words on the page where a key is made."""
        return " ".join(re.findall(r"<li>([a-z]+)</li>", self.get("_/enrol").text))

    def enrol(self, code: str) -> str:
        """From the letter to a key, as a person does it; the six words."""
        assert self.unlock(code).headers["location"].endswith("_/welcome")
        six = self.six()
        assert len(six.split()) == 6
        answer = self.post("_/enrol", form=self.form("_/enrol"), choice="six", words=six)
        assert answer.headers["location"].endswith("_/made"), answer.text
        return six

    def sign(self, words: str, ask: str = "agreement-1", **form: str) -> httpx.Response:
        fields = {"form": self.form(f"_/sign/{ask}"), "agreed": "yes", "words": words, **form}
        return self.post(f"_/sign/{ask}", **fields)

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self.client.cookies)

"""A built page with anything unexpected in it is never handed on, and the refusal repeats none of it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from confide.model.problem import Malformed
from confide.site.build import build_site
from confide.site.guard import script_sources
from confide.site.mkdocs_build import press
from confide.site.routes import all_of
from tests.site.sample import CLIENT

ROOT = Path(__file__).resolve().parents[2]
CANARY = "quokka"


def check(page: str, path: str = "history/index.html") -> dict[str, tuple[str, ...]]:
    """The guard over the client's site, with one page replaced."""
    site = build_site(CLIENT, ROOT)
    files = {**site.files, path: page.encode()}
    return script_sources(files, frozenset(site.assets), all_of((*site.asks, *site.offers)), press(ROOT).scripts)


def sound(path: str = "history/index.html") -> str:
    return build_site(CLIENT, ROOT).files[path].decode()


@pytest.mark.parametrize(
    ("planted", "finding"),
    [
        (f"<script>{CANARY}</script>", "an inline script that is not the theme's"),
        (f"<script type=module>{CANARY}</script>", "an inline script that is not the theme's"),
        ("<script src=assets/quokka.js></script>", "a file that is not there"),
        ("<script src='https://quokka.invalid/x.js'></script>", "something that would be fetched from elsewhere"),
        ("<script src='//quokka.invalid/x.js'></script>", "something that would be fetched from elsewhere"),
        (f'<p onclick="{CANARY}">', "a handler that would run"),
        (f"<p ONCLICK={CANARY}>", "a handler that would run"),
        (f'<p style="{CANARY}">', "an attribute that is not expected"),
        ("<style>quokka</style>", "an element that is not expected"),
        ("<iframe src='quokka'></iframe>", "an element that is not expected"),
        ("<base href='/quokka'>", "an element that is not expected"),
        ('<img src="https://quokka.invalid/x.png">', "something that would be fetched from elsewhere"),
        ('<link rel="preload" href="//quokka.invalid/x">', "something that would be fetched from elsewhere"),
        ('<form action="/quokka">', "an attribute that is not expected"),
        ('<a href="https://quokka.invalid/">', "a link that leads elsewhere without leave"),
        ('<a href="javascript:quokka" rel="noreferrer">', "a link that leads elsewhere without leave"),
        ('<a href="JAVASCRIPT&colon;quokka">', "a link that leads elsewhere without leave"),
        ('<a href="../quokka/">', "a link that leads nowhere"),
        ('<a href="../../quokka">', "a link that leads nowhere"),
        ('<a href="../_/quokka">', "a link that leads nowhere"),
        ('<a href="../agreement-1/#quokka">', "a link to a place that is not on its page"),
        ("<title>quokka</title>", "a title that could tell something"),
        ("<!-- quokka -->", "something like a tag that is none"),
        ("< p>quokka", "something like a tag that is none"),
        ("<p quokka", "something like a tag that is none"),
        ('<p title="<quokka">', "something like a tag that is none"),
        ('<meta http-equiv="refresh" content="0">', "an attribute that is not expected"),
    ],
)
def test_what_does_not_belong_stops_the_build(planted: str, finding: str) -> None:
    """Each kind is named with its page, and what it said is not repeated."""
    with pytest.raises(Malformed) as refused:
        check(sound().replace("</article>", planted + "</article>"))
    problems = {str(problem) for problem in refused.value.problems}
    assert f"history/index.html: a built page holds {finding} (it was not sealed)" in problems
    assert CANARY not in str(refused.value)


def test_a_changed_theme_script_is_not_recognised() -> None:
    """One letter more in the theme's own script, and it is not the theme's."""
    with pytest.raises(Malformed, match="inline script"):
        check(sound().replace("__md_hash=e=>", "__md_hash=(e)=>", 1))


def test_sound_pages_pass() -> None:
    """The check is not simply against everything; a link with leave may lead elsewhere."""
    link = '<a href="https://e.example/" rel="noopener noreferrer nofollow">x</a><a href="../_/logout">y</a>'
    assert check(sound().replace("</article>", link + "</article>"))


def test_every_inline_script_has_its_hash_and_no_other() -> None:
    """The hashes are of the scripts on that page: they differ with the depth, and each permits one script."""
    site = build_site(CLIENT, ROOT)
    for path, sources in site.csp.items():
        scripts = re.findall(rb"<script>(.*?)</script>", site.files[path], re.DOTALL)
        hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts]
        assert list(sources) == [f"sha256-{one}" for one in hashes]
        assert len(sources) == 3
    assert site.csp["index.html"][0] != site.csp["history/index.html"][0]

"""Whatever a note holds, a reader sees text and nothing runs, loads or leads astray."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from confide.site.sanitise import REL, TAGS, safe_html
from tests.site.payloads import PAYLOADS


class Seen(HTMLParser):
    """Every tag and attribute of a piece of HTML, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


def test_the_corpus_is_there() -> None:
    """At least forty different ways in."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_it_survives(payload: str) -> None:
    """Only known elements come out, only links carry an address, and only one that leads elsewhere openly."""
    for tag, attributes in Seen(safe_html(payload)).tags:
        assert tag in TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else {"start"} if tag == "ol" else set())
        if tag == "a":
            assert attributes["rel"] == REL
            assert (attributes.get("href") or "https://").startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ config.site_name }} {% raw %}",
        'say "yes" with data-search-exclude="now"',
        "[[wiki]] [^1] [TOC] --8<-- x",
        "*[HTML]: Hyper Text",
        "a {: #content .big onclick=x }",
        "<b>not bold</b> & &amp; &lt;i&gt;",
        "ends with a colon:\u00a0\u201cquoted\u201d",
    ],
)
def test_text_stays_what_it_is(text: str) -> None:
    """Nothing that some extension of Markdown, the theme or its search would read is anything but text."""
    expected = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert Seen(safe_html(text)).text.strip() == expected


def test_headings_stand_below_the_section_and_a_repeated_title_is_left_out() -> None:
    """A section's own heading is the page's to show; what lies below it starts at level four."""
    out = safe_html("## Where we are ##\n\n# One\n\n### Three\n\n###### Six\n", "Where we are")
    assert out.split("\n")[:3] == ["<h4>One</h4>", "<h4>Three</h4>", "<h6>Six</h6>"]
    assert "<h4>Where we are</h4>" in safe_html("## Where we are\n\ntext", "Something else")


def test_pictures_become_their_description() -> None:
    """A picture would tell its host who reads when."""
    assert Seen(safe_html("![the team <b>](https://away.invalid/x.png)")).text.strip() == "[picture: the team <b>]"


def test_links_say_nothing_of_where_they_stood() -> None:
    """A link elsewhere passes on no address and no way back."""
    assert f'<a href="https://e.example/a?b=1&amp;c" rel="{REL}">' in safe_html(
        "[x](https://e.example/a?b=1&c 'title')"
    )


def test_deep_nesting_ends() -> None:
    """A note cannot exhaust the renderer."""
    assert safe_html("> " * 5000 + "x")
    assert safe_html("[" * 5000)

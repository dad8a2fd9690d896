"""The leak audit finds what must not be there in every kind of output, and never repeats it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confide.site.audit import Leak, audit, search, tripwire
from confide.site.build import build_site
from tests.site.sample import CLIENT, GOALS, PAYER, TALK

ROOT = Path(__file__).resolve().parents[2]
SECRET = "She has spoken twice with a firm in Geneva and means to decide before the summer."
RUN = "twice with a firm in Geneva and means"
SHORT = "Two conversations outside the firm."
NAME = "Léonie Abravanel-Stone"
FOREIGN = "p-9mq2"


def leaks(files: Mapping[str, bytes]) -> tuple[Leak, ...]:
    return audit(files, [SECRET, SHORT], [NAME], [FOREIGN])


def page(inside: str) -> dict[str, bytes]:
    """The sponsor's first page with something planted into it."""
    source = build_site(PAYER, ROOT).files["index.html"].decode()
    return {"index.html": source.replace("</article>", inside + "</article>").encode()}


@pytest.mark.parametrize(
    ("planted", "where"),
    [
        (f"<p>{RUN}</p>", "page"),
        (f"<p>{RUN.upper()}</p>", "page"),
        ("<p>twice with\n\n  a <em>firm</em> in <b>Gen</b>eva\tand means</p>", "page"),
        ("<p>twice with a firm in Gen<wbr>eva and means</p>", "page"),
        ("<p>twice&#32;with a f&#105;rm in&nbsp;Geneva&Tab;and means</p>", "page"),
        ("<p>twice with a firm in Gene\u00adva and me\u200bans</p>", "page"),
        ("<p>ｔｗｉｃｅ with a ﬁrm in Geneva and means</p>", "page"),
        ("<p>twice, with: a — firm (in) “Geneva” and… means</p>", "page"),
        (f"<a href='x' title='{RUN}'>x</a>", "attribute"),
        (f'<img alt="{RUN}" src=x>', "attribute"),
        ('<a href="?q=twice%20with+a%20firm%20in%20Geneva%20and%20means">x</a>', "attribute"),
        (f"<!-- {RUN} -->", "comment"),
        (f"<svg><title>{RUN}</title></svg>", "page"),
        (f'<script>var x = "{RUN}"</script>', "page"),
        (f"<title>{RUN}</title>", "page"),
        (f"<nav><a href=x>{RUN}</a></nav>", "page"),
        ("<p>two conversations outside the firm</p>", "page"),
    ],
)
def test_withheld_words_are_found_in_a_page(planted: str, where: str) -> None:
    """A run of eight words, or the whole of a shorter text, however it is written and wherever it stands."""
    assert Leak("index.html", "text", where) in leaks(page(planted))


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("search/search_index.json", json.dumps({"docs": [{"text": f"<p>{RUN}</p>"}]}).encode(), "search index"),
        (
            "search/search_index.json",
            json.dumps({"docs": [{"title": RUN}]}, ensure_ascii=True).encode(),
            "search index",
        ),
        ("search/search_index.json", json.dumps({RUN: [1]}).encode(), "search index"),
        ("a.json", json.dumps(["twice &amp; with a firm <b>in</b> Geneva and means"]).encode(), "search index"),
        ("pictures/plan.svg", f"<svg><desc>{RUN}</desc></svg>".encode(), "page"),
        ("plan.pdf", b"%PDF-1.7\n<< /Title (" + RUN.encode() + b") >>", "bytes"),
        ("plan.pdf", b"%PDF-1.7\n<< /Title (\xfe\xff" + RUN.encode("utf-16-be") + b") >>", "bytes"),
        ("photo.png", b"\x89PNG\r\n\x1a\ntEXtDescription\0" + RUN.encode(), "bytes"),
        ("two-conversations-outside-the-firm.txt", b"", "file name"),
        ("Two%20conversations%20outside%20the%20firm/index.html", b"", "file name"),
    ],
)
def test_withheld_words_are_found_in_other_files(name: str, data: bytes, where: str) -> None:
    """The search index decoded, attachments as far as their bytes spell it, and file names."""
    assert Leak(name, "text", where) in leaks({name: data})


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("<p>with Léonie Abravanel-Stone today</p>", "name"),
        ("<p>L&eacute;onie <i>Abravanel</i>-STONE</p>", "name"),
        ('<p data-who="Le\u0301onie Abravanel Stone">x</p>', "name"),
        (f"<p>see {FOREIGN}</p>", "id"),
        (f'<a href="../{FOREIGN}/notes">x</a>', "id"),
        (f'<a data-x="{FOREIGN.upper()}x">x</a>', "id"),
    ],
)
def test_names_and_foreign_ids_are_found(planted: str, kind: str) -> None:
    """A person the reader does not know, and any sign of another partnership."""
    assert kind in {leak.kind for leak in leaks(page(planted))}


@pytest.mark.parametrize("place", ["</title>", "</nav>", '<label class="md-search__icon', "</footer>", "</body>"])
def test_withheld_words_are_found_in_the_frame(place: str) -> None:
    """Around a page’s own part, where most pieces are alike on every page: the title, the navigation, the foot."""
    files = dict(build_site(PAYER, ROOT).files)
    last = [path for path in files if path.endswith(".html") and not path.startswith("how/")][-1]
    source = files[last].decode()
    assert place in source
    files[last] = source.replace(place, f"<b>{RUN}</b>{place}", 1).encode()
    assert Leak(last, "text", "page") in leaks(files)
    policy = files["how/index.html"].decode()
    files["how/index.html"] = policy.replace(place, f"<b>{RUN}</b>{place}", 1).encode()
    assert Leak("how/index.html", "text", "page") in leaks(files)


def test_seven_words_and_half_a_name_are_no_leak() -> None:
    """Single words and given names occur by chance."""
    assert leaks(page("<p>twice with a firm in Geneva and</p><p>Léonie</p><p>p-9mq</p>")) == ()


def test_markdown_marks_do_not_hide_a_text() -> None:
    """The withheld text is compared as it is read: without the marks of its Markdown and where its links lead."""
    text = "- She has **spoken** twice\n- with a [firm](https://e.example/x) in `Geneva`\n"
    assert audit(page("<ul><li>has <b>spoken</b> twice</li> <li>with a firm in Geneva</ul>"), [text], [], [])


def test_what_the_reader_may_read_is_no_leak() -> None:
    """A summary that repeats a sentence of its source was disclosed: a permitted run is permitted."""
    files = build_site(PAYER, ROOT).files
    wider = GOALS.text.markdown + "\n\nAnd this stays here, for nobody but the two of them."
    assert audit(files, [wider], [], []) != ()
    assert audit(files, [wider], [], [], permitted=[GOALS.text.markdown]) == ()


def test_real_sites_are_clean_of_each_other() -> None:
    """The sponsor's site holds nothing of what only the client may read, nor the client's of another partnership."""
    withheld = [TALK.text.markdown, SECRET]
    assert audit(build_site(PAYER, ROOT).files, withheld, [NAME], [FOREIGN]) == ()
    assert audit(build_site(CLIENT, ROOT).files, [SECRET], [NAME], [FOREIGN]) == ()
    assert audit(build_site(CLIENT, ROOT).files, withheld, [], []) != ()


def test_a_leak_repeats_nothing() -> None:
    """What is found, and what is looked for, shows in no representation that a log could catch."""
    wire = tripwire([SECRET], [NAME], [FOREIGN])
    told = repr(search(page(f"<p>{SECRET} {NAME} {FOREIGN}</p>"), wire)) + repr(wire)
    assert not any(word in told for word in ("Geneva", "Léonie", "abravanel", FOREIGN))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=40), st.lists(st.sampled_from("abc"), min_size=4, max_size=12))
def test_the_quick_look_finds_what_comparing_every_run_finds(page: list[str], withheld: list[str]) -> None:
    """Wherever a run begins and however long it is: four-word pieces lead to it, and to nothing that is none."""
    length = min(8, len(withheld))
    runs = {tuple(withheld[at : at + length]) for at in range(len(withheld) - length + 1)}
    holds = any(tuple(page[at : at + length]) in runs for at in range(len(page) - length + 1))
    files = {"x.txt": " ".join(page).encode()}
    found = audit(files, [" ".join(withheld)], [], [])
    assert bool(found) == holds

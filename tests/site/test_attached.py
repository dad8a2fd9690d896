"""Documents and pictures: known by their bytes, rid of what they tell, named in the text, shown where that goes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from confide.model.commitment import digest
from confide.model.problem import Malformed, Usage
from confide.model.view import Attachment, Text, View
from confide.records import attachment, media, tree
from confide.site.audit import Leak, audit
from confide.site.build import build_site
from tests.site.files import comment, described, exif, jpeg, pdf, png, webp
from tests.site.sample import CLIENT, GOALS, PAYER
from tests.site.test_audit import RUN, SECRET, leaks
from tests.site.visiting import visiting

ROOT = Path(__file__).resolve().parents[2]
PICTURE, PAPER = png(), pdf()


def with_files() -> View:
    """The sponsor's view with a picture and a document beside a text."""
    attached = (
        Attachment("The <b>plan</b>", digest(PICTURE), "png", PICTURE),
        Attachment("Minutes", digest(PAPER), "pdf", PAPER),
    )
    words = GOALS.text.markdown + "\n\n" + attachment.line("The plan", "a7k2", PICTURE, picture=True)
    return replace(PAYER, shown=(replace(GOALS, text=Text(GOALS.text.title, words, attached)),))


def test_a_text_names_its_files_by_their_digest() -> None:
    """What is written is read again; another file is another text, so a commitment to the text fixes both."""
    line = attachment.line("The plan", "a7k2", PICTURE, picture=True)
    (found,) = attachment.references(f"## Plan\n\nWords.\n\n{line}")
    assert found == attachment.Reference("The plan", "a7k2", digest(PICTURE), picture=True)
    assert attachment.line("The plan", "a7k2", PAPER, picture=True) != line
    assert attachment.references("## Plan\n\n[x](https://e.example) `[y](attached:a7k2)`") == ()


@pytest.mark.parametrize("text", ["[x](attached:a7k2)", '[x](attached:plan "sha256:00")', '![x](attached:a7k2 "no")'])
def test_a_file_without_its_digest_is_refused(text: str) -> None:
    """Nothing would fix it."""
    with pytest.raises(Malformed):
        attachment.references(f"## Plan\n\n{text}")


@pytest.mark.parametrize("label", ["", "a](b)", "x" * 81, "a\\", "<b>"])
def test_a_label_is_plain_words(label: str) -> None:
    """It could end the link early, or hide it."""
    with pytest.raises(Malformed):
        attachment.line(label, "a7k2", PICTURE, picture=False)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (png(described("by Ines"), (b"eXIf", b"by Ines")), png()),
        (png(described("by Ines", packed=True)), png()),
        (jpeg(comment("by Ines")), jpeg()),
        (webp((b"VP8 ", b"pixels"), (b"EXIF", b"by Ines"), (b"XMP ", b"by Ines")), None),
        (jpeg(exif(1, b"Camera of Ines")), None),
    ],
)
def test_what_a_picture_tells_beside_itself_goes(data: bytes, kept: bytes | None) -> None:
    """Who took it, with what, when and where; the pixels and which way up stay."""
    clean = media.cleaned(data)
    assert b"Ines" not in clean
    assert kept is None or clean == kept
    assert media.cleaned(clean) == clean


def test_a_photograph_stays_upright() -> None:
    """The one thing of its Exif data that changes how it looks is kept, and nothing else."""
    clean = media.cleaned(jpeg(exif(turned=6)))
    assert b"Exif\0\0MM\0*" in clean and bytes([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]) in clean


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"MZ\x90 a program", "neither a PDF nor a picture"),
        (b"<svg onload=alert(1)>", "neither a PDF nor a picture"),
        (b"%PDF-" + b"x" * media.LARGEST, "MB"),
        (png()[:-8], "cut short"),
        (jpeg()[:40], "cut short"),
        (pdf(more=b"5 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj\n"), "can run something"),
        (pdf(more=b"5 0 obj << /S /J#61vaScript >> endobj\n"), "can run something"),
        (pdf(b"<< /S /Launch >>"), "can run something"),
        (pdf(more=b"5 0 obj << /Type /EmbeddedFile >> endobj\n"), "can run something"),
        (pdf(more=b"5 0 obj << /Encrypt 6 0 R >> endobj\n"), "a password of its own"),
    ],
)
def test_what_could_act_or_hide_is_refused(data: bytes, what: str) -> None:
    """Programs, pictures that are documents, PDFs that run something, also where it is packed or spelt otherwise."""
    with pytest.raises(Usage) as refused:
        media.cleaned(data)
    assert what in refused.value.problems[0].what


def test_only_random_ids_have_a_place_beside_a_note() -> None:
    """A file's own name could be a person's."""
    assert tree.shape("records/p-k7f3/notes/2026-02-03.a7k2.gpg") == "attachment"
    for name in ("2026-02-03.plan.gpg", "2026-02-03.anna.gpg", "2026-02-03.a7k2.pdf.gpg", "plan.a7k2.gpg"):
        assert tree.shape(f"records/p-k7f3/notes/{name}") is None


def test_a_site_holds_the_files_of_its_texts_and_no_others() -> None:
    """Under names that say nothing; the client who may read the same page has them too, others do not."""
    site = build_site(with_files(), ROOT)
    files = {path for path in site.files if path.startswith("files/")}
    assert files == {f"files/{digest(PICTURE)[7:23]}.png", f"files/{digest(PAPER)[7:23]}.pdf"}
    page = site.files["texts/index.html"].decode()
    assert 'alt="The &lt;b&gt;plan&lt;/b&gt;"' in page
    assert "attached:" not in page
    hers = build_site(replace(CLIENT, others=(("payer", with_files().shown),)), ROOT)
    assert files <= set(hers.files)
    assert not [path for path in build_site(PAYER, ROOT).files if path.startswith("files/")]
    index = json.loads(site.files["search/search_index.json"])
    assert "sha256" not in json.dumps(index)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("files/a.pdf", pdf(b"BT (" + RUN.encode() + b") Tj ET")),
        ("files/a.pdf", pdf(b"BT [(twice wi) -20 (th a firm) 3 ( in Ge) (neva and means)] TJ ET")),
        ("files/a.pdf", pdf(b"BT <" + RUN.encode().hex().encode() + b"> Tj ET")),
        ("files/a.pdf", pdf(more=b"5 0 obj << /Title (" + RUN.encode() + b") >> endobj\n")),
        ("files/a.pdf", pdf(more=b"5 0 obj << /Title <FEFF" + RUN.encode("utf-16-be").hex().encode() + b"> >>\n")),
        ("files/a.pdf", pdf(b"BT (twice\\040with a firm in Geneva and means) Tj ET", packed=False)),
        ("files/a.png", png(described(RUN))),
        ("files/a.png", png(described(RUN, packed=True))),
        ("files/a.jpg", jpeg(comment(RUN))),
    ],
)
def test_withheld_words_in_an_attachment_are_found(name: str, data: bytes) -> None:
    """On a page of a PDF, packed or in pieces, in its title, in what a picture says of itself."""
    assert Leak(name, "text", "bytes") in leaks({name: data})


def test_a_withheld_file_is_found_whatever_it_is_called() -> None:
    """A document that belongs to a section which this reader may not read."""
    withheld = frozenset({digest(PAPER)})
    files = build_site(with_files(), ROOT).files
    assert [leak.kind for leak in audit(files, [SECRET], [], [], withheld_files=withheld)] == ["file"]
    assert audit(files, [SECRET], [], []) == ()


@pytest.mark.browser
def test_a_picture_is_seen_and_a_document_kept(browser: Browser) -> None:
    """Under the portal's policy: the picture has its size, the document is offered to be kept, nobody else is asked."""
    with visiting(browser, build_site(with_files(), ROOT)) as visit:
        visit.go("texts/index.html")
        assert visit.page.locator(".tc-attached img").evaluate("image => image.naturalWidth") == 4
        assert visit.page.get_by_role("link", name="Minutes").get_attribute("download") is not None
        assert visit.wrong == []

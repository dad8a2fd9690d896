"""One PDF of several printed pages. The only door to WeasyPrint, which is an extra: it needs Pango from the system."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from confide.model.problem import Problem, Unavailable

# What browsers stretch to the height of a neighbour, this engine would stretch to that of the sheet.
_STEADY = "dl { display: block } dl div { margin-bottom: 1.4mm } .blocks section { display: block }"


def pdf(documents: Sequence[bytes]) -> bytes:
    """The documents behind each other, each with its own page numbers. Nothing is fetched, nothing is written.

    Raises Unavailable where the extra or its system library is missing.
    """
    engine = _engine()
    steady = [engine.CSS(string=_STEADY)]
    rendered = [
        engine.HTML(string=text.decode(), url_fetcher=_nothing).render(stylesheets=steady) for text in documents
    ]
    pages = [page for document in rendered for page in document.pages]
    made: bytes = rendered[0].copy(pages).write_pdf()
    return made


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """Pages carry everything in themselves; whatever asks for more gets an error."""
    del url
    raise ValueError("a page of the pack asked for something from elsewhere")


def _engine() -> Any:
    # It would log what it cannot lay out, and with that words of the page.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    try:
        import weasyprint
    except (ImportError, OSError):
        raise Unavailable(
            Problem(
                "WeasyPrint is not here, or Pango is not",
                "it makes the PDF of the pack",
                hint="pip install 'total-confidence[pdf]', and Pango from your system (Debian: libpangoft2-1.0-0); "
                "or leave the PDF out: --no-pdf",
            )
        ) from None
    return weasyprint

"""The accounting of disclosures as one page to print: no script, nothing from elsewhere, one table on its side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

_STYLE = """
@page { size: A4 landscape; margin: 14mm }
body { font: 8pt/1.35 Georgia, serif; color: #111; max-width: 270mm; margin: 0 auto }
h1 { font-size: 15pt; margin: 0 0 2mm } p { margin: 0 0 4mm }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm 1.2mm 0; border-bottom: 0.3pt solid #999 }
th { font-weight: normal; color: #555; border-bottom-color: #111 }
td { overflow-wrap: break-word } td:first-child, td:last-child { white-space: nowrap }
thead { display: table-header-group } tr { break-inside: avoid }
.empty { color: #555 }
"""

# How wide a column is beside the others, where its words are longer or shorter than most.
_WEIGHT = {"recipient": 1.5, "what": 1.7, "texts": 1.6, "purpose": 1.3, "keys": 1.7, "because": 1.4, "sender": 0.7,
           "form": 0.9, "agreement": 0.9, "channel": 0.8, "attribution": 0.8}  # fmt: skip


def page(
    partnership: str, columns: Sequence[tuple[str, str]], rows: Iterable[Mapping[str, str]], *, about: str, printed: str
) -> str:
    """The whole page. `columns` are (name, title), less those that no row fills; `about` says what was asked."""
    lines = list(rows)
    used = [(name, title) for name, title in columns if any(row[name] for row in lines)]
    whole = sum(_WEIGHT.get(name, 1) for name, _ in used) or 1
    widths = "".join(f'<col style="width: {100 * _WEIGHT.get(name, 1) / whole:.2f}%">' for name, _ in used)
    head = "".join(f"<th scope=col>{escape(title)}</th>" for _, title in used)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(name, row[name])}</td>" for name, _ in used) + "</tr>" for row in lines
    )
    table = f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Accounting of disclosures</title>"
        f"<style>{_STYLE}</style>"
        f"<h1>Accounting of disclosures</h1><p>{escape(partnership)}, {escape(about)}. Printed {escape(printed)}.</p>"
        + (table if lines else "<p class=empty>Nothing was disclosed, refused or withdrawn.</p>")
        + "</html>\n"
    )


def _cell(name: str, value: str) -> str:
    """Days without their time; of a key and a commit enough to recognise it by; every other form has them whole."""
    if name in ("date", "withdrawn", "subject_told"):
        return escape(value[:10])
    if name == "keys":
        return escape(", ".join(key[-16:] for key in value.split(", ")))
    if name == "texts":
        return escape(value.replace("notes/", ""))
    return escape(value[:12] if name == "commit" else value)

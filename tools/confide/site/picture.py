"""Pictures as SVG that everybody can read: a title and a description, words beside every shape, no meaning in colour.

Colours come from the style sheet (so they follow dark mode and print); sizes are numbers of the picture's own grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from markupsafe import Markup

from confide.model.words import Form
from confide.site.markup import html, join

# A bold letter of 12 units is at most about this wide in the fonts of the style sheet.
BOLD = 7.6


def picture(name: str, title: str, description: str, size: tuple[int, int], parts: Iterable[Markup]) -> Markup:
    """A figure. Its links can be reached by keyboard, so it is a group; what it says stands beside it as text."""
    width, height = size
    return html(
        '<figure class="tc-picture" data-search-exclude="1"><svg role="group" aria-labelledby="{name}-title" '
        'aria-describedby="{name}-about" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        '<title id="{name}-title">{title}</title><desc id="{name}-about">{about}</desc>{parts}</svg></figure>',
        name=name,
        title=title,
        about=description,
        width=width,
        height=height,
        parts=join(parts),
    )


def ball(x: float, y: float, form: Form, radius: float = 8) -> Markup:
    """How much is told, as a disc that fills with it: empty for nothing, full for every word."""
    ring = html('<circle class="tc-ring" cx="{}" cy="{}" r="{}"/>', x, y, radius)
    if form is Form.NONE:
        return ring
    if form is Form.VERBATIM:
        return html('<circle class="tc-full" cx="{}" cy="{}" r="{}"/>', x, y, radius)
    angle = math.tau * form / Form.VERBATIM
    end_x, end_y = x + radius * math.sin(angle), y - radius * math.cos(angle)
    large = int(angle > math.pi)
    pie = f"M{x:g} {y:g}V{y - radius:g}A{radius:g} {radius:g} 0 {large} 1 {end_x:.2f} {end_y:.2f}Z"
    return html('{}<path class="tc-full" d="{}"/>', ring, pie)


def diamond(x: float, y: float, radius: float = 8) -> Markup:
    """What is somebody's own: another shape, for it is no answer of a clause."""
    path = f"M{x:g} {y - radius:g}L{x + radius:g} {y:g}L{x:g} {y + radius:g}L{x - radius:g} {y:g}Z"
    return html('<path class="tc-full" d="{}"/>', path)


def dot(x: float, y: float) -> Markup:
    """A small mark beside a disc: on conditions."""
    return html('<circle class="tc-dot" cx="{}" cy="{}" r="2.5"/>', x, y)


def words(x: float, y: float, text: str, cls: str = "tc-label", anchor: str = "start") -> Markup:
    return html('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', cls, x, y, anchor, text)


def wrapped(text: str, letters: int, most: int = 2) -> list[str]:
    """The text on at most so many lines of about so many letters; what does not fit stands on the last one."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > letters and lines[-1] and len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines

"""The style of the portal's pages can be read by everybody, by day and by night, and asks nobody else for anything."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("confide.portal").joinpath("static", "calm.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part)) for part in CSS.split("prefers-color-scheme: dark")[:2]
)
# Text against what lies behind it: 4.5 to 1 (WCAG 2.2, 1.4.3); the edges of fields: 3 to 1 (1.4.11).
PAIRS = [
    *(("ink", ground, 4.5) for ground in ("ground", "paper", "accent-soft")),
    *(("soft", ground, 4.5) for ground in ("ground", "paper")),
    *(("accent", ground, 4.5) for ground in ("ground", "paper", "accent-soft")),
    ("accent-ink", "accent", 4.5),
    ("accent-ink", "accent-over", 4.5),
    ("alert", "alert-ground", 4.5),
    ("edge", "ground", 3.0),
    ("edge", "paper", 3.0),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(colours: dict[str, str], front: str, back: str, least: float) -> None:
    """Every pair that meets on a page."""
    high, low = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least


def test_day_and_night_name_the_same_colours() -> None:
    """No colour of the day is left over at night."""
    assert LIGHT.keys() == DARK.keys()
    assert len(LIGHT) >= 12


def test_nothing_is_fetched() -> None:
    """No font, picture or style from anywhere."""
    assert not re.search(r"url\(|@import|https?:", CSS)

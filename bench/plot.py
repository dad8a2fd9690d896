"""Two kinds of pictures as SVG: bars of what was measured over its bound, and lines over sizes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

from bench.measure import Growth, Ratio

WIDTH, LEFT, ROW = 760, 380, 22
COLOURS = ("#0b6e6e", "#b4531a", "#5b4b9a")
_STYLE = "<style>text{font:12px system-ui,sans-serif;fill:#777}line{stroke:#999}.h{font-weight:600}</style>"


def bars(ratios: Sequence[Ratio]) -> str:
    """Each ratio as a bar that reaches from its bound to where it is: right of the line it holds."""
    found = [_better(ratio) for ratio in ratios]
    most = max(1.0, *(abs(math.log10(value)) for value in found))
    middle = (LEFT + WIDTH) / 2
    half = (WIDTH - LEFT) / 2 - 50
    drawn = []
    for number, (ratio, value) in enumerate(zip(ratios, found, strict=True)):
        top = 40 + number * ROW
        end = middle + math.log10(value) / most * half
        drawn += [
            _text(LEFT - 10, top + 12, _short(ratio.work), "end"),
            _bar(min(middle, end), top, abs(end - middle), COLOURS[0] if ratio.holds else COLOURS[1]),
            _text(end + (6 if end >= middle else -6), top + 12, f"{value:.2g} ×", "start" if end >= middle else "end"),
        ]
    height = 50 + len(ratios) * ROW
    axis = f'<line x1="{middle}" y1="30" x2="{middle}" y2="{height - 8}"/>' + _text(middle, 22, "the bound", "middle")
    return _svg("What was measured, against its bound", height, [axis, *drawn])


def lines(growth: Growth) -> str:
    """Every curve through its points, with the value beside each."""
    height, left, right, top, bottom = 300, 90, WIDTH - 150, 45, 250
    across = _scale([x for curve in growth.curves for x, _ in curve.points], left, right)
    up = _scale([y for curve in growth.curves for _, y in curve.points], bottom, top, least=10)
    drawn = [f'<line x1="{left}" y1="{bottom + 8}" x2="{right}" y2="{bottom + 8}"/>']
    drawn += [_text(across(x), bottom + 24, f"{x:,.0f}", "middle") for x in sorted({x for x, _ in _points(growth)})]
    drawn.append(_text((left + right) / 2, bottom + 42, growth.size, "middle"))
    for number, curve in enumerate(growth.curves):
        colour = COLOURS[number % len(COLOURS)]
        places = [(across(x), up(y)) for x, y in curve.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), (_, value) in zip(places, curve.points, strict=True):
            drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
            drawn.append(_text(x, y - 8, f"{value:,.3g}", "middle"))
        drawn.append(_text(places[-1][0] + 26, places[-1][1] + 4, curve.name, "start"))
    return _svg(f"{growth.title}, in {growth.unit}", height, drawn)


def _points(growth: Growth) -> Iterable[tuple[float, float]]:
    return (point for curve in growth.curves for point in curve.points)


def _better(ratio: Ratio) -> float:
    """How far on the good side of its bound: 2 is twice as good as asked."""
    return ratio.value / ratio.bound if ratio.sense == "at least" else ratio.bound / ratio.value


class _scale:  # noqa: N801 - called like a function
    """From values to places, logarithmically; `least` is the factor that is shown even if the values are close."""

    def __init__(self, values: Sequence[float], start: float, end: float, least: float = 1.0) -> None:
        self.low, self.start = math.log(min(values)), start
        span = max(math.log(max(values)) - self.low, math.log(least)) or 1.0
        self.step = (end - start) / span

    def __call__(self, value: float) -> float:
        return self.start + (math.log(value) - self.low) * self.step


def _bar(x: float, y: float, width: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="15" fill="{colour}"/>'


def _short(text: str, most: int = 58) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, height: int, drawn: Iterable[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    heading = f'<text class="h" x="8" y="16">{escape(title)}</text>'
    return "\n".join([head, f"<title>{escape(title)}</title>", _STYLE, heading, *drawn, "</svg>"]) + "\n"

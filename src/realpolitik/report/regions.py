"""A map of regions over two parameters, as a picture that stands by itself."""

from __future__ import annotations

from realpolitik.models.crisis.maps import RegionMap
from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, wrap

__all__ = ["regions"]

SIDE, LEFT, TOP, BOTTOM, LINE = 420.0, 64.0, 16.0, 52.0, 17.0
"""Of the square, space around it, and a line of the key, in pixels."""

FILLS = ("#7aa6c9", "#e2b36b", "#9cba7f", "#c98a8a", "#a99bc4", "#d3cf82", "#8fc1b5", "#b5b5b5")
"""Of the regions, in their order; they can be told apart in grey and with weak colour sight as far as that goes."""

INK, PAPER = "#22303a", "#ffffff"

KEY = 66
"""Characters across the key."""


def regions(found: RegionMap, title: str) -> Svg:
    """The square with its regions, their boundaries, a dot where the values are now, and a key."""
    area = found.area
    rows = [wrap(f"{name} ({100 * area[name]:.0f} % of the map)", KEY, 3) for name in found.regimes]
    height = TOP + 22 + SIDE + BOTTOM + sum(LINE * len(row) + 6 for row in rows) + 8
    canvas = Canvas(height, LEFT + SIDE + 24)
    canvas.draw("rect", "paper", x=0, y=0, width=LEFT + SIDE + 24, height=height, fill=PAPER)
    _say(canvas, title, LEFT, TOP + 6, font_weight="bold")
    top = TOP + 22

    def place(point: tuple[float, float]) -> tuple[float, float]:
        (low, high), (least, most) = (found.x[0], found.x[-1]), (found.y[0], found.y[-1])
        return LEFT + SIDE * (point[0] - low) / (high - low), top + SIDE * (most - point[1]) / (most - least)

    for part in found.parts():
        corners = " ".join("{:.2f},{:.2f}".format(*place(point)) for point in part.corners)
        fill = FILLS[part.regime % len(FILLS)]
        canvas.draw("polygon", "region", points=corners, fill=fill, stroke=fill, stroke_width=0.4)
    for points in found.boundaries.values():
        for point in points:
            x, y = place(point)
            canvas.draw("circle", "boundary", cx=x, cy=y, r=1.1, fill=INK)
    canvas.draw("rect", "frame", x=LEFT, y=top, width=SIDE, height=SIDE, fill="none", stroke=INK)
    x, y = place(found.here)
    canvas.draw("circle", "here", cx=x, cy=y, r=5, fill=PAPER, stroke=INK, stroke_width=2)
    _axes(canvas, found, top)
    below = top + SIDE + BOTTOM
    for index, row in enumerate(rows):
        canvas.draw("rect", "key", x=LEFT, y=below - 10, width=12, height=12, fill=FILLS[index % len(FILLS)])
        for number, text in enumerate(row):
            _say(canvas, text, LEFT + 20, below + number * LINE)
        below += LINE * len(row) + 6
    return canvas.done()


def _axes(canvas: Canvas, found: RegionMap, top: float) -> None:
    for values, across in ((found.x, True), (found.y, False)):
        for share in (0.0, 0.5, 1.0):
            text = f"{values[0] + share * (values[-1] - values[0]):g}"
            if across:
                _say(canvas, text, LEFT + share * SIDE, top + SIDE + 16, text_anchor="middle")
            else:
                _say(canvas, text, LEFT - 8, top + SIDE * (1 - share) + 4, text_anchor="end")
    _say(canvas, found.across.name, LEFT + SIDE / 2, top + SIDE + 32, text_anchor="middle")
    middle = top + SIDE / 2
    _say(canvas, found.up.name, 14, middle, text_anchor="middle", transform=f"rotate(-90 14 {middle:g})")


def _say(canvas: Canvas, text: str, x: float, y: float, **where: float | str) -> None:
    look: dict[str, float | str] = {"font_family": "sans-serif", "font_size": 13, "fill": INK}
    canvas.write(text, "said", x, y, **look, **where)

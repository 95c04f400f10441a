"""Picture: where a probability goes as each quantity moves from one end of its range to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, Scale, wrap

__all__ = ["Range", "tornado"]

LINE, ROOM = 18.0, 30.0
"""From one line of text to the next, and the height of a bar with its space, in pixels."""

CHARACTERS = 44
"""That fit across the narrowest page."""


@dataclass(frozen=True)
class Range:
    """One quantity, and the probability at both ends of it."""

    name: str
    low: float
    """Probability with the quantity at its low end."""

    high: float
    text: str
    """Both as a reader sees them."""


def tornado(ranges: Sequence[Range], middle: float) -> Svg:
    """A bar from the probability at one end to that at the other: one colour where it rises, another where it falls.

    Parameters
    ----------
    ranges : from top to bottom.
    middle : the probability as forecast.
    """
    ends = [middle, *(end for each in ranges for end in (each.low, each.high))]
    scale = Scale(min(ends), max(ends), 0, 76)
    names = [wrap(each.name, CHARACTERS, 2) for each in ranges]
    canvas = Canvas(sum(len(lines) * LINE + ROOM for lines in names) + 2)
    top = 0.0
    bottom = sum(len(lines) * LINE + ROOM for lines in names)
    canvas.draw("line", "axis", x1=scale.at(middle), x2=scale.at(middle), y1=0, y2=bottom)
    for each, lines in zip(ranges, names, strict=True):
        canvas.lines(lines, "label halo", 0, top + 13, LINE)
        y = top + len(lines) * LINE + 1
        look = "bar" if each.high >= each.low else "bar against"
        place = {"x": scale.at(min(each.low, each.high)), "width": scale.length(each.high - each.low)}
        canvas.draw("rect", look, y=y, height=14, rx=2, **place)
        canvas.write(each.text, "value halo", scale.at(max(each.low, each.high)), y + 11.5, dx=8)
        top += len(lines) * LINE + ROOM
    return canvas.done()

"""Values step by step as lines, each with its name at the end: positions by round, probabilities by seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, Scale, clip
from realpolitik.report.wording import number

__all__ = ["Line", "lines"]

STEP = 15.0
"""Least distance between two names, in pixels."""

LEFT, RIGHT = 7.0, 64.0
"""Where the lines begin and end, in percent of the width; names stand to the right of them."""

LONGEST, NARROW = 34, 16
"""Characters of a name, on a page of full width and on a narrow one."""


@dataclass(frozen=True)
class Line:
    """One actor's way."""

    name: str
    values: Sequence[float]
    """Its position at the start and after each round."""


def lines(
    ways: Sequence[Line], scale: Mapping[float, str], *, median: Sequence[float] = (), ticks: Sequence[str] = ()
) -> Svg:
    """Every actor's position by round, and the weighted median as a broken line.

    Parameters
    ----------
    ways : at least one, all with equally many values.
    scale : points with a line across; the first and the last bound the picture.
    median : left out: no broken line.
    ticks : words beneath each value; left out: the number of the round.
    """
    steps = len(ways[0].values)
    height = max(240.0, STEP * (len(ways) + 1))
    low, high = min(scale), max(scale)
    across = Scale(0, max(steps - 1, 1), LEFT, RIGHT)
    canvas = Canvas(height + 44)

    def down(value: float) -> float:
        return 12 + (high - value) / ((high - low) or 1.0) * height

    for point in sorted(scale):
        canvas.draw("line", "grid", x1=f"{LEFT}%", x2=f"{RIGHT}%", y1=down(point), y2=down(point))
        canvas.write(number(point), "tick", f"{LEFT - 1}%", down(point) + 4, text_anchor="end")
    for index in _ticks(steps):
        word = ticks[index] if ticks else "start" if index == 0 else str(index)
        canvas.write(word, "tick", across.at(index), height + 36, text_anchor="middle")
    for way in ways:
        _path(canvas, "way", across, [down(value) for value in way.values])
    _path(canvas, "reference", across, [down(value) for value in median])
    ends = _apart([(down(way.values[-1]), way.name) for way in ways], height + 20)
    for (y, name), place in ends:
        canvas.draw("line", "leader", x1=f"{RIGHT}%", x2=f"{RIGHT + 3}%", y1=y, y2=place)
        short = clip(name, NARROW)
        for look, text in (
            (("tick wide", clip(name, LONGEST)), ("tick slim", short)) if short != name else (("tick", name),)
        ):
            canvas.write(text, look, f"{RIGHT + 3.5}%", place + 4)
    return canvas.done()


def _ticks(rounds: int) -> range:
    return range(0, rounds, max(1, rounds // 10))


def _path(canvas: Canvas, look: str, across: Scale, heights: Sequence[float]) -> None:
    for index, (before, after) in enumerate(pairwise(heights)):
        canvas.draw("line", look, x1=across.at(index), x2=across.at(index + 1), y1=before, y2=after)


def _apart(ends: Sequence[tuple[float, str]], lowest: float) -> list[tuple[tuple[float, str], float]]:
    """Places for names so that they do not overlap: pushed down from the top, then up from the bottom."""
    ordered = sorted(ends)
    places: list[float] = []
    for y, _ in ordered:
        places.append(max(y, places[-1] + STEP) if places else max(y, 8.0))
    for index in range(len(places) - 1, -1, -1):
        limit = lowest if index == len(places) - 1 else places[index + 1] - STEP
        places[index] = min(places[index], limit)
    return list(zip(ordered, places, strict=True))

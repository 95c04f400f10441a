"""Fluid pictures: bars with errors, differences, positions on a scale, a settlement, a gauge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from realpolitik.forecast.draws import Floats
from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, Scale, clip, wrap
from realpolitik.report.wording import number, on_scale

__all__ = ["Bar", "Dot", "Gauge", "Marker", "differences", "gauges", "mark", "positions", "probabilities", "settlement"]

LINE = 18.0
"""From one line of text to the next, in pixels."""

NEAR = 0.12
"""Share of a scale within which the words of two of its points would run into each other."""

NARROW = 44
"""Characters that fit across the narrowest page."""

ERRORS = 2.0
"""Half the length of a whisker, in standard errors."""

LARGEST_DOT = 11.0
"""Radius of the largest dot, in pixels; areas are in proportion."""

SMALLEST_DOT = 2.5
"""Radius below which a dot could not be seen, in pixels."""

BINS = 60
"""Columns of a histogram over the whole scale."""


@dataclass(frozen=True)
class Bar:
    """A value with its standard error."""

    name: str
    value: float
    error: float
    text: str
    """The value as a reader sees it."""

    detail: str = ""
    """What the value is of, in a line of its own."""


@dataclass(frozen=True)
class Dot:
    """Where somebody stands."""

    name: str
    low: float
    middle: float
    high: float
    weight: float
    """In proportion to the area."""

    before: float | None = None
    """Where it stood before effects, if elsewhere."""


@dataclass(frozen=True)
class Marker:
    """A value to compare with."""

    name: str
    value: float
    text: str


@dataclass(frozen=True)
class Gauge:
    """How many of the seats, against how many are needed."""

    name: str
    middle: float
    low: float
    high: float
    needed: Marker | None
    text: str


def probabilities(bars: Sequence[Bar]) -> Svg:
    """Bars from 0 to 1 with whiskers of two standard errors."""
    ends = Scale(0, 1, 0, 72)
    tops, height = _tops([len(wrap(bar.name, NARROW, 3)) * LINE + 32 for bar in bars], 0)
    canvas = Canvas(height + 18)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.draw("line", "grid", x1=ends.at(tick), x2=ends.at(tick), y1=0, y2=height - 6)
        anchor = "start" if tick == 0 else "middle"
        canvas.write(f"{100 * tick:.0f}\u00a0%", "tick", ends.at(tick), height + 10, text_anchor=anchor)
    for bar, top in zip(bars, tops, strict=True):
        names = wrap(bar.name, NARROW, 3)
        canvas.lines(names, "label halo", 0, top + 13, LINE)
        y = top + len(names) * LINE
        canvas.draw("rect", "bar", x=0, y=y, width=ends.length(bar.value), height=16, rx=2)
        low, high = max(bar.value - ERRORS * bar.error, 0), min(bar.value + ERRORS * bar.error, 1)
        _whisker(canvas, ends, low, high, y + 8)
        canvas.write(bar.text, "value halo", ends.at(high), y + 12.5, dx=8)
    return canvas.done()


def _tops(heights: Sequence[float], start: float) -> tuple[list[float], float]:
    """Where rows of these heights begin, and where the last one ends."""
    edges = [start]
    for height in heights:
        edges.append(edges[-1] + height)
    return edges[:-1], edges[-1]


def _whisker(canvas: Canvas, ends: Scale, low: float, high: float, y: float) -> None:
    if high > low:
        canvas.draw("line", "whisker", x1=ends.at(low), x2=ends.at(high), y1=y, y2=y)
        for end in (low, high):
            canvas.draw("line", "whisker", x1=ends.at(end), x2=ends.at(end), y1=y - 5, y2=y + 5)


def differences(bars: Sequence[Bar]) -> Svg:
    """Bars to the left and to the right of zero with whiskers of two standard errors."""
    reach = max((abs(bar.value) + ERRORS * bar.error for bar in bars), default=0) or 1
    ends = Scale(-reach, reach, 0, 73)
    tops, height = _tops([(len(wrap(bar.name, NARROW, 2)) + bool(bar.detail)) * LINE + 30 for bar in bars], 0)
    canvas = Canvas(height + 2)
    canvas.draw("line", "axis", x1=ends.at(0), x2=ends.at(0), y1=0, y2=height)
    for bar, top in zip(bars, tops, strict=True):
        names = wrap(bar.name, NARROW, 2)
        canvas.lines(names, "label halo", 0, top + 13, LINE)
        if bar.detail:
            canvas.write(clip(bar.detail, NARROW), "soft halo", 0, top + 13 + len(names) * LINE)
        y = top + (len(names) + bool(bar.detail)) * LINE
        look = "bar" if bar.value >= 0 else "bar against"
        canvas.draw("rect", look, x=ends.at(min(bar.value, 0)), y=y, width=ends.length(bar.value), height=14, rx=2)
        low, high = bar.value - ERRORS * bar.error, bar.value + ERRORS * bar.error
        _whisker(canvas, ends, low, high, y + 7)
        canvas.write(bar.text, "value halo", ends.at(max(high, 0)), y + 11.5, dx=8)
    return canvas.done()


def positions(dots: Sequence[Dot], scale: dict[float, str], reference: float | None) -> Svg:
    """Where everybody stands: median, 90 % interval, area by weight; an open dot where effects moved it from."""
    ends, row, width = _issue_scale(scale), 40.0, max(scale) - min(scale)
    head = _head(scale)
    height = head + row * len(dots) + 6
    canvas = Canvas(height)
    _labelled_points(canvas, ends, scale, head, height)
    if reference is not None:
        canvas.draw("line", "reference", x1=ends.at(reference), x2=ends.at(reference), y1=head, y2=height)
    heaviest = max((dot.weight for dot in dots), default=0) or 1
    for index, dot in enumerate(dots):
        top = head + index * row
        y = top + 27
        _name(canvas, dot.name, top + 13)
        low, middle, high = (on_scale(value, width) for value in (dot.low, dot.middle, dot.high))
        span = f"{middle}  ({low} to {high})"
        canvas.write(span, "value soft halo", "100%", top + 13, text_anchor="end")
        canvas.draw("line", "rail", x1=ends.at(min(scale)), x2=ends.at(max(scale)), y1=y, y2=y)
        canvas.draw("line", "range", x1=ends.at(dot.low), x2=ends.at(dot.high), y1=y, y2=y)
        if dot.before is not None:
            canvas.draw("line", "moved", x1=ends.at(dot.before), x2=ends.at(dot.middle), y1=y, y2=y)
            canvas.draw("circle", "before", cx=ends.at(dot.before), cy=y, r=4)
        radius = max(LARGEST_DOT * sqrt(dot.weight / heaviest), SMALLEST_DOT)
        canvas.draw("circle", "dot", cx=ends.at(dot.middle), cy=y, r=radius)
    return canvas.done()


def _name(canvas: Canvas, name: str, y: float) -> None:
    """A name at the left; clipped on a narrow page only."""
    clipped = clip(name, NARROW - 14)
    if clipped == name:
        canvas.write(name, "label halo", 0, y)
    else:
        canvas.write(clip(name, NARROW * 2), "label halo wide", 0, y)
        canvas.write(clipped, "label halo slim", 0, y)


def _issue_scale(scale: dict[float, str]) -> Scale:
    return Scale(min(scale), max(scale), 3, 97)


def _labelled(scale: dict[float, str]) -> dict[float, str]:
    """The points whose words have room: both ends, and those not too near to them or to each other."""
    first, *inner, last = sorted(scale)
    kept, near = [first], NEAR * (last - first)
    for point in inner:
        if point - kept[-1] >= near and last - point >= near:
            kept.append(point)
    return {point: scale[point] for point in (*kept, last)}


def _room(scale: dict[float, str]) -> dict[float, int]:
    """Characters that each label may take across on a page of full width, by its distance to its neighbours."""
    points, whole = sorted(scale), 108
    width = (points[-1] - points[0]) or 1.0
    gaps = [(after - before) / width * whole for before, after in pairwise(points)]
    around = [min(pair) for pair in zip([gaps[0], *gaps], [*gaps, gaps[-1]], strict=True)]
    around[0], around[-1] = around[0] / 2, around[-1] / 2
    return {point: max(int(room) - 2, 7) for point, room in zip(points, around, strict=True)}


def _head(scale: dict[float, str]) -> float:
    """Height of the labels above a scale, in pixels."""
    labelled = _labelled(scale)
    room = _room(labelled)
    return 26 + 14 * max(len(wrap(text, room[point], 4)) for point, text in labelled.items())


def _labelled_points(canvas: Canvas, ends: Scale, scale: dict[float, str], head: float, height: float) -> None:
    labelled, points = _labelled(scale), sorted(scale)
    room = _room(labelled)
    for point in points:
        anchor = "start" if point == points[0] else "end" if point == points[-1] else "middle"
        x = {"start": "0", "end": "100%"}.get(anchor, ends.at(point))
        canvas.draw("line", "grid", x1=ends.at(point), x2=ends.at(point), y1=head - 4, y2=height)
        canvas.write(number(point), "tick strong", ends.at(point), head - 9, text_anchor="middle")
        for index, line in enumerate(wrap(scale[point], room[point], 4) if point in labelled else ()):
            canvas.write(line, "tick wide", x, 11 + 14 * index, text_anchor=anchor)


def settlement(values: Floats, scale: dict[float, str], markers: Sequence[Marker]) -> Svg:
    """Histogram of a settlement over its scale; beneath it the values to compare with."""
    ends, tall, step = _issue_scale(scale), 110.0, 34.0
    counts, edges = np.histogram(values, bins=BINS, range=(min(scale), max(scale)))
    height = tall + 24 + step * len(markers)
    canvas = Canvas(height)
    for point in sorted(scale):
        canvas.draw("line", "grid", x1=ends.at(point), x2=ends.at(point), y1=4, y2=height - 4)
        canvas.write(number(point), "tick", ends.at(point), tall + 17, text_anchor="middle")
    for many, (left, right) in zip(counts, pairwise(edges), strict=True):
        if many:
            high = max((tall - 8) * many / counts.max(), 1)
            place = {"x": ends.at(left), "width": ends.length(right - left)}
            canvas.draw("rect", "bin", y=tall - high, height=high, **place)
    canvas.draw("line", "axis", x1=ends.at(min(scale)), x2=ends.at(max(scale)), y1=tall, y2=tall)
    for index, marker in enumerate(markers):
        y = tall + 38 + step * index
        _name(canvas, marker.name, y)
        canvas.write(marker.text, "value soft halo", "100%", y, text_anchor="end")
        canvas.draw("line", "rail", x1=ends.at(min(scale)), x2=ends.at(max(scale)), y1=y + 10, y2=y + 10)
        canvas.draw("line", "pin", x1=ends.at(marker.value), x2=ends.at(marker.value), y1=y + 4, y2=y + 16)
    return canvas.done()


def gauges(rows: Sequence[Gauge], seats: int) -> Svg:
    """How many come and how many say yes, with the line that must be reached."""
    ends, step = Scale(0, seats), 66.0
    canvas = Canvas(step * len(rows))
    for index, row in enumerate(rows):
        top = index * step
        y = top + 20
        canvas.write(row.name, "label", 0, top + 13)
        canvas.write(row.text, "value", "100%", top + 13, text_anchor="end")
        canvas.draw("rect", "track", x=0, y=y, width="100%", height=14, rx=2)
        canvas.draw("rect", "bar", x=0, y=y, width=ends.length(row.middle), height=14, rx=2)
        _whisker(canvas, ends, row.low, row.high, y + 7)
        if row.needed is not None:
            x = ends.at(row.needed.value)
            anchor = "end" if row.needed.value > seats / 2 else "start"
            canvas.draw("line", "threshold", x1=x, x2=x, y1=y - 5, y2=y + 32)
            canvas.write(row.needed.text, "tick strong", x, y + 29, dx=-6 if anchor == "end" else 6, text_anchor=anchor)
    return canvas.done()


def mark(shape: str, look: str) -> Svg:
    """A mark by itself, for the key of a picture."""
    canvas = Canvas(14, 14)
    if shape == "diamond":
        canvas.draw("path", look, d="M7 1 13 7 7 13 1 7Z")
    elif shape == "triangle":
        canvas.draw("path", look, d="M7 1.5 13 12.5H1Z")
    elif shape == "line":
        canvas.draw("line", look, x1=7, x2=7, y1=0, y2=14)
    else:
        canvas.draw("circle", look, cx=7, cy=7, r=5)
    return canvas.done()

"""A chamber as a half circle of seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, inf, pi, sin, sqrt

from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, clip

__all__ = ["MOST_MARKS", "STANCES", "Wedge", "hemicycle", "seats_per_mark", "whole"]

STANCES = ("yes", "abstain", "no", "absent")
"""What a member does, in the order in which a bloc is filled."""

MOST_MARKS = 3_000
"""In a larger chamber one mark stands for several seats."""

ONE_ROW = 10
"""Smaller chambers sit in one row."""

RADIUS = 216.0
"""Of the outermost row, in pixels."""

INNERMOST = 0.4
"""Radius of the innermost row as a share of the outermost."""

MARGIN = 230.0
"""Beside the half circle, for names, in pixels."""

LABEL = 17.0
"""From one name to the next, in pixels."""

NAME = 22
"""Characters of a name."""

NAMED, SHORT = 4, 10
"""Up to so many wedges with names of so many characters stand with them on narrow pages as well, without numbers."""

BETWEEN = 0.012
"""Angle between the arcs of two blocs."""


@dataclass(frozen=True)
class Wedge:
    """Seats side by side."""

    name: str
    counts: tuple[int, ...]
    """Members by stance, in the order of ``STANCES``."""

    @property
    def seats(self) -> int:
        """Members in all."""
        return sum(self.counts)


def seats_per_mark(seats: int) -> int:
    """How many seats one mark stands for."""
    return max(ceil(seats / MOST_MARKS), 1)


def whole(shares: Sequence[float], total: int) -> tuple[int, ...]:
    """Whole numbers that sum to a total, in proportion to shares (largest remainders).

    Examples
    --------
    >>> whole([2.5, 1.2, 0.3], 4)
    (3, 1, 0)
    >>> whole([0, 0], 2)
    (1, 1)
    """
    if sum(shares) <= 0:
        shares = [1.0] * len(shares)
    exact = [share * total / sum(shares) for share in shares]
    floors = [int(value) for value in exact]
    largest = sorted(range(len(exact)), key=lambda index: floors[index] - exact[index])
    for index in largest[: total - sum(floors)]:
        floors[index] += 1
    return tuple(floors)


def hemicycle(wedges: Sequence[Wedge], lines: Mapping[str, int] | None = None) -> Svg:
    """One mark a seat, blocs side by side from left to right, the stances of a bloc side by side within it.

    Yes is a full circle, no a diamond, abstention a triangle, absence a ring. Numbers and names stand outside.

    Parameters
    ----------
    wedges : from left to right.
    lines : by their text, members counted from the left after whom a line crosses the seats. It has a meaning only
        where the wedges are sorted by stance.
    """
    seats = sum(wedge.seats for wedge in wedges)
    per_mark = seats_per_mark(seats)
    marks = seats if per_mark == 1 else ceil(seats / per_mark)
    places, size = _places(marks)
    labels = _labels(wedges, seats)
    top = min([-RADIUS - 30, *(y - LABEL for _, y, _ in labels)])
    canvas = Canvas(40 - top, 2 * (RADIUS + MARGIN), -RADIUS - MARGIN, top)
    stances = [
        stance for wedge in wedges for stance, many in zip(STANCES, wedge.counts, strict=True) for _ in range(many)
    ]
    for index, (x, y) in enumerate(places):
        _seat(canvas, stances[min(index * per_mark, seats - 1)], x, y, size)
    for number, (wedge, (x, y, angle)) in enumerate(zip(wedges, labels, strict=True), start=1):
        _name(canvas, "" if _few(wedges) else f"{number}", wedge, (x, y, angle))
    _rim(canvas, wedges, seats)
    _lines(canvas, {text: pi * (1 - members / seats) for text, members in (lines or {}).items()})
    return canvas.done()


def _places(marks: int) -> tuple[list[tuple[float, float]], float]:
    """Places from left to right, and half the width of a mark."""
    rows = 1 if marks < ONE_ROW else max(round(sqrt(2 * marks * (1 - INNERMOST) / (pi * (1 + INNERMOST)))), 2)
    radii = [RADIUS * 0.8] if rows == 1 else [
        RADIUS * (INNERMOST + (1 - INNERMOST) * row / (rows - 1)) for row in range(rows)
    ]  # fmt: skip
    found = []
    for radius, many in zip(radii, whole(radii, marks), strict=True):
        for place in range(many):
            angle = pi * (1 - (place / (many - 1) if many > 1 else 0.5))
            found.append((angle, radius))
    found.sort(key=lambda seat: (-round(seat[0], 6), seat[1]))
    spacing = min(RADIUS * (1 - INNERMOST) / max(rows - 1, 1), pi * sum(radii) / max(marks, 1))
    size = min(0.4 * spacing, 16.0)
    return [(radius * cos(angle), -radius * sin(angle)) for angle, radius in found], size


def _seat(canvas: Canvas, stance: str, x: float, y: float, size: float) -> None:
    look = f"seat {stance}"
    if stance == "no":
        reach = size * 1.15
        path = f"M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f} {-reach:.1f} {reach:.1f} {-reach:.1f} {-reach:.1f}z"
        canvas.draw("path", look, d=path)
    elif stance == "abstain":
        path = f"M{x:.1f} {y - size:.1f}l{size:.1f} {1.8 * size:.1f}h{-2 * size:.1f}z"
        canvas.draw("path", look, d=path)
    else:
        canvas.draw("circle", look, cx=x, cy=y, r=size if stance == "yes" else size - 0.7)


def _few(wedges: Sequence[Wedge]) -> bool:
    return len(wedges) <= NAMED and all(len(wedge.name) <= SHORT for wedge in wedges)


def _middle(wedges: Sequence[Wedge], seats: int) -> list[float]:
    before, angles = 0, []
    for wedge in wedges:
        angles.append(pi * (1 - (before + wedge.seats / 2) / seats))
        before += wedge.seats
    return angles


def _labels(wedges: Sequence[Wedge], seats: int) -> list[tuple[float, float, float]]:
    """Place of each name and the angle of its wedge; names on either side keep their distance."""
    angles = _middle(wedges, seats)
    reach = RADIUS + 26
    height = [-reach * sin(angle) for angle in angles]
    left = [index for index, angle in enumerate(angles) if angle > pi / 2]
    right = [index for index in reversed(range(len(angles))) if angles[index] <= pi / 2]
    for side in (left, right):
        for lower, upper in pairwise(side):
            height[upper] = min(height[upper], height[lower] - LABEL)
    found = []
    for angle, y in zip(angles, height, strict=True):
        width = sqrt(max(reach**2 - y**2, 0.0))
        found.append((-width if angle > pi / 2 else width, y, angle))
    return found


def _name(canvas: Canvas, number: str, wedge: Wedge, place: tuple[float, float, float]) -> None:
    x, y, angle = place
    left = angle > pi / 2
    edge = RADIUS + 15
    canvas.draw("line", "leader", x1=edge * cos(angle), y1=-edge * sin(angle), x2=x * 0.985, y2=y * 0.985)
    line = canvas.write("", "bloc" if number else "bloc plain", x, y + 4, text_anchor="end" if left else "start")
    name = f"{clip(wedge.name, NAME)} ({wedge.seats:,})"
    if not number:
        canvas.span(line, f"{wedge.name} {wedge.seats:,}", "stance")
    elif left:
        canvas.span(line, f"{name}  ", "name")
        canvas.span(line, number, "number")
    else:
        canvas.span(line, number, "number")
        canvas.span(line, f"  {name}", "name")


def _lines(canvas: Canvas, angles: Mapping[str, float]) -> None:
    """Lines across the seats, their texts at the inner ends, one under the other."""
    inner, outer, below = RADIUS * INNERMOST - 14, RADIUS + 8, -inf
    for text, angle in angles.items():
        x, y = cos(angle), -sin(angle)
        canvas.draw("line", "radius", x1=inner * x, y1=inner * y, x2=outer * x, y2=outer * y)
        below = max((inner - 6) * y + 12 * sin(angle), below + LABEL)
        canvas.write(text, "strong", (inner - 6) * x, below, text_anchor="middle" if abs(x) < 0.5 else "start")


def _rim(canvas: Canvas, wedges: Sequence[Wedge], seats: int) -> None:
    """A thin arc outside of the seats for every bloc."""
    before, radius = 0, RADIUS + 13
    for wedge in wedges:
        start, end = pi * (1 - before / seats) - BETWEEN, pi * (1 - (before + wedge.seats) / seats) + BETWEEN
        before += wedge.seats
        if start <= end:
            continue
        ends = f"{radius * cos(end):.1f} {-radius * sin(end):.1f}"
        path = f"M{radius * cos(start):.1f} {-radius * sin(start):.1f}A{radius} {radius} 0 0 1 {ends}"
        canvas.draw("path", "rim", d=path)

"""Which two parameters together give which outcome: a map of regions with its boundaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from realpolitik.errors import ContestError, Fault, nearest
from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.crisis.regimes import kinds
from realpolitik.models.crisis.template import Parameter, Template, Values

__all__ = ["Part", "RegionMap", "region_map"]

Point = tuple[float, float]

STEPS, RESPONSE_STEPS = (60, 40), (30, 20)
"""Equal steps across and up, where there is a closed form or looking ahead, and where there is not; a region that fits
between the points of the grid may be missed."""

HALVINGS, RESPONSE_HALVINGS = 40, 16
"""Of a step in which the outcome changes, to find where."""


@dataclass(frozen=True)
class Part:
    """A piece of one cell of the grid that belongs to one region."""

    regime: int
    """Index into the map's ``regimes``."""

    corners: tuple[Point, ...]
    """In order around the piece."""


@dataclass(frozen=True, eq=False)
class RegionMap:
    """Two parameters over their ranges, the others as they are."""

    across: Parameter
    up: Parameter

    here: Point
    """The values from which the map was asked."""

    x: Floats
    """float[columns]: values across at the points of the grid."""

    y: Floats
    """float[rows]: values up."""

    regimes: tuple[str, ...]
    """Kinds of equilibrium, in the order in which they first appear, from the lowest values on."""

    regime: Counts
    """int[rows, columns]: index into ``regimes`` at each point."""

    crossings: dict[tuple[int, int, str], Point]
    """Where the outcome changes between a point (row, column) and the next one ``across`` or ``up``."""

    @property
    def area(self) -> dict[str, float]:
        """By regime, its share of the map."""
        held = np.zeros(len(self.regimes))
        for part in self.parts():
            held[part.regime] += _area(part.corners)
        return {name: float(share) for name, share in zip(self.regimes, held / held.sum(), strict=True)}

    @property
    def boundaries(self) -> dict[tuple[str, str], tuple[Point, ...]]:
        """By pair of regimes, the points of the boundary between them, from left to right."""
        found: dict[tuple[str, str], list[Point]] = {}
        for (row, column, way), point in self.crossings.items():
            other = (row, column + 1) if way == "across" else (row + 1, column)
            pair = sorted((int(self.regime[row, column]), int(self.regime[other])))
            found.setdefault((self.regimes[pair[0]], self.regimes[pair[1]]), []).append(point)
        return {pair: tuple(sorted(points)) for pair, points in found.items()}

    def parts(self) -> Iterator[Part]:
        """Pieces that fill the map: whole cells in one region, and the pieces of cells that a boundary cuts."""
        for row in range(len(self.y) - 1):
            for column in range(len(self.x) - 1):
                yield from self._cut(row, column)

    def _cut(self, row: int, column: int) -> Iterator[Part]:
        corners = ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
        sides = ((row, column, "across"), (row, column + 1, "up"), (row + 1, column, "across"), (row, column, "up"))
        at = [int(self.regime[place]) for place in corners]
        points: list[Point] = [(float(self.x[c]), float(self.y[r])) for r, c in corners]
        turn = next((index for index in range(4) if at[index] != at[index - 1]), None)
        if turn is None:
            yield Part(at[0], tuple(points))
            return
        order = [(turn + index) % 4 for index in range(4)]
        runs = [list(run) for _, run in groupby(order, key=lambda index: at[index])]
        middle = (sum(p[0] for p in points) / 4, sum(p[1] for p in points) / 4)
        for run in runs:
            before, after = self.crossings[sides[run[0] - 1]], self.crossings[sides[run[-1]]]
            ends = (before, *(points[index] for index in run), after)
            yield Part(at[run[0]], ends if len(runs) == 2 else (*ends, middle))


def region_map(template: Template, values: Values, across: str, up: str, precision: float = 1.0) -> RegionMap:
    """Which regime holds where, and the boundaries by bisection along the lines of a grid.

    Parameters
    ----------
    values : by parameter, float[1].
    across, up : two different parameters that do not count something.
    precision : per unit of payoff; read only where the regime is the likeliest outcome under quantal response.

    Raises
    ------
    ContestError : there is no such parameter, it counts something, or both are the same; all faults at once.

    Examples
    --------
    >>> from realpolitik.models.crisis.template import template
    >>> chicken = template("chicken")
    >>> found = region_map(chicken, chicken.values(), "a_loss", "a_crash")
    >>> [(name.partition(":")[0], round(share, 4)) for name, share in found.area.items()]
    [('either could yield', 0.75), ('a holds firm and b yields', 0.25)]
    """
    first, second = _asked(template, across, up)
    closed = template.play is not None
    columns, rows = STEPS if closed else RESPONSE_STEPS
    x, y = np.linspace(first.low, first.high, columns + 1), np.linspace(second.low, second.high, rows + 1)

    def kind(points: Floats) -> list[str]:
        moved = {key: np.full(len(points), value[0]) for key, value in values.items()}
        moved |= {across: points[:, 0], up: points[:, 1]}
        return kinds(template, moved, precision)

    grid = np.stack([part.ravel() for part in np.meshgrid(x, y)], axis=1)
    labels = kind(grid)
    names = tuple(dict.fromkeys(labels))
    regime = np.array([names.index(label) for label in labels]).reshape(len(y), len(x))
    sides = [(int(r), int(c), "across") for r, c in np.argwhere(regime[:, 1:] != regime[:, :-1])]
    sides += [(int(r), int(c), "up") for r, c in np.argwhere(regime[1:] != regime[:-1])]
    crossings: dict[tuple[int, int, str], Point] = {}
    if sides:
        start = np.array([(x[c], y[r]) for r, c, _ in sides])
        end = np.array([(x[c + (way == "across")], y[r + (way == "up")]) for r, c, way in sides])
        own = [names[regime[r, c]] for r, c, _ in sides]
        for _ in range(HALVINGS if closed else RESPONSE_HALVINGS):
            middle = (start + end) / 2
            same = np.array([one == other for one, other in zip(kind(middle), own, strict=True)])[:, np.newaxis]
            start, end = np.where(same, middle, start), np.where(same, end, middle)
        crossings = {side: (float(px), float(py)) for side, (px, py) in zip(sides, end, strict=True)}
    here = (float(values[across][0]), float(values[up][0]))
    return RegionMap(first, second, here, x, y, names, regime, crossings)


def _asked(template: Template, across: str, up: str) -> tuple[Parameter, Parameter]:
    known = {one.name: one for one in template.parameters if not one.whole}
    faults = [Fault((name,), f"'{template.name}' has no such parameter to map. {nearest(name, known)}")
              for name in dict.fromkeys((across, up)) if name not in known]  # fmt: skip
    if across == up and not faults:
        faults = [Fault((across,), "stands on both sides of the map; name two different parameters.")]
    if faults:
        raise ContestError(faults)
    return known[across], known[up]


def _area(corners: tuple[Point, ...]) -> float:
    """Of a polygon, by the sum over its sides."""
    pairs = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

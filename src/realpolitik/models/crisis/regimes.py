"""Which parameters give which outcome: boundaries found by bisection, and what a small change does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.crisis.quantal import quantal
from realpolitik.models.crisis.template import Template, Values

__all__ = ["Region", "Static", "kinds", "regimes", "statics"]

GRID, RESPONSE_GRID = 400, 60
"""Equal steps between the ends of a range, where there is a closed form or looking ahead, and where there is not; a
region narrower than one may be missed."""

PARTS = 16
"""Into which a step with a boundary is cut, again and again: bisection, four halvings at a time."""

CUTS, RESPONSE_CUTS = 14, 6
"""How often: down to the last digits, and to some seven digits of the step."""

NARROW = 1e-9
"""Share of the range below which a region has no width."""

CHANGE = 0.1
"""Share of a value by which it is raised to see what follows."""

CHANGE_FROM_ZERO = 0.02
"""Share of the range by which it is raised where it is zero."""


@dataclass(frozen=True)
class Region:
    """A stretch of one parameter with one kind of equilibrium."""

    low: float
    """Where it begins; at a boundary both sides may be equilibria."""

    high: float
    """Where it ends."""

    regime: str
    """The kind of equilibrium."""


@dataclass(frozen=True)
class Static:
    """What a higher value of one parameter does to the forecast."""

    parameter: str
    """Its name."""

    start: float
    """Its value now."""

    end: float
    """The higher value; the lower one where the range ends."""

    change: Mapping[str, float]
    """By outcome, the change of its probability under quantal response."""


def _moved(values: Values, name: str, points: Floats) -> dict[str, Floats]:
    moved = {key: np.full(points.size, value[0]) for key, value in values.items()}
    moved[name] = points
    return moved


def kinds(template: Template, values: Values, precision: float) -> list[str]:
    """The kind of equilibrium in every draw: a regime, or the likeliest outcome where no regimes are known."""
    if template.play is not None:
        found = template.play(values)
        return [found.regimes[index] for index in found.regime]
    response = quantal(template.tree(values), precision)
    return [response.outcomes[index] for index in response.probability.argmax(axis=1)]


def regimes(template: Template, values: Values, name: str, precision: float = 1.0) -> tuple[Region, ...]:
    """Stretches of one parameter, the others as they are, with the boundaries by repeated cutting.

    Regions without width, where somebody is indifferent at the end of the range, are left out.

    Parameters
    ----------
    values : by parameter, float[1].
    name : the parameter that runs over its range; not one that counts.
    precision : per unit of payoff; read only where the regime is the likeliest outcome under quantal response.
    """
    asked = next(parameter for parameter in template.parameters if parameter.name == name)
    closed = template.play is not None
    points = np.linspace(asked.low, asked.high, (GRID if closed else RESPONSE_GRID) + 1)

    def kind(at: Floats) -> list[str]:
        return kinds(template, _moved(values, name, at), precision)

    labels = kind(points)
    found: list[Region] = []
    start, current = asked.low, labels[0]
    for left, right, label in zip(points[:-1], points[1:], labels[1:], strict=True):
        low = left
        while current != label:
            low, high = float(low), float(right)
            for _ in range(CUTS if closed else RESPONSE_CUTS):
                inner = np.linspace(low, high, PARTS + 1)
                other = [part != current for part in kind(inner[1:-1])]
                first = other.index(True) if any(other) else PARTS - 1
                low, high = float(inner[first]), float(inner[first + 1])
            found.append(Region(start, high, current))
            start, low, current = high, high, kind(np.array([high]))[0]
    regions = (*found, Region(start, asked.high, current))
    return tuple(region for region in regions if region.high - region.low > NARROW * (asked.high - asked.low))


def statics(template: Template, values: Values, precision: float) -> tuple[Static, ...]:
    """What a tenth more of each parameter does to the probabilities under quantal response.

    Parameters
    ----------
    values : by parameter, float[1].
    precision : per unit of payoff.
    """
    moving = [parameter for parameter in template.parameters if not parameter.whole]
    ends = []
    for parameter in moving:
        value = float(values[parameter.name][0])
        step = CHANGE * abs(value) or CHANGE_FROM_ZERO * (parameter.high - parameter.low)
        ends.append(value + step if value + step <= parameter.high else max(value - step, parameter.low))
    changed = {key: np.full(len(moving) + 1, value[0]) for key, value in values.items()}
    for place, (parameter, end) in enumerate(zip(moving, ends, strict=True), start=1):
        changed[parameter.name][place] = end
    found = quantal(template.tree(changed), precision)
    return tuple(
        Static(
            parameter.name,
            float(values[parameter.name][0]),
            end,
            {name: float(row[column] - found.probability[0, column]) for column, name in enumerate(found.outcomes)},
        )
        for parameter, end, row in zip(moving, ends, found.probability[1:], strict=True)
    )

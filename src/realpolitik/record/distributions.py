"""Scores of predictive distributions: continuous ranked probability score, randomised PIT, coverage, interval hits.

A distribution is a row of weighted points. That covers what models here say (choices among positions, past errors, past
outcomes), samples (equal weights) and anything on a grid.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from realpolitik.errors import Fault
from realpolitik.models.arrays import Floats, checked, refuse

__all__ = ["coverage", "crps", "crps_of_samples", "pit", "pit_histogram", "quantile", "reliability", "within"]

ROUNDING = 1e-9
"""Points and outcomes this near to each other, in units of the issue, count as equal."""


def crps(value: Floats, weight: Floats, outcome: Floats) -> Floats:
    """Continuous ranked probability score float[n]: the mean distance to the outcome, less half the mean spread.

    It is in the unit of the outcome, and for a single point it is the absolute error; 0 is best.

    Parameters
    ----------
    value : float[n, points], in increasing order along each row.
    weight : float[n, points], at least 0, each row summing to 1.
    outcome : float[n].

    References
    ----------
    Gneiting and Raftery 2007, Strictly proper scoring rules, prediction, and estimation, JASA 102(477).

    Examples
    --------
    >>> crps(np.array([[0.0, 100.0]]), np.array([[0.5, 0.5]]), np.array([100.0]))
    array([25.])
    """
    points, shares, came = _checked(value, weight, outcome)
    below = np.cumsum(shares, axis=1)[:, :-1]
    spread = (np.diff(points, axis=1) * below * (1 - below)).sum(axis=1)
    return np.asarray((shares * np.abs(points - came[:, np.newaxis])).sum(axis=1) - spread)


def crps_of_samples(sample: Floats, outcome: Floats) -> Floats:
    """Continuous ranked probability score of equally likely points float[n, points] in any order."""
    points = np.sort(sample, axis=1)
    return crps(points, np.full(points.shape, 1 / points.shape[1]), outcome)


def pit(value: Floats, weight: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """Where the outcome falls in the distribution: probability below it, and at or below it.

    Where the outcome lies on a point that has probability, any number between the two is as good as any other: the
    *randomised* probability integral transform is uniform between them. Scores here take the mean over it.

    References
    ----------
    Czado, Gneiting and Held 2009, Predictive model assessment for count data, Biometrics 65(4).
    """
    points, shares, came = _checked(value, weight, outcome)
    y = came[:, np.newaxis]
    below = (shares * (points < y - ROUNDING)).sum(axis=1)
    upto = (shares * (points <= y + ROUNDING)).sum(axis=1)
    return np.clip(below, 0, 1), np.clip(upto, 0, 1)


def coverage(below: Floats, upto: Floats, level: float) -> Floats:
    """Probability float[n] that the randomised PIT lies in the central interval of this level.

    Its mean is the coverage: ``level`` for a calibrated forecast, also if outcomes have atoms.
    """
    low, high = (1 - level) / 2, (1 + level) / 2
    return _share_between(below, upto, low, high)


def pit_histogram(below: Floats, upto: Floats, bins: int = 10) -> Floats:
    """Share float[bins] of the randomised PIT in equally wide classes of [0, 1]; flat if calibrated."""
    edges = np.linspace(0, 1, bins + 1)
    return np.array([_share_between(below, upto, float(low), float(high)).mean() for low, high in pairwise(edges)])


def reliability(below: Floats, upto: Floats, levels: Floats) -> Floats:
    """Share of outcomes that the randomised PIT puts at or below each level; equals the level if calibrated."""
    return np.array([_share_between(below, upto, -1.0, float(level)).mean() for level in levels])


def _share_between(below: Floats, upto: Floats, low: float, high: float) -> Floats:
    wide = upto - below
    inside = np.maximum(np.minimum(upto, high) - np.maximum(below, low), 0.0)
    point = ((below > low) | (low <= 0)) & (below <= high)
    share = np.divide(inside, wide, out=np.zeros_like(wide), where=wide > ROUNDING)
    return np.where(wide > ROUNDING, share, point)


def quantile(value: Floats, weight: Floats, probability: float) -> Floats:
    """Smallest point float[n] at or below which this probability lies.

    Examples
    --------
    >>> quantile(np.array([[0.0, 10.0, 20.0]]), np.array([[0.5, 0.3, 0.2]]), 0.8)
    array([10.])
    """
    reached = np.cumsum(weight, axis=1) >= probability - ROUNDING
    place = np.where(reached.any(axis=1), reached.argmax(axis=1), value.shape[1] - 1)
    return np.asarray(np.take_along_axis(value, place[:, np.newaxis], axis=1)[:, 0])


def within(point: Floats, outcome: Floats, distance: float) -> Floats:
    """1.0 where a point forecast is at most so far from the outcome, else 0.0."""
    return (np.abs(point - outcome) <= distance + ROUNDING).astype(np.float64)


def _checked(value: Floats, weight: Floats, outcome: Floats) -> tuple[Floats, Floats, Floats]:
    faults: list[Fault] = []
    rows, columns = ("forecast", len(np.atleast_1d(outcome))), ("point", np.shape(value)[-1])
    points = checked("value", value, [rows, columns], faults)
    shares = checked("weight", weight, [rows, columns], faults, least=0)
    came = checked("outcome", outcome, [rows], faults)
    refuse(faults)
    if (np.diff(points, axis=1) < 0).any():
        faults.append(Fault(("value",), "is not in increasing order along each row. Sort it, with its weights."))
    if (np.abs(shares.sum(axis=1) - 1) > 1e-6).any():
        faults.append(Fault(("weight",), "does not sum to 1 in every row."))
    refuse(faults)
    return points, shares, came

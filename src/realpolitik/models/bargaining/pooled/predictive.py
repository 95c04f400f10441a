"""One distribution over the scale from two: the choice among positions, and the compromise with its past errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.pooled.parameters import Parameters
from realpolitik.models.bargaining.pooled.situation import TOP, Situations

__all__ = ["LEAST_SIZE", "Points", "chances", "error_size", "error_values", "predict", "quantiles", "runs"]

LEAST_SIZE = 5.0
"""Errors are never scaled by less."""

ROWS = 2**10
"""Situations worked on at once, so that memory does not grow with the number of draws."""


@dataclass(frozen=True, eq=False)
class Points:
    """Weighted points of a distribution, one row a situation."""

    value: Floats
    """float[n, points] on the scale 0 to 100, in increasing order along each row."""

    weight: Floats
    """float[n, points], each row summing to 1."""


def predict(found: Situations, learned: Parameters) -> Points:
    """Predictive distribution of every situation.

    Parameters
    ----------
    found : what is known.
    learned : from decisions with known outcomes.

    Returns
    -------
    Points : mixture of the positions, each weighted by its chance to be chosen, and of the compromise plus past errors,
        which are scaled by the spread of positions and cut at the ends of the scale.
    """
    values = [found.point, error_values(found, learned)]
    weights = [chances(found, learned.choice), np.full(values[1].shape, 1 / values[1].shape[1])]
    value = np.concatenate(values, axis=1)
    weight = np.concatenate([share * part for share, part in zip(learned.mixture, weights, strict=True)], axis=1)
    order = np.argsort(value, axis=1, kind="stable")
    return Points(np.take_along_axis(value, order, axis=1), np.take_along_axis(weight, order, axis=1))


def quantiles(found: Situations, learned: Parameters, probability: Floats) -> Floats:
    """Quantiles float[n, probabilities] of the distributions of :func:`predict`, without putting all points in order.

    Every situation has the same past errors in the same order, so how many of them lie below a position is looked up
    once for all. The quantile is the first position at which the probability is reached, or an error before it.

    Parameters
    ----------
    probability : float[n, probabilities] in (0, 1).
    """
    share, rest = learned.mixture
    many = len(learned.error)
    size, middle = error_size(found.spread, learned.floor, learned.slope), found.compromise + learned.shift
    bound = (found.point - middle[:, np.newaxis]) / size[:, np.newaxis]
    upto, below = (np.searchsorted(learned.error, bound, side=side) for side in ("right", "left"))
    upto = np.where(found.point >= TOP, many, upto)
    below = np.where(found.point <= 0, 0, below)
    chosen = np.cumsum(np.where(found.stands, chances(found, learned.choice), 0.0), axis=1) * share
    before = np.concatenate([np.zeros((len(found), 1)), chosen[:, :-1]], axis=1)
    reached = chosen + rest * upto / many
    values = np.empty(probability.shape)
    for column, wanted in enumerate(probability.T):
        first = (reached < wanted[:, np.newaxis]).sum(axis=1)
        place = np.minimum(first, found.point.shape[1] - 1)[:, np.newaxis]
        point, short, passed = (np.take_along_axis(part, place, axis=1)[:, 0] for part in (found.point, before, below))
        short = np.where(first < found.point.shape[1], short, chosen[:, -1])
        passed = np.where(first < found.point.shape[1], passed, many)
        rank = np.ceil((wanted - short) / rest * many).astype(np.intp) if rest > 0 else np.full(len(found), many + 1)
        error = middle + size * learned.error[np.clip(rank - 1, 0, many - 1)]
        values[:, column] = np.where((rank <= passed), np.clip(error, 0.0, TOP), point)
    return values


def runs(found: Situations) -> Iterator[Situations]:
    """Cut into runs of :data:`ROWS`."""
    for first in range(0, len(found), ROWS):
        yield found.rows(slice(first, first + ROWS))


def chances(found: Situations, choice: Floats) -> Floats:
    """Chance float[n, points] of every point to be chosen: a conditional logit (McFadden 1974)."""
    utility = np.where(found.stands, np.einsum("nkf,f->nk", found.feature, choice), -np.inf)
    share = np.exp(utility - utility.max(axis=1, keepdims=True))
    total: Floats = share / share.sum(axis=1, keepdims=True)
    return total


def error_size(spread: Floats, floor: float, slope: float) -> Floats:
    """By what errors are scaled, float like ``spread``."""
    return np.asarray(np.maximum(floor + slope * spread, LEAST_SIZE))


def error_values(found: Situations, learned: Parameters) -> Floats:
    """The compromise with every past error: float[n, past], cut at the ends of the scale, in increasing order."""
    size = error_size(found.spread, learned.floor, learned.slope)
    moved = (found.compromise + learned.shift)[:, np.newaxis] + size[:, np.newaxis] * learned.error
    return np.asarray(np.clip(moved, 0.0, TOP))

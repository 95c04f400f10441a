"""One distribution over the scale from three: choice among positions, past errors, outcomes of similar issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.pooled.parameters import Parameters
from realpolitik.models.bargaining.pooled.situation import TOP, Situations

__all__ = ["BANDWIDTH", "LEAST_SIZE", "Points", "chances", "error_size", "error_values", "predict", "similarity"]

BANDWIDTH = (12.0, 8.0)
"""How near an issue has to be in compromise and in spread to count as similar: standard deviations of a normal kernel."""

LEAST_SIZE = 5.0
"""Errors are never scaled by less."""

LEAST_SIMILARITY = 1e-12
"""Weight of an issue however far, so that an issue unlike all others falls back on all of them."""

ROWS = 2**10
"""Situations worked on at once, so that memory does not grow with the number of draws."""


@dataclass(frozen=True, eq=False)
class Points:
    """Weighted points of a distribution, one row a situation."""

    value: Floats
    """float[n, points] on the scale 0 to 100, in increasing order along each row."""

    weight: Floats
    """float[n, points], each row summing to 1."""

    def at(self, probability: Floats) -> Floats:
        """Quantiles float[n, probabilities] for probabilities float[n, probabilities] in [0, 1]."""
        below = np.cumsum(self.weight, axis=1)
        below /= below[:, -1:]
        place = np.stack([(below < column[:, np.newaxis]).sum(axis=1) for column in probability.T], axis=1)
        return np.take_along_axis(self.value, np.minimum(place, below.shape[1] - 1), axis=1)


def predict(found: Situations, learned: Parameters) -> Points:
    """Predictive distribution of every situation.

    Parameters
    ----------
    found : what is known.
    learned : from decisions with known outcomes.

    Returns
    -------
    Points : mixture of the positions, weighted by the chance of each to be chosen; the compromise plus past errors,
        scaled by the spread of positions and cut at the ends of the scale; and past outcomes, weighted by how similar
        their issues are in compromise and spread.
    """
    values = [found.point, error_values(found, learned), np.broadcast_to(learned.outcome, (len(found), len(learned.outcome)))]
    weights = [
        chances(found, learned.choice),
        np.full(values[1].shape, 1 / values[1].shape[1]),
        similarity(found.compromise, found.spread, learned.compromise, learned.spread),
    ]
    value = np.concatenate(values, axis=1)
    weight = np.concatenate([share * part for share, part in zip(learned.mixture, weights, strict=True)], axis=1)
    order = np.argsort(value, axis=1, kind="stable")
    return Points(np.take_along_axis(value, order, axis=1), np.take_along_axis(weight, order, axis=1))


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
    past_size = error_size(learned.spread, learned.floor, learned.slope)
    error = np.sort((learned.outcome - learned.compromise - learned.shift) / past_size)
    size = error_size(found.spread, learned.floor, learned.slope)
    moved = (found.compromise + learned.shift)[:, np.newaxis] + size[:, np.newaxis] * error
    return np.asarray(np.clip(moved, 0.0, TOP))


def similarity(compromise: Floats, spread: Floats, past_compromise: Floats, past_spread: Floats) -> Floats:
    """Weights float[n, past] of past issues, each row summing to 1."""
    wide, tall = BANDWIDTH
    apart = ((compromise[:, np.newaxis] - past_compromise) / wide) ** 2
    apart = apart + ((spread[:, np.newaxis] - past_spread) / tall) ** 2
    near = np.exp(-apart / 2) + LEAST_SIMILARITY
    share: Floats = near / near.sum(axis=1, keepdims=True)
    return share

"""Several people's probabilities and quantiles as one: linear, in log odds, extremised, by quantiles.

All functions are pure and do not depend on the order of the people.
"""

from __future__ import annotations

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.forecast.draws import Floats

__all__ = ["above_zero", "linear_pool", "log_pool", "neyman_roughgarden", "quantile_pool"]


def neyman_roughgarden(people: int) -> float:
    """How far to extremise the mean of so many people's log odds, if nothing is known of their past.

    Between 1 for one person and the square root of three for very many. Source: Neyman and Roughgarden 2022
    (NeymanRoughgarden2022), who prove it for means of expectations drawn away from what is known beforehand; to use it
    on log odds is our choice.

    Raises
    ------
    ModelError : nobody.

    Examples
    --------
    >>> [round(neyman_roughgarden(people), 3) for people in (1, 2, 10, 1_000_000)]
    [1.0, 1.292, 1.625, 1.732]
    """
    if people < 1:
        raise ModelError("There is nobody whose opinions could be put together.")
    n = float(people)
    return float(n * (np.sqrt(3 * n * n - 3 * n + 1) - 2) / (n * n - n - 1))


def above_zero(probabilities: Floats, least: float) -> Floats:
    """Probabilities of which none is below ``least``; they sum to one again.

    A mean of log odds cannot hold a zero: whoever says never would decide alone.
    """
    raised = np.maximum(probabilities, least)
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def linear_pool(probabilities: Floats, weights: Floats) -> Floats:
    """Weighted mean of probabilities: each person is right with the probability of their weight.

    Parameters
    ----------
    probabilities : float[people, outcomes]; each row sums to one.
    weights : float[people], at least 0; only ratios count.

    Returns
    -------
    float[outcomes].

    Raises
    ------
    ModelError : all weights are zero.

    Examples
    --------
    >>> linear_pool(np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([1.0, 3.0])).round(6)
    array([0.5, 0.5])
    """
    return np.asarray(_shares(weights) @ probabilities)


def log_pool(probabilities: Floats, weights: Floats, extremity: float = 1.0, base: Floats | None = None) -> Floats:
    """Weighted mean of log odds, drawn away from a base rate by a factor.

    With two outcomes logit(p) = logit(b) + d · mean(logit(p_i) - logit(b)); with more, the same for the logarithms of
    the probabilities, which then sum to one again. With d = 1 the base rate does not matter.

    Parameters
    ----------
    probabilities : float[people, outcomes], above 0; each row sums to one.
    weights : float[people], at least 0; only ratios count.
    extremity : the factor d; above 1 the pool is more certain than the mean.
    base : float[outcomes], above 0, from which it is drawn away; left out: equal shares.

    Returns
    -------
    float[outcomes].

    Raises
    ------
    ModelError : all weights are zero, or a probability is.

    Examples
    --------
    >>> log_pool(np.array([[0.2, 0.8], [0.8, 0.2]]), np.array([1.0, 1.0])).round(6)
    array([0.5, 0.5])
    """
    centre = np.full(probabilities.shape[1], 1 / probabilities.shape[1]) if base is None else base
    if (probabilities <= 0).any() or (centre <= 0).any():
        raise ModelError("A probability of zero has no log odds. Raise it to a smallest one first.")
    origin = np.log(centre)
    logarithms = origin + extremity * (_shares(weights) @ (np.log(probabilities) - origin))
    pooled = np.exp(logarithms - logarithms.max())
    return np.asarray(pooled / pooled.sum())


def quantile_pool(quantiles: Floats, weights: Floats) -> Floats:
    """Weighted mean of quantiles at the same levels: the pool has the mean place, and the mean width.

    Parameters
    ----------
    quantiles : float[people, levels].
    weights : float[people], at least 0; only ratios count.

    Returns
    -------
    float[levels].

    Raises
    ------
    ModelError : all weights are zero.
    """
    return np.asarray(_shares(weights) @ quantiles)


def _shares(weights: Floats) -> Floats:
    total = weights.sum()
    if not total > 0:
        raise ModelError("All weights are zero. Give somebody a weight above zero.")
    return np.asarray(weights / total)

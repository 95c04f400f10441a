"""Logistic regression with a ridge: a yardstick for models that claim more."""

from __future__ import annotations

import numpy as np

from realpolitik.models.arrays import Floats

__all__ = ["chances", "fit"]

MOST_STEPS = 100
SETTLED = 1e-10


def fit(columns: Floats, event: Floats, ridge: float = 1.0) -> Floats:
    """Weights float[features] of the largest penalised likelihood, by Newton's method.

    Parameters
    ----------
    columns : float[n, features]; the first is the intercept, which is not penalised.
    event : float[n], 1 where it came.
    ridge : half of it times the sum of squared weights is taken from the log-likelihood.
    """
    penalty = np.full(columns.shape[1], ridge)
    penalty[0] = 0.0
    weights = np.zeros(columns.shape[1])
    for _ in range(MOST_STEPS):
        p = chances(columns, weights)
        slope = columns.T @ (event - p) - penalty * weights
        curve = (columns * (p * (1 - p))[:, np.newaxis]).T @ columns + np.diag(penalty)
        curve[0, 0] += SETTLED
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 5.0 / max(float(np.abs(step).max()), SETTLED))
        if np.abs(step).max() < SETTLED:
            break
    return weights


def chances(columns: Floats, weights: Floats) -> Floats:
    """Probability float[n] of the event."""
    return np.asarray(1 / (1 + np.exp(-np.clip(columns @ weights, -500, 500))))

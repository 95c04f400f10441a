"""Scores of probabilities of events: Brier with its decomposition, logarithmic, calibration curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.errors import Fault
from realpolitik.models.arrays import Floats, checked, refuse

__all__ = ["SURE", "Bin", "Murphy", "brier", "calibration_curve", "log_score", "murphy"]

SURE = 1e-6
"""A probability is moved this far from 0 and 1 before its logarithm is taken."""


@dataclass(frozen=True)
class Murphy:
    """A Brier score taken apart: ``score = reliability - resolution + uncertainty``."""

    score: float
    """Mean Brier score of the forecasts as they were grouped."""

    reliability: float
    """How far the probabilities are from the frequencies at which the events came; 0 is best."""

    resolution: float
    """How far these frequencies are from the overall one; large is good."""

    uncertainty: float
    """Brier score of always forecasting the overall frequency."""


@dataclass(frozen=True)
class Bin:
    """Forecasts of about the same probability."""

    n: int
    probability: float
    """Mean of what was forecast."""

    frequency: float
    """Share in which the event came."""


def brier(probability: Floats, event: Floats) -> Floats:
    """Squared distance of each probability from what happened; 0 is best.

    Parameters
    ----------
    probability : float[n] in [0, 1].
    event : float[n], 1 where the event came and 0 where not.

    References
    ----------
    Brier 1950, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78(1).

    Examples
    --------
    >>> brier(np.array([0.9, 0.2]), np.array([1.0, 1.0])).round(2)
    array([0.01, 0.64])
    """
    p, came = _pairs(probability, event)
    return np.asarray((p - came) ** 2)


def log_score(probability: Floats, event: Floats) -> Floats:
    """Minus the natural logarithm of the probability given to what happened; 0 is best.

    Probabilities are kept :data:`SURE` away from 0 and 1, so that one certainty that failed costs 13.8, not infinity.
    """
    p, came = _pairs(probability, event)
    safe = np.clip(p, SURE, 1 - SURE)
    return np.asarray(-np.where(came == 1, np.log(safe), np.log1p(-safe)))


def murphy(probability: Floats, event: Floats, bins: int | None = None) -> Murphy:
    """Take the mean Brier score apart into reliability, resolution and uncertainty.

    Parameters
    ----------
    bins : equally wide classes, in each of which forecasts are replaced by their mean; left out, equal forecasts form
        a class, and the parts add up to the Brier score exactly.

    References
    ----------
    Murphy 1973, A new vector partition of the probability score, Journal of Applied Meteorology 12(4).
    """
    p, came = _pairs(probability, event)
    classes = calibration_curve(p, came, bins)
    share = np.array([one.n for one in classes]) / len(p)
    said = np.array([one.probability for one in classes])
    frequency = np.array([one.frequency for one in classes])
    overall = float(came.mean())
    reliability = float(share @ (said - frequency) ** 2)
    resolution = float(share @ (frequency - overall) ** 2)
    uncertainty = overall * (1 - overall)
    return Murphy(reliability - resolution + uncertainty, reliability, resolution, uncertainty)


def calibration_curve(probability: Floats, event: Floats, bins: int | None = 10) -> tuple[Bin, ...]:
    """How often events came, by the probability that was given to them.

    Parameters
    ----------
    bins : equally wide classes of [0, 1], empty ones left out; None makes a class of equal forecasts.
    """
    p, came = _pairs(probability, event)
    label = p if bins is None else np.minimum((p * bins).astype(np.int64), bins - 1)
    _, place = np.unique(label, return_inverse=True)
    n = np.bincount(place)
    said, frequency = (np.bincount(place, weights=values) / n for values in (p, came))
    return tuple(Bin(int(many), float(a), float(b)) for many, a, b in zip(n, said, frequency, strict=True))


def _pairs(probability: Floats, event: Floats) -> tuple[Floats, Floats]:
    faults: list[Fault] = []
    p = checked("probability", probability, [("forecast", len(np.atleast_1d(probability)))], faults, least=0, most=1)
    came = checked("event", event, [("forecast", len(p))], faults, least=0, most=1)
    refuse(faults)
    return p, came

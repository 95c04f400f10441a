"""How sure a mean over cases is, if cases come in clusters that stand or fall together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Floats

__all__ = ["Mean", "clustered_mean"]

RESAMPLES = 10_000
SEED = 1


@dataclass(frozen=True)
class Mean:
    """A mean with its interval."""

    mean: float
    low: float | None
    """None where all cases are of one cluster, which says nothing about others."""

    high: float | None

    def written(self, decimals: int) -> str:
        """As text, with the interval in brackets.

        Examples
        --------
        >>> Mean(-0.5, -1, 0.25).written(2)
        '-0.50 [-1.00, +0.25]'
        """
        mean = f"{self.mean:+.{decimals}f}"
        if self.low is None or self.high is None:
            return mean
        return f"{mean} [{self.low:+.{decimals}f}, {self.high:+.{decimals}f}]"


def clustered_mean(
    value: Floats, cluster: Sequence[str], *, level: float = 0.95, resamples: int = RESAMPLES, seed: int = SEED
) -> Mean:
    """Mean over cases, and a percentile interval from drawing whole clusters with replacement.

    Issues of one dossier were negotiated together, so they are no independent evidence. Paired differences between two
    forecasts of the same cases go in as ``value``.

    Parameters
    ----------
    value : float[n].
    cluster : n names; cases of one name are drawn together.
    level : of the interval.

    References
    ----------
    Davison and Hinkley 1997, Bootstrap Methods and their Application, section 3.8.
    """
    names, place = np.unique(np.asarray(cluster), return_inverse=True)
    total, count = np.bincount(place, weights=value), np.bincount(place)
    if len(names) < 2:
        return Mean(float(np.mean(value)), None, None)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    means = (times @ total) / (times @ count)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Mean(float(np.mean(value)), float(low), float(high))

"""What is left of a quantity when evidence behind it is dropped.

Every claim behind a quantity carries an equal part of it. Where some of them are dropped, the quantity is a mixture:
the part that still has evidence stays as the analyst wrote it, the rest is ignorance. Without any evidence left it is
ignorance alone. What ignorance means depends on the field:

- a field with two ends (a position, a share, a probability): every value alike;
- a field with a lower end only (a capability, a cost, a weight): the order of magnitude at best, a 90 % interval from
  a tenth of the median to ten times the median, measured from that end;
- any other (an error, a shift, a factor): a normal around the median, with a 90 % interval three times as wide as what
  was written, and at least as wide as to reach from zero to twice the median.

Nothing becomes narrower than it was written.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from realpolitik.contest.distribution import Distribution, Interval, Mixture, Normal, Uniform
from realpolitik.contest.quantity import Bounds
from realpolitik.forecast.draws import Z95, quantiles_of

__all__ = ["MAGNITUDE", "WIDER", "ignorance", "weakened"]

MAGNITUDE = 10.0
"""By what factor a number may be off on either side when only its order of magnitude is known."""

WIDER = 3.0
"""How much wider an interval without natural ends becomes."""

TAILS = np.array([0.05, 0.5, 0.95])


def ignorance(shape: Distribution, bounds: Bounds, shared: Mapping[str, Distribution]) -> Distribution:
    """What is known of a quantity without its evidence.

    Parameters
    ----------
    shape : what the analyst wrote.
    bounds : of its field.
    shared : the shared quantities that it may name.

    Examples
    --------
    >>> str(ignorance(Interval(60, 80), Bounds(0, 100), {}))
    'uniform(0, 100)'
    >>> from realpolitik.contest.distribution import parse
    >>> str(ignorance(parse("uniform(3, 5)"), Bounds(0), {}))
    '0.4 to 40'
    """
    if np.isfinite(bounds.low) and np.isfinite(bounds.high):
        return Uniform(bounds.low, bounds.high)
    low, middle, high = (float(value) for value in quantiles_of(shape, TAILS, bounds, shared))
    if np.isfinite(bounds.low):
        size = middle - bounds.low
        if size <= 0:
            return shape
        least, most = bounds.low + size / MAGNITUDE, bounds.low + size * MAGNITUDE
        return Interval(min(least, low) if low > bounds.low else least, max(most, high))
    half = max(WIDER * (high - low) / 2, abs(middle))
    return Normal(middle, half / Z95) if half > 0 else shape


def weakened(
    shape: Distribution, bounds: Bounds, shared: Mapping[str, Distribution], *, dropped: int, cited: int
) -> Distribution:
    """A quantity after some of the claims behind it were dropped.

    Parameters
    ----------
    dropped, cited : claims.

    Examples
    --------
    >>> str(weakened(Interval(60, 80), Bounds(0, 100), {}, dropped=1, cited=4))
    'mixture(3: 60 to 80, 1: uniform(0, 100))'
    """
    if not dropped:
        return shape
    unknown = ignorance(shape, bounds, shared)
    if dropped >= cited or unknown == shape:
        return unknown
    return Mixture(((float(cited - dropped), shape), (float(dropped), unknown)))

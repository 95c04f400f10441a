"""How the members of a bloc hang together: the Dirichlet-multinomial, taken apart into yes-or-no branches.

Members of a bloc share a hidden mood. With cohesion c the mood is a Dirichlet draw around the bloc's
probabilities with total concentration (1 - c) / c, so that c is the correlation between two members.
A Dirichlet can be drawn branch by branch (come or stay away; vote or abstain; yes or no): each branch is
a beta-binomial whose own correlation is c / (c + (1 - c) w), where w is the probability of reaching it.
Both the sampler and the exact convolution walk these branches.

References
----------
Mosimann 1962, On the compound multinomial distribution, Biometrika 49(1/2).
"""

from __future__ import annotations

import numpy as np

from realpolitik.models.arrays import Floats

__all__ = ["branch", "mood", "split_table"]

INDEPENDENT = 1e-12
"""Correlation below which members are drawn as independent; no chamber is large enough to tell."""

SMALLEST_SHAPE = 1e-300
"""Least shape of a beta draw; NumPy refuses the zero that underflow would give."""


def branch(reached: Floats, cohesion: Floats) -> Floats:
    """Correlation between two members who are known to have reached a branch.

    Parameters
    ----------
    reached : probability of reaching the branch, in [0, 1].
    cohesion : correlation in the whole bloc, in [0, 1]; shapes broadcast.

    Returns
    -------
    float array in [0, 1]; 0 where the branch cannot be reached by independent members.
    """
    whole = cohesion + (1 - cohesion) * reached
    return np.divide(cohesion, whole, out=np.zeros(np.shape(whole)), where=whole > 0)


def mood(share: Floats, correlation: Floats, rng: np.random.Generator) -> Floats:
    """Sample the probability with which each member of a group takes the first way of a branch.

    Given the mood members decide by themselves, so that their number is beta-binomial.

    Parameters
    ----------
    share : probability in [0, 1] of the first way.
    correlation : between two members, in [0, 1]; 0 leaves the share as it is, 1 gives all or nobody.

    Returns
    -------
    float array in the shape of ``share``.
    """
    found = share.copy()
    certain = (share <= 0) | (share >= 1)
    united = ~certain & (correlation >= 1)
    found[united] = rng.random(np.count_nonzero(united)) < share[united]
    loose = ~certain & ~united & (correlation > INDEPENDENT)
    chance, tie = share[loose], correlation[loose]
    shapes = np.maximum(np.stack([chance, 1 - chance]) * ((1 - tie) / tie), SMALLEST_SHAPE)
    found[loose] = rng.beta(shapes[0], shapes[1])
    return found


def split_table(most: int, share: float, correlation: float) -> Floats:
    """Beta-binomial probabilities for every size of group at once.

    Returns
    -------
    float[most + 1, most + 1]: row m, column k is the probability that k of m members take the first way.
    """
    size = np.arange(most + 1)
    taken, left = size[np.newaxis, :], size[:, np.newaxis] - size[np.newaxis, :]
    if correlation >= 1:
        return np.where(left == 0, share, 0.0) + np.where(taken == 0, 1 - share, 0.0)
    first, second, either = _rising(most, np.array([share, 1 - share, 1.0]), correlation)
    table = np.exp(first[taken] + second[np.maximum(left, 0)] - either[:, np.newaxis])
    return np.where(left >= 0, table, 0.0)


def _rising(most: int, shares: Floats, correlation: float) -> Floats:
    """Log of the product of share (1 - c) + j c over j < k, divided by k factorial: a row a share, k to ``most``."""
    steps = np.arange(most)
    products = np.zeros((len(shares), most + 1))
    with np.errstate(divide="ignore"):
        terms = np.log(shares[:, np.newaxis] * (1 - correlation) + steps * correlation) - np.log(steps + 1.0)
    np.cumsum(terms, axis=1, out=products[:, 1:])
    return products

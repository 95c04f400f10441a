"""What moves all blocs at once: a common shock to attendance, and one to the vote.

Two standard normal numbers are drawn for each vote. With correlation r, a probability p becomes, at shock z,

    p(z) = Phi((Phi^-1(p) + sqrt(r) z) / sqrt(1 - r)),

a probit shift shared by every bloc. Its mean over z is p again, so the numbers that the analyst states keep their
meaning; r is the correlation between the hidden readiness of two members of different blocs. The shock to
attendance moves who comes; the shock to the vote moves yes against no among those who vote, and nobody's
attendance or abstention. Given both shocks, blocs are independent.

References
----------
Vasicek 2002, The distribution of loan portfolio value, Risk 15(12): the one-factor normal model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.special import ndtr, ndtri

from realpolitik.models.arrays import Floats
from realpolitik.models.voting.ballot import Ballot

__all__ = ["expected", "struck", "tilt", "tilted"]

STRONGEST = 1 - 1e-12
"""Correlation that stands for 1; no chamber is large enough to tell."""

REACH = 13
"""Shocks beyond half as many standard deviations are left out: less than 1e-10 of all."""

FIRST_STEPS, MOST_NODES = 2, 3_000
"""Nodes per standard deviation to begin with, and the most nodes in all; between them the number is doubled."""

SETTLED = 1e-9
"""Change at the last doubling from which the mean counts as exact; it converges faster than any power."""


def tilt(share: Floats, correlation: Floats, shock: Floats) -> Floats:
    """Probabilities once the shock is known; shapes broadcast.

    Examples
    --------
    >>> tilt(np.array([0.0, 0.5, 0.9]), np.array(0.2), np.array(-1.0)).round(3).tolist()
    [0.0, 0.309, 0.825]
    """
    strength = np.minimum(correlation, STRONGEST)
    return np.asarray(ndtr((ndtri(share) + np.sqrt(strength) * shock) / np.sqrt(1 - strength)))


def tilted(ballot: Ballot, attendance: Floats, votes: Floats) -> Ballot:
    """The ballot once both shocks are known, so that its blocs are independent.

    Parameters
    ----------
    attendance, votes : float[draws], standard normal; not looked at where the ballot has no such shock.
    """
    changed: dict[str, Floats | None] = {"attendance_shock": None, "vote_shock": None}
    if (strength := ballot.attendance_shock) is not None:
        changed["attends"] = tilt(ballot.attends, strength[:, np.newaxis], attendance[:, np.newaxis])
    if (strength := ballot.vote_shock) is not None:
        casts = ballot.casts
        for_share = np.divide(ballot.yes, casts, out=np.zeros_like(casts), where=casts > 0)
        moved = tilt(np.minimum(for_share, 1.0), strength[:, np.newaxis], votes[:, np.newaxis])
        changed |= {"yes": casts * moved, "no": casts * (1 - moved)}
    return replace(ballot, **changed)  # type: ignore[arg-type]  # only arrays and None are replaced


def struck(ballot: Ballot, rng: np.random.Generator) -> Ballot:
    """The ballot after shocks have been drawn; the ballot itself if it has none."""
    if ballot.attendance_shock is None and ballot.vote_shock is None:
        return ballot
    attendance, votes = rng.standard_normal((2, ballot.draws))
    return tilted(ballot, attendance, votes)


def expected(ballot: Ballot, work_out: Callable[[Ballot], Floats]) -> tuple[Floats, float]:
    """Mean of what is worked out from a ballot of one draw over its shocks, by the trapezoidal rule.

    Parameters
    ----------
    ballot : one draw.
    work_out : from a ballot without shocks to an array of probabilities.

    Returns
    -------
    The mean, and by how much it changed at most when the number of nodes was last doubled; 0 without shocks.
    """
    shaken = [shock is not None and shock[0] > 0 for shock in (ballot.attendance_shock, ballot.vote_shock)]
    if not any(shaken):
        still = np.zeros(1)
        return work_out(tilted(replace(ballot, attendance_shock=None, vote_shock=None), still, still)), 0.0
    known: dict[tuple[float, float], Floats] = {}
    mean, change, halving = None, np.inf, 0
    while True:
        grids, weights = zip(
            *(_nodes(halving) if moves else (np.zeros(1), np.ones(1)) for moves in shaken), strict=True
        )
        if mean is not None and len(grids[0]) * len(grids[1]) > MOST_NODES:
            return mean, change
        found = np.zeros(1)
        for (first, one), (second, two) in product(
            *(zip(*pair, strict=True) for pair in zip(grids, weights, strict=True))
        ):
            key = (float(first), float(second))
            if key not in known:
                known[key] = work_out(tilted(ballot, np.array([first]), np.array([second])))
            found = found + one * two * known[key]
        change = np.inf if mean is None else float(np.abs(found - mean).max())
        mean, halving = found, halving + 1
        if change <= SETTLED:
            return mean, change


def _nodes(halving: int) -> tuple[Floats, Floats]:
    """Shocks and their weights after so many doublings of the first number of nodes."""
    fine = 2**halving
    nodes = np.arange(-REACH * fine, REACH * fine + 1) / (FIRST_STEPS * fine)
    density = np.exp(-(nodes**2) / 2)
    return nodes, density / density.sum()

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
from itertools import count
from typing import Any

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.voting.ballot import Ballot

__all__ = ["PER_DRAW", "ROUGHLY", "SETTLED", "expected", "struck", "tilt", "tilted"]

STRONGEST = 1 - 1e-12
"""Correlation that stands for 1; no chamber is large enough to tell."""

REACH = 13
"""Shocks beyond half as many standard deviations are left out: less than 1e-10 of all."""

FIRST_STEPS, MOST_NODES = 2, 10_000
"""Nodes per standard deviation to begin with, and the most nodes in all; between them the number is doubled."""

LIGHTEST = 1e-12
"""Weight of a node, as a share of the heaviest, below which it is left out."""

SETTLED = 1e-9
"""Error below which the mean counts as exact.

The trapezoidal rule converges faster than any power here: halving the step squares the error or better. What the last
halving has changed is the error before it, and its square stands for the error after it."""

ROUGHLY = 1e-6, 3_000
"""The same for whole tables, of which nobody reads more digits, and the most nodes for them."""

PER_DRAW = (
    "attends", "yes", "no", "cohesion", "boycott", "rebels",
    "attendance_shock", "vote_shock", "casting_vote", "same_mood",
)  # fmt: skip
"""Fields of a ballot whose first axis is the draw."""


def tilt(share: Floats, correlation: Floats, shock: Floats) -> Floats:
    """Probabilities once the shock is known; shapes broadcast.

    Examples
    --------
    >>> tilt(np.array([0.0, 0.5, 0.9]), np.array(0.2), np.array(-1.0)).round(3).tolist()
    [0.0, 0.309, 0.825]
    """
    from scipy.special import ndtr, ndtri

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


def expected(
    ballot: Ballot, work_out: Callable[[Ballot], Floats], settled: float = SETTLED, most_nodes: int = MOST_NODES
) -> tuple[Floats, float]:
    """Mean of what is worked out from a ballot of one draw over its shocks, by the trapezoidal rule.

    Parameters
    ----------
    ballot : one draw.
    work_out : from a ballot without shocks, one draw for each node, to float[nodes, ...].
    settled, most_nodes : error that is small enough, and nodes after which it is left as it is.

    Returns
    -------
    The mean, and about how far it may be off, see :data:`SETTLED`; 0 without shocks.
    """
    shaken = [shock is not None and shock[0] > 0 for shock in (ballot.attendance_shock, ballot.vote_shock)]
    if not any(shaken):
        still = np.zeros(1)
        calm = tilted(replace(ballot, attendance_shock=None, vote_shock=None), still, still)
        return np.asarray(work_out(calm)[0]), 0.0
    known: dict[tuple[float, float], Floats] = {}

    def averaged(nodes: list[tuple[float, float]], weights: Floats) -> Floats:
        new = [node for node in nodes if node not in known]
        attendance, votes = np.array(new).T
        known.update(zip(new, work_out(tilted(_repeated(ballot, len(new)), attendance, votes)), strict=True))
        return np.tensordot(weights, np.stack([known[node] for node in nodes]), axes=1)

    mean, error = averaged(*_grid(shaken, 0)), np.inf
    for halving in count(1):
        nodes, weights = _grid(shaken, halving)
        if len(nodes) > most_nodes:
            break
        finer = averaged(nodes, weights)
        mean, error = finer, float(np.abs(finer - mean).max()) ** 2
        if error <= settled:
            break
    return mean, error


def _grid(shaken: list[bool], halving: int) -> tuple[list[tuple[float, float]], Floats]:
    """Pairs of shocks that count, and their weights."""
    (attendance, one), (votes, two) = (_nodes(halving) if moves else (np.zeros(1), np.ones(1)) for moves in shaken)
    weights = np.outer(one, two)
    kept = weights > LIGHTEST * weights.max()
    first, second = np.nonzero(kept)
    nodes = list(zip(attendance[first].tolist(), votes[second].tolist(), strict=True))
    return nodes, weights[kept] / weights[kept].sum()


def _repeated(ballot: Ballot, times: int) -> Ballot:
    """A ballot of one draw, as often as there are nodes."""
    given = {name: value for name in PER_DRAW if (value := getattr(ballot, name)) is not None}
    repeated: dict[str, Any] = {name: np.repeat(value, times, axis=0) for name, value in given.items()}
    return replace(ballot, **repeated)


def _nodes(halving: int) -> tuple[Floats, Floats]:
    """Shocks and their weights after so many doublings of the first number of nodes."""
    fine = 2**halving
    nodes = np.arange(-REACH * fine, REACH * fine + 1) / (FIRST_STEPS * fine)
    density = np.exp(-(nodes**2) / 2)
    return nodes, density / density.sum()

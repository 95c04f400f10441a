"""The smallest whole weights that give the same winning coalitions: how many votes the seats are really worth."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.models.voting.games import Rule, WeightedGame
from realpolitik.models.voting.power.indices import power

__all__ = ["least_weights"]

MOST_PROFILES = 2**17
"""Numbers of voters of each kind that are compared one by one."""

MOST_CONSTRAINTS = 20_000
"""Coalitions on the border between winning and losing that the integer program may have."""

MOST_NODES = 10_000
"""Of the solver's tree."""

INFEASIBLE = 2
"""The solver's word for it."""

Kinds = tuple[tuple[int, ...], ...]
"""Interchangeable voters together, by their places in the names."""


def least_weights(game: WeightedGame) -> Rule:
    """One rule with the same winning coalitions and the smallest sum of whole weights.

    Found by integer programming over the minimal winning and maximal losing coalitions, and verified in whole
    numbers; that no smaller sum exists is the solver's word. Interchangeable voters are given equal weights. With
    nine voters or more a still smaller sum can exist that treats some of them unequally.

    Raises
    ------
    ModelError : several rules that no single rule can replace, too many coalitions, or no proof in time.

    References
    ----------
    Freixas and Molinero 2009, On the existence of a minimum integer representation for weighted voting systems,
    Annals of Operations Research 166.

    Examples
    --------
    >>> str(least_weights(WeightedGame.parse("[58; 31, 31, 28, 21, 2, 2]")))
    '[2; 1, 1, 1, 0, 0, 0]'
    """
    kinds = _interchangeable(game)
    winning, losing = _border(game, kinds)
    weights = _solve(np.array(winning), np.array(losing), [len(kind) for kind in kinds])
    place = {voter: kind for kind, voters in enumerate(kinds) for voter in voters}
    quota = min(_weight(profile, weights) for profile in winning)
    if any(_weight(profile, weights) >= quota for profile in losing):
        raise ModelError("The integer program found no exact weights.")
    return Rule(quota, tuple(weights[place[voter]] for voter in range(len(game.names))))


def _interchangeable(game: WeightedGame) -> Kinds:
    """With one rule voters of equally many swings are interchangeable; with several, voters of equal weights."""
    if len(game.rules) > 1:
        return game.types
    kinds: dict[int, list[int]] = {}
    for voter, swings in enumerate(power(game).swings):
        kinds.setdefault(swings, []).append(voter)
    return tuple(tuple(kinds[swings]) for swings in sorted(kinds, reverse=True))


def _border(game: WeightedGame, kinds: Kinds) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Profiles that win and lose whoever leaves, and that lose and win whoever joins."""
    if (count := prod(len(kind) + 1 for kind in kinds)) > MOST_PROFILES:
        raise ModelError(f"Least weights: voters can be combined in {count} ways that differ, too many to compare.")
    won = {
        profile
        for profile in product(*(range(len(kind) + 1) for kind in kinds))
        if game.wins([one for kind, present in zip(kinds, profile, strict=True) for one in kind[:present]])
    }
    everything = product(*(range(len(kind) + 1) for kind in kinds))
    winning, losing = [], []
    for profile in everything:
        if profile in won:
            if not any(one in won for one in _steps(profile, -1)):
                winning.append(profile)
        elif all(one in won for one in _steps(profile, 1) if _fits(one, kinds)):
            losing.append(profile)
    if len(winning) + len(losing) > MOST_CONSTRAINTS:
        raise ModelError(f"Least weights: more than {MOST_CONSTRAINTS} coalitions are on the border of winning.")
    return winning, losing


def _steps(profile: tuple[int, ...], step: int) -> list[tuple[int, ...]]:
    """Profiles with one voter more or one less; some may not exist."""
    return [(*profile[:kind], present + step, *profile[kind + 1 :]) for kind, present in enumerate(profile)]


def _fits(profile: tuple[int, ...], kinds: Kinds) -> bool:
    return all(present <= len(kind) for present, kind in zip(profile, kinds, strict=True))


def _solve(
    winning: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    losing: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    numbers: Sequence[int],
) -> tuple[int, ...]:
    """Weights of the kinds; the quota is the last variable."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    above = LinearConstraint(np.column_stack((winning, -np.ones(len(winning)))), lb=0)
    below = LinearConstraint(np.column_stack((losing, -np.ones(len(losing)))), ub=-1)
    found = milp(
        [*numbers, 0],
        integrality=np.ones(len(numbers) + 1, dtype=np.int64),
        bounds=Bounds(lb=0),
        constraints=[above, below],
        options={"node_limit": MOST_NODES, "mip_rel_gap": 0},
    )
    if found.status == INFEASIBLE:
        raise ModelError("No single rule of weights and quota has the same winning coalitions as these rules together.")
    if found.status:
        raise ModelError(f"Least weights were not proved in {MOST_NODES} steps of the integer program.")
    return tuple(int(weight) for weight in np.rint(found.x[:-1]))


def _weight(profile: Sequence[int], weights: Sequence[int]) -> int:
    return sum(present * weight for present, weight in zip(profile, weights, strict=True))

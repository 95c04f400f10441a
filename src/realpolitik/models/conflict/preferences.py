"""What a decision maker prefers: rankings with ties, ordered statements, weights; unknown and strong comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.contest.states import STRONGLY, ranking_faults
from realpolitik.errors import ContestError
from realpolitik.models.arrays import Bools, Counts, Floats

__all__ = ["STRONGLY", "Preference", "levels", "ranked", "stated", "weighed"]

Ranking = Sequence[int | str | Sequence[int]]

LARGEST = 2**62
"""Largest sum of weights as whole numbers, so that no sum overflows."""


@dataclass(frozen=True, eq=False)
class Preference:
    """One decision maker's comparisons of all states.

    A state is preferred to another if no row of ``level`` says the contrary and some row says so. Where two rows
    contradict each other, the comparison is unknown.
    """

    level: Counts
    """int[rows, states], at least 0: the higher, the better; one row where all comparisons are known."""

    band: Counts
    """int[states]: a preferred state of a higher band is strongly preferred, one of the same band mildly."""

    @property
    def is_complete(self) -> bool:
        """Whether every comparison is known."""
        return len(self.level) == 1

    def prefers(self, end: int, start: int) -> bool:
        """Whether state ``end`` is preferred to state ``start`` (indices)."""
        new, old = self.level[:, end], self.level[:, start]
        return bool((new >= old).all() and (new > old).any())

    def knows(self, end: int, start: int) -> bool:
        """Whether the comparison of two states (indices) is known."""
        new, old = self.level[:, end], self.level[:, start]
        return bool((new >= old).all() or (new <= old).all())

    def strongly(self, end: int, start: int) -> bool:
        """Whether state ``end`` is strongly preferred to state ``start`` (indices)."""
        return self.prefers(end, start) and bool(self.band[end] > self.band[start])


def levels(worth: ArrayLike) -> Counts:
    """Ranks 0, 1, 2, … of values, equal values sharing one.

    Examples
    --------
    >>> levels([0.5, -1.0, 0.5, 7.0]).tolist()
    [1, 0, 1, 2]
    """
    return np.unique(np.asarray(worth), return_inverse=True)[1].astype(np.int64)


def ranked(ranking: Ranking, states: int, *, unknown: Iterable[int] = ()) -> Preference:
    """Preference from a ranking, best first.

    Parameters
    ----------
    ranking : state numbers, counted from 1; a list among them is a tie; ``">>"`` divides bands of strength.
    states : how many there are.
    unknown : states that cannot be compared with any other; they are left out of the ranking.

    Raises
    ------
    ContestError : a state is missing, stands twice, or does not exist.

    Examples
    --------
    >>> chicken = ranked([2, 1, ">>", [3, 4]], 4)
    >>> chicken.level.tolist(), chicken.band.tolist()
    ([[1, 2, 0, 0]], [1, 1, 0, 0])
    """
    aside = list(unknown)
    faults = ranking_faults(ranking, states, aside)
    if faults:
        raise ContestError(faults)
    groups: list[tuple[int, list[int]]] = []
    band = 0
    for entry in ranking:
        if entry == STRONGLY:
            band += 1
        else:
            groups.append((band, [entry] if isinstance(entry, int) else list(entry)))  # type: ignore[arg-type]
    level, bands = np.zeros((1, states), dtype=np.int64), np.zeros(states, dtype=np.int64)
    for place, (below, group) in enumerate(groups):
        for number in group:
            level[0, number - 1] = len(groups) - 1 - place
            bands[number - 1] = band - below
    if not aside:
        return Preference(level, bands)
    up, down = level[0] + len(aside), level[0] + len(aside)
    for place, number in enumerate(aside):
        up[number - 1], down[number - 1] = len(groups) + len(aside) + place, len(aside) - 1 - place
    return Preference(np.stack([up, down]), bands)


def stated(truths: Iterable[Bools]) -> Preference:
    """Preference from ordered statements (option prioritising): the first that differs decides.

    Parameters
    ----------
    truths : for each statement, the most important first, bool[states]: where it holds.
    """
    level: Counts | None = None
    for truth in truths:
        level = levels(truth if level is None else 2 * level + truth)
    if level is None:
        raise ContestError("A decision maker states nothing that it prefers. Give at least one statement.")
    return Preference(level[np.newaxis], np.zeros(len(level), dtype=np.int64))


def weighed(weights: Mapping[str, float | Floats], truth_of: Callable[[str], Bools]) -> Preference:
    """Preference from weighted conditions: the larger the sum of the weights of those that hold, the better.

    Sums are exact for weights as written in decimals, so that 0.1 + 0.2 ties with 0.3.

    Parameters
    ----------
    weights : number by condition.
    truth_of : bool[states] for a condition.
    """
    exact = {condition: Fraction(str(weight)) for condition, weight in weights.items()}
    unit = lcm(*(weight.denominator for weight in exact.values()))
    whole = {condition: int(weight * unit) for condition, weight in exact.items()}
    if not whole or sum(map(abs, whole.values())) >= LARGEST:
        raise ContestError("Weights need at least one condition and at most 18 digits; round them.")
    total = sum(weight * truth_of(condition).astype(np.int64) for condition, weight in whole.items())
    level = levels(np.asarray(total))
    return Preference(level[np.newaxis], np.zeros(len(level), dtype=np.int64))

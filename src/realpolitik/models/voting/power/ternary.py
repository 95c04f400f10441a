"""Power where members have a third choice beside yes and no: to abstain in the room, or to stay away.

Then a quorum matters, and a voter may do a motion more harm by staying away than by voting against it.

References
----------
Felsenthal and Machover 1997, Ternary voting games, International Journal of Game Theory 26(3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.rule import LARGEST_COUNT, DecisionRule
from realpolitik.errors import ContestError, Fault, ModelError, nearest
from realpolitik.models.arrays import Bools
from realpolitik.models.voting.power.packed import LARGEST_TABLE, unpacked

__all__ = ["TernaryGame", "TernaryPower", "Third", "ternary_power"]

Third = Literal["abstain", "absent"]
"""What the third choice is: present without a vote, or away."""

CHOICES = 3

FEW_RESULTS = 2**15
"""So many numbers of voters of each kind by choice are gone through one by one."""

MOST_RESULTS = 2**22
"""Most pairs of weights, for and third, that are unpacked."""

Kind = tuple[int, bool]
"""Weight of a voter, and whether its no is a veto."""

Weights = NDArray[np.int64]
Ways = NDArray[np.object_]
"""Numbers of profiles, whole numbers of any length."""


@dataclass(frozen=True)
class TernaryGame:
    """Voters who each vote yes, vote no, or take the third choice, as one.

    Raises
    ------
    ContestError : a weight, a veto or the third choice is not allowed; all faults at once.
    """

    weights: Mapping[str, int]
    """Members or votes of each voter, at least 0."""

    rule: DecisionRule
    """When the chamber can decide, and when it has; seats are the weight of everybody."""

    third: Third = "abstain"

    vetoes: tuple[str, ...] = ()
    """Voters whose no defeats every motion."""

    def __post_init__(self) -> None:
        faults = [
            Fault(("weights", name), f"{weight} is not a weight, which is a whole number from 0.")
            for name, weight in self.weights.items()
            if isinstance(weight, bool) or not isinstance(weight, int) or weight < 0
        ]
        if not faults and not 1 <= self.seats <= LARGEST_COUNT:
            text = f"everybody together has a weight of {self.seats}; it must be from 1 to {LARGEST_COUNT}."
            faults.append(Fault(("weights",), text))
        if self.third not in get_args(Third):
            text = f"'{self.third}' is not a third choice; say {' or '.join(get_args(Third))}."
            faults.append(Fault(("third",), text))
        faults += [
            Fault(("vetoes",), f"there is no voter '{name}'. {nearest(name, self.weights)}")
            for name in self.vetoes
            if name not in self.weights
        ]
        if faults:
            raise ContestError(faults)

    @property
    def seats(self) -> int:
        """Weight of everybody."""
        return sum(self.weights.values())

    def passed(self, yes: Weights, third: Weights) -> Bools:
        """Whether a motion without a veto passes with these weights; the rest of the seats vote no."""
        no = self.seats - yes - third
        present = yes + no + (third if self.third == "abstain" else 0)
        return self.rule.passed(yes=yes, no=no, present=present, seats=self.seats)


@dataclass(frozen=True)
class TernaryPower:
    """How often one voter's choice decides, over all profiles of the others' three choices.

    Each tuple counts, for every voter, the profiles of the others in which the first choice passes the motion
    and the second defeats it. Divided by ``others`` it is the probability if all choices are equally likely.
    """

    names: tuple[str, ...]

    passing: int
    """Profiles of all voters that pass."""

    profiles: int
    """All profiles of all voters: three to the power of their number."""

    yes_not_no: tuple[int, ...]

    yes_not_third: tuple[int, ...]

    third_not_no: tuple[int, ...]

    no_not_third: tuple[int, ...]
    """The no-show paradox: a motion passes because the voter comes to vote against it."""

    @property
    def others(self) -> int:
        """All profiles of the voters beside one."""
        return self.profiles // CHOICES

    @property
    def power_to_act(self) -> Fraction:
        """Share of all profiles that pass."""
        return Fraction(self.passing, self.profiles)


def ternary_power(game: TernaryGame) -> TernaryPower:
    """Count the profiles in which each voter decides.

    Raises
    ------
    ModelError : the chamber has so much weight that the table of results would not fit.

    Examples
    --------
    >>> members = {f"permanent {number}": 1 for number in range(5)} | {f"elected {number}": 1 for number in range(10)}
    >>> council = TernaryGame(members, DecisionRule.parse(passes=9), vetoes=tuple(members)[:5])
    >>> found = ternary_power(council)
    >>> found.passing, found.yes_not_no[0], found.yes_not_no[14]
    (146796, 108336, 53154)
    """
    vetoes = set(game.vetoes)
    every = [(weight, name in vetoes) for name, weight in game.weights.items()]
    first = {kind: every.index(kind) for kind in every}
    found = {kind: _decides(game, kind, [*every[:place], *every[place + 1 :]]) for kind, place in first.items()}
    yes, third, ways = _profiles(game, every)
    by_voter: Iterable[tuple[int, ...]] = zip(*(found[kind] for kind in every), strict=True)
    passing = sum(ways[game.passed(yes, third)].tolist())
    return TernaryPower(tuple(game.weights), passing, CHOICES ** len(every), *by_voter)


def _decides(game: TernaryGame, kind: Kind, others: Sequence[Kind]) -> tuple[int, int, int, int]:
    """Profiles of the others in which one choice passes and another one does not."""
    weight, veto = kind
    yes, third, ways = _profiles(game, others)
    for_it, away = game.passed(yes + weight, third), game.passed(yes, third + weight)
    against = np.zeros_like(for_it) if veto else game.passed(yes, third)
    pairs = ((for_it, against), (for_it, away), (away, against), (against, away))
    counts = [sum(ways[one & ~other].tolist()) for one, other in pairs]
    return counts[0], counts[1], counts[2], counts[3]


def _profiles(game: TernaryGame, kinds: Sequence[Kind]) -> tuple[Weights, Weights, Ways]:
    """Results without a veto that some voters can bring about: weight for, weight of the third choice, profiles."""
    sorts = {kind: kinds.count(kind) for kind in kinds}
    results = prod(comb(number + CHOICES - 1, CHOICES - 1) for number in sorts.values())
    if results <= FEW_RESULTS:
        return _one_by_one(sorts)
    width, bits = game.seats + 1, (CHOICES ** len(kinds)).bit_length()
    if (cells := width**2) > MOST_RESULTS or cells * bits > LARGEST_TABLE:
        raise ModelError(f"A table of {cells} results of {len(kinds)} voters is too large. State coarser weights.")
    packed = 1
    for weight, veto in kinds:
        packed = (0 if veto else packed) + (packed << weight * bits) + (packed << weight * width * bits)
    counts = np.empty(cells, dtype=object)
    counts[:] = unpacked(packed, cells, bits)
    (occurs,) = np.nonzero(counts)
    return occurs // width, occurs % width, counts[occurs]


def _one_by_one(kinds: Mapping[Kind, int]) -> tuple[Weights, Weights, Ways]:
    """The same for few results: how many of each kind vote for it and how many take the third choice."""
    table = {(0, 0): 1}
    for (weight, veto), number in kinds.items():
        larger: dict[tuple[int, int], int] = {}
        for yes in range(number + 1):
            for third in range(number + 1 - yes) if not veto else (number - yes,):
                ways = comb(number, yes) * comb(number - yes, third)
                for (before_yes, before_third), count in table.items():
                    result = before_yes + yes * weight, before_third + third * weight
                    larger[result] = larger.get(result, 0) + count * ways
        table = larger
    counts = np.empty(len(table), dtype=object)
    counts[:] = list(table.values())
    yes_weights, third_weights = (np.array(column, dtype=np.int64) for column in zip(*table, strict=True))
    return yes_weights, third_weights, counts

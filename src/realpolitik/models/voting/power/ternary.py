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
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, Fault, ModelError, nearest
from realpolitik.models.arrays import Bools
from realpolitik.models.voting.power.packed import LARGEST_TABLE, unpacked

__all__ = ["TernaryGame", "TernaryPower", "Third", "ternary_power"]

Third = Literal["abstain", "absent"]
"""What the third choice is: present without a vote, or away."""

CHOICES = 3


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
        if not faults and sum(self.weights.values()) < 1:
            faults.append(Fault(("weights",), "nobody has any weight."))
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

    @cached_property
    def passing(self) -> Bools:
        """bool[yes, third]: whether a motion without a veto passes with these weights; the rest vote no."""
        yes, third = np.indices((self.seats + 1, self.seats + 1))
        no = np.maximum(self.seats - yes - third, 0)
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
    names, vetoes = tuple(game.weights), set(game.vetoes)
    bits = int(CHOICES ** len(names)).bit_length()
    if (cells := (game.seats + 1) ** 2) * bits > LARGEST_TABLE:
        raise ModelError(f"A table of {cells} results of {len(names)} voters is too large. State coarser weights.")
    kinds = {(game.weights[name], name in vetoes): name for name in names}
    every = [(game.weights[name], name in vetoes) for name in names]
    found = {kind: _decides(game, kind, [other for other in names if other != one]) for kind, one in kinds.items()}
    passing = _ways(game, names)[game.passing].sum()
    by_voter: Iterable[tuple[int, ...]] = zip(*(found[kind] for kind in every), strict=True)
    return TernaryPower(names, int(passing), CHOICES ** len(names), *by_voter)


def _decides(game: TernaryGame, kind: tuple[int, bool], others: Sequence[str]) -> tuple[int, int, int, int]:
    """Profiles of the others in which one choice passes and another one does not."""
    weight, veto = kind
    ways, passing = _ways(game, others), game.passing
    inside = game.seats + 1 - weight
    yes, third = np.zeros_like(passing), np.zeros_like(passing)
    yes[:inside], third[:, :inside] = passing[weight:], passing[:, weight:]
    no = np.zeros_like(passing) if veto else passing
    pairs = ((yes, no), (yes, third), (third, no), (no, third))
    counts = [int(ways[one & ~other].sum()) for one, other in pairs]
    return counts[0], counts[1], counts[2], counts[3]


def _ways(game: TernaryGame, names: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.object_]]:
    """object[yes, third]: number of profiles of some voters without a veto, as whole numbers of any length."""
    width = game.seats + 1
    bits = int(CHOICES ** len(game.weights)).bit_length()
    profiles = 1
    for name in names:
        weight = game.weights[name]
        refuses = 0 if name in game.vetoes else profiles
        profiles = refuses + (profiles << weight * bits) + (profiles << weight * width * bits)
    counts = np.empty(width * width, dtype=object)
    counts[:] = unpacked(profiles, width * width, bits)
    return counts.reshape(width, width)

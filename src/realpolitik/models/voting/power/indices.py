"""Power of voters, in exact fractions, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import mul
from typing import TypeVar

from realpolitik.errors import UnknownName
from realpolitik.models.voting.games import WeightedGame
from realpolitik.models.voting.power.packed import Packed
from realpolitik.models.voting.power.profiles import Profiles
from realpolitik.models.voting.power.sums import Sums

__all__ = ["INDICES", "Power", "index", "power"]

FEW_PROFILES, FEW_EACH = 1000, 4
"""So many, and so many more for each voter, are looked through rather than summed up."""

T = TypeVar("T")

Values = tuple[Fraction, ...]
"""One for each voter, in the order of the game."""


@dataclass(frozen=True)
class Power:
    """How much each voter of a game decides, by any of the usual indices.

    Every value is exact. Coalitions are counted when a question first needs them.

    Examples
    --------
    >>> council = power(WeightedGame.parse("[39; 7x5, 1x10]"))
    >>> council.banzhaf[0], council.shapley_shubik[14], council.minimal_winning
    (Fraction(106, 635), Fraction(4, 2145), 210)
    """

    game: WeightedGame

    @property
    def coalitions(self) -> int:
        """All coalitions, the empty one included."""
        return 1 << len(self.game.names)

    @cached_property
    def winning(self) -> int:
        """Number of winning coalitions."""
        return self._by_kind[0]

    @cached_property
    def minimal_winning(self) -> int:
        """Number of winning coalitions that need every member."""
        return sum(self._minimal[0])

    @cached_property
    def swings(self) -> tuple[int, ...]:
        """For each voter the coalitions of the others that lose without it and win with it."""
        return self._spread(self._by_kind[1])

    @property
    def power_to_act(self) -> Fraction:
        """Share of all coalitions that win (Coleman 1971)."""
        return Fraction(self.winning, self.coalitions)

    @property
    def banzhaf_absolute(self) -> Values:
        """Probability of being decisive when all others toss a coin: swings by coalitions of the others."""
        return tuple(Fraction(2 * swings, self.coalitions) for swings in self.swings)

    @property
    def banzhaf(self) -> Values:
        """Share of all swings."""
        return _shares(self.swings)

    @property
    def coleman_prevent(self) -> Values:
        """Share of winning coalitions that lose when the voter leaves."""
        return tuple(Fraction(swings, self.winning) for swings in self.swings)

    @property
    def coleman_initiate(self) -> Values:
        """Share of losing coalitions that win when the voter joins."""
        losing = self.coalitions - self.winning
        return tuple(Fraction(swings, losing) for swings in self.swings)

    @cached_property
    def shapley_shubik(self) -> Values:
        """Share of the orders of joining in which the voter turns losing into winning."""
        voters = len(self.game.names)
        factorials = [1, *accumulate(range(1, voters + 1), mul)]
        weights = [factorials[size] * factorials[voters - 1 - size] for size in range(voters)]
        orders = factorials[voters]
        counts = self._counts.swings_by_size()
        return self._spread([Fraction(sum(map(mul, weights, by_size)), orders) for by_size in counts])

    @property
    def deegan_packel(self) -> Values:
        """Share in minimal winning coalitions, each of which divides one unit equally among its members."""
        every, own = self._minimal
        return self._spread([_by_number(by_size) / sum(every) for by_size in own])

    @property
    def holler(self) -> Values:
        """Share of all memberships in minimal winning coalitions: the public good index."""
        return _shares(self._spread([sum(by_size) for by_size in self._minimal[1]]))

    @cached_property
    def johnston(self) -> Values:
        """Share in vulnerable coalitions, each of which divides one unit equally among its critical members."""
        return _shares(self._spread([_by_number(by_number) for by_number in self._counts.critical_by_number()]))

    @cached_property
    def _counts(self) -> Packed | Profiles | Sums:
        profiles = Profiles.of(self.game)
        packed = Packed.of(profiles)
        few = profiles.count <= FEW_PROFILES + FEW_EACH * len(self.game.names)
        preferred = packed is not None and packed.fits(by_size=True) and not few
        if profiles.fits() and not preferred:
            return profiles
        return packed or Sums(profiles)

    @cached_property
    def _by_kind(self) -> tuple[int, tuple[int, ...]]:
        return self._counts.swings()

    @cached_property
    def _minimal(self) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        return self._counts.minimal_by_size()

    def _spread(self, by_kind: Sequence[T]) -> tuple[T, ...]:
        """From kinds of voters to voters."""
        place = {voter: kind for kind, voters in enumerate(self.game.types) for voter in voters}
        return tuple(by_kind[place[voter]] for voter in range(len(self.game.names)))


INDICES: dict[str, Callable[[Power], Values]] = {
    "banzhaf": lambda found: found.banzhaf,
    "banzhaf-absolute": lambda found: found.banzhaf_absolute,
    "shapley-shubik": lambda found: found.shapley_shubik,
    "coleman-prevent": lambda found: found.coleman_prevent,
    "coleman-initiate": lambda found: found.coleman_initiate,
    "deegan-packel": lambda found: found.deegan_packel,
    "holler": lambda found: found.holler,
    "johnston": lambda found: found.johnston,
}
"""Every index by its name."""


def power(game: WeightedGame) -> Power:
    """Power of the voters of a game; see :class:`Power` for the indices."""
    return Power(game)


def index(found: Power, name: str) -> Values:
    """One index by its name.

    Raises
    ------
    UnknownName : there is no such index.
    ModelError : there are too many different coalitions to be counted.
    """
    if name not in INDICES:
        raise UnknownName("power index", name, tuple(INDICES))
    return INDICES[name](found)


def _shares(values: Sequence[int | Fraction]) -> Values:
    total = sum(values)
    return tuple(Fraction(value) / total for value in values)


def _by_number(counts: Sequence[int]) -> Fraction:
    """Sum of counts, each divided by its place."""
    return sum((Fraction(count, number) for number, count in enumerate(counts) if count), Fraction(0))

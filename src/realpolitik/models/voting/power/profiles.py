"""Coalitions counted one profile at a time, where a profile says how many voters of each kind take part.

For games of several rules, and for few voters with weights too large for :mod:`.packed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import comb, prod

from realpolitik.errors import ModelError
from realpolitik.models.voting.games import WeightedGame

__all__ = ["MOST_PROFILES", "Profiles"]

MOST_PROFILES = 2**20
"""More are not looked through one by one."""


@dataclass(frozen=True)
class _Counted:
    """What one walk through all profiles finds; per kind means for its first voter."""

    winning: int
    swings: tuple[tuple[int, ...], ...]
    minimal: tuple[int, ...]
    minimal_with: tuple[tuple[int, ...], ...]
    critical: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Profiles:
    """Counts of a game of any rules whose voters are of few kinds."""

    quotas: tuple[int, ...]
    """Of the rules."""

    weights: tuple[tuple[int, ...], ...]
    """Of each kind, in every rule."""

    numbers: tuple[int, ...]
    """Of voters of each kind."""

    ways: tuple[tuple[int, ...], ...]
    """Sets of rules each of which is enough."""

    @classmethod
    def of(cls, game: WeightedGame) -> Profiles:
        """The kinds of voters of a game."""
        weights = tuple(tuple(rule.weights[kind[0]] for rule in game.rules) for kind in game.types)
        return cls(tuple(rule.quota for rule in game.rules), weights, tuple(map(len, game.types)), game.enough)

    @property
    def count(self) -> int:
        """Number of profiles."""
        return prod(number + 1 for number in self.numbers)

    def fits(self) -> bool:
        """Whether there are few enough profiles."""
        return self.count <= MOST_PROFILES

    def swings(self) -> tuple[int, tuple[int, ...]]:
        """Winning coalitions, and for each kind the coalitions of the others that one voter turns into winning."""
        return self._counted.winning, tuple(map(sum, self._counted.swings))

    def swings_by_size(self) -> tuple[tuple[int, ...], ...]:
        """The swings of each kind by the number of others in the coalition, from 0."""
        return self._counted.swings

    def minimal_by_size(self) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Minimal winning coalitions by size, and those of each kind's first voter; sizes from 0."""
        return self._counted.minimal, self._counted.minimal_with

    def critical_by_number(self) -> tuple[tuple[int, ...], ...]:
        """For each kind the winning coalitions that one voter is critical to, by the number of critical members."""
        return self._counted.critical

    def winning(self) -> Iterator[tuple[tuple[int, ...], tuple[bool, ...]]]:
        """Profiles that win, and for each kind whether a member of it is there and critical."""
        nobody = (0,) * len(self.quotas)
        for profile in product(*(range(number + 1) for number in self.numbers)):
            spare = self.surplus(profile)
            if self._wins(spare, nobody):
                yield (
                    profile,
                    tuple(
                        present > 0 and not self._wins(spare, weights)
                        for present, weights in zip(profile, self.weights, strict=True)
                    ),
                )

    def _wins(self, spare: Sequence[int], leaving: Sequence[int]) -> bool:
        """Whether a coalition with this surplus still wins when these weights leave it."""
        return any(all(spare[rule] >= leaving[rule] for rule in way) for way in self.ways)

    def surplus(self, profile: Sequence[int]) -> list[int]:
        """Weight beyond the quota of each rule; negative where it is not met."""
        return [
            sum(present * weights[rule] for present, weights in zip(profile, self.weights, strict=True)) - quota
            for rule, quota in enumerate(self.quotas)
        ]

    @cached_property
    def _counted(self) -> _Counted:
        if not self.fits():
            raise ModelError(
                f"Its voters can be combined in {self.count} ways that differ, more than {MOST_PROFILES}. "
                "Give more voters equal weights, or state fewer rules."
            )
        sizes = sum(self.numbers) + 1
        found = 0
        minimal = [0] * sizes
        swings, minimal_with, critical = ([[0] * sizes for _ in self.numbers] for _ in range(3))
        for profile, decides in self.winning():
            ways = prod(map(comb, self.numbers, profile))
            found += ways
            size = sum(profile)
            if not any(decides):
                continue
            deciding = sum(present for present, decisive in zip(profile, decides, strict=True) if decisive)
            minimal[size] += ways * (deciding == size)
            for kind, decisive in enumerate(decides):
                if decisive:
                    own = ways * profile[kind] // self.numbers[kind]
                    swings[kind][size - 1] += own
                    critical[kind][deciding] += own
                    minimal_with[kind][size] += own * (deciding == size)
        rows = (tuple(map(tuple, table)) for table in (swings, minimal_with, critical))
        by_swings, by_minimal, by_critical = rows
        return _Counted(found, by_swings, tuple(minimal), by_minimal, by_critical)

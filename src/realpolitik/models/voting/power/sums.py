"""Coalitions of several rules counted by their weights in each: every combination of weights that occurs.

For double majorities with too many kinds of voters for :mod:`.profiles`. A rule in which all weigh the same asks for a
number of members, which is counted anyway, so it costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import comb

from realpolitik.errors import ModelError
from realpolitik.models.voting.power.profiles import Profiles

__all__ = ["MOST_SUMS", "Sums"]

MOST_SUMS = 2**19
"""Combinations of weights that are kept."""

Weights = tuple[int, ...]
Table = dict[Weights, int]
"""Coalitions by weights in the rules; those of each size in a slot of a whole number, see :mod:`.packed`."""


@dataclass(frozen=True)
class Sums:
    """Counts of a game of several rules."""

    profiles: Profiles
    """The kinds of voters; counts what needs to know who the members are."""

    def swings(self) -> tuple[int, tuple[int, ...]]:
        """Winning coalitions, and for each kind the coalitions of the others that one voter turns into winning."""
        won = sum(packed for weights, packed in self._table.items() if self._met(weights))
        return sum(self._by_size(won)[self._least_size :]), tuple(map(sum, self.swings_by_size()))

    def swings_by_size(self) -> tuple[tuple[int, ...], ...]:
        """The swings of each kind by the number of others in the coalition, from 0."""
        return self._swings

    def minimal_by_size(self) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Minimal winning coalitions by size, and those of each kind's first voter; sizes from 0."""
        return self.profiles.minimal_by_size()

    def critical_by_number(self) -> tuple[tuple[int, ...], ...]:
        """For each kind the winning coalitions that one voter is critical to, by the number of critical members."""
        return self.profiles.critical_by_number()

    @property
    def _voters(self) -> int:
        return sum(self.profiles.numbers)

    @property
    def _bits(self) -> int:
        """Of a slot: more than all coalitions together need."""
        return self._voters + 1

    @cached_property
    def _rules(self) -> Weights:
        """Places of the rules in which voters differ."""
        rules = range(len(self.profiles.quotas))
        return tuple(rule for rule in rules if len({weights[rule] for weights in self.profiles.weights}) > 1)

    @cached_property
    def _least_size(self) -> int:
        """Members that the rules of equal weights ask for."""
        each = self.profiles.weights[0]
        asked = [-(-quota // each[rule]) for rule, quota in enumerate(self.profiles.quotas) if rule not in self._rules]
        return max(asked, default=0)

    @cached_property
    def _kinds(self) -> tuple[Weights, ...]:
        return tuple(tuple(weights[rule] for rule in self._rules) for weights in self.profiles.weights)

    @cached_property
    def _table(self) -> Table:
        table: Table = {(0,) * len(self._rules): 1}
        for kind, number in zip(self._kinds, self.profiles.numbers, strict=True):
            larger: Table = {}
            for joined in range(number + 1):
                ways = comb(number, joined) << joined * self._bits
                for weights, packed in table.items():
                    sums = tuple(one + joined * more for one, more in zip(weights, kind, strict=True))
                    larger[sums] = larger.get(sums, 0) + packed * ways
                if len(larger) > MOST_SUMS:
                    raise ModelError(
                        f"Its coalitions have more than {MOST_SUMS} different combinations of weights. "
                        "State the weights in coarser units."
                    )
            table = larger
        return table

    @cached_property
    def _swings(self) -> tuple[tuple[int, ...], ...]:
        return tuple(self._turned(kind) for kind in self._kinds)

    def _turned(self, kind: Weights) -> tuple[int, ...]:
        """Losing coalitions without one voter of a kind that win with it, by size."""
        too_light = too_small = 0
        for weights, packed in self._without(kind).items():
            if self._met(tuple(one + more for one, more in zip(weights, kind, strict=True))):
                if self._met(weights):
                    too_small += packed
                else:
                    too_light += packed
        light, small, last = self._by_size(too_light), self._by_size(too_small), self._least_size - 1
        return tuple(
            (light[size] if size >= last else 0) + (small[size] if size == last else 0) for size in range(self._voters)
        )

    def _without(self, kind: Weights) -> Table:
        """Coalitions that one voter of a kind does not belong to: division by 1 + x^weights y."""
        if not any(kind):
            return {weights: packed // (1 + (1 << self._bits)) for weights, packed in self._table.items()}
        found: Table = {}
        for weights in sorted(self._table):
            before = tuple(one - less for one, less in zip(weights, kind, strict=True))
            found[weights] = self._table[weights] - (found.get(before, 0) << self._bits)
        return found

    def _met(self, weights: Weights) -> bool:
        return all(weight >= self.profiles.quotas[rule] for rule, weight in zip(self._rules, weights, strict=True))

    def _by_size(self, packed: int) -> list[int]:
        mask = (1 << self._bits) - 1
        return [packed >> size * self._bits & mask for size in range(self._voters + 1)]

"""Coalitions of several rules counted by their weights in each: every combination of weights that occurs.

For rules with different weights and too many kinds of voters for :mod:`.profiles`. A rule in which all weigh the
same asks for a number of members, which is counted anyway, so it costs nothing.
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
        won: dict[int, int] = {}
        for weights, packed in self._table.items():
            least = self._least(weights)
            won[least] = won.get(least, 0) + packed
        count = sum(sum(self._by_size(packed)[least:]) for least, packed in won.items())
        return count, tuple(map(sum, self.swings_by_size()))

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
    def _needs(self) -> tuple[tuple[int, tuple[tuple[int, int], ...]], ...]:
        """For each set of rules that is enough: the members it asks for, and quotas by their place in the weights."""
        each, quotas = self.profiles.weights[0], self.profiles.quotas
        place = {rule: position for position, rule in enumerate(self._rules)}
        return tuple(
            (
                max((-(-quotas[rule] // each[rule]) for rule in way if rule not in place), default=0),
                tuple((place[rule], quotas[rule]) for rule in way if rule in place),
            )
            for way in self.profiles.ways
        )

    def _least(self, weights: Weights) -> int:
        """Fewest members with which a coalition of these weights wins; more than there are if it never does."""
        return min(
            (members for members, quotas in self._needs if all(weights[place] >= quota for place, quota in quotas)),
            default=self._voters + 1,
        )

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
        turned: dict[tuple[int, int], int] = {}
        for weights, packed in self._without(kind).items():
            with_it = tuple(one + more for one, more in zip(weights, kind, strict=True))
            sizes = max(self._least(with_it) - 1, 0), self._least(weights)
            if packed and sizes[0] < sizes[1]:
                turned[sizes] = turned.get(sizes, 0) + packed
        found = [0] * self._voters
        for (first, end), packed in turned.items():
            by_size = self._by_size(packed)
            for size in range(first, min(end, self._voters)):
                found[size] += by_size[size]
        return tuple(found)

    def _without(self, kind: Weights) -> Table:
        """Coalitions that one voter of a kind does not belong to: division by 1 + x^weights y."""
        if not any(kind):
            return {weights: packed // (1 + (1 << self._bits)) for weights, packed in self._table.items()}
        found: Table = {}
        for weights in sorted(self._table):
            before = tuple(one - less for one, less in zip(weights, kind, strict=True))
            found[weights] = self._table[weights] - (found.get(before, 0) << self._bits)
        return found

    def _by_size(self, packed: int) -> list[int]:
        mask = (1 << self._bits) - 1
        return [packed >> size * self._bits & mask for size in range(self._voters + 1)]

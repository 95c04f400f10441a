"""Coalitions counted by weight and size, as polynomials packed into whole numbers of any length.

For one rule of weights, alone or joined with rules that ask for a number of members.

The coalitions of voters with weights w are the terms of the product of (1 + x^w y), the weight as power of x and
the size as power of y. A polynomial in x is one Python integer: each coefficient has a slot of as many bits as
there are voters, and one more, so that no sum runs over. Multiplying by x^w is a shift. Rows hold the powers of y.

References
----------
Mann and Shapley 1962, Values of large games VI, RAND RM-3158 (Cantor's generating functions).
Bilbao, Fernández, Jiménez Losada and López 2000, Generating functions for computing power indices efficiently,
TOP 8(2): leaving one voter out by division.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, zip_longest
from math import gcd
from operator import mul

from realpolitik.errors import ModelError
from realpolitik.models.voting.power.profiles import Profiles

__all__ = ["LARGEST_TABLE", "Packed", "unpacked"]

LARGEST_TABLE = 2**33
"""Most bits of a table of coalitions: one gigabyte."""

LARGEST_WORK = 2**41
"""Most bits added in all: of the order of a minute."""

LONG = 5
"""How much longer adding a bit takes in a table of one row, which outgrows the processor's memory."""

BYTE = 8

Window = tuple[int, int]
"""Weights from the first on and below the second."""

SLACK = 16
"""A row is cut when it is longer than its bound by one part in so many: cutting takes as long as adding."""


@dataclass(frozen=True)
class _Rows:
    """Coalitions of ``sized`` voters, and of others whose number is not looked at, below a bound of weight."""

    rows: tuple[int, ...]
    """Polynomial in weight for each number of sized members, divided by the least weight that they can have."""

    least: tuple[int, ...]
    """That least weight."""

    bits: int
    """Of a slot."""

    bound: int
    """Weights from here on are left out."""

    @classmethod
    def of(cls, sized: Sequence[int], others: Sequence[int], bits: int, bound: int) -> _Rows:
        """Sum up; ``sized`` and ``others`` are weights."""
        start = 1
        for weight in others:
            start = _about(start + (start << weight * bits), bound * bits)
        rows = [start]
        ascending = sorted(sized)
        least = [0, *accumulate(ascending)]
        for number, weight in enumerate(ascending):
            rows.append(0)
            for size in range(number + 1, 0, -1):
                if rows[size - 1] and (room := bound - least[size]) > 0:
                    shift = weight - ascending[size - 1]
                    rows[size] = _about(rows[size] + (rows[size - 1] << shift * bits), room * bits)
        cut = (_below(row, max(bound - lowest, 0) * bits) for row, lowest in zip(rows, least, strict=True))
        return cls(tuple(cut), tuple(least), bits, bound)

    def without(self, weight: int) -> _Rows:
        """Coalitions that one sized voter of this weight does not belong to: division by 1 + x^weight y."""
        rows = [self.rows[0]]
        for size in range(1, len(self.rows)):
            shift = (weight - self.least[size] + self.least[size - 1]) * self.bits
            absent = rows[-1] << shift if shift >= 0 else rows[-1] >> -shift
            rows.append(_below(self.rows[size] - _below(absent, self._room(size)), self._room(size)))
        return _Rows(tuple(rows), self.least, self.bits, self.bound)

    def within(self, windows: Iterable[Window]) -> list[int]:
        """Number of coalitions with a weight in the window of their number of sized members, from 0 on."""
        return [
            _slots(row, max(low - least, 0), high - least, self.bits)
            for row, least, (low, high) in zip(self.rows, self.least, windows, strict=False)
        ]

    def _room(self, size: int) -> int:
        return max(self.bound - self.least[size], 0) * self.bits


@dataclass(frozen=True)
class Packed:
    """Counts of a game in which at most one list of weights tells voters apart; see the module."""

    needed: tuple[int, ...]
    """Least weight with which a coalition of each size wins, from 0; beyond everybody's if it never does."""

    weights: tuple[int, ...]
    """Of the kinds of voters, heaviest first, in lowest terms."""

    profiles: Profiles
    """The kinds of voters; counts what needs to know who the members are."""

    @classmethod
    def of(cls, profiles: Profiles) -> Packed | None:
        """The counts of a game; None if two lists of weights tell its voters apart."""
        columns = list(zip(*profiles.weights, strict=True))
        alike = [len(set(column)) == 1 for column in columns]
        weighing = {column for column, same in zip(columns, alike, strict=True) if not same}
        if len(weighing) > 1:
            return None
        weights = next(iter(weighing), (0,) * len(profiles.numbers))
        unit = gcd(*weights) or 1
        voters = sum(profiles.numbers)
        never = sum(map(mul, weights, profiles.numbers)) // unit + 1
        lowest = [
            (
                max((-(-profiles.quotas[rule] // columns[rule][0]) for rule in way if alike[rule]), default=0),
                max((-(-profiles.quotas[rule] // unit) for rule in way if not alike[rule]), default=0),
            )
            for way in profiles.ways
        ]
        needed = tuple(
            min((weight for members, weight in lowest if members <= size), default=never) for size in range(voters + 1)
        )
        return cls(needed, tuple(weight // unit for weight in weights), profiles)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of voters of each kind."""
        return self.profiles.numbers

    @property
    def voters(self) -> int:
        """How many."""
        return len(self.needed) - 1

    @property
    def bits(self) -> int:
        """Of a slot: more than all coalitions together need."""
        return self.voters + 1

    @property
    def _quota(self) -> int | None:
        """The weight that is needed whatever the size, if there is one."""
        return self.needed[0] if len(set(self.needed)) == 1 else None

    def fits(self, *, by_size: bool) -> bool:
        """Whether swings can be counted, by size if need be: the table is not too large and does not take too long."""
        if by_size or self._quota is None:
            return self._fits(by_size=True, additions=self.voters + 3 * len(self.weights))
        return self._fits(by_size=False, additions=LONG * self.voters)

    def _fits(self, *, by_size: bool, additions: int) -> bool:
        table = (self.voters + 1 if by_size else 1) * self.bits * (max(self.needed) + self.weights[0])
        return table <= LARGEST_TABLE and table * additions <= LARGEST_WORK

    def swings(self) -> tuple[int, tuple[int, ...]]:
        """Winning coalitions, and for each kind the coalitions of the others that one voter turns into winning."""
        self._check(by_size=False)
        if (quota := self._quota) is None:
            losing = self._every.within((0, needed) for needed in self.needed)
            return 2**self.voters - sum(losing), tuple(map(sum, self.swings_by_size()))
        (row,) = _Rows.of((), self._listed(), self.bits, quota).rows
        below = [0, *accumulate(unpacked(row, quota, self.bits))]
        found = [_alternating(below, quota, weight) for weight in self.weights]
        return 2**self.voters - below[quota], tuple(found)

    def swings_by_size(self) -> tuple[tuple[int, ...], ...]:
        """The swings of each kind by the number of others in the coalition, from 0."""
        self._check(by_size=True)
        return tuple(
            tuple(
                self._every.without(weight).within(
                    (larger - weight, needed) for needed, larger in pairwise(self.needed)
                )
            )
            for weight in self.weights
        )

    @cached_property
    def _every(self) -> _Rows:
        return _Rows.of(self._listed(), (), self.bits, max(self.needed))

    def minimal_by_size(self) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Minimal winning coalitions by size, and those of each kind's first voter; sizes from 0.

        A coalition is minimal if it wins, and loses without its lightest member.
        """
        self._check_all()
        nobody = [0] * (self.voters + 1)
        every, own = nobody[:], [nobody[:] for _ in self.weights]
        windows = [
            [(0, 0), *((larger, needed + weight) for needed, larger in pairwise(self.needed))]
            for weight in self.weights
        ]
        bound = max(self.needed) + self.weights[0]
        heavier, heavier_without = nobody, [nobody for _ in self.weights]
        for last in range(len(self.weights)):
            now, then = windows[last], windows[min(last + 1, len(windows) - 1)]
            rows = _Rows.of(self._listed(last + 1), (), self.bits, bound)
            found = rows.within(now)
            _add(every, _minus(found, heavier))
            for kind, other in enumerate(self.weights[: last + 1]):
                rest = rows.without(other)
                _add(own[kind], _minus(found, rest.within(now)))
                if kind < last:
                    _add(own[kind], _minus(heavier_without[kind], heavier))
                heavier_without[kind] = rest.within(then)
            heavier = rows.within(then)
        return tuple(every), tuple(map(tuple, own))

    def critical_by_number(self) -> tuple[tuple[int, ...], ...]:
        """For each kind the winning coalitions that one voter is critical to, by the number of critical members.

        A member is critical if its weight is more than the surplus. So with a surplus below one kind's weight
        and not below the next one's, the critical members are all of that kind and of heavier ones. Where the weight
        that is needed depends on the number of members, profiles are counted.
        """
        if (quota := self._quota) is None:
            return self.profiles.critical_by_number()
        self._check_all()
        found = [[0] * (self.voters + 1) for _ in self.weights]
        for last, weight in enumerate(self.weights):
            lighter = self.weights[last + 1] if last + 1 < len(self.weights) else 0
            rows = _Rows.of(self._listed(last + 1), self._listed(first=last + 1), self.bits, quota + weight)
            windows = [(quota + lighter, quota + weight)] * (self.voters + 1)
            for kind in range(last + 1):
                rest = rows.without(self.weights[kind])
                _add(found[kind], _minus(rows.within(windows), rest.within(windows)))
        return tuple(map(tuple, found))

    def _listed(self, last: int | None = None, *, first: int = 0) -> list[int]:
        """Weights of all voters of some kinds."""
        kinds = zip(self.weights[first:last], self.numbers[first:last], strict=True)
        return [weight for weight, number in kinds for _ in range(number)]

    def _check(self, *, by_size: bool) -> None:
        if not self.fits(by_size=by_size):
            raise self._refusal()

    def _check_all(self) -> None:
        """Whether a table for each kind of voters as the lightest, and for each two kinds, can be made."""
        kinds = len(self.weights)
        if not self._fits(by_size=True, additions=kinds * (self.voters + 3 * kinds) // 2):
            raise self._refusal()

    def _refusal(self) -> ModelError:
        return ModelError(
            f"Counting coalitions of {self.voters} voters up to a weight of {max(self.needed)} takes more than "
            f"{LARGEST_TABLE // BYTE // 2**20} MB or some minutes. State the weights in coarser units."
        )


def _alternating(below: Sequence[int], quota: int, weight: int) -> int:
    """Coalitions without one voter that lack at most its weight: the terms of a division by 1 + x^weight."""
    if not weight:
        return 0
    steps = [below[end] - below[max(end - weight, 0)] for end in range(quota, 0, -weight)]
    return sum(steps[::2]) - sum(steps[1::2])


def _below(packed: int, bits: int) -> int:
    """The terms below a bound."""
    return packed if packed.bit_length() <= bits else packed & ((1 << bits) - 1)


def _about(packed: int, bits: int) -> int:
    """The terms below a bound, and perhaps a few more."""
    return packed if packed.bit_length() <= bits + bits // SLACK else _below(packed, bits)


def _slots(packed: int, low: int, high: int, bits: int) -> int:
    """Sum of the coefficients from ``low`` to ``high`` - 1: the remainder after division by 2^bits - 1."""
    if high <= low:
        return 0
    return _below(packed >> low * bits, (high - low) * bits) % ((1 << bits) - 1)


def unpacked(packed: int, count: int, bits: int) -> list[int]:
    """The first coefficients of a polynomial."""
    text = packed.to_bytes(-(-count * bits // BYTE), "little")
    mask = (1 << bits) - 1
    found = []
    for start in range(0, count * bits, bits):
        chunk = int.from_bytes(text[start // BYTE : (start + bits) // BYTE + 1], "little")
        found.append(chunk >> start % BYTE & mask)
    return found


def _add(total: list[int], more: Sequence[int]) -> None:
    for size, number in enumerate(more):
        total[size] += number


def _minus(some: Sequence[int], others: Sequence[int]) -> list[int]:
    """Numbers by size less others; the others may end at a smaller size."""
    return [one - other for one, other in zip_longest(some, others, fillvalue=0)]

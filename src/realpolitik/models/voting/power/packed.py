"""Coalitions of one rule counted by weight and size, as polynomials packed into whole numbers of any length.

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

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from realpolitik.errors import ModelError
from realpolitik.models.voting.games import Rule

__all__ = ["LARGEST_TABLE", "Packed", "unpacked"]

LARGEST_TABLE = 2**33
"""Most bits of a table of coalitions: one gigabyte."""

BYTE = 8


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
            start = _below(start + (start << weight * bits), bound * bits)
        rows = [start]
        ascending = sorted(sized)
        least = [0, *accumulate(ascending)]
        for number, weight in enumerate(ascending):
            rows.append(0)
            for size in range(number + 1, 0, -1):
                if rows[size - 1] and (room := bound - least[size]) > 0:
                    shift = weight - ascending[size - 1]
                    rows[size] = _below(rows[size] + (rows[size - 1] << shift * bits), room * bits)
        return cls(tuple(rows), tuple(least), bits, bound)

    def without(self, weight: int) -> _Rows:
        """Coalitions that one sized voter of this weight does not belong to: division by 1 + x^weight y."""
        rows = [self.rows[0]]
        for size in range(1, len(self.rows)):
            shift = (weight - self.least[size] + self.least[size - 1]) * self.bits
            absent = rows[-1] << shift if shift >= 0 else rows[-1] >> -shift
            rows.append(_below(self.rows[size] - _below(absent, self._room(size)), self._room(size)))
        return _Rows(tuple(rows), self.least, self.bits, self.bound)

    def within(self, low: int, high: int) -> list[int]:
        """Number of coalitions with a weight from ``low`` to ``high`` - 1, by number of sized members."""
        return [
            _slots(row, max(low - least, 0), high - least, self.bits)
            for row, least in zip(self.rows, self.least, strict=True)
        ]

    def _room(self, size: int) -> int:
        return max(self.bound - self.least[size], 0) * self.bits


@dataclass(frozen=True)
class Packed:
    """Counts of one rule with voters of few kinds; see the module."""

    rule: Rule
    """Whose weights are in lowest terms."""

    weights: tuple[int, ...]
    """Of the kinds of voters, heaviest first."""

    numbers: tuple[int, ...]
    """Of voters of each kind."""

    @property
    def voters(self) -> int:
        """How many."""
        return sum(self.numbers)

    @property
    def bits(self) -> int:
        """Of a slot: more than all coalitions together need."""
        return self.voters + 1

    def fits(self, *, by_size: bool) -> bool:
        """Whether the table is not too large."""
        rows = self.voters + 1 if by_size else 1
        return rows * self.bits * (self.rule.quota + self.weights[0]) <= LARGEST_TABLE

    def swings(self) -> tuple[int, tuple[int, ...]]:
        """Winning coalitions, and for each kind the coalitions of the others that one voter turns into winning."""
        self._check(by_size=False)
        quota = self.rule.quota
        (row,) = _Rows.of((), self._listed(), self.bits, quota).rows
        below = [0, *accumulate(unpacked(row, quota, self.bits))]
        found = [self._alternating(below, weight) for weight in self.weights]
        return 2**self.voters - below[quota], tuple(found)

    def _alternating(self, below: Sequence[int], weight: int) -> int:
        """Coalitions without one voter that lack at most its weight: the terms of a division by 1 + x^weight."""
        if not weight:
            return 0
        steps = [below[end] - below[max(end - weight, 0)] for end in range(self.rule.quota, 0, -weight)]
        return sum(steps[::2]) - sum(steps[1::2])

    def swings_by_size(self) -> tuple[tuple[int, ...], ...]:
        """The swings of each kind by the number of others in the coalition, from 0."""
        self._check(by_size=True)
        quota = self.rule.quota
        rows = _Rows.of(self._listed(), (), self.bits, quota)
        return tuple(
            tuple(rows.without(weight).within(quota - weight, quota)[: self.voters]) for weight in self.weights
        )

    def minimal_by_size(self) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Minimal winning coalitions by size, and those of each kind's first voter; sizes from 0.

        A coalition is minimal if it wins, and its lightest member's weight is more than its surplus.
        """
        self._check(by_size=True)
        quota, bits, nobody = self.rule.quota, self.bits, [0] * (self.voters + 1)
        every, own = nobody[:], [nobody[:] for _ in self.weights]
        for last, weight in enumerate(self.weights):
            if not weight:
                break
            window = quota, quota + weight
            with_it, without_it = (_Rows.of(self._listed(end), (), bits, window[1]) for end in (last + 1, last))
            lightest = _minus(with_it.within(*window), without_it.within(*window))
            _add(every, lightest)
            for kind, other in enumerate(self.weights[: last + 1]):
                others = with_it.without(other).within(*window)
                if kind < last:
                    others = _minus(others, without_it.without(other).within(*window))
                    _add(own[kind], _minus(lightest, others))
                else:
                    _add(own[kind], _minus(with_it.within(*window), others))
        return tuple(every), tuple(map(tuple, own))

    def critical_by_number(self) -> tuple[tuple[int, ...], ...]:
        """For each kind the winning coalitions that one voter is critical to, by the number of critical members.

        A member is critical if its weight is more than the surplus. So with a surplus below one kind's weight
        and not below the next one's, the critical members are all of that kind and of heavier ones.
        """
        self._check(by_size=True)
        quota = self.rule.quota
        found = [[0] * (self.voters + 1) for _ in self.weights]
        for last, weight in enumerate(self.weights):
            lighter = self.weights[last + 1] if last + 1 < len(self.weights) else 0
            if not weight:
                break
            rows = _Rows.of(self._listed(last + 1), self._listed(first=last + 1), self.bits, quota + weight)
            for kind in range(last + 1):
                rest = rows.without(self.weights[kind])
                window = quota + lighter, quota + weight
                _add(found[kind], _minus(rows.within(*window), rest.within(*window)))
        return tuple(map(tuple, found))

    def _listed(self, last: int | None = None, *, first: int = 0) -> list[int]:
        """Weights of all voters of some kinds."""
        kinds = zip(self.weights[first:last], self.numbers[first:last], strict=True)
        return [weight for weight, number in kinds for _ in range(number)]

    def _check(self, *, by_size: bool) -> None:
        if not self.fits(by_size=by_size):
            raise ModelError(
                f"Counting coalitions of {self.voters} voters up to a weight of {self.rule.quota} takes more than "
                f"{LARGEST_TABLE // BYTE // 2**20} MB. State the weights in coarser units."
            )


def _below(packed: int, bits: int) -> int:
    """The terms below a bound."""
    return packed if packed.bit_length() <= bits else packed & ((1 << bits) - 1)


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

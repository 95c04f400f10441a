"""Shares of variance: first-order, total and interaction indices after Sobol', for functions with or without chance.

Two independent samples of the inputs, A and B, give for each factor a third: A with the factor taken from B. Where the
function is left to chance as well, every sample is run twice, with chance that is independent between the two runs.
Products of one run's difference with the other's then have chance cancelled out of their mean, so that the indices are
those of the *expected* output given the inputs, as shares of the whole variance; what is left is chance. Without
chance the two runs are the same, and the estimators are the usual ones.

References
----------
Saltelli et al. 2010, Variance based sensitivity analysis of model output, Computer Physics Communications 181: the
first-order estimator (b of table 2). Jansen 1999, Analysis of variance designs for model output, ibid. 117: the total
one. Liu and Owen 2006, Estimating mean dimensionality of analysis of variance decompositions, JASA 101: the share of
everything that two factors do together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

__all__ = ["LEVEL", "RESAMPLES", "Base", "Index", "resamples"]

Floats = NDArray[np.float64]
Twice = tuple[Floats, Floats]
"""Outputs float[rows, outputs] of two runs that differ by chance alone."""

RESAMPLES = 400
"""Of the rows, for the intervals."""

LEVEL = 0.95
"""Of the intervals."""

SPARSE = 0.5
"""Share of rows with any effect below which only those are resampled: the others add nothing."""

FEW = 5
"""Rows with any effect below which resampling cannot tell how rare the effect is."""

TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


@dataclass(frozen=True)
class Index:
    """A share of the variance of an output, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def resamples(rng: np.random.Generator, rows: int, number: int = RESAMPLES) -> Floats:
    """Weights of a bootstrap: float[number, rows], each row of them summing to one."""
    return rng.multinomial(rows, np.full(rows, 1 / rows), size=number) / rows


@dataclass(frozen=True, eq=False)
class Base:
    """The two samples, run; every index is worked out against them.

    Parameters
    ----------
    here : outputs of sample A, twice.
    there : float[rows, outputs]: outputs of sample B, with chance of its own.
    weights : float[resamples, rows], see :func:`resamples`.
    """

    here: Twice
    there: Floats
    weights: Floats

    @cached_property
    def mean(self) -> Floats:
        """float[outputs]."""
        return np.asarray(self._level.mean(axis=0))

    @cached_property
    def variance(self) -> Floats:
        """float[outputs]: of one run of the function, chance included."""
        return np.asarray(self._squares.mean(axis=0) - self.mean**2)

    @property
    def _level(self) -> Floats:
        return np.asarray(((self.here[0] + self.here[1]) / 2 + self.there) / 2)

    @property
    def _squares(self) -> Floats:
        return np.asarray(((self.here[0] ** 2 + self.here[1] ** 2) / 2 + self.there**2) / 2)

    def inputs(self) -> list[Index | None]:
        """By output: the share of all inputs together; the rest of one is chance."""
        return self._indices((self.here[0] - self.mean) * (self.here[1] - self.mean))

    def total(self, mixed: Twice) -> list[Index | None]:
        """By output: the share that would be left if everything but the factor were known, and chance averaged out.

        Parameters
        ----------
        mixed : outputs of sample A with the factor from B, twice, with the same chance as A.
        """
        terms = (self.here[0] - mixed[0]) * (self.here[1] - mixed[1]) / 2
        return self._indices(terms, self._reach**2 / 2)

    def first(self, mixed: Twice) -> list[Index | None]:
        """By output: the share that would go if the factor alone were known."""
        moved = (mixed[0] - self.here[0] + mixed[1] - self.here[1]) / 2
        return self._indices((self.there - self.mean) * moved, self._reach**2)

    def second(self, one: Twice, other: Twice, both: Twice) -> list[Index | None]:
        """By output: the share of what two factors do together, beyond what each does, others averaged out."""
        beyond = sum(self._beyond(run, one, other, both) for run in (0, 1)) / 2
        return self._indices((self.there - self.mean) * beyond)

    def together(self, one: Twice, other: Twice, both: Twice) -> list[Index | None]:
        """By output: the share of every interaction that the two factors take part in, whatever else does."""
        terms = self._beyond(0, one, other, both) * self._beyond(1, one, other, both) / 4
        return self._indices(terms, self._reach**2)

    @cached_property
    def _spread(self) -> Floats:
        """float[resamples, outputs]: the variance over resampled rows."""
        squares, level = np.split(self.weights @ np.hstack([self._squares, self._level]), 2, axis=1)
        return np.asarray(squares - level**2)

    def _resampled(self, terms: Floats) -> Floats:
        """float[resamples, outputs]: means of the terms over resampled rows."""
        moved = np.flatnonzero(terms.any(axis=1))
        if len(moved) < SPARSE * len(terms):
            return np.asarray(self._by_row[moved].T @ terms[moved])
        return np.asarray(self.weights @ terms)

    @cached_property
    def _by_row(self) -> Floats:
        """float[rows, resamples]: the weights, laid out so that some rows are picked quickly."""
        return np.ascontiguousarray(self.weights.T)

    @cached_property
    def _reach(self) -> Floats:
        ends = np.stack([*self.here, self.there])
        return np.asarray(ends.max(axis=(0, 1)) - ends.min(axis=(0, 1)))

    def _beyond(self, run: int, one: Twice, other: Twice, both: Twice) -> Floats:
        return both[run] - one[run] - other[run] + self.here[run]

    def _indices(self, terms: Floats, largest: Floats | None = None) -> list[Index | None]:
        """Means of the terms by the variance; None for an output that never varies.

        Where so few terms are not zero that resampling says nothing, the interval reaches as far as a Poisson number
        of terms of the ``largest`` size would.
        """
        rows, whole = len(terms), self.variance
        part = self._resampled(terms)
        found: list[Index | None] = []
        for place, variance in enumerate(whole):
            spread = self._spread[:, place]
            if variance <= 0 or not (spread > 0).any():
                found.append(None)
                continue
            low, high = np.quantile(part[spread > 0, place] / spread[spread > 0], TAILS)
            seen = int(np.count_nonzero(terms[:, place]))
            if largest is not None and seen < FEW:
                high = max(high, float(gammaincinv(seen + 1, TAILS[1])) / rows * largest[place] / variance)
            value = float(terms[:, place].mean()) / float(variance)
            found.append(Index(value, min(float(low), value), max(float(high), value)))
        return found

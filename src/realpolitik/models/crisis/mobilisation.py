"""How many take part: everybody joins when enough others have, and repression asks for more of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from realpolitik.errors import Fault
from realpolitik.models.arrays import Bools, Floats, checked, draws_of, refuse

__all__ = ["PEOPLE", "Crowd", "Mobilisation", "mobilisation"]

PEOPLE = 1_000
"""Representatives of a crowd whose thresholds are given as a distribution."""

LARGEST = 1e6
"""Largest threshold and shift; above 1 nobody joins anyway."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """Who could take part, and what it takes for each, in every draw.

    Raises
    ------
    ContestError : a shape or a value is wrong; all faults at once.
    """

    stage: ClassVar[str] = "mobilisation"
    """The kind of stage that models of this view work out."""

    thresholds: Floats
    """float[draws, people]: share of all people who must already take part before this one joins.

    0 or less: joins first; above 1: never does.
    """

    repression: Floats
    """float[draws]: by how much repression raises everybody's threshold, as a share; below 0 it backfires."""

    pressure: Floats
    """float[draws]: by how much pressure to take part, e.g. of a militia, lowers everybody's threshold."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        shape = np.shape(self.thresholds)
        draws, people = draws_of(self.thresholds), shape[1] if len(shape) > 1 else 1
        cells = (("draw", draws), ("person", people))
        value = checked("thresholds", self.thresholds, cells, faults, least=-LARGEST, most=LARGEST)
        object.__setattr__(self, "thresholds", value)
        for label in ("repression", "pressure"):
            given = np.asarray(getattr(self, label))
            spread = np.full(draws, given) if given.ndim == 0 else given
            value = checked(label, spread, (("draw", draws),), faults, least=-LARGEST, most=LARGEST)
            object.__setattr__(self, label, value)
        refuse(faults)

    @classmethod
    def normal(
        cls,
        mean: ArrayLike,
        sd: ArrayLike,
        *,
        repression: ArrayLike = 0.0,
        pressure: ArrayLike = 0.0,
        people: int = PEOPLE,
    ) -> Crowd:
        """Thresholds that are normally distributed, by their quantiles.

        Parameters
        ----------
        mean, sd : number or float[draws], as shares of all people; sd at least 0.
        people : representatives; shares are known to one over this number.

        Raises
        ------
        ContestError : a value is out of range, or the lengths differ.
        """
        draws = max(draws_of(value) for value in (mean, sd, repression, pressure))
        faults: list[Fault] = []
        read = [
            checked(label, np.full(draws, value) if np.ndim(value) == 0 else value, (("draw", draws),), faults,
                    least=least, most=LARGEST / 10)
            for label, value, least in (("mean", mean, -LARGEST / 10), ("sd", sd, 0.0))
        ]  # fmt: skip
        refuse(faults)
        levels = ndtri((np.arange(people) + 0.5) / people)
        thresholds = read[0][:, np.newaxis] + read[1][:, np.newaxis] * levels
        return cls(thresholds, np.asarray(repression), np.asarray(pressure))

    @classmethod
    def quantiles(
        cls,
        points: Mapping[float, ArrayLike],
        *,
        repression: ArrayLike = 0.0,
        pressure: ArrayLike = 0.0,
        people: int = PEOPLE,
    ) -> Crowd:
        """Thresholds between given quantiles, straight from one to the next.

        Parameters
        ----------
        points : share of people at most this ready to wait, to threshold (number or float[draws]); the shares
            include 0 and 1 and the thresholds do not fall.

        Raises
        ------
        ContestError : the quantiles are not such.
        """
        levels = np.array(sorted(points), dtype=float)
        draws = max((draws_of(value) for value in points.values()), default=1)
        faults: list[Fault] = []
        if not levels.size or levels[0] != 0 or levels[-1] != 1:
            faults.append(Fault(("points",), "need the quantiles 0 and 1, and may hold others between them."))
        read = [
            checked(f"points.{level:g}", np.full(draws, value) if np.ndim(value := points[level]) == 0 else value,
                    (("draw", draws),), faults)
            for level in levels
        ]  # fmt: skip
        refuse(faults)
        table = np.stack(read)
        if (np.diff(table, axis=0) < 0).any():
            refuse([Fault(("points",), "fall from one quantile to the next; a threshold cannot.")])
        at = (np.arange(people) + 0.5) / people
        after = np.searchsorted(levels, at).clip(1)
        part = ((at - levels[after - 1]) / (levels[after] - levels[after - 1]))[:, np.newaxis]
        thresholds = (1 - part) * table[after - 1] + part * table[after]
        return cls(thresholds.T, np.asarray(repression), np.asarray(pressure))

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.thresholds.shape[0])


@dataclass(frozen=True, eq=False)
class Mobilisation:
    """How many take part, in every draw."""

    participation: Floats
    """float[draws]: share of all people, where it starts from nobody."""

    sustained: Floats
    """float[draws]: share that would stay if everybody were out already; as large or larger."""

    first: Floats
    """float[draws]: share who join whoever else does."""

    spark: Floats
    """float[draws]: by how much everybody's threshold must fall for one more to join; 0 where all have."""

    jumps: Bools
    """bool[draws]: whether fewer take part than could be sustained, so that a shock may change everything."""

    method: str
    """How it was computed, in a sentence."""


def mobilisation(crowd: Crowd) -> Mobilisation:
    """Who joins when those who need fewest others go first.

    A person takes part if the share of the others who do, counted in all people, is at least the person's
    threshold plus repression minus pressure. From nobody, people join until nobody else will; this is the
    smallest equilibrium, and the largest is where everybody would stay who is out already. Exact for the people
    given; time O(draws · people · log people).

    References
    ----------
    Granovetter 1978, Threshold models of collective behavior, American Journal of Sociology 83(6);
    Kuran 1989, Sparks and prairie fires, Public Choice 61, for the two equilibria and the spark.

    Examples
    --------
    >>> import numpy as np
    >>> bandwagon = np.arange(100) / 100
    >>> broken = np.where(np.arange(100) == 1, 0.02, bandwagon)
    >>> mobilisation(Crowd(np.stack([bandwagon, broken]), 0, 0)).participation.tolist()
    [1.0, 0.01]
    """
    shift = (crowd.repression - crowd.pressure)[:, np.newaxis]
    needed = np.sort(crowd.thresholds, axis=1) + shift
    people = needed.shape[1]
    others = np.arange(people) / people
    waits = needed > others
    stuck = waits.any(axis=1)
    joined = np.where(stuck, waits.argmax(axis=1), people)
    stay = np.where((~waits).any(axis=1), people - (~waits)[:, ::-1].argmax(axis=1), 0)
    rows, last = np.arange(crowd.draws), np.minimum(joined, people - 1)
    spark = np.where(stuck, needed[rows, last] - others[last], 0.0)
    first = (needed <= 0).sum(axis=1) / people
    method = "everybody in the order of their thresholds, exact for the people given"
    return Mobilisation(joined / people, stay / people, first, spark, stay > joined, method)

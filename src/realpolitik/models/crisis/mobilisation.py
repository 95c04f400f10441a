"""How many take to the street: everybody joins when enough others have, and repression asks for more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.errors import Fault
from realpolitik.models.arrays import Bools, Counts, Floats, checked, draws_of, named, refuse
from realpolitik.registry import model

__all__ = ["PEOPLE", "Crowd", "Turnout", "mobilisation"]

PEOPLE = 10_000
"""Representatives of a crowd whose thresholds are given as a distribution; shares are known to one over this."""

LARGEST = 1e5
"""Largest threshold, spread and shift; above 1 nobody joins anyway."""

SLACK = 1e-9
"""Of one representative: rounding, not willingness."""

COLUMNS = ("repression", "backlash", "pressure", "trigger")


@dataclass(frozen=True, eq=False)
class Crowd:
    """Who could take part, and what it takes for each, in every draw.

    Raises
    ------
    ContestError : a shape or a value is wrong; all faults at once.
    """

    stage: ClassVar[str] = "mobilisation"
    """The kind of stage that models of this view work out."""

    groups: tuple[str, ...]
    """Names of the groups."""

    share: Floats
    """float[draws, groups], at least 0: how many people belong to each, in proportion; normalised in every draw."""

    threshold: Floats
    """float[draws, groups]: mean over the group of the share of all people who must take part before one joins.

    0 or less: joins first; above 1: never does.
    """

    spread: Floats
    """float[draws, groups], at least 0: standard deviation of the thresholds within the group, normally distributed."""

    repression: ArrayLike = 0.0
    """float[draws] or a number, at least 0: by how much repression raises everybody's threshold."""

    backlash: ArrayLike = 0.0
    """float[draws] or a number, at least 0: share of repression that anger takes back; above 1 it brings people out."""

    pressure: ArrayLike = 0.0
    """float[draws] or a number: by how much pressure to take part, e.g. of a militia, lowers everybody's threshold."""

    trigger: ArrayLike = 0.0
    """float[draws] or a number, 0 to 1: share of all people who are out at the start, for whatever reason."""

    people: int = PEOPLE
    """Representatives."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        object.__setattr__(self, "groups", named("groups", self.groups, faults))
        cells = (("draw", draws_of(self.share)), ("group", self.groups))
        for label, least in (("share", 0.0), ("threshold", -LARGEST), ("spread", 0.0)):
            value = checked(label, getattr(self, label), cells, faults, least=least, most=LARGEST)
            object.__setattr__(self, label, value)
        for label in COLUMNS:
            given = np.asarray(getattr(self, label))
            value = np.full(cells[0][1], given) if given.ndim == 0 else given
            least, most = (-LARGEST if label == "pressure" else 0.0), (1.0 if label == "trigger" else LARGEST)
            object.__setattr__(self, label, checked(label, value, cells[:1], faults, least=least, most=most))
        if not faults and (self.share.sum(axis=1) <= 0).any():
            faults.append(Fault(("share",), "is zero for all groups in some draw; give at least one more."))
        refuse(faults)

    @classmethod
    def normal(cls, threshold: ArrayLike, spread: ArrayLike, people: int = PEOPLE, **columns: ArrayLike) -> Crowd:
        """One group whose thresholds are normally distributed.

        Parameters
        ----------
        threshold, spread : numbers or float[draws], as shares of all people.
        people, columns : fields of the crowd.

        Raises
        ------
        ContestError : a value is out of range, or the lengths differ.
        """
        draws = max(draws_of(value) for value in (threshold, spread, *columns.values()))
        mean, sd = (
            np.full(draws, value) if np.ndim(value) == 0 else np.asarray(value) for value in (threshold, spread)
        )
        return cls(("all",), np.ones((draws, 1)), mean[:, np.newaxis], sd[:, np.newaxis], people=people, **columns)

    @classmethod
    def one_by_one(cls, thresholds: Sequence[Sequence[float]] | Floats, **columns: ArrayLike) -> Crowd:
        """A small crowd whose members are known, float[draws, people]; every one a group without spread."""
        table = np.asarray(thresholds, dtype=float)
        people = table.shape[1] if table.ndim > 1 else 1
        names = tuple(map(str, range(people)))
        return cls(names, np.ones_like(table), table, np.zeros_like(table), people=people, **columns)

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.share.shape[0])

    @property
    def shift(self) -> Floats:
        """float[draws]: by how much repression, backlash and pressure together raise every threshold."""
        repression, backlash, pressure = (np.asarray(getattr(self, label)) for label in COLUMNS[:3])
        raised: Floats = repression * (1 - backlash) - pressure
        return raised

    def willing(self, share_out: Floats, draws: Counts | slice = slice(None)) -> Floats:
        """Share of all people whose threshold is reached when this share of them is out, by draw."""
        from scipy.special import ndtr

        beyond = share_out[:, np.newaxis] - self.threshold[draws] - self.shift[draws, np.newaxis]
        spread, share = self.spread[draws], self.share[draws]
        part = np.where(spread > 0, ndtr(beyond / np.where(spread > 0, spread, 1.0)), beyond >= -SLACK)
        found: Floats = (part * share).sum(axis=1) / share.sum(axis=1)
        return found


@dataclass(frozen=True, eq=False)
class Turnout:
    """How many take part, in every draw, as shares of all people."""

    turnout: Floats
    """float[draws]: where it comes to rest from the trigger."""

    least: Floats
    """float[draws]: where it comes to rest from nobody; the smallest equilibrium."""

    most: Floats
    """float[draws]: what would last if everybody were out already; the largest equilibrium."""

    tipping: Floats
    """float[draws]: smallest start from which more than ``turnout`` would last; 1 where nothing larger lasts."""

    method: str
    """How it was computed, in a sentence."""

    @property
    def several(self) -> Bools:
        """bool[draws]: whether there is more than one equilibrium, so that the start decides."""
        return np.asarray(self.most > self.least)


@model("mobilisation", accepts=Crowd, reference="Granovetter1978")
def mobilisation(crowd: Crowd) -> Turnout:
    """How many take part once everybody waits for enough others.

    A person takes part while the share of all people who do is at least the person's threshold, raised by repression
    as far as anger does not take it back, lowered by pressure. From the trigger on, everybody looks at who is out and
    joins or goes home, again and again, until nobody moves: the share r becomes F(r), F the distribution of the
    thresholds. It can only rise or only fall, so it rests at the nearest equilibrium on its way. From nobody it is
    the smallest, from everybody the largest. Exact for the representatives; at most as many rounds as there are.

    Parameters
    ----------
    crowd : groups float[draws, groups]; shifts and trigger float[draws].

    References
    ----------
    Granovetter1978 for the rule; Kuran1989 for the equilibria and the spark between them (docs/references.md).
    Checked: tests/reference/mobilisation.yaml.

    Examples
    --------
    >>> bandwagon = [index / 100 for index in range(100)]
    >>> broken = [0.02 if index == 1 else index / 100 for index in range(100)]
    >>> found = mobilisation(Crowd.one_by_one([bandwagon, broken]))
    >>> found.turnout.tolist(), found.most.tolist()
    ([1.0, 0.01], [1.0, 1.0])
    """
    people = crowd.people
    none = np.zeros(crowd.draws, dtype=np.int64)
    start = np.floor(np.asarray(crowd.trigger) * people + SLACK).astype(np.int64)
    least, reached, most = (_rest(crowd, begin) for begin in (none, start, none + people))
    method = f"rounds from the trigger until nobody moves, exact for {people:,} representatives"
    tipping = _tipping(crowd, reached, most)
    return Turnout(reached / people, least / people, most / people, tipping / people, method)


def _rest(crowd: Crowd, start: Counts) -> Counts:
    """How many are out once nobody moves, from a start in every draw."""
    count, left = start.copy(), np.arange(crowd.draws)
    rising = _next(crowd, count, left) >= count
    while left.size:
        before = count[left]
        after = _next(crowd, before, left)
        after = np.where(rising[left], np.maximum(after, before), np.minimum(after, before))
        count[left] = after
        left = left[after != before]
    return count


def _next(crowd: Crowd, count: Counts, draws: Counts) -> Counts:
    return np.floor(crowd.willing(count / crowd.people, draws) * crowd.people + SLACK).astype(np.int64)


def _tipping(crowd: Crowd, reached: Counts, most: Counts) -> Counts:
    """Smallest start above what was reached from which the crowd does not shrink; everybody where there is none.

    The starts between are halved. From the middle the crowd is followed while it shrinks: it ends in the lower part,
    so that nothing up to the middle holds, or it comes to a point that does.
    """
    found = np.full(crowd.draws, crowd.people, dtype=np.int64)
    draws = np.flatnonzero(most > reached)
    found[draws] = most[draws]
    low = reached[draws]
    draws, low = draws[found[draws] - low > 1], low[found[draws] - low > 1]
    start = point = (low + found[draws]) // 2
    while draws.size:
        after = _next(crowd, point, draws)
        holds, shrinks = after >= point, after <= low
        found[draws] = np.where(holds, point, found[draws])
        low = np.where(shrinks & ~holds, start, low)
        start = np.where(holds | shrinks, (low + found[draws]) // 2, start)
        point = np.where(holds | shrinks, start, after)
        open_ = found[draws] - low > 1
        draws, low, start, point = draws[open_], low[open_], start[open_], point[open_]
    return found

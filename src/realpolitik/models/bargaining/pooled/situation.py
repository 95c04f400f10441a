"""What is known about an issue before it is decided, in the terms that the pooled forecast was learned in."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from realpolitik.models.arrays import Bools, Floats

__all__ = ["FEATURES", "TOP", "Situations", "situations"]

TOP = 100.0
"""Upper end of the scale that every issue is put on; the lower one is 0."""

HALF = TOP / 2

BEYOND = 2 * TOP
"""Stands for no point while points are sorted."""

FEATURES = ("mass", "commission", "parliament", "reference-point", "end", "distance")
"""What makes a position more or less likely to be chosen.

``mass`` is the logarithm of its share of capability times salience, plus :data:`LEAST_MASS`. The next three are 1
where the European Commission stands, where the European Parliament stands, and where things stay without agreement;
``end`` is 1 for the lowest and the highest position; ``distance`` is that to the compromise, in halves of the scale.
"""

LEAST_MASS = 0.02
"""Keeps the logarithm of a position that nobody holds finite."""


@dataclass(frozen=True, eq=False)
class Situations:
    """Issues, or draws of one issue, on the scale 0 to 100."""

    compromise: Floats
    """float[n]: mean of positions, weighted by capability times salience."""

    spread: Floats
    """float[n]: standard deviation of positions around it, with the same weights."""

    point: Floats
    """float[n, points]: positions and reference point, whole numbers in increasing order; rest is padding."""

    stands: Bools
    """bool[n, points]: whether the point is one, and no padding."""

    feature: Floats
    """float[n, points, features], in the order of :data:`FEATURES`; 0 in the padding."""

    def __len__(self) -> int:
        return len(self.compromise)

    def rows(self, chosen: np.ndarray[tuple[int], np.dtype[np.bool_ | np.intp]] | slice) -> Situations:
        """Some of them."""
        return Situations(*(getattr(self, field.name)[chosen] for field in fields(self)))


def situations(
    position: Floats,
    weight: Floats,
    stay: Floats,
    *,
    commission: Bools | None = None,
    parliament: Bools | None = None,
) -> Situations:
    """Put together what is known about issues.

    Parameters
    ----------
    position : float[n, actors] on the scale 0 to 100; NaN for whoever has none.
    weight : float[n, actors], at least 0, not all 0 in a row: capability times salience; not read where there is no
        position.
    stay : float[n]: reference point on the same scale; NaN where there is none.
    commission, parliament : bool[n, actors]: who is the European Commission and the European Parliament. Left out:
    nobody.
    """
    there = ~np.isnan(position)
    asks = np.where(there, position, 0.0)
    share = np.where(there, weight, 0.0)
    share = share / share.sum(axis=1, keepdims=True)
    compromise = (share * asks).sum(axis=1)
    spread = np.sqrt((share * (asks - compromise[:, np.newaxis]) ** 2).sum(axis=1))
    nobody = np.zeros(there.shape, dtype=bool)
    roles = [nobody if role is None else role & there for role in (commission, parliament)]
    known = ~np.isnan(stay)
    every = np.concatenate([asks, np.where(known, stay, 0.0)[:, np.newaxis]], axis=1)
    counts = np.concatenate([there, known[:, np.newaxis]], axis=1)
    point, stands, place = _distinct(np.rint(every), counts)

    def at(values: Floats) -> Floats:
        """Sum what stands at each point: float[n, points] from float[n, actors + 1]."""
        total = np.zeros(point.shape)
        np.add.at(total, (np.arange(len(place))[:, np.newaxis], place), np.where(counts, values, 0.0))
        return total

    last = np.zeros((len(asks), 1))
    alone = np.concatenate([np.zeros_like(asks), np.ones((len(asks), 1))], axis=1)
    held = at(np.concatenate([there.astype(np.float64), last], axis=1)) > 0
    low, high = np.where(held, point, np.inf).min(axis=1), np.where(held, point, -np.inf).max(axis=1)
    columns = [
        np.log(at(np.concatenate([share, last], axis=1)) + LEAST_MASS),
        *(at(np.concatenate([role.astype(np.float64), last], axis=1)) > 0 for role in roles),
        at(alone) > 0,
        (point == low[:, np.newaxis]) | (point == high[:, np.newaxis]),
        np.abs(point - compromise[:, np.newaxis]) / HALF,
    ]
    feature = np.where(stands[:, :, np.newaxis], np.stack(columns, axis=2), 0.0)
    return Situations(compromise, spread, point, stands, feature)


def _distinct(value: Floats, counts: Bools) -> tuple[Floats, Bools, np.ndarray[tuple[int, int], np.dtype[np.intp]]]:
    """Distinct counted values of each row in increasing order, which columns hold one, and where each value went."""
    last = np.where(counts, value, BEYOND)
    order = np.argsort(last, axis=1, kind="stable")
    ranked = np.take_along_axis(last, order, axis=1)
    finite = ranked < BEYOND
    new = finite & (np.diff(ranked, axis=1, prepend=-1.0) > 0)
    group = np.maximum(np.cumsum(new, axis=1) - 1, 0)
    place = np.empty_like(group)
    np.put_along_axis(place, order, group, axis=1)
    many = int(new.sum(axis=1).max())
    stands = np.arange(many) < new.sum(axis=1)[:, np.newaxis]
    point = np.full((len(value), many), TOP)
    rows = np.broadcast_to(np.arange(len(value))[:, np.newaxis], group.shape)
    point[rows[finite], group[finite]] = ranked[finite]
    return point, stands, place

"""What about a table makes models disagree: who holds the weight, whether there are camps, mean against median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.compromise import compromise
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.table import ActorTable

__all__ = ["CAMP", "Camps", "Drivers", "drivers"]

WIDE = 1 / 2
"""Share of the span of positions that has to be empty for two camps."""

CAMP = 0.25
"""Share of the weight that the smaller camp has to hold."""


END = 0.1
"""Share of the span of positions that counts as one of its ends."""


@dataclass(frozen=True)
class Camps:
    """Two groups of actors with nobody between them."""

    below: float
    """Highest position of the lower camp, in the unit of the issue."""

    above: float
    """Lowest position of the upper camp, in the unit of the issue."""

    share_below: float
    """Share of the weight that the lower camp holds."""


@dataclass(frozen=True)
class Drivers:
    """One issue in one draw; weight is capability times salience, and whoever has none is left out."""

    strongest: tuple[str, ...]
    """The actors with the largest weight."""

    largest_share: float
    """Share of the weight that each of them holds."""

    effective_actors: float
    """One over the sum of squared shares: the weight is as concentrated as among so many equal actors."""

    span: float
    """Share of the scale between the lowest and the highest position."""

    mean: float
    """Weighted mean, in the unit of the issue."""

    median: float
    """Weighted median, in the unit of the issue."""

    ends: tuple[float, float]
    """Shares of the weight in the lowest and in the highest tenth of the span of positions."""

    camps: Camps | None
    """None where positions are spread, or all but one side is light."""


def drivers(table: ActorTable, draw: int = 0) -> tuple[Drivers, ...]:
    """Describe every issue of one draw.

    Raises
    ------
    ModelError : capability times salience is zero for everybody on some issue.

    Examples
    --------
    >>> table = ActorTable.one_issue({"a": 0, "b": 100}, salience={"a": 1, "b": 1}, capability={"a": 1, "b": 3})
    >>> drivers(table)[0].effective_actors
    1.6
    """
    means, medians = compromise(table).outcome[draw], median(table).outcome[draw]
    weights = table.weight("capability", "salience")[draw]
    found = []
    for issue in range(len(table.issues)):
        share = weights[:, issue] / weights[:, issue].sum()
        counts = share > 0
        position = table.position[draw, counts, issue]
        largest = float(share.max())
        found.append(
            Drivers(
                tuple(actor for actor, own in zip(table.actors, share, strict=True) if own == largest),
                largest,
                float(1 / (share**2).sum()),
                float((position.max() - position.min()) / (table.high[issue] - table.low[issue])),
                float(means[issue]),
                float(medians[issue]),
                _ends(position, share[counts]),
                _camps(position, share[counts]),
            )
        )
    return tuple(found)


def _ends(position: Floats, share: Floats) -> tuple[float, float]:
    near = END * (position.max() - position.min())
    low, high = (np.abs(position - end) <= near for end in (position.min(), position.max()))
    return float(share[low].sum()), float(share[high].sum())


def _camps(position: Floats, share: Floats) -> Camps | None:
    order = np.argsort(position, kind="stable")
    standing = position[order]
    gaps = np.diff(standing)
    if not gaps.size or gaps.max() <= WIDE * (standing[-1] - standing[0]):
        return None
    last = int(gaps.argmax())
    below = float(share[order][: last + 1].sum())
    if min(below, 1 - below) < CAMP:
        return None
    return Camps(float(standing[last]), float(standing[last + 1]), below)

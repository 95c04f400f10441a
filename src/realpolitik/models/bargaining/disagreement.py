"""What everybody gains over having no agreement: the ground of the Nash and the Kalai–Smorodinsky solution.

Both look at one issue at a time. An outcome x costs an actor with position p a loss f(\\|x − p\\|), where f(d) is d
(linear) or d² (quadratic) with d as a share of the scale. Without agreement things stay at the reference point r, and
everybody bears a cost C on top. So the gain is g(x) = f(\\|r − p\\|) + C − f(\\|x − p\\|); it is concave in x.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.bargaining.table import ActorTable

__all__ = ["Loss", "Stakes", "checked_cost", "fall_to_zero", "reasons_of", "reference_point", "stakes_by_issue"]

Loss = Literal["linear", "quadratic"]

CELLS = 2**18
"""Draws times actors that are worked on at once, so that memory does not grow with the number of draws."""

HALVINGS = 60
"""Halvings of a bracket; 54 of them shrink any bracket to the rounding error of its ends."""

LEAST_GAIN = 1e-290
"""Stands in for a gain that rounding made zero or negative, so that a quotient stays finite."""

AGREED = "everybody gains over having no agreement"
STUCK = "nothing is better for everybody than the reference point, so things stay there"
STUCK_SOMEWHERE = f"on some issue {STUCK}"


@dataclass(frozen=True, eq=False)
class Stakes:
    """One issue in a run of draws."""

    position: Floats
    """float[draws, actors], in the unit of the issue."""

    weight: Floats
    """float[draws, actors], at least 0; whoever has 0 neither gains nor has to agree."""

    distance: Floats
    """float[draws, actors]: from the reference point to the position, as a share of the scale."""

    width: float
    """Of the scale, in the unit of the issue."""

    loss: Loss
    """How losses grow with distance."""

    cost: float
    """C: of having no agreement, as a share of the loss from one end of the scale to the other."""

    lowest: Floats
    """float[draws]: no outcome below is both better for everybody than none and not worse for all than this one."""

    highest: Floats
    """float[draws]: the same for outcomes above."""

    stuck: Bools
    """bool[draws]: whether no outcome but the reference point is acceptable to all; lowest and highest are it then."""

    @property
    def counts(self) -> Bools:
        """bool[draws, actors]: who has to agree."""
        return self.weight > 0

    def gain(self, outcome: Floats) -> Floats:
        """Gains float[draws, actors] of everybody at outcomes float[draws, 1] or float[draws, actors]."""
        away = np.abs(outcome - self.position) / self.width
        if self.loss == "linear":
            return self.distance - away + self.cost
        return (self.distance - away) * (self.distance + away) + self.cost

    def snapped(self, outcome: Floats) -> Floats:
        """Outcomes float[draws], put on a position or an end that they differ from by rounding only."""
        near = np.concatenate(
            [np.where(self.counts, self.position, np.inf), self.lowest[:, np.newaxis], self.highest[:, np.newaxis]],
            axis=1,
        )
        closest = np.take_along_axis(near, np.abs(near - outcome[:, np.newaxis]).argmin(axis=1)[:, np.newaxis], axis=1)
        rounding = 4 * np.spacing(np.maximum(np.abs(self.lowest), np.abs(self.highest)))
        return np.where(np.abs(closest[:, 0] - outcome) <= rounding, closest[:, 0], outcome)


def reference_point(table: ActorTable, model: str) -> Floats:
    """The reference point float[draws, issues] of a table.

    Raises
    ------
    ModelError : the table has none.
    """
    if table.reference_point is None:
        issues = ", ".join(f"'{name}'" for name in table.issues)
        raise ModelError(
            f"The model '{model}' needs to know where things stay without agreement, and no reference point is given "
            f"for {issues}. State it for every issue, or use a model that needs none, e.g. 'compromise'."
        )
    return table.reference_point


def checked_cost(cost: float) -> float:
    """The cost of disagreement.

    Raises
    ------
    ModelError : it is not a finite number of at least 0.
    """
    if not 0 <= cost < np.inf:
        raise ModelError(f"The cost of disagreement is {cost:g}; it must be a finite number of at least 0.")
    return float(cost)


def stakes_by_issue(
    table: ActorTable, point: Floats, weight: Floats, *, loss: Loss, cost: float
) -> Iterator[tuple[slice, int, Stakes]]:
    """Cut a table into issues and runs of draws.

    Parameters
    ----------
    point : float[draws, issues], the reference point.
    weight : float[draws, actors, issues]; nobody with 0 has to agree.
    loss, cost : as in :class:`Stakes`.

    Yields
    ------
    slice, int, Stakes : which draws, index of the issue, and their stakes.

    Raises
    ------
    ModelError : some draw and issue has nobody whose weight is above 0.
    """
    nobody = ~(weight > 0).any(axis=1)
    if nobody.any():
        raise ModelError(
            f"{table.place(np.argwhere(nobody)[0])}: all actors weigh nothing, so there is nobody to agree. "
            "Give somebody salience and capability above 0."
        )
    step = max(1, CELLS // len(table.actors))
    asks = table.asks
    for issue in range(len(table.issues)):
        width = float(table.high[issue] - table.low[issue])
        for first in range(0, table.draws, step):
            rows = slice(first, first + step)
            yield rows, issue, _stakes(asks[rows, :, issue], weight[rows, :, issue], point[rows, issue], width, loss,
                                       cost)  # fmt: skip


def _stakes(position: Floats, weight: Floats, point: Floats, width: float, loss: Loss, cost: float) -> Stakes:
    counts = weight > 0
    distance = np.abs(point[:, np.newaxis] - position) / width
    reach = width * (distance + cost if loss == "linear" else np.hypot(distance, np.sqrt(cost)))
    below, above = np.where(counts, position, np.inf), np.where(counts, position, -np.inf)
    lowest = np.maximum(below.min(axis=1), (above - reach).max(axis=1))
    highest = np.minimum(above.max(axis=1), (below + reach).min(axis=1))
    stuck = (below.min(axis=1) <= point) & (above.max(axis=1) >= point) & (cost == 0)
    lowest = np.where(stuck, point, lowest)
    highest = np.where(stuck, point, np.maximum(lowest, highest))
    return Stakes(position, weight, distance, width, loss, cost, lowest, highest, stuck)


def fall_to_zero(slope: Callable[[Floats], Floats], stakes: Stakes) -> Floats:
    """The outcome float[draws] at which a slope that never rises turns from positive to negative.

    Parameters
    ----------
    slope : float[draws, 1] to float[draws]; only its sign counts.
    stakes : whose ``lowest`` and ``highest`` bracket the outcome.
    """
    low, high = stakes.lowest, stakes.highest
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2
        if not ((low < middle) & (middle < high)).any():
            break
        rising = slope(middle[:, np.newaxis]) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return stakes.snapped(low + (high - low) / 2)


def reasons_of(stuck: Bools) -> tuple[tuple[str, ...], Counts]:
    """Sentences, and int[draws]: which of them holds; a single issue that is stuck is enough for the second.

    Parameters
    ----------
    stuck : bool[draws, issues].
    """
    reason: Counts = np.asarray(stuck.any(axis=1), dtype=np.int64)
    return (AGREED, STUCK if stuck.shape[1] == 1 else STUCK_SOMEWHERE), reason

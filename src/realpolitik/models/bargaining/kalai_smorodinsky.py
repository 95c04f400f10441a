"""The Kalai–Smorodinsky solution: everybody gets the same share of the most it could hope for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.disagreement import (
    Loss,
    Stakes,
    checked_cost,
    fall_to_zero,
    reasons_of,
    reference_point,
    stakes_by_issue,
)
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["KALAI_SMORODINSKY_VARIANTS", "KalaiSmorodinskyRules", "kalai_smorodinsky"]

Ideal = Literal["acceptable", "own-position"]


@dataclass(frozen=True)
class KalaiSmorodinskyRules:
    """What the theory leaves open."""

    ideal: Ideal = "acceptable"
    """The most an actor could hope for: its best outcome among those that nobody likes less than no agreement, as in
    the source, or its own position, whether acceptable to the others or not."""

    loss: Loss = "linear"
    """How losses grow with the distance from the own position."""

    cost: float = 0.0
    """What having no agreement costs everybody beside the reference point, as a share of the loss from one end of the
    scale to the other."""


KALAI_SMORODINSKY_VARIANTS = {
    "reference-point": KalaiSmorodinskyRules(),
    "costly": KalaiSmorodinskyRules(cost=1.0),
    "own-position": KalaiSmorodinskyRules(ideal="own-position"),
    "quadratic": KalaiSmorodinskyRules(loss="quadratic"),
    "quadratic-costly": KalaiSmorodinskyRules(loss="quadratic", cost=1.0),
}


@model(
    "kalai-smorodinsky",
    accepts=ActorTable,
    reference="KalaiSmorodinsky1975",
    variants=tuple(KALAI_SMORODINSKY_VARIANTS),
)
def kalai_smorodinsky(
    table: ActorTable, *, variant: str = "reference-point", rules: KalaiSmorodinskyRules | None = None
) -> Settlement:
    """The outcome at which the smallest share of a possible gain is as large as it can be.

    Issue by issue. The solution is symmetric: capability and salience say only who takes part (whoever has none of
    either neither gains nor has to agree), not who weighs more.

    Parameters
    ----------
    table : positions and reference point in the unit of the issue; salience in [0, 1]; capability at least 0.
    variant : ``reference-point`` (linear losses), ``quadratic``, either with a cost of disagreement as large as the
        loss from one end of the scale to the other (``costly``, ``quadratic-costly``), or ``own-position``.
    rules : choices that no variant names; they take the place of the variant.

    Returns
    -------
    Settlement : outcome float[draws, issues], exact to rounding; reason int[draws].

    Raises
    ------
    ModelError : no reference point; nobody weighs anything in some draw; a negative cost.
    UnknownName : no such variant.

    References
    ----------
    Kalai & Smorodinsky 1975, Other solutions to Nash's bargaining problem, Econometrica 43(3).
    Checked: tests/reference/kalai-smorodinsky.yaml.

    Examples
    --------
    >>> from dataclasses import replace
    >>> table = ActorTable.one_issue({"a": 20, "b": 80}, salience={"a": 1, "b": 1}, capability={"a": 1, "b": 3})
    >>> kalai_smorodinsky(replace(table, reference_point=np.zeros(1)), variant="own-position").outcome.round(9)
    array([[32.]])
    """
    if rules is None and variant not in KALAI_SMORODINSKY_VARIANTS:
        raise UnknownName("kalai-smorodinsky variant", variant, tuple(KALAI_SMORODINSKY_VARIANTS))
    chosen = rules or KALAI_SMORODINSKY_VARIANTS[variant]
    point, cost = reference_point(table, "kalai-smorodinsky"), checked_cost(chosen.cost)
    weight = table.weight("capability", "salience")
    outcome = np.empty((table.draws, len(table.issues)))
    stuck = np.empty(outcome.shape, dtype=np.bool_)
    for rows, issue, stakes in stakes_by_issue(table, point, weight, loss=chosen.loss, cost=cost):
        outcome[rows, issue] = fall_to_zero(_Slope(stakes, _hopes(stakes, chosen.ideal)), stakes)
        stuck[rows, issue] = stakes.stuck
    reasons, reason = reasons_of(stuck)
    method = (
        f"largest smallest share of the possible gain over the reference point ({chosen.ideal} ideal), {chosen.loss} "
        f"losses, cost of disagreement {cost:g}"
    )
    named = variant if rules is None else None
    return Settlement(
        table.issues, outcome, "kalai-smorodinsky", named, True, method, asdict(chosen), reasons=reasons, reason=reason
    )


def _hopes(stakes: Stakes, ideal: Ideal) -> Floats:
    """Largest gain float[draws, actors] that each actor could hope for; 1 where there is none."""
    best = stakes.position
    if ideal == "acceptable":
        best = np.clip(best, stakes.lowest[:, np.newaxis], stakes.highest[:, np.newaxis])
    hope = stakes.gain(best)
    return np.where(hope > 0, hope, 1.0)


@dataclass(frozen=True, eq=False)
class _Slope:
    """Which way the actor with the smallest share wants to go."""

    stakes: Stakes
    hopes: Floats

    def __call__(self, outcome: Floats) -> Floats:
        stakes = self.stakes
        share = np.where(stakes.counts, stakes.gain(outcome) / self.hopes, np.inf)
        worst = share.argmin(axis=1)[:, np.newaxis]
        return np.take_along_axis(stakes.position, worst, axis=1)[:, 0] - outcome[:, 0]

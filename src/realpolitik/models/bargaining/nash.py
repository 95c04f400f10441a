"""The weighted Nash bargaining solution, with the reference point as what happens without agreement."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.disagreement import (
    LEAST_GAIN,
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

__all__ = ["NASH_VARIANTS", "NashRules", "nash"]

Weights = Literal["capability-times-salience", "capability"]


@dataclass(frozen=True)
class NashRules:
    """What the theory leaves open."""

    weights: Weights = "capability-times-salience"
    """Bargaining power. Salience as a factor of an actor's own losses would cancel out of the solution, so it can
    only matter here. Whoever weighs nothing neither gains nor has to agree."""

    loss: Loss = "linear"
    """How losses grow with the distance from the own position."""

    cost: float = 0.0
    """What having no agreement costs everybody beside the reference point, as a share of the loss from one end of the
    scale to the other. The higher it is, the less the reference point matters."""


NASH_VARIANTS = {
    "reference-point": NashRules(),
    "costly": NashRules(cost=1.0),
    "quadratic": NashRules(loss="quadratic"),
    "quadratic-costly": NashRules(loss="quadratic", cost=1.0),
}


@model("nash", accepts=ActorTable, reference="Nash1950", variants=tuple(NASH_VARIANTS))
def nash(table: ActorTable, *, variant: str = "reference-point", rules: NashRules | None = None) -> Settlement:
    """The outcome with the largest product of gains over no agreement, each raised to the actor's weight.

    Issue by issue. Where actors want to leave the reference point in opposite directions and disagreement costs
    nothing, no outcome is better for all, and things stay at the reference point; ``reason`` says in which draws.

    Parameters
    ----------
    table : positions and reference point in the unit of the issue; salience in [0, 1]; capability at least 0.
    variant : ``reference-point`` (linear losses), ``quadratic``, or either with a cost of disagreement as large as the
        loss from one end of the scale to the other: ``costly``, ``quadratic-costly``.
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
    Nash 1950, The bargaining problem, Econometrica 18(2); weights: Kalai 1977, Nonsymmetric Nash solutions and
    replications of 2-person bargaining, International Journal of Game Theory 6(3); the limit of a high cost: Achen
    2006, in Thomson et al., The European Union Decides, ch. 4. Checked: tests/reference/nash.yaml.

    Examples
    --------
    >>> import numpy as np
    >>> from dataclasses import replace
    >>> table = ActorTable.one_issue({"a": 20, "b": 80}, salience={"a": 1, "b": 1}, capability={"a": 1, "b": 3})
    >>> nash(replace(table, reference_point=np.zeros(1))).outcome.round(9)
    array([[30.]])
    """
    if rules is None and variant not in NASH_VARIANTS:
        raise UnknownName("nash variant", variant, tuple(NASH_VARIANTS))
    chosen = rules or NASH_VARIANTS[variant]
    point, cost = reference_point(table, "nash"), checked_cost(chosen.cost)
    parts = ("capability", "salience") if chosen.weights == "capability-times-salience" else ("capability",)
    outcome = np.empty((table.draws, len(table.issues)))
    stuck = np.empty(outcome.shape, dtype=np.bool_)
    for rows, issue, stakes in stakes_by_issue(table, point, table.weight(*parts), loss=chosen.loss, cost=cost):
        outcome[rows, issue] = fall_to_zero(_Slope(stakes), stakes)
        stuck[rows, issue] = stakes.stuck
    reasons, reason = reasons_of(stuck)
    method = (
        f"largest product of gains over the reference point, weighted by {' times '.join(parts)}, {chosen.loss} "
        f"losses, cost of disagreement {cost:g}"
    )
    named = variant if rules is None else None
    return Settlement(
        table.issues, outcome, "nash", named, True, method, asdict(chosen), reasons=reasons, reason=reason
    )


@dataclass(frozen=True, eq=False)
class _Slope:
    """Slope of the sum of weighted logarithms of gains: the sum of weight times marginal gain over gain."""

    stakes: Stakes

    def __call__(self, outcome: Floats) -> Floats:
        stakes = self.stakes
        marginal = stakes.position - outcome
        if stakes.loss == "linear":
            marginal = np.sign(marginal)
        total: Floats = (stakes.weight * marginal / np.maximum(stakes.gain(outcome), LEAST_GAIN)).sum(axis=1)
        return total

"""The mean of positions: the baseline that every other model has to beat."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["mean", "weighted_mean"]

Variant = Literal["unweighted", "salience", "capability"]


@model("mean", accepts=ActorTable, reference="Achen2006", variants=get_args(Variant))
def mean(table: ActorTable, *, variant: Variant = "unweighted") -> Settlement:
    """Everybody gives way equally: the mean of the positions.

    Parameters
    ----------
    table : positions in the unit of the issue.
    variant : ``unweighted``, or weighted by ``salience`` or ``capability`` alone.

    Returns
    -------
    Settlement : outcome float[draws, issues], exact.

    Raises
    ------
    ModelError : all weights are zero in some draw.
    UnknownName : no such variant.

    References
    ----------
    The baseline of Achen 2006, in Thomson et al., The European Union Decides, ch. 10.
    Checked: tests/reference/mean.yaml.
    """
    if variant not in get_args(Variant):
        raise UnknownName("mean variant", variant, get_args(Variant))
    weight = table.weight() if variant == "unweighted" else table.weight(variant)
    outcome = weighted_mean(table, weight)
    by = "without weights" if variant == "unweighted" else f"weighted by {variant}"
    return Settlement(table.issues, outcome, "mean", variant, True, f"mean of positions {by}")


def weighted_mean(table: ActorTable, weight: Floats) -> Floats:
    """Weighted mean of positions over actors.

    Parameters
    ----------
    weight : float[draws, actors, issues], at least 0, 0 for whoever does not take part.

    Returns
    -------
    float[draws, issues], never outside the positions of those who take part.

    Raises
    ------
    ModelError : all weights of a draw and issue are zero; names the first.
    """
    share = weight / nonzero_total(table, weight)[:, np.newaxis, :]
    lowest = np.where(table.takes_part, table.position, np.inf).min(axis=1)
    highest = np.where(table.takes_part, table.position, -np.inf).max(axis=1)
    settled: Floats = np.clip((share * table.asks).sum(axis=1), lowest, highest)
    return settled


def nonzero_total(table: ActorTable, weight: Floats) -> Floats:
    """Sum of weights float[draws, issues]; a zero is refused with its place."""
    total: Floats = weight.sum(axis=1)
    if not total.all():
        place = table.place(np.argwhere(total == 0)[0])
        raise ModelError(
            f"{place}: the weights of all actors are zero, so no mean or median exists. "
            "Give somebody salience and capability above 0, or use the model 'mean' without weights."
        )
    return total

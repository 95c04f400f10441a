"""The median voter, weighted by who matters and who cares."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.mean import nonzero_total
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["TIE_TOLERANCE", "median"]

Variant = Literal["midpoint", "lower", "upper"]

TIE_TOLERANCE = 1e-12
"""Share of the total weight within which a half counts as exactly one half; far above rounding error."""


@model("median", accepts=ActorTable, reference="Black1948", variants=get_args(Variant))
def median(table: ActorTable, *, variant: Variant = "midpoint") -> Settlement:
    """The position that no other beats: half the weight stands on either side of it.

    Weights are capability times salience. With single-peaked preferences, and also with votes in
    proportion to the distance gained, it is the Condorcet winner. Where the weights below a position add
    up to exactly one half, every point up to the next position ties, and the variant decides.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0.
    variant : in a tie the ``midpoint`` of the two positions, the ``lower`` or the ``upper`` one.

    Returns
    -------
    Settlement : outcome float[draws, issues], exact.

    Raises
    ------
    ModelError : capability times salience is zero for everybody in some draw.
    UnknownName : no such variant.

    References
    ----------
    Black 1948, On the rationale of group decision-making, Journal of Political Economy 56(1).
    Checked: tests/reference/median.yaml.
    """
    if variant not in get_args(Variant):
        raise UnknownName("median variant", variant, get_args(Variant))
    lower, upper = _halves(table)
    outcome = {"lower": lower, "upper": upper, "midpoint": lower + (upper - lower) / 2}[variant]
    method = f"median of positions weighted by capability times salience; ties: {variant}"
    return Settlement(table.issues, outcome, "median", variant, True, method)


def _halves(table: ActorTable) -> tuple[Floats, Floats]:
    """First position with at least half of the weight at or below it, and first with more than half."""
    weight = table.weight("capability", "salience")
    total = nonzero_total(table, weight)[:, np.newaxis, :]
    asks = table.asks
    order = np.argsort(asks, axis=1, kind="stable")
    position = np.take_along_axis(asks, order, axis=1)
    below = np.cumsum(np.take_along_axis(weight / total, order, axis=1), axis=1)
    first = (below >= 0.5 - TIE_TOLERANCE).argmax(axis=1)[:, np.newaxis, :]
    beyond = (below > 0.5 + TIE_TOLERANCE).argmax(axis=1)[:, np.newaxis, :]
    lower = np.take_along_axis(position, first, axis=1)[:, 0, :]
    upper = np.take_along_axis(position, beyond, axis=1)[:, 0, :]
    return lower, upper

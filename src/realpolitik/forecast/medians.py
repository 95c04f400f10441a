"""A contest without its uncertainty: every issue with its quantities at their medians."""

from __future__ import annotations

import numpy as np

from realpolitik.contest.contest import Contest
from realpolitik.contest.tables import PlainTable
from realpolitik.errors import ContestError, Fault
from realpolitik.forecast.draws import Floats, quantiles_of

__all__ = ["NOTE", "inputs_at_medians", "table_at_medians"]

NOTE = "Every quantity stands at its median; 'realpolitik forecast' has the uncertainty, the stages and their effects."


def inputs_at_medians(contest: Contest, home: str) -> dict[str, Floats]:
    """float[1] by address: the medians of the quantities whose address begins with ``home``."""
    quantities = {name: quantity.value for name, quantity in contest.quantities.items()}
    half = np.array([0.5])
    return {
        address: quantiles_of(found.quantity.value, half, found.bounds, quantities)
        for address, found in contest.inputs().items()
        if address.startswith(home)
    }


def table_at_medians(contest: Contest) -> PlainTable:
    """The actors of all issues in one table; whoever an issue does not list takes no part in it.

    Raises
    ------
    ContestError : the contest has no issue.
    """
    if not contest.issues:
        raise ContestError([Fault(("issues",), "the contest has no issue to bargain over. Add one, or use a table.")])
    median = {address: value.item() for address, value in inputs_at_medians(contest, "issues.").items()}
    listed = {actor for issue in contest.issues.values() for actor in issue.positions}
    actors = [actor for actor in contest.actors if actor in listed]
    columns = {
        field: np.array(
            [
                [median.get(f"issues.{issue}.positions.{actor}.{field}", np.nan) for issue in contest.issues]
                for actor in actors
            ]
        )
        for field in ("position", "salience", "capability")
    }
    stay = np.array([median.get(f"issues.{issue}.reference_point", np.nan) for issue in contest.issues])
    notes = [NOTE]
    if np.isnan(stay).any() and not np.isnan(stay).all():
        lack = ", ".join(f"'{issue}'" for issue, point in zip(contest.issues, stay, strict=True) if np.isnan(point))
        notes.append(f"No reference point for {lack}, so those of the other issues are not used.")
    return PlainTable(
        "contest folder",
        tuple(actors),
        tuple(contest.issues),
        **columns,
        low=np.array([issue.bounds.low for issue in contest.issues.values()]),
        high=np.array([issue.bounds.high for issue in contest.issues.values()]),
        reference_point=None if np.isnan(stay).any() else stay,
        notes=tuple(notes),
    )

"""The pooled forecast as a bargaining model: every draw takes one value from its distribution."""

from __future__ import annotations

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.bargaining.mean import nonzero_total
from realpolitik.models.bargaining.pooled.parameters import Parameters, shipped
from realpolitik.models.bargaining.pooled.predictive import quantiles, runs
from realpolitik.models.bargaining.pooled.situation import TOP, Situations, situations
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["COMMISSION", "PARLIAMENT", "QUANTILES", "issue_of", "pooled"]

COMMISSION, PARLIAMENT = "european-commission", "european-parliament"
"""Actors of these names have the part that the two had in the decisions learned from; without them it stays empty."""

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""What is told of the whole distribution where history is asked for."""


@model("pooled", accepts=ActorTable, reference="RanjanGneiting2010", predictive=True)
def pooled(
    table: ActorTable,
    *,
    rng: np.random.Generator | None = None,
    parameters: Parameters | None = None,
    history: bool = False,
) -> Settlement:
    """One of the positions, or the compromise with an error: a distribution learned from past decisions.

    With about even chances the outcome is a choice among the positions and the reference point, or it is the
    compromise plus an error as large as such errors were, larger where positions are spread. What makes a position
    likely to be chosen, and how large errors are, was learned from legislation of the European Union. For any other
    contest, that outcomes come about in the same way is an assumption.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0. Each issue is put on the
        scale 0 to 100 and looked at by itself; positions within one of its hundredths count as the same. The reference
        point is used where it is given, and actors called ``european-commission`` and ``european-parliament`` for what
        they are.
    rng : draws are taken with it, stratified: one from each of as many equally likely parts as there are draws.
    parameters : others than those that come with Realpolitik.

    Returns
    -------
    Settlement : outcome float[draws, issues], one value a draw, not exact. With ``history``, ``details`` hold
        ``quantiles``, float[draws, issues, 7] of the distribution at the probabilities :data:`QUANTILES`.

    Raises
    ------
    ModelError : capability times salience is zero for everybody in some draw; no ``rng``.

    References
    ----------
    Ranjan and Gneiting 2010, Combining probability forecasts, JRSS B 72(1), on mixtures and their calibration; McFadden
    1974 for the choice. Measured by ``realpolitik evaluate deu``. Checked: tests/reference/pooled.yaml.
    """
    if rng is None:
        raise ModelError("The model 'pooled' draws from a distribution: pass a seeded generator as rng.")
    learned = shipped() if parameters is None else parameters
    nonzero_total(table, table.weight("capability", "salience"))
    outcome = np.empty((table.draws, len(table.issues)))
    spread = np.empty((*outcome.shape, len(QUANTILES) if history else 0))
    for issue in range(len(table.issues)):
        low, wide = table.low[issue], table.high[issue] - table.low[issue]
        uniform = (rng.permutation(table.draws) + rng.random(table.draws)) / table.draws
        first = 0
        for run in runs(issue_of(table, issue)):
            rows = slice(first, first + len(run))
            wanted = [uniform[rows], *(np.full(len(run), share) for share in (QUANTILES if history else ()))]
            found = low + quantiles(run, learned, np.stack(wanted, axis=1)) / TOP * wide
            found = np.clip(found, low, table.high[issue])
            outcome[rows, issue], spread[rows, issue] = found[:, 0], found[:, 1:]
            first += len(run)
    method = "drawn from a choice among positions and the compromise with past errors"
    details = {"quantiles": spread} if history else {}
    return Settlement(table.issues, outcome, "pooled", None, False, method, details=details)


def issue_of(table: ActorTable, issue: int) -> Situations:
    """One issue of a table, in all draws, on the scale 0 to 100."""
    low, wide = table.low[issue], table.high[issue] - table.low[issue]

    def scaled(values: Floats) -> Floats:
        return np.asarray(np.clip((values - low) / wide, 0.0, 1.0) * TOP)

    there = np.broadcast_to(table.takes_part[:, issue], table.position.shape[:2])
    position = np.where(there, scaled(table.asks[:, :, issue]), np.nan)
    weight = table.weight("capability", "salience")[:, :, issue]
    stay = table.reference_point
    point = np.full(table.draws, np.nan) if stay is None else scaled(stay[:, issue])

    def called(name: str) -> Bools:
        return np.broadcast_to(np.array([actor == name for actor in table.actors]), there.shape)

    return situations(position, weight, point, commission=called(COMMISSION), parliament=called(PARLIAMENT))

"""Point forecasts of every bargaining model on decisions with known outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from realpolitik.errors import ContestError, ModelError
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.pooled import Past, situations
from realpolitik.models.bargaining.pooled.situation import HALF, TOP
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.record.capabilities import COMMISSION, PARLIAMENT, capabilities
from realpolitik.record.deu import Decision
from realpolitik.registry import models

__all__ = ["CONSTANT", "UNWEIGHTED_MEDIAN", "Points", "as_past", "asked", "point_forecasts", "table_of"]

CONSTANT, UNWEIGHTED_MEDIAN = "constant-50", "unweighted-median"
"""Forecasts that are no registered model."""

SEED = 1
"""For models that draw lots."""


@dataclass(frozen=True, eq=False)
class Points:
    """What one model says of every issue."""

    name: str
    value: Floats
    """float[n] on the scale 0 to 100; NaN where the model does not apply."""

    refusal: str = ""
    """Why it does not apply, where it first did not."""


def table_of(decision: Decision, table: str) -> ActorTable:
    """One issue as bargaining models read it.

    Parameters
    ----------
    table : name of the capability table.
    """
    weight = capabilities(table, decision.position, decision.year)
    actors = tuple(decision.position)
    columns = (decision.position, {actor: decision.salience[actor] / TOP for actor in actors}, weight)
    position, salience, capability = (
        np.array([[[values[actor]] for actor in actors]], dtype=np.float64) for values in columns
    )
    everybody = np.ones((len(actors), 1), dtype=bool)
    stay = None if decision.stay is None else np.array([[decision.stay]])
    return ActorTable(actors, ("issue",), position, salience, capability, np.zeros(1), np.full(1, TOP), everybody, stay)


def asked() -> tuple[str, ...]:
    """Names of the forecasts, simple ones first; those models that have an own distribution are not among them."""
    registered = [name for name in models.names(accepts=ActorTable) if not models.get(name).about.get("predictive")]
    simple = ("mean", "compromise", "median")
    rest = [name for name in registered if name not in simple]
    return (CONSTANT, "mean", UNWEIGHTED_MEDIAN, "compromise", "median", *rest)


def point_forecasts(name: str, tables: Sequence[ActorTable], step: Callable[[int], None]) -> Points:
    """Ask one model about every issue, in its first variant; ``step`` is called with how many issues are done.

    Issues with equally many actors are put on top of each other as draws of one table, which is faster; where the model
    refuses that table, it is asked issue by issue.
    """
    alike: dict[tuple[int, bool], list[int]] = {}
    for index, table in enumerate(tables):
        alike.setdefault((len(table.actors), table.reference_point is None), []).append(index)
    value = np.full(len(tables), np.nan)
    refusal = ""
    for places in alike.values():
        try:
            value[places] = _settled(name, _stacked([tables[place] for place in places]))
        except (ModelError, ContestError) as error:
            refusal = refusal or str(error)
            for place in places:
                with suppress(ModelError, ContestError):
                    value[place] = _settled(name, tables[place])[0]
        step(len(places))
    return Points(name, value, refusal)


def _stacked(tables: Sequence[ActorTable]) -> ActorTable:
    """Issues with equally many actors as draws of one; the names of actors are those of the first, and mean nothing."""
    first = tables[0]
    parts: dict[str, Any] = {
        part: np.concatenate([getattr(table, part) for table in tables])
        for part in ("position", "salience", "capability", "reference_point")
        if getattr(first, part) is not None
    }
    return replace(first, **parts)


def _settled(name: str, table: ActorTable) -> Floats:
    if name == CONSTANT:
        return np.full(table.draws, HALF)
    if name == UNWEIGHTED_MEDIAN:
        return np.asarray(np.median(table.position[:, :, 0], axis=1))
    settled: Floats = models.get(name)(table, rng=np.random.default_rng(SEED)).outcome[:, 0]
    return settled


def as_past(found: Sequence[Decision], table: str) -> Past:
    """Decisions as the pooled forecast learns from them."""
    widest = max(len(one.position) for one in found)
    shape = (len(found), widest)
    position, weight = np.full(shape, np.nan), np.zeros(shape)
    commission, parliament = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, one in enumerate(found):
        capability = capabilities(table, one.position, one.year)
        for column, (actor, stands) in enumerate(one.position.items()):
            position[row, column] = stands
            weight[row, column] = capability[actor] * one.salience[actor]
            commission[row, column] = actor == COMMISSION
            parliament[row, column] = actor == PARLIAMENT
    stay = np.array([np.nan if one.stay is None else one.stay for one in found])
    weight[weight.sum(axis=1) == 0] = 1.0
    outcome = np.array([one.outcome for one in found])
    cluster = np.unique([one.dossier for one in found], return_inverse=True)[1].astype(np.int64)
    return Past(situations(position, weight, stay, commission=commission, parliament=parliament), outcome, cluster)

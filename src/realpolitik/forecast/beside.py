"""Other models on the same draws, and one bargain worked through round by round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from realpolitik.contest.pathway import issues_of
from realpolitik.contest.stages import DEFAULT_MODELS
from realpolitik.errors import ModelError
from realpolitik.forecast.draws import Chunk, stream
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import inputs_at
from realpolitik.forecast.views import actor_table
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import Entry, models

__all__ = ["Beside", "at_the_medians", "first_variant", "side_by_side"]

SAMPLE = 100
"""Draws on which every model is asked; the forecast itself uses all."""

TAILS = (0.05, 0.95)
"""Ends of the 90 % interval."""


@dataclass(frozen=True)
class Beside:
    """What one model says of a bargain, without model error, in the unit of the issue."""

    model: str
    variant: str | None
    draws: int
    """Draws on which it was asked."""

    mean: float
    standard_error: float
    low: float
    high: float
    """90 % interval over the draws."""

    at_rest: float | None
    """Share of draws in which its rounds came to rest; None for a model without rounds."""

    refusal: str | None = None
    """Why it does not apply; the numbers are NaN then."""


def first_variant(model: str) -> str | None:
    """The variant that a model takes by itself; None if it has none."""
    return next(iter(models.get(model).about["variants"]), None)


def side_by_side(forecast: Forecast, stage: str, issue: str) -> list[Beside]:
    """Every bargaining model, each in its first variant and the stage's own model in its own.

    Parameters
    ----------
    stage : a bargain that takes place in some draw.
    issue : one of those that it settles.

    Returns
    -------
    list of Beside : in alphabetical order, over the first draws in which the bargain takes place.
    """
    happened = np.flatnonzero(forecast.truth(f"{stage}.happened"))[:SAMPLE]
    table = _rows(_table(forecast, stage), happened)
    place = table.issues.index(issue)
    return [_beside(forecast, stage, table, place, *chosen) for chosen in _chosen(forecast, stage)]


def at_the_medians(forecast: Forecast, stage: str) -> Settlement | None:
    """The stage's own model, worked through with every input at its median over the draws of the bargain.

    Returns
    -------
    Settlement of one draw with rounds and moves; None if the model does not apply there.
    """
    happened = np.flatnonzero(forecast.truth(f"{stage}.happened"))
    whole = _rows(_table(forecast, stage), happened)
    parts = {
        part: np.median(getattr(whole, part), axis=0, keepdims=True) for part in ("position", "salience", "capability")
    }
    stay = whole.reference_point
    middle = None if stay is None else np.median(stay, axis=0, keepdims=True)
    name, variant = _own(forecast, stage)
    try:
        return _ask(forecast, stage, replace(whole, **parts, reference_point=middle), models.get(name), variant, True)
    except ModelError:
        return None


def _own(forecast: Forecast, stage: str) -> tuple[str, str | None]:
    noun = forecast.contest.pathway[stage]
    return noun.model or DEFAULT_MODELS[noun.kind], noun.variant


def _chosen(forecast: Forecast, stage: str) -> Iterator[tuple[str, str | None]]:
    own, variant = _own(forecast, stage)
    for name in models.names(accepts=ActorTable):
        first = first_variant(name)
        yield name, first
        if name == own and variant not in (None, first):
            yield name, variant


def _table(forecast: Forecast, stage: str) -> ActorTable:
    issues = issues_of(forecast.contest.pathway[stage])
    return actor_table(forecast.contest, issues, inputs_at(forecast, stage))


def _rows(table: ActorTable, draws: np.ndarray[tuple[int], np.dtype[np.intp]]) -> ActorTable:
    stay = table.reference_point
    return replace(
        table,
        position=table.position[draws],
        salience=table.salience[draws],
        capability=table.capability[draws],
        reference_point=None if stay is None else stay[draws],
    )


def _ask(
    forecast: Forecast, stage: str, table: ActorTable, entry: Entry, variant: str | None, history: bool
) -> Settlement:
    rng = stream(int(forecast.manifest["seed"]), Chunk(0, table.draws), f"beside {stage} {entry.name}")
    options = {} if variant is None else {"variant": variant}
    found: Settlement = entry(table, rng=rng, history=history, **options)
    return found


def _beside(forecast: Forecast, stage: str, table: ActorTable, place: int, name: str, variant: str | None) -> Beside:
    try:
        settled = _ask(forecast, stage, table, models.get(name), variant, False)
    except ModelError as error:
        nothing = float("nan")
        return Beside(name, variant, table.draws, nothing, nothing, nothing, nothing, None, str(error))
    values = settled.outcome[:, place]
    low, high = np.quantile(values, TAILS)
    rest = None if settled.converged is None else float(settled.converged.mean())
    error_of_mean = float(values.std() / np.sqrt(len(values)))
    return Beside(name, variant, table.draws, float(values.mean()), error_of_mean, float(low), float(high), rest)

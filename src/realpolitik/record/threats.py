"""How well threats could be forecast out of time: base rate and logit of the past, scored on what came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from realpolitik.errors import ContestError, Fault
from realpolitik.models.arrays import Bools, Floats
from realpolitik.record.intervals import Mean, clustered_mean
from realpolitik.record.logit import chances, fit
from realpolitik.record.probabilities import Murphy, brier, log_score, murphy
from realpolitik.record.ties import CODES, Case, Cases, cases

__all__ = ["EVENTS", "LAST_YEAR", "Part", "Score", "Threats", "as_json", "threats"]

LAST_YEAR = 1989
"""Cases that began up to it are learned from, later ones are forecast."""

UNITED_STATES = 2

BINS = 10
"""Classes in which logit forecasts are grouped for the decomposition of their Brier score."""

EVENTS = ("imposition", "acquiescence", "acquiescence or settlement")

GAVE_IN, SETTLED = (1, 2, 6, 7), (1, 2, 5, 6, 7, 10)
"""Final outcomes in which the target gives in partly or fully; the same or a negotiated settlement."""


@dataclass(frozen=True)
class Score:
    """How one forecast did."""

    brier: float
    log: float
    """Mean logarithmic score, in nats."""

    parts: Murphy
    """Of the Brier score, forecasts in ten classes."""


@dataclass(frozen=True)
class Part:
    """One event on one set of later cases."""

    event: str
    without_article_98: bool
    n: int
    frequency: float
    """Share of these cases in which the event came."""

    base_rate: float
    """The same among the earlier cases: the forecast to beat."""

    scores: Mapping[str, Score]
    """By forecast: ``base-rate`` and ``logit``."""

    logit_minus_base: Mean
    """Brier; 95 % interval, clustered by sender and target."""


@dataclass(frozen=True)
class Threats:
    """Everything that was measured."""

    data: Cases
    learned_from: int
    """Cases up to :data:`LAST_YEAR`."""

    parts: tuple[Part, ...]


def threats(path: Path) -> Threats:
    """Learn from threats up to 1989, forecast the later ones, and score.

    Parameters
    ----------
    path : a file of the form of TIES.

    Raises
    ------
    StorageError, ContestError : the file cannot be read, is faulty, or has no cases on one side of the divide.
    """
    data = cases(path)
    found = data.threats
    early = np.array([case.year <= LAST_YEAR for case in found], dtype=bool)
    if not early.any() or early.all():
        text = f"{int(early.sum())} threats with an outcome began up to {LAST_YEAR} and {int((~early).sum())} later."
        raise ContestError([Fault((), f"{text} Both are needed.", str(path))])
    columns = _columns(found, early)
    special = np.array([case.article_98 for case in found], dtype=bool)
    parts = []
    for event in EVENTS:
        came = np.array([_came(case, event) for case in found], dtype=np.float64)
        base = float(came[early].mean())
        logit = chances(columns, fit(columns[early], came[early]))
        parts += [
            _part(event, without, ~early & ~(special & without), found, came, base, logit) for without in (False, True)
        ]
    return Threats(data, int(early.sum()), tuple(part for part in parts if part is not None))


def _came(case: Case, event: str) -> bool:
    if event == "imposition":
        return case.imposed
    return case.outcome in (GAVE_IN if event == "acquiescence" else SETTLED)


def _columns(found: Sequence[Case], early: Bools) -> Floats:
    """Intercept, a column for every value that the early cases have of a code, and whether the United States sends."""
    columns = [np.ones(len(found))]
    for code in CODES:
        values = np.array(
            [np.nan if case.codes[code] is None else case.codes[code] for case in found], dtype=np.float64
        )
        columns += [(values == kind).astype(np.float64) for kind in np.unique(values[~np.isnan(values) & early])]
    columns.append(np.array([case.sender == UNITED_STATES for case in found], dtype=np.float64))
    return np.stack(columns, axis=1)


def _part(
    event: str, without: bool, chosen: Bools, found: Sequence[Case], came: Floats, base: float, logit: Floats
) -> Part | None:
    if not chosen.any():
        return None
    forecasts = {"base-rate": np.full(int(chosen.sum()), base), "logit": logit[chosen]}
    happened = came[chosen]
    scores = {
        name: Score(float(brier(p, happened).mean()), float(log_score(p, happened).mean()), murphy(p, happened, BINS))
        for name, p in forecasts.items()
    }
    pairs = [f"{case.sender} {case.target}" for case, kept in zip(found, chosen, strict=True) if kept]
    difference = brier(forecasts["logit"], happened) - brier(forecasts["base-rate"], happened)
    many, share = int(chosen.sum()), float(happened.mean())
    return Part(event, without, many, share, base, scores, clustered_mean(difference, pairs))


def as_json(found: Threats) -> dict[str, Any]:
    """A backtest as plain data."""
    data = found.data
    left = {"without_threat": data.without_threat, "without_outcome": data.without_outcome}
    events: dict[str, dict[str, Any]] = {}
    for part in found.parts:
        side = "without_article_98" if part.without_article_98 else "all"
        events.setdefault(part.event, {})[side] = {
            "n": part.n,
            "frequency": part.frequency,
            "train_base_rate": part.base_rate,
            **{
                name: {
                    "brier": score.brier,
                    "log": score.log,
                    "reliability": score.parts.reliability,
                    "resolution": score.parts.resolution,
                }
                for name, score in part.scores.items()
            },
            "logit_minus_base_rate": {
                "mean": part.logit_minus_base.mean,
                "low": part.logit_minus_base.low,
                "high": part.logit_minus_base.high,
            },
        }
    counted = {"rows": data.rows, "left_out": left, "n_train": found.learned_from, "last_year_of_training": LAST_YEAR}
    return {**counted, "events": events}

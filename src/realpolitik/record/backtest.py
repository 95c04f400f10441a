"""How well models would have forecast decisions whose outcome is known, each dossier from all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.bargaining.pooled import Parameters, Past, learn, predict
from realpolitik.models.bargaining.pooled.situation import FEATURES, LEAST_MASS, TOP
from realpolitik.record import distributions
from realpolitik.record.deu import Decisions, decisions
from realpolitik.record.intervals import Mean, clustered_mean
from realpolitik.record.positions import Points, as_past, asked, point_forecasts, table_of

__all__ = ["POOLED", "YARDSTICK", "Backtest", "Group", "Scored", "backtest", "learned"]

POOLED, YARDSTICK = "pooled", "compromise"

Progress = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class Scored:
    """A forecast of every issue that its model answers, and how it did there."""

    name: str
    answers: Bools
    """bool[n]: whether the model applies to the issue."""

    refusal: str
    """Why not, where it first did not."""

    point: Floats
    """float[n]: what it says in one number, for the pooled forecast its median; NaN where it does not apply."""

    crps: Floats
    """float[n], in points of the scale 0 to 100; NaN where it does not apply."""

    below: Floats
    """float[n]: probability that its distribution gives to less than the outcome."""

    upto: Floats
    """float[n]: the same including the outcome."""


@dataclass(frozen=True, eq=False)
class Group:
    """Issues of one kind."""

    label: str
    """How the issues were divided, e.g. ``decision rule``."""

    name: str
    chosen: Bools
    """bool[n]."""


@dataclass(frozen=True, eq=False)
class Backtest:
    """Everything that was measured."""

    data: Decisions
    capabilities: str
    """Name of the capability table."""

    outcome: Floats
    """float[n], 0 to 100."""

    models: Mapping[str, Scored]
    refused: Mapping[str, str]
    """Models that answer no issue, and why."""

    groups: tuple[Group, ...]
    parameters: Parameters
    """Learned from all issues of the file, or those that were given."""

    refitted: bool
    """Whether the pooled forecast was learned anew without each dossier; if not, the given parameters were scored."""

    @property
    def dossiers(self) -> list[str]:
        """By issue."""
        return [one.dossier for one in self.data.issues]

    @property
    def in_sample(self) -> bool:
        """Whether given parameters were learned from these very bytes."""
        return not self.refitted and self.parameters.learned_from.get("sha256") == self.data.sha256

    def against(self, name: str, chosen: Bools | None = None) -> Mean:
        """CRPS of a model minus that of the compromise, on the issues that both answer; interval by dossier."""
        one, other = self.models[name], self.models[YARDSTICK]
        both = one.answers & other.answers if chosen is None else one.answers & other.answers & chosen
        return clustered_mean((one.crps - other.crps)[both], np.array(self.dossiers)[both].tolist())


def backtest(
    path: Path, *, table: str = "council", given: Parameters | None = None, progress: Progress = lambda _: None
) -> Backtest:
    """Forecast every issue of a file from the other dossiers, with every model, and score it.

    Parameters
    ----------
    path : a file of the form of DEU.
    table : name of the capability table.
    given : parameters of the pooled forecast to score instead of learning them without each dossier.
    progress : called with the share that was done since the last call; the shares sum to 1.

    Raises
    ------
    StorageError, ContestError : the file cannot be read or is faulty.
    UnknownName : no such capability table.
    """
    data = decisions(path)
    tables = [table_of(one, table) for one in data.issues]
    past = as_past(data.issues, table)
    names = asked()
    step = 1 / (len(names) + 1)
    scored: dict[str, Scored] = {}
    refused: dict[str, str] = {}
    for name in names:
        points = point_forecasts(name, tables, lambda done: progress(step * done / len(tables)))
        if np.isnan(points.value).all():
            refused[name] = points.refusal
        else:
            scored[name] = _with_residuals(points, past)
    scored[POOLED], parameters = _pooled(past, given, lambda share: progress(step * share))
    return Backtest(data, table, past.outcome, scored, refused, _groups(data, past), parameters, given is None)


def learned(data: Decisions, table: str, command: str) -> Parameters:
    """Parameters of the pooled forecast from all issues of a file, with where they come from."""
    about = {
        "decisions": "legislation of the European Union",
        "data": "of the form of DEU: Arregui and Perarnaud, doi:10.34810/data53, CC BY 4.0",
        "sha256": data.sha256,
        "issues": len(data.issues),
        "dossiers": len({one.dossier for one in data.issues}),
        "capabilities": table,
        "command": command,
    }
    return replace(learn(as_past(data.issues, table)), learned_from=about)


def _with_residuals(points: Points, past: Past) -> Scored:
    """A point forecast with its errors in the other dossiers around it, cut at the ends of the scale."""
    answers = ~np.isnan(points.value)
    error = past.outcome - points.value
    crps, below, upto = (np.full(len(past), np.nan) for _ in range(3))
    for cluster in np.unique(past.cluster[answers]):
        mine = answers & (past.cluster == cluster)
        others = np.sort(error[answers & (past.cluster != cluster)])
        if not len(others):
            continue
        value = np.clip(points.value[mine][:, np.newaxis] + others, 0.0, TOP)
        weight = np.full(value.shape, 1 / len(others))
        crps[mine] = distributions.crps(value, weight, past.outcome[mine])
        below[mine], upto[mine] = distributions.pit(value, weight, past.outcome[mine])
    answers = answers & ~np.isnan(crps)
    return Scored(points.name, answers, points.refusal, points.value, crps, below, upto)


def _pooled(past: Past, given: Parameters | None, progress: Progress) -> tuple[Scored, Parameters]:
    found = given or learn(past)
    clusters = np.unique(past.cluster)
    point, crps, below, upto = (np.full(len(past), np.nan) for _ in range(4))
    for cluster in clusters:
        mine = past.cluster == cluster
        parameters = given or learn(past.rows(~mine))
        said = predict(past.situations.rows(mine), parameters)
        point[mine] = distributions.quantile(said.value, said.weight, 0.5)
        crps[mine] = distributions.crps(said.value, said.weight, past.outcome[mine])
        below[mine], upto[mine] = distributions.pit(said.value, said.weight, past.outcome[mine])
        progress(1 / len(clusters))
    everywhere = np.ones(len(past), dtype=bool)
    return Scored(POOLED, everywhere, "", point, crps, below, upto), found


def _groups(data: Decisions, past: Past) -> tuple[Group, ...]:
    """Issues by decision rule, procedure, and polarisation: how far positions are spread, in thirds of the file."""
    unanimity, codecision = (
        np.array([getattr(one, key) for one in data.issues], dtype=bool) for key in ("unanimity", "codecision")
    )
    spread = past.situations.spread
    low, high = (float(np.quantile(spread, share)) for share in (1 / 3, 2 / 3))
    extreme = _only_the_ends(past)
    found = (
        Group("decision rule", "qualified majority", ~unanimity),
        Group("decision rule", "unanimity", unanimity),
        Group("procedure", "codecision", codecision),
        Group("procedure", "consultation", ~codecision),
        Group("polarisation", f"spread below {low:.0f}", spread < low),
        Group("polarisation", f"spread {low:.0f} to {high:.0f}", (spread >= low) & (spread < high)),
        Group("polarisation", f"spread {high:.0f} or more", spread >= high),
        Group("positions", "only 0 and 100", extreme),
        Group("positions", "others too", ~extreme),
    )
    return tuple(group for group in found if group.chosen.any())


def _only_the_ends(past: Past) -> Bools:
    found = past.situations
    taken = found.stands & (found.feature[:, :, FEATURES.index("mass")] > np.log(LEAST_MASS))
    return np.asarray(~(taken & (found.point > 0) & (found.point < TOP)).any(axis=1))

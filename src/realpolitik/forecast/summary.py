"""What a forecast says, in numbers with their errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.pathway import issues_of, result_of
from realpolitik.forecast import records
from realpolitik.forecast.draws import Chunk, Floats
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.views import ballot, recorded_vote
from realpolitik.forecast.walk import YARDSTICKS, Walk
from realpolitik.models.voting.pivotal import WalkOut, walk_out

__all__ = [
    "Decider",
    "Hinge",
    "Probability",
    "Settled",
    "as_json",
    "bloc_votes",
    "deciders",
    "hinges",
    "inputs_at",
    "outcomes",
    "settlements",
    "share",
    "share_of_stage",
    "spread",
    "stages",
    "walk_outs",
    "words",
]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of every settlement."""

REPEATED = ("moved", "happened", "passed", "quorate", "imposed", "threatened")
"""Results of a stage that say again what another one says, or follow from it."""

CHANCE = 0.05
"""Probability that any difference in a whole list of hinges is told from chance by mistake."""

FEWEST = 30
"""Draws that a conditional share needs before it is shown."""

WORDS = (
    (0.01, "practically excluded"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (0.99, "almost certain"),
    (1.01, "practically certain"),
)
"""Upper ends of the ranges of the probability words of ICD 203; the first and the last are ours."""


@dataclass(frozen=True)
class Probability:
    """A share of draws."""

    name: str
    """What it is the probability of."""

    probability: float
    """Share of draws, 0 to 1."""

    standard_error: float
    """Of sampling alone: sqrt(p (1 - p) / draws). Stratified draws make it an upper bound."""

    draws: int
    """Number of draws that it is a share of."""

    @property
    def words(self) -> str:
        """The probability in words, after ICD 203."""
        return words(self.probability)


@dataclass(frozen=True)
class Settled:
    """Where a bargain ends, in the unit of the issue, over the draws in which it took place."""

    stage: str
    issue: str
    result: str
    """Its name in guards and before the slash of details: that of the stage, or ``stage.issue``."""

    draws: int
    mean: float
    standard_error: float
    quantiles: dict[str, float]
    models: dict[str, float]
    """Mean settlement of the simple models on the same draws, without the model error."""

    quantile_error: float | None = None
    """How far a quantile may lie from that of all draws; None: not at all, they are all held."""


@dataclass(frozen=True)
class Decider:
    """How much of a stage hangs on one actor or bloc."""

    stage: str
    who: str
    """Bloc of the chamber, or actor of the issue."""

    effect: float
    """Chamber: share of draws in which the result changes if it stays home. Bargain: mean shift of the compromise
    that its presence makes, in the unit of the issue. Judgement and choice: 1, it decides."""

    kind: str
    """``stays home``, ``moves the settlement``, ``decides``."""

    issue: str | None = None
    """Which settlement it moves."""


@dataclass(frozen=True)
class Hinge:
    """How an outcome moves with one uncertain input or event."""

    name: str
    """Address of the quantity, or name of the event."""

    outcome: str
    low: float
    """Probability of the outcome in the lowest third of the quantity's draws, or where the event fails."""

    high: float
    """The same in the highest third, or where the event holds."""

    standard_error: float
    """Of the difference."""

    evidence: tuple[str, ...] = ()
    """Claims behind the quantity; empty means judgement."""

    beyond_chance: bool = True
    """Whether sampling alone would hardly make so large a difference anywhere in the whole list: 5 % for all
    differences that were looked at together (Bonferroni)."""

    @property
    def difference(self) -> float:
        """high minus low."""
        return self.high - self.low


def words(probability: float) -> str:
    """Say a probability in the words of ICD 203.

    Examples
    --------
    >>> words(0.07), words(0.5), words(0.0)
    ('very unlikely', 'roughly even chance', 'practically excluded')
    """
    return next(word for limit, word in WORDS if probability < limit)


def share(name: str, holds: int, draws: int) -> Probability:
    """A share of draws with its standard error; none of none is 0."""
    count = max(draws, 1)
    p = holds / count
    return Probability(name, p, float(np.sqrt(p * (1 - p) / count)), draws)


def share_of_stage(forecast: Forecast, stage: str, result: str) -> Probability:
    """How often a truth of a stage holds, where the stage takes place."""
    key = f"{stage}.{result}" if result else stage
    return share(result, forecast.tally.times(key), forecast.tally.times(f"{stage}.happened"))


def outcomes(forecast: Forecast) -> list[Probability]:
    """Probability of every outcome, in the order of the contest."""
    counts = forecast.tally.counts["outcome"].tolist()
    return [share(name, held, forecast.drawn) for name, held in zip(forecast.contest.outcomes, counts, strict=True)]


def stages(forecast: Forecast) -> dict[str, dict[str, Any]]:
    """What happens at each stage: how often it takes place, and its results over those draws."""
    return {name: _stage(forecast, name) for name in forecast.contest.stage_order()}


def _stage(forecast: Forecast, name: str) -> dict[str, Any]:
    stage = forecast.contest.pathway[name]
    happened = forecast.tally.times(f"{name}.happened")
    taken = share("happened", happened, forecast.drawn)
    found: dict[str, Any] = {"kind": stage.kind, "happened": _plain(taken), "results": {}}
    for key, kind in forecast.contest.results(stage).items():
        if key == "happened" or (not key and stage.kind in ("chamber", "threat")):
            continue
        label = key or {"truth": "happens", "number": "settlement"}[kind]
        if kind == "truth":
            found["results"][label] = _plain(share_of_stage(forecast, name, key))
        elif happened:
            number = f"{name}.{key}" if key else name
            quantiles, error = _quantiles(forecast, number, name)
            found["results"][label] = {"mean": forecast.tally.mean(number, forecast.grid, happened)}
            found["results"][label] |= {"quantiles": quantiles} | _error(error)
    if stage.base_rate is not None:
        found["base_rate"] = stage.base_rate.model_dump()
    if records.of_sanctions(forecast.contest, name):
        found["record"] = records.as_plain()
    return found


def _plain(found: Probability) -> dict[str, Any]:
    return {"probability": found.probability, "standard_error": found.standard_error, "draws": found.draws}


def _quantiles(forecast: Forecast, name: str, stage: str) -> tuple[dict[str, float], float | None]:
    found, error = _at(forecast, name, stage, QUANTILES)
    return dict(zip(map(str, QUANTILES), found, strict=True)), error


def _at(forecast: Forecast, name: str, stage: str, levels: tuple[float, ...]) -> tuple[list[float], float | None]:
    """Quantiles of a number where its stage takes place; exact, without error, where all draws are held."""
    if forecast.counted is not None:
        return forecast.tally.quantiles(name, levels, forecast.grid.edges[name])
    values = forecast.worlds.results[name][forecast.truth(f"{stage}.happened")]
    return np.quantile(values, levels).tolist(), None


def _error(error: float | None) -> dict[str, float]:
    return {} if error is None else {"quantile_error": error}


def settlements(forecast: Forecast) -> list[Settled]:
    """Every bargain that took place in some draw."""
    found = []
    for name, stage in forecast.contest.pathway.items():
        happened = forecast.tally.times(f"{name}.happened")
        for issue in issues_of(stage) if happened else ():
            home = result_of(name, stage, issue)
            beside = (forecast.tally.sums[f"beside {home}"] / happened).tolist()
            mean = forecast.tally.mean(home, forecast.grid, happened)
            error = forecast.tally.deviation(home, happened) / happened**0.5
            quantiles, bound = _quantiles(forecast, home, name)
            models = dict(zip(YARDSTICKS, beside, strict=True))
            found.append(Settled(name, issue, home, happened, mean, error, quantiles, models, bound))
    return found


def deciders(forecast: Forecast) -> list[Decider]:
    """Who decides each stage, the strongest first within a stage."""
    return [found for name in forecast.contest.stage_order() for found in _deciders(forecast, name)]


def _deciders(forecast: Forecast, name: str) -> Iterator[Decider]:
    stage, tally = forecast.contest.pathway[name], forecast.tally
    happened = tally.times(f"{name}.happened")
    rows: list[Decider] = []
    if not happened:
        return
    if f"home {name}" in tally.counts and stage.chamber is not None:
        shares = tally.counts[f"home {name}"] / happened
        blocs = forecast.contest.chambers[stage.chamber].blocs
        rows = [Decider(name, who, float(p), "stays home") for who, p in zip(blocs, shares, strict=True)]
    elif stage.bargain is not None:
        for issue in issues_of(stage):
            shifts = tally.sums[f"pull {result_of(name, stage, issue)}"] / happened
            actors = forecast.contest.issues[issue].positions
            rows += [
                Decider(name, who, float(shift), "moves the settlement", issue)
                for who, shift in zip(actors, shifts, strict=True)
            ]
    elif stage.by is not None:
        rows = [Decider(name, stage.by, 1.0, "decides")]
    yield from sorted(rows, key=lambda row: -abs(row.effect))


def walk_outs(forecast: Forecast) -> dict[str, WalkOut]:
    """For each recorded vote that found a quorum, what it would have taken to break it."""
    found = {}
    for name, stage in forecast.contest.pathway.items():
        if stage.recorded is not None and forecast.contest.chambers[str(stage.chamber)].quorum is not None:
            broken = walk_out(recorded_vote(forecast.contest, str(stage.chamber), stage.recorded))
            if broken.members[0] > 0:
                found[name] = broken
    return found


def hinges(forecast: Forecast) -> list[Hinge]:
    """What every outcome hangs on: each uncertain quantity and each event, the strongest first."""
    found = [*_quantity_hinges(forecast), *_event_hinges(forecast)]
    limit = NormalDist().inv_cdf(1 - CHANCE / 2 / max(len(found), 1))
    judged = [replace(hinge, beyond_chance=abs(hinge.difference) > limit * hinge.standard_error) for hinge in found]
    return sorted(judged, key=lambda hinge: (not hinge.beyond_chance, -abs(hinge.difference)))


def _quantity_hinges(forecast: Forecast) -> Iterator[Hinge]:
    inputs = forecast.contest.inputs()
    for address in forecast.grid.thirds:
        low, high = forecast.tally.counts[f"third {address}"]
        yield from _difference(forecast, address, low, high, inputs[address].evidence)


def _event_hinges(forecast: Forecast) -> Iterator[Hinge]:
    for name, stage in forecast.contest.pathway.items():
        for key, kind in forecast.contest.results(stage).items():
            full = f"{name}.{key}" if key else name
            if kind == "truth" and key not in REPEATED:
                holds = forecast.tally.counts[f"truth {full}"]
                yield from _difference(forecast, full, forecast.tally.counts["outcome"] - holds, holds, stage.evidence)


def _difference(
    forecast: Forecast, name: str, low: NDArray[np.int64], high: NDArray[np.int64], evidence: tuple[str, ...]
) -> Iterator[Hinge]:
    """Differences of every outcome between two sides; ``low`` and ``high``: draws by outcome."""
    if low.sum() < FEWEST or high.sum() < FEWEST:
        return
    counts = (low, high)
    p, q = (count / count.sum() for count in counts)
    error = np.sqrt(p * (1 - p) / counts[0].sum() + q * (1 - q) / counts[1].sum())
    for index, outcome in enumerate(forecast.contest.outcomes):
        yield Hinge(name, outcome, float(p[index]), float(q[index]), float(error[index]), evidence)


def as_json(forecast: Forecast) -> dict[str, Any]:
    """The forecast as plain data, the same for the same contest and seed."""
    contest = forecast.contest
    rows = [
        {"name": row.name, "probability": row.probability, "standard_error": row.standard_error}
        for row in outcomes(forecast)
    ]
    issues = {
        found.issue: {
            "mean": found.mean,
            "standard_error": found.standard_error,
            "draws": found.draws,
            "quantiles": found.quantiles,
            "models": found.models,
            **_error(found.quantile_error),
        }
        for found in settlements(forecast)
    }
    return {
        "contest": contest.contest,
        "as_of": contest.as_of.isoformat(),
        "horizon": contest.horizon.isoformat(),
        "draws": forecast.drawn,
        "seed": forecast.manifest["seed"],
        "outcomes": rows,
        "stages": stages(forecast),
        "issues": issues,
        "manifest": forecast.manifest,
    }


def spread(forecast: Forecast, name: str) -> tuple[float, float, float]:
    """5 %, 50 % and 95 % quantiles of a number, over the draws in which it exists; NaN if there is none.

    Parameters
    ----------
    name : as guards write it: ``settlement``, ``law.present``.
    """
    stage = name.partition(".")[0]
    if not forecast.tally.times(f"{stage}.happened"):
        return float("nan"), float("nan"), float("nan")
    low, middle, high = _at(forecast, name, stage, (0.05, 0.5, 0.95))[0]
    return low, middle, high


def inputs_at(forecast: Forecast, name: str) -> dict[str, Floats]:
    """Inputs as a stage found them: after its own effects and those of the stages before it.

    Parameters
    ----------
    name : of a stage.

    Returns
    -------
    dict : float[draws] by address.
    """
    worlds = forecast.worlds
    path = Walk(forecast.contest, 0, Chunk(0, forecast.draws), dict(worlds.inputs), worlds)
    for earlier in forecast.contest.stage_order():
        path.change(earlier, forecast.contest.pathway[earlier], forecast.truth(f"{earlier}.happened"))
        if earlier == name:
            break
    return path.inputs


def bloc_votes(forecast: Forecast, name: str) -> Floats:
    """Members of each bloc who are expected to vote yes, to abstain, to vote no, and to be absent.

    Parameters
    ----------
    name : of a chamber's stage that is not recorded and takes place in some draw.

    Returns
    -------
    float[blocs, 4]: means over the draws in which the stage takes place.
    """
    chamber = str(forecast.contest.pathway[name].chamber)
    happened = forecast.truth(f"{name}.happened")
    table = ballot(forecast.contest, chamber, inputs_at(forecast, name))
    present = forecast.worlds.details[f"{name}/present"]
    yes, no = present * table.yes, present * table.no
    columns = (yes, present - yes - no, no, table.seats - present)
    return np.stack([column[happened].mean(axis=0) for column in columns], axis=1)

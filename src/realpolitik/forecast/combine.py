"""Several analysts' versions of one contest as one forecast, with a crowd or a base rate beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from realpolitik.errors import ContestError, Fault, UnknownName
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast, alike
from realpolitik.forecast.opinions import above_zero, linear_pool, log_pool, neyman_roughgarden
from realpolitik.forecast.settled_together import Settlement, settlements

__all__ = ["BASE_RATE", "Combination", "Pool", "Voice", "as_json", "combine"]

BASE_RATE = "base rate"
"""Name of the base rate among the voices; it weighs nothing unless it is given a weight."""

MOST_WEIGHT = 1e6
"""Of a voice; only ratios count."""

SLACK = 0.011
"""How far stated probabilities may be off one in sum, since people round."""

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Voice:
    """One forecast or opinion."""

    name: str
    weight: float
    probabilities: tuple[float, ...]
    """In the order of the outcomes."""

    drawn: bool
    """Whether it is a forecast of a contest; else it was stated."""


@dataclass(frozen=True)
class Pool:
    """All voices as one."""

    method: str
    """``linear``, ``log odds``, ``extremised``."""

    extremity: float
    """Factor on the log odds; 1 where nothing is extremised."""

    probabilities: tuple[float, ...]
    standard_errors: tuple[float, ...]
    """Of the sampling of the contests alone."""


@dataclass(frozen=True)
class Combination:
    """What several people say together."""

    outcomes: tuple[str, ...]
    voices: tuple[Voice, ...]
    pools: tuple[Pool, ...]
    base: tuple[float, ...] | None
    """What extremising draws away from; None: equal shares."""

    settlements: tuple[Settlement, ...]
    draws: int
    seed: int


def combine(
    forecasts: Mapping[str, Forecast],
    opinions: Mapping[str, Shares] | None = None,
    *,
    base_rate: Shares | None = None,
    weights: Mapping[str, float] | None = None,
    extremity: float | None = None,
) -> Combination:
    """Put forecasts and opinions together.

    Parameters
    ----------
    forecasts : by analyst, on the same worlds and with the same outcomes.
    opinions : probabilities by outcome, by name; one outcome may be left out and gets the rest.
    base_rate : probabilities by outcome; extremising draws away from it.
    weights : by name; 1 for everybody who is not named, 0 for the base rate.
    extremity : factor on the log odds; left out: that of Neyman and Roughgarden.

    Raises
    ------
    ContestError : outcomes differ, probabilities are none, a name is given twice, fewer than two voices have a weight.
    UnknownName : a weight is given to somebody who does not speak.
    """
    first = next(iter(forecasts.values()), None)
    if first is None:
        raise ContestError("Name at least one contest.")
    names = _same_outcomes(forecasts)
    forecasts = dict(zip(forecasts, alike(list(forecasts.values())), strict=True))
    if extremity is not None and not 0 < extremity < np.inf:
        raise ContestError(f"The factor on the log odds is {extremity}; it must be above 0.")
    if base_rate is not None and BASE_RATE in {*forecasts, *(opinions or {})}:
        raise ContestError(f"'{BASE_RATE}' is the name of the base rate itself. Give the other one another name.")
    stated = {**(opinions or {}), **({BASE_RATE: base_rate} if base_rate is not None else {})}
    if twice := sorted(set(forecasts) & set(stated)):
        raise ContestError(f"'{twice[0]}' is both a contest and an opinion. Give the opinion another name.")
    read = _stated(stated, names)
    drawn = {name: _shares_of(found, names) for name, found in forecasts.items()}
    voices = _voices(drawn, read, weights or {})
    base = None if base_rate is None else above_zero(read[BASE_RATE], 0.5 / next(iter(forecasts.values())).draws)
    factor = neyman_roughgarden(sum(voice.weight > 0 for voice in voices)) if extremity is None else extremity
    return Combination(
        names,
        voices,
        tuple(_pools(forecasts, names, voices, factor, base)),
        None if base is None else tuple(base.tolist()),
        tuple(settlements(forecasts, {voice.name: voice.weight for voice in voices})),
        next(iter(forecasts.values())).draws,
        int(first.manifest["seed"]),
    )


def _same_outcomes(forecasts: Mapping[str, Forecast]) -> tuple[str, ...]:
    (base, first), *others = forecasts.items()
    names = tuple(first.contest.outcomes)
    faults = [
        Fault(("outcomes",), f"'{name}' is an outcome of {here} and not of {there}")
        for other, found in others
        for here, there, missing in (
            (base, other, set(names) - set(found.contest.outcomes)),
            (other, base, set(found.contest.outcomes) - set(names)),
        )
        for name in sorted(missing)
    ]
    for key in ("seed", "draws", "chunk"):
        if len({found.manifest[key] for found in forecasts.values()}) > 1:
            faults.append(Fault((), f"the contests were run with different values of '{key}'; use the same"))
    if faults:
        raise ContestError(faults)
    return names


def _shares_of(forecast: Forecast, names: tuple[str, ...]) -> Floats:
    own = list(forecast.contest.outcomes)
    counts = np.bincount(forecast.worlds.outcome, minlength=len(own)) / forecast.draws
    return np.array([counts[own.index(name)] for name in names])


def _stated(stated: Mapping[str, Shares], names: tuple[str, ...]) -> dict[str, Floats]:
    """Stated probabilities in the order of the outcomes, all faults at once."""
    faults: list[Fault] = []
    found = {}
    for who, shares in stated.items():
        for name in [name for name in shares if name not in names]:
            faults.append(Fault((who,), str(UnknownName("outcome", name, names))))
        missing = [name for name in names if name not in shares]
        given = [shares[name] for name in names if name in shares]
        rest = 1 - sum(given)
        if wrong := [name for name in names if name in shares and not 0 <= shares[name] <= 1]:
            faults += [Fault((who, name), f"found {shares[name]:g}; a probability is 0 to 1") for name in wrong]
        elif len(missing) > 1:
            faults.append(Fault((who,), f"{', '.join(missing)} have no probability; only one may be left out"))
        elif rest < -SLACK or (not missing and rest > SLACK):
            faults.append(Fault((who,), f"the probabilities sum to {sum(given):.4g}, not to 1"))
        else:
            filled = np.array([shares.get(name, max(rest, 0.0)) for name in names])
            found[who] = filled / filled.sum()
    if faults:
        raise ContestError(faults)
    return found


def _voices(
    drawn: Mapping[str, Floats], stated: Mapping[str, Floats], weights: Mapping[str, float]
) -> tuple[Voice, ...]:
    for name, weight in weights.items():
        if name not in drawn and name not in stated:
            raise UnknownName("voice", name, [*drawn, *stated])
        if not 0 <= weight <= MOST_WEIGHT:
            raise ContestError(f"The weight of '{name}' is {weight:g}; 0 to {MOST_WEIGHT:,.0f} are possible.")
    voices = tuple(
        Voice(name, weights.get(name, 0.0 if name == BASE_RATE else 1.0), tuple(found.tolist()), name in drawn)
        for name, found in (*drawn.items(), *stated.items())
    )
    if sum(voice.weight > 0 for voice in voices) < 2:
        raise ContestError("One voice alone needs no pooling. Name a second contest or --opinion, with a weight.")
    return voices


def _pools(
    forecasts: Mapping[str, Forecast],
    names: tuple[str, ...],
    voices: Sequence[Voice],
    factor: float,
    base: Floats | None,
) -> list[Pool]:
    draws = next(iter(forecasts.values())).draws
    weights = np.array([voice.weight for voice in voices])
    said = np.array([voice.probabilities for voice in voices])
    raised = above_zero(said, 0.5 / draws)
    ends = np.array([_ends(forecasts[voice.name], names) for voice in voices if voice.drawn])
    share = (weights / weights.sum())[[voice.drawn for voice in voices]]
    linear = _pull(ends, share, np.ones((len(ends), len(names))))
    found = [Pool("linear", 1.0, tuple(linear_pool(said, weights).tolist()), _errors(linear))]
    odds = _pull(ends, share, 1 / raised[[voice.drawn for voice in voices]])
    for method, extremity in (("log odds", 1.0), ("extremised", factor)):
        pooled = log_pool(raised, weights, extremity, base)
        moved = extremity * pooled * (odds - (odds @ pooled)[:, np.newaxis])
        found.append(Pool(method, extremity, tuple(pooled.tolist()), _errors(moved)))
    return found


def _ends(forecast: Forecast, names: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
    place = np.array([names.index(name) for name in forecast.contest.outcomes])
    return np.asarray(place[forecast.worlds.outcome])


def _pull(ends: np.ndarray[Any, np.dtype[np.int64]], share: Floats, factor: Floats) -> Floats:
    """float[draws, outcomes]: weighted sum over the contests of how a draw ends, each outcome times its factor."""
    found = np.zeros((ends.shape[1], factor.shape[1]))
    for own, weight, row in zip(ends, share, factor, strict=True):
        found[np.arange(len(own)), own] += weight * row[own]
    return found


def _errors(values: Floats) -> tuple[float, ...]:
    """Standard errors of means over draws (for log odds by the delta method)."""
    return tuple((values.std(axis=0) / np.sqrt(len(values))).tolist())


def as_json(found: Combination) -> dict[str, Any]:
    """The combination as plain data."""

    def named(values: Sequence[float] | None) -> dict[str, float] | None:
        return None if values is None else dict(zip(found.outcomes, values, strict=True))

    return {
        "outcomes": list(found.outcomes),
        "draws": found.draws,
        "seed": found.seed,
        "voices": [
            {"name": each.name, "weight": each.weight, "drawn": each.drawn, "probabilities": named(each.probabilities)}
            for each in found.voices
        ],
        "base_rate": named(found.base),
        "pools": [
            {
                "method": each.method,
                "extremity": each.extremity,
                "probabilities": named(each.probabilities),
                "standard_errors": named(each.standard_errors),
            }
            for each in found.pools
        ],
        "settlements": [asdict(each) for each in found.settlements],
    }

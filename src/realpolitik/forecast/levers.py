"""Levers: what each thing that one actor can do brings it towards an outcome, per unit of effort.

Every action is tried on the draws of the forecast (common random numbers), so its effect has the error of a paired
difference. Where a bargain is settled by the compromise model its movement is worked out exactly as well, as the
derivative of the weighted mean. All other actors are held fixed: nobody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import Named
from realpolitik.contest.pathway import issues_of, resolve_address, result_of
from realpolitik.contest.stages import DEFAULT_MODELS
from realpolitik.errors import ContestError, UnknownName
from realpolitik.forecast.compare import paired
from realpolitik.forecast.draws import Floats, chunks
from realpolitik.forecast.effort import Action, Kind, actions, out_of_reach
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.replay import Replay
from realpolitik.forecast.summary import CHANCE

__all__ = ["HELD_FIXED", "Lever", "Levers", "as_json", "compromise_slopes", "levers"]

HELD_FIXED = "All other actors are held fixed: nobody answers, follows or resists. A lever is a first look, not a plan."
"""What must be said beside every list of levers."""

SHARED = "quantities"

MOST_EFFORT = 1e6
"""Units that a step of somebody else may take."""

Progress = Callable[[int, int], None]
Ends = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Lever:
    """One thing that the actor can do, and what it brings."""

    kind: Kind
    address: str
    whose: str
    """Whose quantity it moves."""

    amount: float | None
    """What is added, in the unit of the field; None for a boycott and a choice."""

    units: float
    """Units of effort."""

    effect: float
    """Change of the outcome's probability."""

    standard_error: float
    """Of ``effect``, draw by draw."""

    beyond_chance: bool
    """Whether sampling alone would hardly make so large a difference anywhere in the list (Bonferroni)."""

    settlement: float | None
    """How far it moves the mean compromise, in the unit of the issue, by the exact derivative; None where the model is
    another one, or an effect multiplies the quantity on the way."""

    @property
    def per_unit(self) -> float:
        """Change of probability per unit of effort."""
        return self.effect / self.units


@dataclass(frozen=True)
class Levers:
    """Everything that the actor can do, the most effective per unit of effort first."""

    actor: str
    toward: str
    probability: float
    """Of the outcome as things are."""

    draws: int
    seed: int
    levers: tuple[Lever, ...]
    """Each in the direction that helps more, or harms less."""

    not_tried: tuple[str, ...]
    """Stages in which the actor acts by other means."""


def levers(
    forecast: Forecast, actor: str, toward: str, *, others: float | None = None, progress: Progress | None = None
) -> Levers:
    """Rank what an actor can do towards an outcome.

    Parameters
    ----------
    forecast : of the contest as it is; with its inputs and details.
    actor : key of an actor.
    toward : name of an outcome.
    others : units of effort that a step of somebody else takes; left out: the ratio of weights, at least one.
    progress : called with the walks done and the walks planned.

    Raises
    ------
    UnknownName : no such actor or outcome.
    ContestError : ``others`` is not above zero, or beyond a million.
    """
    names = list(forecast.contest.outcomes)
    if toward not in names:
        raise UnknownName("outcome", toward, names)
    if others is not None and not 0 < others <= MOST_EFFORT:
        raise ContestError(
            f"others is {others:g}; a step of somebody else takes more than 0 units of effort, at most "
            f"{MOST_EFFORT:,.0f}."
        )
    tried = actions(forecast, actor, others)
    ends = _ends(forecast, tried, progress or (lambda done, planned: None))
    before = forecast.worlds.outcome == names.index(toward)
    slopes = compromise_slopes(forecast)
    limit = NormalDist().inv_cdf(1 - CHANCE / 2 / max(len(tried), 1))
    found: dict[tuple[Kind, str], Lever] = {}
    for action, end in zip(tried, ends, strict=True):
        moved = paired(toward, before, end == names.index(toward))
        lever = _lever(action, moved.difference, moved.standard_error, limit, slopes)
        held = found.get((action.kind, action.address))
        if held is None or lever.effect > held.effect:
            found[action.kind, action.address] = lever
    ranked = sorted(found.values(), key=lambda each: (-each.per_unit, each.units))
    seed = int(forecast.manifest["seed"])
    out = tuple(out_of_reach(forecast.contest, actor))
    return Levers(actor, toward, float(before.mean()), forecast.draws, seed, tuple(ranked), out)


def _lever(action: Action, effect: float, error: float, limit: float, slopes: dict[str, float]) -> Lever:
    amount = None if np.isnan(action.amount) else action.amount
    slope = slopes.get(action.address)
    settlement = None if slope is None or amount is None else slope * amount
    return Lever(
        action.kind, action.address, action.whose, amount, action.units, effect, error, abs(effect) > limit * error,
        settlement,
    )  # fmt: skip


def _ends(forecast: Forecast, tried: Sequence[Action], progress: Progress) -> list[Ends]:
    """int[draws] for each action: how every draw ends with it."""
    parts: list[list[Ends]] = [[] for _ in tried]
    planned, start = chunks(forecast.draws), 0
    for number, chunk in enumerate(planned):
        inputs = {key: values[start : start + chunk.size] for key, values in forecast.worlds.inputs.items()}
        start += chunk.size
        replay = Replay(forecast.contest, int(forecast.manifest["seed"]), chunk, inputs)
        for place, action in enumerate(tried):
            parts[place].append(replay.again(action.on(forecast.contest, inputs)))
            progress(number * len(tried) + place + 1, len(planned) * len(tried))
    return [np.concatenate(part) for part in parts]


def compromise_slopes(forecast: Forecast) -> dict[str, float]:
    """How far the mean compromise moves per unit of each position and salience: exact derivatives.

    Returns
    -------
    dict : by address, for every bargain that the compromise model settles; with weights w = capability times salience
        and W their sum, w / W for a position x, and capability (x - compromise) / W for a salience, averaged over the
        draws in which the bargain takes place. Model error and the ends of the scale are left aside. Quantities that
        an effect multiplies on the way are left out.
    """
    contest, details = forecast.contest, forecast.worlds.details
    found: dict[str, float] = {}
    for name, stage in contest.pathway.items():
        happened = forecast.truth(f"{name}.happened")
        if (stage.model or DEFAULT_MODELS.get(stage.kind)) != "compromise" or not happened.any():
            continue
        for issue in issues_of(stage):
            home = result_of(name, stage, issue)
            parts = (details[f"{home}/{part}"][happened] for part in ("position", "salience", "capability"))
            found |= _slopes(contest, issue, *(part.astype(np.float64) for part in parts))
    stretched = _stretched(contest)
    return {address: slope for address, slope in found.items() if address not in stretched}


def _stretched(contest: Contest) -> set[str]:
    """Addresses in which a step at the start is not the same step at the bargain: effects multiply or replace it."""
    inputs, found = contest.inputs(), set()
    for stage in contest.pathway.values():
        for effect in stage.effects:
            found |= {resolve_address(stage, address, inputs) for address in effect.scale}
            named = {resolve_address(stage, address, inputs) for address in (*effect.set, *effect.scale)}
            shared = {
                Named(str(address).partition(".")[2]) for address in named if inputs[str(address)].path[0] == SHARED
            }
            found |= {address for address, each in inputs.items() if each.quantity.value in shared}
    return {str(address) for address in found}


def _slopes(contest: Contest, issue: str, position: Floats, salience: Floats, capability: Floats) -> dict[str, float]:
    weight = capability * salience
    total = weight.sum(axis=1, keepdims=True)
    settled = (weight * position).sum(axis=1, keepdims=True) / total
    by_position = (weight / total).mean(axis=0)
    by_salience = (capability * (position - settled) / total).mean(axis=0)
    found: dict[str, float] = {}
    for place, actor in enumerate(contest.issues[issue].positions):
        home = f"issues.{issue}.positions.{actor}"
        found |= {f"{home}.position": float(by_position[place]), f"{home}.salience": float(by_salience[place])}
    return found


def as_json(found: Levers) -> dict[str, Any]:
    """The levers as plain data."""
    return {
        "actor": found.actor,
        "toward": found.toward,
        "probability": found.probability,
        "draws": found.draws,
        "seed": found.seed,
        "assumption": HELD_FIXED,
        "levers": [
            {
                "kind": each.kind,
                "address": each.address,
                "whose": each.whose,
                "amount": each.amount,
                "units": each.units,
                "effect": each.effect,
                "standard_error": each.standard_error,
                "per_unit": each.per_unit,
                "beyond_chance": each.beyond_chance,
                "settlement": each.settlement,
            }
            for each in found.levers
        ],
        "not_tried": list(found.not_tried),
    }

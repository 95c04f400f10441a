"""What one actor can do in a contest, and what it costs, in steps that are the same for everybody.

One *unit of effort* is a tenth of what a field allows: a tenth of an issue's scale, 0.1 of a share or probability, a
tenth of the way towards one option of a choice, and a tenth of its median where a field has no upper end (stakes and
costs of a threat). To move somebody else takes as many units as that actor outweighs the one who pushes (capability
times salience on the issue), and at least one. The convention is ours; see docs/explanation/levers.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from realpolitik.contest.contest import Contest
from realpolitik.contest.pathway import issues_of, resolve_address, result_of
from realpolitik.errors import UnknownName
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast

__all__ = ["TENTH", "Action", "Kind", "actions", "out_of_reach"]

Kind = Literal["position", "salience", "attendance", "boycott", "vote", "threat", "judgement", "choice"]

Inputs = Mapping[str, Floats]

TENTH = 0.1
"""Part of what a field allows that one unit of effort moves it."""

SENDER = ("sender_stake", "sender_cost", "sender_audience_cost", "target_cost")
TARGET = ("target_stake", "target_cost", "sender_cost")
"""Fields of a threat that either side can work on: its own stakes and costs, and what it costs the other."""


@dataclass(frozen=True)
class Action:
    """Something that an actor can do: one quantity moved in one direction."""

    kind: Kind
    address: str
    """The quantity."""

    whose: str
    """Actor, bloc or stage that it belongs to; the actor itself for its own."""

    amount: float
    """What is added to the quantity, in the unit of the field; NaN for a boycott and a choice."""

    units: float
    """Units of effort that it takes."""

    beside: tuple[str, ...] = ()
    """Where effects set the quantity anew (moved as well), or the options of the choice."""

    def on(self, contest: Contest, inputs: Inputs) -> dict[str, Floats]:
        """The inputs that it changes, before any effect, within the bounds of their fields."""
        if self.kind == "boycott":
            return {address: np.zeros_like(inputs[address]) for address in (self.address, *self.beside)}
        if self.kind == "choice":
            total = np.sum([inputs[address] for address in self.beside], axis=0)
            return {self.address: inputs[self.address] + total * TENTH / (1 - TENTH)}
        bounds = contest.inputs()[self.address].bounds
        return {
            address: np.clip(inputs[address] + self.amount, bounds.low, bounds.high)
            for address in (self.address, *self.beside)
        }


def actions(forecast: Forecast, actor: str, others: float | None = None) -> list[Action]:
    """What an actor can do, each in both directions.

    Parameters
    ----------
    forecast : whose contest it acts in, and whose draws say how heavy everybody is.
    actor : key in ``actors``.
    others : units of effort that a step of somebody else takes, instead of the ratio of weights.

    Raises
    ------
    UnknownName : no such actor.
    """
    if actor not in forecast.contest.actors:
        raise UnknownName("actor", actor, list(forecast.contest.actors))
    return [
        *_on_issues(forecast, actor, others),
        *_in_chambers(forecast, actor),
        *_in_threats(forecast, actor),
        *_decided(forecast.contest, actor),
    ]


def out_of_reach(contest: Contest, actor: str) -> list[str]:
    """Stages in which the actor acts and whose levers are not worked out: conflicts, crises, mobilisations."""
    found = []
    for name, stage in contest.pathway.items():
        conflict = contest.conflicts.get(stage.conflict or "")
        makers = set() if conflict is None else set(conflict.preferences)
        crowd = contest.mobilisations.get(stage.mobilisation or "")
        groups = set() if crowd is None else set(crowd.groups)
        acts = actor == stage.by or actor in {*makers, *groups, *stage.players.values()}
        if acts and stage.kind in ("conflict", "crisis", "mobilisation"):
            found.append(name)
    return found


def _both_ways(
    contest: Contest, kind: Kind, address: str, whose: str, amount: float, units: float = 1.0
) -> Iterator[Action]:
    beside = _set_anew(contest, address)
    for sign in (1, -1):
        yield Action(kind, address, whose, sign * amount, units, beside)


def _set_anew(contest: Contest, address: str) -> tuple[str, ...]:
    """Addresses of the values that effects put in place of a quantity."""
    known = contest.inputs()
    return tuple(
        f"pathway.{name}.effects.{index}.set.{target}"
        for name, stage in contest.pathway.items()
        for index, effect in enumerate(stage.effects)
        for target in effect.set
        if resolve_address(stage, target, known) == address
    )


def _on_issues(forecast: Forecast, actor: str, others: float | None) -> Iterator[Action]:
    contest = forecast.contest
    for name, stage in contest.pathway.items():
        for issue in issues_of(stage):
            positions = contest.issues[issue].positions
            if actor not in positions:
                continue
            weight = dict(zip(positions, _weights(forecast, name, result_of(name, stage, issue)), strict=True))
            bounds = contest.issues[issue].bounds
            for who in sorted(positions, key=lambda who: who != actor):
                units = 1.0 if who == actor else _units(weight[who], weight[actor], others)
                home = f"issues.{issue}.positions.{who}"
                if np.isfinite(units):
                    step = TENTH * (bounds.high - bounds.low)
                    yield from _both_ways(contest, "position", f"{home}.position", who, step, units)
                    yield from _both_ways(contest, "salience", f"{home}.salience", who, TENTH, units)


def _weights(forecast: Forecast, name: str, home: str) -> Floats:
    """Median capability times salience of each actor, over the draws in which the bargain takes place."""
    happened = forecast.truth(f"{name}.happened")
    details = forecast.worlds.details
    values = details[f"{home}/capability"][happened] * details[f"{home}/salience"][happened]
    return np.asarray(np.median(values, axis=0) if len(values) else np.zeros(values.shape[1]), dtype=np.float64)


def _units(theirs: float, own: float, fixed: float | None) -> float:
    if fixed is not None:
        return fixed
    return max(theirs / own, 1.0) if own > 0 else float("inf")


def _in_chambers(forecast: Forecast, actor: str) -> Iterator[Action]:
    contest = forecast.contest
    for name, chamber in contest.chambers.items():
        for label, bloc in chamber.blocs.items():
            if actor not in (bloc.actor, label if bloc.actor is None else None):
                continue
            home = f"chambers.{name}.blocs.{label}"
            yield from _both_ways(contest, "attendance", f"{home}.attends", actor, TENTH)
            for field in ("yes", "no"):
                yield from _both_ways(contest, "vote", f"{home}.{field}", actor, TENTH)
            middle = float(np.median(forecast.worlds.inputs[f"{home}.attends"]))
            away = f"{home}.attends"
            yield Action("boycott", away, actor, float("nan"), max(middle / TENTH, 1.0), _set_anew(contest, away))


def _in_threats(forecast: Forecast, actor: str) -> Iterator[Action]:
    contest = forecast.contest
    for name, threat in contest.threats.items():
        sides = ((threat.sender, SENDER), (threat.target, TARGET))
        for field in dict.fromkeys(field for side, fields in sides if side == actor for field in fields):
            address = f"threats.{name}.{field}"
            step = TENTH * float(np.median(forecast.worlds.inputs[address]))
            if step > 0:
                yield from _both_ways(contest, "threat", address, actor, step)


def _decided(contest: Contest, actor: str) -> Iterator[Action]:
    for name, stage in contest.pathway.items():
        if stage.by != actor:
            continue
        if stage.judgement is not None:
            yield from _both_ways(contest, "judgement", f"pathway.{name}.judgement", actor, TENTH)
        options = tuple(f"pathway.{name}.choice.{option}" for option in stage.choice or ())
        for address in options:
            yield Action("choice", address, actor, float("nan"), 1.0, options)

"""A crisis as a stage: which named game is played, by whom, and with which values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from realpolitik.contest.base import name_from
from realpolitik.contest.distribution import Constant
from realpolitik.contest.named import Path, unknown, written_out
from realpolitik.contest.quantity import Bounds
from realpolitik.errors import Fault, nearest
from realpolitik.registry import templates

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest
    from realpolitik.contest.pathway import Stage

__all__ = ["crisis_faults", "parameter_bounds", "truths_of"]


def _about(name: str) -> Any:
    """What the registry knows of a template; None if there is none of that name."""
    return templates.get(name).about if name in templates.names() else None


def truths_of(name: str) -> dict[str, str]:
    """How the game of a template can end: the name in guards, and the outcome in words.

    Examples
    --------
    >>> truths_of("chicken")
    {'both-yield': 'both yield', 'a-yields': 'a yields', 'b-yields': 'b yields', 'crash': 'crash'}
    """
    about = _about(name)
    return {} if about is None else {name_from(end, "end"): end for end in about["outcomes"]}


def parameter_bounds(name: str, parameter: str) -> Bounds:
    """The values that a parameter of a template can take; any number if there is no such parameter."""
    about = _about(name)
    asked = {} if about is None else {one.name: one for one in about["parameters"]}
    return Bounds(asked[parameter].low, asked[parameter].high) if parameter in asked else Bounds()


def crisis_faults(contest: Contest, path: Path, stage: Stage, actors: set[str]) -> Iterator[Fault]:
    """The template exists, every one of its parameters has a value that it allows, and its players are actors."""
    name = stage.crisis
    if name is None:
        return
    about = _about(name)
    if about is None:
        yield Fault((*path, "crisis"), f"there is no template '{name}'. {nearest(name, templates.names())}")
        return
    asked = {one.name: one for one in about["parameters"]}
    for key, quantity in stage.parameters.items():
        where = (*path, "parameters", key)
        yield from unknown(where, f"parameter of '{name}'", key, asked)
        if key not in asked:
            continue
        value = written_out(quantity.value, contest)
        fault = Bounds(asked[key].low, asked[key].high).fault(value)
        if fault:
            yield Fault(where, fault)
        elif asked[key].whole and not (isinstance(value, Constant) and value.value == int(value.value)):
            yield Fault(where, f"'{quantity.value}' must be one whole number: it gives the game its shape")
    missing = [key for key in asked if key not in stage.parameters]
    if missing:
        text = f"'{name}' needs {', '.join(missing)}; 'realpolitik crisis --list' says what they mean"
        yield Fault((*path, "parameters" if stage.parameters else "crisis"), text)
    for player, actor in stage.players.items():
        yield from unknown((*path, "players", player), f"player of '{name}'", player, about["players"])
        yield from unknown((*path, "players", player), "actor", actor, actors)

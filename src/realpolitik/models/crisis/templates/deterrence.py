"""Unilateral deterrence: a demand, resistance, and whether the challenger means it."""

from __future__ import annotations

from realpolitik.models.crisis.template import Parameter, Template, Values, look_ahead, register
from realpolitik.models.crisis.tree import Choice, End, Tree

__all__ = ["DETERRENCE"]


def _tree(values: Values) -> Tree:
    last = Choice(
        "challenger",
        "after resistance",
        ("back down", "press"),
        (
            End("challenger backs down", (-values["humiliation"], -values["alarm"])),
            End("conflict", (values["challenger_war"], values["defender_war"])),
        ),
    )
    answer = Choice(
        "defender",
        "answer to the demand",
        ("concede", "deny"),
        (End("defender concedes", (values["gain"], -values["loss"])), last),
    )
    start = Choice("challenger", "start", ("cooperate", "demand"), (End("status quo", (0, 0)), answer))
    return Tree("Unilateral deterrence", ("challenger", "defender"), start)


DETERRENCE = register(
    Template(
        "deterrence",
        "A challenger may demand; the defender concedes or denies; the challenger backs down or presses.",
        "ZagareKilgour2000",
        (
            Parameter("gain", 2, 0, 10, "what the challenger gains if the defender concedes"),
            Parameter("humiliation", 1, 0, 10, "what backing down costs the challenger"),
            Parameter("challenger_war", 1, -10, 10, "what conflict is worth to the challenger; the status quo is 0"),
            Parameter("loss", 3, 0, 10, "what the defender loses if it concedes"),
            Parameter("alarm", 1, 0, 10, "what the demand costs the defender even if the challenger backs down"),
            Parameter("defender_war", -2, -10, 10, "what conflict is worth to the defender; the status quo is 0"),
        ),
        _tree,
        look_ahead(_tree),
        "backward induction",
    )
)
"""The defender is deterred from denying, or the challenger from demanding, by what conflict would be worth."""

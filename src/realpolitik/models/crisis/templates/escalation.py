"""Escalation: two that move at once (chicken), or turn by turn up a ladder."""

from __future__ import annotations

import numpy as np

from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.crisis.play import likelihood
from realpolitik.models.crisis.template import Parameter, Played, Template, Values, look_ahead, register
from realpolitik.models.crisis.tree import Choice, End, Node, Tree

__all__ = ["CHICKEN", "LADDER"]

REGIMES = (
    "either could yield: two equilibria in which one side yields, and one with dice, shown here",
    "a holds firm and b yields",
    "b holds firm and a yields",
    "both hold firm: to each, yielding costs more than the crash",
)
"""Kinds of equilibrium of chicken."""

EITHER, A_FIRM, B_FIRM, CRASH = range(len(REGIMES))

SIDES = ("a", "b")


def _chicken(values: Values) -> Tree:
    ends = {
        ("yield", "yield"): End("both yield", (0, 0)),
        ("yield", "hold"): End("a yields", (-values["a_loss"], values["b_prize"])),
        ("hold", "yield"): End("b yields", (values["a_prize"], -values["b_loss"])),
        ("hold", "hold"): End("crash", (-values["a_crash"], -values["b_crash"])),
    }
    moves = ("yield", "hold")
    second = [Choice("b", "b", moves, tuple(ends[first, answer] for answer in moves)) for first in moves]
    return Tree("Chicken", SIDES, Choice("a", "a", moves, tuple(second)))


def _play(values: Values) -> Played:
    """Holding firm is better whatever the other does if the crash costs less than yielding.

    Where that is so for neither, the other's probability to hold, prize / (prize + crash − loss), makes a side
    indifferent.
    """
    firm = {side: values[f"{side}_crash"] < values[f"{side}_loss"] for side in SIDES}
    a, b = firm["a"], firm["b"]
    regime = np.select([a & b, a, b], [CRASH, A_FIRM, B_FIRM], EITHER)
    strategies = {"a": _holds(values, a, b, "b"), "b": _holds(values, b, a, "a")}
    tie = (values["a_crash"] == values["a_loss"]) | (values["b_crash"] == values["b_loss"]) | (regime == EITHER)
    tree = _chicken(values)
    return Played(tree.outcomes, likelihood(tree, strategies), REGIMES, regime, strategies, tie)


def _holds(values: Values, firm: Bools, other_firm: Bools, other: str) -> Floats:
    """How likely a side yields and holds, float[2, draws]."""
    prize, loss, crash = (values[f"{other}_{what}"] for what in ("prize", "loss", "crash"))
    holds = np.select([firm, other_firm], [1.0, 0.0], prize / np.maximum(prize + crash - loss, prize))
    return np.stack([1 - holds, holds])


def _side(side: str) -> tuple[Parameter, ...]:
    return (
        Parameter(f"{side}_prize", 2, 0.01, 10, f"what {side} gains if the other side yields alone"),
        Parameter(f"{side}_loss", 1, 0, 10, f"what yielding alone costs {side}"),
        Parameter(f"{side}_crash", 6, 0, 20, f"what it costs {side} if both hold firm"),
    )


CHICKEN = register(
    Template(
        "chicken",
        "Two sides choose at once whether to yield; if neither does, both lose most.",
        "Schelling1960",
        (*_side("a"), *_side("b")),
        _chicken,
        _play,
        "closed form",
    )
)
"""Who would rather crash than yield wins; where nobody would, the outcome is open."""


def _ladder(values: Values) -> Tree:
    rungs = int(values["rungs"][0])
    node: Node = End("war", (values["challenger_war"], values["defender_war"]))
    for rung in reversed(range(rungs)):
        spent = [rung * values[f"{side}_rung"] for side in ("challenger", "defender")]
        if rung == 0:
            stop = End("no challenge", (0, 0))
        elif rung % 2 == 0:
            stop = End("challenger backs down", (-spent[0], -spent[1]))
        else:
            stop = End("defender gives way", (values["prize"] - spent[0], -values["stake"] - spent[1]))
        mover = ("challenger", "defender")[rung % 2]
        node = Choice(mover, f"rung {rung + 1}", ("stop", "escalate"), (stop, node))
    return Tree("A ladder of escalation", ("challenger", "defender"), node)


LADDER = register(
    Template(
        "ladder",
        "Turn by turn each side stops or climbs one rung; every rung costs both, and the last is war.",
        "Schelling1960",
        (
            Parameter("rungs", 6, 2, 40, "decisions before war", whole=True),
            Parameter("prize", 3, 0, 10, "what the challenger gains if the defender gives way"),
            Parameter("stake", 3, 0, 10, "what the defender loses by giving way"),
            Parameter("challenger_rung", 0.2, 0, 5, "what each rung costs the challenger"),
            Parameter("defender_rung", 0.2, 0, 5, "what each rung costs the defender"),
            Parameter("challenger_war", -4, -20, 10, "what war is worth to the challenger, rungs included"),
            Parameter("defender_war", -3, -20, 10, "what war is worth to the defender, rungs included"),
        ),
        _ladder,
        look_ahead(_ladder),
        "backward induction",
    )
)
"""Whoever is expected to stop at the last rung gives way at the first."""

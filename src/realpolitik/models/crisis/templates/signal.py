"""Signalling with audience costs: a threat that costs something to withdraw says something."""

from __future__ import annotations

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.crisis.play import likelihood
from realpolitik.models.crisis.template import Parameter, Played, Template, Values, register
from realpolitik.models.crisis.tree import Chance, Choice, End, Node, Tree

__all__ = ["SIGNAL"]

REGIMES = (
    "the resolved threaten, the unresolved bluff sometimes, and the target concedes sometimes",
    "all threaten and the target concedes: the threat is too likely to be meant",
    "all threaten and the target concedes: backing down would cost the sender more than fighting",
    "only the resolved threaten, and the target resists: fighting costs it no more than conceding",
)
"""Kinds of equilibrium."""

BLUFFS, BELIEVED, BOUND, RESISTED = range(len(REGIMES))


def _type(values: Values, who: str, fight: str) -> Node:
    last = Choice(
        "sender",
        f"{who}: after resistance",
        ("back down", "fight"),
        (
            End("sender backs down", (-values["audience_cost"], 0)),
            End("fight", (values[fight], -values["target_war_cost"])),
        ),
    )
    answer = Choice(
        "target",
        "answer to the threat",
        ("concede", "resist"),
        (End("target concedes", (values["stake"], -values["target_stake"])), last),
    )
    return Choice("sender", f"{who}: start", ("status quo", "threaten"), (End("status quo", (0, 0)), answer))


def _tree(values: Values) -> Tree:
    p = values["resolved"]
    types = _type(values, "resolved", "resolved_war"), _type(values, "unresolved", "unresolved_war")
    chance = Chance("resolve of the sender", ("resolved", "unresolved"), (p, 1 - p), types)
    return Tree("A signal with audience costs", ("sender", "target"), chance)


def _play(values: Values) -> Played:
    """The closed form.

    The target is indifferent at the belief μ = stake / war cost that the sender is resolved. Below it the
    unresolved threaten with p (1 − μ) / ((1 − p) μ), which makes the belief μ, and the target concedes with
    a / (a + stake of the sender), which makes the unresolved indifferent; p is the share of resolved senders and
    a the audience cost.
    """
    p, cost, stake = values["resolved"], values["audience_cost"], values["stake"]
    doubt = values["target_stake"] / values["target_war_cost"]
    fights = -values["unresolved_war"] < cost
    regime = np.select([doubt >= 1, fights, p >= doubt], [RESISTED, BOUND, BELIEVED], BLUFFS)
    mixed = regime == BLUFFS
    odds = p * (1 - doubt) / np.where(mixed, (1 - p) * doubt, 1.0)
    bluffs = np.select([mixed, regime == RESISTED], [odds, 0.0], 1.0)
    concedes = np.select([mixed, regime == RESISTED], [cost / (cost + stake), 0.0], 1.0)
    always = np.ones(len(p))
    strategies = {
        "resolved: start": _second(always),
        "unresolved: start": _second(bluffs),
        "answer to the threat": _second(1 - concedes),
        "resolved: after resistance": _second(always),
        "unresolved: after resistance": _second(fights.astype(float)),
    }
    nobody = (mixed & ((p == 0) | (cost == 0))) | (-values["unresolved_war"] == cost)
    tie = nobody | (p == doubt) | (doubt == 1)
    tree = _tree(values)
    return Played(tree.outcomes, likelihood(tree, strategies), REGIMES, regime, strategies, tie)


def _second(share: Floats) -> Floats:
    """Two moves, the second of them with this probability."""
    return np.stack([1 - share, share])


SIGNAL = register(
    Template(
        "signal",
        "A threat whose withdrawal costs the sender support at home; only the sender knows its resolve.",
        "Fearon1994",
        (
            Parameter("resolved", 0.25, 0, 1, "probability that the sender would rather fight than back down"),
            Parameter("audience_cost", 1, 0, 10, "what backing down in public costs the sender"),
            Parameter("stake", 2, 0.01, 10, "what the sender gains if the target concedes"),
            Parameter("resolved_war", 1, 0.01, 10, "what fighting is worth to a resolved sender; the status quo is 0"),
            Parameter("unresolved_war", -4, -10, -0.01, "what fighting is worth to an unresolved sender"),
            Parameter("target_stake", 2, 0, 10, "what the target loses if it concedes"),
            Parameter("target_war_cost", 3, 0.01, 10, "what fighting costs the target"),
        ),
        _tree,
        _play,
        "closed form",
    )
)
"""Audience costs make threats informative: the dearer a bluff, the more often the target believes."""

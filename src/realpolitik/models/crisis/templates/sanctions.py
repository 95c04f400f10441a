"""A threat of sanctions, with the sender's resolve known to the target or not."""

from __future__ import annotations

from realpolitik.models.crisis.template import Parameter, Template, Values, look_ahead, register
from realpolitik.models.crisis.tree import Chance, Choice, End, Node, Tree

__all__ = ["THREAT", "THREAT_UNKNOWN"]

STAKES = (
    Parameter("sender_stake", 3, 0, 10, "what the sender gains if the target complies"),
    Parameter("sender_audience_cost", 1, 0, 10, "what backing down in public costs the sender"),
)
TARGET = (
    Parameter("target_stake", 2, 0, 10, "what the target loses by complying"),
    Parameter("target_cost", 2.5, 0, 10, "what lasting sanctions cost the target"),
    Parameter("target_paid", 1, 0, 10, "what sanctions cost the target before it gives in"),
)
PAID = Parameter("sender_paid", 1, 0, 10, "what sanctions cost the sender before the target gives in")


def _sender(values: Values, cost: str, who: str, shared: bool) -> Node:
    """The four moves of one type of sender; ``shared`` where the target cannot tell the types apart."""
    other = "" if shared else who
    late = Choice(
        "target",
        f"{other}under sanctions",
        ("give in", "defy"),
        (
            End(
                "target gives in to sanctions",
                (values["sender_stake"] - values["sender_paid"], -values["target_stake"] - values["target_paid"]),
            ),
            End("sanctions imposed and defied", (-values[cost], -values["target_cost"])),
        ),
    )
    stands = Choice(
        "sender",
        f"{who}after refusal",
        ("back down", "impose"),
        (End("sender backs down", (-values["sender_audience_cost"], 0)), late),
    )
    answer = Choice(
        "target",
        f"{other}answer to the threat",
        ("comply", "stand firm"),
        (End("target complies with the threat", (values["sender_stake"], -values["target_stake"])), stands),
    )
    return Choice("sender", f"{who}start", ("no threat", "threaten"), (End("no threat", (0, 0)), answer))


def _known(values: Values) -> Tree:
    return Tree("A threat of sanctions", ("sender", "target"), _sender(values, "sender_cost", "", False))


def _unknown(values: Values) -> Tree:
    p = values["resolved"]
    types = (
        _sender(values, "resolved_cost", "resolved sender: ", True),
        _sender(values, "sender_cost", "unresolved sender: ", True),
    )
    chance = Chance("resolve of the sender", ("resolved", "unresolved"), (p, 1 - p), types)
    return Tree("A threat of sanctions by a sender of unknown resolve", ("sender", "target"), chance)


THREAT = register(
    Template(
        "threat",
        "A sender may threaten sanctions; the target complies or not; the sender imposes or backs down.",
        "LacyNiou2004",
        (
            *STAKES,
            Parameter("sender_cost", 0.5, -5, 10, "what lasting sanctions cost the sender; below 0: it likes them"),
            PAID,
            *TARGET,
        ),
        _known,
        look_ahead(_known),
        "backward induction; both know all stakes",
        sanctions=True,
    )
)
"""Both sides know everything, so a threat that works is not carried out."""

THREAT_UNKNOWN = register(
    Template(
        "threat-unknown-resolve",
        "The same threat, where the target does not know what sanctions cost the sender.",
        "LacyNiou2004",
        (
            Parameter("resolved", 0.4, 0, 1, "probability that the sender is resolved"),
            *STAKES,
            Parameter("resolved_cost", 0.5, -5, 10, "what lasting sanctions cost a resolved sender"),
            Parameter("sender_cost", 4, -5, 10, "what lasting sanctions cost an unresolved sender"),
            PAID,
            *TARGET,
        ),
        _unknown,
        None,
        "quantal response only; there is no closed form",
        sanctions=True,
    )
)
"""The target learns from the threat itself and from its being carried out."""

"""A last offer, and what both have if it is refused."""

from __future__ import annotations

from realpolitik.models.crisis.template import Parameter, Template, Values, look_ahead, register
from realpolitik.models.crisis.tree import Choice, End, Tree

__all__ = ["ULTIMATUM"]


def _tree(values: Values) -> Tree:
    steps, pie = int(values["steps"][0]), values["pie"]
    outside = (values["proposer_outside"], values["responder_outside"])
    offers = tuple(
        Choice(
            "responder",
            f"answer to an offer of {step}/{steps}",
            ("accept", "reject"),
            (
                End("agreement", (pie * (steps - step) / steps, pie * step / steps)),
                End("breakdown", outside),
            ),
        )
        for step in range(steps + 1)
    )
    names = tuple(f"offer {step}/{steps}" for step in range(steps + 1))
    start = Choice("proposer", "start", (*names, "no offer"), (*offers, End("breakdown", outside)))
    return Tree("An ultimatum", ("proposer", "responder"), start)


ULTIMATUM = register(
    Template(
        "ultimatum",
        "One side makes a last offer of a share; the other accepts, or both take their outside options.",
        "Guth1982",
        (
            Parameter("pie", 1, 0.01, 10, "what there is to share"),
            Parameter("proposer_outside", 0.2, 0, 10, "what the proposer has without agreement"),
            Parameter("responder_outside", 0.25, 0, 10, "what the responder has without agreement"),
            Parameter("steps", 10, 1, 100, "equal steps in which shares can be offered", whole=True),
        ),
        _tree,
        look_ahead(_tree),
        "backward induction; who is indifferent agrees",
    )
)
"""The responder gets little more than its outside option; there is agreement where both options leave room."""

"""What follows when everybody's way of playing is given: how likely each end is, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.crisis.tree import Choice, End, Tree, numbers

__all__ = ["Strategies", "ahead", "likelihood", "weights"]

Strategies = Mapping[str, Floats]
"""By place, the probability of each move, float[moves, draws]."""


def weights(tree: Tree, index: int, strategies: Strategies) -> Floats:
    """Probability of each branch of one node that is not an end, float[moves, draws]."""
    node = tree.nodes[index]
    if isinstance(node, Choice):
        return strategies[node.place]
    return np.stack([np.broadcast_to(np.asarray(value, dtype=float), tree.draws) for value in numbers(node)])


def ahead(tree: Tree, strategies: Strategies) -> list[Floats]:
    """What each node is worth, float[players, draws] by node."""
    worth: list[Floats] = [np.empty(0)] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if isinstance(node, End):
            worth[index] = tree.payoffs(node)
        else:
            share = weights(tree, index, strategies)
            worth[index] = sum(
                (share[move] * worth[child] for move, child in enumerate(tree.children[index])),
                np.zeros((len(tree.players), tree.draws)),
            )
    return worth


def likelihood(tree: Tree, strategies: Strategies) -> Floats:
    """Probability of each of the tree's outcomes, float[draws, outcomes]."""
    found = np.zeros((tree.draws, len(tree.outcomes)))
    column = {name: place for place, name in enumerate(tree.outcomes)}
    reach: list[Floats] = [np.ones(tree.draws)] * len(tree.nodes)
    for index, node in enumerate(tree.nodes):
        if isinstance(node, End):
            found[:, column[node.name]] += reach[index]
            continue
        share = weights(tree, index, strategies)
        for move, child in enumerate(tree.children[index]):
            reach[child] = reach[index] * share[move]
    return found

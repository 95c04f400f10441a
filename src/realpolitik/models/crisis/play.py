"""What follows when everybody's way of playing is given: how likely each end is, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.models.crisis.tree import Choice, End, Tree, numbers

__all__ = ["Strategies", "backwards", "likelihood", "weights"]

Strategies = Mapping[str, Floats]
"""By place, the probability of each move, float[moves, draws]."""


def weights(tree: Tree, index: int, strategies: Strategies) -> Floats:
    """Probability of each branch of one node that is not an end, float[moves, draws]."""
    node = tree.nodes[index]
    if isinstance(node, Choice):
        return strategies[node.place]
    return np.stack([np.broadcast_to(np.asarray(value, dtype=float), tree.draws) for value in numbers(node)])


def backwards(tree: Tree, decide: Callable[[Choice, Floats], Floats]) -> tuple[dict[str, Floats], Floats]:
    """From the ends to the start: what is done at each place, and what the game is then worth.

    Parameters
    ----------
    decide : the probability of each move float[moves, draws], from the node and what each move is worth to its player
        float[moves, draws].

    Returns
    -------
    tuple : by place, the probability of each move; worth float[players, draws].
    """
    strategies: dict[str, Floats] = {}
    worth: list[Floats] = [np.empty(0)] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if isinstance(node, End):
            worth[index] = tree.payoffs(node)
            continue
        branches = [worth[child] for child in tree.children[index]]
        if isinstance(node, Choice):
            mover = tree.players.index(node.player)
            strategies[node.place] = decide(node, np.stack([branch[mover] for branch in branches]))
        share = weights(tree, index, strategies)
        worth[index] = share[0] * branches[0]
        for p, value in zip(share[1:], branches[1:], strict=True):
            worth[index] += p * value
        for child in tree.children[index]:
            worth[child] = np.empty(0)
    return strategies, worth[0]


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

"""Games and crowds as a textbook has them: one number at a time, everything tried."""

from collections.abc import Iterator, Sequence
from itertools import count, product
from math import exp, prod
from random import Random

import numpy as np

from realpolitik.models.crisis.tree import Chance, Choice, End, Node, Tree

Profile = dict[str, tuple[float, ...]]
"""By place, the probability of each move."""


MOST_WAYS = 48
"""Pure ways to play a random game, so that trying all of them is quick."""


def random_tree(rng: Random, *, information_sets: bool = False, depth: int = 3) -> Tree:
    """A small game; with information sets, a second mover who may not see the first move."""
    counter = count()

    def number() -> float:
        return float(rng.randint(-3, 3))

    def node(left: int) -> Node:
        name = str(next(counter))
        if left == 0 or rng.random() < 0.15:
            return End(f"end {rng.randint(0, 4)}", (number(), number()))
        if rng.random() < 0.2:
            return Chance(name, ("x", "y"), (0.25, 0.75), (node(left - 1), node(left - 1)))
        width = rng.randint(1, 3)
        moves = tuple("abc"[:width])
        return Choice(rng.choice("AB"), name, moves, tuple(node(left - 1) for _ in moves))

    while not information_sets:
        tree = Tree("random", ("A", "B"), node(depth))
        if prod(len(place.moves) for place in tree.places) <= MOST_WAYS:
            return tree
    while True:
        unseen = tuple(Choice("B", "unseen", ("l", "r"), (node(1), node(1))) for _ in range(2))
        first = Choice("A", "first", ("u", "d"), unseen)
        tree = Tree("random", ("A", "B"), Choice("B", "zero", ("in", "out"), (first, node(1))))
        if prod(len(place.moves) for place in tree.places) <= MOST_WAYS:
            return tree


def worth(tree: Tree, node: Node, profile: Profile) -> list[float]:
    """What a node is worth to each player."""
    if isinstance(node, End):
        return [float(np.asarray(value).reshape(-1)[0]) for value in node.payoffs]
    shares = node.chances if isinstance(node, Chance) else profile[node.place]
    below = [worth(tree, child, profile) for child in node.children]
    return [
        sum(float(np.asarray(p).reshape(-1)[0]) * values[player] for p, values in zip(shares, below, strict=False))
        for player in range(2)
    ]


def inside(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in () if isinstance(node, End) else node.children:
        yield from inside(child)


def subgames(tree: Tree) -> list[Node]:
    """Nodes whose information sets all lie below them."""
    everything = list(inside(tree.root))
    found = []
    for node in everything:
        below = {id(each) for each in inside(node)}
        places = {each.place for each in inside(node) if isinstance(each, Choice)}
        members = [each for each in everything if isinstance(each, Choice) and each.place in places]
        if all(id(each) in below for each in members):
            found.append(node)
    return found


def pure(tree: Tree) -> list[tuple[str, ...]]:
    """All subgame-perfect equilibria in pure strategies, by trying every profile in every subgame."""
    places = [(place.name, tree.players[place.player], place.moves) for place in tree.places]
    found = []
    for way in product(*(range(len(moves)) for _, _, moves in places)):
        if all(_nash(tree, root, places, way) for root in subgames(tree)):
            found.append(tuple(moves[move] for (_, _, moves), move in zip(places, way, strict=False)))
    return found


def _nash(tree: Tree, root: Node, places: list[tuple[str, str, tuple[str, ...]]], way: Sequence[int]) -> bool:
    def value(taken: Sequence[int]) -> list[float]:
        profile = {
            name: tuple(float(move == index) for index in range(len(moves)))
            for (name, _, moves), move in zip(places, taken, strict=False)
        }
        return worth(tree, root, profile)

    here = value(way)
    for index, player in enumerate(tree.players):
        own = [
            range(len(moves)) if who == player else (move,) for (_, who, moves), move in zip(places, way, strict=False)
        ]
        if any(value(other)[index] > here[index] + 1e-9 for other in product(*own)):
            return False
    return True


def regret(tree: Tree, profile: Profile) -> float:
    """The most that a player gains by another pure way to play."""
    here = worth(tree, tree.root, profile)
    most = 0.0
    for index in range(len(tree.players)):
        own = [place for place in tree.places if place.player == index]
        for way in product(*(range(len(place.moves)) for place in own)):
            changed = dict(profile)
            for place, move in zip(own, way, strict=False):
                changed[place.name] = tuple(float(move == each) for each in range(len(place.moves)))
            most = max(most, worth(tree, tree.root, changed)[index] - here[index])
    return most


def response(tree: Tree, profile: Profile, precision: float) -> Profile:
    """What logit makes of each place, given how the others play."""
    reach: dict[int, float] = {}

    def walk(node: Node, p: float) -> None:
        reach[id(node)] = p
        if isinstance(node, End):
            return
        shares = node.chances if isinstance(node, Chance) else profile[node.place]
        for share, child in zip(shares, node.children, strict=False):
            walk(child, p * float(share))

    walk(tree.root, 1.0)
    found = {}
    for place in tree.places:
        members = [node for node in inside(tree.root) if isinstance(node, Choice) and node.place == place.name]
        total = sum(reach[id(node)] for node in members)
        value = [
            sum(reach[id(node)] / total * worth(tree, node.children[move], profile)[place.player] for node in members)
            for move in range(len(place.moves))
        ]
        raised = [exp(precision * (each - max(value))) for each in value]
        found[place.name] = tuple(each / sum(raised) for each in raised)
    return found


def look_ahead(tree: Tree, node: Node) -> tuple[tuple[float, ...], str]:
    """What a node is worth to each player and where it leads, where everybody knows what has happened and nothing is
    left to chance; whoever is indifferent takes the first of the best moves."""
    if isinstance(node, End):
        return tuple(map(float, node.payoffs)), node.name
    player = tree.players.index(node.player)
    return max((look_ahead(tree, child) for child in node.children), key=lambda found: found[0][player])


def cascade(thresholds: Sequence[float]) -> int:
    """How many join, one round after another, until nobody else does."""
    people = len(thresholds)
    joined = [False] * people
    while True:
        share = sum(joined) / people
        more = [was or threshold <= share for was, threshold in zip(joined, thresholds, strict=False)]
        if more == joined:
            return sum(joined)
        joined = more


def remain(thresholds: Sequence[float]) -> int:
    """How many stay when all are out and those leave who see too few."""
    people = len(thresholds)
    out = [True] * people
    while True:
        share = sum(out) / people
        left = [here and threshold <= share for here, threshold in zip(out, thresholds, strict=False)]
        if left == out:
            return sum(out)
        out = left

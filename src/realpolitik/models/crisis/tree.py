"""A small game in extensive form: who moves when, knowing what, and what each end is worth to whom.

Payoffs and chances are numbers or arrays over draws, so one tree holds every possible world at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.errors import Fault
from realpolitik.models.arrays import Floats, refuse

__all__ = ["MOST_DEPTH", "MOST_NODES", "Chance", "Choice", "End", "Node", "Place", "Tree", "numbers"]

MOST_NODES = 100_000
"""Nodes of a tree; above, the methods here are the wrong ones."""

MOST_DEPTH = 200
"""Moves from the start to an end."""

SUM = 1e-9
"""How far the chances of one node may be from one together."""

LARGEST = 1e100
"""Largest payoff, so that no product overflows."""


@dataclass(frozen=True, eq=False)
class End:
    """The game is over."""

    name: str
    """What happened; ends that share a name are one outcome."""

    payoffs: tuple[ArrayLike, ...]
    """What it is worth to each player, in the order of the tree: a number, or float[draws]; own units."""


@dataclass(frozen=True, eq=False)
class Choice:
    """A player moves."""

    player: str
    """Who."""

    place: str
    """Name of the information set: at nodes of the same place the player does not know which one it is."""

    moves: tuple[str, ...]
    """What it can do; whoever is indifferent takes the first that is best, so put restraint first."""

    children: tuple[Node, ...]
    """What follows each move."""


@dataclass(frozen=True, eq=False)
class Chance:
    """Nobody's move."""

    place: str
    """Name, for messages."""

    moves: tuple[str, ...]
    """What can happen."""

    chances: tuple[ArrayLike, ...]
    """Probability of each, a number or float[draws]; one together."""

    children: tuple[Node, ...]
    """What follows each."""


Node = End | Choice | Chance


@dataclass(frozen=True)
class Place:
    """An information set."""

    name: str
    """Unique within the tree."""

    player: int
    """Index of who moves there."""

    moves: tuple[str, ...]
    """What it can do."""

    nodes: tuple[int, ...]
    """Indices into ``Tree.nodes``."""


@dataclass(frozen=True, eq=False)
class Tree:
    """A finite game.

    Raises
    ------
    ContestError : the tree contradicts itself; all faults at once.

    Examples
    --------
    >>> accept = Choice("b", "answer", ("no", "yes"), (End("war", (0, 0)), End("peace", (2, 1))))
    >>> tree = Tree("demand", ("a", "b"), Choice("a", "start", ("wait", "ask"), (End("rest", (1, 3)), accept)))
    >>> tree.outcomes, tree.perfect, [place.name for place in tree.places]
    (('rest', 'war', 'peace'), True, ['start', 'answer'])
    """

    title: str
    """What the game is about."""

    players: tuple[str, ...]
    """Who can move, in the order of every payoff."""

    root: Node
    """Where it begins."""

    nodes: tuple[Node, ...] = field(init=False)
    """Every node, a parent before its children and siblings in order."""

    children: tuple[tuple[int, ...], ...] = field(init=False)
    """Of each node, the indices of what follows."""

    places: tuple[Place, ...] = field(init=False)
    """Information sets, in the order in which they first appear."""

    outcomes: tuple[str, ...] = field(init=False)
    """Names of ends, in the order in which they first appear."""

    draws: int = field(init=False)
    """Number of possible worlds; 1 if every number is a single one."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        nodes, children = _flat(self.root, faults)
        refuse(faults)
        for index, node in enumerate(nodes):
            _check(index, node, self.players, faults)
        refuse(faults)
        places = _places(nodes, self.players, faults)
        _check_memory(nodes, children, faults)
        sizes = {np.size(value) for node in nodes for value in numbers(node)} - {1}
        if len(sizes) > 1:
            text = f"have {', '.join(map(str, sorted(sizes)))} draws; give one number or the same number of draws."
            faults.append(Fault(("payoffs",), text))
        refuse(faults)
        outcomes = tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, End)))
        found = {"nodes": nodes, "children": children, "places": places, "outcomes": outcomes}
        for name, value in {**found, "draws": max(sizes, default=1)}.items():
            object.__setattr__(self, name, value)

    @property
    def perfect(self) -> bool:
        """Whether everybody always knows what has happened so far."""
        return all(len(place.nodes) == 1 for place in self.places)

    def payoffs(self, end: End) -> Floats:
        """What an end is worth, float[players, draws]."""
        return np.stack([np.broadcast_to(np.asarray(value, dtype=float), self.draws) for value in end.payoffs])


def _flat(root: Node, faults: list[Fault]) -> tuple[tuple[Node, ...], tuple[tuple[int, ...], ...]]:
    """Nodes in the order of a walk that goes deep first."""
    nodes: list[Node] = []
    children: list[list[int]] = []
    waiting: list[tuple[Node, int, int]] = [(root, -1, 0)]
    while waiting:
        node, parent, depth = waiting.pop()
        if len(nodes) >= MOST_NODES or depth > MOST_DEPTH:
            most = f"{MOST_NODES:,} nodes" if depth <= MOST_DEPTH else f"{MOST_DEPTH} moves one after another"
            faults.append(Fault((), f"The tree has more than {most}, which is the most."))
            break
        if parent >= 0:
            children[parent].append(len(nodes))
        below = [] if isinstance(node, End) else node.children
        waiting.extend((child, len(nodes), depth + 1) for child in reversed(below))
        nodes.append(node)
        children.append([])
    return tuple(nodes), tuple(map(tuple, children))


def numbers(node: Node) -> tuple[ArrayLike, ...]:
    """What a node holds: the payoffs of an end, the chances of a chance node; nothing where a player moves."""
    if isinstance(node, End):
        return node.payoffs
    return node.chances if isinstance(node, Chance) else ()


def _check(index: int, node: Node, players: Sequence[str], faults: list[Fault]) -> None:
    path: tuple[str | int, ...] = ("nodes", index)
    values = [np.asarray(value, dtype=float) for value in numbers(node)]
    if any(value.ndim > 1 or not np.isfinite(value).all() or (abs(value) > LARGEST).any() for value in values):
        faults.append(Fault(path, "holds something that is not a finite number, or not one per draw."))
        return
    if isinstance(node, End):
        if len(values) != len(players):
            faults.append(Fault(path, f"'{node.name}' has {len(values)} payoffs, expected {len(players)}."))
        return
    if not node.moves or len(node.moves) != len(node.children) or len(set(node.moves)) != len(node.moves):
        text = f"'{node.place}' has {len(node.moves)} moves and {len(node.children)} nodes after it."
        faults.append(Fault(path, f"{text} It needs one for each, of different names."))
    if isinstance(node, Choice) and node.player not in players:
        faults.append(Fault(path, f"'{node.place}' belongs to '{node.player}', who is not among the players."))
    if isinstance(node, Chance):
        total = sum(values)
        below = any((value < 0).any() for value in values)
        if below or len(values) != len(node.moves) or bool((np.abs(total - 1) > SUM).any()):
            text = f"The chances of '{node.place}' must be one for each move, at least 0, and 1 together."
            faults.append(Fault(path, text))


def _places(nodes: Sequence[Node], players: Sequence[str], faults: list[Fault]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for index, node in enumerate(nodes):
        if not isinstance(node, Choice):
            continue
        mover = players.index(node.player)
        known = found.get(node.place, Place(node.place, mover, node.moves, ()))
        if (known.player, known.moves) != (mover, node.moves):
            text = f"'{node.place}' has another player or other moves than before. Who cannot tell cannot differ."
            faults.append(Fault(("nodes", index), text))
        found[node.place] = Place(node.place, known.player, known.moves, (*known.nodes, index))
    return tuple(found.values())


def _check_memory(nodes: Sequence[Node], children: Sequence[Sequence[int]], faults: list[Fault]) -> None:
    """Nobody comes through the same information set twice: such games have no agent form."""
    above: list[frozenset[str]] = [frozenset()] * len(nodes)
    for index, node in enumerate(nodes):
        if not isinstance(node, Choice):
            seen = above[index]
        elif node.place in above[index]:
            text = f"'{node.place}' comes twice on one way; a player who forgets having moved is not supported."
            faults.append(Fault(("nodes", index), text))
            return
        else:
            seen = above[index] | {node.place}
        for child in children[index]:
            above[child] = seen

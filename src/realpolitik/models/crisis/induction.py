"""Looking ahead: backward induction in every draw, and all subgame-perfect ways to play one draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import prod

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.crisis.play import backwards, likelihood
from realpolitik.models.crisis.tree import Choice, End, Place, Tree, numbers

__all__ = ["TOLERANCE", "LookAhead", "Perfect", "Solution", "backward_induction", "subgame_perfect"]

TOLERANCE = 1e-12
"""Payoffs nearer to each other than this share of the largest payoff are the same; rounding, not preference."""

MOST_PROFILES = 20_000
"""Ways of playing one subgame that are tried before the search is refused."""

MOST_SOLUTIONS = 1_000
"""Solutions of one subgame that are kept."""


@dataclass(frozen=True, eq=False)
class LookAhead:
    """How the game is played when everybody looks ahead, in every draw."""

    outcomes: tuple[str, ...]
    """Names, in the order of ``probability``."""

    probability: Floats
    """float[draws, outcomes]: 0 or 1 unless chance moves."""

    strategies: Mapping[str, Floats]
    """By place, float[moves, draws]: 1 for the move taken, reached or not."""

    worth: Floats
    """float[draws, players]: what the game is worth to each."""

    tie: Bools
    """bool[draws]: whether somebody was indifferent somewhere, so that another way to play is as rational."""


def backward_induction(tree: Tree) -> LookAhead:
    """Solve a game in which everybody knows what has happened, from its ends to its start.

    Whoever is indifferent takes the first of the best moves; ``tie`` says that there was such a case and
    ``subgame_perfect`` lists the other ways. Time O(nodes · draws).

    Raises
    ------
    ModelError : somebody does not know where it stands in the tree.
    """
    if not tree.perfect:
        raise ModelError(
            f"'{tree.title}' has information sets of several nodes, so looking ahead does not settle it. "
            "Use subgame_perfect or quantal."
        )
    slack = TOLERANCE * _scale(tree)
    tie = np.zeros(tree.draws, dtype=bool)

    def first_best(node: Choice, worth: Floats) -> Floats:
        best = worth >= worth.max(axis=0) - slack
        tie[best.sum(axis=0) > 1] = True
        taken: Floats = (best & (best.cumsum(axis=0) == 1)).astype(float)
        return taken

    strategies, worth = backwards(tree, first_best)
    return LookAhead(tree.outcomes, likelihood(tree, strategies), strategies, worth.T, tie)


def _scale(tree: Tree) -> float:
    """The largest payoff, at least 1e-300."""
    return max(1e-300, *(float(np.abs(value).max()) for node in tree.nodes if isinstance(node, End)
                         for value in node.payoffs))  # fmt: skip


@dataclass(frozen=True)
class Perfect:
    """One subgame-perfect way to play, without dice."""

    moves: Mapping[str, str]
    """By place, the move taken there, reached or not."""

    worth: tuple[float, ...]
    """What the game is then worth to each player."""

    outcomes: Mapping[str, float]
    """By outcome, its probability; only chance makes it less than 1."""


@dataclass(frozen=True)
class Solution:
    """All subgame-perfect ways to play one draw without dice."""

    found: tuple[Perfect, ...]
    """Each of them, in the order of the moves."""

    complete: bool
    """Whether these are all. None and complete: there are equilibria with dice only."""

    method: str
    """How it was computed, in a sentence."""


Part = tuple[dict[str, int], tuple[float, ...]]
"""A way to play a subgame, by place the index of the move, and its worth to each player."""


def subgame_perfect(tree: Tree, draw: int = 0) -> Solution:
    """List all subgame-perfect equilibria in pure strategies, for ties and information sets alike.

    Subgames are solved from the smallest to the whole. Within one, every way to play is tried and kept if no
    player gains by changing all it does there, given how the subgames inside are played.

    Parameters
    ----------
    draw : which possible world, from zero.

    Raises
    ------
    ModelError : a subgame has more than 20,000 ways to play.
    """
    search = _Search(tree, draw)
    solved = search.run()
    found = []
    for choices, worth in solved:
        strategies = {
            place.name: np.eye(len(place.moves))[choices[place.name]][:, np.newaxis].repeat(tree.draws, axis=1)
            for place in tree.places
        }
        chances = likelihood(tree, strategies)[draw]
        outcomes = {name: float(p) for name, p in zip(tree.outcomes, chances, strict=True) if p > 0}
        moves = {place.name: place.moves[choices[place.name]] for place in tree.places}
        found.append(Perfect(moves, worth, outcomes))
    method = "every pure way to play each subgame, from the smallest to the whole"
    return Solution(tuple(found), search.complete, method)


class _Search:
    """Subgames of one draw, solved from the inside."""

    def __init__(self, tree: Tree, draw: int) -> None:
        self.tree = tree
        self.complete = True
        self.solved: dict[int, list[Part]] = {}
        self.slack = TOLERANCE * _scale(tree)
        self.place = {index: place for place in tree.places for index in place.nodes}
        self.numbers: list[tuple[float, ...]] = []
        for node in tree.nodes:
            self.numbers.append(tuple(float(np.broadcast_to(value, tree.draws)[draw]) for value in numbers(node)))

    def run(self) -> list[Part]:
        """Solve every subgame; the last is the whole."""
        for root in reversed(_subgames(self.tree)):
            self.solved[root] = self._solve(root)
        return self.solved[0]

    def _solve(self, root: int) -> list[Part]:
        shape = self._open(root)
        inside = [index for index in shape if index in self.solved]
        places = list({self.place[index].name: self.place[index] for index in shape if index in self.place
                       and index not in self.solved}.values())  # fmt: skip
        profiles = prod(len(place.moves) for place in places)
        if profiles > MOST_PROFILES:
            raise ModelError(
                f"'{self.tree.title}' has a subgame with {profiles:,} ways to play; at most {MOST_PROFILES:,} are "
                "tried. Use quantal."
            )
        limit = max(1, MOST_PROFILES // profiles)
        self.complete &= prod(len(self.solved[index]) for index in inside) <= limit
        kept: list[Part] = []
        for parts in islice(product(*(self.solved[index] for index in inside)), limit):
            below = dict(zip(inside, parts, strict=True))
            kept.extend(self._stable(shape, places, below))
        self.complete &= len(kept) <= MOST_SOLUTIONS
        return kept[:MOST_SOLUTIONS]

    def _open(self, root: int) -> list[int]:
        """Nodes of the subgame, parents first; solved subgames inside it stand for what they hold."""
        shape: list[int] = []
        waiting = [root]
        while waiting:
            index = waiting.pop()
            shape.append(index)
            if index not in self.solved:
                waiting.extend(reversed(self.tree.children[index]))
        return shape

    def _stable(self, shape: list[int], places: list[Place], below: Mapping[int, Part]) -> Iterator[Part]:
        """Ways to play from which no player gains by changing all that it does in this subgame."""
        ways = [range(len(place.moves)) for place in places]
        worth = {way: self._worth(shape, places, way, below) for way in product(*ways)}
        for way, value in worth.items():
            if all(
                worth[other][player] <= value[player] + self.slack
                for player in {place.player for place in places}
                for other in product(
                    *(moves if place.player == player else (taken,)
                      for place, moves, taken in zip(places, ways, way, strict=True))
                )
            ):  # fmt: skip
                choices = {place.name: taken for place, taken in zip(places, way, strict=True)}
                for part, _ in below.values():
                    choices |= part
                yield choices, value

    def _worth(
        self, shape: list[int], places: list[Place], way: tuple[int, ...], below: Mapping[int, Part]
    ) -> tuple[float, ...]:
        taken = {place.name: move for place, move in zip(places, way, strict=True)}
        worth = {index: value for index, (_, value) in below.items()}
        for index in reversed(shape):
            if index in worth:
                continue
            node, children = self.tree.nodes[index], self.tree.children[index]
            if isinstance(node, End):
                worth[index] = self.numbers[index]
            elif isinstance(node, Choice):
                worth[index] = worth[children[taken[node.place]]]
            else:
                branches = [worth[child] for child in children]
                worth[index] = tuple(
                    sum(p * v for p, v in zip(self.numbers[index], values, strict=True))
                    for values in zip(*branches, strict=True)
                )
        return worth[shape[0]]


def _subgames(tree: Tree) -> list[int]:
    """Nodes at which everybody knows where the game stands, from first to last; the start is one, ends are not."""
    last = list(range(len(tree.nodes)))
    for index in reversed(last):
        last[index] = last[tree.children[index][-1]] if tree.children[index] else index
    return [
        index
        for index, node in enumerate(tree.nodes)
        if index == 0 or not (isinstance(node, End) or any(_cut(place, index, last[index]) for place in tree.places))
    ]


def _cut(place: Place, first: int, last: int) -> bool:
    """Whether an information set has nodes both inside and outside a stretch of the walk."""
    return 0 < sum(first <= index <= last for index in place.nodes) < len(place.nodes)

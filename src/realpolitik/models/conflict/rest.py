"""Where a conflict comes to rest: moves from the status quo, or any of its equilibria."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Bools, Counts
from realpolitik.models.conflict.drawn import DrawnConflict
from realpolitik.models.conflict.search import Search
from realpolitik.registry import model

__all__ = ["LAST_MOVES", "Rest", "graph_model"]

LAST_MOVES = (100, 200)
"""Of a conflict that goes in circles, a number of moves from this range is followed, drawn so that no part of the
circle is favoured."""

Odds = tuple[tuple[float, int], ...]
"""Cumulative probability and state."""


@dataclass(frozen=True, eq=False)
class Rest:
    """Where things end in each draw."""

    state: Counts
    """int[draws]: index of the state."""

    settled: Bools
    """bool[draws]: whether it is an equilibrium; else nothing keeps things where they are."""

    moves: Counts
    """int[draws]: how many moves led there; 0 where the equilibrium was chosen without following moves."""

    method: str
    """How it was found."""


@model("graph-model", accepts=DrawnConflict, reference="Fang1993", variants=("from-status-quo", "even"))
def graph_model(conflict: DrawnConflict, *, rng: np.random.Generator, variant: str = "from-status-quo") -> Rest:
    """Where a conflict of moves and counter-moves comes to rest.

    Who would leave a state is said by the stability concept: whoever has an improvement that nothing deters.

    ``from-status-quo``: things move while somebody would. Of those who would move each is equally likely to be first;
    it goes where it likes best among the improvements that nothing deters, ties being even. What nobody would leave is
    an equilibrium. Conflicts can go in circles; then ``settled`` is false.

    ``even``: each equilibrium is equally likely, whether moves lead there or not. Without one things stay at the status
    quo, and ``settled`` is false.

    Parameters
    ----------
    conflict : preferences and the state in which things are, in every draw.
    rng : source of chance.
    variant : which rule chooses among equilibria.

    Returns
    -------
    Rest : state int[draws], settled bool[draws].

    Raises
    ------
    UnknownName : there is no such variant.

    References
    ----------
    Fang, Hipel & Kilgour 1993 for stability and status quo analysis. That the first mover is chosen evenly, and
    ``even``, are ours. Checked: tests/reference/graph-model.yaml.
    """
    if variant == "even":
        return _evenly(conflict, rng)
    if variant != "from-status-quo":
        raise UnknownName("variant of graph-model", variant, ("from-status-quo", "even"))
    return _from_status_quo(conflict, rng)


def _evenly(conflict: DrawnConflict, rng: np.random.Generator) -> Rest:
    kinds, kind = conflict.kinds()
    chance = rng.random(conflict.draws)
    state, settled = conflict.start.copy(), np.zeros(conflict.draws, dtype=np.bool_)
    for index, minds in enumerate(kinds):
        ends = np.array(conflict.verdicts(minds, (conflict.concept,)).equilibria(conflict.concept), dtype=np.int64)
        if len(ends):
            here = kind == index
            state[here], settled[here] = ends[(chance[here] * len(ends)).astype(np.int64)], True
    return Rest(state, settled, np.zeros_like(state), "each equilibrium equally likely")


def _from_status_quo(conflict: DrawnConflict, rng: np.random.Generator) -> Rest:
    kinds, kind = conflict.kinds()
    first = conflict.graph.with_preferences(kinds[0][0])
    base = conflict.search(first)
    odds: dict[tuple[int, int], Odds] = {}
    state, moves = conflict.start.copy(), np.zeros(conflict.draws, dtype=np.int64)
    settled = np.zeros(conflict.draws, dtype=np.bool_)
    last = rng.integers(*LAST_MOVES, size=conflict.draws)
    moving = np.arange(conflict.draws)
    while len(moving):
        chance = rng.random(conflict.draws)[moving]
        places, which = np.unique(kind[moving] * conflict.graph.size + state[moving], return_inverse=True)
        for index, place in enumerate(places):
            key = divmod(int(place), conflict.graph.size)
            if key not in odds:
                odds[key] = next_states(conflict.searches(base, kinds[key[0]]), conflict.concept, key[1])
            group = moving[which == index]
            if not odds[key]:
                settled[group] = True
            else:
                edges, ends = np.array([edge for edge, _ in odds[key]]), np.array([end for _, end in odds[key]])
                state[group] = ends[np.searchsorted(edges[:-1], chance[which == index], side="right")]
                moves[group] += 1
        moving = moving[~settled[moving] & (moves[moving] < last[moving])]
    return Rest(state, settled, moves, "moves followed from the status quo")


def next_states(searches: tuple[Search, ...], concept: str, state: int) -> Odds:
    """Where things go next from a state, with cumulative probabilities; nothing if nobody would move."""
    ways = [search.leaves(concept, player, state) for player, search in enumerate(searches)]  # type: ignore[arg-type]
    ways = [ends for ends in ways if ends]
    found: list[tuple[float, int]] = []
    total = 0.0
    for ends in ways:
        for end in ends:
            total += 1 / (len(ways) * len(ends))
            found.append((total, end))
    return tuple(found)

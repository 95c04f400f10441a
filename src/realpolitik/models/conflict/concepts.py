"""Which states are stable for whom, under five ideas of how far people look ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Bools, Counts
from realpolitik.models.conflict import kernel
from realpolitik.models.conflict.graph import StateGraph

__all__ = ["CONCEPTS", "Concept", "Stability", "checked_concepts", "focal_stability", "stability"]

Concept = Literal["nash", "gmr", "smr", "seq", "sim"]

CONCEPTS: tuple[Concept, ...] = get_args(Concept)
"""Nash (looks one move ahead), general metarationality, symmetric metarationality, sequential and simultaneous
stability."""

PLAIN_STATES = 256
"""Up to here loading Numba takes longer than the work."""


@dataclass(frozen=True, eq=False)
class Stability:
    """Verdicts for every state, player and concept."""

    players: tuple[str, ...]
    """Decision makers, or coalitions with their members joined by ' + '."""

    stable: dict[Concept, Bools]
    """bool[players, states] by concept."""

    method: str
    """How it was computed, in a sentence; the verdicts are exact."""

    def equilibria(self, concept: Concept) -> tuple[int, ...]:
        """Indices of the states that are stable for every player."""
        return tuple(int(state) for state in np.flatnonzero(self.stable[concept].all(axis=0)))


def checked_concepts(concepts: Sequence[str]) -> tuple[Concept, ...]:
    """The same concepts.

    Raises
    ------
    UnknownName : one is not of ``CONCEPTS``.
    """
    for name in concepts:
        if name not in CONCEPTS:
            raise UnknownName("stability concept", name, CONCEPTS)
    return tuple(name for name in CONCEPTS if name in concepts)


def stability(graph: StateGraph, concepts: Sequence[str] = CONCEPTS) -> Stability:
    """Stability of every state for every decision maker.

    A state is stable for a decision maker if it has no improvement from it (``nash``), or if for each improvement

    - ``gmr``: the others have a sequence of moves to a state that is no better for it;
    - ``smr``: the same, and it cannot move from there to anything better;
    - ``seq``: the same as gmr, with each of the others' moves an improvement for the one who makes it;
    - ``sim``: improvements that one or several of the others make from the same state at the same time, each
      changing its own options, lead together with it to a feasible state that is no better for it.

    Memory grows with the number of states; no table of states by states is built.

    Raises
    ------
    ModelError : a comparison is unknown; :func:`~realpolitik.models.conflict.search.search` handles those.
    UnknownName : no such concept.

    References
    ----------
    Fang, Hipel & Kilgour 1993, Interactive Decision Making: The Graph Model for Conflict Resolution. ``sim`` for
    more than two decision makers follows Fraser & Hipel 1984, Conflict Analysis. Both are named from memory: what is
    tested is the definition as it stands here.

    Examples
    --------
    >>> dilemma = StateGraph.build(
    ...     {"one": ["cooperate"], "two": ["comply"]}, {"one": [3, 4, 1, 2], "two": [2, 4, 1, 3]}
    ... )
    >>> found = stability(dilemma)
    >>> found.equilibria("nash"), found.equilibria("seq")
    ((0,), (0, 3))
    """
    wanted = checked_concepts(concepts)
    if graph.size > PLAIN_STATES:
        kernel.compile_all()
    rank = graph.ranks()
    stable = {name: np.empty((len(graph.decision_makers), graph.size), dtype=np.bool_) for name in wanted}
    for focal in range(len(graph.decision_makers)):
        _verdicts(graph, rank, focal, {name: rows[focal] for name, rows in stable.items()})
    return Stability(graph.decision_makers, stable, "every move of every state, on bit masks")


def focal_stability(graph: StateGraph, focal: int, concepts: Sequence[Concept]) -> Bools:
    """bool[concepts, states]: the verdicts of :func:`stability` for one decision maker."""
    found = np.empty((len(concepts), graph.size), dtype=np.bool_)
    _verdicts(graph, graph.ranks(), focal, dict(zip(concepts, found, strict=True)))
    return found


def _verdicts(graph: StateGraph, rank: Counts, focal: int, stable: dict[Concept, Bools]) -> None:
    """Fill the rows of one decision maker."""
    fixed = (graph.states, graph.index)
    ways = (graph.keeps, graph.drops)
    own = (*fixed, graph.blocks[focal], *ways, graph.perceived[focal], rank[focal])
    everybody = (*fixed, graph.blocks, *ways, graph.perceived, rank)
    others = [maker for maker in range(len(graph.blocks)) if maker != focal]
    best = -_lowest(graph, [focal], -rank[focal])
    if "nash" in stable:
        stable["nash"][:] = best == rank[focal]
    for name, key in (("gmr", rank[focal]), ("smr", best)):
        if name in stable:
            kernel.answered(*own, _lowest(graph, others, key), stable[name])
    if "seq" in stable:
        low, stack = np.empty_like(best), np.empty_like(best)
        kernel.floors(*everybody, focal, rank[focal], np.argsort(rank[focal], kind="stable"), low, stack)
        kernel.answered(*own, low, stable["seq"])
    if "sim" in stable:
        value = np.where(graph.index >= 0, rank[focal][graph.index], graph.size)
        widest = max(int(block).bit_count() for block in graph.blocks)
        ends = np.empty((len(graph.blocks), 1 << widest), dtype=np.int64)
        counts, cursor = np.empty((2, len(graph.blocks)), dtype=np.int64)
        least = _least(value, graph.owner != focal)
        kernel.simultaneous(*everybody, focal, value, least, ends, counts, cursor, stable["sim"])


def _least(value: Counts, free: Bools) -> Counts:
    """The least value by mask, int64[2 ** options], when the options that are ``free`` may change."""
    cube = value.reshape((2,) * len(free))  # the lowest bit is the last axis
    axes = tuple(len(free) - 1 - int(bit) for bit in np.flatnonzero(free))
    return np.ascontiguousarray(np.broadcast_to(cube.min(axis=axes, keepdims=True), cube.shape)).ravel()


def _lowest(graph: StateGraph, makers: Sequence[int], key: Counts) -> Counts:
    """The least key, int64[states], among each state and those that some decision makers reach by any moves.

    All moves of one of them are worked out one option at a time, through infeasible masks as well: a move changes
    its options at once, so that what lies between does not matter.
    """
    low, before = key.copy(), None
    while before is None or (low < before).any():
        before = low.copy()
        for maker in makers:
            seen = graph.perceived[maker]
            inside = graph.states[seen]
            cube = np.full(1 << len(graph.options), np.iinfo(np.int64).max)
            cube[inside] = low[seen]
            for option in np.flatnonzero(graph.owner == maker):
                pairs = cube.reshape(-1, 2, 1 << int(option))
                without, taken = pairs[:, 0], pairs[:, 1]
                old = without.copy()
                if not graph.drops >> int(option) & 1:
                    np.minimum(without, taken, out=without)
                if not graph.keeps >> int(option) & 1:
                    np.minimum(taken, old, out=taken)
            low[seen] = np.minimum(low[seen], cube[inside])
    return low

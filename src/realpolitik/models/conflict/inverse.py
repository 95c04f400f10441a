"""The inverse question: which comparisons a player must hold for a state to be stable."""

from __future__ import annotations

from dataclasses import dataclass

from realpolitik.models.conflict.concepts import Concept
from realpolitik.models.conflict.search import Search

__all__ = ["Requirement", "requirements"]


@dataclass(frozen=True)
class Requirement:
    """One condition: the state must be at least as good as every state of one of the alternatives."""

    move: int
    """Index of the state to which the player could move."""

    alternatives: tuple[tuple[int, ...], ...]
    """Indices of states; the first is the move itself: it is no improvement. The others deter from it."""

    holds: bool
    """Whether it holds as the preferences are."""


def requirements(search: Search, concept: Concept, player: int, state: int) -> tuple[Requirement, ...]:
    """What a player must prefer for a state to be stable for it, given the preferences of all others.

    The state is stable if and only if all requirements hold. An alternative that contains another is left out.

    Parameters
    ----------
    search : a conflict whose comparisons are all known.
    player : index into ``search.players``, a single decision maker.
    state : index of a state.

    Examples
    --------
    >>> from realpolitik.models.conflict.graph import StateGraph
    >>> dilemma = StateGraph.build(
    ...     {"one": ["cooperate"], "two": ["comply"]}, {"one": [3, 4, 1, 2], "two": [2, 4, 1, 3]}
    ... )
    >>> requirements(Search(dilemma), "gmr", 0, 3)
    (Requirement(move=2, alternatives=((2,), (0,)), holds=True),)
    """
    found = []
    for move in search.moves(player, state):
        alternatives = [frozenset([move])]
        for place, _ in search.answers(concept, player, state, move):
            escapes = search.moves(player, place) if concept == "smr" else ()
            alternatives.append(frozenset([place, *escapes]) - {state})
        least = [one for one in dict.fromkeys(alternatives) if not any(other < one for other in alternatives)]
        met = any(all(search.deters(player, other, state) for other in one) for one in least)
        found.append(Requirement(move, tuple(tuple(sorted(one)) for one in least), met))
    return tuple(found)

"""Verdicts with their witnesses, move by move; for decision makers and coalitions, unknown and strong preferences."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from typing import Literal

import numpy as np

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.conflict.concepts import CONCEPTS, Concept, Stability, checked_concepts
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.preferences import Preference

__all__ = ["Answered", "Search", "Step", "Unknown", "Verdict", "coalitions"]

Unknown = Literal["a", "b", "c", "d"]
"""How unknown comparisons count (after Li, Hipel, Kilgour & Fang 2004, from memory): the focal player moves to states
that it cannot compare in ``a`` and ``c``, and is deterred by them in ``c`` and ``d``. The others always move there."""

MOST_STATES = 4096
"""States up to which every verdict is searched move by move."""


@dataclass(frozen=True)
class Step:
    """One move."""

    by: tuple[str, ...]
    """Who moves; several at the same time, or a coalition, are named together."""

    start: int
    """Index of the state before."""

    end: int
    """Index of the state after."""


@dataclass(frozen=True)
class Answered:
    """An improvement and what deters from it."""

    improvement: tuple[Step, ...]
    """The move; a coalition may need several, one member after the other."""

    sanction: tuple[Step, ...] | None
    """What the others do then, up to a state that is no better for the focal player; None: nothing deters."""


@dataclass(frozen=True)
class Verdict:
    """Whether a state is stable for a player, and why."""

    concept: Concept
    """Which idea of stability."""

    player: tuple[str, ...]
    """The decision maker, or the members of the coalition."""

    state: int
    """Index of the state."""

    improvements: tuple[Answered, ...]
    """Stable: every improvement with its sanction. Unstable: the first that nothing deters."""

    @property
    def is_stable(self) -> bool:
        """Whether every improvement is deterred."""
        return all(answered.sanction is not None for answered in self.improvements)


def coalitions(graph: StateGraph) -> tuple[tuple[str, ...], ...]:
    """Every coalition of two or more decision makers, the smallest first.

    Examples
    --------
    >>> coalitions(StateGraph.build({"a": ["x"], "b": ["y"]}, statements={"a": ["x"], "b": ["y"]}))
    (('a', 'b'),)
    """
    makers = graph.decision_makers
    return tuple(group for size in range(2, len(makers) + 1) for group in combinations(makers, size))


@dataclass(eq=False)
class Search:
    """Answers questions on one conflict by following moves.

    Parameters
    ----------
    graph : the conflict.
    parties : coalitions that act as one; everybody else acts alone. A coalition's moves are the legal sequences of
        its members' moves, an improvement one that every member prefers; it is deterred by what some member does not
        prefer to the present state.
    unknown : how unknown comparisons count; needed where there are some.
    strongly : whether only a strongly less preferred state deters (strong stability).

    Raises
    ------
    ContestError : somebody is in two parties or unknown.
    ModelError : too many states, or comparisons are unknown and nothing says how they count.
    """

    graph: StateGraph
    parties: Sequence[Sequence[str]] = ()
    unknown: Unknown | None = None
    strongly: bool = False
    players: tuple[tuple[int, ...], ...] = field(init=False)
    """Indices of the members of each player; coalitions first."""

    def __post_init__(self) -> None:
        if self.graph.size > MOST_STATES:
            text = f"{self.graph.size:,} states; moves are followed one by one in up to {MOST_STATES:,}"
            raise ModelError(f"{text}. Use 'stability' for the verdicts of decision makers.")
        if self.unknown is None:
            self.graph.ranks()
        elif self.unknown not in ("a", "b", "c", "d"):
            raise UnknownName("rule for unknown comparisons", self.unknown, ("a", "b", "c", "d"))
        grouped = [tuple(self.graph.maker(name) for name in party) for party in self.parties]
        taken = [maker for party in grouped for maker in party]
        if len(set(taken)) < len(taken) or not all(grouped):
            raise ContestError("A decision maker stands in two coalitions, or one is empty. Each belongs to one.")
        alone = [(maker,) for maker in range(len(self.graph.decision_makers)) if maker not in taken]
        self.players = (*grouped, *alone)

    @cached_property
    def _moves(self) -> list[list[tuple[int, ...]]]:
        """By player and state, where it can get to."""
        states = range(self.graph.size)
        return [
            [tuple(self.graph.moves(player[0], state)) for state in states]
            if len(player) == 1
            else [tuple(sorted(set(self._joint(player, state)) - {state})) for state in states]
            for player in self.players
        ]

    def seen_with(self, preferences: Sequence[Preference]) -> Search:
        """The same search with other preferences; the moves, which do not depend on them, are kept."""
        other = replace(self, graph=self.graph.with_preferences(preferences))
        other.__dict__["_moves"] = self._moves
        return other

    def leaves(self, concept: Concept, player: int, state: int) -> tuple[int, ...]:
        """Where a player would go from a state: the undeterred improvements to which it prefers no other of them."""
        free = [end for end in self.improvements(player, state) if self._sanction(concept, player, state, end) is None]
        return tuple(end for end in free if not any(self.improves(player, other, end, venture=False) for other in free))

    def _joint(self, members: Sequence[int], state: int) -> dict[int, tuple[int, int]]:
        """Every state that members reach by a sequence of moves, with the state before it and who moved last."""
        came: dict[int, tuple[int, int]] = {}
        waiting = deque([state])
        while waiting:
            place = waiting.popleft()
            for member in members:
                for end in self.graph.moves(member, place):
                    if end not in came:
                        came[end] = (place, member)
                        waiting.append(end)
        return came

    def moves(self, player: int, state: int) -> tuple[int, ...]:
        """Indices of the states that a player can get to."""
        return self._moves[player][state]

    def improves(self, player: int, end: int, start: int, *, venture: bool) -> bool:
        """Whether every member prefers ``end``, or, if it ventures, prefers it or cannot compare it."""
        wishes = [self.graph.preferences[member] for member in self.players[player]]
        return all(wish.prefers(end, start) or (venture and not wish.knows(end, start)) for wish in wishes)

    def deters(self, player: int, end: int, start: int) -> bool:
        """Whether ``end`` is no better than ``start`` for some member; strongly worse, under strong stability."""
        wishes = [self.graph.preferences[member] for member in self.players[player]]
        if self.strongly:
            return any(wish.strongly(start, end) for wish in wishes)
        feared = self.unknown in ("c", "d")
        return any(not wish.prefers(end, start) and (feared or wish.knows(end, start)) for wish in wishes)

    def improvements(self, player: int, state: int) -> tuple[int, ...]:
        """Indices of the states that the focal player would move to."""
        venture = self.unknown in ("a", "c")
        return tuple(end for end in self.moves(player, state) if self.improves(player, end, state, venture=venture))

    def verdict(self, concept: Concept, player: int, state: int) -> Verdict:
        """Whether a state is stable for a player, with the improvements and what deters from them.

        Parameters
        ----------
        player : index into ``players``.
        state : index of a state.
        """
        found: list[Answered] = []
        who = self.names(self.players[player])
        for end in self.improvements(player, state):
            sanction = self._sanction(concept, player, state, end)
            answered = Answered(self._path(player, state, end), sanction)
            if sanction is None:
                return Verdict(concept, who, state, (answered,))
            found.append(answered)
        return Verdict(concept, who, state, tuple(found))

    def stability(self, concepts: Sequence[str] = CONCEPTS) -> Stability:
        """Verdicts on every state for every player."""
        stable = {
            concept: np.array(
                [
                    [self.verdict(concept, player, state).is_stable for state in range(self.graph.size)]
                    for player in range(len(self.players))
                ]
            )
            for concept in checked_concepts(concepts)
        }
        names = tuple(" + ".join(self.names(player)) for player in self.players)
        return Stability(names, stable, "every legal sequence of moves from every state")

    def names(self, members: Sequence[int]) -> tuple[str, ...]:
        """Names of decision makers."""
        return tuple(self.graph.decision_makers[member] for member in members)

    def _path(self, player: int, start: int, end: int) -> tuple[Step, ...]:
        """The moves of a player from one state to another."""
        members = self.players[player]
        if len(members) == 1:
            return (Step(self.names(members), start, end),)
        came, steps, place = self._joint(members, start), [], end
        while place != start:
            before, member = came[place]
            steps.append(Step(self.names([member]), before, place))
            place = before
        return tuple(reversed(steps))

    def reached(self, start: int, *, improving: bool = True) -> dict[int, tuple[Step, ...]]:
        """Every state to which things can get from a state, with one of the shortest ways there.

        Parameters
        ----------
        improving : whether everybody moves only to what it prefers to where things are.
        """
        return {end: way for end, way in self._sequences(None, start, improving=improving) if end != start}

    def answers(self, concept: Concept, player: int, state: int, end: int) -> Iterator[tuple[int, tuple[Step, ...]]]:
        """What the others can make of a player's move from ``state`` to ``end``: states and the ways there."""
        if concept == "sim":
            yield from self._at_once(player, state, end)
        elif concept != "nash":
            yield from self._sequences(player, end, improving=concept == "seq")

    def _sanction(self, concept: Concept, player: int, state: int, end: int) -> tuple[Step, ...] | None:
        for place, way in self.answers(concept, player, state, end):
            escapes = self.moves(player, place) if concept == "smr" else ()
            if all(self.deters(player, feared, state) for feared in (place, *escapes)):
                return way
        return None

    def _sequences(self, player: int | None, start: int, *, improving: bool) -> Iterator[tuple[int, tuple[Step, ...]]]:
        """States that all but one reach, the nearest first, with the way there; nobody moves twice in a row.

        The state itself is among them if they can come back to it, as the definition of legal sequences has it.
        """
        came: dict[tuple[int, int], tuple[int, int] | None] = {(start, -1): None}
        waiting = deque([(start, -1)])
        shown: set[int] = set()
        while waiting:
            here = waiting.popleft()
            place, last = here
            for other in range(len(self.players)):
                if other in (player, last):
                    continue
                for end in self.moves(other, place):
                    if (end, other) in came or (improving and not self._steps_up(other, end, place)):
                        continue
                    came[end, other] = here
                    waiting.append((end, other))
                    if end not in shown:
                        shown.add(end)
                        yield end, self._way(came, (end, other))

    def _steps_up(self, other: int, end: int, start: int) -> bool:
        return self.improves(other, end, start, venture=self.unknown is not None)

    def _way(self, came: dict[tuple[int, int], tuple[int, int] | None], last: tuple[int, int]) -> tuple[Step, ...]:
        steps: list[Step] = []
        here = last
        while (before := came[here]) is not None:
            steps[:0] = self._path(here[1], before[0], here[0])
            here = before
        return tuple(steps)

    def _at_once(self, player: int, state: int, end: int) -> Iterator[tuple[int, tuple[Step, ...]]]:
        """Where improvements that others make together with the focal player's move lead."""
        others = [other for other in range(len(self.players)) if other != player]
        choices = [
            [state, *(to for to in self.moves(other, state) if self._steps_up(other, to, state))] for other in others
        ]
        masks = self.graph.states
        for chosen in product(*choices):
            mask, movers = int(masks[end]), []
            for other, to in zip(others, chosen, strict=True):
                if to != state:
                    mask ^= int(masks[state] ^ masks[to])
                    movers += list(self.names(self.players[other]))
            place = int(self.graph.index[mask])
            if movers and place >= 0:
                yield place, (Step(tuple(movers), end, place),)

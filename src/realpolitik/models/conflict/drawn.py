"""What the graph model reads over draws: one frame, the preferences that occur, and which of them each draw has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from realpolitik.errors import ContestError, ModelError
from realpolitik.models.arrays import Counts, refuse, whole
from realpolitik.models.conflict.concepts import CONCEPTS, Concept, Stability, checked_concepts, stability
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.preferences import Preference
from realpolitik.models.conflict.search import Search, Unknown

__all__ = ["MOST_DRAWN_STATES", "DrawnConflict", "Minds"]

MOST_DRAWN_STATES = 1024
"""States of a conflict whose preferences differ between draws."""

Minds = tuple[tuple[Preference, ...], ...]
"""By decision maker, the preferences of all of them as it sees them."""


@dataclass(frozen=True, eq=False)
class DrawnConflict:
    """A conflict in every draw.

    Raises
    ------
    ContestError : shapes or indices are wrong.
    ModelError : preferences differ between draws, and there are more than ``MOST_DRAWN_STATES`` states.
    """

    stage: ClassVar[str] = "conflict"
    """The kind of stage that models of this view work out."""

    graph: StateGraph
    """States and moves; its preferences are not read."""

    slots: tuple[tuple[int, int], ...]
    """(viewer, decision maker): whose preferences as seen by whom; viewer -1 is everybody who sees no others."""

    forms: tuple[tuple[Preference, ...], ...]
    """By slot, the different preferences that occur."""

    drawn: Counts
    """int[draws, slots]: which of them."""

    start: Counts
    """int[draws]: index of the state in which things are."""

    concept: Concept = "seq"
    """How far decision makers look ahead."""

    parties: tuple[tuple[str, ...], ...] = ()
    """Coalitions that act as one."""

    unknown: Unknown | None = None
    """How unknown comparisons count."""

    strongly: bool = False
    """Whether only a strongly less preferred state deters."""

    def __post_init__(self) -> None:
        faults: list = []  # type: ignore[type-arg]
        draws = len(np.atleast_1d(self.start))
        whole("drawn", self.drawn, [("draw", draws), ("slot", len(self.slots))], faults)
        whole("start", self.start, [("draw", draws)], faults)
        refuse(faults)
        limits = np.array([len(forms) for forms in self.forms])
        if (self.drawn >= limits).any() or (self.start >= self.graph.size).any():
            raise ContestError("A draw names a preference or a state that is not there.")
        checked_concepts([self.concept])
        several = max(map(len, self.forms), default=1) > 1
        if several and self.graph.size > MOST_DRAWN_STATES:
            raise ModelError(
                f"{self.graph.size:,} states; uncertain preferences are followed in up to {MOST_DRAWN_STATES:,}. "
                "Make the preferences certain, or rule out states with 'infeasible'."
            )

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.start)

    def slot(self, viewer: int, maker: int) -> int:
        """Which slot holds the preferences of a decision maker as a viewer sees them."""
        return self.slots.index((viewer, maker) if (viewer, maker) in self.slots else (-1, maker))

    def kinds(self) -> tuple[list[Minds], Counts]:
        """The different states of mind that occur, and int[draws]: which of them."""
        rows, kind = np.unique(self.drawn, axis=0, return_inverse=True)
        return [self._minds(row) for row in rows], kind.reshape(-1).astype(np.int64)

    def _minds(self, row: Counts) -> Minds:
        makers = range(len(self.graph.decision_makers))
        held = {slot: self.forms[place][int(row[place])] for place, slot in enumerate(self.slots)}
        return tuple(tuple(held.get((viewer, maker), held[-1, maker]) for maker in makers) for viewer in makers)

    @staticmethod
    def own(minds: Minds) -> tuple[Preference, ...]:
        """What each decision maker prefers itself."""
        return tuple(mind[maker] for maker, mind in enumerate(minds))

    def searches(self, base: Search, minds: Minds) -> tuple[Search, ...]:
        """By player of ``base``, the search in which it judges: the conflict as its first member sees it."""
        made: dict[tuple[Preference, ...], Search] = {}
        return tuple(made.setdefault(mind, base.seen_with(mind)) for mind in self._of_players(base, minds))

    @staticmethod
    def _of_players(base: Search, minds: Minds) -> Iterator[tuple[Preference, ...]]:
        for player in base.players:
            yield minds[player[0]]

    @property
    def is_special(self) -> bool:
        """Whether verdicts need moves to be followed one by one."""
        return bool(self.parties) or self.unknown is not None or self.strongly

    def search(self, graph: StateGraph) -> Search:
        """A search of the graph by the rules of this conflict."""
        return Search(graph, self.parties, self.unknown, self.strongly)

    def verdicts(self, minds: Minds, concepts: tuple[Concept, ...] = CONCEPTS, base: Search | None = None) -> Stability:
        """Stability of every state where everybody judges by what it sees.

        Parameters
        ----------
        base : a search of this conflict, so that its moves need not be found again.
        """
        found: dict[tuple[Preference, ...], Stability] = {}
        for mind in dict.fromkeys(minds):
            graph = self.graph.with_preferences(mind)
            if self.is_special:
                found[mind] = (base or self.search(graph)).seen_with(mind).stability(concepts)
            else:
                found[mind] = stability(graph, concepts)
        first = found[minds[0]]
        if len(found) == 1:
            return first
        stable = {
            concept: np.array([found[mind].stable[concept][maker] for maker, mind in enumerate(minds)])
            for concept in concepts
        }
        return Stability(first.players, stable, "each decision maker in its own view")

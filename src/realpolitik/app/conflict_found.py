"""What the `conflict` command is asked, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.forecast.conflict import conflict_chances, typical
from realpolitik.forecast.forecast import MOST_DRAWS
from realpolitik.models.conflict import (
    CONCEPTS,
    Chances,
    Concept,
    Requirement,
    Search,
    Stability,
    StateGraph,
    Step,
    Verdict,
    coalitions,
    requirements,
)
from realpolitik.models.conflict.search import MOST_STATES

__all__ = ["Asked", "Found", "answers", "owned", "proof", "required", "verdicts_on", "ways"]

RULES = ("a", "b", "c", "d")
"""How unknown comparisons can count."""

MOST_COALITIONS = 64
"""Coalitions of two or more that are asked one by one."""


@dataclass(frozen=True)
class Asked:
    """What the command is asked."""

    name: str | None = None
    """Which conflict of the contest; needed where it has several."""

    explain: int | None = None
    """Number of a state whose verdicts are wanted in full."""

    inverse: int | None = None
    """Number of a state for which the comparisons are wanted that would make it stable."""

    unknown: str | None = None
    """How unknown comparisons count, a to d; left out: as the conflict says."""

    strongly: bool = False
    """Whether only a strongly less preferred state deters."""

    parties: tuple[str, ...] = ()
    """Coalitions that act as one, members joined by commas; left out: as the conflict says."""

    every_coalition: bool = False
    """Whether every coalition is asked in turn."""

    draws: int = 10_000
    seed: int = 1


@dataclass(frozen=True)
class Found:
    """A conflict that was read, and what is known about it."""

    title: str
    graph: StateGraph
    stability: Stability
    searches: tuple[Search, ...]
    """By player, the search in which it judges; empty where there are too many states to follow moves one by one."""

    chances: Chances | None = None
    """Where some preference is uncertain."""

    seed: int = 1
    coalitions: Mapping[tuple[str, ...], Stability] | None = None
    """By coalition, the verdicts where it acts as one and all others alone; the coalition is the first player."""

    @property
    def search(self) -> Search | None:
        """Any of the searches; who prefers what differs, moves do not."""
        return self.searches[0] if self.searches else None


def answers(contest: Contest, name: str, asked: Asked) -> Found:
    """Everything that is asked about one conflict of a contest."""
    if not 1 <= asked.draws <= MOST_DRAWS:
        raise ContestError(f"draws is {asked.draws}; 1 to {MOST_DRAWS:,} are possible.")
    if asked.seed < 0:
        raise ContestError(f"seed is {asked.seed}; it must be 0 or more.")
    noun = contest.conflicts[name]
    makers = tuple(noun.decision_makers)
    changed = {
        "coalitions": _parties(asked.parties, makers) or noun.coalitions,
        "unknown_counts_as": asked.unknown or noun.unknown_counts_as,
    }
    noun = noun.model_copy(update=changed)
    if noun.believes and (noun.coalitions or asked.every_coalition):
        raise ContestError("Coalitions whose members see different conflicts are not worked out. Ask without them.")
    asked_of = contest.model_copy(update={"conflicts": {**contest.conflicts, name: noun}})
    one = typical(asked_of, name, strongly=asked.strongly)
    (minds,), _ = one.kinds()
    graph = one.graph.with_preferences(one.own(minds))
    searches: tuple[Search, ...] = ()
    if one.is_special or graph.size <= MOST_STATES:
        searches = one.searches(one.search(graph), minds)
    chances = None
    if noun.is_uncertain:
        chances = conflict_chances(asked_of, name, asked.draws, asked.seed, strongly=asked.strongly)
    every = _every_coalition(one.search(graph)) if asked.every_coalition else None
    return Found(noun.title or name, graph, one.verdicts(minds), searches, chances, asked.seed, every)


def _parties(texts: Sequence[str], makers: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    parties = tuple(tuple(part.strip() for part in text.split(",") if part.strip()) for text in texts)
    for text, party in zip(texts, parties, strict=True):
        for member in party:
            if member not in makers:
                raise UnknownName("decision maker", member, makers)
        if len(set(party)) < 2:
            raise ContestError(f"'{text}' is no coalition. Name two decision makers or more, as in --coalition 'A, B'.")
    return parties


def _every_coalition(base: Search) -> dict[tuple[str, ...], Stability]:
    groups = coalitions(base.graph)
    if len(groups) > MOST_COALITIONS:
        raise ModelError(
            f"{len(groups):,} coalitions; up to {MOST_COALITIONS} are asked one by one. Name some with --coalition."
        )
    return {group: Search(base.graph, [group], base.unknown, base.strongly).stability() for group in groups}


def proof(found: Found, name: Concept) -> list[int]:
    """Equilibria that are stable for every coalition too, by index."""
    held = found.stability.stable[name].all(axis=0)
    for each in (found.coalitions or {}).values():
        held = held & each.stable[name][0]
    return [int(state) for state in np.flatnonzero(held)]


def owned(graph: StateGraph) -> dict[str, list[str]]:
    """Options by decision maker."""
    return {
        name: [option for option, owner in zip(graph.options, graph.owner, strict=True) if owner == maker]
        for maker, name in enumerate(graph.decision_makers)
    }


def verdicts_on(found: Found, state: int) -> list[Verdict]:
    """Every concept and player's verdict on a state."""
    return [
        search.verdict(concept, player, state) for concept in CONCEPTS for player, search in enumerate(found.searches)
    ]


def required(found: Found, state: int) -> list[tuple[str, str, Requirement]]:
    """Concept, player and requirement: what a player must not prefer to a state for the state to be stable for it."""
    return [
        (name, " + ".join(search.names(search.players[player])), each)
        for name in CONCEPTS
        for player, search in enumerate(found.searches)
        for each in requirements(search, name, player, state)
    ]


def ways(found: Found) -> Mapping[int, tuple[Step, ...]]:
    """From the status quo to each equilibrium that improvements lead to."""
    start = found.graph.status_quo
    if start is None or found.search is None:
        return {}
    search = found.search.seen_with(found.graph.preferences)
    ends = {state for name in CONCEPTS for state in found.stability.equilibria(name)}
    reached = search.reached(start)
    return {end: reached[end] for end in sorted(ends & reached.keys())}

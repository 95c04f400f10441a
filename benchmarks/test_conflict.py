"""Stability in 1,024 and 2^18 states, all five concepts, against tables of states by states."""

import resource
from typing import Any

import numpy as np
import pytest

from realpolitik.models.conflict import CONCEPTS, Preference, StateGraph, chances, stability, worth
from realpolitik.models.conflict.preferences import levels
from tests.plain import conflict as plain

MOST_SECONDS, MOST_BYTES = 10, 1e9
"""Largest time and memory for 2^18 states."""

NAIVE_STATES = 16
"""States of 1,024 whose verdicts the plain reference works out; its tables of moves are given to it."""


def conflict(options: int, makers: int = 3) -> StateGraph:
    rng = np.random.default_rng(1)
    names = [f"o{k}" for k in range(options)]
    groups = {f"d{i}": [str(name) for name in part] for i, part in enumerate(np.array_split(names, makers))}
    wishes = {
        maker: [f"{'not ' if rng.random() < 0.5 else ''}{name}" for name in rng.permutation(names)] for maker in groups
    }
    return StateGraph.build(groups, statements=wishes)


@pytest.mark.benchmark(group="conflict, 1,024 states")
def test_1024_states(benchmark: Any) -> None:
    graph = conflict(10)
    benchmark(lambda: stability(graph))


@pytest.mark.benchmark(group="conflict, 1,024 states")
def test_naive_16_of_1024_states(benchmark: Any) -> None:
    graph = conflict(10)
    states = [graph.letters(state) for state in range(graph.size)]
    table = [{state: set(graph.moves(maker, state)) for state in range(graph.size)} for maker in range(3)]
    rank = graph.ranks().tolist()
    some = [int(state) for state in np.random.default_rng(2).choice(graph.size, size=NAIVE_STATES, replace=False)]

    def naive() -> dict[str, list[list[bool]]]:
        return {
            concept: [[plain.stable(states, table, rank, concept, i, s) for s in some] for i in range(3)]
            for concept in CONCEPTS
        }

    slow = benchmark.pedantic(naive, rounds=1)
    fast = stability(graph).stable
    assert all(fast[concept][:, some].tolist() == slow[concept] for concept in CONCEPTS)


@pytest.mark.benchmark(group="conflict, 2^18 states")
@pytest.mark.parametrize("makers", [2, 3, 6])
def test_262144_states(benchmark: Any, makers: int) -> None:
    stability(conflict(10))
    graph = conflict(18, makers)
    benchmark.pedantic(lambda: stability(graph), rounds=1)
    assert benchmark.stats.stats.min <= MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MOST_BYTES


DRAWS, NAIVE_DRAWS = 10_000, 100
"""Of uncertain preferences; and those of them whose verdicts are worked out draw by draw."""


def uncertain() -> tuple[StateGraph, dict[str, Any]]:
    """Three decision makers, 32 states, each with five uncertain weights."""
    rng = np.random.default_rng(3)
    graph = conflict(5)
    return graph, {
        name: worth(graph, {option: rng.normal(1, 1, size=DRAWS) for option in graph.options})
        for name in graph.decision_makers
    }


@pytest.mark.benchmark(group="conflict, uncertain preferences")
def test_chances_over_10000_draws(benchmark: Any) -> None:
    graph, worths = uncertain()
    chances(graph, {name: values[:NAIVE_DRAWS] for name, values in worths.items()})
    benchmark.pedantic(lambda: chances(graph, worths), rounds=1)


@pytest.mark.benchmark(group="conflict, uncertain preferences")
def test_naive_100_draws_one_by_one(benchmark: Any) -> None:
    graph, worths = uncertain()
    flat = np.zeros(graph.size, dtype=np.int64)

    def naive() -> Any:
        held = np.zeros(graph.size)
        for draw in range(NAIVE_DRAWS):
            wishes = [Preference(levels(worths[name][draw])[np.newaxis], flat) for name in graph.decision_makers]
            held += stability(graph.with_preferences(wishes)).stable["seq"].all(axis=0)
        return held / NAIVE_DRAWS

    slow = benchmark.pedantic(naive, rounds=1)
    some = {name: values[:NAIVE_DRAWS] for name, values in worths.items()}
    assert np.allclose(slow, chances(graph, some).probability["seq"])

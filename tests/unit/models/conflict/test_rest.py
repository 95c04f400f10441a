"""Where a conflict comes to rest, and how probable its equilibria are, against a plain reading."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.conflict import (
    CONCEPTS,
    DrawnConflict,
    Preference,
    Search,
    StateGraph,
    chances,
    equilibrium_chances,
    graph_model,
    hypergame,
    ordered,
    stability,
)
from tests.plain import conflict as plain
from tests.references import cases
from tests.unit.models.conflict.cases import graph
from tests.unit.models.conflict.test_stability import random_conflict

CASES = cases("graph-model")
DRAWS = 4_000


def same_in_every_draw(one: StateGraph, start: int, draws: int = DRAWS, **rules: Any) -> DrawnConflict:
    makers = range(len(one.decision_makers))
    slots = tuple((-1, maker) for maker in makers)
    drawn = np.zeros((draws, len(slots)), dtype=np.int64)
    forms = tuple((wish,) for wish in one.preferences)
    return DrawnConflict(one, slots, forms, drawn, np.full(draws, start), **rules)


def plain_orders(one: StateGraph) -> Any:
    """By decision maker, how each state compares with each, as signs."""

    def sign(wish: Preference, a: int, b: int) -> str:
        if not wish.knows(a, b):
            return "?"
        return ">" if wish.prefers(a, b) else "<" if wish.prefers(b, a) else "="

    size = range(one.size)
    return [[[sign(wish, a, b) for b in size] for a in size] for wish in one.preferences]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['name']} {case['concept']}" for case in CASES])
def test_comes_to_rest_where_the_reference_does(case: dict[str, Any]) -> None:
    one = graph(case["name"])
    found = graph_model(
        same_in_every_draw(one, case["start"] - 1, concept=case["concept"]), rng=np.random.default_rng(1)
    )
    assert found.settled.all() == (sum(case["rests"].values()) == 1)
    for number, share in case["rests"].items():
        assert abs((found.state == number - 1).mean() - share) <= 4 * np.sqrt(share * (1 - share) / DRAWS)
    assert set(found.state[found.settled] + 1) == set(case["rests"])


@pytest.mark.parametrize("seed", range(40))
def test_rests_as_a_plain_reading_of_the_rule(seed: int) -> None:
    one, states, table, rank = random_conflict(seed)
    concept = CONCEPTS[seed % 5]
    found = graph_model(same_in_every_draw(one, seed % one.size, 1_500, concept=concept), rng=np.random.default_rng(2))
    resting, moving = plain.odds_of_rest(states, table, rank, concept, seed % one.size)
    for state in range(one.size):
        share = resting.get(state, 0.0)
        held = (found.settled & (found.state == state)).mean()
        assert abs(held - share) <= 5 * np.sqrt(share * (1 - share) / 1_500) + moving + 1e-9, state
    equilibria = set(stability(one).equilibria(concept))
    assert set(found.state[found.settled].tolist()) <= equilibria


@pytest.mark.parametrize("concept", CONCEPTS)
def test_evenly_every_equilibrium(concept: Any) -> None:
    one = graph("cuba")
    found = graph_model(same_in_every_draw(one, 0, concept=concept), rng=np.random.default_rng(3), variant="even")
    ends = stability(one).equilibria(concept)
    assert set(found.state.tolist()) == set(ends)
    assert all(abs((found.state == end).mean() - 1 / len(ends)) < 0.04 for end in ends)


def test_without_an_equilibrium_it_goes_in_circles_or_stays() -> None:
    """One wants to match, the other wants to differ."""
    pennies = StateGraph.build({"a": ["x"], "b": ["y"]}, {"a": [[1, 4], [2, 3]], "b": [[2, 3], [1, 4]]})
    conflict = same_in_every_draw(pennies, 0, concept="nash")
    circling = graph_model(conflict, rng=np.random.default_rng(4))
    assert not circling.settled.any()
    assert all(0.2 < (circling.state == state).mean() < 0.3 for state in range(4)), "no part of the circle is favoured"
    staying = graph_model(conflict, rng=np.random.default_rng(4), variant="even")
    assert not staying.settled.any()
    assert (staying.state == 0).all()


def test_a_coalition_moves_as_one() -> None:
    elmira = graph("elmira")
    alone = graph_model(same_in_every_draw(elmira, 6, concept="nash"), rng=np.random.default_rng(5))
    together = same_in_every_draw(elmira, 6, concept="nash", parties=(("MoE", "Uniroyal"),))
    assert (alone.state == 6).all()
    assert (graph_model(together, rng=np.random.default_rng(5)).state == 9).all()


def test_each_judges_by_what_it_believes() -> None:
    """The plain computation of both views, one by one, says the same."""
    true = graph("cuba")
    mistaken = graph("cuba", preferences={"US": [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9], "USSR": list(range(1, 13))})
    slots = ((-1, 0), (-1, 1), (0, 1))
    forms = ((true.preferences[0],), (true.preferences[1],), (mistaken.preferences[1],))
    seen = DrawnConflict(true, slots, forms, np.zeros((1, 3), dtype=np.int64), np.zeros(1, dtype=np.int64))
    _, expected = hypergame({"US": mistaken, "USSR": true})
    (minds,), _ = seen.kinds()
    found = seen.verdicts(minds)
    shares = equilibrium_chances([seen]).probability
    for concept in CONCEPTS:
        assert np.array_equal(found.stable[concept], expected.stable[concept])
        assert np.array_equal(shares[concept] == 1, expected.stable[concept].all(axis=0))
    assert any(not np.array_equal(expected.stable[concept], stability(true).stable[concept]) for concept in CONCEPTS)


@pytest.mark.parametrize("seed", range(12))
def test_chances_are_those_of_every_draw_by_itself(seed: int) -> None:
    """What is worked out once for all draws that agree in what matters, against each draw by the definitions."""
    one, states, table, rank = random_conflict(seed)
    rng = np.random.default_rng(seed)
    worths = {name: rng.integers(0, 3, size=(25, one.size)).astype(float) for name in one.decision_makers[:2]}
    found = chances(one, worths)
    for concept in CONCEPTS:
        count = np.zeros(one.size)
        for draw in range(25):
            ranks = [worths[name][draw].tolist() if name in worths else rank[maker]
                     for maker, name in enumerate(one.decision_makers)]  # fmt: skip
            count += [
                all(plain.stable(states, table, ranks, concept, maker, s) for maker in range(len(table)))
                for s in range(one.size)
            ]
        assert np.allclose(found.probability[concept], count / 25), concept


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("rule", ["a", "b", "c", "d"])
def test_unknown_comparisons_follow_their_rule_in_random_conflicts(rule: Any, seed: int) -> None:
    one, states, table, _ = random_conflict(seed)
    rng = np.random.default_rng(seed)
    flat = np.zeros(one.size, dtype=np.int64)
    partial = one.with_preferences(
        [Preference(rng.integers(0, 4, size=(int(rng.integers(1, 3)), one.size)), flat) for _ in one.preferences]
    )
    orders = plain_orders(partial)
    found = Search(partial, unknown=rule).stability()
    for concept in CONCEPTS:
        for maker in range(len(table)):
            for s in range(one.size):
                expected = plain.stable_by_rule(states, table, orders, rule, concept, maker, s)
                assert found.stable[concept][maker, s] == expected, (concept, maker, s)


def test_orders_share_a_number() -> None:
    forms, which = ordered(np.array([[1.0, 2.0, 2.0], [0.1, 0.2, 0.2], [3.0, 1.0, 1.0]]))
    assert which[0] == which[1] != which[2]
    assert forms[which[0]].level.tolist() == [[0, 1, 1]]


def test_refuses_what_does_not_fit() -> None:
    one = graph("chicken")
    with pytest.raises(UnknownName, match="variant of graph-model 'luck'"):
        graph_model(same_in_every_draw(one, 0, 2), rng=np.random.default_rng(1), variant="luck")
    with pytest.raises(ContestError, match="not there"):
        same_in_every_draw(one, 4, 2)
    with pytest.raises(ContestError, match="shape"):
        DrawnConflict(one, ((-1, 0),), ((one.preferences[0],),), np.zeros((2, 3), dtype=np.int64), np.zeros(2, int))
    large = StateGraph.build({"a": [f"o{k}" for k in range(11)], "b": ["p"]}, statements={"a": ["o1"], "b": ["p"]})
    with pytest.raises(ModelError, match="4,096 states"):
        chances(large, {"a": np.random.default_rng(1).random((2, large.size))})

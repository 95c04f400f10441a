"""Witnesses, coalitions, unknown and strong preferences, ways from the status quo, the inverse question, chances."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.conflict import (
    CONCEPTS,
    Preference,
    Search,
    StateGraph,
    Step,
    chances,
    coalitions,
    hypergame,
    requirements,
    stability,
    worth,
)
from tests.unit.models.conflict.cases import PLAYERS, graph
from tests.unit.models.conflict.test_stability import numbers, random_conflict


def test_a_verdict_names_the_improvement_and_the_sanction() -> None:
    search = Search(graph("cuba"))
    kept = search.verdict("seq", 1, 4)
    assert kept.is_stable
    assert kept.player == ("USSR",)
    assert [(each.improvement, each.sanction) for each in kept.improvements] == [
        ((Step(("USSR",), 4, 0),), (Step(("US",), 0, 1),))
    ]
    left = search.verdict("nash", 1, 4)
    assert (left.is_stable, left.improvements[0].sanction) == (False, None)


def test_a_sanction_may_need_somebody_twice() -> None:
    """The second moves before and after the third; an open program allows each a single move, and finds nothing."""
    chain = StateGraph.build(
        {"a": ["a1"], "b": ["b1", "b2"], "c": ["c1"]},
        statements={"a": ["not (b2 and c1)", "a1"], "b": ["b1"], "c": ["c1"]},
        infeasible=["not b1 and c1", "b2 and not c1"],
    )
    start = [chain.letters(state) for state in range(chain.size)].index("NNNN")
    verdict = Search(chain).verdict("gmr", 0, start)
    (answered,) = verdict.improvements
    assert answered.sanction is not None
    assert [step.by for step in answered.sanction] == [("b",), ("c",), ("b",)]
    assert stability(chain).stable["gmr"][0, start]


def test_the_coalition_breaks_the_deadlock_of_elmira() -> None:
    elmira = graph("elmira")
    assert len(coalitions(elmira)) == 4
    search = Search(elmira, [("MoE", "Uniroyal")])
    found = search.verdict("smr", 0, 6)
    assert found.player == ("MoE", "Uniroyal")
    assert found.improvements[0].improvement == (Step(("MoE",), 6, 7), Step(("Uniroyal",), 7, 9))
    held = [group for group in coalitions(elmira) if 6 in Search(elmira, [group]).stability().equilibria("nash")]
    assert ("MoE", "Uniroyal") not in held
    assert len(held) == 3


def test_ways_from_the_status_quo() -> None:
    search = Search(graph("cuba"))
    assert search.reached(0)[4] == (Step(("US",), 0, 2), Step(("USSR",), 2, 6), Step(("US",), 6, 4))
    assert set(search.reached(0, improving=False)) == set(range(1, 12))
    assert 0 not in search.reached(0, improving=False)


@pytest.mark.parametrize(
    ("unknown", "expected"), [("a", (False, False)), ("b", (True, False)), ("c", (False, True)), ("d", (True, True))]
)
def test_unknown_comparisons_count_in_four_ways(unknown: Any, expected: tuple[bool, bool]) -> None:
    """P1 cannot compare state 1 with the others; P2 prefers 3 to 1, and 4 to 2."""
    game = {"decision_makers": {"P1": ["x"], "P2": ["y"]}, "unknown": {"P1": [1]},
            "preferences": {"P1": [2, 3, 4], "P2": [3, 4, 1, 2]}}  # fmt: skip
    ventures = Search(StateGraph.build(**game), unknown=unknown)
    moves = bool(ventures.improvements(0, 0))
    assert moves is not expected[0]
    fear = {**game, "unknown": {"P1": [4]}, "preferences": {"P1": [2, 1, 3], "P2": [3, 4, 1, 2]}}
    assert Search(StateGraph.build(**fear), unknown=unknown).verdict("gmr", 0, 0).is_stable is expected[1]


def test_unknown_comparisons_must_be_given_a_meaning() -> None:
    some = graph("chicken", preferences={"P1": [2, 3, 4], "P2": [3, 1, 2, 4]}, unknown={"P1": [1]})
    with pytest.raises(ModelError, match="P1 cannot compare"):
        Search(some)
    with pytest.raises(UnknownName, match="rule for unknown comparisons 'e'"):
        Search(some, unknown="e")  # type: ignore[arg-type]


def test_strong_stability_needs_a_strong_sanction() -> None:
    mild = graph("dilemma")
    strong = graph("dilemma", preferences={"P1": [3, 4, ">>", 1, 2], "P2": [2, 4, ">>", 1, 3]})
    assert numbers(Search(mild).stability().equilibria("gmr")) == [1, 4]
    assert numbers(Search(mild, strongly=True).stability().equilibria("gmr")) == [1]
    assert numbers(Search(strong, strongly=True).stability().equilibria("gmr")) == [1, 4]


def test_parties_do_not_overlap() -> None:
    with pytest.raises(ContestError, match="stands in two coalitions"):
        Search(graph("elmira"), [("MoE", "LG"), ("LG",)])


def test_too_many_states_are_not_searched() -> None:
    options = [f"o{k}" for k in range(13)]
    with pytest.raises(ModelError, match="8,192 states"):
        Search(StateGraph.build({"a": options}, statements={"a": ["o0"]}))


def test_simultaneous_moves_that_lead_nowhere_deter_nobody() -> None:
    """Both would move, but not to what they would make together: that state cannot be."""
    game = {"decision_makers": {"P1": ["x"], "P2": ["y"]}, "infeasible": ["x and y"],
            "statements": {"P1": ["x"], "P2": ["y"]}}  # fmt: skip
    conflict = StateGraph.build(**game)
    assert not Search(conflict).verdict("sim", 0, 0).is_stable
    assert not stability(conflict).stable["sim"][:, 0].any()


@pytest.mark.parametrize("seed", range(30))
def test_a_state_is_stable_exactly_if_its_requirements_hold(seed: int) -> None:
    conflict = random_conflict(seed)[0]
    rng = np.random.default_rng(seed)
    other = Preference(rng.integers(4, size=(1, conflict.size)), np.zeros(conflict.size, dtype=np.int64))
    changed = conflict.with_preferences([other, *conflict.preferences[1:]])
    search, again = Search(conflict), Search(changed)
    level = other.level[0]
    for state in range(conflict.size):
        for concept in CONCEPTS:
            asked = requirements(search, concept, 0, state)
            met = all(any(all(level[state] >= level[t] for t in one) for one in each.alternatives) for each in asked)
            assert met == again.verdict(concept, 0, state).is_stable
            assert all(each.holds for each in asked) == search.verdict(concept, 0, state).is_stable


def test_the_probability_of_an_equilibrium() -> None:
    cuba = graph("cuba")
    rng = np.random.default_rng(1)
    drawn = {"US": worth(cuba, {"withdraw": rng.normal(1, 1, 200), "air-strike": -0.5, "blockade": -0.1})}
    found = chances(cuba, drawn, ["nash", "gmr"])
    assert found.draws == 200
    assert list(found.probability) == ["nash", "gmr"]
    assert (found.probability["nash"] <= found.probability["gmr"]).all()
    one = [
        stability(cuba.with_preferences([Preference(np.unique(row, return_inverse=True)[1][np.newaxis],
                                                    np.zeros(12, dtype=np.int64)), cuba.preferences[1]]))
        for row in drawn["US"]
    ]  # fmt: skip
    share = np.mean([each.stable["gmr"].all(axis=0) for each in one], axis=0)
    assert found.probability["gmr"] == pytest.approx(share)
    assert found.standard_error("gmr") == pytest.approx(np.sqrt(share * (1 - share) / 200))


def test_says_what_is_wrong_with_uncertain_preferences() -> None:
    cuba = graph("cuba")
    with pytest.raises(ContestError, match="no decision maker 'Cuba'"):
        chances(cuba, {"Cuba": np.zeros((1, 12))})
    with pytest.raises(ContestError, match=r"worths\.US: has shape"):
        chances(cuba, {"US": np.zeros((1, 11))})
    with pytest.raises(ContestError, match="nothing here is called 'bay'"):
        worth(cuba, {"bay": 1})
    assert chances(cuba, {}).probability["nash"].tolist() == [0.0] * 5 + [1.0] + [0.0] * 6


def test_each_judges_by_the_conflict_that_it_sees() -> None:
    """Iraq does not know that Syria can escalate."""
    full = graph("euphrates")
    partial = StateGraph.build(
        PLAYERS["euphrates"]["decision_makers"], {"Syria": [1, 3, 2, 4], "Iraq": [2, 1, 4, 3]},
        infeasible=["escalate"],
    )  # fmt: skip
    masks, found = hypergame({"Syria": full, "Iraq": partial})
    assert masks.tolist() == partial.states.tolist()
    own, other = stability(full).stable["gmr"], stability(partial).stable["gmr"]
    assert found.stable["gmr"].tolist() == [own[0][[0, 1, 3, 4]].tolist(), other[1].tolist()]


def test_views_must_fit_each_other() -> None:
    with pytest.raises(ContestError, match="one view"):
        hypergame({})
    with pytest.raises(ContestError, match="view of P2 has other"):
        hypergame({"P1": graph("dilemma"), "P2": graph("stag hunt")})

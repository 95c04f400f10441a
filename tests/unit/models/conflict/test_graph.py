"""States, moves and preferences as an analyst writes them, and what is said of faults."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError
from realpolitik.models.conflict import StateGraph
from realpolitik.models.conflict.preferences import levels, ranked, stated, weighed
from tests.unit.models.conflict.cases import graph

TWO: dict[str, Any] = {"decision_makers": {"a": ["x", "long word"], "b": ["y"]},
                       "statements": {"a": ["x"], "b": ["y"]}}  # fmt: skip


def build(**changes: Any) -> StateGraph:
    return StateGraph.build(**{**TWO, **changes})


def test_states_are_numbered_by_binary_value() -> None:
    cuba = graph("cuba")
    assert [cuba.letters(state) for state in (0, 1, 4, 11)] == ["NNNN", "YNNN", "NNYN", "YYNY"]
    assert cuba.taken(11) == ("air strike", "blockade", "escalate")
    assert cuba.index[cuba.states].tolist() == list(range(12))


def test_one_way_options_go_one_way() -> None:
    elmira = graph("elmira")
    letters = {elmira.letters(state): state for state in range(elmira.size)}
    uniroyal = elmira.maker("Uniroyal")
    ends = {elmira.letters(end) for end in elmira.moves(uniroyal, letters["NNYNN"])}
    assert ends == {"NNNYN"}, "delay is not taken up again"
    assert list(elmira.moves(uniroyal, letters["NNNYN"])) == [], "abandoning is final"
    assert list(elmira.moves(elmira.maker("MoE"), letters["YNYNN"])) == []


def test_dependent_options_need_their_condition() -> None:
    found = build(dependent={"y": "long-word"})
    assert [found.letters(state) for state in range(found.size)] == ["NNN", "YNN", "NYN", "YYN", "NYY", "YYY"]


def test_nobody_moves_between_states_it_does_not_perceive() -> None:
    found = build(unseen={"a": ["x and y"], "b": ["-Y-"]})
    assert found.letters(6) == "NYY"
    assert [found.letters(end) for end in found.moves(0, 6)] == ["NNY"]
    assert list(found.moves(0, 5)) == []
    assert list(found.moves(1, 6)) == []


@pytest.mark.parametrize("start", ["YNN", "x and not long-word and not y", ["x"]])
def test_the_status_quo_is_named_in_three_ways(start: Any) -> None:
    found = build(status_quo=start)
    assert found.status_quo is not None
    assert found.letters(found.status_quo) == "YNN"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decision_makers": {}}, "decision_makers: is empty"),
        ({"decision_makers": {"a": ["x", "x"], "b": []}}, "names 'x' twice.\ndecision_makers.b: has no options"),
        ({"decision_makers": {"a": [f"o{k}" for k in range(25)]}}, "25 options; at most 24"),
        ({"infeasible": ["--"]}, "infeasible.0: '--' has 2 letters; 3 options need 3"),
        ({"infeasible": ["x and"]}, "infeasible.0: 'x and', character 6: a name or a number is missing"),
        ({"infeasible": ["x and z"]}, "nothing here is called 'z'"),
        ({"infeasible": ["x < 3"]}, "'x' is true or false and cannot be compared"),
        ({"infeasible": ["true"]}, "no state is left"),
        ({"dependent": {"z": "x"}}, "dependent.z: there is no option 'z'"),
        ({"one_way": {"x": "up"}}, "one_way.x: found 'up', expected forward or backward"),
        ({"one_way": {"long-wrd": "forward"}}, "Did you mean 'long word'"),
        ({"statements": {"a": ["x"]}}, "'b' needs exactly one of preferences, statements and weights; found nothing"),
        ({"weights": {"a": {"x": 1}}}, "found statements and weights"),
        ({"statements": {"a": ["x"], "b": []}}, "statements.b: A decision maker states nothing"),
        ({"statements": {"a": ["x"], "b": ["y"], "c": ["x"]}}, "statements.c: there is no decision maker 'c'"),
        ({"statements": {"a": ["x"]}, "weights": {"b": {}}}, "weights.b: Weights need at least one condition"),
        ({"statements": {"a": ["x"]}, "weights": {"b": {"q": 1}}}, "weights.b.q: 'q', character 1"),
        ({"statements": {"a": ["x"]}, "preferences": {"b": [1, 1, 9, [2, 3]]}}, "there is no state 9"),
        ({"unknown": {"a": [1]}}, "unknown.a: only a ranking"),
        ({"unseen": {"c": ["x"]}}, "unseen.c: there is no decision maker"),
        ({"status_quo": "Y--"}, "status_quo: 'Y--' is true of 4 feasible states"),
        ({"status_quo": "x or"}, "status_quo: 'x or', character"),
        ({"status_quo": ["x"], "infeasible": ["x"]}, "a state that 'infeasible' rules out"),
        ({"status_quo": ["y"], "infeasible": ["y"]}, "a state that 'infeasible' rules out"),
    ],
)
def test_says_what_is_wrong(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ContestError) as caught:
        build(**changes)
    assert message in str(caught.value)


def test_a_decision_maker_is_found_by_name() -> None:
    with pytest.raises(ContestError, match=r"no decision maker 'USA'\. Did you mean 'US'"):
        graph("cuba").maker("USA")


def test_a_ranking_with_ties_and_bands() -> None:
    wish = ranked([[2, 3], ">>", 1, 4], 4)
    assert wish.is_complete
    assert [wish.prefers(*pair) for pair in ((1, 0), (1, 2), (0, 3))] == [True, False, True]
    assert [wish.strongly(*pair) for pair in ((1, 0), (0, 3), (0, 1))] == [True, False, False]


def test_states_that_cannot_be_compared() -> None:
    wish = ranked([3, 1], 4, unknown=[2, 4])
    assert not wish.is_complete
    known = [(a, b) for a in range(4) for b in range(4) if a != b and wish.knows(a, b)]
    assert known == [(0, 2), (2, 0)]
    assert wish.prefers(2, 0)


@pytest.mark.parametrize(
    ("ranking", "message"),
    [([1, 2, 2], "state 2 stands there twice.\ndoes not rank state 3"), ([1, "x"], "no state 'x'"),
     ([1], "does not rank state 2, 3; list ties")],
)  # fmt: skip
def test_says_what_is_wrong_with_a_ranking(ranking: list[Any], message: str) -> None:
    with pytest.raises(ContestError) as caught:
        ranked(ranking, 3)
    assert message in str(caught.value)


def test_a_long_list_of_missing_states_is_cut() -> None:
    with pytest.raises(ContestError, match="8, 9 …; list ties"):
        ranked([1], 20)


def test_earlier_statements_outweigh_all_later_ones() -> None:
    rng = np.random.default_rng(1)
    truths = rng.random((70, 30)) < 0.5
    truths[:60] = truths[0]
    keys = ["".join("Y" if cell else "N" for cell in column) for column in truths.T]
    assert stated(truths).level[0].tolist() == levels(keys).tolist()


def test_weights_are_exact() -> None:
    one, two, three = (np.array(row, dtype=bool) for row in ([1, 0, 0], [1, 0, 0], [0, 1, 0]))
    rows = {"a": one, "b": two, "c": three}
    assert weighed({"a": 0.1, "b": 0.2, "c": 0.3}, rows.__getitem__).level.tolist() == [[1, 1, 0]]
    with pytest.raises(ContestError, match="at most 18 digits"):
        weighed({"a": 1e300}, rows.__getitem__)

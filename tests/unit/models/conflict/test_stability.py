"""The cases of the literature, and what the definitions say in hundreds of random conflicts."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.compiled import compiled
from realpolitik.models.conflict import CONCEPTS, Preference, StateGraph, kernel, stability
from realpolitik.models.conflict.concepts import PLAIN_STATES
from realpolitik.models.conflict.search import Search
from tests.plain import conflict as plain
from tests.references import cases
from tests.unit.models.conflict.cases import graph

CASES = cases("conflict")


def numbers(states: Any) -> list[int]:
    return [int(state) + 1 for state in states]


@pytest.mark.parametrize("case", CASES, ids=[f"{i} {case['name']}" for i, case in enumerate(CASES)])
def test_finds_the_equilibria_of_the_cases(case: dict[str, Any]) -> None:
    conflict = graph(case["name"])
    search = Search(conflict, case.get("parties", ()))
    both = [search.stability(), *([] if "parties" in case else [stability(conflict)])]
    for found in both:
        for concept, expected in case["equilibria"].items():
            assert numbers(found.equilibria(concept)) == expected, concept
        for concept, rows in case.get("each", {}).items():
            for player, expected in rows.items():
                row = found.stable[concept][found.players.index(player)]
                assert numbers(np.flatnonzero(row)) == expected, (concept, player)


def test_the_classic_nine_states_of_elmira() -> None:
    """State 9 merges the four in which Uniroyal has abandoned. The inputs are from memory, not from a paper; the
    expected states are those of an independent reading of the definitions; we know of no publication of them."""
    twelve = graph("elmira")
    merged = {"NYNNN": 1, "YYNNN": 2, "NNYNN": 3, "YNYNN": 4, "NYNNY": 5, "YYNNY": 6, "NNYNY": 7, "YNYNY": 8}
    number = [merged.get(twelve.letters(state), 9) for state in range(12)]
    orders = {"MoE": [7, 3, 4, 8, 5, 1, 2, 6, 9], "Uniroyal": [1, 4, 8, 5, 9, 3, 7, 2, 6],
              "LG": [7, 3, 5, 1, 8, 6, 4, 2, 9]}  # fmt: skip
    nine = twelve.with_preferences(
        [
            Preference(np.array([[9 - orders[name].index(state) for state in number]]), np.zeros(12, dtype=np.int64))
            for name in twelve.decision_makers
        ]
    )
    found = stability(nine)
    expected = {"nash": {5, 8, 9}, "seq": {5, 8, 9}, "gmr": {1, 4, 5, 8, 9}, "smr": {1, 4, 5, 8, 9}}
    assert {name: {number[state] for state in found.equilibria(name)} for name in expected} == expected  # type: ignore[arg-type]


def random_conflict(seed: int) -> tuple[StateGraph, list[str], plain.Moves, list[list[int]]]:
    rng = np.random.default_rng(seed)
    makers = int(rng.integers(2, 5))
    options = int(rng.integers(makers, 6))
    owners = sorted([*range(makers), *(int(i) for i in rng.integers(makers, size=options - makers))])
    names = [f"o{k}" for k in range(options)]
    groups = {f"d{i}": [n for n, owner in zip(names, owners, strict=True) if owner == i] for i in range(makers)}
    ways = {k: str(rng.choice(["forward", "backward"])) for k in range(options) if rng.random() < 0.2}
    bad = ["".join(rng.choice(list("YN--"), size=options)) for _ in range(rng.integers(3))]
    bad = [pattern for pattern in bad if pattern.strip("-")]
    unseen = {f"d{i}": [f"o{rng.integers(options)}"] for i in range(makers) if rng.random() < 0.15}
    anyhow: dict[str, Any] = {"statements": {name: ["o0"] for name in groups}, "infeasible": bad, "unseen": unseen}
    one_way = {names[k]: way for k, way in ways.items()}
    try:
        built = StateGraph.build(groups, one_way=one_way, **anyhow)  # type: ignore[arg-type]
    except ContestError as error:
        assert "no state is left" in str(error)  # noqa: PT017
        return random_conflict(seed + 10_000)
    spread = built.size if rng.random() < 0.5 else 4
    rank = rng.integers(spread, size=(makers, built.size))
    zero = np.zeros(built.size, dtype=np.int64)
    built = built.with_preferences([Preference(row[np.newaxis], zero) for row in rank])
    states = [built.letters(state) for state in range(built.size)]
    seen = built.perceived.tolist()
    table = plain.moves(states, owners, {k: "YN" if way == "forward" else "NY" for k, way in ways.items()}, seen)
    return built, states, table, rank.tolist()


@pytest.mark.parametrize("batch", range(8))
def test_agrees_with_the_definitions(batch: int) -> None:
    """Among them the three mistakes of an open program: sanctions in which somebody moves twice, improvements used up
    by the first of several, and sanctions missed with three or more decision makers."""
    for seed in range(batch * 40, batch * 40 + 40):
        conflict, states, table, rank = random_conflict(seed)
        found = stability(conflict).stable
        for concept in CONCEPTS:
            expected = [
                [plain.stable(states, table, rank, concept, maker, s) for s in range(len(states))]
                for maker in range(len(rank))
            ]
            assert found[concept].tolist() == expected, (seed, concept)


@pytest.mark.parametrize("batch", range(4))
def test_the_search_agrees_and_its_witnesses_are_legal(batch: int) -> None:
    for seed in range(batch * 12, batch * 12 + 12):
        conflict, _, _, rank = random_conflict(seed)
        search = Search(conflict)
        fast = stability(conflict).stable
        slow = search.stability().stable
        for concept in CONCEPTS:
            assert (fast[concept] == slow[concept]).all(), (seed, concept)
            for maker in range(len(rank)):
                for state in range(conflict.size):
                    check(conflict, search.verdict(concept, maker, state), rank[maker], maker)


def check(conflict: StateGraph, verdict: Any, mine: list[int], maker: int) -> None:
    for answered in verdict.improvements:
        (step,) = answered.improvement
        assert step.start == verdict.state
        assert step.end in conflict.moves(maker, step.start)
        assert mine[step.end] > mine[step.start]
        if answered.sanction is None:
            assert not verdict.is_stable
            continue
        assert mine[answered.sanction[-1].end] <= mine[verdict.state]
        place, last = step.end, None
        for move in answered.sanction if verdict.concept != "sim" else ():
            assert move.by != last
            assert move.by[0] != verdict.player[0]
            assert move.start == place
            assert move.end in conflict.moves(conflict.maker(move.by[0]), place)
            place, last = move.end, move.by


def test_compiled_and_plain_kernels_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    conflicts = [random_conflict(seed)[0] for seed in range(400, 440)]
    found = []
    for names in ((), kernel.KERNELS):
        monkeypatch.setattr("realpolitik.models.conflict.concepts.kernel", compiled(kernel, names))
        found.append([stability(conflict).stable for conflict in conflicts])
    for plainly, fast in zip(*found, strict=True):
        assert all((plainly[concept] == fast[concept]).all() for concept in CONCEPTS)


def test_many_states_are_compiled_and_agree_with_the_search() -> None:
    rng = np.random.default_rng(3)
    groups = {"a": [f"a{k}" for k in range(3)], "b": [f"b{k}" for k in range(3)], "c": [f"c{k}" for k in range(3)]}
    options = [option for group in groups.values() for option in group]
    wishes = {name: [str(option) for option in rng.permutation(options)] for name in groups}
    conflict = StateGraph.build(groups, statements=wishes)
    assert conflict.size > PLAIN_STATES
    fast, search = stability(conflict).stable, Search(conflict)
    for state in rng.choice(conflict.size, size=20, replace=False):
        for concept in CONCEPTS:
            slow = [search.verdict(concept, maker, int(state)).is_stable for maker in range(3)]
            assert fast[concept][:, state].tolist() == slow


def test_answers_only_what_is_asked() -> None:
    assert list(stability(graph("cuba"), ["seq", "nash"]).stable) == ["nash", "seq"]
    assert list(stability(graph("cuba"), ["sim"]).stable) == ["sim"]
    with pytest.raises(UnknownName, match="Did you mean 'nash'"):
        stability(graph("cuba"), ["nsh"])


def test_refuses_unknown_comparisons() -> None:
    some = graph("chicken", preferences={"P1": [2, 3, 4], "P2": [3, 1, 2, 4]}, unknown={"P1": [1]})
    with pytest.raises(ModelError, match="P1 cannot compare some states"):
        stability(some)

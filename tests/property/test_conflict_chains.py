"""What holds between the kinds of stability in any conflict, decision maker by decision maker."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.models.conflict import CONCEPTS, Concept, DrawnConflict, StateGraph, chances, graph_model, stability


@st.composite
def conflicts(draw: st.DrawFn) -> StateGraph:
    """Two to four decision makers with one or two options each, any ranking with ties, some options one-way."""
    sizes = draw(st.lists(st.integers(1, 2), min_size=2, max_size=4))
    options = {f"d{maker}": [f"d{maker}o{number}" for number in range(size)] for maker, size in enumerate(sizes)}
    states = 2 ** sum(sizes)
    ranks = st.lists(st.integers(0, 4), min_size=states, max_size=states)
    rankings = {}
    for maker in options:
        rank = draw(ranks)
        groups = [[state + 1 for state in range(states) if rank[state] == level] for level in sorted(set(rank))]
        rankings[maker] = [group if len(group) > 1 else group[0] for group in groups]
    every = [option for own in options.values() for option in own]
    fixed = draw(st.lists(st.sampled_from(every), unique=True, max_size=2))
    return StateGraph.build(options, rankings, one_way=dict.fromkeys(fixed, "forward"))


@given(conflicts())
@settings(max_examples=150)
def test_nash_implies_smr_implies_gmr_and_nash_implies_seq_implies_gmr(graph: StateGraph) -> None:
    stable = stability(graph).stable
    for weaker, stronger in (("gmr", "smr"), ("smr", "nash"), ("gmr", "seq"), ("seq", "nash"), ("sim", "nash")):
        assert np.all(stable[weaker] | ~stable[stronger]), f"{stronger} without {weaker}"


@given(conflicts(), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_the_chances_of_equilibria_keep_the_same_order(graph: StateGraph, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = chances(graph, {name: rng.normal(size=(8, graph.size)) for name in graph.decision_makers}).probability
    for weaker, stronger in (("gmr", "smr"), ("smr", "nash"), ("gmr", "seq"), ("seq", "nash"), ("sim", "nash")):
        assert np.all(found[weaker] >= found[stronger]), f"{stronger} more probable than {weaker}"  # type: ignore[index]


@given(conflicts(), st.integers(0, 2**32 - 1), st.sampled_from(CONCEPTS))
@settings(max_examples=60)
def test_where_things_settle_is_an_equilibrium_and_nobody_leaves_one(
    graph: StateGraph, seed: int, concept: Concept
) -> None:
    rng = np.random.default_rng(seed)
    start = rng.integers(0, graph.size, size=50)
    slots = tuple((-1, maker) for maker in range(len(graph.decision_makers)))
    drawn = np.zeros((50, len(slots)), dtype=np.int64)
    conflict = DrawnConflict(graph, slots, tuple((wish,) for wish in graph.preferences), drawn, start, concept)
    ends = set(stability(graph).equilibria(concept))
    for variant in ("from-status-quo", "even"):
        found = graph_model(conflict, rng=rng, variant=variant)
        assert {int(state) for state in found.state[found.settled]} <= ends
        assert variant == "even" or all(found.state[draw] == begin for draw, begin in enumerate(start) if begin in ends)
        assert variant != "even" or found.settled.all() == bool(ends)

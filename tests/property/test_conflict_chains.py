"""What holds between the kinds of stability in any conflict, decision maker by decision maker."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.models.conflict import StateGraph, stability


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

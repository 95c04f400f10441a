"""What the probability of a vote promises on any chamber."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.voting import Ballot, exact_passage

SHARES = st.integers(0, 20).map(lambda twentieth: twentieth / 20)
RULES = st.builds(
    DecisionRule.parse,
    passes=st.sampled_from(["majority of seats", "majority of present", "majority of cast", "2/3 of cast", 7]),
    quorum=st.sampled_from([None, "majority of seats", 3]),
    quorum_counts=st.sampled_from(["present", "cast"]),
)


@st.composite
def ballots(draw: st.DrawFn) -> Ballot:
    """One draw, one to five blocs of at most twelve members."""
    blocs = draw(st.integers(1, 5))
    attends, yes, rest, cohesion = (
        np.array([draw(st.lists(SHARES, min_size=blocs, max_size=blocs))]) for _ in range(4)
    )
    seats = np.array(draw(st.lists(st.integers(1, 12), min_size=blocs, max_size=blocs)))
    names = tuple(f"b{index}" for index in range(blocs))
    return Ballot(names, seats, int(seats.sum()), attends, yes, (1 - yes) * rest, cohesion, draw(RULES))


@given(ballot=ballots())
def test_passing_needs_a_quorum(ballot: Ballot) -> None:
    found = exact_passage(ballot)
    assert 0 <= found.passing <= found.quorum + 1e-12 <= 1 + 2e-12
    assert found.passing_given_quorum is None or 0 <= found.passing_given_quorum <= 1


@given(ballot=ballots(), data=st.data())
def test_the_order_of_blocs_does_not_matter(ballot: Ballot, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(ballot.blocs))))
    arrays = {name: getattr(ballot, name)[:, order] for name in ("attends", "yes", "no", "cohesion")}
    names = tuple(ballot.blocs[index] for index in order)
    again = exact_passage(replace(ballot, blocs=names, seats=ballot.seats[order], **arrays))
    first = exact_passage(ballot)
    assert (again.quorum, again.passing) == pytest.approx((first.quorum, first.passing), abs=1e-12)


@given(ballot=ballots())
def test_independent_members_may_sit_in_any_number_of_blocs(ballot: Ballot) -> None:
    free = replace(ballot, cohesion=np.zeros_like(ballot.cohesion))
    alone = [index for index, seats in enumerate(ballot.seats) for _ in range(seats)]
    scattered = replace(
        free,
        blocs=tuple(f"m{index}" for index in range(len(alone))),
        seats=np.ones(len(alone), dtype=int),
        **{name: getattr(free, name)[:, alone] for name in ("attends", "yes", "no", "cohesion")},
    )
    one, other = exact_passage(free), exact_passage(scattered)
    assert (one.quorum, one.passing) == pytest.approx((other.quorum, other.passing), abs=1e-11)


@given(ballot=ballots(), tenth=st.integers(0, 10))
def test_more_yes_never_makes_passage_less_likely(ballot: Ballot, tenth: int) -> None:
    """Members of a free bloc turn from no to yes."""
    turned = ballot.no * tenth / 10
    free = replace(ballot, cohesion=np.zeros_like(ballot.cohesion))
    keener = replace(free, yes=np.minimum(free.yes + turned, 1), no=np.maximum(free.no - turned, 0))
    assert exact_passage(keener).passing >= exact_passage(free).passing - 1e-11

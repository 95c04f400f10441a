"""A second reading: independent given the shocks, or with moods that last."""

from dataclasses import replace

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, ModelError
from realpolitik.models.voting import (
    Ballot,
    exact_margins,
    exact_passage,
    exact_swings,
    no_show_profiles,
    passage,
    sampled_swings,
    smallest_coalitions,
    struck,
    who_decides,
)  # fmt: skip

FIRST = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
SECOND = DecisionRule.parse(passes="two thirds of seats")
DRAWS = 40_000


def chamber(draws: int, **more: float) -> Ballot:
    one = np.ones((draws, 3))
    per_draw = {key: np.full(draws, value) for key, value in more.items()}
    return Ballot(
        ("a", "b", "c"), np.array([20, 15, 6]), 41, one * [0.9, 0.8, 0.9], one * [0.95, 0.7, 0.5],
        one * [0.02, 0.1, 0.3], one * [0.3, 0, 0.9], FIRST, boycott=one * [0, 0.1, 0.2], second=SECOND, **per_draw,
    )  # fmt: skip


def within(share: float, probability: float) -> bool:
    return abs(share - probability) <= 4 * np.sqrt(max(probability * (1 - probability), 1 / DRAWS) / DRAWS)


@pytest.mark.parametrize("shocks", [{}, {"vote_shock": 0.3}, {"attendance_shock": 0.2, "casting_vote": 0.5}])
def test_sampling_agrees_with_the_product_of_readings(shocks: dict[str, float]) -> None:
    rng = np.random.default_rng(4)
    exact, swings = exact_passage(chamber(1, **shocks)), exact_swings(chamber(1, **shocks))
    ballot = struck(chamber(DRAWS, **shocks), rng)
    vote = passage(ballot, rng=rng)
    assert exact.passing_first is not None
    assert within(vote.passed.mean(), exact.passing)
    assert within(vote.readings[0].passed.mean(), exact.passing_first)
    assert exact.passing < exact.passing_first <= exact.quorum
    assert swings.passing == pytest.approx(exact.passing, abs=1e-9)
    sampled = sampled_swings(ballot, vote, rng=rng)
    for share, probability in zip(sampled.instead.ravel(), swings.instead.ravel(), strict=True):
        assert within(float(share), float(probability))


def test_a_common_shock_ties_the_readings_together() -> None:
    alone = exact_passage(replace(chamber(1, vote_shock=0.4), second=None)).passing
    again = exact_passage(replace(chamber(1, vote_shock=0.4), rule=SECOND, second=None)).passing
    assert exact_passage(chamber(1, vote_shock=0.4)).passing > alone * again + 0.01


@pytest.mark.parametrize("same_mood", [0.0, 0.4, 1.0])
def test_moods_last_as_long_as_they_are_said_to(same_mood: float) -> None:
    """A bloc of one mind passes with 2/3; the second time with that if its mood is new, and surely if it lasts."""
    one, rule = np.ones((DRAWS, 1)), DecisionRule.parse(passes="majority of seats")
    ballot = Ballot(
        ("all",), np.array([6]), 6, one, one * 2 / 3, one / 3, one, rule, second=rule,
        same_mood=np.full(DRAWS, same_mood),
    )  # fmt: skip
    vote = passage(ballot, rng=np.random.default_rng(6))
    first, second = (reading.passed.astype(float) for reading in vote.readings)
    assert within(vote.passed.mean(), 2 / 3 * (same_mood + (1 - same_mood) * 2 / 3))
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(same_mood, abs=0.02)


def test_a_boycott_lasts_with_the_mood() -> None:
    one, rule = np.ones((DRAWS, 1)), DecisionRule.parse(passes=1)
    ballot = Ballot(
        ("all",), np.array([3]), 3, one, one, 0 * one, 0 * one, rule, boycott=one / 2, second=rule,
        same_mood=np.ones(DRAWS),
    )  # fmt: skip
    assert within(passage(ballot, rng=np.random.default_rng(8)).passed.mean(), 1 / 2)
    assert within(passage(replace(ballot, same_mood=None), rng=np.random.default_rng(8)).passed.mean(), 1 / 4)


def test_lasting_moods_are_exact_only_where_there_are_none() -> None:
    moody = chamber(1, same_mood=0.5)
    for ask in (exact_passage, exact_swings):
        with pytest.raises(ModelError, match="moods of blocs last"):
            ask(moody)
    calm = replace(moody, cohesion=0 * moody.cohesion, boycott=None)
    assert exact_passage(calm).passing == exact_passage(replace(calm, same_mood=None)).passing


def test_the_first_reading_is_the_vote_without_a_second() -> None:
    """Adding a reading changes neither the first vote nor its margins."""
    both, one = chamber(50), replace(chamber(50), second=None)
    votes = [passage(each, rng=np.random.default_rng(9)) for each in (both, one)]
    assert (votes[0].yes_by_bloc == votes[1].yes_by_bloc).all()
    assert (exact_margins(both).quorate == exact_margins(one).quorate).all()


def test_who_decides_counts_both_readings() -> None:
    one = np.ones((1, 2))
    rule = DecisionRule.parse(passes="majority of cast")
    ballot = Ballot(("a", "b"), np.array([3, 1]), 4, one, one, 0 * one, one, rule, second=DecisionRule.parse(passes=4))
    found = who_decides(passage(ballot, rng=np.random.default_rng(1)))
    assert found.staying_home.tolist() == [1, 1]
    assert who_decides(passage(replace(ballot, second=None), rng=np.random.default_rng(1))).staying_home.tolist() == [
        0,
        0,
    ]


def test_coalitions_pass_both_and_block_either() -> None:
    names, seats = ("Shia", "Sunni", "Kurdish", "minorities"), np.array([187, 77, 56, 9])
    rule = DecisionRule.parse(passes="majority of present", quorum=165)
    found = smallest_coalitions(names, seats, rule, 329, DecisionRule.parse(passes=220, quorum=220))
    assert found["pass"].members == 220
    assert found["block_by_no"].members == 110
    assert found["break_quorum"].members == 110
    assert smallest_coalitions(names, seats, rule, 329)["pass"].members == 165
    second = DecisionRule.parse(passes="majority of present", quorum=220)
    assert no_show_profiles(seats, rule, 329, second).tolist() == [0, 3, 3, 0]


def test_lasting_moods_need_a_second_reading() -> None:
    with pytest.raises(ContestError, match="no second reading"):
        replace(chamber(1, same_mood=0.5), second=None)
    tie_free = DecisionRule.parse(passes=3)
    with pytest.raises(ContestError, match="no tie can arise"):
        replace(chamber(1, casting_vote=0.5), rule=tie_free, second=tie_free)
    assert exact_passage(replace(chamber(1, casting_vote=0.5), rule=tie_free, second=FIRST)).passing > 0

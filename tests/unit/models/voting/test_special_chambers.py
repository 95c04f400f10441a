"""Boycotts, members who break ranks, casting votes, several conditions and common shocks, against a full count."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, ModelError
from realpolitik.models.voting import (
    WAYS,
    Ballot,
    exact_margins,
    exact_passage,
    exact_swings,
    no_show_profiles,
    passage,
    sampled_swings,
    smallest_coalitions,
    struck,
)  # fmt: skip
from tests.plain import voting as plain

RULES: list[dict[str, Any]] = [
    {"passes": passes, "quorum": quorum, "quorum_counts": counts}
    for passes, quorum, counts in product(
        [
            "majority of present",
            "majority of cast",
            "3/5 of cast",
            "two thirds of present",
            ["majority of present", "majority of seats"],
            ["majority of cast", "2/5 of present"],
            ["majority of cast", "1/3 of seats", 2],
        ],
        [None, "majority of seats"],
        ["present", "cast"],
    )
]


def chamber(rng: np.random.Generator, rule: DecisionRule, **more: Any) -> Ballot:
    """One to three blocs of at most three members with random probabilities in eighths, and boycotts and rebels."""
    blocs = int(rng.integers(1, 4))
    seats = rng.integers(1, 4, blocs)
    attends, cohesion, boycott, rebels, yes = rng.integers(0, 9, (5, 1, blocs)) / 8
    no = rng.integers(0, 9, (1, blocs)) / 8 * (1 - yes)
    names = tuple(f"b{index}" for index in range(blocs))
    total = int(seats.sum() + rng.integers(0, 2))
    return Ballot(names, seats, total, attends, yes, no, cohesion, rule, boycott=boycott, rebels=rebels, **more)


def ways(ballot: Ballot, bloc: int) -> plain.Ways:
    """Probability of each (present, yes, no) of a bloc, from the plain reference."""
    share = [float(getattr(ballot, key)[0, bloc]) for key in ("attends", "yes", "no", "cohesion", "boycott", "rebels")]
    attends, yes, no, *rest = map(Fraction, share)
    shares = (attends * yes, attends * no, attends * (1 - yes - no), 1 - attends)
    found = plain.ways(int(ballot.seats[bloc]), shares, *rest)
    return {key: float(value) for key, value in found.items()}


def counted(ballot: Ballot, blocs: list[plain.Ways]) -> dict[str, Any]:
    """Quorum, passage and margins by a full count; the rule itself has tests of its own."""
    rules = [(1.0, ballot.rule)]
    if ballot.casting_vote is not None:
        chair = float(ballot.casting_vote[0])
        rules = [(1 - chair, ballot.rule), (chair, replace(ballot.rule, ties="pass"))]
    return plain.judged(plain.totals(blocs), [(part, judge(rule, ballot.total_seats)) for part, rule in rules])


def judge(rule: DecisionRule, seats: int) -> Callable[[int, int, int], tuple[bool, int]]:
    """Whether there is a quorum, and the margin."""

    def of(present: int, yes: int, no: int) -> tuple[bool, int]:
        counts = {"present": present, "yes": yes, "no": no, "seats": seats}
        return bool(rule.quorate(**counts)), yes - int(rule.yes_needed(**counts))

    return of


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: ", ".join(map(str, rule.values())))
def test_equals_a_full_count(rule: dict[str, Any]) -> None:
    rng = np.random.default_rng(13)
    decision = DecisionRule.parse(**rule)
    for case in range(8):
        ties = any(each.more_than for each in decision.conditions)
        more = {"casting_vote": np.array([0.3])} if case % 2 and ties else {}
        ballot = chamber(rng, decision, **more)
        blocs = [ways(ballot, bloc) for bloc in range(len(ballot.blocs))]
        expected = counted(ballot, blocs)
        found, margins, swings = exact_passage(ballot), exact_margins(ballot), exact_swings(ballot)
        assert found.exact
        assert (found.quorum, found.passing) == pytest.approx((expected["quorum"], expected["passing"]), abs=1e-12)
        assert swings.passing == pytest.approx(expected["passing"], abs=1e-11)
        for index, margin in enumerate(margins.margin.tolist()):
            both = margins.quorate[index], margins.inquorate[index]
            assert both == pytest.approx(
                [expected["margins"].get((margin, is_), 0.0) for is_ in (True, False)], abs=1e-11
            )
        for bloc, seats in enumerate(ballot.seats.tolist()):
            full = replace(ballot, attends=np.ones_like(ballot.attends), boycott=np.zeros_like(ballot.attends))
            flipped = {(p, n, y): chance for (p, y, n), chance in blocs[bloc].items()}
            instead = (ways(full, bloc), {(0, 0, 0): 1.0}, flipped, {(seats, 0, seats): 1.0})
            for way, own in enumerate(instead):
                others = [*blocs[:bloc], own, *blocs[bloc + 1 :]]
                assert swings.instead[bloc, way] == pytest.approx(counted(ballot, others)["passing"], abs=1e-11)


def large(draws: int, **more: Any) -> Ballot:
    """A chamber with everything in it."""
    one = np.ones((draws, 3))
    per_draw = {key: np.full(draws, value) for key, value in more.items()}
    rule = DecisionRule.parse(passes=["majority of present", "1/3 of seats"], quorum="majority of seats")
    return Ballot(
        ("a", "b", "c"), np.array([20, 15, 6]), 41, one * [0.8, 0.6, 0.5], one * [0.8, 0.2, 0.5],
        one * [0.1, 0.7, 0.3], one * [0.5, 0, 0.2], rule, boycott=one * [0, 0.3, 0.1], rebels=one * [0.1, 0, 0.4],
        **per_draw,
    )  # fmt: skip


@pytest.mark.parametrize(
    "shocks", [{}, {"attendance_shock": 0.3}, {"vote_shock": 0.4}, {"vote_shock": 0.2, "casting_vote": 0.5}]
)
def test_sampling_agrees_with_the_quadrature(shocks: dict[str, float]) -> None:
    draws, rng = 40_000, np.random.default_rng(7)
    exact, swings = exact_passage(large(1, **shocks)), exact_swings(large(1, **shocks))
    ballot = struck(large(draws, **shocks), rng)
    vote = passage(ballot, rng=rng)
    sampled = sampled_swings(ballot, vote, rng=rng)
    assert exact.exact
    pairs = [(vote.quorate.mean(), exact.quorum), (vote.passed.mean(), exact.passing)]
    pairs += list(zip(sampled.instead.ravel(), swings.instead.ravel(), strict=True))
    for share, probability in pairs:
        assert abs(share - probability) <= 4 * np.sqrt(max(probability * (1 - probability), 1 / draws) / draws)


def test_a_common_shock_keeps_the_means_and_ties_blocs_together() -> None:
    draws, rng = 40_000, np.random.default_rng(3)
    vote = passage(large(draws, attendance_shock=0.6), rng=rng)
    calm = passage(large(draws), rng=rng)
    assert vote.present.mean() == pytest.approx(calm.present.mean(), rel=0.02)
    assert np.corrcoef(vote.present_by_bloc[:, 0], vote.present_by_bloc[:, 2])[0, 1] > 0.2
    assert abs(np.corrcoef(calm.present_by_bloc[:, 0], calm.present_by_bloc[:, 2])[0, 1]) < 0.03


def test_a_shock_too_strong_to_average_is_said_not_to_have_settled() -> None:
    found = exact_passage(large(1, attendance_shock=1.0))
    assert not found.exact
    assert "settled only" in found.method


COMMUNITIES = ("Shia", "Sunni", "Kurdish", "minorities"), np.array([187, 77, 56, 9])


def test_the_blocking_third_of_iraq() -> None:
    rule = DecisionRule.parse(passes="majority of present", quorum="two thirds of seats")
    found = smallest_coalitions(*COMMUNITIES, rule, 329)
    assert found["break_quorum"].members == 110
    assert found["break_quorum"].coalitions == (("Shia",), ("Sunni", "Kurdish"))
    assert found["pass"].coalitions == (("Shia", "Sunni"), ("Shia", "Kurdish"))
    assert found["block_by_no"].coalitions == (("Shia",),)


@pytest.mark.parametrize(("quorum", "expected"), [(165, [0, 0, 0, 0]), (220, [0, 3, 3, 0])])
def test_the_no_show_paradox_of_iraq(quorum: int, expected: list[int]) -> None:
    rule = DecisionRule.parse(passes="majority of present", quorum=quorum)
    assert no_show_profiles(COMMUNITIES[1], rule, 329).tolist() == expected


def test_smallest_coalitions_equal_all_subsets() -> None:
    rng = np.random.default_rng(5)
    for _ in range(60):
        seats = rng.integers(1, 9, int(rng.integers(1, 6)))
        names = tuple("abcdef"[: len(seats)])
        total = int(seats.sum() + rng.integers(0, 3))
        rule = DecisionRule.parse(
            passes="majority of present", quorum=str(rng.choice(["majority of seats", "3/4 of seats"]))
        )
        found = smallest_coalitions(names, seats, rule, total)["break_quorum"]
        can = {
            frozenset(names[place] for place in np.flatnonzero(chosen))
            for chosen in product((0, 1), repeat=len(seats))
            if seats.sum() - seats @ chosen < rule.quorum_needed(seats=total)
        }
        minimal = {each for each in can if not any(other < each for other in can)}
        assert {frozenset(each) for each in found.coalitions} == minimal - {frozenset()}
        assert found.complete


def test_lists_that_are_cut_say_so_and_impossible_things_too() -> None:
    names, seats = tuple(f"b{index}" for index in range(30)), np.ones(30, dtype=int)
    found = smallest_coalitions(names, seats, DecisionRule.parse(passes="majority of seats"), 30)
    assert (found["pass"].members, len(found["pass"].coalitions), found["pass"].complete) == (16, 10, False)
    assert found["break_quorum"].members is None
    with pytest.raises(ModelError, match="30 blocs"):
        no_show_profiles(seats, DecisionRule.parse(passes=1), 30)


def test_what_cannot_be() -> None:
    with pytest.raises(ContestError, match="no tie can arise"):
        chamber(np.random.default_rng(1), DecisionRule.parse(passes=1), casting_vote=np.array([0.5]))
    with pytest.raises(ContestError, match="no condition"):
        DecisionRule.parse(passes=[])
    one = np.ones((1, 1))
    rule = DecisionRule.parse(passes=["majority of cast", "majority of present"])
    huge = Ballot(("a",), np.array([400]), 400, one, one, 0 * one, one, rule)
    for ask in (exact_passage, exact_margins, exact_swings):
        with pytest.raises(ModelError, match="cells"):
            ask(huge)


def test_reach_and_no_show() -> None:
    one = np.ones((1, 2))
    rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    found = exact_swings(Ballot(("a", "b"), np.array([3, 2]), 6, one * [1, 0], one * [1, 0], one * [0, 1], one, rule))
    assert found.instead[1, WAYS.index("votes_no")] == pytest.approx(1)
    assert found.no_show == pytest.approx([0, 1])
    assert found.reach == pytest.approx([0, 1])

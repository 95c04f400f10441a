"""Three choices, quorum and vetoes: against counts of independent programs and against all profiles."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, ModelError
from realpolitik.models.voting.power import TernaryGame, ternary, ternary_power
from tests.plain import power as plain

COMMUNITIES = {"Shia": 187, "Sunni": 77, "Kurdish": 56, "minorities": 9}


def test_security_council() -> None:
    """Passes with nine in favour and no permanent member against; abstention is no veto."""
    names = [f"permanent {n}" for n in range(5)] + [f"elected {n}" for n in range(10)]
    found = ternary_power(TernaryGame(dict.fromkeys(names, 1), DecisionRule.parse(passes=9), vetoes=tuple(names[:5])))
    assert (found.passing, found.profiles, found.others) == (146796, 3**15, 3**14)
    assert set(found.yes_not_no[:5]) == {108336}
    assert set(found.yes_not_no[5:]) == {53154}
    assert set(found.yes_not_third[:5]) == {69876}
    assert set(found.third_not_no[:5]) == {38460}
    assert set(found.no_not_third) == {0}
    assert float(found.power_to_act) == pytest.approx(0.0102305, abs=5e-8)


@pytest.mark.parametrize(("quorum", "passing", "paradox"), [(165, 27, (0, 0, 0, 0)), (220, 24, (0, 3, 3, 0))])
def test_four_communities_with_a_boycott(quorum: int, passing: int, paradox: tuple[int, ...]) -> None:
    rule = DecisionRule.parse(passes="majority of present", quorum=quorum)
    found = ternary_power(TernaryGame(COMMUNITIES, rule, third="absent"))
    assert (found.passing, found.profiles) == (passing, 81)
    assert found.no_not_third == paradox
    assert found.power_to_act == Fraction(passing, 81)


def test_few_voters_of_great_weight() -> None:
    """Shares of a company: no table of all weights is needed."""
    holders = {"a": 400_000_000_000, "b": 350_000_000_000, "c": 250_000_000_000}
    rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    found = ternary_power(TernaryGame(holders, rule, third="absent"))
    small = ternary_power(TernaryGame({"a": 8, "b": 7, "c": 5}, rule, third="absent"))
    assert found == small
    assert found.yes_not_no == (6, 4, 2)


@pytest.mark.parametrize("few", [1, ternary.FEW_RESULTS])
@pytest.mark.parametrize("seed", range(200))
def test_equals_going_through_all_profiles(seed: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ternary, "FEW_RESULTS", few)
    rng = random.Random(seed)
    weights = [rng.randint(0, 6) for _ in range(rng.randint(1, 5))]
    weights[0] += 1
    names = [f"v{number}" for number in range(len(weights))]
    vetoes = [number for number in range(len(weights)) if rng.random() < 0.2]
    third: Any = rng.choice(("abstain", "absent"))
    passes = rng.choice(("majority of present", "majority of cast", "two thirds of seats", "3/5 of present", 3))
    quorum = rng.choice((None, "majority of seats", 2))
    rule = DecisionRule.parse(passes=passes, quorum=quorum, quorum_counts=rng.choice(("present", "cast")))
    game = TernaryGame(dict(zip(names, weights, strict=True)), rule, third, tuple(names[v] for v in vetoes))

    def passed(yes: int, other: int, no: int) -> bool:
        present = yes + no + (other if third == "abstain" else 0)
        return bool(rule.passed(yes=yes, no=no, present=present, seats=sum(weights)))

    passing, decides = plain.ternary(weights, vetoes, passed)
    found = ternary_power(game)
    assert found.passing == passing
    assert found.yes_not_no == tuple(one["yes", "no"] for one in decides)
    assert found.yes_not_third == tuple(one["yes", "third"] for one in decides)
    assert found.third_not_no == tuple(one["third", "no"] for one in decides)
    assert found.no_not_third == tuple(one["no", "third"] for one in decides)


def test_faults_come_all_at_once() -> None:
    rule = DecisionRule.parse(passes="majority of present")
    third: Any = "away"
    with pytest.raises(ContestError) as caught:
        TernaryGame({"a": -1, "b": 2}, rule, third, ("c",))
    for words in ("-1 is not a weight", "'away' is not a third choice", "no voter 'c'"):
        assert words in str(caught.value)
    with pytest.raises(ContestError, match="has a weight of 0"):
        TernaryGame({"a": 0}, rule)
    with pytest.raises(ContestError, match="from 1 to 1000000000000"):
        TernaryGame({"a": 10**12, "b": 1}, rule)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ternary, "FEW_RESULTS", 1)
    monkeypatch.setattr(ternary, "LARGEST_TABLE", 100)
    with pytest.raises(ModelError, match="coarser"):
        ternary_power(TernaryGame(COMMUNITIES, DecisionRule.parse(passes=9)))

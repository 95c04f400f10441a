"""Rules are read as people say them, and counted in whole numbers."""

from fractions import Fraction
from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule, Threshold
from realpolitik.errors import ContestError

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "expected", "canonical"),
    [
        ("majority of seats", Threshold(HALF, "seats", True), "majority of seats"),
        ("Majority of  the present", Threshold(HALF, "present", True), "majority of present"),
        ("more than half of cast", Threshold(HALF, "cast", True), "majority of cast"),
        ("at least half of seats", Threshold(HALF, "seats"), "at least half of seats"),
        ("half of seats", Threshold(HALF, "seats"), "at least half of seats"),
        ("50% of seats", Threshold(HALF, "seats"), "at least half of seats"),
        ("two thirds of seats", Threshold(Fraction(2, 3), "seats"), "two thirds of seats"),
        ("two-thirds of cast", Threshold(Fraction(2, 3), "cast"), "two thirds of cast"),
        ("a third of seats", Threshold(Fraction(1, 3), "seats"), "one third of seats"),
        ("three fifths of present", Threshold(Fraction(3, 5), "present"), "three fifths of present"),
        ("3/5 of cast", Threshold(Fraction(3, 5), "cast"), "three fifths of cast"),
        ("60 percent of seats", Threshold(Fraction(3, 5), "seats"), "three fifths of seats"),
        ("three fourths of seats", Threshold(Fraction(3, 4), "seats"), "three quarters of seats"),
        ("66.67 percent of cast", Threshold(Fraction(6667, 10000), "cast"), "6667/10000 of cast"),
        ("more than 55 percent of cast", Threshold(Fraction(11, 20), "cast", True), "more than 11/20 of cast"),
        ("11/12 of seats", Threshold(Fraction(11, 12), "seats"), "11/12 of seats"),
        ("all of present", Threshold(Fraction(1), "present"), "all of present"),
        ("165", Threshold(Fraction(165)), "165"),
        (165, Threshold(Fraction(165)), "165"),
    ],
)
def test_reads_a_threshold_and_says_it_again(text: str | int, expected: Threshold, canonical: str) -> None:
    threshold = Threshold.parse(text)
    assert threshold == expected
    assert str(threshold) == canonical
    assert Threshold.parse(canonical) == threshold


@pytest.mark.parametrize(
    "text",
    [
        "most of seats", "majority", "majority of members", "at least majority of seats", "more than all of seats",
        "0 percent of seats", "101 percent of seats", "3/2 of cast", "1/0 of cast", "0", 0, -5, "-5", "16.5", "",
        "two-thirds", "nan of seats", "165 of seats", 10**13, "9999999999999", "twenty of seats", "1/9999999 of seats",
        True, 16.5, None,
    ],
)  # fmt: skip
def test_refuses_what_is_no_rule_and_says_what_is_allowed(text: Any) -> None:
    with pytest.raises(ContestError, match=r"Allowed: 'majority of seats'.*seats, present or cast\."):
        Threshold.parse(text)


@pytest.mark.parametrize(
    ("share", "base", "more_than"),
    [(HALF, None, False), (Fraction(3), None, True), (HALF, "voters", False), (Fraction(1, 10**7), "cast", False)],
)
def test_refuses_an_impossible_threshold_built_by_hand(share: Fraction, base: Any, more_than: bool) -> None:
    with pytest.raises(ContestError, match="Allowed"):
        Threshold(share, base, more_than)


@pytest.mark.parametrize(
    ("text", "base", "needed"),
    [
        ("majority of present", 533, 267),
        ("majority of present", 328, 165),
        ("majority of present", 329, 165),
        ("at least half of present", 328, 164),
        ("at least half of present", 329, 165),
        ("two thirds of present", 329, 220),
        ("two thirds of present", 330, 220),
        ("more than 2/3 of present", 330, 221),
        ("all of present", 7, 7),
        ("majority of present", 0, 1),
        ("two thirds of present", 0, 1),
        ("9", 0, 9),
    ],
)
def test_needs_the_smallest_whole_number(text: str, base: int, needed: int) -> None:
    threshold = Threshold.parse(text)
    assert int(threshold.needed(seats=999, present=base, cast=0)) == needed
    counts = np.arange(needed + 2)
    met = threshold.met(counts, seats=999, present=base, cast=0)
    assert met.tolist() == [count >= needed for count in counts]


def test_is_exact_where_floating_point_is_not() -> None:
    third = Threshold.parse("1/3 of seats")
    large = 3 * 10**11
    assert third.met([large // 3, large // 3 - 1], seats=large, present=0, cast=0).tolist() == [True, False]


def test_is_vectorised_over_every_base() -> None:
    cast = np.array([[0, 1], [2, 3]], dtype=np.uint8)
    assert Threshold.parse("majority of cast").needed(seats=9, present=9, cast=cast).tolist() == [[1, 1], [2, 2]]


@pytest.mark.parametrize("count", [1.5, np.array([2.0]), "many"])
def test_refuses_members_in_fractions(count: Any) -> None:
    with pytest.raises(ContestError, match="whole numbers"):
        Threshold.parse("1").met(count, seats=1, present=1, cast=1)


def test_a_tie_fails_unless_the_rule_lets_it_pass() -> None:
    counts: dict[str, Any] = {"yes": [5, 6], "no": [5, 4], "present": 12, "seats": 20}
    assert DecisionRule.parse(passes="majority of cast").passed(**counts).tolist() == [False, True]
    assert DecisionRule.parse(passes="majority of cast", ties="pass").passed(**counts).tolist() == [True, True]


def test_nothing_passes_without_a_yes() -> None:
    rule = DecisionRule.parse(passes="majority of cast", ties="pass")
    assert not rule.passed(yes=0, no=0, present=12, seats=20)


def test_a_quorum_counts_members_present_or_votes_cast() -> None:
    counts: dict[str, Any] = {"yes": 7, "no": 3, "present": 12, "seats": 20}
    present = DecisionRule.parse(passes="majority of cast", quorum="majority of seats")
    cast = DecisionRule.parse(passes="majority of cast", quorum="majority of seats", quorum_counts="cast")
    assert (bool(present.quorate(**counts)), bool(present.passed(**counts))) == (True, True)
    assert (bool(cast.quorate(**counts)), bool(cast.passed(**counts))) == (False, False)
    assert (present.quorum_needed(seats=20), DecisionRule.parse(passes=3).quorum_needed(seats=20)) == (11, 0)


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ({"passes": "most of seats", "quorum": "enough"}, ["passes", "quorum"]),
        ({"passes": "majority of cast", "quorum": "majority of present"}, ["quorum"]),
        ({"passes": "two thirds of cast", "ties": "pass"}, ["ties"]),
        ({"passes": 165, "ties": "pass"}, ["ties"]),
        ({"passes": 165, "ties": "speaker", "quorum_counts": "seats"}, ["quorum_counts", "ties"]),
    ],
)
def test_names_every_fault_of_a_rule(arguments: dict[str, Any], places: list[str]) -> None:
    with pytest.raises(ContestError) as caught:
        DecisionRule.parse(**arguments)
    assert [fault.path for fault in caught.value.faults] == [(place,) for place in places]


def test_counts_the_security_council() -> None:
    """146,796 of 3^15 profiles of yes, abstention and no pass: nine yes, and no permanent no."""
    nine = Threshold.parse(9)
    passing = sum(
        comb(5, permanent) * comb(10, elected) * 2 ** (10 - elected)
        for permanent, elected in product(range(6), range(11))
        if nine.met(permanent + elected, seats=15, present=15, cast=15)
    )
    assert passing == 146_796


@pytest.mark.parametrize(("quorum", "passing", "paradoxes"), [(165, 27, [0, 0, 0, 0]), (220, 24, [0, 3, 3, 0])])
def test_finds_the_no_show_paradox_of_four_communities(quorum: int, passing: int, paradoxes: list[int]) -> None:
    """A no that completes the quorum can pass what an absence would kill."""
    blocs = np.array([187, 77, 56, 9])
    rule = DecisionRule.parse(passes="majority of present", quorum=quorum)
    profiles = np.array(list(product((0, 1, 2), repeat=4)))  # absent, yes, no

    def passes(choices: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        yes, no = ((choices == choice) @ blocs for choice in (1, 2))
        return rule.passed(yes=yes, no=no, present=yes + no, seats=329)

    assert passes(profiles).sum() == passing
    found = []
    for bloc in range(4):
        against = profiles[profiles[:, bloc] == 2]
        away = against.copy()
        away[:, bloc] = 0
        found.append(int((passes(against) & ~passes(away)).sum()))
    assert found == paradoxes

"""Passage, exact and sampled, against real votes, closed forms and a full count of small chambers."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, ModelError
from realpolitik.models.voting import Ballot, Passage, Vote, exact_passage, passage, walk_out, who_decides
from realpolitik.models.voting.cohesion import branch, mood, split_table
from tests.plain import voting as plain
from tests.references import FOLDER, cases, number

Member = tuple[int, Fraction, Fraction, Fraction, Fraction]
"""Seats, attends, yes, no, cohesion of a bloc."""


def ballot_of(blocs: dict[str, Any], rule: DecisionRule, seats: int, draws: int = 1) -> Ballot:
    """Ballot of equal draws from [seats, attends, yes, no, cohesion] by bloc."""
    rows = np.array([[number(value) for value in row] for row in blocs.values()])
    attends, yes, no, cohesion = (np.repeat(rows[np.newaxis, :, column], draws, axis=0) for column in range(1, 5))
    return Ballot(tuple(blocs), rows[:, 0].astype(int), seats, attends, yes, no, cohesion, rule)


def special(case: dict[str, Any], ballot: Ballot) -> Ballot:
    """The ballot with what only some cases have."""
    more: dict[str, Any] = {
        key: np.array([[number(case[key].get(bloc, 0)) for bloc in ballot.blocs]])
        for key in ("boycott", "rebels")
        if key in case
    }
    for key in ("attendance_shock", "vote_shock", "casting_vote"):
        if key in case:
            more[key] = np.array([number(case[key])])
    if "second" in case:
        more["second"] = DecisionRule.parse(**case["second"])
    return replace(ballot, **more)


def recorded_votes() -> list[dict[str, Any]]:
    from ruamel.yaml import YAML

    votes: list[dict[str, Any]] = YAML(typ="safe").load((FOLDER / "passage.yaml").read_text())["votes"]
    return votes


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", recorded_votes(), ids=by_name)
def test_real_votes(case: dict[str, Any]) -> None:
    counts, expected = case["counts"], case["expected"]
    rule = DecisionRule.parse(**case["rule"])
    vote = Vote.recorded(
        {"all": (counts["present"], counts["yes"], counts["no"])}, total_seats=case["seats"], rule=rule
    )
    assert (bool(vote.quorate[0]), bool(vote.passed[0])) == (expected["quorate"], expected["passed"])
    assert int(vote.margin[0]) == counts["yes"] - expected["needed"]
    assert int(vote.quorum_margin[0]) == counts["present"] - expected["quorum"]
    assert int(walk_out(vote).members[0]) == expected.get("walk_out", int(vote.quorum_margin[0]) + 1)


@pytest.mark.parametrize("case", cases("passage"), ids=by_name)
def test_reference(case: dict[str, Any]) -> None:
    found = exact_passage(special(case, ballot_of(case["blocs"], DecisionRule.parse(**case["rule"]), case["seats"])))
    for answer, expected in case["expected"].items():
        assert getattr(found, answer) == pytest.approx(number(expected), abs=case["tolerance"])


QUORUMS: list[dict[str, Any]] = [{}, {"quorum": "majority of seats"}, {"quorum": 2, "quorum_counts": "cast"}]
RULES: list[dict[str, Any]] = [
    {"passes": passes, **quorum}
    for passes, quorum in product(
        ["majority of seats", "majority of present", "majority of cast", "two thirds of cast", "3/5 of present", 2],
        QUORUMS,
    )
] + [
    {"passes": f"majority of {base}", "quorum": 2, "quorum_counts": counts, "ties": "pass"}
    for base, counts in product(["present", "cast"], ["present", "cast"])
]


def random_blocs(rng: np.random.Generator) -> list[Member]:
    """One to three blocs of at most four members; shares in quarters, certain ones included."""

    def quarters(most: int = 4) -> Fraction:
        return Fraction(int(rng.integers(0, most + 1)), 4)

    blocs = []
    for _ in range(rng.integers(1, 4)):
        yes = quarters()
        no = quarters(int((1 - yes) * 4))
        blocs.append((int(rng.integers(1, 5)), quarters(), yes, no, quarters()))
    return blocs


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: ", ".join(map(str, rule.values())))
def test_equals_a_full_count_of_small_chambers(rule: dict[str, Any]) -> None:
    rng = np.random.default_rng(328)
    decision = DecisionRule.parse(**rule)
    carries = decision.carries
    for _ in range(15):
        blocs = random_blocs(rng)
        seats = sum(bloc[0] for bloc in blocs) + int(rng.integers(0, 2))
        shares = [(a * y, a * n, a * (1 - y - n), 1 - a) for _, a, y, n, _ in blocs]
        expected = plain.passage(
            [(bloc[0], share, bloc[4]) for bloc, share in zip(blocs, shares, strict=True)],
            seats=seats, quorum=decision.quorum_needed(seats=seats), quorum_counts=decision.quorum_counts,
            base=carries.base or "number", share=carries.share, strict=carries.more_than,
        )  # fmt: skip
        found = exact_passage(ballot_of({f"b{index}": bloc for index, bloc in enumerate(blocs)}, decision, seats))
        assert (found.quorum, found.passing) == pytest.approx([float(value) for value in expected], abs=1e-12)
        assert found.exact


@pytest.mark.parametrize("rule", RULES[1::3], ids=lambda rule: ", ".join(map(str, rule.values())))
def test_sampling_agrees_with_the_convolution(rule: dict[str, Any]) -> None:
    draws, rng = 20_000, np.random.default_rng(165)
    blocs = {
        "loyal": (20, 0.95, 0.9, 0.02, 0.6),
        "split": (15, 0.7, 0.45, 0.4, 0.1),
        "free": (9, 0.8, 0.5, 0.3, 0.0),
        "boycott": (12, 0.15, 0.1, 0.6, 1.0),
        "nearly one": (5, 0.6, 0.7, 0.2, 1 - 1e-12),
        "nearly free": (6, 0.6, 0.7, 0.2, 1e-13),
    }
    decision = DecisionRule.parse(**rule)
    exact = exact_passage(ballot_of(blocs, decision, 67))
    vote = passage(ballot_of(blocs, decision, 67, draws), rng=rng)
    for sampled, probability in ((vote.quorate, exact.quorum), (vote.passed, exact.passing)):
        error = np.sqrt(max(probability * (1 - probability), 1 / draws) / draws)
        assert abs(sampled.mean() - probability) <= 4 * error


def test_cohesion_is_the_correlation_between_two_members() -> None:
    """The variance of a count of n members is n p (1 - p) (1 + (n - 1) cohesion)."""
    draws, members, attends, cohesion = 40_000, 30, 0.6, 0.3
    ballot = ballot_of({"bloc": (members, attends, 0.5, 0.25, cohesion)}, DecisionRule.parse(passes=1), 30, draws)
    vote = passage(ballot, rng=np.random.default_rng(1))
    for counts, share in ((vote.present, 0.6), (vote.yes, 0.3), (vote.no, 0.15), (vote.abstain, 0.15)):
        variance = members * share * (1 - share) * (1 + (members - 1) * cohesion)
        assert abs(counts.mean() - members * share) <= 4 * np.sqrt(variance / draws)
        assert counts.var() == pytest.approx(variance, rel=0.05)


def test_counts_always_add_up() -> None:
    rng = np.random.default_rng(2)
    shape = (500, 6)
    edge = np.array([0.0, 1e-320, 1e-12, 0.3, 1 - 1e-16, 1.0])
    attends, yes, cohesion = (rng.choice(edge, shape) for _ in range(3))
    seats = np.array([1, 2, 3, 50, 100, 172])
    ballot = Ballot(tuple("abcdef"), seats, 328, attends, yes, (1 - yes) / 2, cohesion, DecisionRule.parse(passes=1))
    vote = passage(ballot, rng=rng)
    assert (vote.present_by_bloc <= seats).all()
    assert (vote.yes_by_bloc + vote.no_by_bloc <= vote.present_by_bloc).all()
    assert (vote.abstain >= 0).all()


@pytest.mark.parametrize("correlation", [0.0, 1e-14, 0.2, 0.999, 1.0])
@pytest.mark.parametrize("share", [0.0, 1e-300, 0.4, 1.0])
def test_a_branch_is_a_distribution(share: float, correlation: float) -> None:
    table = split_table(40, share, correlation)
    assert table.sum(axis=1) == pytest.approx(np.ones(41), abs=1e-12)
    assert table @ np.arange(41) == pytest.approx(share * np.arange(41), abs=1e-10)
    assert not np.triu(table, 1).any()


def test_a_branch_of_no_probability_is_never_taken() -> None:
    assert branch(np.array([0.0, 0.0, 0.5]), np.array([0.0, 0.5, 0.0])).tolist() == [0.0, 1.0, 0.0]
    taken = mood(np.array([0.0, 1.0]), np.array([0.5, 0.5]), np.random.default_rng(0))
    assert taken.tolist() == [0, 1]


def test_a_small_share_of_votes_passes_in_an_empty_room_never() -> None:
    """All come and all abstain: two thirds of no votes at all is not a majority."""
    rule = DecisionRule.parse(passes="two thirds of cast", quorum=1)
    found = exact_passage(ballot_of({"silent": (3, 1, 0, 0, 0)}, rule, 3))
    assert (found.quorum, found.passing, found.passing_given_quorum) == (1, 0, 0)


def test_without_any_quorum_nothing_is_conditional_on_it() -> None:
    rule = DecisionRule.parse(passes="majority of cast", quorum="majority of seats")
    assert exact_passage(ballot_of({"away": (3, 0, 1, 0, 0)}, rule, 3)).passing_given_quorum is None
    assert Passage(0.5, 0.25, None, True, "by hand").passing_given_quorum == 0.5


def test_refuses_a_share_too_fine_for_the_lattice() -> None:
    rule = DecisionRule.parse(passes="66.6667 percent of cast", quorum=100)
    with pytest.raises(ModelError, match="Sample the vote with the model 'passage'"):
        exact_passage(ballot_of({"all": (328, 0.5, 0.5, 0.5, 0.1)}, rule, 328))


def test_reads_the_draw_that_is_asked_for() -> None:
    one = np.array([[0.0], [1.0]])
    ballot = Ballot(("a",), np.array([3]), 3, one, one, 0 * one, 0 * one, DecisionRule.parse(passes=3))
    assert [exact_passage(ballot, draw=draw).passing for draw in (0, 1)] == [0.0, 1.0]


ONES = np.ones((2, 2))


def ballot_arguments(**changed: Any) -> dict[str, Any]:
    return {
        "blocs": ("a", "b"), "seats": np.array([3, 2]), "total_seats": 5, "attends": ONES, "yes": ONES / 2,
        "no": ONES / 2, "cohesion": ONES, "rule": DecisionRule.parse(passes=3), **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"blocs": ("a", "a")}, "names 'a' twice"),
        ({"seats": np.array([3, 0])}, "bloc 'b': seats is 0"),
        ({"seats": np.array([3.0, 2.0])}, "whole numbers, not in float64"),
        ({"seats": np.array([3, 3])}, "blocs hold 6 seats, the chamber has 5"),
        ({"attends": ONES * 1.1}, "bloc 'a', draw 0: attends is 1.1, expected 0 to 1. 3 more"),
        ({"yes": np.ones((1, 2))}, r"yes: has shape \[1, 2\]"),
        ({"no": ONES * 0.6}, r"no \(at most 1 minus yes\) is 0.6, expected 0 to 0.5"),
        ({"cohesion": ONES * -0.1}, "cohesion is -0.1"),
    ],
)
def test_says_what_is_wrong_with_a_ballot(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ContestError, match=message):
        Ballot(**ballot_arguments(**changed))


def test_forgives_rounding_in_yes_plus_no() -> None:
    ballot = Ballot(**ballot_arguments(yes=ONES * 0.7, no=ONES * (0.3 + 1e-12)))
    assert ballot.casts.tolist() == ONES.tolist()
    assert (ballot.draws, ballot.attends.flags.writeable) == (2, False)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({}, "blocs: is empty"),
        ({"a": (2, 2, 1), "b": (1, 1, 0)}, "bloc 'a', draw 0: more votes than members present"),
        ({"a": (6, 2, 1)}, "6 members present, but 5 seats"),
        ({"a": (2, -2, 1)}, "yes_by_bloc is -2"),
    ],
)
def test_says_what_is_wrong_with_a_vote(counts: dict[str, tuple[int, int, int]], message: str) -> None:
    with pytest.raises(ContestError, match=message):
        Vote.recorded(counts, total_seats=5, rule=DecisionRule.parse(passes=3))


IRAQ = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
LISTS = {
    "Saairun": (54, 54, 0),
    "Fatah": (48, 48, 0),
    "State of Law": (25, 25, 0),
    "others": (38, 38, 0),
    "five": (5, 5, 0),
}


def test_finds_who_could_have_broken_the_quorum() -> None:
    found = walk_out(Vote.recorded(LISTS, total_seats=328, rule=IRAQ))
    assert (found.quorum_margin.tolist(), found.members.tolist()) == ([5], [6])
    assert found.alone.tolist() == [[True, True, True, True, False]]


def test_a_walk_out_counts_votes_where_the_quorum_does() -> None:
    rule = DecisionRule.parse(passes="majority of cast", quorum=6, quorum_counts="cast")
    found = walk_out(Vote.recorded({"voters": (4, 2, 2), "mixed": (9, 2, 1)}, total_seats=20, rule=rule))
    assert (found.members.tolist(), found.alone.tolist()) == ([2], [[True, True]])


def test_there_is_no_quorum_to_break_twice() -> None:
    found = walk_out(Vote.recorded({"few": (100, 100, 0)}, total_seats=328, rule=IRAQ))
    assert (found.quorum_margin.tolist(), found.members.tolist(), found.alone.tolist()) == ([-65], [0], [[False]])
    with pytest.raises(ModelError, match="no quorum"):
        walk_out(Vote.recorded(LISTS, total_seats=328, rule=DecisionRule.parse(passes="majority of cast")))


def test_finds_who_decides_a_recorded_vote() -> None:
    found = who_decides(Vote.recorded(LISTS, total_seats=328, rule=IRAQ))
    assert found.staying_home.tolist() == [1, 1, 1, 1, 0]
    assert found.voting_no.tolist() == [0, 0, 0, 0, 0]
    assert found.draws == 1


def test_who_decides_equals_taking_the_vote_again() -> None:
    rng = np.random.default_rng(11)
    blocs = {"a": (9, 0.8, 0.5, 0.4, 0.7), "b": (7, 0.7, 0.6, 0.2, 0.2), "c": (5, 0.5, 0.3, 0.6, 1)}
    rule = DecisionRule.parse(passes="majority of cast", quorum="majority of seats")
    vote = passage(ballot_of(blocs, rule, 21, draws=200), rng=rng)
    found = who_decides(vote)
    home, turned = np.zeros(3), np.zeros(3)
    for draw, bloc in np.ndindex(200, 3):
        counts = [(int(p), int(y), int(n)) for p, y, n in zip(
            vote.present_by_bloc[draw], vote.yes_by_bloc[draw], vote.no_by_bloc[draw], strict=True)]  # fmt: skip
        present, yes, no = counts[bloc]
        for changes, instead in ((home, (0, 0, 0)), (turned, (present, 0, yes + no))):
            again = dict(zip("abc", [*counts[:bloc], instead, *counts[bloc + 1 :]], strict=True))
            after = Vote.recorded(again, total_seats=21, rule=rule).passed[0]
            changes[bloc] += bool(after != vote.passed[draw])
    assert found.staying_home == pytest.approx(home / 200)
    assert found.voting_no == pytest.approx(turned / 200)
    assert home.any()
    assert turned.any()

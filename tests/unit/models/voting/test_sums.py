"""Sums over blocs: machine code against plain Python and Fourier transforms, quadrature against brute force."""

import importlib.util
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.voting import (
    Ballot,
    exact_margins,
    exact_passage,
    exact_passages,
    exact_swings,
    kernel,
    smallest_coalitions,
    sums,
)
from realpolitik.models.voting.shock import tilted
from tests.plain import voting as plain

PASSES: list[Any] = [
    "majority of present",
    "majority of cast",
    "two thirds of cast",
    "3/5 of present",
    "majority of seats",
    "1/5 of seats",
    "33/50 of present",
    ["majority of present", "1/3 of seats"],
]
RULES = [
    DecisionRule.parse(passes=passes, quorum=quorum, quorum_counts=counts)
    for passes, quorum, counts in product(PASSES, [None, "majority of seats"], ["present", "cast"])
]


def chamber(rule: DecisionRule, seats: tuple[int, ...], draws: int = 2, **shocks: float) -> Ballot:
    """Random probabilities, boycotts and rebels in some of the blocs."""
    rng = np.random.default_rng(sum(seats))
    attends, yes, rest, cohesion, boycott, rebels = rng.uniform(size=(6, draws, len(seats)))
    cohesion[:, ::3], rebels[:, ::2], boycott[:, 1::2] = 0, 0, 0
    names = tuple(f"b{index}" for index in range(len(seats)))
    more = {key: np.full(draws, value) for key, value in shocks.items()}
    if rule.can_tie:
        more["casting_vote"] = np.full(draws, 0.3)
    return Ballot(
        names, np.array(seats), sum(seats) + 1, attends, yes, (1 - yes) * rest, cohesion, rule,
        boycott=boycott / 4, rebels=rebels / 4, **more,
    )  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_equals_fourier_transforms(rule: DecisionRule, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = chamber(rule, (4, 9, 1, 17, 12))
    found = exact_passages(ballot), exact_margins(ballot, draw=1), exact_swings(ballot, draw=1)
    monkeypatch.setattr(sums, "MOST_PRODUCTS", 0)
    expected = exact_passages(ballot), exact_margins(ballot, draw=1), exact_swings(ballot, draw=1)
    assert found[0] == pytest.approx(expected[0], abs=1e-12)
    assert found[1].quorate == pytest.approx(expected[1].quorate, abs=1e-12)
    assert found[1].inquorate == pytest.approx(expected[1].inquorate, abs=1e-12)
    assert found[2].instead == pytest.approx(expected[2].instead, abs=1e-11)


def test_large_blocs_are_worked_out_in_logarithms(monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = chamber(RULES[0], (187, 77, 56, 9))
    found = exact_passages(ballot)
    monkeypatch.setattr(sums, "MOST_PRODUCTS", 0)
    assert found == pytest.approx(exact_passages(ballot), abs=1e-11)


@pytest.mark.parametrize("passes", ["majority of present", "two thirds of cast", "9/20 of present", "11/24 of present"])
@pytest.mark.parametrize("cohesion", [0.0, 0.3, 1.0])
def test_what_is_dropped_does_not_matter(passes: str, cohesion: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many members, so that scores, numbers counted and, with little cohesion, frequencies are left out."""
    rule = DecisionRule.parse(passes=passes, quorum="majority of seats")
    ballot = replace(chamber(rule, (6, 7, 8, 9) * 5), boycott=None)
    ballot = replace(ballot, attends=(1 + ballot.attends) / 2, cohesion=cohesion * ballot.cohesion)
    found = exact_passages(ballot), exact_margins(ballot).quorate
    monkeypatch.setattr(sums, "MOST_PRODUCTS", 0)
    assert found[0] == pytest.approx(exact_passages(ballot), abs=1e-12)
    assert found[1] == pytest.approx(exact_margins(ballot).quorate, abs=1e-12)


@pytest.mark.parametrize("rule", RULES[::5], ids=str)
def test_plain_python_says_the_same(rule: DecisionRule, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = chamber(rule, (3, 5, 2, 4))
    monkeypatch.setattr(sums, "WORTH_COMPILING", 0)
    compiled = exact_passages(ballot), exact_swings(ballot).instead, exact_margins(ballot).quorate
    spec = importlib.util.find_spec(kernel.__name__)
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    monkeypatch.setattr(sums, "kernel", copy)
    monkeypatch.setattr(sums, "WORTH_COMPILING", 10**12)
    plainly = exact_passages(ballot), exact_swings(ballot).instead, exact_margins(ballot).quorate
    for one, other in zip(compiled, plainly, strict=True):
        assert one == pytest.approx(other, abs=1e-13)


def test_every_draw_has_the_answer_it_has_alone() -> None:
    ballot = chamber(RULES[1], (8,) * 12, draws=40)
    together = exact_passages(ballot)
    for draw in (0, 17, 39):
        alone = exact_passage(ballot, draw=draw)
        assert together[draw] == pytest.approx([alone.quorum, alone.passing], abs=1e-13)


def test_draws_with_common_shocks_are_refused() -> None:
    with pytest.raises(ModelError, match="common shocks"):
        exact_passages(chamber(RULES[0], (2, 3), vote_shock=0.2))


def under(share: float, correlation: float, shock: float) -> float:
    """The probit shift by hand."""
    return float(ndtr((ndtri(share) + correlation**0.5 * shock) / (1 - correlation) ** 0.5))


def by_hand(ballot: Ballot, nodes: int) -> tuple[float, float]:
    """Quorum and passage: every combination of counts at every pair of shocks, by Gauss and Hermite."""
    come_together, vote_together, chairs = (
        float(getattr(ballot, key)[0]) for key in ("attendance_shock", "vote_shock", "casting_vote")
    )
    points, weights = np.polynomial.hermite_e.hermegauss(nodes)
    weights = weights / weights.sum()
    rules = [(1 - chairs, ballot.rule), (chairs, replace(ballot.rule, ties="pass"))]
    quorum = passing = 0.0
    for (first, one), (second, two) in product(zip(points, weights, strict=True), repeat=2):
        if one * two < 1e-14:
            continue
        blocs = []
        for bloc, seats in enumerate(ballot.seats.tolist()):
            come = under(ballot.attends[0, bloc], come_together, first)
            cast = ballot.yes[0, bloc] + ballot.no[0, bloc]
            favour = under(ballot.yes[0, bloc] / cast, vote_together, second)
            shares = (come * cast * favour, come * cast * (1 - favour), come * (1 - cast), 1 - come)
            rest = (float(getattr(ballot, key)[0, bloc]) for key in ("cohesion", "boycott", "rebels"))
            blocs.append(plain.ways(seats, shares, *rest))
        for (present, yes, no), chance in plain.totals(blocs).items():
            counts = {"present": present, "yes": yes, "no": no, "seats": ballot.total_seats}
            quorum += one * two * chance * bool(ballot.rule.quorate(**counts))
            passing += one * two * chance * sum(part * bool(rule.passed(**counts)) for part, rule in rules)
    return quorum, passing


@pytest.mark.parametrize("passes", ["majority of present", "majority of cast", "majority of seats"])
def test_both_shocks_at_once_equal_brute_force(passes: str) -> None:
    rule = DecisionRule.parse(passes=passes, quorum="majority of seats")
    ballot = chamber(rule, (2, 1), draws=1, attendance_shock=0.3, vote_shock=0.2)
    found = exact_passage(ballot)
    assert found.exact
    assert (found.quorum, found.passing) == pytest.approx(by_hand(ballot, 30), abs=1e-8)


@pytest.mark.parametrize("shock", ["attendance_shock", "vote_shock"])
def test_the_error_of_the_quadrature_is_what_it_says(shock: str) -> None:
    """Free members in a chamber of 160, so that passage turns over within a small part of a standard deviation."""
    rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    ballot = replace(chamber(rule, (40, 40, 40, 40), draws=1), boycott=None, **{shock: np.array([0.3])})
    ballot = replace(ballot, cohesion=0 * ballot.cohesion)
    nodes = np.arange(-700, 701) / 100
    weights = np.exp(-(nodes**2) / 2)
    rows = {
        key: np.repeat(getattr(ballot, key), len(nodes), axis=0)
        for key in ("attends", "yes", "no", "cohesion", "rebels", "casting_vote", shock)
    }
    expected = weights @ exact_passages(tilted(replace(ballot, **rows), nodes, nodes)) / weights.sum()
    found = exact_passage(ballot)
    assert found.exact
    assert (found.quorum, found.passing) == pytest.approx(expected, abs=1e-9)


def test_quantiles_of_the_margin() -> None:
    """Two free members, yes or no with one half: margins -2, -1, 0 with 1/4, 1/2, 1/4."""
    one = np.ones((1, 1))
    rule = DecisionRule.parse(passes="all of seats", quorum=2)
    ballot = Ballot(("a",), np.array([2]), 2, one, one / 2, one / 2, 0 * one, rule)
    found = exact_margins(ballot)
    assert [found.quantile(level) for level in (0.25, 0.26, 0.75, 0.76)] == [-2, -1, -1, 0]
    assert found.given_quorum.sum() == pytest.approx(1)
    nobody = exact_margins(replace(ballot, attends=0 * one))
    assert nobody.quantile(0.5) is None
    assert np.isnan(nobody.given_quorum).all()


def test_a_quorum_that_cannot_be_is_broken_by_nobody() -> None:
    rule = DecisionRule.parse(passes="majority of present", quorum="all of seats")
    found = smallest_coalitions(("a", "b"), np.array([3, 4]), rule, 8)
    assert (found["break_quorum"].members, found["break_quorum"].coalitions) == (0, ())
    assert (found["pass"].members, found["pass"].complete) == (None, True)

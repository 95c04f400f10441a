"""A chamber of 328 seats: sampled for 10,000 draws, and exact for one."""

from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.voting import Ballot, exact_passage, passage, who_decides

SEATS = 328


def chamber(blocs: int, draws: int, passes: str = "majority of present") -> Ballot:
    """Blocs of nearly equal size with random probabilities and cohesion."""
    rng = np.random.default_rng(328)
    seats = np.full(blocs, SEATS // blocs)
    seats[: SEATS % blocs] += 1
    attends, yes, rest, cohesion = rng.uniform(size=(4, draws, blocs))
    rule = DecisionRule.parse(passes=passes, quorum="majority of seats")
    return Ballot(tuple(map(str, range(blocs))), seats, SEATS, attends, yes, (1 - yes) * rest, cohesion, rule)


def member_by_member(ballot: Ballot, rng: np.random.Generator) -> int:
    """Naive reference: every member of every bloc draws from the bloc's mood."""
    passed = 0
    for draw in range(ballot.draws):
        yes = no = present = 0
        for bloc, seats in enumerate(ballot.seats):
            a, y, n = (values[draw, bloc] for values in (ballot.attends, ballot.yes, ballot.no))
            cohesion = min(max(ballot.cohesion[draw, bloc], 1e-6), 1 - 1e-6)
            shares = np.array([a * y, a * n, a * (1 - y - n), 1 - a]) * (1 - cohesion) / cohesion
            mood = rng.dirichlet(np.maximum(shares, 1e-9))
            choices = rng.choice(4, size=seats, p=mood)
            yes += int((choices == 0).sum())
            no += int((choices == 1).sum())
            present += int((choices < 3).sum())
        passed += bool(ballot.rule.passed(yes=yes, no=no, present=present, seats=SEATS))
    return passed


@pytest.mark.benchmark(group="passage, 30 blocs")
def test_sampling_10000_draws(benchmark: Any) -> None:
    ballot = chamber(30, 10_000)
    benchmark(lambda: passage(ballot, rng=np.random.default_rng(1)))


@pytest.mark.benchmark(group="passage, 30 blocs")
def test_naive_sampling_100_draws(benchmark: Any) -> None:
    ballot = chamber(30, 100)
    benchmark.pedantic(lambda: member_by_member(ballot, np.random.default_rng(1)), rounds=3)


@pytest.mark.benchmark(group="passage, 30 blocs")
def test_who_decides_10000_draws(benchmark: Any) -> None:
    vote = passage(chamber(30, 10_000), rng=np.random.default_rng(1))
    benchmark(lambda: who_decides(vote))


@pytest.mark.benchmark(group="exact passage, 40 blocs, one draw")
@pytest.mark.parametrize("passes", ["majority of present", "majority of cast", "two thirds of cast"])
def test_exact(benchmark: Any, passes: str) -> None:
    ballot = chamber(40, 1, passes)
    benchmark(lambda: exact_passage(ballot))

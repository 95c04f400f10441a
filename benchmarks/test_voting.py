"""A chamber of 328 seats: sampled for 10,000 draws, exact for one and for many, and beside plain convolution."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.voting import Ballot, exact_passage, exact_passages, exact_swings, passage, who_decides
from tests.plain import voting as plain

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


def part_of(blocs: int) -> Ballot:
    """A chamber that has only the first so many of forty blocs."""
    whole = chamber(40, 1)
    columns = {key: getattr(whole, key)[:, :blocs] for key in ("attends", "yes", "no", "cohesion")}
    seats = whole.seats[:blocs]
    return replace(whole, blocs=whole.blocs[:blocs], seats=seats, total_seats=int(seats.sum()), **columns)


RULES = ["majority of present", "majority of cast", "two thirds of cast", "majority of seats"]


def dictionary_convolution(ballot: Ballot) -> float:
    """Naive reference: the same convolution over (present, yes) in plain Python, without compiled code or halves."""
    sums = {(0, 0): 1.0}
    for bloc, seats in enumerate(ballot.seats.tolist()):
        a, y, n, c = (float(getattr(ballot, key)[0, bloc]) for key in ("attends", "yes", "no", "cohesion"))
        own: dict[tuple[int, int], float] = {}
        for counts in plain.splits(seats):
            key = sum(counts[:3]), counts[0]
            chance = float(plain.chance(counts, (a * y, a * n, a * (1 - y - n), 1 - a), c))  # type: ignore[arg-type]
            own[key] = own.get(key, 0.0) + chance
        new: dict[tuple[int, int], float] = {}
        for (present, yes), before in sums.items():
            for (more, also), chance in own.items():
                key = present + more, yes + also
                new[key] = new.get(key, 0.0) + before * chance
        sums = new
    return sum(p for (here, yes), p in sums.items() if 2 * here > ballot.total_seats and 2 * yes > here)


@pytest.mark.benchmark(group="exact passage, 40 blocs, one draw")
@pytest.mark.parametrize("passes", RULES)
def test_exact(benchmark: Any, passes: str) -> None:
    ballot = chamber(40, 1, passes)
    benchmark(lambda: exact_passage(ballot))


@pytest.mark.benchmark(group="exact passage under a common shock, 40 blocs")
@pytest.mark.parametrize("passes", RULES)
def test_exact_under_a_shock(benchmark: Any, passes: str) -> None:
    ballot = replace(chamber(40, 1, passes), attendance_shock=np.array([0.2]))
    if ballot.rule.can_tie:
        ballot = replace(ballot, casting_vote=np.array([0.5]))
    benchmark.pedantic(lambda: exact_passage(ballot), rounds=3)


@pytest.mark.benchmark(group="exact passage, 40 blocs, 1,000 draws")
@pytest.mark.parametrize("passes", RULES)
def test_exact_draws(benchmark: Any, passes: str) -> None:
    ballot = chamber(40, 1_000, passes)
    benchmark.pedantic(lambda: exact_passages(ballot), rounds=2)


@pytest.mark.benchmark(group="who is pivotal exactly, 40 blocs")
def test_exact_swings(benchmark: Any) -> None:
    ballot = chamber(40, 1)
    benchmark(lambda: exact_swings(ballot))


@pytest.mark.benchmark(group="exact passage, 12 blocs")
def test_exact_small(benchmark: Any) -> None:
    ballot = part_of(12)
    found = benchmark(lambda: exact_passage(ballot)).passing
    assert abs(found - dictionary_convolution(ballot)) < 1e-12


@pytest.mark.benchmark(group="exact passage, 12 blocs")
def test_naive_small(benchmark: Any) -> None:
    ballot = part_of(12)
    benchmark.pedantic(lambda: dictionary_convolution(ballot), rounds=3)

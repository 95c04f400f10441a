"""The expected-utility model: ten thousand draws of 30 actors, one of 100, and plain Python in the same run."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, ChallengeRules, challenge
from realpolitik.models.bargaining.challenge import VARIANTS
from tests.plain import challenge as plain

ROUNDS = 3


def table(draws: int, actors: int) -> ActorTable:
    rng = np.random.default_rng(1)
    shape = (draws, actors, 1)
    names, everybody = tuple(map(str, range(actors))), np.ones((actors, 1), dtype=bool)
    position, salience, capability = (rng.uniform(low, high, shape) for low, high in ((0, 100), (0.1, 1), (5, 100)))
    return ActorTable(names, ("exit",), position, salience, capability, np.zeros(1), np.full(1, 100.0), everybody)


def three_rounds(variant: Any) -> ChallengeRules:
    return replace(VARIANTS[variant], stop="rounds", max_rounds=ROUNDS)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """The first large table compiles the rounds, or loads them from Numba's cache."""
    challenge(table(100, 30))


@pytest.mark.benchmark(group="challenge, 30 actors, 3 rounds")
@pytest.mark.parametrize("variant", VARIANTS)
def test_10000_draws(benchmark: Any, variant: Any) -> None:
    """Target for settled: 4 s on one core."""
    actors, rules = table(10_000, 30), three_rounds(variant)
    benchmark.pedantic(lambda: challenge(actors, rules=rules), rounds=2)


@pytest.mark.benchmark(group="challenge, 30 actors, 3 rounds")
def test_naive_settled_1_draw(benchmark: Any) -> None:
    actors, rules = table(1, 30), three_rounds("settled")
    rows = np.stack([actors.position, actors.salience, actors.capability], axis=-1)[0, :, 0].tolist()
    path, _ = benchmark.pedantic(lambda: plain.challenge(rows, 100, rules), rounds=1)
    ours = challenge(actors, rules=rules, history=True).rounds[-1].position[0, :, 0]
    assert ours == pytest.approx(path[-1], abs=1e-9)


@pytest.mark.benchmark(group="challenge, 100 actors, 20 draws")
@pytest.mark.parametrize("variant", VARIANTS)
def test_20_draws_of_100_actors(benchmark: Any, variant: Any) -> None:
    """Target: 20 ms a draw, so 400 ms, under the variant's own stop rule."""
    actors = table(20, 100)
    benchmark.pedantic(lambda: challenge(actors, variant=variant), rounds=3)

"""Nash and Kalai–Smorodinsky for 30 actors in 10,000 draws, against plain Python that searches in the same way."""

from dataclasses import replace
from math import copysign
from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, kalai_smorodinsky, nash

ACTORS = 30


def table(draws: int) -> ActorTable:
    """Everybody wants to leave the reference point upwards, so that no draw is trivial."""
    rng = np.random.default_rng(1)
    shape = (draws, ACTORS, 1)
    names = tuple(map(str, range(ACTORS)))
    position, salience, capability = (rng.uniform(30, 100, shape), rng.uniform(size=shape), rng.uniform(0, 9, shape))
    everybody = np.ones((ACTORS, 1), dtype=bool)
    ends = np.zeros(1), np.full(1, 100.0)
    return ActorTable(names, ("exit",), position, salience, capability, *ends, everybody, np.full(1, 10.0))


@pytest.mark.benchmark(group="disagreement, 30 actors")
@pytest.mark.parametrize("variant", ["reference-point", "quadratic-costly"])
@pytest.mark.parametrize("model", [nash, kalai_smorodinsky], ids=lambda model: model.__name__)
def test_10000_draws(benchmark: Any, model: Any, variant: str) -> None:
    actors = table(10_000)
    benchmark.pedantic(lambda: model(actors, variant=variant), rounds=3)


@pytest.mark.benchmark(group="disagreement, 30 actors")
def test_naive_nash_100_draws(benchmark: Any) -> None:
    actors = table(100)
    point = 10.0
    rows = [
        [(float(p), float(s * c)) for p, s, c in zip(*(values[draw, :, 0] for values in columns), strict=True)]
        for columns in [(actors.position, actors.salience, actors.capability)]
        for draw in range(100)
    ]

    def solve(row: list[tuple[float, float]]) -> float:
        low, high = min(p for p, _ in row), min(2 * p - point for p, _ in row)
        for _ in range(60):
            middle = (low + high) / 2
            slope = sum(w * copysign(1, p - middle) / (p - point - abs(middle - p)) for p, w in row)
            low, high = (middle, high) if slope > 0 else (low, middle)
        return (low + high) / 2

    found = benchmark(lambda: [solve(row) for row in rows])
    assert found == pytest.approx(nash(replace(actors)).outcome[:, 0].tolist(), abs=1e-9)

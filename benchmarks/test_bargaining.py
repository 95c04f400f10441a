"""Mean, median and compromise of 30 actors in 100,000 draws, against plain Python for each draw."""

from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, compromise, mean, median

ACTORS = 30


def table(draws: int) -> ActorTable:
    rng = np.random.default_rng(1)
    shape = (draws, ACTORS, 1)
    names = tuple(map(str, range(ACTORS)))
    position, salience, capability = (rng.uniform(0, 100, shape), rng.uniform(size=shape), rng.uniform(0, 9, shape))
    everybody = np.ones((ACTORS, 1), dtype=bool)
    return ActorTable(names, ("exit",), position, salience, capability, np.zeros(1), np.full(1, 100.0), everybody)


@pytest.mark.benchmark(group="bargaining, 30 actors")
@pytest.mark.parametrize("model", [mean, median, compromise], ids=lambda model: model.__name__)
def test_100000_draws(benchmark: Any, model: Any) -> None:
    actors = table(100_000)
    benchmark.pedantic(lambda: model(actors), rounds=3)


@pytest.mark.benchmark(group="bargaining, 30 actors")
def test_naive_compromise_1000_draws(benchmark: Any) -> None:
    actors = table(1000)
    rows = [
        list(zip(*(values[draw, :, 0].tolist() for values in (actors.position, actors.salience, actors.capability)),
                 strict=True))
        for draw in range(1000)
    ]  # fmt: skip
    benchmark(lambda: [sum(x * s * c for x, s, c in row) / sum(s * c for _, s, c in row) for row in rows])

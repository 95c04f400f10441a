"""The pooled forecast: draws of 30 actors against plain Python, and the backtest that learns without each dossier."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, pooled
from realpolitik.models.bargaining.pooled import learn, predict, shipped
from realpolitik.models.bargaining.pooled.situation import FEATURES
from realpolitik.record.backtest import backtest
from realpolitik.record.deu import decisions
from realpolitik.record.positions import as_past
from tests.plain import pooled as plain
from tests.unit.record.decisions import rows, write

ACTORS = 30


def table(draws: int) -> ActorTable:
    rng = np.random.default_rng(1)
    shape = (draws, ACTORS, 1)
    names, everybody = tuple(map(str, range(ACTORS))), np.ones((ACTORS, 1), dtype=bool)
    position, salience, capability = (rng.uniform(low, high, shape) for low, high in ((0, 100), (0.1, 1), (5, 100)))
    return ActorTable(names, ("exit",), position, salience, capability, np.zeros(1), np.full(1, 100.0), everybody)


@pytest.mark.benchmark(group="pooled, draws of 30 actors")
def test_10000_draws(benchmark: Any) -> None:
    """Target: 0.2 s."""
    many = table(10_000)
    benchmark.pedantic(lambda: pooled(many, rng=np.random.default_rng(1)), rounds=5)


@pytest.mark.benchmark(group="pooled, draws of 30 actors")
def test_naive_100_draws(benchmark: Any) -> None:
    """Plain Python, for a hundredth of the draws."""
    many, learned = table(100), shipped()
    choice = dict(zip(FEATURES, learned.choice.tolist(), strict=True))
    numbers = (float(learned.mixture[0]), learned.shift, learned.floor, learned.slope, learned.error.tolist())
    parts = np.stack([many.capability, many.position, many.salience], axis=-1)[:, :, 0]
    said = [dict(zip(many.actors, map(tuple, row), strict=True)) for row in parts.tolist()]
    benchmark.pedantic(lambda: [plain.points(one, None, choice, *numbers) for one in said], rounds=2)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("deu") / "invented.tsv", rows(99))


@pytest.mark.benchmark(group="backtest, 198 invented issues")
def test_every_model(benchmark: Any, file: Path) -> None:
    """Target for the 351 issues of DEU: 60 s."""
    benchmark.pedantic(lambda: backtest(file), rounds=1)


@pytest.mark.benchmark(group="backtest, 198 invented issues")
def test_pooled_without_each_dossier(benchmark: Any, file: Path) -> None:
    past = as_past(decisions(file).issues, "council")

    def leave_out() -> None:
        for cluster in np.unique(past.cluster):
            mine = past.cluster == cluster
            predict(past.situations.rows(mine), learn(past.rows(~mine)))

    benchmark.pedantic(leave_out, rounds=1)

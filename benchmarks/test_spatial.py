"""The spatial model to convergence, against a plain version of it; KTAB needs 146 s at 100 actors (see docs)."""

from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, SpatialRules, pce, spatial
from tests.plain import spatial as plain


def table(draws: int, actors: int, issues: int) -> ActorTable:
    """Positions 0 to 100, capability 5 to 100, salience 0.1 to 1 divided by the number of issues."""
    rng = np.random.default_rng(0)
    shape = (draws, actors, issues)
    position, salience = rng.uniform(0, 100, shape), rng.uniform(0.1, 1, shape) / issues
    capability = np.repeat(rng.uniform(5, 100, (draws, actors, 1)), issues, axis=2)
    names, everybody = tuple(map(str, range(actors))), np.ones((actors, issues), dtype=bool)
    ends = np.zeros(issues), np.full(issues, 100.0)
    return ActorTable(
        names, tuple(f"issue {n}" for n in range(issues)), position, salience, capability, *ends, everybody
    )


@pytest.mark.benchmark(group="spatial, to convergence")
@pytest.mark.parametrize(("actors", "issues"), [(10, 1), (30, 1), (30, 3), (100, 1), (100, 3)])
def test_one_draw(benchmark: Any, actors: int, issues: int) -> None:
    contest = table(1, actors, issues)
    found = benchmark.pedantic(lambda: spatial(contest), rounds=3, warmup_rounds=1)
    assert found.converged.all()


@pytest.mark.benchmark(group="spatial, to convergence")
def test_1000_draws_of_10_actors(benchmark: Any) -> None:
    contest = table(1000, 10, 1)
    benchmark.pedantic(lambda: spatial(contest), rounds=1, warmup_rounds=0)


@pytest.mark.benchmark(group="spatial, to convergence")
def test_plain_10_actors(benchmark: Any) -> None:
    contest = table(1, 10, 1)
    rows = zip(
        *(getattr(contest, name)[0, :, 0].tolist() for name in ("position", "salience", "capability")), strict=True
    )
    people = [plain.Actor((position / 100,), (salience,), capability) for position, salience, capability in rows]
    benchmark.pedantic(lambda: plain.play(people, SpatialRules()), rounds=3)


@pytest.mark.benchmark(group="pce")
@pytest.mark.parametrize("actors", [30, 100])
def test_pce_100_draws(benchmark: Any, actors: int) -> None:
    contest = table(100, actors, 1)
    benchmark.pedantic(lambda: pce(contest), rounds=3, warmup_rounds=1)

"""Sensitivity, linchpins and conditions of the bundled contest; one change replayed, and walked from the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.forecast.condition import NEEDED, condition, pairs
from realpolitik.forecast.draws import Chunk, sample
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.linchpins import linchpins
from realpolitik.forecast.replay import Replay
from realpolitik.forecast.sensitivity import sensitivity
from realpolitik.forecast.walk import walk
from realpolitik.store.run import load_run, save_run

IRAQ = bundled_contest("iraq-2020")
BLOCK = Chunk(0, 4_096)
GIVEN = "notice and not binding-law.passed"


@pytest.mark.benchmark(group="what moves the Iraq contest")
def test_sensitivity_of_everything(benchmark: Any) -> None:
    """Target: 20 s."""
    contest = load(IRAQ)
    benchmark.pedantic(sensitivity, (contest,), rounds=1)


@pytest.mark.benchmark(group="what moves the Iraq contest")
def test_linchpins(benchmark: Any) -> None:
    contest = load(IRAQ)
    benchmark.pedantic(linchpins, (contest,), rounds=1)


@pytest.mark.benchmark(group="one change in 4,096 worlds, for every tenth quantity")
def test_replayed(benchmark: Any) -> None:
    contest = load(IRAQ)
    here, there = sample(contest, 1, BLOCK), sample(contest, 2, BLOCK)
    replay = Replay(contest, 1, BLOCK, here)
    some = list(here)[::10]
    benchmark.pedantic(lambda: [replay.again({address: there[address]}) for address in some], rounds=2)


@pytest.mark.benchmark(group="one change in 4,096 worlds, for every tenth quantity")
def test_walked_from_the_start(benchmark: Any) -> None:
    contest = load(IRAQ)
    benchmark.pedantic(lambda: [walk(contest, 1, BLOCK) for _ in list(contest.inputs())[::10]], rounds=1)


@pytest.mark.benchmark(group="a condition on 10,000 saved draws")
@pytest.mark.parametrize("loaded", [True, False], ids=["in memory", "with reading the run"])
def test_condition(benchmark: Any, loaded: bool, tmp_path: Path) -> None:
    """Target: 0.2 s."""
    found = forecast(load(IRAQ), 10_000, 1)
    save_run(found, tmp_path / "run")

    def asked() -> None:
        run = found if loaded else load_run(tmp_path / "run", NEEDED)
        condition(run, GIVEN)
        pairs(run, ["notice", "bill", "answer.comply"])

    benchmark.pedantic(asked, rounds=5, warmup_rounds=1)

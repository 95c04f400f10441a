"""The main job: the bundled contest, and the command line around it."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import Any

import pytest

from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.summary import as_json, hinges
from realpolitik.forecast.walk import walk

IRAQ = bundled_contest("iraq-2020")
HELP = "import sys; sys.argv = ['realpolitik', '--help']; from realpolitik.app.cli import main; main()"


@pytest.mark.benchmark(group="Iraq contest, in process")
@pytest.mark.parametrize("draws", [10_000, 100_000])
def test_forecast(benchmark: Any, draws: int) -> None:
    contest = load(IRAQ)
    benchmark.pedantic(forecast, (contest, draws, 1), rounds=3, warmup_rounds=1)
    benchmark.extra_info["peak_gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


@pytest.mark.benchmark(group="Iraq contest, in process")
def test_one_draw_at_a_time_100_draws(benchmark: Any) -> None:
    """The same walk without batching: what 100 draws cost one by one."""
    contest = load(IRAQ)
    benchmark.pedantic(lambda: [walk(contest, 1, Chunk(index, 1)) for index in range(100)], rounds=3)


@pytest.mark.benchmark(group="Iraq contest, in process")
def test_summaries_of_100000_draws(benchmark: Any) -> None:
    found = forecast(load(IRAQ), 100_000, 1)
    benchmark.pedantic(lambda: (as_json(found), hinges(found)), rounds=3)


@pytest.mark.benchmark(group="reading the contest folder")
def test_load(benchmark: Any) -> None:
    benchmark.pedantic(load, (IRAQ,), rounds=5)


@pytest.mark.benchmark(group="processor seconds of a command")
@pytest.mark.parametrize("code", ["pass", "import typer", HELP], ids=["bare interpreter", "import typer", "--help"])
def test_start_of_the_command(benchmark: Any, code: str) -> None:
    def run() -> None:
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    benchmark.pedantic(run, rounds=5)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    benchmark.extra_info["processor_seconds_per_run"] = round(spent / 5, 3)

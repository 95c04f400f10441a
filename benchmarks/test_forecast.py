"""The main job: the bundled contest, and the command line around it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from realpolitik.app.start import start_contest
from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.summary import as_json, hinges
from realpolitik.forecast.walk import walk

IRAQ = bundled_contest("iraq-2020")
LONG = 1_000_000
"""Draws of a run that is counted, not held: a minute of one core."""

HELP = "import sys; sys.argv = ['realpolitik', '--help']; from realpolitik.app.cli import main; main()"


@pytest.mark.benchmark(group="Iraq contest, in process")
@pytest.mark.parametrize("draws", [10_000, 100_000])
def test_forecast(benchmark: Any, draws: int) -> None:
    contest = load(IRAQ)
    benchmark.pedantic(forecast, (contest, draws, 1), rounds=3, warmup_rounds=1)
    benchmark.extra_info["peak_gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


@pytest.mark.benchmark(group="Iraq contest, a long run")
@pytest.mark.parametrize("jobs", [1, 2])
def test_long_run(benchmark: Any, jobs: int) -> None:
    """Two processes against one where draws are counted, not held; the bar is 1.7 on two idle cores."""
    engine = "serial" if jobs == 1 else "processes"
    benchmark.pedantic(forecast, (load(IRAQ), LONG, 1), {"engine": engine, "jobs": jobs}, rounds=1)
    benchmark.extra_info |= {"jobs": jobs, "load": os.getloadavg()[0]}


@pytest.mark.benchmark(group="Iraq contest, a long run")
def test_long_run_on_a_cluster(benchmark: Any) -> None:
    """Two local Dask workers; the bar is within 20 % of two processes."""
    distributed = pytest.importorskip("distributed", reason="the extra realpolitik[dask] is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address.replace("tcp://", "dask://")
        benchmark.pedantic(forecast, (load(IRAQ), LONG, 1), {"engine": address}, rounds=1)
    benchmark.extra_info["load"] = os.getloadavg()[0]


@pytest.mark.benchmark(group="memory of a long run")
@pytest.mark.parametrize("draws", [1_000_000, 2_000_000, 4_000_000])
def test_memory_does_not_grow(benchmark: Any, draws: int, tmp_path: Path) -> None:
    start_contest(tmp_path / "dam")
    code = (
        "import resource, sys; from pathlib import Path; from realpolitik.contest.file import load; "
        "from realpolitik.forecast.forecast import forecast; forecast(load(Path(sys.argv[1])), int(sys.argv[2])); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "dam"), str(draws)]
    told = benchmark.pedantic(subprocess.run, (words,), {"check": True, "capture_output": True}, rounds=1)
    benchmark.extra_info["peak_gigabytes"] = int(told.stdout) / 1e6


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

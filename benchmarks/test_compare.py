"""Two saved runs of the bundled contest compared, and the levers of one actor beside one forecast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.forecast.compare import NEEDED, compare
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.levers import levers
from realpolitik.store.run import load_run, save_run

IRAQ = bundled_contest("iraq-2020")


@pytest.mark.benchmark(group="two saved runs of 10,000 draws (target: 0.2 s)")
def test_compare_saved_runs(benchmark: Any, tmp_path: Path) -> None:
    for name, changes in {"before": {}, "after": {"pathway.notice.judgement": "0.3"}}.items():
        save_run(forecast(load(IRAQ, changes)), tmp_path / name)
    found = benchmark(lambda: compare(*(load_run(tmp_path / name, NEEDED) for name in ("before", "after"))))
    assert found.switched > 0


@pytest.mark.benchmark(group="levers of one actor beside one forecast")
@pytest.mark.parametrize("what", ["forecast", "levers"])
def test_levers(benchmark: Any, what: str) -> None:
    contest = load(IRAQ)
    found = forecast(contest)
    run = (lambda: forecast(contest)) if what == "forecast" else (lambda: levers(found, "iran", "full exit"))
    benchmark.pedantic(run, rounds=2)

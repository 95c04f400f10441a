"""A bargain whose model draws from what may happen: once, without model error on top, the same bits everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.contest.stages import brings_own_error
from realpolitik.forecast.beside import side_by_side
from realpolitik.forecast.forecast import forecast
from realpolitik.report.render import render
from tests.small import SMALL, change, contest

STAGE = "{bargain: exit, when: notice}"


def bargain(*more: str) -> Contest:
    stage = f"{{bargain: exit, when: notice, {', '.join(('model: pooled', *more))}}}"
    return contest(change(SMALL, ("{judgement: 0.3}", "{judgement: 0.9}"), (STAGE, stage)))


def test_no_model_error_is_added_to_errors_of_its_own() -> None:
    plain, noisy = forecast(bargain(), 400), forecast(bargain("model_error: 'normal(0, 30)'"), 400)
    for found in (plain, noisy):
        assert brings_own_error(found.contest.pathway["settlement"])
    happened = plain.truth("settlement.happened")
    values = plain.worlds.results["settlement"][happened]
    assert np.array_equal(values, noisy.worlds.results["settlement"][happened])
    assert len(np.unique(values)) > 50
    assert (values.min(), values.max()) == (0, 100)
    assert not brings_own_error(contest(SMALL).pathway["settlement"])


def test_processes_give_the_same_bits() -> None:
    one, two = forecast(bargain(), 6_000), forecast(bargain(), 6_000, engine="processes", jobs=2)
    ours, theirs = (found.worlds.results["settlement"] for found in (one, two))
    assert np.array_equal(ours, theirs, equal_nan=True)


def test_it_stands_beside_the_others_with_its_whole_distribution() -> None:
    found = forecast(contest(SMALL), 400)
    rows = {row.model: row for row in side_by_side(found, "settlement", "exit")}
    assert rows["pooled"].high - rows["pooled"].low > 50
    assert rows["pooled"].mean == pytest.approx(rows["compromise"].mean, abs=15)


def test_the_page_says_whose_errors_are_shown() -> None:
    page = render(forecast(bargain("model_error: 'normal(0, 30)'"), 300))
    assert "Forecast: pooled with its own errors" in page
    assert "221 issues in 92 dossiers (legislation of the European Union): that this bargain ends as they did" in page
    assert "draws from what may happen, its own errors included" in page

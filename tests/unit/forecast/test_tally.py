"""A forecast that is too long to hold says what the one that holds all its draws says."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.forecast import forecast as engine_room
from realpolitik.forecast import records, summary
from realpolitik.forecast.draws import CHUNK
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.tally import Tally, _cells, grid, merged, tally
from tests.small import CHAMBER, THREAT, change, contest, with_section

DRAWS = 11 * CHUNK + 300

FULL = contest(
    change(
        with_section(CHAMBER + THREAT),
        (
            "outcomes:",
            "  vote: {chamber: house, when: notice}\n  crisis: {threat: sanctions}\n"
            "  never: {judgement: 1, when: notice and not notice.happened}\noutcomes:",
        ),
    )
)


@pytest.fixture
def streaming(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no more than two chunks could be held."""
    monkeypatch.setattr(engine_room, "MOST_BYTES", 1)
    monkeypatch.setattr(engine_room, "HELD", 2 * CHUNK)


def digest(draws: int, **options: Any) -> str:
    return hashlib.sha256(json.dumps(summary.as_json(forecast(FULL, draws, 5, **options))).encode()).hexdigest()


@pytest.fixture(scope="module")
def both() -> tuple[Forecast, Forecast]:
    with pytest.MonkeyPatch.context() as patch:
        whole = forecast(FULL, DRAWS, 5)
        patch.setattr(engine_room, "MOST_BYTES", 1)
        patch.setattr(engine_room, "HELD", 2 * CHUNK)
        return whole, forecast(FULL, DRAWS, 5)


def test_only_the_first_draws_are_held(both: tuple[Forecast, Forecast]) -> None:
    whole, streamed = both
    assert (whole.draws, whole.drawn, whole.counted) == (DRAWS, DRAWS, None)
    assert (streamed.draws, streamed.drawn, streamed.manifest["held"]) == (2 * CHUNK, DRAWS, 2 * CHUNK)
    np.testing.assert_array_equal(streamed.worlds.outcome, whole.worlds.outcome[: 2 * CHUNK])


def test_shares_are_the_same_to_the_last_draw(both: tuple[Forecast, Forecast]) -> None:
    whole, streamed = both
    assert summary.outcomes(streamed) == summary.outcomes(whole)
    assert np.array_equal(whole.tally.counts["outcome"], np.bincount(whole.worlds.outcome))
    ours, theirs = summary.stages(streamed), summary.stages(whole)
    for name, stage in theirs.items():
        assert ours[name]["happened"] == stage["happened"]
        truths = {key: found for key, found in stage["results"].items() if "probability" in found}
        assert {key: ours[name]["results"][key] for key in truths} == truths
    assert records.of_stage(streamed, "crisis") == records.of_stage(whole, "crisis")
    votes = [[row.effect for row in summary.deciders(found) if row.stage == "vote"] for found in both]
    assert votes[0] == votes[1] == sorted(whole.worlds.details["vote/staying-home"][whole.truth("vote.happened")]
                                          .mean(axis=0), reverse=True)  # fmt: skip


def test_quantiles_lie_within_their_stated_error(both: tuple[Forecast, Forecast]) -> None:
    whole, streamed = both
    (exact,), (found,) = summary.settlements(whole), summary.settlements(streamed)
    assert exact.quantile_error is None
    assert found.quantile_error is not None
    assert 0 < found.quantile_error < 5
    assert (found.draws, found.mean, found.standard_error) == (
        exact.draws, pytest.approx(exact.mean, rel=1e-12), pytest.approx(exact.standard_error, rel=1e-9),
    )  # fmt: skip
    assert found.models == pytest.approx(exact.models, rel=1e-12)
    for level, value in exact.quantiles.items():
        assert abs(found.quantiles[level] - value) <= found.quantile_error
        assert abs(found.quantiles[level] - value) < 0.2  # of 100; far less than the error of sampling
    votes = [summary.stages(one)["vote"]["results"]["yes"] for one in both]
    assert votes[1]["quantiles"] == votes[0]["quantiles"]  # whole numbers have cells of their own
    assert summary.spread(streamed, "settlement") == pytest.approx(summary.spread(whole, "settlement"), abs=0.2)
    assert np.isnan(summary.spread(streamed, "never")).all()


def test_hinges_are_the_same_where_the_thirds_are(both: tuple[Forecast, Forecast]) -> None:
    ours, theirs = ({(hinge.name, hinge.outcome): hinge for hinge in summary.hinges(found)} for found in reversed(both))
    assert ours.keys() == theirs.keys()
    for key, hinge in theirs.items():
        if key[0] in both[0].grid.thirds:
            assert ours[key].difference == pytest.approx(hinge.difference, abs=hinge.standard_error)
        else:
            assert ours[key] == hinge


def test_counted_hinges_are_those_of_the_draws(both: tuple[Forecast, Forecast]) -> None:
    whole = both[0]
    address = next(iter(whole.grid.thirds))
    values, ends = whole.worlds.inputs[address], whole.worlds.outcome
    low, high = np.quantile(values, (1 / 3, 2 / 3))
    hinge = next(one for one in summary.hinges(whole) if one.name == address)
    index = list(FULL.outcomes).index(hinge.outcome)
    assert hinge.low == np.mean(ends[values <= low] == index)
    assert hinge.high == np.mean(ends[values >= high] == index)


@pytest.mark.usefixtures("streaming")
def test_the_bits_do_not_depend_on_the_engine() -> None:
    assert digest(DRAWS, engine="processes", jobs=2) == digest(DRAWS)


@pytest.mark.usefixtures("streaming")
def test_progress_is_told_of_all_draws() -> None:
    seen: list[int] = []
    forecast(FULL, DRAWS, 5, progress=seen.append)
    assert (sum(seen), seen[:3]) == (DRAWS, [CHUNK, CHUNK, 4 * CHUNK])


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.0, 100.0]) | st.floats(-50, 150), min_size=2, max_size=200),
    st.lists(st.floats(-60, 160), unique=True, max_size=20),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_any_quantile_lies_within_its_stated_error(
    values: list[float], edges: list[float], levels: list[float]
) -> None:
    drawn, sorted_edges = np.array(values), np.sort(np.array(edges))
    counted = Tally({"number x": _cells(drawn, sorted_edges)}, {}, {"number x": np.array([drawn.min(), -drawn.max()])})
    found, error = counted.quantiles("x", levels, sorted_edges)
    for level, value in zip(levels, found, strict=True):
        assert abs(value - np.quantile(drawn, level)) <= error + 1e-9
        assert drawn.min() - 1e-9 <= value <= drawn.max() + 1e-9


def test_a_number_that_first_comes_late_is_told_between_its_ends() -> None:
    whole = forecast(FULL, CHUNK, 5)
    laid = grid(FULL, whole.worlds, with_edges=True)
    blank = replace(laid, edges=dict.fromkeys(laid.edges, np.zeros(0)))
    counted = merged(tally(FULL, whole.worlds, blank), tally(FULL, whole.worlds, blank))
    (low, high), error = counted.quantiles("settlement", (0.0, 1.0), blank.edges["settlement"])
    settled = whole.worlds.results["settlement"]
    assert error == pytest.approx(np.nanmax(settled) - np.nanmin(settled))
    assert np.nanmin(settled) <= low < high <= np.nanmax(settled)

"""Scores: identities, closed forms, an oracle where it is installed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.errors import ContestError
from realpolitik.record import distributions
from realpolitik.record.intervals import clustered_mean
from realpolitik.record.probabilities import SURE, brier, calibration_curve, log_score, murphy

UNIT = st.floats(0, 1)
POINTS = st.integers(1, 8).flatmap(
    lambda n: st.tuples(
        arrays(float, n, elements=st.floats(0, 100)), arrays(float, n, elements=st.floats(0.01, 1)), st.floats(0, 100)
    )
)


def rows(said: tuple[np.ndarray, np.ndarray, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    value, weight, outcome = said
    return np.sort(value)[None], (weight / weight.sum())[None], np.array([outcome])


@given(st.lists(st.tuples(UNIT, st.booleans()), min_size=1, max_size=40), st.sampled_from([None, 1, 5, 10]))
def test_the_parts_of_a_brier_score_add_up(said: list[tuple[float, bool]], bins: int | None) -> None:
    p, came = (np.array(column, dtype=float) for column in zip(*said, strict=True))
    found = murphy(p, came, bins)
    assert found.score == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    assert found.reliability >= 0
    assert 0 <= found.resolution <= found.uncertainty + 1e-12
    if bins is None:
        assert found.score == pytest.approx(float(brier(p, came).mean()), abs=1e-12)


def test_brier_and_logarithm_by_hand() -> None:
    p, came = np.array([0.5, 1.0, 0.0]), np.array([1.0, 1.0, 1.0])
    assert brier(p, came).tolist() == [0.25, 0.0, 1.0]
    assert log_score(p, came) == pytest.approx([np.log(2), -np.log(1 - SURE), -np.log(SURE)])
    with pytest.raises(ContestError, match="probability is 2, expected 0 to 1"):
        brier(np.array([2.0]), np.array([1.0]))


def test_calibration_curve_counts_every_forecast_once() -> None:
    p = np.array([0.05, 0.06, 0.55, 1.0])
    found = calibration_curve(p, np.array([0.0, 1.0, 1.0, 1.0]), 10)
    assert [(one.n, one.frequency) for one in found] == [(2, 0.5), (1, 1.0), (1, 1.0)]
    assert [one.probability for one in found] == pytest.approx([0.055, 0.55, 1.0])


@given(POINTS)
def test_crps_is_the_area_between_the_distributions(said: tuple[np.ndarray, np.ndarray, float]) -> None:
    value, weight, outcome = rows(said)
    edges = np.unique(np.concatenate([value[0], outcome, [-1.0, 101.0]]))
    middle = (edges[:-1] + edges[1:]) / 2
    cdf = (weight[0] * (value[0] <= middle[:, None])).sum(axis=1)
    area = float(((cdf - (middle >= outcome)) ** 2 * np.diff(edges)).sum())
    assert distributions.crps(value, weight, outcome)[0] == pytest.approx(area, abs=1e-9)


@given(st.floats(0, 100), st.floats(0, 100))
def test_crps_of_a_point_is_its_error(point: float, outcome: float) -> None:
    found = distributions.crps(np.array([[point]]), np.array([[1.0]]), np.array([outcome]))
    assert found[0] == pytest.approx(abs(point - outcome))


@given(POINTS)
def test_crps_is_proper(said: tuple[np.ndarray, np.ndarray, float]) -> None:
    """Whoever believes a distribution expects no better score from a point of it."""
    value, weight, _ = rows(said)
    n = value.shape[1]
    own = distributions.crps(np.repeat(value, n, 0), np.repeat(weight, n, 0), value[0])
    for point in value[0]:
        assert weight[0] @ own <= weight[0] @ np.abs(value[0] - point) + 1e-9


def test_crps_of_samples_agrees_with_scoringrules() -> None:
    oracle = pytest.importorskip("scoringrules")
    rng = np.random.default_rng(1)
    sample, outcome = rng.normal(size=(50, 20)), rng.normal(size=50)
    ours = distributions.crps_of_samples(sample, outcome)
    assert ours == pytest.approx(oracle.crps_ensemble(outcome, sample, estimator="nrg"), abs=1e-12)


@given(POINTS)
def test_pit_and_coverage(said: tuple[np.ndarray, np.ndarray, float]) -> None:
    value, weight, outcome = rows(said)
    below, upto = distributions.pit(value, weight, outcome)
    assert 0 <= below[0] <= upto[0] <= 1
    assert distributions.pit_histogram(below, upto, 7).sum() == pytest.approx(1)
    shares = [distributions.coverage(below, upto, level)[0] for level in (0.0, 0.5, 0.8, 1.0)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    curve = distributions.reliability(below, upto, np.array([0.0, 0.3, 0.6, 1.0]))
    assert (np.diff(curve) >= -1e-12).all()
    assert curve[-1] == pytest.approx(1)


def test_coverage_is_right_for_a_calibrated_forecast_with_atoms() -> None:
    """Outcomes drawn from the very distribution, half of it in one point."""
    value, weight = np.array([[0.0, 50.0, 100.0]]), np.array([[0.5, 0.2, 0.3]])
    below, upto = (
        np.concatenate(column)
        for column in zip(*(distributions.pit(value, weight, np.array([point])) for point in value[0]), strict=True)
    )
    for level in (0.5, 0.8):
        assert weight[0] @ distributions.coverage(below, upto, level) == pytest.approx(level)


def test_quantiles_and_hits() -> None:
    value, weight = np.array([[0.0, 10.0, 20.0]]), np.array([[0.5, 0.3, 0.2]])
    found = [distributions.quantile(value, weight, share)[0] for share in (0.0, 0.5, 0.51, 0.8, 1.0)]
    assert found == [0.0, 0.0, 10.0, 10.0, 20.0]
    assert distributions.within(np.array([10.0, 10.0]), np.array([15.0, 15.1]), 5).tolist() == [1.0, 0.0]


def test_a_distribution_out_of_order_or_without_mass_is_refused() -> None:
    with pytest.raises(ContestError, match="not in increasing order"):
        distributions.crps(np.array([[1.0, 0.0]]), np.array([[0.5, 0.5]]), np.array([0.0]))
    with pytest.raises(ContestError, match="does not sum to 1"):
        distributions.crps(np.array([[0.0, 1.0]]), np.array([[0.5, 0.4]]), np.array([0.0]))


def test_an_interval_knows_that_issues_of_one_dossier_are_no_independent_evidence() -> None:
    rng = np.random.default_rng(1)
    value = np.repeat(rng.normal(size=40), 5)
    alone = clustered_mean(value, [str(index) for index in range(200)])
    together = clustered_mean(value, [str(index // 5) for index in range(200)])
    assert alone.mean == together.mean == pytest.approx(float(value.mean()))
    assert (together.high - together.low) / (alone.high - alone.low) == pytest.approx(np.sqrt(5), rel=0.15)
    assert together == clustered_mean(value, [str(index // 5) for index in range(200)])
    same = clustered_mean(np.ones(6), list("aabbcc"))
    assert (same.low, same.high) == pytest.approx((1.0, 1.0))


def test_an_interval_has_the_width_of_theory() -> None:
    value = np.random.default_rng(2).normal(size=2_000)
    found = clustered_mean(value, [str(index) for index in range(2_000)])
    assert found.high - found.low == pytest.approx(2 * 1.96 * value.std() / np.sqrt(2_000), rel=0.05)

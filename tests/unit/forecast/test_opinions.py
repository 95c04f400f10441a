"""Pools of opinions against closed forms, and what must hold for all of them."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from realpolitik.errors import ModelError
from realpolitik.forecast.opinions import above_zero, linear_pool, log_pool, neyman_roughgarden, quantile_pool

Table = np.ndarray[Any, np.dtype[np.float64]]


def logit(p: float) -> float:
    return log(p / (1 - p))


def expit(x: float) -> float:
    return 1 / (1 + exp(-x))


def rows(*shares: float) -> Table:
    return np.array([[share, 1 - share] for share in shares])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, Table]:
    people, outcomes = draw(st.integers(1, 5)), draw(st.integers(2, 4))
    cells = st.lists(st.floats(0.01, 1), min_size=outcomes, max_size=outcomes)
    table = np.array(draw(st.lists(cells, min_size=people, max_size=people)))
    weights = np.array(draw(st.lists(st.floats(0, 5), min_size=people, max_size=people)))
    assume(weights.sum() > 0.1)
    return table / table.sum(axis=1, keepdims=True), weights


class TestClosedForms:
    def test_linear(self) -> None:
        assert linear_pool(rows(0.1, 0.4), np.array([2.0, 1.0])) == pytest.approx([0.2, 0.8])

    def test_log_odds_of_two(self) -> None:
        pooled = log_pool(rows(0.6, 0.9), np.array([1.0, 1.0]))
        assert pooled[0] == pytest.approx(expit((logit(0.6) + logit(0.9)) / 2))
        assert pooled[0] == pytest.approx(sqrt(1.5 * 9) / (1 + sqrt(1.5 * 9)))  # the geometric mean of the odds

    @pytest.mark.parametrize("factor", [0.5, 1.5, 2.5])
    def test_extremised_around_a_half(self, factor: float) -> None:
        pooled = log_pool(rows(0.6, 0.9, 0.7), np.array([1.0, 2.0, 1.0]), factor)
        assert pooled[0] == pytest.approx(expit(factor * (logit(0.6) + 2 * logit(0.9) + logit(0.7)) / 4))

    def test_extremised_away_from_the_base_rate(self) -> None:
        """At a base rate of 0.25, two who say 0.3 are drawn up, not down to where a half would draw them."""
        base = np.array([0.25, 0.75])
        pooled = log_pool(rows(0.3, 0.3), np.ones(2), 2.0, base)
        assert pooled[0] == pytest.approx(expit(logit(0.25) + 2 * (logit(0.3) - logit(0.25))))
        assert pooled[0] > 0.3 > log_pool(rows(0.3, 0.3), np.ones(2), 2.0)[0]

    def test_whoever_says_the_base_rate_stays_there(self) -> None:
        base = np.array([0.2, 0.3, 0.5])
        assert log_pool(np.array([base, base]), np.ones(2), 3.0, base) == pytest.approx(base)

    @pytest.mark.parametrize(
        ("people", "factor"),
        [(1, 1.0), (2, 2 * (sqrt(7) - 2)), (3, 3 * (sqrt(19) - 2) / 5), (10**6, sqrt(3))],
    )
    def test_neyman_roughgarden(self, people: int, factor: float) -> None:
        assert neyman_roughgarden(people) == pytest.approx(factor, rel=1e-5)

    def test_neyman_roughgarden_rises_with_people(self) -> None:
        factors = [neyman_roughgarden(people) for people in range(1, 200)]
        assert factors == sorted(factors)
        assert factors[-1] == pytest.approx(1.73, abs=0.01)

    def test_quantiles_of_normals(self) -> None:
        """Two normals: mean and standard deviation are averaged."""
        from scipy.stats import norm

        levels = np.array([0.05, 0.5, 0.95])
        pooled = quantile_pool(np.array([norm(0, 1).ppf(levels), norm(10, 3).ppf(levels)]), np.ones(2))
        assert pooled == pytest.approx(norm(5, 2).ppf(levels))


class TestAlways:
    @given(tables(), st.floats(0.5, 3))
    def test_order_does_not_matter_and_shares_sum_to_one(self, given_: tuple[Table, Table], factor: float) -> None:
        table, weights = given_
        turned = np.arange(len(table))[::-1]
        for pool in (linear_pool, log_pool, lambda p, w: log_pool(p, w, factor)):
            pooled = pool(table, weights)
            assert pooled.sum() == pytest.approx(1)
            assert pool(table[turned], weights[turned]) == pytest.approx(pooled)

    @given(tables())
    def test_unanimity_is_kept(self, given_: tuple[Table, Table]) -> None:
        """By all but the extremised pool, which holds that those who agree know different things."""
        table, weights = given_
        same = np.repeat(table[:1], len(table), axis=0)
        assert linear_pool(same, weights) == pytest.approx(table[0])
        assert log_pool(same, weights) == pytest.approx(table[0])
        assert quantile_pool(same, weights) == pytest.approx(table[0])

    @given(tables())
    def test_linear_stays_between_the_people(self, given_: tuple[Table, Table]) -> None:
        table, weights = given_
        pooled = linear_pool(table, weights)
        assert (pooled >= table.min(axis=0) - 1e-12).all()
        assert (pooled <= table.max(axis=0) + 1e-12).all()

    @given(tables())
    def test_no_weight_no_voice(self, given_: tuple[Table, Table]) -> None:
        table, weights = given_
        more = np.vstack([table, np.eye(table.shape[1])[:1] * 0.5 + 0.5 / table.shape[1]])
        silent = np.append(weights, 0)
        assert linear_pool(more, silent) == pytest.approx(linear_pool(table, weights))
        assert log_pool(more, silent) == pytest.approx(log_pool(table, weights))


def test_refusals() -> None:
    with pytest.raises(ModelError, match="nobody"):
        neyman_roughgarden(0)
    with pytest.raises(ModelError, match="weights are zero"):
        linear_pool(rows(0.5), np.zeros(1))
    with pytest.raises(ModelError, match="no log odds"):
        log_pool(rows(0.0, 0.5), np.ones(2))


def test_a_zero_is_raised_and_the_rest_gives_way() -> None:
    raised = above_zero(np.array([0.0, 0.25, 0.75]), 0.001)
    assert raised == pytest.approx(np.array([0.001, 0.25, 0.75]) / 1.001)

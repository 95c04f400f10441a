"""Where several analysts' contests settle an issue, pooled as a mixture and by quantiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from realpolitik.contest.pathway import issues_of, result_of
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.opinions import quantile_pool
from realpolitik.forecast.summary import QUANTILES

__all__ = ["Settlement", "settlements"]


@dataclass(frozen=True)
class Settlement:
    """Where an issue ends if it is settled, in its unit, pooled over the contests."""

    issue: str
    unit: str
    analysts: dict[str, dict[str, float]]
    """Quantiles by contest."""

    mixture: dict[str, float]
    """Quantiles of the linear pool: every analyst's draws, by weight."""

    by_quantiles: dict[str, float]
    """Weighted mean of the quantiles."""


def settlements(forecasts: Mapping[str, Forecast], weights: Mapping[str, float]) -> list[Settlement]:
    """Issues that every contest settles on the same scale in some draw.

    Parameters
    ----------
    forecasts : by analyst.
    weights : at least 0, by analyst; if all are zero nothing is pooled.
    """
    settled = {who: _settled(found) for who, found in forecasts.items()}
    first = next(iter(forecasts.values())).contest
    found = []
    for issue in next(iter(settled.values())):
        same = all(
            issue in own
            and forecasts[who].contest.issues[issue].unit == first.issues[issue].unit
            and forecasts[who].contest.issues[issue].bounds == first.issues[issue].bounds
            for who, own in settled.items()
        )
        if same and sum(weights[who] for who in settled) > 0:
            found.append(
                _pooled(issue, first.issues[issue].unit, {who: own[issue] for who, own in settled.items()}, weights)
            )
    return found


def _settled(forecast: Forecast) -> dict[str, Floats]:
    values = {
        issue: forecast.worlds.results[result_of(name, stage, issue)]
        for name, stage in forecast.contest.pathway.items()
        for issue in issues_of(stage)
    }
    taken = {issue: each[~np.isnan(each)] for issue, each in values.items()}
    return {issue: each for issue, each in taken.items() if len(each)}


def _pooled(issue: str, unit: str, drawn: Mapping[str, Floats], weights: Mapping[str, float]) -> Settlement:
    levels = np.array(QUANTILES)
    own = {who: np.quantile(values, levels) for who, values in drawn.items()}
    weight = np.array([weights[who] for who in drawn])
    values = np.concatenate(list(drawn.values()))
    each = np.concatenate([np.full(len(part), weights[who]) for who, part in drawn.items()])
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(each[order]) / each.sum()
    mixed = values[order][np.minimum(np.searchsorted(cumulative, levels), len(values) - 1)]
    mean = quantile_pool(np.array(list(own.values())), weight)
    return Settlement(issue, unit, {who: _by_level(q) for who, q in own.items()}, _by_level(mixed), _by_level(mean))


def _by_level(values: Floats) -> dict[str, float]:
    return {str(level): float(value) for level, value in zip(QUANTILES, values, strict=True)}

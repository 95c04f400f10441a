"""What a backtest says about each model, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from realpolitik.models.arrays import Floats
from realpolitik.record.backtest import Backtest, Group, Scored
from realpolitik.record.distributions import coverage, pit_histogram, reliability, within
from realpolitik.record.intervals import Mean

__all__ = ["LEVELS", "Measures", "as_json", "measures"]

LEVELS = np.linspace(0.1, 0.9, 9)
"""At which reliability is looked at."""


@dataclass(frozen=True, eq=False)
class Measures:
    """How one model did on the issues that it answers, of all or of one kind; in points of the scale 0 to 100."""

    n: int
    mae: float
    """Mean absolute error of its point forecast."""

    rmse: float
    """Root mean square error of it."""

    within_5: float
    """Share of outcomes at most 5 points from it."""

    within_10: float
    crps: float
    """Continuous ranked probability score of its distribution."""

    coverage_50: float
    """Share of randomised PIT values in the central 50 percent."""

    coverage_80: float
    against: Mean
    """CRPS minus that of the compromise on the same issues; 95 % interval, clustered by dossier."""

    histogram: Floats
    """Share of randomised PIT values in each tenth."""

    reliability: Floats
    """Share of them at or below each of :data:`LEVELS`."""


def measures(found: Backtest, name: str, group: Group | None = None) -> Measures | None:
    """Measure one model; None if it answers no issue of the group."""
    scored = found.models[name]
    chosen = scored.answers if group is None else scored.answers & group.chosen
    if not chosen.any():
        return None
    error = (scored.point - found.outcome)[chosen]
    near = [within(scored.point[chosen], found.outcome[chosen], distance) for distance in (5, 10)]
    below, upto = scored.below[chosen], scored.upto[chosen]
    return Measures(
        int(chosen.sum()),
        float(np.abs(error).mean()),
        float(np.sqrt((error**2).mean())),
        float(near[0].mean()),
        float(near[1].mean()),
        float(scored.crps[chosen].mean()),
        float(coverage(below, upto, 0.5).mean()),
        float(coverage(below, upto, 0.8).mean()),
        found.against(name, None if group is None else group.chosen),
        pit_histogram(below, upto),
        reliability(below, upto, LEVELS),
    )


def as_json(found: Backtest) -> dict[str, Any]:
    """A backtest as plain data; the keys are described in the documentation."""
    data = found.data
    return {
        "n": len(data.issues),
        "dossiers": len(set(found.dossiers)),
        "sha256": data.sha256,
        "left_out": {
            "no_issue": data.no_issue,
            "without_outcome": data.without_outcome,
            "too_few_positions": data.too_few,
        },
        "saliences_filled": data.filled,
        "capabilities": found.capabilities,
        "pooled": {
            "refitted_without_each_dossier": found.refitted,
            "learned_on_this_file": found.in_sample,
            "learned_from": dict(found.parameters.learned_from),
        },
        "not_applicable": dict(found.refused),
        "models": {name: _one(found, scored) for name, scored in found.models.items()},
    }


def _one(found: Backtest, scored: Scored) -> dict[str, Any]:
    whole = measures(found, scored.name)
    by: dict[str, dict[str, Any]] = {}
    for group in found.groups:
        part = measures(found, scored.name, group)
        by.setdefault(group.label, {})[group.name] = {"n": 0} if part is None else _numbers(part)
    assert whole is not None
    return {
        **_numbers(whole),
        "pit_histogram": [float(share) for share in whole.histogram],
        "reliability": [
            {"level": round(float(level), 6), "share": float(share)}
            for level, share in zip(LEVELS, whole.reliability, strict=True)
        ],
        "by": by,
        **({"refusal": scored.refusal} if scored.refusal else {}),
    }


def _numbers(part: Measures) -> dict[str, Any]:
    keys = ("n", "mae", "rmse", "within_5", "within_10", "crps", "coverage_50", "coverage_80")
    against = {"mean": part.against.mean, "low": part.against.low, "high": part.against.high}
    return {**{key: getattr(part, key) for key in keys}, "crps_minus_compromise": against}

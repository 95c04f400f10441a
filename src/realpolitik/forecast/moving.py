"""Sensitivity and linchpins as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from realpolitik.contest.contest import Contest
from realpolitik.forecast.linchpins import Linchpin, Shift
from realpolitik.forecast.sensitivity import Effect, Sensitivity
from realpolitik.forecast.sobol import Index

__all__ = ["linchpins_as_json", "sensitivity_as_json"]


def sensitivity_as_json(found: Sensitivity) -> dict[str, Any]:
    """Shares of variance, tornado and interactions; the same for the same contest, rows and seed."""
    everything = {effect.factor.name: effect.factor for effect in found.effects}
    return {
        "contest": found.contest.contest,
        "rows": found.rows,
        "seed": found.seed,
        "method": "Saltelli 2010 (first), Jansen 1999 (total), scrambled Sobol' points, two runs of chance",
        "outcomes": [
            {
                "name": whole.outcome,
                "probability": whole.probability,
                "quantities": _index(whole.quantities),
                "chance": _index(whole.chance),
                "effects": [_effect(effect) for effect in found.of(whole.outcome)],
                "interactions": [
                    {
                        "quantities": [factor.name for factor in each.factors],
                        "second_order": _index(each.second),
                        "together": _index(each.together),
                    }
                    for each in found.interactions
                    if each.outcome == whole.outcome
                ],
            }
            for whole in found.outcomes
        ],
        "correlated": {name: list(factor.members) for name, factor in everything.items() if len(factor.members) > 1},
        "unread": [factor.name for factor in found.unread],
    }


def linchpins_as_json(contest: Contest, found: Sequence[Linchpin], draws: int, seed: int) -> dict[str, Any]:
    """Every claim, source and reader, with what the forecast would be without it."""
    return {
        "contest": contest.contest,
        "draws": draws,
        "seed": seed,
        "linchpins": [
            {
                "drop": each.dropped.kind,
                "name": each.dropped.name,
                "claims": list(each.dropped.claims),
                "rest_only_on_it": list(each.dropped.only),
                "rest_partly_on_it": list(each.dropped.partly),
                "beyond_chance": each.beyond_chance,
                "outcomes": [_shift(shift) for shift in each.shifts],
            }
            for each in found
        ],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    swing = effect.swing
    return {
        "quantity": effect.factor.name,
        "first_order": _index(effect.first),
        "total": _index(effect.total),
        "rows": effect.rows,
        "screened_out": effect.screened_out,
        "swing": None if swing is None else asdict(swing),
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "name": shift.outcome,
        "before": shift.before,
        "after": shift.after,
        "difference": shift.difference,
        "standard_error": shift.standard_error,
        "beyond_chance": shift.beyond_chance,
    }


def _index(index: Index | None) -> dict[str, float] | None:
    return None if index is None else asdict(index)

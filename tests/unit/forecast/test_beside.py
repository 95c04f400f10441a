"""Other models on the same draws, and a bargain worked through."""

import math

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.forecast.beside import SAMPLE, at_the_medians, side_by_side
from realpolitik.forecast.forecast import forecast
from realpolitik.registry import models
from tests.small import SMALL, change, contest


def bargain(*pairs: tuple[str, str]) -> Contest:
    return contest(change(SMALL, ("{judgement: 0.3}", "{judgement: 0.9}"), *pairs))


def test_every_bargaining_model_is_asked_or_says_why_not() -> None:
    found = forecast(bargain(), 300)
    rows = {row.model: row for row in side_by_side(found, "settlement", "exit")}
    assert {"mean", "median", "compromise", "challenge", "spatial", "exchange", "nash"} <= set(rows)
    assert "trades one issue for another" in str(rows["exchange"].refusal)
    assert "reference point" in str(rows["nash"].refusal)
    assert math.isnan(rows["nash"].mean)
    applied = [row for row in rows.values() if row.refusal is None]
    assert all(row.draws == SAMPLE and row.low <= row.mean <= row.high for row in applied)
    assert rows["compromise"].at_rest is None
    assert rows["challenge"].at_rest is not None


def test_the_rows_are_those_of_the_forecast_itself() -> None:
    found = forecast(bargain(("0 to 30", "12"), ("beta(9, 2)", "0.5"), ("70 to 100", "60")), 200)
    (row,) = [row for row in side_by_side(found, "settlement", "exit") if row.model == "compromise"]
    happened = found.truth("settlement.happened")
    assert row.mean == pytest.approx(float(found.worlds.details["settlement/model"][happened].mean()))
    assert (row.low, row.high) == pytest.approx((row.mean, row.mean))


def test_effects_reach_the_models() -> None:
    moved = ("{bargain: exit, when: notice}", "{bargain: exit, when: notice, effects: [{set: {usa.position: 100}}]}")
    found = forecast(bargain(moved), 200)
    assert {row.mean for row in side_by_side(found, "settlement", "exit") if row.model in ("mean", "median")} == {100.0}


def test_the_stage_is_asked_in_its_own_variant_too() -> None:
    own = ("{bargain: exit, when: notice}", "{bargain: exit, when: notice, model: median, variant: upper}")
    found = forecast(bargain(own), 200)
    assert [row.variant for row in side_by_side(found, "settlement", "exit") if row.model == "median"] == [
        "midpoint",
        "upper",
    ]


def test_a_model_with_rounds_is_worked_through_at_the_medians() -> None:
    found = forecast(bargain(("{bargain: exit, when: notice}", "{bargain: exit, when: notice, model: challenge}")), 200)
    worked = at_the_medians(found, "settlement")
    assert worked is not None
    start = worked.rounds[0].position[0, :, 0]
    happened = found.truth("settlement.happened")
    stood = np.median(found.worlds.inputs["issues.exit.positions.usa.position"][happened])
    assert start == pytest.approx([stood, 100.0])


def test_a_model_that_does_not_apply_at_the_medians_gives_nothing() -> None:
    stay = ("    positions:\n", "    reference_point: 0\n    positions:\n")
    found = forecast(
        bargain(stay, ("{bargain: exit, when: notice}", "{bargain: exit, when: notice, model: nash}")), 200
    )
    assert at_the_medians(found, "settlement") is not None
    assert "nash" in models.names()

"""Levers against closed forms, against edited contests, and against a plain derivative."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, UnknownName
from realpolitik.forecast.compare import compare
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.levers import HELD_FIXED, Lever, Levers, as_json, compromise_slopes, levers

DRAWS = 2_000

HEAD: dict[str, Any] = {
    "contest": "dam",
    "title": "Will the dam be built?",
    "as_of": "2020-01-08",
    "horizon": "2020-12-31",
    "actors": {name: {"name": name, "kind": "party"} for name in ("left", "right", "crowd")},
}

HEIGHT: dict[str, Any] = {
    "question": "How high?",
    "unit": "metres",
    "scale": {0: "none", 100: "full"},
    "positions": {
        "left": {"position": 0, "salience": 0.5, "capability": 2},
        "right": {"position": 100, "salience": 0.5, "capability": 2},
    },
}

DEAL: dict[str, Any] = {"bargain": "height", "model_error": "uniform(-20, 20)"}


def bargain(stages: dict[str, Any] | None = None, deal: dict[str, Any] | None = None, **issue: Any) -> Contest:
    pathway = {**(stages or {}), "deal": {**DEAL, **(deal or {})}}
    outcomes = {"high": "deal >= 55", "low": "otherwise"}
    return Contest.model_validate(
        {**HEAD, "issues": {"height": {**HEIGHT, **issue}}, "pathway": pathway, "outcomes": outcomes}
    )


def asked(contest: Contest, actor: str, toward: str, **options: Any) -> Levers:
    return levers(forecast(contest, DRAWS), actor, toward, **options)


def the(found: Levers, ending: str) -> Lever:
    (one,) = [each for each in found.levers if each.address.endswith(ending)]
    return one


class TestInABargain:
    """Left at 0 and right at 100 weigh the same and meet at 50; the error is uniform on 40 metres."""

    def test_a_position_moves_by_its_weight(self) -> None:
        """One tenth of the scale at half of the weight: five metres, an eighth of the error's width."""
        found = asked(bargain(), "left", "high")
        lever = the(found, "left.position")
        assert found.probability == pytest.approx(0.375, abs=1e-3)
        assert (lever.amount, lever.units) == (10, 1)
        assert lever.effect == pytest.approx(0.125, abs=1e-3)
        assert lever.settlement == pytest.approx(5)
        assert lever.standard_error == pytest.approx(np.sqrt(0.125 * 0.875 / DRAWS), rel=0.02)
        assert lever.beyond_chance

    def test_salience_moves_by_its_derivative(self) -> None:
        """From 0.5 to 0.6 the mean goes to 100 · 0.6 / 1.1; its slope at the start is 100 - 50."""
        lever = the(asked(bargain(), "right", "high"), "right.salience")
        assert lever.settlement == pytest.approx(5)
        assert lever.effect == pytest.approx((100 * 0.6 / 1.1 - 50) / 40, abs=1e-3)

    def test_where_nothing_can_be_gained_nothing_is(self) -> None:
        """Right wants all already, so its own position cannot help."""
        lever = the(asked(bargain(), "right", "high"), "right.position")
        assert (lever.effect, lever.beyond_chance) == (0, False)

    def test_it_is_the_contest_with_the_other_value(self) -> None:
        positions = HEIGHT["positions"]
        moved = bargain(positions={**positions, "left": {**positions["left"], "position": 10}})
        before, after = forecast(bargain(), DRAWS), forecast(moved, DRAWS)
        lever = the(levers(before, "left", "high"), "left.position")
        assert (lever.effect, lever.standard_error) == (
            (changed := compare(before, after).outcomes[0]).difference,
            changed.standard_error,
        )

    def test_heavier_others_take_more_effort(self) -> None:
        positions = HEIGHT["positions"]
        heavy = bargain(positions={**positions, "left": {**positions["left"], "capability": 6}})
        assert the(asked(heavy, "right", "high"), "left.position").units == pytest.approx(3)
        assert the(asked(heavy, "left", "high"), "right.salience").units == 1
        assert the(asked(heavy, "right", "high", others=2.5), "left.position").units == 2.5
        assert the(asked(heavy, "right", "high", others=2.5), "right.position").units == 1

    def test_the_list_is_by_effect_per_unit(self) -> None:
        found = asked(bargain(), "left", "high").levers
        assert [each.per_unit for each in found] == sorted((each.per_unit for each in found), reverse=True)
        assert all(each.per_unit == each.effect / each.units for each in found)

    def test_what_an_effect_sets_moves_too(self) -> None:
        """After the vote left stands at 20, whatever it wanted before: a step is a step there as well."""
        effects = [{"when": "vote", "set": {"left.position": 20}}]
        found = asked(bargain({"vote": {"judgement": 1}}, {"effects": effects}), "left", "high")
        assert the(found, "positions.left.position").effect == pytest.approx(0.125, abs=1e-3)

    def test_what_an_effect_multiplies_has_no_exact_slope(self) -> None:
        effects = [{"scale": {"left.salience": 0.5}}]
        slopes = compromise_slopes(forecast(bargain(deal={"effects": effects}), 100))
        assert "issues.height.positions.left.salience" not in slopes
        assert "issues.height.positions.left.position" in slopes

    def test_another_model_has_no_exact_slope(self) -> None:
        lever = the(asked(bargain(deal={"model": "mean"}), "left", "high"), "left.position")
        assert lever.settlement is None
        assert lever.effect == pytest.approx(0.125, abs=1e-3)


class TestElsewhere:
    def test_judgement(self) -> None:
        stages = {"march": {"judgement": 0.4, "by": "crowd"}}
        contest = Contest.model_validate(
            {**HEAD, "pathway": stages, "outcomes": {"march": "march", "quiet": "otherwise"}}
        )
        lever = the(asked(contest, "crowd", "quiet"), "march.judgement")
        assert lever.amount == -0.1
        assert lever.effect == pytest.approx(0.1, abs=4 * np.sqrt(0.09 / DRAWS))

    def test_choice_goes_a_tenth_of_the_way(self) -> None:
        """0.2 of the weight becomes 0.9 · 0.2 + 0.1."""
        stages = {"act": {"choice": {"stay": 4, "go": 1}, "by": "crowd"}}
        contest = Contest.model_validate({**HEAD, "pathway": stages, "outcomes": {"go": "act.go", "stay": "otherwise"}})
        found = asked(contest, "crowd", "go")
        assert [each.address for each in found.levers] == ["pathway.act.choice.go", "pathway.act.choice.stay"]
        assert found.levers[0].effect == pytest.approx(0.08, abs=4 * np.sqrt(0.08 / DRAWS))
        assert found.levers[1].effect == pytest.approx(-0.02, abs=4 * np.sqrt(0.02 / DRAWS))

    def test_a_boycott_breaks_the_quorum(self) -> None:
        blocs = {"left": {"seats": 60, "attends": 1, "yes": 0, "no": 1}, "right": {"seats": 41, "attends": 1, "yes": 1}}
        house = {"seats": 101, "quorum": "majority of seats", "passes": "majority of present", "blocs": blocs}
        contest = Contest.model_validate(
            {
                **HEAD,
                "chambers": {"house": house},
                "pathway": {"vote": {"chamber": "house"}},
                "outcomes": {"no vote": "not vote.quorate", "vote": "otherwise"},
            }
        )
        found = asked(contest, "left", "no vote")
        best = {each.kind: each for each in found.levers}["boycott"]
        assert (best.effect, best.units, best.amount) == (1, 10, None)
        assert {each.kind for each in found.levers} == {"boycott", "attendance", "vote"}
        assert asked(contest, "crowd", "no vote").levers == ()

    def test_either_side_of_a_threat(self) -> None:
        threat = {
            "sender": "left",
            "target": "right",
            "demand": "Stop.",
            "sender_stake": "uniform(40, 60)",
            "sender_cost": "uniform(40, 60)",
            "sender_audience_cost": 1,
            "target_stake": 50,
            "target_cost": "uniform(20, 80)",
        }
        contest = Contest.model_validate(
            {
                **HEAD,
                "threats": {"ban": threat},
                "pathway": {"crisis": {"threat": "ban", "variant": "logit"}},
                "outcomes": {"yields": "crisis.complied", "not": "otherwise"},
            }
        )
        sender = asked(contest, "left", "yields")
        cost = the(sender, "target_cost")
        assert cost.amount is not None
        assert cost.amount > 0
        assert cost.effect > 0
        assert the(sender, "sender_stake").effect >= 0
        assert {each.address.rpartition(".")[2] for each in asked(contest, "right", "yields").levers} == {
            "target_stake",
            "target_cost",
            "sender_cost",
        }

    def test_what_is_not_tried_is_named(self) -> None:
        crowd = {
            "of": "Those who may march.",
            "groups": {"crowd": {"share": 1, "threshold": 0.2, "spread": 0.1}},
            "trigger": 0.1,
            "repression": 0,
            "backlash": 0,
            "pressure": 0,
        }
        contest = Contest.model_validate(
            {
                **HEAD,
                "mobilisations": {"street": crowd},
                "pathway": {"march": {"mobilisation": "street"}},
                "outcomes": {"march": "march.grows", "quiet": "otherwise"},
            }
        )
        assert asked(contest, "crowd", "march").not_tried == ("march",)


def test_refusals() -> None:
    found = forecast(bargain(), 100)
    with pytest.raises(UnknownName, match="lefd"):
        levers(found, "lefd", "high")
    with pytest.raises(UnknownName, match="tall"):
        levers(found, "left", "tall")
    with pytest.raises(ContestError, match="more than 0 units"):
        levers(found, "left", "high", others=0)
    with pytest.raises(ContestError, match="at most 1,000,000"):
        levers(found, "left", "high", others=1e308)


def test_the_same_for_any_number_of_chunks_and_as_data() -> None:
    found = levers(forecast(bargain(), 6_000), "left", "high")
    assert the(found, "left.position").effect == pytest.approx(0.125, abs=1e-3)
    plain = as_json(found)
    assert plain["assumption"] == HELD_FIXED
    assert plain["levers"][0]["per_unit"] == found.levers[0].per_unit


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(5, 95), st.floats(0.1, 0.9), st.floats(0.5, 10)),
        min_size=2,
        max_size=5,
    )
)
def test_slopes_are_the_derivatives_of_the_weighted_mean(rows: list[tuple[float, float, float]]) -> None:
    """Against central differences of the plain formula."""
    positions = {f"a{place}": {"position": x, "salience": s, "capability": c} for place, (x, s, c) in enumerate(rows)}
    actors = {name: {"name": name, "kind": "party"} for name in positions}
    issue = {**HEIGHT, "positions": positions}
    contest = Contest.model_validate(
        {
            **HEAD,
            "actors": actors,
            "issues": {"height": issue},
            "pathway": {"deal": {"bargain": "height"}},
            "outcomes": {"any": "otherwise"},
        }
    )
    slopes = compromise_slopes(forecast(contest, 1))

    def plain(table: np.ndarray[Any, Any]) -> float:
        return float((table[:, 0] * table[:, 1] * table[:, 2]).sum() / (table[:, 1] * table[:, 2]).sum())

    for place, column, field in [(i, j, f) for i in range(len(rows)) for j, f in enumerate(("position", "salience"))]:
        step = np.zeros((len(rows), 3))
        step[place, column] = 1e-4
        slope = (plain(np.array(rows) + step) - plain(np.array(rows) - step)) / 2e-4
        assert slopes[f"issues.height.positions.a{place}.{field}"] == pytest.approx(slope, abs=1e-4, rel=1e-4)

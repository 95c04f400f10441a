"""Named crises: reference cases, and closed forms against the certificate of an equilibrium."""

from itertools import pairwise

import numpy as np
import pytest

from realpolitik.errors import ContestError, UnknownName
from realpolitik.models.crisis.base_rates import TIES
from realpolitik.models.crisis.induction import backward_induction, subgame_perfect
from realpolitik.models.crisis.quantal import quantal
from realpolitik.models.crisis.regimes import kinds, regimes, statics
from realpolitik.models.crisis.template import template
from realpolitik.models.crisis.templates.sanctions import THREAT
from realpolitik.registry import templates
from tests.plain import trees as plain
from tests.references import cases, number

TEMPLATES = {name: template(name) for name in templates.names()}
PLAYED = [name for name, found in TEMPLATES.items() if found.play is not None]


@pytest.mark.parametrize("case", cases("crisis"), ids=lambda case: case["name"])
def test_reference_cases(case: dict) -> None:
    chosen = template(case["template"])
    values = chosen.values(case["set"])
    assert chosen.play is not None
    played = chosen.play(values)
    if "moves" in case:
        (only,) = subgame_perfect(chosen.tree(values)).found
        assert only.moves == case["moves"]
        assert only.outcomes == {case["outcome"]: 1}
        assert played.regimes[played.regime[0]] == case["outcome"]
    for place, share in case.get("second", {}).items():
        assert played.strategies[place][1, 0] == pytest.approx(number(share), abs=1e-15)
    assert not played.tie[0]


@pytest.mark.parametrize("name", PLAYED)
def test_nobody_gains_by_another_way_to_play(name: str) -> None:
    chosen, rng = TEMPLATES[name], np.random.default_rng(4)
    seen = set()
    for _ in range(60):
        given = {
            one.name: float(rng.uniform(one.low, one.high)) if not one.whole else min(one.default, 4)
            for one in chosen.parameters
        }
        values = chosen.values(given)
        played = chosen.play(values)
        seen.add(int(played.regime[0]))
        profile = {place: tuple(map(float, share[:, 0])) for place, share in played.strategies.items()}
        tree = chosen.tree(values)
        assert plain.regret(tree, profile) <= 1e-9
        assert played.probability[0].sum() == pytest.approx(1)
    assert len(seen) > 1


@pytest.mark.parametrize(("p", "cost"), [(0.1, 1.0), (0.4, 2.5), (0.6, 3.0)])
def test_the_closed_form_of_a_signal_is_where_quantal_response_goes(p: float, cost: float) -> None:
    chosen = TEMPLATES["signal"]
    values = chosen.values({"resolved": p, "audience_cost": cost})
    played, response = chosen.play(values), quantal(chosen.tree(values), 3_000.0)
    assert response.found[0]
    assert played.strategies["unresolved: start"][1, 0] == pytest.approx(p / (2 * (1 - p)))
    assert played.strategies["answer to the threat"][0, 0] == pytest.approx(cost / (cost + 2))
    for place, share in played.strategies.items():
        assert response.strategies[place] == pytest.approx(share, abs=2e-3)


def test_boundaries_of_the_signal_are_those_of_the_closed_form() -> None:
    chosen = TEMPLATES["signal"]
    first, second = regimes(chosen, chosen.values(), "resolved")
    assert first.high == second.low == pytest.approx(2 / 3, abs=1e-12)
    first, second = regimes(chosen, chosen.values(), "audience_cost")
    assert first.high == pytest.approx(4, abs=1e-12)


@pytest.mark.parametrize("name", TEMPLATES)
def test_regions_cover_the_range_and_hold_what_they_say(name: str) -> None:
    chosen = TEMPLATES[name]
    values = chosen.values()
    for one in [one for one in chosen.parameters if not one.whole][:3]:
        found = regimes(chosen, values, one.name)
        assert found[0].low == pytest.approx(one.low, abs=1e-6)
        assert found[-1].high == one.high
        assert all(before.high == pytest.approx(after.low) for before, after in pairwise(found))
        for region in found:
            middle = dict(values) | {one.name: np.array([(region.low + region.high) / 2])}
            assert kinds(chosen, middle, 1.0) == [region.regime]


def test_a_narrow_region_inside_a_step_is_found() -> None:
    """The likeliest of three outcomes changes twice between two points of the grid."""
    chosen = TEMPLATES["threat-unknown-resolve"]
    found = regimes(chosen, chosen.values(), "sender_audience_cost")
    assert [region.regime for region in found] == [
        "sender backs down", "no threat", "target complies with the threat",
    ]  # fmt: skip


def test_what_a_small_change_does_is_a_difference_of_two_forecasts() -> None:
    chosen = TEMPLATES["deterrence"]
    values = chosen.values({"gain": 10, "alarm": 0})
    found = {one.parameter: one for one in statics(chosen, values, 1.0)}
    assert (found["gain"].end, found["alarm"].end) == (9.0, pytest.approx(0.2))
    before = quantal(chosen.tree(values), 1.0)
    after = quantal(chosen.tree(chosen.values({"gain": 9, "alarm": 0})), 1.0)
    change = after.probability[0] - before.probability[0]
    assert list(found["gain"].change.values()) == pytest.approx(change)


def test_values_are_checked_all_at_once() -> None:
    with pytest.raises(ContestError) as caught:
        TEMPLATES["ladder"].values({"rung": 3, "rungs": 2.5, "prize": 99})
    assert len(caught.value.faults) == 3
    with pytest.raises(UnknownName, match="deterrence"):
        template("deterence")


def test_a_million_threats_are_looked_through_together() -> None:
    values = {one.name: np.full(1_000, one.default) for one in THREAT.parameters}
    values["target_cost"] = np.linspace(0, 10, 1_000)
    found = backward_induction(THREAT.tree(values))
    assert found.probability.shape == (1_000, 5)
    assert set(found.probability.argmax(axis=1)) == {0, 1}


def test_base_rates_are_shares_of_their_cases() -> None:
    assert [(each.number, each.imposed) for each in TIES[2:4]] == [(484, 0.0), (323, 1.0)]
    threatened, parts = TIES[1], TIES[2:4]
    assert sum(each.number for each in parts) == threatened.number
    assert sum(each.number * each.target_gave_in for each in parts) / 807 == pytest.approx(0.392, abs=6e-4)
    for each in TIES:
        assert 0 < each.target_gave_in < each.with_settlement < 1
        assert each.with_settlement + each.sender_backed_down < 1

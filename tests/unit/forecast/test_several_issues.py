"""A bargain over several issues at once."""

import json

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError
from realpolitik.forecast.beside import at_the_medians, side_by_side
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.summary import as_json, deciders, settlements
from realpolitik.models.bargaining import ActorTable, exchange
from realpolitik.report.render import render

TRADE = {
    "contest": "trade",
    "title": "Toll and road?",
    "as_of": "2020-01-08",
    "horizon": "2020-12-31",
    "actors": {name: {"name": name, "kind": "party"} for name in ("left", "right", "third")},
    "issues": {
        "toll": {
            "question": "How high?",
            "unit": "percent",
            "scale": {0: "none", 100: "full"},
            "positions": {
                "left": {"position": 0, "salience": 0.1, "capability": 1},
                "right": {"position": 100, "salience": 0.6, "capability": 1},
            },
        },
        "road": {
            "question": "How long?",
            "unit": "km",
            "scale": {0: "none", 10: "all"},
            "positions": {
                "third": {"position": 4, "salience": 0.2, "capability": 0.5},
                "right": {"position": 10, "salience": 0.5, "capability": 1},
                "left": {"position": 0, "salience": 0.9, "capability": 1},
            },
        },
    },
    "pathway": {"deal": {"bargain": "toll", "along_with": ["road"], "model": "exchange"}},
    "outcomes": {"both": "deal >= 50 and deal.road >= 5", "else": "otherwise"},
}


def trade(**stage: object) -> Contest:
    return Contest.model_validate({**TRADE, "pathway": {"deal": {**TRADE["pathway"]["deal"], **stage}}})  # type: ignore[index]


def run(**stage: object) -> Forecast:
    return forecast(trade(**stage), 200)


def test_the_model_gets_all_issues_in_one_table() -> None:
    everybody = np.array([[True, True], [True, True], [False, True]])
    position = np.array([[[0.0, 0], [100, 10], [0, 4]]])
    salience = np.array([[[0.1, 0.9], [0.6, 0.5], [0, 0.2]]])
    capability = np.array([[[1.0, 1], [1, 1], [0, 0.5]]])
    ends = np.zeros(2), np.array([100.0, 10])
    expected = exchange(
        ActorTable(("left", "right", "third"), ("toll", "road"), position, salience, capability, *ends, everybody)
    ).outcome[0]
    found = run().worlds.results
    assert found["deal"] == pytest.approx(np.full(200, expected[0]))
    assert found["deal.road"] == pytest.approx(np.full(200, expected[1]))


def test_every_issue_has_its_settlement_and_its_deciders() -> None:
    found = run()
    assert [(one.issue, one.result) for one in settlements(found)] == [("toll", "deal"), ("road", "deal.road")]
    assert set(json.loads(json.dumps(as_json(found)))["issues"]) == {"toll", "road"}
    weights, positions = {"third": 0.1, "right": 0.5, "left": 0.9}, {"third": 4, "right": 10, "left": 0}
    total, pull = sum(weights.values()), sum(weights[who] * positions[who] for who in weights)
    shifts = {row.who: row.effect for row in deciders(found) if row.issue == "road"}
    for who, weight in weights.items():
        without = (pull - weight * positions[who]) / (total - weight)
        assert shifts[who] == pytest.approx(pull / total - without, abs=1e-6)


def test_effects_name_the_issue() -> None:
    found = run(effects=[{"set": {"road.left.position": 10, "toll.left.position": 100, "road.third.position": 3}}])
    assert found.worlds.results["deal"] == pytest.approx(np.full(200, 100.0))
    assert found.worlds.details["deal.road/position"][0].tolist() == [3.0, 10.0, 10.0]


def test_the_error_of_the_model_is_that_of_the_first_issue() -> None:
    found = run(model="compromise", model_error="normal(0, 5)").worlds.results
    assert found["deal"].std() > 3
    assert found["deal.road"].std() == pytest.approx(0, abs=1e-9)


def test_other_models_stand_beside_each_issue() -> None:
    found = run()
    rows = {row.model: row for row in side_by_side(found, "deal", "road")}
    assert rows["exchange"].refusal is None
    assert rows["compromise"].mean == pytest.approx((0.1 * 4 + 0.5 * 10) / 1.5)
    worked = at_the_medians(found, "deal")
    assert worked is not None
    assert {move.issue for move in worked.moves} == {"toll", "road"}


def test_the_report_names_both() -> None:
    page = render(run())
    assert "Deal: toll" in page
    assert "Deal: road" in page


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ({"along_with": ["rode"]}, "no issue 'rode'"),
        ({"along_with": ["toll"]}, "'deal' settles 'toll' already"),
        ({"effects": [{"set": {"road.nobody.position": 1}}]}, "no quantity 'road.nobody.position'"),
    ],
)
def test_faults(stage: dict[str, object], words: str) -> None:
    with pytest.raises(ContestError, match=words):
        trade(**stage)

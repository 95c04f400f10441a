"""The probabilistic Condorcet election against closed forms, KTAB's output and a plain version of it."""

from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.bargaining import ActorTable, ElectionRules, pce, winning_chances
from tests.plain import spatial as plain
from tests.references import cases, number
from tests.unit.models.bargaining.test_spatial import changed, line, random_case, table_of

CHOICES = {name: get_args(kind) for name, kind in get_type_hints(ElectionRules).items() if get_args(kind)}


@pytest.mark.parametrize("case", cases("pce"), ids=lambda case: case["name"])
def test_reference(case: dict[str, Any]) -> None:
    table = table_of(case["actors"], case["scales"])
    near = {"abs": case["tolerance"]}
    for chosen in case["rules"]:
        chance = winning_chances(table, ElectionRules(**chosen))[0]
        assert chance == pytest.approx(np.array([number(p) for p in case["chance"]]), **near)
        for outcome in {"mean", "most-likely"} & set(case):
            settled = pce(table, rules=ElectionRules(outcome=outcome, **chosen)).outcome[0]
            assert settled == pytest.approx(np.array([number(x) for x in case[outcome]]), abs=100 * case["tolerance"])


def test_variants_are_the_two_outcomes() -> None:
    table = line([0, 30, 100])
    mean, likeliest = pce(table), pce(table, variant="most-likely")
    chance = winning_chances(table)[0]
    assert chance.sum() == pytest.approx(1)
    assert mean.outcome[0, 0] == pytest.approx(chance @ np.array([0, 30, 100]))
    assert likeliest.outcome[0, 0] == 30
    assert (mean.variant, mean.exact, mean.rules["outcome"]) == ("mean", True, "mean")


def test_agrees_with_the_plain_version() -> None:
    rng = np.random.default_rng(11)
    for _ in range(300):
        table, people, _ = random_case(rng)
        chosen = {name: known[rng.integers(len(known))] for name, known in CHOICES.items()}
        rules = ElectionRules(**chosen)
        world = plain.World(people, [actor.position for actor in people], rules, neutral=rules.risk == "neutral")
        assert winning_chances(table, rules)[0] == pytest.approx(world.chances(), abs=1e-6)


@pytest.mark.parametrize("election", CHOICES["election"])
def test_an_actor_may_be_split_in_two_halves(election: Any) -> None:
    table, rules = line([0, 20, 55, 90]), ElectionRules(election=election)
    twice = ActorTable(
        (*table.actors, "again"),
        table.issues,
        np.concatenate([table.position, table.position[:, :1]], axis=1),
        np.ones((1, 5, 1)),
        np.array([0.5, 1, 1, 1, 0.5]).reshape(1, 5, 1),
        table.low,
        table.high,
        np.ones((5, 1), dtype=bool),
    )
    assert pce(twice, rules=rules).outcome == pytest.approx(pce(table, rules=rules).outcome, abs=1e-6)


def test_whoever_does_not_care_has_no_vote() -> None:
    table = line([0, 20, 55, 90])
    salience = table.salience.copy()
    salience[0, 1] = 0
    quiet = changed(table, salience=salience)
    louder = changed(quiet, capability=np.array([1, 1000, 1, 1]).reshape(1, 4, 1))
    assert winning_chances(louder) == pytest.approx(winning_chances(quiet), abs=1e-6)


@pytest.mark.parametrize("election", CHOICES["election"])
def test_one_candidate_wins(election: Any) -> None:
    rules = ElectionRules(election=election, risk="inferred")
    assert pce(line([40, 40]), rules=rules).outcome.tolist() == [[40]]
    assert winning_chances(line([40]), rules).tolist() == [[1]]


@pytest.mark.parametrize("election", CHOICES["election"])
def test_opposite_candidates_of_the_same_strength_win_equally(election: Any) -> None:
    chance = winning_chances(line([10, 50, 90]), ElectionRules(election=election))[0]
    assert chance[0] == pytest.approx(chance[2])
    assert chance[1] > chance[0]


def test_a_likeliest_candidate_survives_two_hundred_rivals() -> None:
    """A product of two hundred small chances is far below the smallest number."""
    table = line(np.linspace(0, 100, 200).tolist())
    found = pce(table, variant="most-likely", rules=ElectionRules(victory="octic"))
    assert 0 < found.outcome[0, 0] < 100
    assert np.isfinite(winning_chances(table, ElectionRules(victory="octic"))).all()


def test_refuses_missing_positions_and_unknown_names() -> None:
    table = line([0, 30, 100])
    mask = np.array([[True], [True], [False]])
    with pytest.raises(ModelError, match="'pce' needs everybody"):
        pce(changed(table, takes_part=mask))
    with pytest.raises(UnknownName, match="pce variant 'median'"):
        pce(table, variant="median")  # type: ignore[arg-type]


def test_the_winning_coalition_prefers_the_likeliest_to_its_nearest_rival() -> None:
    table = ActorTable.one_issue(
        positions={"far": 0, "near": 40, "middle": 50, "other": 100},
        salience=dict.fromkeys(("far", "near", "middle", "other"), 1.0),
        capability={"far": 1, "near": 1, "middle": 9, "other": 3},
    )
    found = pce(table)
    chances = winning_chances(table)[0]
    assert chances.argmax() == 2
    rival = 1 + 2 * (chances[3] > chances[1])
    away = np.abs(np.subtract.outer([0, 40, 50, 100], [0, 40, 50, 100]))
    assert found.coalition is not None
    assert found.coalition[0].tolist() == (away[:, 2] < away[:, rival]).tolist()


def test_where_all_agree_everybody_wins() -> None:
    table = ActorTable.one_issue(positions={"a": 30, "b": 30}, salience={"a": 1, "b": 1}, capability={"a": 1, "b": 2})
    found = pce(table)
    assert found.coalition is not None
    assert found.coalition.all()

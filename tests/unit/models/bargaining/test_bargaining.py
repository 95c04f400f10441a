"""Mean, median and compromise: reference values, ties, refusals, and a plain reference on random tables."""

from fractions import Fraction
from typing import Any, get_args

import numpy as np
import pytest

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.bargaining import ActorTable, Settlement, compromise, mean, median
from realpolitik.models.bargaining.mean import Variant
from tests.plain import bargaining as plain
from tests.references import cases, number


def read(case: dict[str, Any]) -> ActorTable:
    """Table of a reference case: capability, position, salience by actor."""
    columns = ({actor: row[column] for actor, row in case["actors"].items()} for column in range(3))
    capability, positions, salience = columns
    return ActorTable.one_issue(positions, salience=salience, capability=capability, scale=tuple(case["scale"]))


def only(settlement: Settlement) -> float:
    """The one number of a settlement of one draw and one issue."""
    return float(settlement.outcome.item())


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", cases("compromise"), ids=by_name)
def test_compromise_reference(case: dict[str, Any]) -> None:
    assert only(compromise(read(case))) == pytest.approx(number(case["expected"]), rel=case["tolerance"])


@pytest.mark.parametrize("case", cases("mean"), ids=by_name)
def test_mean_reference(case: dict[str, Any]) -> None:
    for variant, expected in case["expected"].items():
        assert only(mean(read(case), variant=variant)) == pytest.approx(number(expected), rel=case["tolerance"])


@pytest.mark.parametrize("case", cases("median"), ids=by_name)
def test_median_reference(case: dict[str, Any]) -> None:
    for variant, expected in case["expected"].items():
        assert only(median(read(case), variant=variant)) == pytest.approx(expected, abs=case["tolerance"])


def random_rows(rng: np.random.Generator) -> list[plain.Row]:
    """Few and coarse values, so that ties and zero weights are common; never all weights zero."""
    actors = int(rng.integers(1, 8))
    whole = [[Fraction(int(part)) for part in rng.integers(0, 5, 3)] for _ in range(actors)]
    rows = [(Fraction(25) * position, salience / 4, capability) for position, salience, capability in whole]
    return rows if any(s * c for _, s, c in rows) else [*rows, (Fraction(50), Fraction(1), Fraction(1))]


def table_of(rows: list[plain.Row]) -> ActorTable:
    columns = ({f"a{index}": float(row[column]) for index, row in enumerate(rows)} for column in range(3))
    positions, salience, capability = columns
    return ActorTable.one_issue(positions, salience=salience, capability=capability)


def test_equal_the_plain_reference_on_random_tables() -> None:
    rng = np.random.default_rng(20200108)
    for _ in range(500):
        rows = random_rows(rng)
        table = table_of(rows)
        low, high = map(float, plain.medians(rows))
        assert only(median(table, variant="lower")) == low
        assert only(median(table, variant="upper")) == high
        assert only(median(table, variant="midpoint")) == (low + high) / 2
        for variant in get_args(Variant):
            if any(weights := plain.weights(rows, variant)):
                exact = float(plain.mean(rows, weights))
                assert only(mean(table, variant=variant)) == pytest.approx(exact, abs=1e-12)
        exact = float(plain.mean(rows, plain.weights(rows, "both")))
        assert only(compromise(table)) == pytest.approx(exact, abs=1e-12)


def test_every_draw_and_issue_stands_alone() -> None:
    rng = np.random.default_rng(7)
    shape = (5, 4, 3)
    takes_part = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 1]], dtype=bool)
    fields = {
        "position": rng.uniform(-10, 10, shape),
        "salience": rng.uniform(size=shape),
        "capability": rng.uniform(0, 9, shape),
    }
    for values in fields.values():
        values[:, ~takes_part] = np.nan
    actors, issues = tuple("abcd"), tuple("xyz")
    table = ActorTable(actors, issues, **fields, low=np.full(3, -10), high=np.full(3, 10), takes_part=takes_part)
    for model in (mean, median, compromise):
        whole = model(table).outcome
        assert np.isfinite(whole).all()
        for draw, issue in np.ndindex(5, 3):
            who = np.flatnonzero(takes_part[:, issue])
            position, salience, capability = (
                {actors[actor]: float(values[draw, actor, issue]) for actor in who} for values in fields.values()
            )
            alone = ActorTable.one_issue(position, salience=salience, capability=capability, scale=(-10, 10))
            assert whole[draw, issue] == pytest.approx(only(model(alone)), rel=1e-12)


@pytest.mark.parametrize("model", [compromise, median])
def test_refuses_weights_that_are_all_zero_and_names_the_draw(model: Any) -> None:
    ones = np.ones((3, 2, 1))
    salience = np.array([[[1], [1]], [[0], [1]], [[0], [0]]])
    low, high = np.zeros(1), np.full(1, 9.0)
    table = ActorTable(("a", "b"), ("exit",), ones, salience, ones, low, high, np.ones((2, 1), dtype=bool))
    with pytest.raises(ModelError, match=r"Issue 'exit', draw 2: the weights of all actors are zero"):
        model(table)
    assert mean(table).outcome.tolist() == [[1.0]] * 3
    with pytest.raises(ModelError, match="draw 2"):
        mean(table, variant="salience")


@pytest.mark.parametrize("model", [mean, median])
def test_refuses_an_unknown_variant(model: Any) -> None:
    with pytest.raises(UnknownName, match=r"There is no me.* variant 'middle'"):
        model(table_of([(Fraction(1), Fraction(1), Fraction(1))]), variant="middle")


def test_says_how_it_knows() -> None:
    table = table_of([(Fraction(1), Fraction(1), Fraction(1))])
    settlement = median(table, variant="lower")
    assert (settlement.model, settlement.variant, settlement.exact) == ("median", "lower", True)
    assert settlement.issues == ("issue",)
    assert mean(table, variant="salience").method == "mean of positions weighted by salience"
    assert compromise(table).variant is None


def test_extreme_weights_stay_finite() -> None:
    table = ActorTable.one_issue(
        {"a": 0, "b": 50, "c": 100},
        salience={"a": 1e-300, "b": 1, "c": 1},
        capability={"a": 1.7e308, "b": 1.7e308, "c": 5e-324},
    )
    for model in (mean, median, compromise):
        assert 0 <= only(model(table)) <= 100
    assert only(compromise(table)) == 50

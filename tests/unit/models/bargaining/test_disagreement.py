"""Nash and Kalai–Smorodinsky: reference values, limits, refusals, and a plain reference on random tables."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.bargaining import (
    ActorTable,
    KalaiSmorodinskyRules,
    NashRules,
    Settlement,
    compromise,
    disagreement,
    kalai_smorodinsky,
    median,
    nash,
)
from tests.plain import disagreement as plain
from tests.references import cases, number

MODELS: list[Callable[..., Settlement]] = [nash, kalai_smorodinsky]


def table_of(rows: dict[str, tuple[float, float, float]], point: float | None, scale: Any = (0, 100)) -> ActorTable:
    """Table from capability, position, salience by actor."""
    capability, positions, salience = ({actor: row[column] for actor, row in rows.items()} for column in range(3))
    table = ActorTable.one_issue(positions, salience=salience, capability=capability, scale=scale)
    return table if point is None else replace(table, reference_point=np.array([point]))


def only(settlement: Settlement) -> float:
    return float(settlement.outcome.item())


@pytest.mark.parametrize(
    ("model", "case"),
    [(model, case) for model in MODELS for case in cases(model.__name__.replace("_", "-"))],
    ids=lambda part: part["name"] if isinstance(part, dict) else part.__name__,
)
def test_reference(model: Any, case: dict[str, Any]) -> None:
    table = table_of(case["actors"], case["reference_point"], case["scale"])
    expected = number(case["expected"])
    assert only(model(table, variant=case["variant"])) == pytest.approx(expected, rel=case["tolerance"], abs=0)
    if "expected_root" in case:
        assert min(np.roots(case["expected_root"])) == pytest.approx(expected, rel=1e-14)


def random_case(rng: np.random.Generator) -> tuple[list[Fraction], list[int], Fraction]:
    """Positions, whole weights and reference point on a coarse grid; often all on one side."""
    actors = int(rng.integers(2, 9))
    one_sided = rng.random() < 0.6
    positions = [Fraction(int(p)) for p in rng.integers(20 if one_sided else 0, 101, actors)]
    point = Fraction(int(rng.integers(0, 22))) if one_sided else Fraction(int(rng.integers(0, 101)))
    return positions, [int(w) for w in rng.integers(1, 6, actors)], point


@pytest.mark.parametrize(("loss", "power"), [("linear", 1), ("quadratic", 2)])
@pytest.mark.parametrize("cost", [0.0, 0.25, 2.0])
def test_equal_the_plain_reference_on_random_tables(loss: Any, power: int, cost: float) -> None:
    rng = np.random.default_rng(1950)
    for _ in range(60):
        positions, weights, point = random_case(rng)
        rows = {f"a{i}": (float(w), float(p), 1.0) for i, (p, w) in enumerate(zip(positions, weights, strict=True))}
        table = table_of(rows, float(point))
        whole_cost = Fraction(cost) * 100**power
        found = nash(table, rules=NashRules(loss=loss, cost=cost))
        assert only(found) == pytest.approx(plain.nash(positions, weights, point, whole_cost, power), abs=2e-11)
        for own in (False, True):
            rules = KalaiSmorodinskyRules("own-position" if own else "acceptable", loss, cost)
            expected = plain.kalai_smorodinsky(positions, point, whole_cost, power, own=own)
            assert only(kalai_smorodinsky(table, rules=rules)) == pytest.approx(expected, abs=2e-11)


def test_the_more_costly_disagreement_the_closer_to_compromise_or_median() -> None:
    rows = {"a": (2.0, 10.0, 0.5), "b": (1.0, 30.0, 1.0), "c": (3.0, 85.0, 0.7), "d": (1.0, 60.0, 0.3)}
    table = table_of(rows, 25)
    gaps = [abs(only(nash(table, rules=NashRules(loss="quadratic", cost=cost))) - only(compromise(table)))
            for cost in (0.5, 5, 50, 5e4)]  # fmt: skip
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 1e-3
    assert only(nash(table, rules=NashRules(cost=5e4))) == only(median(table)) == 60


def test_weights_by_capability_alone_leave_salience_unread() -> None:
    rows = {"a": (1.0, 20.0, 0.9), "b": (3.0, 80.0, 0.1)}
    assert only(nash(table_of(rows, 0))) == 20
    assert only(nash(table_of(rows, 0), rules=NashRules(weights="capability"))) == pytest.approx(30, abs=1e-12)


@pytest.mark.parametrize("model", MODELS)
def test_every_draw_and_issue_stands_alone_whatever_the_run_of_draws(
    model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    shape, takes_part = (6, 4, 3), np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 1]], dtype=bool)
    position, salience, capability = rng.uniform(-1, 10, shape), rng.uniform(size=shape), rng.uniform(0, 9, shape)
    point = rng.uniform(-10, 1, (6, 3))
    for values in (position, salience, capability):
        values[:, ~takes_part] = np.nan
    ends = np.full(3, -10), np.full(3, 10)
    table = ActorTable(tuple("abcd"), tuple("xyz"), position, salience, capability, *ends, takes_part, point)
    whole = model(table).outcome
    monkeypatch.setattr(disagreement, "CELLS", 4)
    assert (model(table).outcome == whole).all()
    for draw, issue in np.ndindex(6, 3):
        who = np.flatnonzero(takes_part[:, issue])
        rows = {f"n{a}": (capability[draw, a, issue], position[draw, a, issue], salience[draw, a, issue]) for a in who}
        alone = table_of(rows, point[draw, issue], (-10, 10))
        assert whole[draw, issue] == pytest.approx(only(model(alone)), abs=1e-13)


@pytest.mark.parametrize("model", MODELS)
def test_refusals_say_what_is_missing(model: Any) -> None:
    rows = {"a": (1.0, 20.0, 1.0), "b": (1.0, 80.0, 1.0)}
    with pytest.raises(ModelError, match=r"no reference point is given for 'issue'.*'compromise'"):
        model(table_of(rows, None))
    with pytest.raises(ModelError, match="Issue 'issue', draw 0: all actors weigh nothing"):
        model(table_of({"a": (1.0, 20.0, 0.0), "b": (0.0, 80.0, 1.0)}, 10))
    with pytest.raises(UnknownName, match="Did you mean 'costly'"):
        model(table_of(rows, 0), variant="costley")
    for cost in (-1.0, np.inf, np.nan):
        rules = NashRules(cost=cost) if model is nash else KalaiSmorodinskyRules(cost=cost)
        with pytest.raises(ModelError, match="at least 0"):
            model(table_of(rows, 0), rules=rules)


@pytest.mark.parametrize("model", MODELS)
def test_says_whether_anybody_gains_and_by_which_rules(model: Any) -> None:
    rows = {"a": (1.0, 20.0, 1.0), "b": (1.0, 80.0, 1.0)}
    found = model(table_of(rows, 50))
    assert found.reasons[found.reason[0]] == disagreement.STUCK
    found = model(table_of(rows, 50), variant="costly")
    assert found.reasons[found.reason[0]] == disagreement.AGREED
    assert (found.variant, found.exact, found.rules["cost"], found.rules["loss"]) == ("costly", True, 1.0, "linear")
    assert found.converged is None
    rules = NashRules() if model is nash else KalaiSmorodinskyRules()
    assert model(table_of(rows, 0), rules=rules).variant is None


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("variant", ["reference-point", "costly", "quadratic", "quadratic-costly"])
def test_edge_cases(model: Any, variant: str) -> None:
    alone = table_of({"a": (1.0, 20.0, 1.0)}, 90)
    assert only(model(alone, variant=variant)) == 20
    agreed = table_of(dict.fromkeys("abc", (1.0, 20.0, 1.0)), 90)
    assert only(model(agreed, variant=variant)) == 20
    content = table_of({"a": (1.0, 20.0, 1.0), "b": (1.0, 90.0, 1.0)}, 90)
    assert 20 <= only(model(content, variant=variant)) <= 90
    indifferent = table_of({"a": (1.0, 20.0, 1.0), "b": (1.0, 90.0, 0.0), "c": (0.0, 0.0, 1.0)}, 50)
    assert only(model(indifferent, variant=variant)) == 20
    close = table_of({"a": (1.7e308, 1e-200, 1.0), "b": (5e-324, 100.0, 1.0)}, 0)
    assert 0 <= only(model(close, variant=variant)) <= 100
    overwhelming = table_of({"a": (1e300, 20.0, 1.0), "b": (1.0, 80.0, 1.0)}, 0)
    assert 20 <= only(model(overwhelming, variant=variant)) <= 100

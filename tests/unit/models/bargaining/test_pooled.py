"""The pooled forecast: points and weights by hand, learning that finds what is there, draws, scales, files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import ContestError, ModelError
from realpolitik.models.bargaining import ActorTable, pooled
from realpolitik.models.bargaining.pooled import Parameters, Past, learn, predict, shipped, situations
from realpolitik.models.bargaining.pooled import learning as learning_of
from realpolitik.models.bargaining.pooled.model import QUANTILES, issue_of
from realpolitik.models.bargaining.pooled.predictive import quantiles
from realpolitik.models.bargaining.pooled.situation import FEATURES
from realpolitik.record.distributions import quantile
from tests.plain import pooled as plain
from tests.references import cases, number


def parameters(said: dict[str, Any]) -> Parameters:
    share = number(said["share"])
    choice = np.array([float(said["choice"].get(name, 0)) for name in FEATURES])
    errors = np.array(said["errors"], dtype=float)
    numbers = (float(said[key]) for key in ("shift", "floor", "slope"))
    return Parameters(choice, np.array([share, 1 - share]), *numbers, errors)


def table(case: dict[str, Any]) -> ActorTable:
    columns: list[dict[str, float]] = [
        {name: float(values[place]) for name, values in case["actors"].items()} for place in (0, 1, 2)
    ]
    low, high = case["scale"]
    made = ActorTable.one_issue(columns[1], salience=columns[2], capability=columns[0], scale=(low, high))
    stay = case.get("reference_point")
    return made if stay is None else replace(made, reference_point=np.array([[float(stay)]]))


@pytest.mark.parametrize("case", cases("pooled"), ids=lambda case: case["name"])
def test_points_by_hand(case: dict[str, Any]) -> None:
    low, high = case["scale"]
    found = predict(issue_of(table(case), 0), parameters(case["parameters"]))
    merged: dict[float, float] = {}
    for value, weight in zip(found.value[0], found.weight[0], strict=True):
        place = round(low + value / 100 * (high - low), 9)
        merged[place] = merged.get(place, 0.0) + weight
    expected: dict[float, float] = {}
    for value, weight in case["expected"]:
        expected[round(value, 9)] = expected.get(round(value, 9), 0.0) + number(weight)
    assert merged == pytest.approx(expected, abs=1e-12)


def test_the_shipped_parameters_are_complete_and_say_where_they_come_from() -> None:
    found = shipped()
    assert found.mixture.sum() == pytest.approx(1, abs=1e-12)
    assert 0.2 < found.mixture[0] < 0.8
    assert found.learned_from["issues"] == len(found.error)
    assert "doi:10.34810/data53" in found.learned_from["data"]
    assert found.learned_from["command"].startswith("realpolitik evaluate deu ")
    assert len(found.learned_from["sha256"]) == 64
    assert (np.diff(found.error) >= 0).all()


actors = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "european-commission", "european-parliament"]),
    st.tuples(st.floats(0.1, 9), st.floats(0, 100), st.floats(0.1, 1)),
    min_size=1,
)


@given(actors, st.none() | st.floats(0, 100))
def test_equals_the_plain_definition(said: dict[str, tuple[float, float, float]], stay: float | None) -> None:
    case: dict[str, Any] = {"actors": said, "scale": [0, 100]}
    if stay is not None:
        case["reference_point"] = stay
    learned = shipped()
    found = predict(issue_of(table(case), 0), learned)
    choice = dict(zip(FEATURES, learned.choice.tolist(), strict=True))
    numbers = (float(learned.mixture[0]), learned.shift, learned.floor, learned.slope, learned.error.tolist())
    expected = plain.points(said, stay, choice, *numbers)
    kept = found.weight[0] > 0
    assert found.value[0][kept] == pytest.approx([value for value, _ in expected], abs=1e-9)
    levels = np.linspace(0, 100, 41) + 0.123456
    for level in levels:
        ours = found.weight[0][found.value[0] <= level].sum()
        assert ours == pytest.approx(sum(weight for value, weight in expected if value <= level), abs=1e-9)


@given(actors, st.none() | st.floats(0, 100), st.lists(st.floats(0.001, 0.999), min_size=1, max_size=5))
def test_quantiles_are_those_of_the_points(said: dict[str, Any], stay: float | None, levels: list[float]) -> None:
    case: dict[str, Any] = {"actors": said, "scale": [0, 100]}
    if stay is not None:
        case["reference_point"] = stay
    found, learned = issue_of(table(case), 0), shipped()
    whole = predict(found, learned)
    ours = quantiles(found, learned, np.array([levels]))[0]
    for level, value in zip(levels, ours, strict=True):
        assert whole.weight[0][whole.value[0] <= value + 1e-9].sum() >= level - 1e-9
        assert whole.weight[0][whole.value[0] < value - 1e-9].sum() <= level + 1e-9


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_quantiles_where_one_picture_is_all(share: float) -> None:
    errors = np.array([-9.0, -1.0, 0.5, 9.0])
    learned = Parameters(np.zeros(len(FEATURES)), np.array([share, 1 - share]), 0.0, 10.0, 0.0, errors)
    found = issue_of(table({"actors": {"a": [1, 0, 1], "b": [1, 30, 1], "c": [2, 100, 1]}, "scale": [0, 100]}), 0)
    whole = predict(found, learned)
    levels = np.linspace(0.01, 0.99, 197) + 1e-5
    expected = [quantile(whole.value, whole.weight, level)[0] for level in levels]
    assert quantiles(found, learned, levels[np.newaxis])[0] == pytest.approx(expected, abs=1e-9)


def test_draws_follow_the_distribution_and_are_stratified() -> None:
    draws = 4_000
    one = table({"actors": {"a": [1, 0, 1], "b": [2, 70, 0.5], "c": [1, 100, 0.2]}, "scale": [0, 100]})
    many = replace(one, **{part: np.repeat(getattr(one, part), draws, axis=0) for part in PARTS})
    found = pooled(many, rng=np.random.default_rng(1))
    said = predict(issue_of(one, 0), shipped())
    for level in (0.0, 10.5, 35.2, 70.0, 88.8):
        expected = said.weight[0][said.value[0] <= level].sum()
        assert abs((found.outcome[:, 0] <= level).mean() - expected) <= 1 / draws
    again = pooled(many, rng=np.random.default_rng(1))
    assert np.array_equal(found.outcome, again.outcome)


PARTS = ("position", "salience", "capability")


def test_more_draws_than_are_worked_on_at_once_give_the_same() -> None:
    draws, rng = 1_500, np.random.default_rng(2)
    shape = (draws, 4, 2)
    everybody = np.ones((4, 2), dtype=bool)
    values = (rng.uniform(0, 100, shape), rng.uniform(0.1, 1, shape), rng.uniform(1, 9, shape))
    many = ActorTable(("a", "b", "c", "d"), ("x", "y"), *values, np.zeros(2), np.full(2, 100.0), everybody)
    whole = pooled(many, rng=np.random.default_rng(3), history=True).details["quantiles"]
    last = replace(many, **{part: getattr(many, part)[1_400:] for part in PARTS})
    part = pooled(last, rng=np.random.default_rng(3), history=True).details["quantiles"]
    assert np.array_equal(whole[1_400:], part)
    assert whole.shape == (draws, 2, len(QUANTILES))
    assert (np.diff(whole, axis=2) >= 0).all()


@given(st.floats(-50, 50), st.floats(0.5, 3))
def test_the_scale_of_the_issue_does_not_matter(low: float, width: float) -> None:
    positions = {"a": 0.0, "b": 0.25, "c": 0.75, "d": 1.0}
    said = dict.fromkeys(positions, 1.0)
    moved = {name: min(low + width * place, low + width) for name, place in positions.items()}
    first = ActorTable.one_issue(positions, salience=said, capability=said, scale=(0, 1))
    second = ActorTable.one_issue(moved, salience=said, capability=said, scale=(low, low + width))
    ours, theirs = (
        pooled(one, rng=np.random.default_rng(1), history=True).details["quantiles"] for one in (first, second)
    )
    assert theirs == pytest.approx(low + width * ours, abs=1e-9)


def test_the_commission_counts_only_under_its_name() -> None:
    def share_at_forty(name: str) -> float:
        case = {"actors": {"a": [1, 0, 1], name: [1, 40, 1], "c": [1, 100, 1]}, "scale": [0, 100]}
        found = predict(issue_of(table(case), 0), shipped())
        return float(found.weight[0][np.abs(found.value[0] - 40) < 1e-9].sum())

    assert share_at_forty("european-commission") > share_at_forty("b") + 0.02
    assert share_at_forty("european-parliament") > share_at_forty("b") + 0.02
    assert share_at_forty("b") == share_at_forty("d")


def test_refuses_without_a_generator_and_without_weight() -> None:
    one = table({"actors": {"a": [1, 0, 1]}, "scale": [0, 100]})
    with pytest.raises(ModelError, match="pass a seeded generator as rng"):
        pooled(one)
    nothing = replace(one, capability=np.zeros((1, 1, 1)))
    with pytest.raises(ModelError, match="weights of all actors are zero"):
        pooled(nothing, rng=np.random.default_rng(1))


def past(n: int, choice: np.ndarray, seed: int = 1) -> Past:
    """Decisions of which 70 % are a choice among positions by these weights, the others the compromise and an error."""
    rng = np.random.default_rng(seed)
    position = rng.integers(0, 5, (n, 6)) * 25.0
    weight = rng.uniform(0.2, 2, (n, 6))
    stay = np.where(rng.random(n) < 0.5, 0.0, np.nan)
    commission = np.zeros((n, 6), dtype=bool)
    commission[:, 0] = True
    found = situations(position, weight, stay, commission=commission)
    utility = np.where(found.stands, found.feature @ choice, -np.inf)
    best = (utility + rng.gumbel(size=utility.shape)).argmax(axis=1)
    chosen = found.point[np.arange(n), best]
    missed = np.clip(found.compromise + rng.normal(0, 8, n), 0, 100)
    return Past(found, np.where(rng.random(n) < 0.7, chosen, missed), np.arange(n) // 3)


CHOICE = np.array([0.5, 1.0, 0.0, 1.5, -0.5, -2.0])


def test_learning_finds_the_weights_that_made_the_data() -> None:
    found = learn(past(6_000, CHOICE))
    assert found.choice[[1, 3, 4]] == pytest.approx(CHOICE[[1, 3, 4]], abs=0.35)
    assert found.mixture[0] > 0.6
    assert found.mixture.sum() == pytest.approx(1)


def test_learning_ends_where_the_loss_is_flat_and_curved_upwards() -> None:
    data = past(300, CHOICE)
    found = data.situations
    scale = np.sqrt((found.feature[found.stands] ** 2).mean(axis=0))
    scale[scale == 0] = 1
    soft = np.exp(-np.abs(found.point - data.outcome[:, None]) / learning_of.REACH) * found.stands
    _, slope, curve = learning_of._loss(learn(data).choice * scale, found.feature / scale, soft, found.stands)
    assert slope == pytest.approx(0, abs=1e-5)
    assert (np.linalg.eigvalsh(curve) > 0).all()


def test_slope_and_curvature_are_those_of_the_loss() -> None:
    data = past(80, CHOICE)
    found = data.situations
    soft = np.exp(-np.abs(found.point - data.outcome[:, None]) / 4) * found.stands
    args = (found.feature, soft, found.stands)
    rng = np.random.default_rng(5)
    for _ in range(5):
        at, step = rng.normal(size=(2, len(FEATURES)))
        _, slope, curve = learning_of._loss(at, *args)
        h = 1e-5
        up, down = learning_of._loss(at + h * step, *args), learning_of._loss(at - h * step, *args)
        assert (up[0] - down[0]) / (2 * h) == pytest.approx(float(slope @ step), rel=1e-5, abs=1e-4)
        assert (up[1] - down[1]) / (2 * h) == pytest.approx(curve @ step, rel=1e-4, abs=1e-3)


def test_errors_of_the_own_cluster_are_left_out_while_the_mixture_is_learned() -> None:
    data = past(60, CHOICE)
    cdf = learning_of._error_cdf(data, 0.0, 10.0, 0.0)
    error = (data.outcome - data.situations.compromise) / 10
    for row in (0, 17, 59):
        others = error[data.cluster != data.cluster[row]]
        at = [
            (np.clip(data.situations.compromise[row] + 10 * others, 0, 100) <= level + 1e-9).mean()
            for level in range(101)
        ]
        assert cdf[row] == pytest.approx(at, abs=1e-9)


def test_parameters_survive_their_file() -> None:
    first = learn(past(50, CHOICE))
    again = Parameters.parse(first.dumped(), "file")
    assert again.dumped() == Parameters.parse(again.dumped(), "file").dumped()
    assert again.choice == pytest.approx(first.choice, abs=1e-6)
    assert again.error == pytest.approx(first.error, abs=1e-6)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', '{"format": "realpolitik pooled 1"}'])
def test_a_file_that_holds_no_parameters_is_refused(text: str) -> None:
    with pytest.raises(ContestError, match="these are no parameters of the pooled forecast"):
        Parameters.parse(text, "file")

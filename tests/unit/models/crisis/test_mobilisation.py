"""Thresholds of participation: the published cases, and a crowd that is asked one by one."""

import numpy as np
import pytest

from realpolitik.errors import ContestError
from realpolitik.models.crisis.mobilisation import Crowd, mobilisation
from tests.plain import trees as plain


def test_granovetters_two_crowds() -> None:
    """Published: thresholds 0, 1, …, 99 bring out everybody; with nobody at 1, one stays alone."""
    bandwagon = np.arange(100) / 100
    broken = np.where(bandwagon == 0.01, 0.02, bandwagon)
    found = mobilisation(Crowd(np.stack([bandwagon, broken]), 0.0, 0.0))
    assert found.participation.tolist() == [1.0, 0.01]
    assert found.sustained.tolist() == [1.0, 1.0]
    assert found.first.tolist() == [0.01, 0.01]
    assert found.jumps.tolist() == [False, True]
    assert found.spark == pytest.approx([0.0, 0.01])


def test_the_jump_of_normal_thresholds_is_near_a_spread_of_12_2() -> None:
    """Published: with mean 25 of 100 the crowd jumps from a few to nearly all at a standard deviation of 12.2."""
    sd = np.linspace(0.05, 0.3, 501)
    share = mobilisation(Crowd.normal(0.25, sd, people=5_000)).participation
    at = int(np.diff(share).argmax())
    assert sd[at] == pytest.approx(0.122, abs=0.001)
    assert share[at] < 0.07
    assert share[at + 1] > 0.99


def test_equals_a_crowd_asked_one_by_one() -> None:
    rng = np.random.default_rng(5)
    thresholds = rng.integers(-1, 15, size=(300, 12)) / 12
    found = mobilisation(Crowd(thresholds, 0.0, 0.0))
    for draw, row in enumerate(thresholds):
        assert round(found.participation[draw] * 12) == plain.cascade(row)
        assert round(found.sustained[draw] * 12) == plain.remain(row)
    assert 10 < found.jumps.sum() < 290


def test_the_spark_brings_out_one_more() -> None:
    crowd = Crowd.normal(0.4, np.linspace(0.05, 0.2, 20))
    found = mobilisation(crowd)
    more = mobilisation(Crowd(crowd.thresholds, 0.0, found.spark + 1e-12))
    stuck = found.participation < 1
    assert stuck.all()
    assert (more.participation > found.participation)[stuck].all()


def test_repression_keeps_people_home_and_pressure_brings_them_out() -> None:
    level = np.linspace(0, 0.4, 30)
    share = [
        mobilisation(Crowd.normal(0.25, 0.15, **{side: level})).participation for side in ("repression", "pressure")
    ]
    assert (np.diff(share[0]) <= 0).all()
    assert (np.diff(share[1]) >= 0).all()
    assert share[0][0] > 0.9 > 0.1 > share[0][-1]


def test_nobody_and_everybody() -> None:
    found = mobilisation(Crowd(np.array([[2.0, 2.0], [0.0, 0.0]]), 0.0, 0.0))
    assert found.participation.tolist() == [0, 1]
    assert found.sustained.tolist() == [0, 1]


def test_quantiles_are_joined_by_straight_lines() -> None:
    crowd = Crowd.quantiles({0: 0.0, 0.5: np.array([0.1, 0.5]), 1: 1.0}, people=4)
    assert crowd.draws == 2
    assert crowd.thresholds == pytest.approx(np.array([[0.025, 0.075, 0.325, 0.775], [0.125, 0.375, 0.625, 0.875]]))


@pytest.mark.parametrize(
    ("points", "text"),
    [({0.1: 0, 1: 1}, "need the quantiles"), ({}, "need the quantiles"), ({0: 1, 1: 0}, "fall")],
)
def test_quantiles_are_checked(points: dict, text: str) -> None:
    with pytest.raises(ContestError, match=text):
        Crowd.quantiles(points)


def test_shapes_are_checked() -> None:
    with pytest.raises(ContestError, match="shape"):
        Crowd(np.zeros(3), 0.0, np.zeros(2))
    with pytest.raises(ContestError, match="sd is -1"):
        Crowd.normal(0.2, -1)

"""Thresholds of participation: the published cases, and a crowd that is asked one by one."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from realpolitik.errors import ContestError
from realpolitik.models.crisis.mobilisation import Crowd, mobilisation
from tests.plain import trees as plain
from tests.references import cases


def thresholds(written: dict | list) -> list[float]:
    """Those of a reference case: written out, or 0, 1/people, 2/people … but for some."""
    if isinstance(written, list):
        return written
    people = written["people"]
    return [written["but"].get(index, index) / people for index in range(people)]


@pytest.mark.parametrize("case", cases("mobilisation"), ids=lambda case: case["name"])
def test_reference_cases(case: dict) -> None:
    if "normal" in case:
        crowd = Crowd.normal(*case["normal"], trigger=case.get("trigger", 0.0))
    else:
        crowd = Crowd.one_by_one([thresholds(case["thresholds"])], trigger=case.get("trigger", 0.0))
    found = mobilisation(crowd)
    for key, value in case["expected"].items():
        assert getattr(found, key)[0] == pytest.approx(value, abs=case["tolerance"]), key


def test_the_jump_of_normal_thresholds_is_near_a_spread_of_12_2() -> None:
    """Published: with mean 25 of 100 the crowd jumps from a few to nearly all at a standard deviation of 12.2."""
    sd = np.linspace(0.05, 0.3, 501)
    share = mobilisation(Crowd.normal(0.25, sd)).turnout
    at = int(np.diff(share).argmax())
    assert sd[at] == pytest.approx(0.122, abs=0.001)
    assert share[at] < 0.07
    assert share[at + 1] > 0.99


@pytest.mark.parametrize(("mean", "sd"), [(0.4, 0.15), (0.3, 0.12), (0.45, 0.2)])
def test_fixed_points_of_a_normal_crowd_are_roots(mean: float, sd: float) -> None:
    """All three equilibria of F(r) = r by another method: the lowest, the tipping point, the highest."""

    def gap(r: float) -> float:
        return float(norm.cdf(r, mean, sd) - r)

    points = np.linspace(0, 1, 2001)
    signs = np.sign([gap(r) for r in points])
    low, tip, high = (brentq(gap, points[i], points[i + 1]) for i in np.flatnonzero(np.diff(signs)))
    starts = np.array([0.0, tip - 0.003, tip + 0.003, 1.0])
    found = mobilisation(Crowd.normal(mean, sd, trigger=starts))
    assert found.turnout == pytest.approx([low, low, high, high], abs=5e-4)
    assert found.least == pytest.approx(np.full(4, low), abs=5e-4)
    assert found.most == pytest.approx(np.full(4, high), abs=5e-4)
    assert found.tipping == pytest.approx([tip, tip, 1, 1], abs=5e-4)
    assert found.several.all()


def test_equals_a_crowd_asked_one_by_one() -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(-1, 15, size=(300, 12)) / 12
    found = mobilisation(Crowd.one_by_one(table))
    for draw, row in enumerate(table):
        assert round(found.least[draw] * 12) == plain.cascade(row)
        assert round(found.most[draw] * 12) == plain.remain(row)
    assert (found.turnout == found.least).all()
    assert 10 < found.several.sum() < 290


def test_the_tipping_point_is_where_it_runs_away() -> None:
    crowd = Crowd.normal(0.4, np.linspace(0.05, 0.2, 40))
    found = mobilisation(crowd)
    tips = found.most > found.turnout
    assert tips.any()
    at, before = (
        mobilisation(Crowd.normal(0.4, crowd.spread[:, 0], trigger=start)).turnout
        for start in (found.tipping, found.tipping - 1 / crowd.people)
    )
    assert (at > found.turnout)[tips].all()
    assert (before == found.turnout)[tips].all()
    assert (found.tipping[~tips] == 1).all()


def test_repression_keeps_people_home_and_pressure_and_anger_bring_them_out() -> None:
    level = np.linspace(0, 0.4, 30)
    held = mobilisation(Crowd.normal(0.25, 0.15, repression=level)).turnout
    assert (np.diff(held) <= 0).all()
    assert held[0] > 0.9 > 0.1 > held[-1]
    assert (np.diff(mobilisation(Crowd.normal(0.4, 0.15, pressure=level)).turnout) >= 0).all()
    angry = mobilisation(Crowd.normal(0.3, 0.15, repression=0.2, backlash=level * 5)).turnout
    assert (np.diff(angry) >= 0).all()
    even = mobilisation(Crowd.normal(0.3, 0.15, repression=0.2, backlash=1.0)).turnout
    assert even == mobilisation(Crowd.normal(0.3, 0.15)).turnout


def test_groups_are_weighed_by_their_shares() -> None:
    """A tenth joins first; half waits for exactly these; the rest never does. Shares need not sum to one."""
    shares = np.array([[1.0, 5.0, 4.0]])
    found = mobilisation(Crowd(("first", "then", "never"), shares, np.array([[0.0, 0.1, 2.0]]), np.zeros((1, 3))))
    assert found.turnout.tolist() == [0.6]
    later = Crowd(("first", "then", "never"), shares, np.array([[0.0, 0.11, 2.0]]), np.zeros((1, 3)))
    assert mobilisation(later).turnout.tolist() == [0.1]
    assert mobilisation(later).most.tolist() == [0.6]


def test_nobody_and_everybody() -> None:
    found = mobilisation(Crowd.one_by_one([[2.0, 2.0], [0.0, 0.0]], trigger=np.array([1.0, 0.0])))
    assert found.turnout.tolist() == [0, 1]
    assert found.most.tolist() == [0, 1]


def test_shapes_and_values_are_checked() -> None:
    with pytest.raises(ContestError, match="shape"):
        Crowd(("a",), np.ones((2, 1)), np.zeros((3, 1)), np.zeros((2, 1)))
    with pytest.raises(ContestError, match="spread is -1"):
        Crowd.normal(0.2, -1)
    with pytest.raises(ContestError, match="trigger is 2"):
        Crowd.normal(0.2, 0.1, trigger=2.0)
    with pytest.raises(ContestError, match="zero for all groups"):
        Crowd(("a",), np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1)))

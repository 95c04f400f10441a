"""What makes models disagree about a table."""

import numpy as np
import pytest

from realpolitik.errors import ModelError
from realpolitik.models.bargaining import ActorTable
from realpolitik.models.bargaining.drivers import Camps, drivers


def table(rows: dict[str, tuple[float, float, float]], scale: tuple[float, float] = (0, 100)) -> ActorTable:
    """From position, salience, capability by actor."""
    columns = ({actor: row[column] for actor, row in rows.items()} for column in range(3))
    positions, salience, capability = columns
    return ActorTable.one_issue(positions, salience=salience, capability=capability, scale=scale)


def test_concentration_span_mean_and_median() -> None:
    (found,) = drivers(table({"a": (0, 0.5, 2), "b": (20, 1, 1), "c": (30, 1, 2), "idle": (90, 0, 9)}))
    assert found.strongest == ("c",)
    assert found.largest_share == pytest.approx(0.5)
    assert found.effective_actors == pytest.approx(1 / (0.25 + 2 / 16))
    assert found.span == pytest.approx(0.3)
    assert (found.mean, found.median) == pytest.approx((20, 25))
    assert found.ends == pytest.approx((0.25, 0.5))
    assert found.camps == Camps(0, 20, 0.25)


@pytest.mark.parametrize(
    ("positions", "camps"),
    [
        ([5, 5, 5, 5], None),
        ([0, 30, 60, 90], None),
        ([0, 1, 2, 90], Camps(2, 90, 0.75)),
        ([0, 10, 89, 90], Camps(10, 89, 0.5)),
        ([0, 1, 2, 2, 90], None),
        ([7], None),
    ],
)
def test_two_camps_need_an_empty_middle_and_weight_on_both_sides(positions: list[float], camps: Camps | None) -> None:
    (found,) = drivers(table({f"a{index}": (position, 1, 1) for index, position in enumerate(positions)}))
    assert found.camps == camps
    assert found.strongest == tuple(f"a{index}" for index in range(len(positions)))


def test_every_issue_and_the_draw_asked_for() -> None:
    position = np.array([[[0, 50], [10, 60]], [[0, 50], [90, 70]]])
    ones, ends = np.ones((2, 2, 2)), (np.zeros(2), np.full(2, 100))
    both = ActorTable(("a", "b"), ("x", "y"), position, ones, ones, *ends, np.ones((2, 2), dtype=bool))
    assert [found.span for found in drivers(both)] == [0.1, 0.1]
    assert [found.span for found in drivers(both, draw=1)] == [0.9, 0.2]


def test_nobody_with_weight_is_refused() -> None:
    with pytest.raises(ModelError, match="weights of all actors are zero"):
        drivers(table({"a": (0, 0, 1), "b": (1, 1, 0)}))

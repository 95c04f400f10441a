"""Arrays of a view are checked as a whole, and every fault has its place."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, Fault
from realpolitik.models.arrays import Axis, checked, draws_of, named, refuse, whole

AXES: tuple[Axis, ...] = (("draw", 2), ("actor", ("usa", "iran")))


def test_keeps_the_values_and_locks_them() -> None:
    faults: list[Fault] = []
    given = np.array([[1.0, 2.0], [3.0, 4.0]])
    kept = checked("salience", given, AXES, faults)
    assert not faults
    assert kept.tolist() == given.tolist()
    assert (kept.flags.writeable, given.flags.writeable) == (False, True)


def test_names_the_first_offender_and_counts_the_others() -> None:
    faults: list[Fault] = []
    checked("salience", np.array([[0, 60], [np.nan, 1]]), AXES, faults, least=0, most=1)
    assert str(faults[0]) == (
        "salience: actor 'iran', draw 0: salience is 60, expected 0 to 1. 1 more are out of range."
    )


@pytest.mark.parametrize(("least", "expected"), [(0.0, "a finite number of at least 0"), (-np.inf, "a finite number")])
def test_says_what_was_expected(least: float, expected: str) -> None:
    faults: list[Fault] = []
    checked("capability", np.array([[np.inf, 0], [0, 0]]), AXES, faults, least=least)
    assert faults[0].message == f"actor 'usa', draw 0: capability is inf, expected {expected}."


def test_looks_only_where_it_is_told() -> None:
    faults: list[Fault] = []
    checked("position", np.array([[np.nan, 1], [np.nan, 1]]), AXES, faults, where=np.array([False, True]))
    assert not faults


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([[1, 2]], "has shape [1, 2], expected [draws 2, actors 2], none of them 0."),
        (3, "has shape [], expected [draws 2, actors 2], none of them 0."),
        ([[1, 2], [3]], "is not an array of numbers."),
        ("many", "is not an array of numbers."),
        (None, "has shape [], expected [draws 2, actors 2], none of them 0."),
    ],
)
def test_refuses_another_shape(values: Any, message: str) -> None:
    faults: list[Fault] = []
    checked("position", values, AXES, faults)
    assert [fault.message for fault in faults] == [message]


def test_refuses_no_draws_at_all() -> None:
    faults: list[Fault] = []
    checked("position", np.zeros((0, 2)), (("draw", 0), AXES[1]), faults)
    assert "none of them 0" in faults[0].message


def test_counts_in_whole_numbers() -> None:
    faults: list[Fault] = []
    kept = whole("seats", [1, 2], AXES[1:], faults, least=1)
    assert (kept.dtype, kept.flags.writeable, faults) == (np.dtype(np.int64), False, [])
    whole("seats", [1, -2], AXES[1:], faults)
    whole("seats", [1.0, 2.0], AXES[1:], faults)
    assert [fault.message for fault in faults] == [
        "actor 'iran': seats is -2, expected a finite number of at least 0.",
        "is counted in whole numbers, not in float64.",
    ]


def test_names_must_exist_and_differ() -> None:
    faults: list[Fault] = []
    assert named("actors", ["a", "b"], faults) == ("a", "b")
    named("actors", ["a", "b", "a"], faults)
    named("actors", [], faults)
    assert [str(fault) for fault in faults] == ["actors: names 'a' twice.", "actors: is empty; at least one is needed."]


def test_a_number_is_one_draw() -> None:
    assert (draws_of(3.0), draws_of([1, 2, 3]), draws_of(np.zeros((4, 2)))) == (1, 3, 4)


def test_refuses_all_faults_together() -> None:
    refuse([])
    with pytest.raises(ContestError, match="one\ntwo"):
        refuse([Fault((), "one"), Fault((), "two")])

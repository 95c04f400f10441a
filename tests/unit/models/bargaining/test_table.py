"""The actor table holds what it is given, or says what is wrong with it."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError
from realpolitik.models.bargaining import ActorTable


def arguments(**changed: Any) -> dict[str, Any]:
    """Two draws, two actors, one issue."""
    ones = np.ones((2, 2, 1))
    return {
        "actors": ("usa", "iran"),
        "issues": ("exit",),
        "position": ones * [[10], [100]],
        "salience": ones * 0.5,
        "capability": ones * 20,
        "low": [0],
        "high": [100],
        "takes_part": np.array([[True], [True]]),
        **changed,
    }


def test_keeps_its_fields_locked() -> None:
    table = ActorTable(**arguments(actors=["usa", "iran"], reference_point=[30]))
    assert (table.draws, table.actors, table.issues) == (2, ("usa", "iran"), ("exit",))
    assert table.reference_point is not None
    assert table.reference_point.tolist() == [[30.0], [30.0]]
    for field in (table.position, table.salience, table.low, table.takes_part, table.reference_point):
        assert not field.flags.writeable


def test_a_reference_point_may_differ_by_draw() -> None:
    table = ActorTable(**arguments(reference_point=[[30], [40]]))
    assert table.reference_point is not None
    assert table.reference_point.tolist() == [[30.0], [40.0]]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"actors": ()}, "actors: is empty"),
        ({"actors": ("usa", "usa")}, "names 'usa' twice"),
        ({"position": [[[10], [101]]] * 2}, "issue 'exit', draw 0: position is 101, expected 0 to 100"),
        ({"position": [[[10], [np.nan]]] * 2}, "position is nan"),
        ({"salience": np.full((2, 2, 1), 60)}, "actor 'usa', issue 'exit', draw 0: salience is 60, expected 0 to 1"),
        ({"capability": np.full((2, 2, 1), -1)}, "capability is -1, expected a finite number of at least 0"),
        ({"capability": np.ones((1, 2, 1))}, r"capability: has shape \[1, 2, 1\], expected \[draws 2, actors 2, issu"),
        ({"low": [100]}, "high minus low is 0"),
        ({"low": [-1.7e308], "high": [1.7e308]}, "high minus low is inf"),
        ({"high": [np.inf]}, "high is inf"),
        ({"reference_point": [101]}, "reference_point is 101, expected 0 to 100"),
        ({"reference_point": [1, 2]}, "reference_point: has shape"),
        ({"takes_part": np.array([[False], [False]])}, "issue 'exit': nobody has a position on it"),
        ({"takes_part": np.array([True, True])}, r"takes_part: is bool \[2\], expected bool \[actors 2, issues 1\]"),
        ({"takes_part": np.array([[1], [0]])}, r"takes_part: is int64 \[2, 1\], expected bool"),
    ],
)
def test_says_what_is_wrong(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ContestError, match=message):
        ActorTable(**arguments(**changed))


def test_says_all_that_is_wrong_at_once() -> None:
    wrong = {"salience": np.full((2, 2, 1), 60), "capability": np.full((2, 2, 1), -1), "reference_point": [101]}
    with pytest.raises(ContestError) as caught:
        ActorTable(**arguments(**wrong))
    assert [fault.path for fault in caught.value.faults] == [("salience",), ("capability",), ("reference_point",)]


def test_does_not_read_what_an_absent_actor_holds() -> None:
    nothing = np.array([[[10], [np.nan]]] * 2)
    mask = np.array([[True], [False]])
    table = ActorTable(**arguments(position=nothing, salience=nothing / 20, capability=nothing, takes_part=mask))
    assert table.asks[:, 1, 0].tolist() == [0.0, 0.0]
    assert table.weight("salience", "capability")[:, :, 0].tolist() == [[1.0, 0.0]] * 2


def test_weights_are_relative_and_never_overflow() -> None:
    table = ActorTable(**arguments(capability=np.ones((2, 2, 1)) * [[1e308], [1.7e308]]))
    assert table.weight("capability")[0, :, 0].tolist() == [1e308 / 1.7e308, 1.0]
    assert table.weight()[0, :, 0].tolist() == [1.0, 1.0]


def test_one_issue_asks_for_the_same_actors_everywhere() -> None:
    with pytest.raises(ContestError, match=r"salience: and positions do not name the same actors: iran, iraq"):
        ActorTable.one_issue({"usa": 1, "iran": 2}, salience={"usa": 1, "iraq": 1}, capability={"usa": 1, "iran": 2})

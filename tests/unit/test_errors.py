"""Messages name the place, the value and the remedy, and survive a trip between processes."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from realpolitik.errors import (
    ContestError,
    Fault,
    ModelError,
    ReadingError,
    RealpolitikError,
    StorageError,
    UnknownName,
    nearest,
)

PATH = ("actors", "usa", 0)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault((), "is empty"), "is empty"),
        (Fault(PATH, "is empty"), "actors.usa.0: is empty"),
        (Fault(PATH, "is empty", "c.yaml"), "c.yaml: actors.usa.0: is empty"),
        (Fault(PATH, "is empty", "c.yaml", 3), "c.yaml:3: actors.usa.0: is empty"),
        (Fault(PATH, "is empty", "c.yaml", 3, 7), "c.yaml:3:7: actors.usa.0: is empty"),
        (Fault((), "is empty", "c.yaml", 3, 7), "c.yaml:3:7: is empty"),
        (Fault((), "is empty", None, 3, 7), "3:7: is empty"),
    ],
)
def test_fault_says_as_much_of_the_place_as_it_knows(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_contest_error_lists_every_fault_in_order() -> None:
    error = ContestError([Fault(("seats",), "is -1"), Fault(("quorum",), "is missing")])
    assert [fault.path for fault in error.faults] == [("seats",), ("quorum",)]
    assert str(error) == "seats: is -1\nquorum: is missing"


def test_contest_error_takes_a_plain_message() -> None:
    error = ContestError("The file is empty.")
    assert error.faults == (Fault((), "The file is empty."),)
    assert str(error) == "The file is empty."


def test_unknown_name_suggests_and_lists() -> None:
    error = UnknownName("model", "medain", ["mean", "median"])
    assert (error.kind, error.name, error.known) == ("model", "medain", ("mean", "median"))
    assert str(error) == "There is no model 'medain'. Did you mean 'median'? Known: mean, median."


@pytest.mark.parametrize(
    ("name", "known", "text"),
    [
        ("x", [], "None are declared."),
        ("zzz", ["b", "a", "b"], "Known: a, b."),
        ("iraqq", ["iraq", "iran"], "Did you mean 'iraq'? Known: iran, iraq."),
    ],
)
def test_nearest(name: str, known: list[str], text: str) -> None:
    assert nearest(name, known) == text


def test_nearest_shortens_a_long_list_but_suggests_from_all_of_it() -> None:
    known = [f"actor-{number:02}" for number in range(15)]
    assert nearest("zzz", known, most=2) == "Known: actor-00, actor-01 and 13 more."
    assert nearest("actr-14", known, most=2).startswith("Did you mean 'actor-14'?")


ERRORS = [
    RealpolitikError("a"),
    ContestError([Fault(PATH, "is empty", "c.yaml", 3, 7)]),
    ModelError("b"),
    ReadingError("c"),
    StorageError("d"),
    UnknownName("model", "medain", ["median"]),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_is_one_of_ours_and_pickles_whole(error: RealpolitikError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, RealpolitikError)
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def fail() -> None:
    raise ContestError([Fault(PATH, "is empty")])


def test_an_error_in_a_worker_arrives_with_its_faults() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        future = pool.submit(fail)
        with pytest.raises(ContestError) as caught:
            future.result()
    assert caught.value.faults == (Fault(PATH, "is empty"),)

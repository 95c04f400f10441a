"""What every registered model promises, whatever it computes.

A new input view adds one example below; a new model of a known view adds nothing.
"""

import inspect
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.bargaining import ActorTable
from realpolitik.models.conflict import DrawnConflict, StateGraph, ordered
from realpolitik.models.crisis import Crowd, ThreatGame
from realpolitik.models.crisis.played import NamedCrisis
from realpolitik.models.crisis.template import template
from realpolitik.models.voting import Ballot
from realpolitik.registry import models

REFERENCES = Path(__file__).parents[1] / "reference"
DRAWS, SIZE = 40, 5
NAMES = tuple(f"n{index}" for index in range(SIZE))


def actor_table() -> ActorTable:
    rng = np.random.default_rng(1)
    shape = (DRAWS, SIZE, 2)
    everybody = np.ones((SIZE, 2), dtype=bool)
    position, salience, capability = rng.uniform(0, 100, shape), rng.uniform(size=shape), rng.uniform(0, 9, shape)
    ends = np.zeros(2), np.full(2, 100.0)
    return ActorTable(NAMES, ("x", "y"), position, salience, capability, *ends, everybody, np.full(2, 10.0))


def ballot() -> Ballot:
    rng = np.random.default_rng(2)
    attends, yes, rest, cohesion = rng.uniform(size=(4, DRAWS, SIZE))
    rule = DecisionRule.parse(passes="majority of cast", quorum="majority of seats")
    return Ballot(NAMES, np.arange(5, 5 + SIZE), 40, attends, yes, (1 - yes) * rest, cohesion, rule)


def threat_game() -> ThreatGame:
    sender, target = np.random.default_rng(3).normal(size=(2, DRAWS, 5))
    return ThreatGame(sender, target, np.ones(DRAWS))


def crowd() -> Crowd:
    rng = np.random.default_rng(4)
    share, threshold, spread = rng.uniform(size=(3, DRAWS, SIZE))
    return Crowd(NAMES, share, threshold, spread * 0.3, 0.1, rng.uniform(size=DRAWS), 0.0, rng.uniform(size=DRAWS))


def named_crisis() -> NamedCrisis:
    """A game with information sets and a closed form."""
    rng = np.random.default_rng(5)
    signal = template("signal")
    values = {one.name: rng.uniform(max(one.low, -2), min(one.high, 4), DRAWS) for one in signal.parameters}
    return NamedCrisis(signal, values, np.ones(DRAWS))


GRAPH = StateGraph.build({"a": ["x", "y"], "b": ["z"]}, statements={"a": ["x", "z"], "b": ["not x", "z"]})
FORMS = tuple(ordered(np.random.default_rng(maker).random((3, GRAPH.size)))[0] for maker in range(2))


def drawn_conflict() -> DrawnConflict:
    rng = np.random.default_rng(4)
    drawn, start = rng.integers(0, 3, size=(DRAWS, 2)), rng.integers(0, GRAPH.size, size=DRAWS)
    return DrawnConflict(GRAPH, ((-1, 0), (-1, 1)), FORMS, drawn, start)


EXAMPLES: dict[type, Callable[[], Any]] = {
    ActorTable: actor_table,
    Ballot: ballot,
    DrawnConflict: drawn_conflict,
    ThreatGame: threat_game,
    Crowd: crowd,
    NamedCrisis: named_crisis,
}
"""By input view, a seeded example of it."""

NAMED_AXIS = {ActorTable: ("actors", 1), Ballot: ("blocs", 1), Crowd: ("groups", 1)}
"""By input view, the field of names that may be reordered, and its axis in arrays with draws."""

CASES = [(name, variant) for name in models.names() for variant in models.get(name).about["variants"] or (None,)]


def run(name: str, variant: str | None, view: Any, seed: int = 0) -> Any:
    chosen = {} if variant is None else {"variant": variant}
    return models.get(name)(view, rng=np.random.default_rng(seed), **chosen)


def same(left: Any, right: Any) -> bool:
    """Whether two records hold the same, bit for bit."""
    pairs = [(getattr(left, field.name), getattr(right, field.name)) for field in fields(left)]
    return all(equal(one, two) for one, two in pairs)


def equal(one: Any, two: Any) -> bool:
    """Whether two values are the same; arrays bit for bit, also those by name."""
    if isinstance(one, dict):
        return one.keys() == two.keys() and all(equal(value, two[key]) for key, value in one.items())
    return np.array_equal(one, two) if isinstance(one, np.ndarray) else one == two


def reordered(view: Any, order: list[int]) -> Any:
    """The view with its names, and every array along them, in another order."""
    key, axis = NAMED_AXIS[type(view)]
    changed: dict[str, Any] = {}
    for field in fields(view):
        value = getattr(view, field.name)
        if field.name == key:
            value = tuple(value[index] for index in order)
        elif (
            isinstance(value, np.ndarray)
            and value.ndim > axis
            and value.shape[0] == DRAWS
            and value.shape[axis] == SIZE
        ):
            value = np.take(value, order, axis=axis)
        elif isinstance(value, np.ndarray) and value.shape[0] == SIZE:
            value = np.take(value, order, axis=0)
        changed[field.name] = value
    return type(view)(**changed)


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_same_seed_same_answer(name: str, variant: str | None) -> None:
    view = EXAMPLES[models.get(name).about["accepts"]]()
    assert same(run(name, variant, view), run(name, variant, view))


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_leaves_its_input_untouched(name: str, variant: str | None) -> None:
    make = EXAMPLES[models.get(name).about["accepts"]]
    view = make()
    run(name, variant, view)
    assert same(view, make())


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_answers_for_every_draw_and_survives_dump_and_parse(name: str, variant: str | None) -> None:
    answer = run(name, variant, EXAMPLES[models.get(name).about["accepts"]]())
    assert is_dataclass(answer)
    arrays = [value for field in fields(answer) if isinstance(value := getattr(answer, field.name), np.ndarray)]
    assert arrays
    assert all(array.shape[0] == DRAWS and np.isfinite(array).all() for array in arrays)
    assert same(pickle.loads(pickle.dumps(answer)), answer)


@pytest.mark.parametrize(
    ("name", "variant"), [case for case in CASES if models.get(case[0]).about["accepts"] is ActorTable]
)
def test_the_order_of_actors_does_not_matter(name: str, variant: str | None) -> None:
    view = actor_table()
    answer = run(name, variant, reordered(view, [3, 0, 4, 1, 2]))
    assert answer.outcome == pytest.approx(run(name, variant, view).outcome, rel=1e-12)


def test_the_order_of_groups_does_not_matter() -> None:
    view = crowd()
    answer = run("mobilisation", None, reordered(view, [3, 0, 4, 1, 2]))
    assert answer.turnout == pytest.approx(run("mobilisation", None, view).turnout, abs=2e-4)


def test_the_order_of_blocs_does_not_matter() -> None:
    """Sampled votes differ; what they estimate does not."""
    many = {
        field: np.repeat(getattr(ballot(), field)[:1], 20_000, axis=0) for field in ("attends", "yes", "no", "cohesion")
    }
    one = ballot()
    view = Ballot(one.blocs, one.seats, one.total_seats, **many, rule=one.rule)
    order = [3, 0, 4, 1, 2]
    other = {key: value[:, order] for key, value in many.items()}
    again = Ballot(
        tuple(one.blocs[index] for index in order), one.seats[order], one.total_seats, **other, rule=one.rule
    )
    shares = [run("passage", None, ballot).passed.mean() for ballot in (view, again)]
    assert 0.05 < shares[0] < 0.95
    assert abs(shares[0] - shares[1]) <= 4 * np.sqrt(2 * 0.25 / 20_000)


@pytest.mark.parametrize("name", models.names())
def test_is_documented_and_checked_against_a_source(name: str) -> None:
    entry = models.get(name)
    assert entry.about["reference"]
    assert entry.summary
    assert (REFERENCES / f"{name}.yaml").is_file()
    assert f"tests/reference/{name}.yaml" in (inspect.getdoc(entry.function) or "")
    defaults = inspect.signature(entry.function).parameters
    if entry.about["variants"]:
        assert defaults["variant"].default == entry.about["variants"][0]

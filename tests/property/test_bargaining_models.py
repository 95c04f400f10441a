"""What every bargaining baseline promises on any table."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.models.bargaining import ActorTable, compromise, mean, median

MODELS = [mean, median, compromise]
SHARES = st.integers(1, 100).map(lambda percent: percent / 100)
POSITIONS = st.integers(0, 400).map(lambda quarter: quarter / 4)


@st.composite
def tables(draw: st.DrawFn) -> ActorTable:
    """One to three draws, one to six actors, one or two issues; positions 0 to 100, all weights above zero."""
    draws, actors, issues = draw(st.integers(1, 3)), draw(st.integers(1, 6)), draw(st.integers(1, 2))
    shape, size = (draws, actors, issues), draws * actors * issues
    position, salience, capability = (
        np.array(draw(st.lists(values, min_size=size, max_size=size))).reshape(shape)
        for values in (POSITIONS, SHARES, SHARES)
    )
    names = tuple(f"a{index}" for index in range(actors))
    low, high = np.zeros(issues), np.full(issues, 100.0)
    everybody = np.ones((actors, issues), dtype=bool)
    return ActorTable(names, tuple(f"i{index}" for index in range(issues)), position, salience, capability,
                      low, high, everybody)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
@given(table=tables())
def test_the_settlement_lies_among_the_positions(model: Any, table: ActorTable) -> None:
    outcome = model(table).outcome
    assert (outcome >= table.position.min(axis=1)).all()
    assert (outcome <= table.position.max(axis=1)).all()


@pytest.mark.parametrize("model", MODELS)
@given(table=tables(), scale=st.sampled_from([-3.0, -1.0, 0.5, 8.0]), shift=st.integers(-50, 50))
def test_a_change_of_unit_changes_nothing_else(model: Any, table: ActorTable, scale: float, shift: int) -> None:
    ends = np.sort(np.stack([table.low, table.high]) * scale + shift, axis=0)
    moved = replace(table, position=table.position * scale + shift, low=ends[0], high=ends[1])
    assert model(moved).outcome == pytest.approx(model(table).outcome * scale + shift, abs=1e-9)


@pytest.mark.parametrize("model", MODELS)
@given(table=tables(), factor=st.sampled_from([1e-6, 0.3, 7.0, 1e9]))
def test_the_unit_of_capability_does_not_matter(model: Any, table: ActorTable, factor: float) -> None:
    louder = replace(table, capability=table.capability * factor)
    assert model(louder).outcome == pytest.approx(model(table).outcome, abs=1e-9)


@pytest.mark.parametrize("model", [median, compromise])
@given(table=tables())
def test_an_actor_may_be_split_in_two_halves(model: Any, table: ActorTable) -> None:
    twice = replace(
        table,
        actors=(*table.actors, *(f"{name}-again" for name in table.actors)),
        position=np.concatenate([table.position] * 2, axis=1),
        salience=np.concatenate([table.salience] * 2, axis=1),
        capability=np.concatenate([table.capability / 2] * 2, axis=1),
        takes_part=np.concatenate([table.takes_part] * 2),
    )
    assert model(twice).outcome == pytest.approx(model(table).outcome, abs=1e-9)


@pytest.mark.parametrize("model", [median, compromise])
@given(table=tables())
def test_whoever_does_not_care_does_not_count(model: Any, table: ActorTable) -> None:
    beside = np.concatenate([table.salience, np.zeros_like(table.salience[:, :1])], axis=1)
    joined = replace(
        table,
        actors=(*table.actors, "indifferent"),
        position=np.concatenate([table.position, np.full_like(table.position[:, :1], 100)], axis=1),
        salience=beside,
        capability=np.concatenate([table.capability, table.capability[:, :1]], axis=1),
        takes_part=np.concatenate([table.takes_part, table.takes_part[:1]]),
    )
    assert model(joined).outcome == pytest.approx(model(table).outcome, abs=1e-9)


@given(table=tables())
def test_the_median_beats_every_position_in_weighted_distance(table: ActorTable) -> None:
    weight = table.weight("salience", "capability")

    def distance(point: Any) -> Any:
        return (weight * abs(table.position - point[:, np.newaxis, :])).sum(axis=1)

    best = distance(median(table).outcome)
    for actor in range(len(table.actors)):
        assert (best <= distance(table.position[:, actor, :]) + 1e-9).all()

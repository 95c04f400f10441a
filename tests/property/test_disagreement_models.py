"""What the Nash and the Kalai–Smorodinsky solution promise on any table."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.models.bargaining import ActorTable, kalai_smorodinsky, nash
from realpolitik.models.bargaining.kalai_smorodinsky import KALAI_SMORODINSKY_VARIANTS
from realpolitik.models.bargaining.nash import NASH_VARIANTS
from tests.property.test_bargaining_models import POSITIONS, tables

CASES = [
    *((nash, variant) for variant in NASH_VARIANTS),
    *((kalai_smorodinsky, variant) for variant in KALAI_SMORODINSKY_VARIANTS),
]


@st.composite
def with_reference(draw: st.DrawFn) -> ActorTable:
    table = draw(tables())
    points = draw(st.lists(POSITIONS, min_size=len(table.issues), max_size=len(table.issues)))
    return replace(table, reference_point=np.array(points))


def loss(table: ActorTable, variant: str, outcome: Any) -> Any:
    away = abs(table.position - outcome[:, np.newaxis, :]) / 100
    return away**2 if variant.startswith("quadratic") else away


@pytest.mark.parametrize(("model", "variant"), CASES)
@settings(max_examples=25)
@given(table=with_reference())
def test_nobody_is_worse_off_than_without_agreement(model: Any, variant: str, table: ActorTable) -> None:
    outcome = model(table, variant=variant).outcome
    worst = loss(table, variant, table.reference_point) + (1.0 if variant.endswith("costly") else 0.0)
    assert (loss(table, variant, outcome) <= worst + 1e-12).all()
    among = np.stack([table.position.min(axis=1), table.position.max(axis=1)])
    assert ((outcome >= among[0]) & (outcome <= among[1]) | (outcome == table.reference_point)).all()


@pytest.mark.parametrize(("model", "variant"), CASES)
@settings(max_examples=25)
@given(table=with_reference(), scale=st.sampled_from([-3.0, -1.0, 0.5, 8.0]), shift=st.integers(-50, 50))
def test_a_change_of_unit_changes_nothing_else(
    model: Any, variant: str, table: ActorTable, scale: float, shift: int
) -> None:
    ends = np.sort(np.stack([table.low, table.high]) * scale + shift, axis=0)
    point = table.reference_point * scale + shift
    moved = replace(table, position=table.position * scale + shift, low=ends[0], high=ends[1], reference_point=point)
    expected = model(table, variant=variant).outcome * scale + shift
    assert model(moved, variant=variant).outcome == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(("model", "variant"), CASES)
@settings(max_examples=25)
@given(table=with_reference(), factor=st.sampled_from([1e-6, 0.3, 7.0, 1e9]))
def test_the_unit_of_capability_does_not_matter(model: Any, variant: str, table: ActorTable, factor: float) -> None:
    louder = replace(table, capability=table.capability * factor)
    assert model(louder, variant=variant).outcome == pytest.approx(model(table, variant=variant).outcome, abs=1e-9)


@pytest.mark.parametrize(("model", "variant"), CASES)
@settings(max_examples=25)
@given(table=with_reference())
def test_an_actor_may_be_split_in_two_halves(model: Any, variant: str, table: ActorTable) -> None:
    twice = replace(
        table,
        actors=(*table.actors, *(f"{name}-again" for name in table.actors)),
        position=np.concatenate([table.position] * 2, axis=1),
        salience=np.concatenate([table.salience] * 2, axis=1),
        capability=np.concatenate([table.capability / 2] * 2, axis=1),
        takes_part=np.concatenate([table.takes_part] * 2),
    )
    assert model(twice, variant=variant).outcome == pytest.approx(model(table, variant=variant).outcome, abs=1e-9)


@pytest.mark.parametrize(("model", "variant"), CASES)
@settings(max_examples=25)
@given(table=with_reference())
def test_whoever_does_not_care_has_no_veto(model: Any, variant: str, table: ActorTable) -> None:
    joined = replace(
        table,
        actors=(*table.actors, "indifferent"),
        position=np.concatenate([table.position, np.full_like(table.position[:, :1], 100)], axis=1),
        salience=np.concatenate([table.salience, np.zeros_like(table.salience[:, :1])], axis=1),
        capability=np.concatenate([table.capability, table.capability[:, :1]], axis=1),
        takes_part=np.concatenate([table.takes_part, table.takes_part[:1]]),
    )
    assert (model(joined, variant=variant).outcome == model(table, variant=variant).outcome).all()

"""What the spatial model and the probabilistic Condorcet election promise on any table."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.models.bargaining import ActorTable, ElectionRules, courses, pce, spatial, winning_chances
from realpolitik.models.bargaining.spatial import RULES
from tests.property.test_bargaining_models import tables

VARIANTS = st.sampled_from([name for name in RULES if name != "stochastic"])


def relabelled(table: ActorTable, order: list[int]) -> ActorTable:
    """The same actors listed in another order."""
    rows = {name: getattr(table, name)[:, order] for name in ("position", "salience", "capability")}
    return replace(table, actors=tuple(table.actors[n] for n in order), takes_part=table.takes_part[order], **rows)


def twins(table: ActorTable) -> bool:
    """Whether two actors of a draw have the same numbers, so that a tie between them may fall either way."""
    numbers = np.concatenate([table.position, table.salience, table.capability], axis=2)
    return any(len(np.unique(rows, axis=0)) < len(rows) for rows in numbers)


@given(table=tables(), variant=VARIANTS)
def test_everybody_stays_between_the_outermost_positions(table: ActorTable, variant: Any) -> None:
    found = spatial(table, variant=variant, history=True)
    least, most = (end(table.position, axis=1, keepdims=True) for end in (np.min, np.max))
    for now in found.rounds:
        assert (now.position >= least - 0.005 - 1e-9).all()
        assert (now.position <= most + 0.005 + 1e-9).all()
    assert np.isfinite(found.outcome).all()


@given(table=tables(), variant=VARIANTS, data=st.data())
def test_the_order_of_actors_permutes_their_courses(table: ActorTable, variant: Any, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(table.actors))))
    rules = RULES[variant]
    for one, two in zip(courses(table, rules), courses(relabelled(table, order), rules), strict=True):
        assert one.outcome.tolist() == two.outcome.tolist()
        if not twins(table):
            assert one.position[:, order].tolist() == two.position.tolist()
            assert one.chance[:, order].tolist() == two.chance.tolist()


@given(table=tables(), variant=VARIANTS, factor=st.sampled_from([0.5, 4.0]), shift=st.integers(-50, 50))
def test_a_change_of_unit_changes_nothing_else(table: ActorTable, variant: Any, factor: float, shift: int) -> None:
    ends = np.stack([table.low, table.high]) * factor + shift
    moved = replace(table, position=table.position * factor + shift, low=ends[0], high=ends[1])
    outcome = spatial(table, variant=variant).outcome
    assert spatial(moved, variant=variant).outcome == pytest.approx(outcome * factor + shift, abs=1e-6)


@given(table=tables(), variant=VARIANTS, factor=st.sampled_from([2.0**-30, 2.0, 2.0**40]))
def test_the_unit_of_capability_does_not_matter(table: ActorTable, variant: Any, factor: float) -> None:
    louder = replace(table, capability=table.capability * factor)
    assert spatial(louder, variant=variant).outcome.tolist() == spatial(table, variant=variant).outcome.tolist()


@given(table=tables(), variant=VARIANTS)
def test_one_position_is_where_all_who_share_it_settle(table: ActorTable, variant: Any) -> None:
    united = replace(table, position=np.repeat(table.position[:, :1], len(table.actors), axis=1))
    assert spatial(united, variant=variant).outcome == pytest.approx(united.position[:, 0], abs=1e-9)
    assert pce(united).outcome == pytest.approx(united.position[:, 0], abs=1e-9)


@given(table=tables(), election=st.sampled_from(["conditional", "markov-incentive", "markov-uniform"]))
def test_chances_of_the_candidates_add_up_to_one(table: ActorTable, election: Any) -> None:
    chance = winning_chances(table, ElectionRules(election=election))
    for draw in range(table.draws):
        position = [tuple(row) for row in table.position[draw].tolist()]
        heads = dict(zip(position, chance[draw].tolist(), strict=True))
        assert sum(heads.values()) == pytest.approx(1)
        assert min(heads.values()) >= 0


@settings(max_examples=50)
@given(table=tables())
def test_draws_do_not_depend_on_each_other(table: ActorTable) -> None:
    together = spatial(table).outcome
    for draw in range(table.draws):
        rows = {name: getattr(table, name)[draw : draw + 1] for name in ("position", "salience", "capability")}
        assert spatial(replace(table, **rows)).outcome.tolist() == together[draw : draw + 1].tolist()

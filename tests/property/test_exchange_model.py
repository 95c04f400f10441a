"""What the exchange model promises on any table of two issues or more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.models.bargaining import ActorTable, compromise, exchange
from realpolitik.models.bargaining.exchange import RULES
from tests.property.test_bargaining_models import POSITIONS, SHARES

CAPABILITIES = st.integers(1, 9).map(float)


@st.composite
def tables(draw: st.DrawFn) -> ActorTable:
    """One or two draws, one to five actors, two or three issues; some actors lack positions."""
    draws, actors, issues = draw(st.integers(1, 2)), draw(st.integers(1, 5)), draw(st.integers(2, 3))
    shape, size = (draws, actors, issues), draws * actors * issues
    values = [
        np.array(draw(st.lists(each, min_size=size, max_size=size))).reshape(shape)
        for each in (POSITIONS, SHARES, CAPABILITIES)
    ]
    part = np.array(draw(st.lists(st.booleans(), min_size=actors * issues, max_size=actors * issues)))
    part = part.reshape(actors, issues)
    part[0] = True
    names = tuple(f"a{index}" for index in range(actors))
    return ActorTable(names, tuple("xyz"[:issues]), *values, np.zeros(issues), np.full(issues, 100.0), part)


def run(table: ActorTable, variant: Any = "equal-gain", history: bool = False, **rules: Any) -> Any:
    chosen = replace(RULES[variant], **{"max_rounds": 2, **rules})
    return exchange(table, rules=chosen, history=history, rng=np.random.default_rng(0))


@pytest.mark.parametrize("variant", list(RULES))
@given(table=tables())
def test_votes_and_outcome_stay_among_the_positions(variant: Any, table: ActorTable) -> None:
    found = run(table, variant, history=True)
    low = np.where(table.takes_part, table.position, np.inf).min(axis=1)
    high = np.where(table.takes_part, table.position, -np.inf).max(axis=1)
    for each in found.rounds:
        votes = np.where(table.takes_part, each.position, low[:, np.newaxis])
        assert (votes >= low[:, np.newaxis] - 1e-9).all()
        assert (votes <= high[:, np.newaxis] + 1e-9).all()
    assert np.isfinite(found.outcome).all()
    assert (found.outcome >= low - 1e-9).all()
    assert (found.outcome <= high + 1e-9).all()


@pytest.mark.parametrize("variant", list(RULES))
@given(table=tables())
def test_both_sides_of_every_exchange_are_told(variant: Any, table: ActorTable) -> None:
    found = run(table, variant, history=True)
    deals = found.details["exchanges"]
    assert len(found.moves) == 2 * len(deals)
    for index, deal in enumerate(deals):
        first, second = found.moves[2 * index : 2 * index + 2]
        assert (first.actor, first.because_of) == deal.partners == (second.because_of, second.actor)
        assert (first.issue, second.issue) == deal.gives
        assert first.issue != second.issue
        assert min(deal.won) > 0
        assert min(deal.gain) >= -1e-12
        if not RULES[variant].randomness:
            assert deal.gain[0] == pytest.approx(deal.gain[1], rel=1e-6, abs=1e-12)


@given(table=tables(), scale=st.sampled_from([-4.0, -1.0, 0.5, 8.0]), shift=st.integers(-64, 64))
def test_a_change_of_unit_changes_nothing_else(table: ActorTable, scale: float, shift: int) -> None:
    """Turning a scale round needs an outcome on which nobody stands, or a rule that takes no side."""
    ends = np.sort(np.stack([table.low, table.high]) * scale + shift, axis=0)
    moved = replace(table, position=table.position * scale + shift, low=ends[0], high=ends[1])
    ours = run(table, at_outcome="neither").outcome * scale + shift
    assert run(moved, at_outcome="neither").outcome == pytest.approx(ours, abs=1e-6)


@pytest.mark.parametrize("variant", list(RULES))
@given(table=tables(), factor=st.sampled_from([2.0**-30, 0.25, 8.0]))
def test_the_unit_of_capability_does_not_matter(variant: Any, table: ActorTable, factor: float) -> None:
    louder = replace(table, capability=table.capability * factor)
    assert (run(louder, variant).outcome == run(table, variant).outcome).all()


@given(table=tables(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: ActorTable, order: Any) -> None:
    rows = list(range(len(table.actors)))
    order.shuffle(rows)
    other = replace(
        table,
        actors=tuple(table.actors[row] for row in rows),
        takes_part=table.takes_part[rows],
        **{name: getattr(table, name)[:, rows] for name in ("position", "salience", "capability")},
    )
    assert run(other, "randomised").outcome == pytest.approx(run(table, "randomised").outcome, abs=1e-6)


@given(table=tables())
def test_draws_do_not_touch_each_other(table: ActorTable) -> None:
    for draw in range(table.draws):
        alone = replace(
            table, **{name: getattr(table, name)[draw : draw + 1] for name in ("position", "salience", "capability")}
        )
        assert (run(alone).outcome[0] == run(table).outcome[draw]).all()


@given(table=tables())
def test_whoever_does_not_care_does_not_count(table: ActorTable) -> None:
    def joined(values: Any, filling: float) -> Any:
        return np.concatenate([values, np.full_like(values[:, :1], filling)], axis=1)

    beside = replace(
        table,
        actors=(*table.actors, "indifferent"),
        position=joined(table.position, 100.0),
        salience=joined(table.salience, 0.0),
        capability=joined(table.capability, 9.0),
        takes_part=np.concatenate([table.takes_part, np.ones_like(table.takes_part[:1])]),
    )
    assert run(beside).outcome == pytest.approx(run(table).outcome, abs=1e-6)


@given(table=tables())
def test_with_nothing_to_trade_it_is_the_compromise(table: ActorTable) -> None:
    """All salience equal: nobody cares more for one issue than for another, so no exchange gains."""
    even = replace(table, salience=np.full_like(table.salience, 0.5))
    found = run(even)
    assert found.outcome == pytest.approx(compromise(even).outcome, abs=1e-9)
    assert found.converged.all()

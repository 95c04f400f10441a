"""What the expected-utility model promises on any table, under rules drawn at random."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.models.bargaining import ActorTable, ChallengeRules, challenge
from realpolitik.models.bargaining.challenge import VARIANTS
from realpolitik.models.bargaining.challenge.rules import choices

FEW = settings(max_examples=25)
SHARES = st.integers(1, 100).map(lambda percent: percent / 100)
POSITIONS = st.integers(0, 400).map(lambda quarter: quarter / 4)


@st.composite
def tables(draw: st.DrawFn) -> ActorTable:
    """One draw, one issue, two to six actors; positions 0 to 100, all weights above zero."""
    size = draw(st.integers(2, 6))
    columns = [draw(st.lists(values, min_size=size, max_size=size)) for values in (POSITIONS, SHARES, SHARES)]
    positions, salience, capability = (dict(zip("abcdef", column, strict=False)) for column in columns)
    return ActorTable.one_issue(positions, salience=salience, capability=capability)


@st.composite
def rule_sets(draw: st.DrawFn) -> ChallengeRules:
    """Any but a lottery, at most four rounds."""
    chosen: dict[str, Any] = {
        name: draw(st.sampled_from([one for one in known if one != "lottery"])) for name, known in choices().items()
    }
    return ChallengeRules(**chosen, q=draw(st.sampled_from([1.0, 0.5])), max_rounds=draw(st.integers(1, 4)))


def end(table: ActorTable, rules: ChallengeRules) -> Any:
    """Last positions of all actors."""
    return challenge(table, rules=rules, history=True).rounds[-1].position[0, :, 0]


@FEW
@given(table=tables(), rules=rule_sets())
def test_nobody_ever_leaves_the_span_of_positions(table: ActorTable, rules: ChallengeRules) -> None:
    solved = challenge(table, rules=rules, history=True)
    low, high = table.position.min(), table.position.max()
    assert all(((each.position >= low) & (each.position <= high)).all() for each in solved.rounds)
    assert (solved.outcome >= low - 1e-12).all()
    assert (solved.outcome <= high + 1e-12).all()


@FEW
@given(table=tables(), rules=rule_sets(), seed=st.integers(0, 99))
def test_relabelling_actors_permutes_their_positions(table: ActorTable, rules: ChallengeRules, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(table.actors))
    other = replace(
        table,
        actors=tuple(table.actors[index] for index in order),
        position=table.position[:, order],
        salience=table.salience[:, order],
        capability=table.capability[:, order],
    )
    assert end(other, rules) == pytest.approx(end(table, rules)[order], abs=1e-9)


@FEW
@given(table=tables(), rules=rule_sets(), scale=st.sampled_from([0.5, 8.0]), shift=st.integers(-50, 50))
def test_a_change_of_unit_changes_nothing_else(
    table: ActorTable, rules: ChallengeRules, scale: float, shift: int
) -> None:
    moved = replace(
        table, position=table.position * scale + shift, low=table.low * scale + shift, high=table.high * scale + shift
    )
    assert end(moved, rules) == pytest.approx(end(table, rules) * scale + shift, abs=1e-9)


@FEW
@given(table=tables(), factor=st.sampled_from([1e-6, 0.3, 7.0, 1e9]), rules=rule_sets())
def test_the_unit_of_capability_does_not_matter(table: ActorTable, factor: float, rules: ChallengeRules) -> None:
    louder = replace(table, capability=table.capability * factor)
    assert end(louder, rules) == pytest.approx(end(table, rules), abs=1e-9)


@pytest.mark.parametrize("variant", ["settled", "paper", "quantal"])
@FEW
@given(table=tables())
def test_left_and_right_are_alike(table: ActorTable, variant: Any) -> None:
    """Not so for ``scholz-table``, whose choice among compromises favours the low end of the scale."""
    mirror = replace(table, position=100 - table.position)
    assert end(mirror, VARIANTS[variant]) == pytest.approx(100 - end(table, VARIANTS[variant]), abs=1e-9)


@FEW
@given(table=tables(), rules=rule_sets())
def test_two_halves_act_like_the_whole_where_numbers_of_actors_do_not_count(
    table: ActorTable, rules: ChallengeRules
) -> None:
    """Security and votes over all pairs count heads, a logit response counts offers, and halves move one by one."""
    rules = replace(rules, security="none", success="pair", update="simultaneous")
    rules = replace(rules, choice="strongest") if rules.choice == "logit" else rules
    twice = replace(
        table,
        actors=(*table.actors, *(f"{name}-again" for name in table.actors)),
        position=np.concatenate([table.position] * 2, axis=1),
        salience=np.concatenate([table.salience] * 2, axis=1),
        capability=np.concatenate([table.capability / 2] * 2, axis=1),
        takes_part=np.concatenate([table.takes_part] * 2),
    )
    assert end(twice, rules) == pytest.approx(np.tile(end(table, rules), 2), abs=1e-9)

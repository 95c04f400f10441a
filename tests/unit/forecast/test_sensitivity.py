"""What moves which outcome: closed forms, correlated and shared quantities, chance apart."""

import json

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import Chunk, sample
from realpolitik.forecast.factors import factors, placed
from realpolitik.forecast.moving import sensitivity_as_json
from realpolitik.forecast.sensitivity import Effect, Sensitivity, sensitivity
from tests.small import contest
from tests.unit.report.contests import bare, full

HEAD = "contest: study\ntitle: x\nas_of: 2020-01-08\nhorizon: 2020-12-31\n"

SUM = f"""{HEAD}
quantities: {{a: uniform(0, 1), b: uniform(0, 1)}}
pathway:
  first: {{judgement: a}}
  second: {{judgement: b, when: first}}
outcomes: {{both: second, one: first, none: otherwise}}
"""
"""P(both) = a b, P(none) = 1 - a."""

NOISELESS = f"""{HEAD}
quantities: {{a: uniform(0, 1), b: uniform(0, 1), idle: uniform(0, 1)}}
pathway: {{start: {{judgement: 1}}}}
outcomes: {{both: a > 0.5 and b > 0.5, other: otherwise}}
"""


def effect(found: Sensitivity, outcome: str, name: str) -> Effect:
    return next(each for each in found.of(outcome) if each.factor.name.startswith(name))


def test_shares_of_a_product_of_judgements() -> None:
    """p = a b: Var(E[Y|a]) = Var(a) / 4, Var(p) = 7/144, E[p] = 1/4; a and b alone 1/48 each, together 1/144."""
    found = sensitivity(contest(SUM), 8_192, 1)
    variance = 3 / 16
    both = found.outcomes[0]
    assert both.probability == pytest.approx(1 / 4, abs=0.01)
    assert both.quantities is not None
    assert both.chance is not None
    assert both.quantities.value == pytest.approx(7 / 144 / variance, abs=0.03)
    assert both.quantities.value + both.chance.value == pytest.approx(1)
    assert both.chance.low <= both.chance.value <= both.chance.high
    for name in ("quantities.a", "quantities.b"):
        row = effect(found, "both", name)
        assert row.first.value == pytest.approx(1 / 48 / variance, abs=0.03)
        assert row.total.value == pytest.approx((1 / 48 + 1 / 144) / variance, abs=0.02)
    pair = next(each for each in found.interactions if each.outcome == "both")
    assert pair.together.value == pytest.approx(1 / 144 / variance, abs=0.02)
    none = effect(found, "none", "quantities.a")
    assert none.total.value == pytest.approx(1 / 3, abs=0.03)
    assert effect(found, "none", "quantities.b").total.value == 0


def test_the_tornado_is_what_the_ends_of_a_quantity_do() -> None:
    found = sensitivity(contest(SUM), 8_192, 1)
    swing = effect(found, "both", "quantities.a").swing
    assert swing is not None
    assert swing.low == pytest.approx(0.05 / 2, abs=0.01)
    assert swing.high == pytest.approx(0.95 / 2, abs=0.015)
    assert 0 < swing.standard_error < 0.01


def test_without_chance_all_is_quantities() -> None:
    """y = [a > 1/2][b > 1/2]: shares 1/3 alone each, 1/3 together."""
    found = sensitivity(contest(NOISELESS), 4_096, 1)
    both = found.outcomes[0]
    assert both.quantities is not None
    assert both.quantities.value == pytest.approx(1, abs=0.05)
    for name in ("quantities.a", "quantities.b"):
        assert effect(found, "both", name).first.value == pytest.approx(1 / 3, abs=0.03)
        assert effect(found, "both", name).total.value == pytest.approx(2 / 3, abs=0.03)
    assert found.interactions[0].second.value == pytest.approx(1 / 3, abs=0.05)
    assert [factor.name for factor in found.unread] == ["quantities.idle"]


def test_a_vote_is_chance_and_not_the_blocs() -> None:
    """Attendance hardly matters where members decide by a coin: its share is small though every vote is drawn anew."""
    text = f"""{HEAD}
chambers:
  house:
    seats: 100
    passes: majority of present
    blocs: {{all: {{seats: 100, attends: 0.80 to 0.82, yes: 0.5, no: 0.5, cohesion: 0.3}}}}
pathway: {{law: {{chamber: house}}}}
outcomes: {{passed: law.passed, failed: otherwise}}
"""
    found = sensitivity(contest(text), 4_096, 1)
    row = effect(found, "passed", "chambers.house.blocs.all.attends")
    assert abs(row.total.value) < 0.04
    assert row.total.low <= 0.01
    assert found.outcomes[0].chance is not None
    assert found.outcomes[0].chance.value > 0.93


def test_correlated_quantities_are_one_factor() -> None:
    text = NOISELESS + "correlations: [{between: [quantities.a, quantities.b], rank: -0.8}]\n"
    found = sensitivity(contest(text), 2_048, 1)
    assert [row.factor.members for row in found.of("both")] == [("quantities.a", "quantities.b")]
    row = found.of("both")[0]
    assert row.factor.signs == (1, -1)
    assert row.total.value == pytest.approx(1, abs=0.06)
    assert row.swing is not None
    assert row.swing.low == row.swing.high == 0  # one of the two is always low


def test_chains_of_correlations_are_joined_with_their_signs() -> None:
    text = f"""{HEAD}
quantities: {{a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1), d: uniform(0, 1)}}
pathway: {{start: {{judgement: a}}}}
outcomes: {{x: start and b > 0, y: otherwise}}
correlations:
  - {{between: [quantities.a, quantities.b], rank: -0.5}}
  - {{between: [quantities.c, quantities.d], rank: 0.5}}
  - {{between: [quantities.b, quantities.c], rank: -0.3}}
"""
    (found,) = factors(contest(text))
    assert dict(zip(found.members, found.signs, strict=True)) == {
        "quantities.a": 1, "quantities.b": -1, "quantities.c": 1, "quantities.d": 1,
    }  # fmt: skip
    assert found.name == "quantities.a and 3 correlated with it"


def test_a_shared_quantity_moves_every_field_that_names_it() -> None:
    known = {found.members[0]: found.moves for found in factors(contest(SUM))}
    assert known["quantities.a"] == ("quantities.a", "pathway.first.judgement")


def test_placed_quantities_are_distributed_as_drawn_ones() -> None:
    found = full()
    drawn = sample(found, 1, Chunk(0, 4_000))
    ours = placed(found, {address: np.sort(values) for address, values in _uniform(found, 4_000).items()})
    for address, values in drawn.items():
        held = np.quantile(values, [0.1, 0.5, 0.9])
        width = float(np.ptp(values)) or 1.0
        assert np.allclose(np.quantile(ours[address], [0.1, 0.5, 0.9]), held, atol=0.03 * width), address


def _uniform(found: Contest, rows: int) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return {address: (np.arange(rows) + 0.5) / rows for each in factors(found) for address in each.members}


def test_a_mixture_with_a_shared_part_takes_it_as_it_stands() -> None:
    text = f"""{HEAD}
quantities: {{a: uniform(0, 1)}}
pathway: {{start: {{judgement: 'mixture(1: a, 3: uniform(0.9, 1))'}}}}
outcomes: {{x: start, y: otherwise}}
"""
    u = {"quantities.a": np.array([0.3, 0.3, 0.3]), "pathway.start.judgement": np.array([0.1, 0.25, 0.625])}
    found = placed(contest(text), u)["pathway.start.judgement"]
    assert found.tolist() == pytest.approx([0.3, 0.9, 0.95])
    moved = next(each for each in factors(contest(text)) if each.members == ("quantities.a",)).moves
    assert moved == ("quantities.a", "pathway.start.judgement")
    assert sensitivity(contest(text), 512, 1).outcomes[0].quantities is not None


def test_the_choice_among_parts_is_apart_from_a_shared_part() -> None:
    """y comes surely if the part is a and a > 1/2 (else never): P = 1/4; choice and a have 1/3 alone, 2/3 in all."""
    text = f"""{HEAD}
quantities: {{a: 'mixture(1: 0, 1: 1)'}}
pathway: {{start: {{judgement: 'mixture(1: a, 1: 0)'}}}}
outcomes: {{x: start, y: otherwise}}
"""
    found = sensitivity(contest(text), 4_096, 1)
    assert found.outcomes[0].probability == pytest.approx(1 / 4, abs=0.02)
    for name in ("quantities.a", "pathway.start.judgement"):
        assert effect(found, "x", name).first.value == pytest.approx(1 / 3, abs=0.04)
        assert effect(found, "x", name).total.value == pytest.approx(2 / 3, abs=0.04)


def test_many_quantities_are_screened_and_the_strong_ones_kept() -> None:
    weak = "".join(f"  w{i}: {{judgement: uniform(0, 1)}}\n" for i in range(40))
    strong = "pathway:\n  strong: {judgement: uniform(0, 1)}\n"
    text = f"{HEAD}{strong}{weak}outcomes: {{x: strong and (w0 or not w0), y: otherwise}}\n"
    found = sensitivity(contest(text), 4_096, 1)
    row = effect(found, "x", "pathway.strong")
    assert (row.rows, row.screened_out) == (4_096, False)
    assert row.total.value == pytest.approx(1 / 3, abs=0.04)
    screened = [each for each in found.of("x") if each.screened_out]
    assert len(screened) >= 35
    assert {each.rows for each in screened} == {1_024}
    assert all(each.total.high > 0 for each in screened)


def test_a_certain_outcome_has_no_shares_and_a_bare_contest_is_all_chance() -> None:
    found = sensitivity(bare(), 256, 1)
    assert found.effects == ()
    assert found.outcomes[0].quantities is not None
    assert abs(found.outcomes[0].quantities.value) < 0.25
    certain = sensitivity(contest(SUM.replace("none: otherwise", "none: not first, never: otherwise")), 256, 1)
    assert certain.outcomes[-1].quantities is None
    assert certain.outcomes[-1].chance is None
    assert not certain.of("never")


def test_same_seed_same_numbers_and_plain_data() -> None:
    one, two = (sensitivity_as_json(sensitivity(full(), 100, 3)) for _ in range(2))
    assert json.dumps(one) == json.dumps(two)
    assert one["rows"] == 128
    assert one != sensitivity_as_json(sensitivity(full(), 100, 4))


def test_progress_reaches_what_was_planned() -> None:
    told: list[tuple[int, int]] = []
    sensitivity(contest(SUM), 2_048, 1, progress=lambda done, planned: told.append((done, planned)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == list(range(1, len(told) + 1))


@pytest.mark.parametrize(("rows", "seed"), [(1, 1), (10**7, 1), (256, -1)])
def test_impossible_numbers_are_refused(rows: int, seed: int) -> None:
    with pytest.raises(ContestError, match=r"are possible|must be 0"):
        sensitivity(contest(SUM), rows, seed)

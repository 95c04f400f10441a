"""The expected-utility model: reference values, every rule against plain Python, edges, refusals."""

import random
import subprocess
import sys
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.bargaining import ActorTable, ChallengeRules, challenge, compromise, median
from realpolitik.models.bargaining.challenge import VARIANTS, kernel
from realpolitik.models.bargaining.challenge.codes import encoded
from realpolitik.models.bargaining.challenge.rules import choices
from tests.plain import challenge as plain
from tests.references import cases

Row = tuple[float, float, float]
"""Position, salience, capability."""


def table_of(rows: list[Row], scale: tuple[float, float] = (0, 100)) -> ActorTable:
    columns = ({f"a{index}": row[column] for index, row in enumerate(rows)} for column in range(3))
    positions, salience, capability = columns
    return ActorTable.one_issue(positions, salience=salience, capability=capability, scale=scale)


def random_row(rng: random.Random) -> Row:
    return rng.uniform(0, 100), rng.random(), rng.uniform(0, 9)


def coarse_row(rng: random.Random) -> Row:
    """Ties, zeros and equal positions are common."""
    return rng.randint(0, 4) * 25.0, rng.choice([0, 0.25, 0.5, 1.0]), float(rng.randint(0, 4))


def random_rules(rng: random.Random) -> ChallengeRules:
    """Any rules but a lottery."""
    chosen: dict[str, Any] = {
        name: rng.choice([one for one in known if one != "lottery"]) for name, known in choices().items()
    }
    return ChallengeRules(
        **chosen,
        q=rng.choice([1, 0.5, 0.2]),
        t=rng.random(),
        precision=rng.choice([0.5, 2]),
        max_rounds=rng.choice([2, 6]),
        tolerance=rng.choice([0.001, 0.05]),
    )


@pytest.fixture
def many() -> ActorTable:
    """Two hundred draws of twelve actors: enough for the compiled kernel."""
    rng, shape = np.random.default_rng(3), (200, 12, 1)
    position, salience, capability = rng.uniform(0, 100, shape), rng.uniform(size=shape), rng.uniform(0, 9, shape)
    names, everybody = tuple(f"a{index}" for index in range(12)), np.ones((12, 1), dtype=bool)
    return ActorTable(names, ("x",), position, salience, capability, np.zeros(1), np.full(1, 100.0), everybody)


@pytest.mark.parametrize("case", cases("challenge"), ids=lambda case: case["name"])
def test_reference(case: dict[str, Any]) -> None:
    columns = ({actor: row[column] for actor, row in case["actors"].items()} for column in range(3))
    capability, positions, salience = columns
    table = ActorTable.one_issue(positions, salience=salience, capability=capability, scale=tuple(case["scale"]))
    rules = replace(VARIANTS[case["variant"]], **case.get("rules", {}))
    solved = challenge(table, rules=rules, history=True)
    assert solved.reasons[0].startswith(case["reason"])
    assert solved.outcome == solved.rounds[-1].median
    for measure in ("median", "mean"):
        found = np.array([getattr(each, measure).item() for each in solved.rounds])
        if measure in case:
            assert len(found) == len(case[measure])
            missed = np.flatnonzero(abs(found - case[measure]) > case["tolerance"])
            assert missed.tolist() == case.get("missed", {}).get(measure, [])
        else:
            assert found[-1] == pytest.approx(case["last"][measure], abs=case["tolerance"])
    if "positions" in case:
        path = np.stack([each.position[0, :, 0] for each in solved.rounds], axis=1)
        for actor, start, found in zip(table.actors, positions.values(), path, strict=True):
            expected = case["positions"].get(actor, [start] * len(found))
            assert found == pytest.approx(expected, abs=6e-5), actor


def test_risk_exponents_of_the_emission_case() -> None:
    case = next(case for case in cases("challenge") if "risk" in case)
    capability, x, salience = np.array(list(case["actors"].values())).T
    rules, weight = encoded(VARIANTS["scholz-table"]), capability * salience
    apart, ones = kernel.distances(x, 6.0), np.ones(len(x))
    odds = kernel.chances(apart, weight, ones, rules)
    expected = kernel.utilities(x, salience, odds, ones, 7.0, 6.0, rules)
    found = kernel.exponents(*expected, apart, rules)
    assert dict(zip(case["actors"], found, strict=True)) == pytest.approx(case["risk"], abs=6e-5)


def test_chances_of_the_emission_case_are_those_of_the_paper() -> None:
    """Exact: 248/677 for 4 against 7, 31/73 for 4 against 10, 341/677 for 7 against 10."""
    case = cases("challenge")[0]
    capability, x, salience = np.array(list(case["actors"].values())).T
    apart, rules = kernel.distances(x, 6.0), encoded(ChallengeRules())
    wins, loses = kernel.chances(apart, capability * salience, np.ones(len(x)), rules)
    netherlands, belgium, france = 0, 1, 4
    assert wins[netherlands, belgium] == pytest.approx(248 / 677, rel=1e-12)
    assert wins[netherlands, france] == pytest.approx(31 / 73, rel=1e-12)
    assert wins[belgium, france] == pytest.approx(341 / 677, rel=1e-12)
    assert wins + loses == pytest.approx(np.ones_like(wins), rel=1e-12)
    known = cases("challenge")[1]["risk"]
    risk = np.array([known[actor] for actor in case["actors"]])
    bent = encoded(ChallengeRules(success="all-pairs", votes="voter-risk"))
    tiny, _ = kernel.chances(apart, capability * salience, risk, bent)
    assert tiny[belgium, france] == pytest.approx(0.0073, abs=5e-5)


@pytest.mark.parametrize("make", [random_row, coarse_row])
def test_equals_the_plain_reference_under_any_rules(make: Any) -> None:
    rng, reasons = random.Random(20110128), set()
    for _ in range(150):
        rules = random_rules(rng)
        rows = [make(rng) for _ in range(rng.randint(2, 4 if rules.success == "all-pairs" else 8))]
        if not any(salience * capability for _, salience, capability in rows):
            rows.append((50.0, 1.0, 1.0))
        path, reason = plain.challenge(rows, 100, rules)
        solved = challenge(table_of(rows), rules=rules, history=True)
        assert len(solved.rounds) == len(path), rules
        found = np.array([each.position[0, :, 0] for each in solved.rounds])
        assert found == pytest.approx(np.array(path), abs=1e-9), rules
        assert {"rest": "Nobody", "median": "The median"}.get(reason, reason) in solved.reasons[0]
        assert bool(solved.converged) == (reason in ("rest", "median"))
        reasons.add(reason)
    assert {"rest", "median", "Stopped"} <= reasons


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_equal_the_plain_reference(variant: Any) -> None:
    rng = random.Random(1994)
    for _ in range(40):
        rows = [random_row(rng) for _ in range(rng.randint(2, 5))]
        path, _ = plain.challenge(rows, 100, VARIANTS[variant])
        solved = challenge(table_of(rows), variant=variant, history=True)
        assert solved.rounds[-1].position[0, :, 0] == pytest.approx(path[-1], abs=1e-9)
        assert solved.variant == variant
        assert solved.rules == asdict(VARIANTS[variant])


def test_a_very_sharp_logit_response_is_the_strongest_offer() -> None:
    rng, strongest = random.Random(1995), ChallengeRules(max_rounds=3)
    sharp = replace(strongest, choice="logit", precision=1e6)
    for _ in range(40):
        table = table_of([random_row(rng) for _ in range(5)])
        expected = challenge(table, rules=strongest, history=True).rounds[-1].position
        assert challenge(table, rules=sharp, history=True).rounds[-1].position == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("variant", VARIANTS)
def test_compiled_draws_equal_single_ones(many: ActorTable, variant: Any) -> None:
    together = challenge(many, variant=variant).outcome
    for draw in range(0, 200, 20):
        rows = np.stack([many.position, many.salience, many.capability], axis=-1)[draw, :, 0].tolist()
        assert together[draw] == pytest.approx(challenge(table_of(rows), variant=variant).outcome[0], abs=1e-9)


@pytest.mark.parametrize("rules", [ChallengeRules(outcome="median"), ChallengeRules(outcome="mean")])
def test_the_outcome_is_that_of_the_last_positions(many: ActorTable, rules: ChallengeRules) -> None:
    solved = challenge(many, rules=rules, history=True)
    end = replace(many, position=solved.rounds[-1].position)
    expected = median(end) if rules.outcome == "median" else compromise(end)
    assert solved.outcome.tolist() == expected.outcome.tolist()
    assert (solved.variant, solved.exact, solved.coalition) == (None, True, None)
    assert solved.rules["outcome"] == rules.outcome
    assert challenge(many, rules=rules).outcome.tolist() == solved.outcome.tolist()


def test_moves_tell_the_way_from_start_to_end(many: ActorTable) -> None:
    solved = challenge(many, history=True)
    position = many.position.copy()
    assert solved.moves
    for move in solved.moves:
        place = move.draw, many.actors.index(move.actor), 0
        assert position[place] == move.start != move.end
        assert move.because_of not in (None, move.actor)
        position[place] = move.end
    assert position.tolist() == solved.rounds[-1].position.tolist()
    assert challenge(many).moves == challenge(many).rounds == ()


def test_the_largest_margin_and_the_condorcet_winner_are_the_median() -> None:
    """Why neither is an outcome of its own: votes over it are linear in distance."""
    rng = np.random.default_rng(12)
    for _ in range(200):
        x, weight = rng.uniform(0, 1, 7), rng.uniform(0.1, 1, 7)
        margin = kernel.votes(kernel.distances(x, 1.0), weight)
        net = margin - margin.T
        best = int(np.argmax(net.max(axis=1)))
        assert (net[best] >= -1e-12).all()
        assert x[best] == kernel.middle_of(x, weight, encoded(ChallengeRules(median_ties="lower")))


def test_a_cycle_is_named_and_is_no_rest() -> None:
    """The strong lure the weak back and forth: found by search, checked by the plain reference."""
    rng = random.Random(7)
    rules, found = ChallengeRules(both_positive="weaker", stop="rest", max_rounds=30), set()
    for _ in range(300):
        rows = [random_row(rng) for _ in range(4)]
        solved = challenge(table_of(rows), rules=rules, history=True)
        if not solved.converged and "cycle" in solved.reasons[0]:
            length = int(solved.reasons[0].split()[-2])
            path = [each.position[0, :, 0] for each in solved.rounds]
            assert path[-1] == pytest.approx(path[-1 - length], abs=1e-6)
            again = challenge(table_of(rows), rules=replace(rules, stop="rounds"), history=True)
            assert len(again.rounds) == 31
            assert again.reasons == solved.reasons
            found.add(length)
    assert found
    assert min(found) >= 2


def test_a_lottery_needs_a_source_of_chance_and_keeps_its_odds() -> None:
    """Both expect 2 (1 - 2 * 1/2 * 1/4) and 2 (1 - 2 * 1/2 * 3/4), each above zero; the first wins 3 of 4 times."""
    draws = 4000
    shape = (draws, 2, 1)
    position, salience = np.broadcast_to([[0.0], [100.0]], shape), np.full(shape, 0.5)
    capability = np.broadcast_to([[3.0], [1.0]], shape)
    ends = np.zeros(1), np.full(1, 100.0)
    table = ActorTable(("a", "b"), ("x",), position, salience, capability, *ends, np.ones((2, 1), dtype=bool))
    rules = ChallengeRules(both_positive="lottery", security="none", outcome="mean")
    with pytest.raises(ModelError, match="pass a seeded generator as rng"):
        challenge(table, rules=rules)
    solved, again = (challenge(table, rules=rules, rng=np.random.default_rng(5)) for _ in range(2))
    assert solved.outcome.tolist() == again.outcome.tolist()
    assert set(solved.outcome.ravel().tolist()) == {0.0, 100.0}
    assert abs((solved.outcome == 0).mean() - 0.75) <= 4 * np.sqrt(0.75 * 0.25 / draws)
    assert not solved.exact
    assert solved.converged is not None
    assert solved.converged.all()


def test_under_a_lottery_a_round_without_moves_is_no_rest() -> None:
    """Three in conflict, only some beaten: luck may spare everybody in one round and not in the next."""
    rules = ChallengeRules(both_positive="lottery", security="none", choice="least", stop="rest", max_rounds=3)
    table = table_of([(0, 0.5, 3), (50, 0.5, 1), (100, 0.5, 2)])
    rounds = {len(challenge(table, rules=rules, history=True, rng=np.random.default_rng(s)).rounds) for s in range(20)}
    assert len(rounds) > 1


def test_a_lottery_leaves_the_clear_cases_alone() -> None:
    rules = ChallengeRules(both_positive="lottery", security="none")
    solved = challenge(table_of([(0, 1, 3), (100, 1, 1)]), rules=rules, history=True, rng=np.random.default_rng(1))
    assert [(move.actor, move.because_of, move.end) for move in solved.moves] == [("a1", "a0", 0.0)]


def test_several_issues_stand_alone_and_absent_actors_stay_out() -> None:
    rng = np.random.default_rng(4)
    shape, takes_part = (6, 5, 2), np.array([[1, 1], [1, 0], [1, 1], [0, 1], [1, 1]], dtype=bool)
    position, salience, capability = rng.uniform(-10, 10, shape), rng.uniform(size=shape), rng.uniform(1, 9, shape)
    for values in (position, salience, capability):
        values[:, ~takes_part] = np.nan
    actors, issues, ends = tuple("abcde"), ("x", "y"), (np.full(2, -10.0), np.full(2, 10.0))
    table = ActorTable(actors, issues, position, salience, capability, *ends, takes_part)
    solved = challenge(table, history=True)
    assert np.isfinite(solved.outcome).all()
    for issue in range(2):
        who = np.flatnonzero(takes_part[:, issue])
        for draw in range(6):
            rows = np.stack([values[draw, who, issue] for values in (position, salience, capability)], axis=-1)
            alone = challenge(table_of(rows.tolist(), (-10, 10)), history=True)
            assert solved.outcome[draw, issue] == pytest.approx(alone.outcome.item(), abs=1e-12)
            last = solved.rounds[-1].position[draw, :, issue]
            assert last[who] == pytest.approx(alone.rounds[-1].position[0, :, 0], abs=1e-12)
            assert np.isnan(last[~takes_part[:, issue]]).all()
    movers = {(move.actor, move.issue) for move in solved.moves}
    assert movers
    assert all(takes_part[actors.index(actor), issues.index(issue)] for actor, issue in movers)


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_to_bargain_over(variant: Any) -> None:
    for rows in ([(30.0, 1.0, 1.0)], [(30.0, 0.5, 2.0), (30.0, 1.0, 1.0), (30.0, 0.0, 4.0)]):
        solved = challenge(table_of(rows), variant=variant, history=True)
        assert solved.outcome.tolist() == [[30.0]]
        assert (solved.reasons, len(solved.rounds), solved.moves) == (("Nobody moves.",), 1, ())


@pytest.mark.parametrize("variant", VARIANTS)
def test_extreme_weights_stay_finite(variant: Any) -> None:
    rows = [(0.0, 1e-300, 1.7e308), (40.0, 1.0, 1.7e308), (100.0, 1.0, 5e-324), (100.0, 0.0, 1.0)]
    solved = challenge(table_of(rows), variant=variant, history=True)
    assert all(((each.position >= 0) & (each.position <= 100)).all() for each in solved.rounds)
    wide = table_of([(-8e307, 0.9, 1.0), (8e307, 0.2, 1.0), (1e307, 0.6, 1.0)], (-8e307, 8e307))
    assert np.isfinite(challenge(wide, variant=variant).outcome).all()


def test_whoever_does_not_care_still_challenges() -> None:
    """Salience zero is no vote and no resistance, but a challenger that costs nothing to yield to."""
    rows = [(0.0, 1.0, 1.0), (40.0, 0.8, 1.0)]
    joined = challenge(table_of([*rows, (100.0, 0.0, 1.0)]), history=True)
    assert any(move.actor == "a2" for move in joined.moves)
    assert np.isfinite(joined.outcome).all()


def test_nobody_cares_is_refused() -> None:
    with pytest.raises(ModelError, match=r"Issue 'issue', draw 0: the weights of all actors are zero"):
        challenge(table_of([(0.0, 0.0, 1.0), (1.0, 1.0, 0.0)]))


def test_unknown_names_and_numbers_out_of_range_are_refused() -> None:
    with pytest.raises(UnknownName, match=r"There is no challenge variant 'setled'\. Did you mean 'settled'"):
        challenge(table_of([(0.0, 1.0, 1.0)]), variant="setled")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match=r"no choice of 'range' in ChallengeRules 'fixed'"):
        ChallengeRules(range="fixed")  # type: ignore[arg-type]
    for wrong in (
        {"q": 1.1},
        {"t": -0.1},
        {"tolerance": 0.0},
        {"patience": 0},
        {"max_rounds": 0},
        {"precision": np.nan},
    ):
        with pytest.raises(ModelError, match=rf"ChallengeRules: {next(iter(wrong))} is .*, expected"):
            ChallengeRules(**wrong)


def test_importing_the_models_does_not_load_numba() -> None:
    code = "import sys; from realpolitik.registry import models; models.load(); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_small_problem_does_not_load_numba() -> None:
    code = (
        "import sys; from realpolitik.models.bargaining import ActorTable, challenge;"
        "challenge(ActorTable.one_issue({'a': 0, 'b': 9}, salience={'a': 1, 'b': 1}, capability={'a': 1, 'b': 2}));"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

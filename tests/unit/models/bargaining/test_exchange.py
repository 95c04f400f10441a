"""Position exchange: reference values, the plain reference on random tables, every rule, refusals, edges."""

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.bargaining import ActorTable, ExchangeRules, exchange
from realpolitik.models.bargaining.exchange import RULES, kernel, model
from tests.plain import exchange as plain
from tests.references import FOLDER, YAML, cases, number

ONCE = ExchangeRules(max_rounds=1)


Cells = Mapping[str, list[list[float] | None]]
"""Position, salience and capability by actor and issue."""


def table_of(cells: Cells, issues: tuple[str, ...], ends: list[tuple[float, float]] | None = None) -> ActorTable:
    """A table of one draw from position, salience and capability by actor and issue."""
    low, high = np.array(ends or [(0, 100)] * len(issues), dtype=float).T
    part = np.array([[cell is not None for cell in row] for row in cells.values()])
    columns = [np.array([[[cell[k] if cell else np.nan for cell in row] for row in cells.values()]]) for k in range(3)]
    return ActorTable(tuple(cells), issues, *columns, low, high, part)


def random_cells(rng: np.random.Generator) -> tuple[dict[str, list[list[float] | None]], tuple[str, ...]]:
    """Two to eight actors, two to four issues; some positions coincide, some are missing, some care nothing."""
    actors, issues = int(rng.integers(2, 9)), int(rng.integers(2, 5))
    cells: dict[str, list[list[float] | None]] = {}
    for a in range(actors):
        cells[f"a{a}"] = [
            None
            if a > 0 and rng.random() < 0.15
            else [
                float(rng.choice([0, 25, 50, 75, 100]) if rng.random() < 0.5 else rng.uniform(0, 100)),
                float(rng.uniform(0.05, 1)) if a == 0 or rng.random() < 0.95 else 0.0,
                float(rng.uniform(0.05, 9)),
            ]
            for _ in range(issues)
        ]
    return cells, tuple(f"i{q}" for q in range(issues))


def some_table(seed: int = 0, draws: int = 3) -> ActorTable:
    """Seven actors and three issues, everybody present."""
    rng = np.random.default_rng(seed)
    shape = (draws, 7, 3)
    values = rng.uniform(0, 100, shape), rng.uniform(0.1, 1, shape), rng.uniform(0.1, 9, shape)
    names = tuple("gfedcba")
    return ActorTable(names, tuple("xyz"), *values, np.zeros(3), np.full(3, 100.0), np.ones((7, 3), dtype=bool))


@pytest.mark.parametrize("case", cases("exchange"), ids=lambda case: case["name"])
@pytest.mark.parametrize("variant", ["equal-gain", "decide"])
def test_reference(case: dict[str, Any], variant: Any) -> None:
    table = table_of(case["actors"], tuple(case["issues"]))
    found = exchange(table, rules=replace(RULES[variant], max_rounds=1), history=True)
    close = {"rel": case["tolerance"], "abs": case["tolerance"] * 100}
    assert found.outcome[0] == pytest.approx([number(x) for x in case["expected"]], **close)
    assert found.rounds[0].mean[0] == pytest.approx([number(x) for x in case["start"]], **close)
    assert [(e.partners, e.gives) for e in found.details["exchanges"]] == [
        (tuple(e["partners"]), tuple(e["gives"])) for e in case["exchanges"]
    ]
    for ours, theirs in zip(found.details["exchanges"], case["exchanges"], strict=True):
        assert ours.won == pytest.approx([number(x) for x in theirs["won"]], **close)
        assert ours.lost == pytest.approx([number(x) for x in theirs["lost"]], **close)
        assert ours.gain[0] == pytest.approx(ours.gain[1], **close)
        others = [theirs["others"].get(name, 0) for name in table.actors]
        assert ours.externality == pytest.approx(others, **close)
    assert {m.actor: [m.issue, m.start, pytest.approx(m.end, **close)] for m in found.moves} == case["moves"]
    assert [(m.actor, m.because_of) for m in found.moves] == [("two", "one"), ("one", "two")]


def test_the_most_that_either_of_two_actors_can_gain() -> None:
    case = cases("exchange")[0]
    (one_p, one_q), (two_p, two_q) = (tuple(cell[1] for cell in case["actors"][name]) for name in ("one", "two"))
    most = {
        "two": kernel.best_gain(100 / 7, 250 / 7, (two_p, two_q), (one_p, one_q)),
        "one": kernel.best_gain(250 / 7, 100 / 7, (one_q, one_p), (two_q, two_p)),
    }
    assert most == {name: pytest.approx(number(value), rel=1e-12) for name, value in case["most"].items()}


@pytest.fixture(scope="module")
def decide() -> ActorTable:
    """The sample table of the open program, which may not be copied."""
    folder = os.environ.get("REALPOLITIK_DECIDE")
    if not folder:
        pytest.skip("set REALPOLITIK_DECIDE to a checkout of decide-exchange-model, whose sample this test reads")
    lines = (Path(folder) / "data/input/sample_data.txt").read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines, delimiter="\t", quotechar="'"))
    issues = [row[1] for row in rows if row[0] == "#P"]
    ends = {issue: [float(row[2]) for row in rows if row[:2] == ["#M", issue]] for issue in issues}
    cells = {
        actor[1]: [next([float(x) for x in row[3:6]] for row in rows if row[:3] == ["#D", actor[1], q]) for q in issues]
        for actor in rows
        if actor[0] == "#A"
    }
    return table_of(cells, tuple(issues), [(min(ends[q]), max(ends[q])) for q in issues])


def test_groningen_as_the_open_program_has_it(decide: ActorTable) -> None:
    expected = YAML(typ="safe").load((FOLDER / "exchange.yaml").read_text(encoding="utf-8"))["decide"]
    found = exchange(decide, rules=replace(RULES["decide"], max_rounds=3), history=True)
    percent = [(each.mean[0] - decide.low) / (decide.high - decide.low) * 100 for each in found.rounds]
    assert percent[0] == pytest.approx(expected["start"], abs=6e-7)
    made = [[e for e in found.details["exchanges"] if e.round == index] for index in (1, 2, 3)]
    assert [e.gain[0] for e in made[0][:5]] == pytest.approx(expected["first_gains"], abs=6e-10)
    assert sum(e.gain[0] for e in made[0]) == pytest.approx(expected["rounds"][0]["gain"], abs=6e-10)
    for outcome, exchanges, row in zip(percent[1:], made, expected["rounds"], strict=True):
        assert len(exchanges) == row["exchanges"]
        assert outcome == pytest.approx(row["outcome"], abs=6e-7)
    first = {(m.actor, m.issue): (m.start, m.end) for m in found.moves[:2]}
    for actor, issue, begin, end in expected["first_moves"]:
        assert first[actor, issue] == pytest.approx((begin, end), abs=6e-5)


@pytest.mark.parametrize("variant", ["equal-gain", "decide"])
def test_equals_the_plain_reference_on_random_tables(variant: Any) -> None:
    rng = np.random.default_rng(20)
    choices = {"own_deals": True, "ignore_passed": True, "summed": True} if variant == "decide" else {}
    exchanges = 0
    for _ in range(250):
        cells, issues = random_cells(rng)
        table = table_of(cells, issues)
        found = exchange(table, rules=replace(RULES[variant], max_rounds=3), history=True)
        flat = {(a, q): tuple(cell) for a in cells for q, cell in zip(issues, cells[a], strict=True) if cell}
        played = plain.votes_after(flat, list(cells), issues, 3, **choices)
        for index, each in enumerate(found.rounds[1:]):
            ours = {(e.partners, e.gives): e for e in found.details["exchanges"] if e.round == index + 1}
            assert [(*pair, *reversed(gives)) for pair, gives in ours] == [done[:4] for done in played[index].done]
            assert [e.gain[0] for e in ours.values()] == pytest.approx([d[4] for d in played[index].done], rel=1e-7)
            exchanges += len(ours)
            for (actor, issue), vote in played[index].vote.items():
                at = each.position[0, table.actors.index(actor), table.issues.index(issue)]
                assert at == pytest.approx(vote, abs=1e-7)
    assert exchanges > 1000


@pytest.mark.parametrize("rules", [ExchangeRules(), ExchangeRules(randomness=0.7)])
def test_every_exchange_is_worth_its_gain_where_the_outcome_really_stood(rules: ExchangeRules) -> None:
    """Or more, if others have moved the outcome so far that what a partner gives brings it nearer to itself."""
    exact = 0
    table = some_table(draws=5)
    found = exchange(table, rules=rules, history=True, rng=np.random.default_rng(1))
    share = table.weight("capability", "salience")
    share = share / share.sum(axis=1, keepdims=True)
    stand: dict[tuple[int, int], np.ndarray] = {}
    for number_, deal in enumerate(found.details["exchanges"]):
        votes = stand.setdefault((deal.draw, deal.round), found.details["starts"][deal.round - 1][deal.draw].copy())
        start = found.details["starts"][deal.round - 1][deal.draw]
        before = (share[deal.draw] * votes).sum(axis=0)
        for move in found.moves[2 * number_ : 2 * number_ + 2]:
            cell = table.actors.index(move.actor), table.issues.index(move.issue)
            assert votes[cell] == pytest.approx(move.start, abs=1e-9)
            votes[cell] = move.end
        after = (share[deal.draw] * votes).sum(axis=0)
        nearer = (table.salience[deal.draw] * (abs(before - start) - abs(after - start))).sum(axis=1)
        for partner, gain in zip(deal.partners, deal.gain, strict=True):
            assert gain >= -1e-12
            assert nearer[table.actors.index(partner)] >= gain - 1e-8
            exact += int(nearer[table.actors.index(partner)] <= gain + 1e-8)
        third = [name not in deal.partners for name in table.actors]
        assert np.array(deal.externality)[third] == pytest.approx(nearer[third], abs=1e-8)
    assert 2 * len(found.details["exchanges"]) > exact > 1.5 * len(found.details["exchanges"]) > 75


def test_rounds_start_part_of_the_way_to_the_vote() -> None:
    table = some_table()
    found = exchange(table, rules=ExchangeRules(max_rounds=2), history=True)
    start, vote = found.details["starts"][0], found.rounds[1].position
    assert found.details["starts"][1] == pytest.approx(start + (0.1 + 0.4 * (1 - table.salience)) * (vote - start))
    assert found.outcome == pytest.approx(found.rounds[2].mean)
    assert not found.converged.any()
    assert found.reasons[found.reason[0]] == model.REASONS[1]


def test_history_changes_nothing_and_rounds_of_draws_that_ended_stay() -> None:
    calm, lively = (some_table(seed, draws=1) for seed in (0, 1))
    calm = replace(calm, position=np.full_like(calm.position, 40.0))
    both = replace(calm, **{
        name: np.concatenate([getattr(calm, name), getattr(lively, name)])
        for name in ("position", "salience", "capability")
    })  # fmt: skip
    for variant in RULES:
        seeded = [np.random.default_rng(3) for _ in range(2)]
        told = exchange(both, variant=variant, history=True, rng=seeded[0])
        short = exchange(both, variant=variant, rng=seeded[1])
        assert (told.outcome == short.outcome).all()
        assert (told.converged == short.converged).all()
        assert told.converged.tolist() == [True, False]
        assert not short.rounds
        assert not short.details
        assert (told.rounds[-1].position[0] == 40).all()
        assert (told.outcome[0] == 40).all()


def test_machine_code_says_the_same_bit_for_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    table = some_table(draws=2)
    for rules in (*RULES.values(), ExchangeRules(ties="random", randomness=0.5, luck="once")):
        answers = []
        for small in (10**9, 0):
            kernel.compiled.cache_clear()
            monkeypatch.setattr(model, "SMALL", small)
            answers.append(exchange(table, rules=rules, rng=np.random.default_rng(5)))
        assert (answers[0].outcome == answers[1].outcome).all()
    kernel.compiled.cache_clear()


def test_machine_code_at_hand_is_used() -> None:
    kernel.compiled.cache_clear()
    small = some_table(draws=1)
    assert model._functions(small, ONCE) == (kernel.settle, kernel.trade)
    functions = kernel.compiled()
    assert model._functions(small, ONCE) == functions
    kernel.compiled.cache_clear()


def test_compiles_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    def refusing(**options: Any) -> Any:
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", refusing)
    assert kernel.compiled.__wrapped__() == (kernel.settle, kernel.trade)


def test_importing_the_model_does_not_import_numba() -> None:
    code = "import sys, realpolitik.models.bargaining; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_issue_is_refused() -> None:
    table = ActorTable.one_issue({"a": 1, "b": 9}, salience={"a": 1, "b": 1}, capability={"a": 1, "b": 1})
    with pytest.raises(ModelError, match=r"trades one issue for another.*'issue'.*'compromise'"):
        exchange(table)


def test_an_issue_that_nobody_cares_about_is_refused() -> None:
    table = some_table()
    salience = table.salience.copy()
    salience[1, :, 2] = 0
    with pytest.raises(ModelError, match="Issue 'z', draw 1"):
        exchange(replace(table, salience=salience))


@pytest.mark.parametrize("rules", [ExchangeRules(randomness=0.1), ExchangeRules(ties="random")])
def test_chance_needs_a_generator(rules: ExchangeRules) -> None:
    with pytest.raises(ModelError, match="rng"):
        exchange(some_table(), rules=rules)


def test_unknown_variant() -> None:
    with pytest.raises(UnknownName, match="equal-gain"):
        exchange(some_table(), variant="equal-gains")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["at_outcome", "known_moves", "once_passed", "rising_offers", "ties", "luck"])
def test_unknown_choice(name: str) -> None:
    with pytest.raises(UnknownName, match=f"exchange rule {name}"):
        ExchangeRules(**{name: "perhaps"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [("randomness", 1.5), ("max_rounds", 0), ("tolerance", 0.0), ("minimum_gain", -1.0), ("fixed_share", np.nan)],
)
def test_numbers_out_of_range(name: str, value: float) -> None:
    with pytest.raises(ContestError, match=name):
        ExchangeRules(**{name: value})  # type: ignore[arg-type]


def test_shares_beyond_the_vote() -> None:
    with pytest.raises(ContestError, match="beyond the vote"):
        ExchangeRules(fixed_share=0.7, salience_share=0.4)


def test_says_under_which_rules() -> None:
    named = exchange(some_table(), variant="decide")
    assert named.variant == "decide"
    assert named.rules == asdict(RULES["decide"])
    assert named.exact
    own = exchange(some_table(), rules=ExchangeRules(max_rounds=3))
    assert own.variant is None
    assert own.rules["max_rounds"] == 3


@pytest.mark.parametrize("variant", list(RULES))
def test_a_single_actor_and_equal_positions_stay_where_they_are(variant: Any) -> None:
    rng = np.random.default_rng(0)
    alone = table_of({"a": [[10, 0.5, 1], [70, 0.3, 2]]}, ("x", "y"))
    together = table_of({name: [[0.1, 0.7, 3], [99.9, 0.3, 0.1]] for name in "abc"}, ("x", "y"))
    for table in (alone, together):
        found = exchange(table, variant=variant, rng=rng, history=True)
        assert (found.outcome[0] == table.position[0, 0]).all()
        assert found.converged.all()
        assert found.reasons[found.reason[0]] == model.REASONS[0]
        assert len(found.rounds) == 2
        assert not found.moves


def test_whoever_has_no_weight_trades_nothing() -> None:
    cells = {"a": [[0, 0.1, 1], [0, 0.9, 1]], "b": [[100, 0.6, 1], [100, 0.5, 1]]}
    beside = {**cells, "c": [[0, 0.0, 1], [0, 0.0, 5]], "d": [[100, 0.9, 0], [100, 0.2, 0]], "e": [[100, 0, 1], None]}
    found = exchange(table_of(beside, ("x", "y")), rules=ONCE, history=True)
    assert found.outcome == pytest.approx(exchange(table_of(cells, ("x", "y")), rules=ONCE).outcome)
    assert {move.actor for move in found.moves} == {"a", "b"}


@pytest.mark.parametrize("variant", list(RULES))
def test_extreme_capability(variant: Any) -> None:
    table = some_table()
    capability = table.capability.copy()
    capability[:, 0] *= 1e300
    capability[:, 1] *= 1e-300
    found = exchange(replace(table, capability=capability), variant=variant, rng=np.random.default_rng(0))
    assert found.outcome == pytest.approx(table.position[:, 0], abs=1e-6)


def test_missing_positions_are_shown_as_missing() -> None:
    cells = {"a": [[0, 0.1, 1], [0, 0.9, 1], None], "b": [[100, 0.6, 1], [100, 0.5, 1], [5, 1, 1]]}
    found = exchange(table_of(cells, ("x", "y", "z")), history=True)
    for position in (*(each.position for each in found.rounds), *found.details["starts"]):
        assert np.isnan(position[0, 0, 2])
        assert np.isfinite(position).sum() == 5
    assert found.outcome[0, 2] == 5


AT_OUTCOME = {"a": [[0, 0.2, 1], [50, 0.8, 1]], "b": [[100, 0.2, 1], [0, 0.4, 1]], "c": [[50, 0.4, 1], [100, 0.4, 1]]}
"""On x, c stands at the expected outcome; on y, a does."""


@pytest.mark.parametrize(("side", "pairs"), [("below", {"bc"}), ("above", {"ab"}), ("neither", set())])
def test_side_of_an_actor_at_the_outcome(side: Any, pairs: set[str]) -> None:
    rules = ExchangeRules(max_rounds=1, at_outcome=side, once_passed="ignore")
    found = exchange(table_of(AT_OUTCOME, ("x", "y")), rules=rules, history=True)
    assert {"".join(sorted(deal.partners)) for deal in found.details["exchanges"]} == pairs


TWINS = {
    "d": [[0, 0.2, 1], [0, 0.4, 1]],
    "b": [[0, 0.2, 1], [0, 0.4, 1]],
    "c": [[100, 0.4, 1], [100, 0.2, 1]],
    "a": [[100, 0.4, 1], [100, 0.2, 1]],
}


def first_pair(rules: ExchangeRules, seed: int = 0) -> str:
    found = exchange(table_of(TWINS, ("x", "y")), rules=rules, history=True, rng=np.random.default_rng(seed))
    return "".join(sorted(found.details["exchanges"][0].partners))


def test_ties() -> None:
    assert first_pair(ExchangeRules(ties="by-name")) == "ab"
    assert first_pair(ExchangeRules(ties="by-row")) == "cd"
    drawn = {first_pair(ExchangeRules(ties="random"), seed) for seed in range(40)}
    assert drawn == {"ab", "ad", "bc", "cd"}


def test_without_the_limit_the_outcome_may_pass_the_partner() -> None:
    case = cases("exchange")[2]
    table = table_of(case["actors"], tuple(case["issues"]))
    found = exchange(table, rules=ExchangeRules(max_rounds=1, stop_at_partner=False))
    assert found.outcome[0] == pytest.approx([70, 50 - 22.5])


def test_offers_upward_end_when_they_add_up() -> None:
    given = (table_of(TWINS, ("x", "y")), some_table())
    for table in given:
        free, summed = (
            exchange(table, rules=ExchangeRules(max_rounds=1, rising_offers=choice), history=True)
            for choice in ("free", "summed")
        )
        assert len(summed.details["exchanges"]) <= len(free.details["exchanges"])
    assert summed.outcome != pytest.approx(free.outcome)


def test_once_passed_and_known_moves_matter() -> None:
    table = some_table(4)
    outcomes = {
        (known, passed): exchange(table, rules=ExchangeRules(known_moves=known, once_passed=passed)).outcome.tobytes()
        for known in ("all", "own-deals")
        for passed in ("refuse", "ignore")
    }
    assert len(set(outcomes.values())) == 4


def test_luck_divides_the_gain() -> None:
    """Equal on average over who is lucky; one partner always goes as far as it can."""
    case = cases("exchange")[0]
    table = table_of(case["actors"], tuple(case["issues"]))
    draws = 2000
    many = replace(table, **{
        name: np.repeat(getattr(table, name), draws, axis=0) for name in ("position", "salience", "capability")
    })  # fmt: skip
    rules = replace(RULES["randomised"], max_rounds=1)
    found = exchange(many, rules=rules, history=True, rng=np.random.default_rng(8))
    two, one = np.array([deal.gain for deal in found.details["exchanges"]]).T
    assert len(two) == draws
    assert two.min() > -1e-12
    assert one.min() > -1e-12
    assert two.max() == pytest.approx(70 / 9, abs=0.02)
    assert one.max() == pytest.approx(14, abs=0.05)
    assert ((two > 5) == (one < 5)).all()
    assert (two > 5).mean() == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / draws))
    moved = np.array([abs(move.end - move.start) for move in found.moves]).reshape(draws, 2)
    assert moved.max(axis=1) == pytest.approx(100)
    assert not found.exact


class FullLuck:
    """A generator whose first actor always takes all."""

    def random(self) -> float:
        return 0.0


def test_luck_that_leaves_nothing_to_move_drops_the_exchange() -> None:
    """The lucky one would give way by a hundred-thousand-millionth of the scale for all that the other gives."""
    cells = {"a": [[0, 1e-13, 1e13], [0, 1, 1]], "b": [[100, 1, 1], [100, 1e-13, 1e13]]}
    table = table_of(cells, ("x", "y"))
    assert exchange(table, rules=ONCE, history=True).details["exchanges"]
    found = exchange(table, variant="randomised", rng=FullLuck(), history=True)  # type: ignore[arg-type]
    assert not found.details["exchanges"]
    assert found.outcome[0] == pytest.approx([50, 50])

"""The spatial model of politics against KTAB's output, a plain version of it, and at its edges."""

import gzip
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.bargaining import ActorTable, SpatialRules, courses, spatial
from realpolitik.models.bargaining.spatial import RULES
from tests.plain import spatial as plain
from tests.references import cases

CHOICES = {name: get_args(kind) for name, kind in get_type_hints(SpatialRules).items() if get_args(kind)}
PRINTED = 0.500001
"""In units of the last printed digit: how far a number may be from what is printed."""


def table_of(actors: dict[str, Any], scales: Sequence[Sequence[float]], percent: bool = False) -> ActorTable:
    """One draw from rows of capability, positions, saliences."""
    issues = tuple(f"issue {index}" for index in range(len(scales)))
    position, salience = (np.array([[row[part] for row in actors.values()]], dtype=float) for part in (1, 2))
    capability = np.array([[[row[0]] * len(issues) for row in actors.values()]], dtype=float)
    low, high = np.array(scales, dtype=float).T
    everybody = np.ones(position.shape[1:], dtype=bool)
    salience /= 100 if percent else 1
    return ActorTable(tuple(actors), issues, position, salience, capability, low, high, everybody)


def changed(table: ActorTable, **fields: Any) -> ActorTable:
    return replace(table, **fields)


def line(positions: Sequence[float], salience: float = 1.0) -> ActorTable:
    """Actors of the same capability on one issue from 0 to 100."""
    return table_of({f"a{n}": [1, [x], [salience]] for n, x in enumerate(positions)}, [[0, 100]])


@pytest.mark.parametrize("case", cases("spatial"), ids=lambda case: case["name"])
def test_reference(case: dict[str, Any]) -> None:
    table = table_of(case["actors"], case["scales"], case["percent"])
    (course,) = courses(table, SpatialRules(**case.get("rules", {})))
    assert (len(course.movement), course.converged) == (case["turns"], True)
    least, most = case.get("printed_scale", [0.0, 0.0])
    last = course.position[-1]
    if most > least:
        last = (last - table.low) / (table.high - table.low) * (most - least) + least
    assert last == pytest.approx(np.array(case["last_position"]), abs=case["tolerance"]["position"])
    for key, row in (("first_chance", 0), ("last_chance", -1)):
        if key in case:
            assert course.chance[row] == pytest.approx(np.array(case[key]), abs=case["tolerance"]["chance"])


class Log:
    """What KTAB's log of the sample says."""

    def __init__(self, folder: Path) -> None:
        path = folder / "data" / "ktab" / "reference-log-3Dim.txt.gz"
        if not path.is_file():
            pytest.skip(f"no file {path}")
        self.text = gzip.decompress(path.read_bytes()).decode()

    def numbers(self, pattern: str) -> list[list[float]]:
        return [[float(word) for word in found.split()] for found in re.findall(pattern, self.text)]

    def history(self) -> np.ndarray[Any, Any]:
        """Positions [turns + 1, actors, issues]."""
        rows = np.array(self.numbers(r"SActor-\d\d, Pstn\d:((?: +[\d.]+)+)"))
        return rows.reshape(7, 3, -1).transpose(2, 0, 1)


@pytest.fixture(scope="module")
def log(shared: Path) -> Log:
    return Log(shared)


@pytest.fixture(scope="module")
def sample() -> Any:
    case = cases("spatial")[0]
    return next(courses(table_of(case["actors"], case["scales"], case["percent"])))


def test_log_positions_turn_by_turn(log: Log, sample: Any) -> None:
    assert sample.position == pytest.approx(log.history(), abs=0.1 * PRINTED)
    exact = np.array(log.numbers(r"postn \d , 0 : \n((?: *[\d.]+)+)")).reshape(10, 7, 3)
    assert sample.position[1:] == pytest.approx(exact, abs=0.0001 * PRINTED)


def test_log_chances_turn_by_turn(log: Log, sample: Any) -> None:
    printed = np.array(log.numbers(r"SActor-\d\d, prob :((?: [\d.]+)+)")).T
    assert printed.shape == (11, 7)
    assert sample.chance == pytest.approx(printed, abs=0.0001 * PRINTED)


def test_log_movement_turn_by_turn(log: Log, sample: Any) -> None:
    printed = np.array(log.numbers(r"compared to first step: ([\d.]+)"))[:, 0]
    assert sample.movement / (sample.movement[0] + 1e-4) == pytest.approx(printed, abs=0.0001 * PRINTED)


def test_log_risk_attitudes_turn_by_turn(log: Log, sample: Any) -> None:
    printed = np.array(log.numbers(r"Inferred risk attitudes: \n((?: [-+][\d.]+ *\n)+)"))
    assert sample.risk == pytest.approx(printed, abs=0.001 * PRINTED)


def test_log_moves_turn_by_turn(log: Log, sample: Any) -> None:
    """The bargain that each actor took: its partner, -1 where it took none."""
    partner = {int(number): (int(i), int(j)) for number, i, j in re.findall(r"\[(\d+), (\d):(\d)\]", log.text)}
    chosen = re.findall(
        r"bargains of actor (\d)(?:(?!Chosen)[\s\S])*?Chosen bargain \( Deterministic \): (\d+)", log.text
    )
    turns: defaultdict[int, list[int]] = defaultdict(list)
    for actor, number in chosen:
        sides = partner[int(number)]
        other = sides[1] if sides[0] == int(actor) else sides[0]
        turns[int(actor)].append(-1 if other == int(actor) else other)
    assert np.array([turns[actor] for actor in range(7)]).T.tolist() == sample.because_of.tolist()


def random_case(rng: np.random.Generator) -> tuple[ActorTable, list[plain.Actor], SpatialRules]:
    """Two to eight actors, the strongest first, one to three issues, any rules."""
    actors, issues = int(rng.integers(2, 9)), int(rng.integers(1, 4))
    chosen = {name: known[rng.integers(len(known))] for name, known in CHOICES.items()}
    rules = SpatialRules(**{**chosen, "transitions": "deterministic"})
    position, salience = rng.uniform(size=(actors, issues)), rng.uniform(0.05, 1, (actors, issues)) / issues
    capability = np.sort(rng.uniform(1, 100, actors))[::-1]
    capability *= 100 / capability[0]
    rows = {f"a{n}": [capability[n], (100 * position[n]).tolist(), salience[n].tolist()] for n in range(actors)}
    people = [plain.Actor(tuple(position[n]), tuple(salience[n]), float(capability[n])) for n in range(actors)]
    return table_of(rows, [[0, 100]] * issues), people, rules


def test_agrees_with_the_plain_version_turn_by_turn() -> None:
    """Where two bargains tie but for rounding, or a position falls between two ten-thousandths, they may part."""
    rng, parted, trials = np.random.default_rng(7), 0, 200
    for _ in range(trials):
        table, people, rules = random_case(rng)
        (course,) = courses(table, rules)
        worlds = plain.play(people, rules)
        now = 100 * np.array([world.now for world in worlds])
        same = now.shape == course.position.shape and np.allclose(now, course.position, rtol=0, atol=1e-7)
        chance = np.array([world.chances() for world in worlds]) if same else None
        parted += not (same and np.allclose(chance, course.chance, rtol=0, atol=2e-5))
    assert parted <= trials // 100


@pytest.mark.parametrize("variant", RULES)
def test_history_tells_the_same_story(variant: Any) -> None:
    case = cases("spatial")[0]
    table = table_of(case["actors"], case["scales"], case["percent"])
    both = changed(table, **{
        name: np.concatenate([getattr(table, name), getattr(table, name)[:, ::-1]])
        for name in ("position", "salience", "capability")
    })  # fmt: skip
    told = spatial(both, variant=variant, history=True, rng=np.random.default_rng(1))
    brief = spatial(both, variant=variant, rng=np.random.default_rng(1))
    assert told.outcome.tolist() == brief.outcome.tolist()
    assert (brief.rounds, brief.moves) == ((), ())
    assert told.rounds[0].position.tolist() == both.position.tolist()
    now = both.position.copy()
    for number, current in enumerate(told.rounds):
        for move in told.moves:
            if move.round == number:
                cell = (move.draw, both.actors.index(move.actor), both.issues.index(move.issue))
                assert now[cell] == move.start != move.end
                assert move.because_of in both.actors
                assert move.because_of != move.actor
                now[cell] = move.end
        assert current.position.tolist() == now.tolist()
        assert np.isfinite(current.mean).all()
        assert np.isfinite(current.median).all()
    assert told.converged is not None
    assert told.converged.all()
    assert told.rules["outcome"] == RULES[variant].outcome


def test_named_rule_sets_differ_from_ktab_in_one_choice() -> None:
    for name, rules in RULES.items():
        changes = [key for key, value in vars(rules).items() if value != getattr(RULES["ktab"], key)]
        assert len(changes) == (name != "ktab")


def test_outcomes_are_the_mean_by_chance_or_the_likeliest_position() -> None:
    table = line([0, 30, 100])
    (course,) = courses(table)
    heads = {float(x): p for x, p in zip(course.position[-1, :, 0], course.chance[-1], strict=True)}
    mean = sum(x * p for x, p in heads.items()) / sum(heads.values())
    assert spatial(table).outcome[0, 0] == pytest.approx(mean, abs=0.1)
    assert spatial(table, variant="most-likely").outcome[0, 0] == max(heads, key=lambda x: heads[x])


def test_stochastic_transitions_need_chance_and_follow_the_seed() -> None:
    table = line([0, 20, 50, 55, 90])
    with pytest.raises(ModelError, match="rng"):
        spatial(table, variant="stochastic")
    many = changed(table, **{
        name: np.repeat(getattr(table, name), 50, axis=0) for name in ("position", "salience", "capability")
    })  # fmt: skip
    one, two, other = (spatial(many, variant="stochastic", rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.outcome.tolist() == two.outcome.tolist() != other.outcome.tolist()
    assert len(set(one.outcome[:, 0])) > 10
    assert not one.exact


def test_gives_up_after_the_last_turn() -> None:
    found = spatial(line([0, 30, 100]), rules=SpatialRules(most_turns=1))
    assert found.converged is not None
    assert found.reason is not None
    assert not found.converged[0]
    assert found.reasons[found.reason[0]] == "still moving after 1 turns"
    assert found.variant is None


def test_says_so_where_positions_come_back() -> None:
    """The last actor is pulled to and fro between two clusters, for ever."""
    rows = {"a": [2, [100], [0.7]], "b": [2, [20], [0.3]], "c": [3, [40], [0.5]], "d": [2, [90], [0.6]]}
    table = table_of({**rows, "e": [1, [100], [0.1]]}, [[0, 100]])
    (course,) = courses(table)
    assert course.period == 2
    assert course.position[-1].tolist() == course.position[-3].tolist() != course.position[-2].tolist()
    found = spatial(table)
    assert found.reason is not None
    assert "come back" in found.reasons[found.reason[0]]


def test_a_single_actor_has_its_way() -> None:
    found = spatial(line([37.5]), history=True)
    assert found.outcome.tolist() == [[37.5]]
    assert found.moves == ()


def test_nobody_moves_where_all_agree() -> None:
    found = spatial(line([40, 40, 40]), history=True)
    assert found.outcome.tolist() == [[40]]
    assert (len(found.rounds), found.moves) == (3, ())


@pytest.mark.parametrize("variant", [name for name in RULES if name != "stochastic"])
def test_whoever_does_not_care_challenges_nobody_and_gives_way(variant: Any) -> None:
    table = table_of({"keen": [1, [0], [0.9]], "cool": [1, [100], [0.0]]}, [[0, 100]])
    found = spatial(table, variant=variant, history=True)
    assert {(move.actor, move.because_of) for move in found.moves} == {("cool", "keen")}
    assert found.outcome[0, 0] == pytest.approx(0, abs=0.1)


def test_two_who_have_no_power_over_each_other_meet_halfway() -> None:
    """The challenger has no capability, the challenged no salience: the two offers count the same."""
    rows = {"weak": [0, [0], [0.5]], "cool": [1, [100], [0.0]], "strong": [1, [0], [0.5]]}
    found = spatial(table_of(rows, [[0, 100]]), variant="power-weighted")
    assert np.isfinite(found.outcome).all()


@pytest.mark.parametrize("factor", [1e-300, 1e-9, 1e9, 1e300])
def test_the_unit_of_capability_does_not_matter(factor: float) -> None:
    table = line([0, 20, 50, 55, 90])
    assert spatial(changed(table, capability=table.capability * factor)).outcome == pytest.approx(
        spatial(table).outcome
    )


@pytest.mark.parametrize("victory", CHOICES["victory"])
@pytest.mark.parametrize("election", CHOICES["election"])
def test_an_overwhelming_actor_has_its_way(victory: Any, election: Any) -> None:
    table = line([0, 20, 50, 55, 90])
    capability = table.capability.copy()
    capability[0, 4] = 1e15
    found = spatial(changed(table, capability=capability), rules=SpatialRules(victory=victory, election=election))
    assert found.outcome[0, 0] == pytest.approx(90, abs=0.1)


def test_saliences_that_add_up_to_more_than_one_are_scaled_together() -> None:
    case = cases("spatial")[0]
    table = table_of(case["actors"], case["scales"], case["percent"])
    fitted = changed(table, salience=table.salience / table.salience.sum(axis=2).max())
    tripled = changed(table, salience=fitted.salience * 1.9)
    assert spatial(tripled).outcome == pytest.approx(spatial(fitted).outcome, rel=1e-12)


def test_capability_by_issue_counts_by_salience() -> None:
    case = cases("spatial")[0]
    table = table_of(case["actors"], case["scales"], case["percent"])
    uneven = table.capability * np.array([0.5, 1.0, 2.0])
    mean = (uneven * table.salience).sum(axis=2, keepdims=True) / table.salience.sum(axis=2, keepdims=True)
    even = changed(table, capability=np.repeat(mean, 3, axis=2))
    assert spatial(changed(table, capability=uneven)).outcome == pytest.approx(spatial(even).outcome, rel=1e-9)


def test_refuses_missing_positions_and_issues_that_nobody_cares_for() -> None:
    case = cases("spatial")[0]
    table = table_of(case["actors"], case["scales"], case["percent"])
    mask = table.takes_part.copy()
    mask[2, 1] = False
    with pytest.raises(ModelError, match="Actor 'SActor-02' has no position on issue 'issue 1'"):
        spatial(changed(table, takes_part=mask))
    salience = table.salience.copy()
    salience[0, :, 2] = 0
    with pytest.raises(ModelError, match="Issue 'issue 2', draw 0"):
        spatial(changed(table, salience=salience))


def test_refuses_unknown_choices() -> None:
    with pytest.raises(UnknownName, match="spatial variant 'ktap'"):
        spatial(line([0, 1]), variant="ktap")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="choice of voting 'plural'"):
        SpatialRules(voting="plural")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="movement is -1"):
        SpatialRules(movement=-1)
    with pytest.raises(ModelError, match="most_turns is 0"):
        SpatialRules(most_turns=0)


def in_a_process_of_its_own(script: str) -> int:
    """Exit code; the script runs in the top folder of the checkout."""
    return subprocess.run([sys.executable, "-c", script], timeout=300, cwd=Path(__file__).parents[4]).returncode


def test_importing_the_models_and_a_small_table_load_no_compiler() -> None:
    script = (
        "import sys\n"
        "from realpolitik.models.bargaining import ActorTable, pce, spatial\n"
        "from realpolitik.registry import models\n"
        "assert 'spatial' in models.names()\n"
        "one = {'a': 1, 'b': 0.5, 'c': 0.7}\n"
        "table = ActorTable.one_issue({'a': 0, 'b': 40, 'c': 100}, salience=one, capability=one)\n"
        "spatial(table), pce(table)\n"
        "sys.exit('numba' in sys.modules)\n"
    )
    assert in_a_process_of_its_own(script) == 0


def test_compiled_and_plain_kernels_agree_to_the_last_bit() -> None:
    script = (
        "import sys, numpy as np\n"
        "from realpolitik.models.bargaining import courses\n"
        "from realpolitik.models.bargaining.spatial import kernel\n"
        "from tests.unit.models.bargaining.test_spatial import random_case\n"
        "rng = np.random.default_rng(3)\n"
        "cases = [random_case(rng) for _ in range(60)]\n"
        "def play():\n"
        "    return [value.tobytes() for table, _, rules in cases for course in courses(table, rules)\n"
        "            for value in vars(course).values() if isinstance(value, np.ndarray)]\n"
        "kernel.WORTH_COMPILING = 10**18\n"
        "plain = play()\n"
        "assert 'numba' not in sys.modules\n"
        "kernel.prepare(10**18)\n"
        "assert 'numba' in sys.modules\n"
        "sys.exit(play() != plain)\n"
    )
    assert in_a_process_of_its_own(script) == 0

"""Forecasts on condition: exact on small contests, honest about what is left of the draws."""

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, ModelError
from realpolitik.forecast.condition import EXPECTED, FEWEST, NEEDED, as_json, condition, pairs
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.store.run import load_run, save_run
from tests.small import contest

DRAWS = 40_000

CHAIN = """\
contest: chain
title: Three judgements and a choice
as_of: 2020-01-08
horizon: 2020-12-31
quantities: {mood: uniform(0, 1)}
pathway:
  law: {judgement: 0.6}
  notice: {judgement: 0.3, when: law}
  unrest: {judgement: 0.25}
  answer: {choice: {comply: 1, wait: 2, fight: 1}, when: notice or unrest}
outcomes:
  war: answer.fight
  exit: notice and answer.comply
  quiet: not unrest
  nothing: otherwise
"""

World = dict[str, bool]


def worlds(law: float = 0.6, notice: float = 0.3, unrest: float = 0.25) -> Iterator[tuple[float, World, str]]:
    """Every way through the chain with its probability: worked out by hand, without the program."""
    for is_law, is_notice, is_unrest, answer in product((0, 1), (0, 1), (0, 1), ("comply", "wait", "fight")):
        chance = (law if is_law else 1 - law) * (unrest if is_unrest else 1 - unrest)
        if is_law:
            chance *= notice if is_notice else 1 - notice
        elif is_notice:
            continue
        asked = bool(is_notice or is_unrest)
        chance *= {"comply": 0.25, "wait": 0.5, "fight": 0.25}[answer]
        world = {"law": bool(is_law), "notice": bool(is_notice), "unrest": bool(is_unrest)}
        world |= {f"answer.{name}": asked and answer == name for name in ("comply", "wait", "fight")}
        ends = (world["answer.fight"], is_notice and world["answer.comply"], not is_unrest, True)
        yield chance, world, ("war", "exit", "quiet", "nothing")[[bool(end) for end in ends].index(True)]


def exact(holds: Callable[[World], bool], **chances: float) -> dict[str, float]:
    found = dict.fromkeys(("war", "exit", "quiet", "nothing"), 0.0)
    total = 0.0
    for chance, world, outcome in worlds(**chances):
        if holds(world):
            found[outcome] += chance
            total += chance
    return {name: share / total for name, share in found.items()}


@pytest.fixture(scope="module")
def chain() -> Forecast:
    return forecast(contest(CHAIN), DRAWS, 1)


CONDITIONS: list[tuple[str, Callable[[World], bool]]] = [
    ("law", lambda world: world["law"]),
    ("not law", lambda world: not world["law"]),
    ("notice and not unrest", lambda world: world["notice"] and not world["unrest"]),
    ("answer.fight or answer.comply", lambda world: world["answer.fight"] or world["answer.comply"]),
    ("unrest and (law or answer.wait)", lambda world: world["unrest"] and (world["law"] or world["answer.wait"])),
    ("true", lambda world: True),
]


@pytest.mark.parametrize(("text", "holds"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_equals_the_exact_answer(chain: Forecast, text: str, holds: Callable[[World], bool]) -> None:
    found = condition(chain, text)
    expected = exact(holds)
    assert found.effective == found.agreeing
    for row in found.outcomes:
        error = np.sqrt(expected[row.name] * (1 - expected[row.name]) / found.effective)
        assert abs(row.after - expected[row.name]) <= 4 * error + 1e-12, row.name
    assert sum(row.after for row in found.outcomes) == pytest.approx(1)


@settings(max_examples=15)
@for_all(st.floats(0.2, 0.8), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_equals_the_exact_answer_whatever_the_judgements(law: float, notice: float, unrest: float) -> None:
    text = CHAIN.replace("law: {judgement: 0.6}", f"law: {{judgement: {law}}}")
    text = text.replace("0.3, when", f"{notice}, when").replace(
        "unrest: {judgement: 0.25}", f"unrest: {{judgement: {unrest}}}"
    )
    found = condition(forecast(contest(text), 20_000, 3), "answer.wait or not law")
    expected = exact(lambda world: world["answer.wait"] or not world["law"], law=law, notice=notice, unrest=unrest)
    for row in found.outcomes:
        assert abs(row.after - expected[row.name]) <= 5 * np.sqrt(0.25 / found.effective)


def test_a_shared_quantity_is_believed_anew() -> None:
    text = CHAIN.replace("unrest: {judgement: 0.25}", "unrest: {judgement: mood}")
    found = condition(forecast(contest(text), DRAWS, 1), "mood >= 0.5")
    side = next(row for row in pairs(forecast(contest(text), DRAWS, 1), ["mood >= 0.5"]) if row.outcome == "quiet")
    assert side.holds.probability == next(row.after for row in found.outcomes if row.name == "quiet")
    assert side.fails.probability is not None
    assert side.holds.probability is not None
    assert side.fails.probability > side.holds.probability + 0.2


def test_errors_are_those_of_repeated_forecasts() -> None:
    """Both standard errors against the scatter over seeds."""
    runs = [condition(forecast(contest(CHAIN), 3_000, seed), "notice").outcomes for seed in range(60)]
    for place in range(3):
        for value, error in (("after", "standard_error"), ("difference", "difference_error")):
            scatter = np.std([getattr(run[place], value) for run in runs], ddof=1)
            said = np.mean([getattr(run[place], error) for run in runs])
            assert 0.7 < scatter / said < 1.35, (place, value)


def test_pairs_are_conditions_and_their_opposites(chain: Forecast) -> None:
    found = pairs(chain, ["notice", "unrest"])
    assert [(row.given, row.outcome) for row in found] == list(product(["notice", "unrest"], chain.contest.outcomes))
    for row in found:
        for side, text in ((row.holds, row.given), (row.fails, f"not {row.given}")):
            alone = next(one for one in condition(chain, text).outcomes if one.name == row.outcome)
            assert (side.probability, side.standard_error) == (alone.after, alone.standard_error)
        assert row.difference is not None


def test_pairs_within_a_condition(chain: Forecast) -> None:
    row = pairs(chain, ["notice"], given="law")[0]
    assert row.holds.draws + row.fails.draws == condition(chain, "law").agreeing
    whole = condition(chain, "law and notice").outcomes[0]
    assert row.holds.probability == whole.after


def test_too_few_draws_are_refused_with_the_number_needed(chain: Forecast) -> None:
    few = forecast(contest(CHAIN), 900, 1)
    with pytest.raises(
        ModelError, match=r"of 900 draws agree; 100 are needed .* Ask for about [\d,]+ draws"
    ) as refused:
        condition(few, "notice and unrest")
    needed = int(str(refused.value).rpartition("about ")[2].split(" ")[0].replace(",", ""))
    again = condition(forecast(contest(CHAIN), needed, 1), "notice and unrest")
    assert FEWEST <= again.agreeing <= 2 * EXPECTED


def test_what_is_never_seen_has_no_number(chain: Forecast) -> None:
    with pytest.raises(ModelError, match=r"0 of 40,000 draws agree.*fewer than 3 of 40,000.*more than"):
        condition(chain, "notice and not law")
    sides = pairs(chain, ["notice and not law"])[0]
    assert (sides.holds.draws, sides.holds.probability, sides.difference) == (0, None, None)
    assert sides.holds.needed is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("notise", "Did you mean 'notice'"),
        ("law and", "the text ends"),
        ("law and not law", "can never hold"),
        ("mood", "is a number; compare it"),
        ("__import__('os')", "cannot be read"),
        ("(" * 60 + "law" + ")" * 60, "nested"),
    ],
)
def test_faulty_conditions_are_refused(chain: Forecast, text: str, message: str) -> None:
    with pytest.raises(ContestError, match=message.replace("(", r"\(")):
        condition(chain, text)
    with pytest.raises(ContestError):
        pairs(chain, ["law", text])


def test_a_settlement_moves_with_the_condition() -> None:
    bargain = Contest.model_validate(
        {
            "contest": "x", "title": "x", "as_of": "2020-01-01", "horizon": "2020-02-01",
            "actors": {"a": {"name": "A", "kind": "state"}, "b": {"name": "B", "kind": "state"}},
            "issues": {"toll": {
                "question": "x", "unit": "percent", "scale": {0: "none", 100: "all"},
                "positions": {"a": {"position": 0, "salience": 1, "capability": 1},
                              "b": {"position": 100, "salience": 1, "capability": 1}}}},
            "pathway": {"law": {"judgement": 0.5},
                        "deal": {"bargain": "toll", "effects": [{"when": "law", "set": {"a.position": 60}}]}},
            "outcomes": {"high": "deal > 70", "low": "otherwise"},
        }
    )  # fmt: skip
    found = condition(forecast(bargain, 2_000, 1), "law")
    assert found.settlements[0].mean == pytest.approx(80)
    assert found.settlements[0].mean_before == pytest.approx(65, abs=2)
    assert [row.after for row in found.outcomes] == [1, 0]


def test_a_saved_run_says_the_same(chain: Forecast, tmp_path: Path) -> None:
    save_run(chain, tmp_path / "run")
    saved = load_run(tmp_path / "run", NEEDED)
    text = "notice and mood > 0.3"
    assert as_json(condition(saved, text), pairs(saved, ["law"])) == as_json(
        condition(chain, text), pairs(chain, ["law"])
    )
    assert json.dumps(as_json(condition(saved, text), ()))

"""What a forecast says: probabilities with errors, settlements, who decides, what it hangs on."""

import json
from itertools import pairwise

import numpy as np
import pytest

from realpolitik.forecast import summary
from realpolitik.forecast.forecast import Forecast, forecast
from tests.small import CHAMBER, SMALL, THREAT, change, contest, with_section

DRAWS = 40_000

JUDGED = """\
contest: judged
title: Only judgements
as_of: 2020-01-08
horizon: 2020-12-31
actors:
  usa: {name: United States, kind: state}
quantities: {mood: uniform(0, 1)}
pathway:
  law: {judgement: 0.6}
  notice: {judgement: 0.3, when: law}
  unrest: {judgement: beta(2, 6)}
  answer:
    choice: {comply: 1, wait: 2, fight: 1}
    when: notice or unrest
    by: usa
outcomes:
  war: answer.fight
  exit: notice and answer.comply
  mood swings: not answer.happened and mood > 0.75
  nothing: otherwise
"""

NOTICE, UNREST = 0.6 * 0.3, 2 / 8
ANSWER = 1 - (1 - NOTICE) * (1 - UNREST)
EXACT = {"war": ANSWER / 4, "exit": NOTICE / 4, "mood swings": (1 - ANSWER) / 4}
EXACT["nothing"] = 1 - sum(EXACT.values())
"""Probabilities of the outcomes, worked out on paper."""


@pytest.fixture(scope="module")
def judged() -> Forecast:
    return forecast(contest(JUDGED), DRAWS, seed=3)


@pytest.fixture(scope="module")
def full() -> Forecast:
    text = change(
        with_section(CHAMBER + THREAT),
        ("{judgement: 0.3}", "{judgement: 0.3, by: iran, base_rate: {share: 0.2, cases: 10, of: notices}}"),
        ("outcomes:", "  law: {chamber: house, when: notice}\n  crisis: {threat: sanctions}\n"
         "  old: {chamber: house, recorded: {yes: 4, no: 1}}\n"
         "  never: {judgement: 1, when: notice and not notice.happened}\n"
         "outcomes:"),
    )  # fmt: skip
    return forecast(contest(text), 3000, seed=2)


def test_outcomes_have_the_probabilities_worked_out_on_paper(judged: Forecast) -> None:
    found = summary.outcomes(judged)
    assert [row.name for row in found] == list(EXACT)
    assert sum(row.probability for row in found) == pytest.approx(1, abs=1e-12)
    for row in found:
        exact = EXACT[row.name]
        assert row.standard_error == pytest.approx(np.sqrt(row.probability * (1 - row.probability) / DRAWS))
        assert row.draws == DRAWS
        assert abs(row.probability - exact) < 4 * np.sqrt(exact * (1 - exact) / DRAWS)


def test_stages_have_the_probabilities_worked_out_on_paper(judged: Forecast) -> None:
    found = summary.stages(judged)
    assert list(found) == ["law", "notice", "unrest", "answer"]
    exact = {
        ("law", "happens"): (0.6, DRAWS),
        ("notice", "happens"): (0.3, 0.6 * DRAWS),
        ("unrest", "happens"): (0.25, DRAWS),
        ("answer", "comply"): (0.25, ANSWER * DRAWS),
        ("answer", "wait"): (0.5, ANSWER * DRAWS),
    }
    for (stage, result), (probability, draws) in exact.items():
        row = found[stage]["results"][result]
        assert abs(row["probability"] - probability) < 4 * np.sqrt(probability * (1 - probability) / draws)
        assert row["draws"] == pytest.approx(draws, rel=0.05)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "practically excluded"),
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (0.99, "practically certain"),
        (1, "practically certain"),
    ],
)
def test_words_of_probability(probability: float, words: str) -> None:
    assert summary.words(probability) == words
    assert summary.Probability("x", probability, 0, 1).words == words


def test_a_share_of_no_draws_says_so() -> None:
    assert summary.share("x", 0, 0) == summary.Probability("x", 0.0, 0.0, 0)


def test_settlements_have_the_quantiles_of_their_draws(full: Forecast) -> None:
    (found,) = summary.settlements(full)
    values = full.worlds.results["settlement"]
    values = values[~np.isnan(values)]
    assert (found.stage, found.issue, found.draws) == ("settlement", "exit", len(values))
    assert found.mean == pytest.approx(values.mean())
    assert found.standard_error == pytest.approx(values.std() / np.sqrt(len(values)))
    assert list(found.quantiles.items()) == [
        (str(q), pytest.approx(np.quantile(values, q))) for q in (0.05, 0.25, 0.5, 0.75, 0.95)
    ]
    assert found.models["compromise"] == pytest.approx(found.mean)
    assert set(found.models) == {"mean", "median", "compromise"}


def test_a_bargain_that_never_takes_place_has_no_settlement() -> None:
    nowhere = forecast(contest(change(SMALL, ("judgement: 0.3", "judgement: 0"))), 50)
    assert summary.settlements(nowhere) == []
    assert summary.stages(nowhere)["settlement"]["results"] == {}
    assert [row.stage for row in summary.deciders(nowhere)] == []
    assert summary.as_json(nowhere)["issues"] == {}


def test_who_decides(full: Forecast) -> None:
    rows = {stage: [row for row in summary.deciders(full) if row.stage == stage] for stage in full.contest.pathway}
    assert [(row.who, row.effect, row.kind) for row in rows["notice"]] == [("iran", 1.0, "decides")]
    assert {row.who for row in rows["law"]} == {"left", "right"}
    assert {row.kind for row in rows["law"]} == {"stays home"}
    assert all(0 <= row.effect <= 1 for row in rows["law"])
    pulls = {row.who: row.effect for row in rows["settlement"]}
    assert pulls["usa"] < 0 < pulls["iran"]
    assert rows["old"] == rows["crisis"] == rows["never"] == []
    for stage in rows.values():
        assert all(abs(one.effect) >= abs(other.effect) for one, other in pairwise(stage))


def test_the_blocs_that_decide_are_those_whose_absence_changes_the_result(full: Forecast) -> None:
    happened = full.truth("law.happened")
    shares = full.worlds.details["law/staying-home"][happened].mean(axis=0)
    rows = {row.who: row.effect for row in summary.deciders(full) if row.stage == "law"}
    assert [rows[bloc] for bloc in ("left", "right")] == pytest.approx(shares.tolist())


def test_hinges_have_the_sign_and_size_worked_out_on_paper(judged: Forecast) -> None:
    found = {(hinge.name, hinge.outcome): hinge for hinge in summary.hinges(judged)}
    mood = found["quantities.mood", "mood swings"]
    assert mood.low == 0
    exact = (1 - ANSWER) * 0.25 / (1 / 3)
    assert mood.high == pytest.approx(exact, abs=4 * mood.standard_error)
    notice = found["notice", "exit"]
    assert (notice.low, notice.difference) == (0, notice.high)
    assert notice.high == pytest.approx(0.25, abs=4 * notice.standard_error)
    law = found["law", "war"]
    assert law.difference == pytest.approx(0.3 * (1 - UNREST) / 4, abs=4 * law.standard_error)
    unrest = found["pathway.unrest.judgement", "war"]
    assert unrest.difference > 4 * unrest.standard_error
    assert found["answer.fight", "war"].difference == pytest.approx(1)
    assert ("answer.happened", "war") not in found


def test_hinges_carry_their_error_and_the_largest_comes_first(judged: Forecast) -> None:
    found = summary.hinges(judged)
    assert abs(found[0].difference) == max(abs(hinge.difference) for hinge in found)
    one = next(hinge for hinge in found if (hinge.name, hinge.outcome) == ("law", "war"))
    fails = DRAWS - int(judged.truth("law").sum())
    error = np.sqrt(one.low * (1 - one.low) / fails + one.high * (1 - one.high) / (DRAWS - fails))
    assert one.standard_error == pytest.approx(error)


def test_a_quantity_that_repeats_a_shared_one_is_counted_once() -> None:
    text = change(SMALL, ("actors:\n", "quantities: {q: 0.2 to 0.8}\nactors:\n"), ("salience: 0.5", "salience: q"))
    names = {hinge.name for hinge in summary.hinges(forecast(contest(text), 500))}
    assert "quantities.q" in names
    assert "issues.exit.positions.iran.salience" not in names
    assert "issues.exit.positions.iran.capability" not in names


def test_too_few_draws_make_no_hinge() -> None:
    assert summary.hinges(forecast(contest(), 40)) == []


def test_the_json_is_plain_and_the_same_for_the_same_seed(full: Forecast) -> None:
    found = summary.as_json(full)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == ["contest", "as_of", "horizon", "draws", "seed", "outcomes", "stages", "issues", "manifest"]
    again = summary.as_json(forecast(full.contest, 3000, seed=2))
    assert json.dumps(again) == json.dumps(found)
    assert found["stages"]["notice"]["base_rate"] == {"share": 0.2, "cases": 10, "of": "notices"}
    assert set(found["issues"]["exit"]["quantiles"]) >= {"0.05", "0.5", "0.95"}
    assert set(found["stages"]["law"]["results"]) == {"passed", "quorate", "present", "yes", "no", "abstain", "margin"}
    assert found["stages"]["never"]["happened"]["probability"] == 0


def test_what_it_would_have_taken_to_break_a_recorded_quorum(full: Forecast) -> None:
    assert summary.walk_outs(full) == {}
    text = change(
        with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house, recorded: {yes: 6, no: 1, attended: {left: 6}}}")
    )
    broken = summary.walk_outs(forecast(contest(text), 5))
    assert {name: int(found.members[0]) for name, found in broken.items()} == {"notice": 2}


def test_the_spread_of_a_number_leaves_out_where_it_is_missing(full: Forecast) -> None:
    values = full.worlds.results["settlement"]
    expected = np.quantile(values[~np.isnan(values)], (0.05, 0.5, 0.95))
    assert summary.spread(full, "settlement") == pytest.approx(tuple(expected))


def test_inputs_are_shown_as_a_stage_found_them() -> None:
    text = change(
        SMALL,
        ("judgement: 0.3}", "judgement: 0.3, effects: [{add: {issues.exit.positions.iran.salience: 0.25}}]}"),
        ("when: notice", "when: notice, effects: [{set: {usa.position: 7}}]"),
    )
    found = forecast(contest(text), 50)
    home = "issues.exit.positions"
    assert set(summary.inputs_at(found, "notice")[f"{home}.iran.salience"]) == {0.75}
    assert (summary.inputs_at(found, "notice")[f"{home}.usa.position"] != 7).all()
    moved = summary.inputs_at(found, "settlement")[f"{home}.usa.position"] == 7
    np.testing.assert_array_equal(moved, found.truth("notice"))


def test_expected_votes_of_a_bloc_sum_to_its_seats(full: Forecast) -> None:
    votes = summary.bloc_votes(full, "law")
    assert votes.sum(axis=1) == pytest.approx([6, 4])
    assert votes[0, 0] == pytest.approx(6 * 0.9 * 0.8, abs=0.2)
    assert votes[1, 3] == pytest.approx(4 * 0.5, abs=0.2)

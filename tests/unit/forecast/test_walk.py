"""The pathway, stage by stage: results, effects, what is missing, and outcomes."""

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, ModelError
from realpolitik.forecast.draws import CHUNK, Chunk, sample
from realpolitik.forecast.walk import Worlds, leverage, walk
from realpolitik.models.bargaining.table import ActorTable
from tests.plain import walk as plain
from tests.small import CHAMBER, SMALL, THREAT, change, contest, with_section

DRAWS = 4000
FOUR_ERRORS = 4 / (2 * np.sqrt(DRAWS))
"""Four standard errors of a share of the draws, at most."""

HOME = "issues.exit.positions"


def small(*pairs: tuple[str, str]) -> str:
    return change(SMALL, *pairs)


def worlds(text: str, draws: int = DRAWS, seed: int = 1) -> Worlds:
    return walk(contest(text), seed, Chunk(0, draws))


def by_hand(found: Contest, draws: int = 50, seed: int = 1) -> None:
    """Compare every draw with a plain reading."""
    walked = walk(found, seed, Chunk(0, draws))
    for draw in range(draws):
        results, outcome = plain.walk(found, {key: float(values[draw]) for key, values in walked.inputs.items()})
        for key, expected in results.items():
            np.testing.assert_allclose(walked.results[key][draw], expected, rtol=1e-12, err_msg=key)
        assert list(found.outcomes)[walked.outcome[draw]] == outcome


@pytest.mark.parametrize("model", ["mean", "median", "compromise"])
def test_a_bargain_settles_in_every_draw_as_by_hand(model: str) -> None:
    by_hand(contest(small(("{judgement: 0.3}", "{judgement: 1}"), ("when: notice", f"when: notice, model: {model}"))))


def test_a_threat_ends_in_every_draw_as_by_hand() -> None:
    uncertain = THREAT.replace("_stake: 3", "_stake: 0 to 6").replace("_cost: 10", "_cost: 0 to 12")
    text = change(with_section(uncertain), ("{judgement: 0.3}", "{threat: sanctions}"))
    found = walk(contest(text), 1, Chunk(0, 200))
    assert {True, False} <= set(found.results["notice.complied"].tolist())
    by_hand(contest(text), 200)


@pytest.mark.parametrize("made", [True, False])
def test_a_threat_that_is_made_is_history(made: bool) -> None:
    section = change(
        THREAT, ("demand: stay", f"demand: stay, made: {str(made).lower()}"), ("sender_stake: 3", "sender_stake: 0")
    )
    found = worlds(change(with_section(section), ("{judgement: 0.3}", "{threat: sanctions}")), 5)
    assert found.results["notice.threatened"].tolist() == [made] * 5
    by_hand(contest(change(with_section(section), ("{judgement: 0.3}", "{threat: sanctions}"))), 5)


def test_the_logit_variant_uses_the_precision() -> None:
    text = change(with_section(THREAT), ("{judgement: 0.3}", "{threat: sanctions, variant: logit}"))
    some = worlds(change(text, ("target_cost: 10", "target_cost: 10, precision: 0")))
    assert some.results["notice.threatened"].mean() == pytest.approx(0.5, abs=FOUR_ERRORS)
    assert some.results["notice.imposed"].mean() == pytest.approx(0.125, abs=FOUR_ERRORS)
    sure = worlds(change(text, ("target_cost: 10", "target_cost: 10, paid_before_yielding: 0.5, precision: 1000")))
    assert sure.results["notice.complied"].all()


def test_a_recorded_vote_is_the_same_in_every_draw() -> None:
    text = change(
        with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house, recorded: {yes: 4, no: 1, abstain: 2}}")
    )
    found = worlds(text, 3).results
    shown = {key: found[f"notice.{key}"].tolist() for key in ("present", "yes", "no", "abstain", "margin", "passed")}
    assert shown == {
        "present": [7.0] * 3,
        "yes": [4.0] * 3,
        "no": [1.0] * 3,
        "abstain": [2.0] * 3,
        "margin": [0.0] * 3,
        "passed": [True] * 3,
    }
    by_hand(contest(text), 3)


def test_a_chamber_votes_as_its_blocs_are_expected_to() -> None:
    text = change(with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house}"))
    found = worlds(text)
    mean = {key: found.results[f"notice.{key}"].mean() for key in ("present", "yes", "no", "abstain")}
    assert mean["present"] == pytest.approx(6 * 0.9 + 4 * 0.5, abs=0.1)
    assert mean["yes"] == pytest.approx(6 * 0.9 * 0.8 + 4 * 0.5 * 0.1, abs=0.12)
    assert mean["no"] == pytest.approx(4 * 0.5 * 0.8, abs=0.1)
    assert mean["present"] == pytest.approx(mean["yes"] + mean["no"] + mean["abstain"])
    np.testing.assert_array_equal(found.results["notice"], found.results["notice.passed"])
    assert found.details["notice/staying-home"].shape == (DRAWS, 2)


def test_a_second_reading_must_be_passed_as_well() -> None:
    """Five of six members are enough once; the second time all ten seats are asked for, which nobody can bring."""
    text = change(with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house}"))
    once = worlds(text, 500).results
    same = worlds(change(text, ("    blocs:", "    second_reading: {}\n    blocs:")), 500).results
    never = worlds(change(text, ("    blocs:", "    second_reading: {passes: 10}\n    blocs:")), 500).results
    assert (same["notice.yes"] == once["notice.yes"]).all()
    assert not never["notice.passed"].any()
    assert 0 < same["notice.passed"].sum() < once["notice.passed"].sum()
    assert (once["notice.passed"] | ~same["notice.passed"]).all()


def test_yes_and_no_above_one_are_scaled_down() -> None:
    blocs = change(CHAMBER, ("yes: 0.8}", "yes: 0.6 to 0.9, no: 0.3 to 0.6}"), ("attends: 0.9", "attends: 1"))
    found = worlds(change(with_section(blocs), ("{judgement: 0.3}", "{chamber: house}")), 200)
    assert (found.results["notice.yes"] + found.results["notice.no"] <= found.results["notice.present"]).all()


@pytest.mark.parametrize("probability", [0.0, 0.07, 0.5, 1.0])
def test_a_judgement_happens_as_often_as_it_says(probability: float) -> None:
    found = worlds(small(("judgement: 0.3", f"judgement: {probability}"))).results["notice"]
    assert found.dtype == np.bool_
    assert found.mean() == pytest.approx(probability, abs=4 * np.sqrt(probability * (1 - probability) / DRAWS))


def test_an_uncertain_judgement_happens_as_often_as_its_mean() -> None:
    found = worlds(small(("judgement: 0.3", "judgement: beta(2, 6)")))
    assert found.results["notice"].mean() == pytest.approx(0.25, abs=FOUR_ERRORS)
    likely = found.inputs["pathway.notice.judgement"] > 0.4
    assert found.results["notice"][likely].mean() > 0.35


def test_a_choice_follows_its_weights_and_takes_one_option() -> None:
    text = small(("{judgement: 0.3}", "{choice: {a: 1, b: 2, c: 0, d: 5}}"), ("when: notice", "when: notice.a"))
    found = worlds(text).results
    taken = np.stack([found[f"notice.{option}"] for option in "abcd"])
    assert (taken.sum(axis=0) == 1).all()
    np.testing.assert_allclose(taken.mean(axis=1), [1 / 8, 2 / 8, 0, 5 / 8], atol=FOUR_ERRORS)


def test_a_choice_without_weights_is_refused() -> None:
    text = small(("{judgement: 0.3}", "{choice: {a: 0, b: 0}}"), ("when: notice", "when: notice.a"))
    with pytest.raises(ContestError, match="in some draws all weights are zero") as caught:
        worlds(text, 3)
    assert caught.value.faults[0].path == ("pathway", "notice", "choice")


def test_a_model_error_is_added_and_kept_on_the_scale() -> None:
    text = small(("{judgement: 0.3}", "{judgement: 1}"), ("when: notice", "model_error: normal(0, 80)"))
    found = worlds(text)
    settlement, model = found.results["settlement"], found.details["settlement/model"]
    error = found.inputs["pathway.settlement.model_error"]
    np.testing.assert_allclose(settlement, np.clip(model + error, 0, 100))
    assert (settlement.min(), settlement.max()) == (0, 100)


# --- what is missing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition", ["settlement > 0", "settlement <= 100", "settlement == settlement", "settlement != 7"]
)
def test_where_a_stage_does_not_happen_its_numbers_are_missing(condition: str) -> None:
    found = worlds(small(("settlement >= 50", condition), ("little: otherwise", "no talks: otherwise")))
    happened = found.results["settlement.happened"]
    np.testing.assert_array_equal(happened, found.results["notice"])
    np.testing.assert_array_equal(np.isnan(found.results["settlement"]), ~happened)
    np.testing.assert_array_equal(found.outcome == 0, happened)


def test_where_a_stage_does_not_happen_its_truths_are_false() -> None:
    text = change(
        with_section(CHAMBER + THREAT),
        ("  settlement: {bargain: exit, when: notice}\n",
         "  settlement: {bargain: exit}\n  law: {chamber: house, when: notice}\n"
         "  crisis: {threat: sanctions, when: notice}\n  pick: {choice: {a: 1, b: 1}, when: notice}\n"),
        ("judgement: 0.3", "judgement: 0"),
    )  # fmt: skip
    found = worlds(text, 10).results
    truths = {key for key, values in found.items() if values.dtype == np.bool_} - {
        "settlement.happened",
        "notice.happened",
    }
    assert {"law.passed", "law.quorate", "crisis.threatened", "crisis.complied", "pick.a", "pick.happened"} <= truths
    assert not any(found[key].any() for key in truths)
    assert np.isnan(found["law.margin"]).all()


# --- effects ----------------------------------------------------------------------------------------------------------


def effects(*written: str, judgement: str = "0.5") -> Worlds:
    listed = ", ".join(written)
    text = small(("judgement: 0.3", f"judgement: {judgement}"), ("when: notice", f"effects: [{listed}]"))
    return worlds(text, 400)


def test_effects_act_in_order_set_then_add_then_scale() -> None:
    found = effects(
        "{scale: {usa.position: 2}, add: {usa.position: 5}, set: {usa.position: 10}}", "{add: {usa.position: 1}}"
    )
    assert set(found.details["settlement/position"][:, 0]) == {31.0}


def test_effects_keep_to_the_bounds_of_the_field() -> None:
    found = effects("{add: {usa.position: 300, iran.position: -300, iran.salience: 3}, scale: {usa.capability: 0}}")
    assert set(found.details["settlement/position"][:, 0]) == {100.0}
    assert set(found.details["settlement/position"][:, 1]) == {0.0}
    assert set(found.details["settlement/salience"][:, 1]) == {1.0}
    assert set(found.details["settlement/capability"][:, 0]) == {0.0}


def test_effects_act_where_their_condition_holds_and_leave_what_was_drawn() -> None:
    found = effects("{when: notice, set: {usa.position: 77}}")
    moved = found.details["settlement/position"][:, 0] == 77
    np.testing.assert_array_equal(moved, found.results["notice"])
    assert (found.inputs[f"{HOME}.usa.position"] != 77).all()


def test_effects_of_a_stage_that_does_not_happen_do_not_act() -> None:
    text = small(
        ("  settlement: {bargain: exit, when: notice}\n",
         "  pressure: {judgement: 1, when: notice, effects: [{set: {issues.exit.positions.usa.position: 90}}]}\n"
         "  settlement: {bargain: exit, when: pressure or not pressure}\n"),
    )  # fmt: skip
    found = worlds(text, 400)
    np.testing.assert_array_equal(found.details["settlement/position"][:, 0] == 90, found.results["notice"])


def test_effects_reach_quantities_that_were_left_out() -> None:
    text = change(
        with_section(CHAMBER),
        ("{judgement: 0.3}", "{chamber: house, effects: [{add: {left.no: 7, left.cohesion: 7}, set: {left.yes: 0}}]}"),
    )
    found = worlds(text, 100)
    assert found.results["notice.no"].mean() > 5


def test_a_shared_quantity_may_be_asked_for_and_changed() -> None:
    text = change(
        SMALL,
        ("actors:\n", "quantities: {mood: 1}\nactors:\n"),
        ("{judgement: 0.3}", "{judgement: 1, effects: [{add: {quantities.mood: 4}}]}"),
        ("when: notice", "when: notice and mood == 5"),
    )
    assert worlds(text, 5).results["settlement.happened"].all()


def test_an_effect_on_a_shared_quantity_reaches_the_fields_that_name_it() -> None:
    text = change(
        SMALL,
        ("actors:\n", "quantities: {care: 0.25}\nactors:\n"),
        ("{judgement: 0.3}", "{judgement: 1, effects: [{set: {quantities.care: 0.75}}]}"),
        ("salience: 0.5", "salience: care"),
    )
    assert (worlds(text, 5).details["settlement/salience"][:, 1] == 0.75).all()


def test_what_an_effect_sets_has_the_shape_of_its_field() -> None:
    text = change(SMALL, ("when: notice}", "when: notice, effects: [{set: {usa.capability: 1 to 100}}]}"))
    drawn = worlds(text).inputs["pathway.settlement.effects.0.set.usa.capability"]
    assert np.median(drawn) == pytest.approx(10, rel=0.02)
    assert drawn.min() > 0


def test_weights_of_a_choice_may_vanish_where_it_does_not_happen() -> None:
    text = change(
        SMALL,
        ("  settlement: {bargain: exit, when: notice}\n", "  settlement: {bargain: exit, when: notice}\n"
         "  pick: {choice: {a: 0, b: 0}, when: not true or settlement < 0}\n"),
    )  # fmt: skip
    found = worlds(change(text, ("settlement < 0", "settlement >= 0 and settlement < 1e-9")), 200).results
    assert not found["pick.a"].any()


# --- outcomes ---------------------------------------------------------------------------------------------------------


def test_the_first_outcome_that_holds_counts() -> None:
    text = small(("much: settlement >= 50", "never mind: not notice\n  also: not notice\n  much: settlement >= 0"))
    found = worlds(text)
    np.testing.assert_array_equal(found.outcome, np.where(found.results["notice"], 2, 0))


def test_a_draw_that_fits_no_outcome_is_shown() -> None:
    text = small(("little: otherwise", "little: settlement < 50"), ("{judgement: 0.3}", "{judgement: 0.0005}"))
    text = text.replace("much: settlement >= 50", "much: settlement >= 50 or not notice").replace(
        "settlement < 50", "notice and settlement < 1"
    )
    seeds = (
        seed
        for seed in range(50)
        if worlds(text.replace("notice and settlement < 1", "otherwise"), CHUNK, seed).results["notice"].any()
    )
    found = contest(text)
    with pytest.raises(ContestError, match="fits none of much, little") as caught:
        walk(found, next(seeds), Chunk(0, CHUNK))
    (fault,) = caught.value.faults
    assert fault.path == ("outcomes",)
    assert "notice = True; settlement = " in fault.message
    assert fault.message.endswith("Add an outcome for it, or a last one with 'otherwise'.")


def test_the_number_of_the_example_counts_from_the_first_chunk() -> None:
    text = small(("little: otherwise", "little: settlement < 50"), ("{judgement: 0.3}", "{judgement: 0}"))
    with pytest.raises(ContestError, match=f"draw {3 * CHUNK} fits none"):
        walk(contest(text), 1, Chunk(3, 10))


# --- who moves what ---------------------------------------------------------------------------------------------------


def test_yardsticks_stand_beside_every_settlement() -> None:
    found = worlds(small(("when: notice", "model: median")), 50)
    np.testing.assert_array_equal(found.details["settlement/median"], found.results["settlement"])
    assert {"settlement/mean", "settlement/compromise", "settlement/leverage"} <= set(found.details)


def test_leverage_is_the_shift_that_the_presence_of_an_actor_makes() -> None:
    table = ActorTable.one_issue(
        positions={"a": 0, "b": 60, "c": 90},
        salience={"a": 1, "b": 0.5, "c": 0},
        capability={"a": 10, "b": 20, "c": 5},
    )
    np.testing.assert_allclose(leverage(table), [[30 - 60, 30 - 0, 0]])
    alone = ActorTable.one_issue(positions={"a": 7}, salience={"a": 1}, capability={"a": 1})
    assert leverage(alone).tolist() == [[0.0]]


def test_a_bargain_of_nobody_who_cares_is_a_model_error() -> None:
    text = small(("salience: beta(9, 2)", "salience: 0"), ("salience: 0.5", "salience: 0"))
    with pytest.raises(ModelError, match="the weights of all actors are zero"):
        worlds(text, 3)


def test_a_walk_leaves_the_draws_as_they_were() -> None:
    found = contest(small(("when: notice", "effects: [{set: {usa.position: 1}}]")))
    for address, values in sample(found, 3, Chunk(0, 20)).items():
        np.testing.assert_array_equal(walk(found, 3, Chunk(0, 20)).inputs[address], values)

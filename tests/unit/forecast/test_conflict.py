"""A conflict over draws: how probable its equilibria are, and what it does as a stage of a pathway."""

from functools import partial

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, ModelError
from realpolitik.forecast import summary
from realpolitik.forecast.conflict import conflict_chances, drawn_conflict, picked, typical
from realpolitik.forecast.draws import Chunk, chunks, sample
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.walk import walk
from realpolitik.models.conflict import CONCEPTS
from tests.plain import conflict as plain
from tests.small import SMALL, change, contest, with_section

STANDOFF = """\
conflicts:
  standoff:
    decision_makers: {usa: [leave, sanction], iran: [attack]}
    infeasible: [leave and sanction]
    status_quo: []
    preferences:
      usa: {weights: {not attack: 40 to 60, not leave: 20 to 60, sanction: -5 to 5}}
      iran:
        either:
          - {probability: 0.6 to 0.8, statements: [leave, attack]}
          - {ranking: [1, 2, [3, 4], 5, 6]}

"""

STAGE = "  standoff: {conflict: standoff}\n"


def text(stage: str = STAGE, *pairs: tuple[str, str]) -> str:
    return change(with_section(STANDOFF), ("  settlement:", f"{stage}  settlement:"), *pairs)


def shares(found: Contest, draws: int, seed: int) -> dict[str, list[float]]:
    """By concept, the share of draws in which each state is an equilibrium: draw by draw, by the definitions."""
    states = ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    seen = [[True] * 6] * 2
    table = plain.moves(states, [0, 0, 1], {}, seen)
    counts: dict[str, list[int]] = {concept: [0] * 6 for concept in CONCEPTS}
    for chunk in chunks(draws):
        inputs = sample(found, seed, chunk)
        home = "conflicts.standoff.preferences"
        share = inputs[f"{home}.iran.either.0.probability"]
        second = picked(seed, chunk, f"{home}.iran", np.stack([share, 1 - share], axis=1))
        for draw in range(chunk.size):
            calm, stay, punish = (inputs[f"{home}.usa.weights.{each}"][draw]
                                  for each in ("not attack", "not leave", "sanction"))  # fmt: skip
            usa = [calm * (s[2] == "N") + stay * (s[0] == "N") + punish * (s[1] == "Y") for s in states]
            first = [2 * (s[0] == "Y") + (s[2] == "Y") for s in states]
            rank = [usa, [5, 4, 3, 3, 1, 0] if second[draw] else first]
            for concept in CONCEPTS:
                for s in range(6):
                    held = all(plain.stable(states, table, rank, concept, maker, s) for maker in range(2))
                    counts[concept][s] += held
    return {concept: [count / draws for count in row] for concept, row in counts.items()}


def test_chances_are_those_of_every_draw_by_the_definitions() -> None:
    found = contest(text())
    chances = conflict_chances(found, "standoff", 400, 3)
    expected = shares(found, 400, 3)
    for concept in CONCEPTS:
        assert chances.probability[concept].tolist() == pytest.approx(expected[concept]), concept
        share = chances.probability[concept]
        assert chances.standard_error(concept) == pytest.approx(np.sqrt(share * (1 - share) / 400))
    assert any(0.1 < share < 0.9 for concept in CONCEPTS for share in expected[concept])


def test_alternatives_are_drawn_as_often_as_they_are_probable() -> None:
    share = np.full(1000, 0.7)
    chosen = picked(1, Chunk(0, 1000), "somebody", np.stack([share, 1 - share], axis=1))
    assert (chosen == 0).mean() == pytest.approx(0.7, abs=0.002)
    assert not np.array_equal(chosen, picked(1, Chunk(1, 1000), "somebody", np.stack([share, 1 - share], axis=1)))


def test_draws_are_the_same_in_any_engine() -> None:
    found = contest(text())
    one, two = (
        forecast(found, 5_200, 7, engine=engine, jobs=jobs) for engine, jobs in (("serial", 1), ("processes", 2))
    )
    for key in ("standoff.leave", "standoff.attack", "standoff.settled"):
        assert np.array_equal(one.worlds.results[key], two.worlds.results[key])


def test_the_stage_ends_in_an_equilibrium_of_its_draw() -> None:
    found = contest(text("  standoff: {conflict: standoff, concept: nash}\n"))
    chunk = Chunk(0, 300)
    worlds = walk(found, 1, chunk)
    view = drawn_conflict(found, "standoff", worlds.inputs, partial(picked, 1, chunk))
    kinds, kind = view.kinds()
    for draw in range(300):
        graph = view.graph
        ends = view.verdicts(kinds[kind[draw]]).equilibria("nash")
        end = int(worlds.details["standoff/state"][draw]) - 1
        assert (end in ends) == worlds.results["standoff.settled"][draw]
        taken = [option for option in graph.options if worlds.results[f"standoff.{option}"][draw]]
        assert taken == list(graph.taken(end))
        assert worlds.results["standoff.moved"][draw] == (end != 0)


def test_a_stage_that_does_not_happen_has_no_results() -> None:
    worlds = walk(contest(text("  standoff: {conflict: standoff, when: notice}\n")), 1, Chunk(0, 500))
    happened = worlds.results["standoff.happened"]
    assert 0 < happened.mean() < 1
    assert all(
        not worlds.results[f"standoff.{key}"][~happened].any() for key in ("leave", "attack", "settled", "moved")
    )


def test_the_start_hangs_on_an_earlier_stage() -> None:
    stage = "  standoff: {conflict: standoff, variant: even, start: {sanction: notice}}\n"
    certain = ("{weights: {not attack: 40 to 60, not leave: 20 to 60, sanction: -5 to 5}}", "['true']")
    flat = """        either:
          - {probability: 0.6 to 0.8, statements: [leave, attack]}
          - {ranking: [1, 2, [3, 4], 5, 6]}
"""
    indifferent = text(stage.replace("variant: even, ", ""), certain, (f"iran:\n{flat}", "iran: ['true']\n"))
    worlds = walk(contest(indifferent), 1, Chunk(0, 500))
    assert np.array_equal(worlds.results["standoff.sanction"], worlds.results["notice"])
    assert worlds.results["standoff.settled"].all()
    order = contest(text(stage)).stage_order()
    assert order.index("notice") < order.index("standoff")


def test_effects_change_weights_and_probabilities() -> None:
    stage = (
        "  standoff:\n    conflict: standoff\n    effects:\n      - {when: notice, set: {iran.either.0.probability: 0, "
        "usa.weights.not leave: -50}}\n"
    )
    worlds = walk(contest(text(stage)), 1, Chunk(0, 2000))
    notice = worlds.results["notice"]
    assert worlds.results["standoff.leave"][notice].mean() > worlds.results["standoff.leave"][~notice].mean()
    assert worlds.results["standoff.attack"][notice].mean() < 0.1 < worlds.results["standoff.attack"][~notice].mean()


def test_summary_and_guards_know_the_results() -> None:
    found = forecast(
        contest(text(STAGE, ("much: settlement >= 50", "much: standoff.attack and standoff.settled"))), 500
    )
    results = summary.stages(found)["standoff"]["results"]
    assert list(results) == ["leave", "sanction", "attack", "settled", "moved"]
    assert summary.outcomes(found)[0].probability == pytest.approx(results["attack"]["probability"])
    assert found.manifest["models"]["standoff"] == {"model": "graph-model", "variant": None}


def test_quantities_of_a_conflict_beside_the_pathway_move_nothing() -> None:
    beside = forecast(contest(with_section(STANDOFF)), 500)
    without = forecast(contest(), 500)
    assert np.array_equal(beside.worlds.outcome, without.worlds.outcome)
    assert not [hinge for hinge in summary.hinges(beside) if hinge.name.startswith("conflicts.")]
    assert [hinge for hinge in summary.hinges(forecast(contest(text()), 500)) if hinge.name.startswith("conflicts.")]


def test_typical_takes_medians_and_the_likeliest() -> None:
    one = typical(contest(text()), "standoff")
    ((minds,), _) = one.kinds()
    assert one.own(minds)[1].level.tolist() == [[0, 2, 0, 1, 3, 1]]
    assert one.own(minds)[0].level[0].argmax() in (0, 2)


@pytest.mark.parametrize(
    ("stage", "pairs", "message"),
    [
        (STAGE, (("    status_quo: []\n", ""),), "does not say where it starts"),
        (STAGE, (("[leave, sanction]", "[leave, settled]"), ("leave and sanction", "leave and settled"),
                 ("sanction: -5 to 5", "settled: 1")), "option 'settled' bears the name of another result"),
        ("  standoff: {conflict: standoff, concept: best}\n", (), "concept"),
        ("  standoff: {conflict: standoff, variant: odd}\n", (), "no variant 'odd'"),
        ("  standoff: {conflict: standoff, start: {leav: notice}}\n", (), "there is no option 'leav'"),
        ("  standoff: {conflict: standoff, start: {leave: notise}}\n", (), "nothing here is called 'notise'"),
        ("  standoff: {judgement: 0.1, concept: seq}\n", (), "'concept' belongs to a conflict"),
        (STAGE, (("when: notice", "when: standoff.strike"),), "nothing here is called 'standoff.strike'"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_the_stage(stage: str, pairs: tuple[tuple[str, str], ...], message: str) -> None:
    with pytest.raises((ContestError, ValueError), match=message):
        contest(text(stage, *pairs))


def test_a_start_that_cannot_be_is_refused_with_its_share() -> None:
    stage = "  standoff: {conflict: standoff, start: {leave: notice, sanction: notice}}\n"
    with pytest.raises(
        ContestError, match=r"in [23]\d\.\d% of the draws things would start with leave, sanction taken"
    ):
        walk(contest(text(stage)), 1, Chunk(0, 400))


def test_too_many_states_for_uncertain_preferences() -> None:
    options = ", ".join(f"o{k}" for k in range(10))
    wide = change(with_section(STANDOFF), ("iran: [attack]}", f"iran: [attack, {options}]}}"),
                  ("          - {ranking: [1, 2, [3, 4], 5, 6]}", "          - {statements: [attack]}"))  # fmt: skip
    with pytest.raises(ModelError, match=r"6,144 states; uncertain preferences are followed in up to 1,024"):
        conflict_chances(contest(wide), "standoff", 10, 1)
    with pytest.raises(ContestError, match="none at all"):
        conflict_chances(contest(text()), "standoff", 0, 1)


def test_small_is_without_a_conflict() -> None:
    assert "conflicts" not in SMALL

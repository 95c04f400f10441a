"""Two contests on the same worlds: differences with paired errors, switches, refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.contest.differences import differences
from realpolitik.errors import ContestError, UnknownName
from realpolitik.forecast.compare import Comparison, as_json, compare
from realpolitik.forecast.forecast import forecast

DRAWS = 4_000

BASE: dict[str, Any] = {
    "contest": "dam",
    "title": "Will the dam be built?",
    "as_of": "2020-01-08",
    "horizon": "2020-12-31",
    "actors": {name: {"name": name, "kind": "party"} for name in ("left", "right")},
    "issues": {
        "height": {
            "question": "How high?",
            "unit": "metres",
            "scale": {0: "none", 100: "full"},
            "positions": {
                "left": {"position": "uniform(0, 40)", "salience": 0.5, "capability": 1},
                "right": {"position": 100, "salience": 0.5, "capability": 1},
            },
        }
    },
    "pathway": {
        "vote": {"judgement": 0.4, "note": "A word."},
        "deal": {"bargain": "height", "when": "vote"},
    },
    "outcomes": {"high": "deal >= 60", "low": "deal < 60", "none": "otherwise"},
}


def contest(**parts: Any) -> Contest:
    return Contest.model_validate({**BASE, **parts})


def voted(probability: float) -> Contest:
    return contest(pathway={**BASE["pathway"], "vote": {"judgement": probability}})


def compared(first: Contest, second: Contest, renamed: dict[str, str] | None = None, seed: int = 1) -> Comparison:
    return compare(forecast(first, DRAWS, seed), forecast(second, DRAWS, seed), renamed)


def test_a_contest_and_itself() -> None:
    found = compared(contest(), contest())
    assert [(row.difference, row.standard_error) for row in found.outcomes] == [(0, 0)] * 3
    assert found.switches == ()
    assert found.differences == ()
    assert found.switched == 0
    assert found.settlements[0].difference == 0


def test_a_likelier_vote_only_moves_draws_out_of_nothing() -> None:
    """Where a judgement rises from 0.4 to 0.6, a fifth of the draws goes over, none comes back."""
    found = compared(voted(0.4), voted(0.6))
    assert {each.before for each in found.switches} == {"none"}
    none = found.outcomes[2]
    share = -none.difference
    assert share == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / DRAWS))
    assert none.standard_error == pytest.approx(np.sqrt(share * (1 - share) / DRAWS))
    assert none.standard_error < 0.8 * np.sqrt(0.24 / DRAWS + 0.24 / DRAWS)
    assert found.switched == round(share * DRAWS)
    moved = found.settlements[0]
    assert (moved.only_before, moved.difference) == (0, 0)
    assert moved.only_after == found.switched


def test_the_error_is_that_of_many_seeds() -> None:
    rows = [compared(voted(0.4), voted(0.5), seed=seed).outcomes[2] for seed in range(40)]
    spread = np.std([row.difference for row in rows], ddof=1)
    assert spread == pytest.approx(np.mean([row.standard_error for row in rows]), rel=0.45)


def test_a_position_moves_the_settlement_by_its_weight() -> None:
    right = {"position": 80, "salience": 0.5, "capability": 1}
    issue = {**BASE["issues"]["height"], "positions": {**BASE["issues"]["height"]["positions"], "right": right}}
    moved = compared(contest(), contest(issues={"height": issue})).settlements[0]
    assert moved.difference == pytest.approx(-10)
    assert moved.standard_error == pytest.approx(0, abs=1e-9)


def test_differences_and_shares_add_up() -> None:
    found = compared(voted(0.3), voted(0.45))
    assert sum(row.difference for row in found.outcomes) == pytest.approx(0)
    assert [each.address for each in found.differences] == ["pathway.vote.judgement"]
    plain = as_json(found)
    assert plain["differences"] == [{"path": "pathway.vote.judgement", "before": 0.3, "after": 0.45}]
    assert plain["outcomes"][0].keys() == {"name", "before", "after", "difference", "standard_error"}


def test_swapped_contests_change_the_sign() -> None:
    forth, back = compared(voted(0.3), voted(0.45)), compared(voted(0.45), voted(0.3))
    assert [row.difference for row in forth.outcomes] == [-row.difference for row in back.outcomes]
    assert {(each.before, each.after, each.draws) for each in forth.switches} == {
        (each.after, each.before, each.draws) for each in back.switches
    }


def test_other_outcomes_are_refused_until_they_are_mapped() -> None:
    other = contest(outcomes={"built": "deal >= 0", "none": "otherwise"})
    with pytest.raises(ContestError, match="'high' is an outcome of the first contest only") as caught:
        compared(contest(), other)
    assert "'built'" in str(caught.value)
    assert "--map" in str(caught.value)
    found = compared(contest(), other, {"high": "built", "low": "built"})
    assert [row.name for row in found.outcomes] == ["built", "none"]
    assert found.switched == 0
    with pytest.raises(UnknownName, match="heigh"):
        compared(contest(), other, {"heigh": "built"})


def test_other_worlds_are_refused() -> None:
    with pytest.raises(ContestError, match=r"seed is 1 and 2"):
        compare(forecast(contest(), 300, 1), forecast(contest(), 300, 2))
    with pytest.raises(ContestError, match=r"draws is 300 and 400"):
        compare(forecast(contest(), 300), forecast(contest(), 400))


def test_settlements_on_two_scales_are_named_and_left_out() -> None:
    longer = {**BASE["issues"]["height"], "scale": {0: "none", 200: "full"}}
    found = compared(contest(), contest(issues={"height": longer}))
    assert found.settlements == ()
    assert "two different scales" in found.notes[0]
    alone = contest(
        pathway={"vote": {"judgement": 0.4}}, outcomes={"high": "vote", "low": "not vote", "none": "otherwise"}
    )
    assert compared(contest(), alone).notes == ("Only one of the two settles 'height'.",)


def test_a_settlement_that_never_takes_place_has_no_mean() -> None:
    plain = as_json(compared(voted(0), voted(0.5)))["settlements"][0]
    assert plain["before"] is None
    assert plain["difference"] is None
    assert plain["both"] == 0


class TestDifferences:
    def test_words_and_evidence_are_none(self) -> None:
        vote = {"judgement": {"value": 0.4, "note": "Other words."}, "title": "The vote"}
        assert differences(contest(), contest(pathway={**BASE["pathway"], "vote": vote})) == []

    def test_new_stages_conditions_and_effects(self) -> None:
        deal = {"bargain": "height", "when": "not vote", "effects": [{"scale": {"left.capability": 2}}]}
        other = contest(pathway={"vote": {"judgement": 0.4}, "deal": deal, "protest": {"judgement": 0.1}})
        found = {each.address: (each.before, each.after) for each in differences(contest(), other)}
        assert found["pathway.deal.when"] == ("vote", "not vote")
        assert found["pathway.protest"][0] is None
        assert any(address.startswith("pathway.deal.effects") for address in found)

    def test_the_order_of_outcomes_counts(self) -> None:
        turned = contest(outcomes=dict(reversed([("high", "deal >= 60"), ("low", "deal < 60"), ("none", "not vote")])))
        straight = contest(outcomes={"high": "deal >= 60", "low": "deal < 60", "none": "not vote"})
        assert [each.path for each in differences(straight, turned)] == [("outcomes",)]

    def test_what_a_noun_is_called_may_be_a_word(self) -> None:
        positions = BASE["issues"]["height"]["positions"]
        named = {"height": {**BASE["issues"]["height"], "positions": {**positions, "note": positions["left"]}}}
        actors = {**BASE["actors"], "note": {"name": "Note", "kind": "party"}}
        found = differences(contest(actors=actors), contest(actors=actors, issues=named))
        assert [each.address for each in found] == ["issues.height.positions.note"]

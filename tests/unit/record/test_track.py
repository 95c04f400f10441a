"""The track: single changes on common random numbers, and what they leave over."""

from pathlib import Path

import pytest

from realpolitik.contest.file import load
from realpolitik.forecast.forecast import forecast
from realpolitik.record.book import book
from realpolitik.record.differences import differences, swapped
from realpolitik.record.seal import seal
from realpolitik.record.track import as_json, steps
from tests.small import change, claim, contest, digest, folder
from tests.unit.record.records import LATER, SECOND, TEXT, THIRD, asked, sealed, whole

REPORT = "they left"
SOURCE = f"sources: {{report: {{title: A report, sha256: {digest(REPORT)}}}}}\n"


def test_each_changed_number_is_one_difference() -> None:
    found = differences(contest(TEXT), contest(LATER))
    assert [(one.address, one.before, one.after) for one in found] == [
        ("issues.exit.positions.iran.salience", "0.5", "0.9"),
        ("pathway.notice.judgement", "0.3", "0.6"),
    ]
    assert differences(contest(TEXT), contest(TEXT)) == []


def test_words_are_no_difference_and_rules_are() -> None:
    worded = change(
        TEXT, ("title: Who leaves?", "title: Who goes?"), ("{judgement: 0.3}", "{judgement: {value: 0.3, note: x}}")
    )
    assert differences(contest(TEXT), contest(worded)) == []
    ruled = change(
        TEXT, ("much: settlement >= 50", "much: settlement >= 40"), ("bargain: exit", "bargain: exit, model: mean")
    )
    assert [one.address for one in differences(contest(TEXT), contest(ruled))] == [
        "pathway.settlement.model", "outcomes.much"
    ]  # fmt: skip


def test_swapping_everything_gives_the_later_contest() -> None:
    more = change(
        LATER, ("  notice:", "  rally: {judgement: 0.5}\n  notice:"), ("salience: beta(9, 2)", "salience: 0.7")
    )
    before, after = contest(TEXT), contest(more)
    changes = differences(before, after)
    assert [one.address for one in changes][-1] == "pathway.rally"
    whole_swap = swapped(before, after, changes)
    assert whole_swap is not None
    assert differences(whole_swap, after) == []
    back = swapped(after, before, differences(after, before))
    assert back is not None
    assert differences(back, before) == []


def test_what_fits_only_together_is_no_contest_by_itself() -> None:
    more = change(
        TEXT, ("  notice:", "  rally: {judgement: 0.5}\n  notice:"), ("much: settlement >= 50", "much: rally")
    )
    before, after = contest(TEXT), contest(more)
    alone = [swapped(before, after, [one]) for one in differences(before, after)]
    assert [found is None for found in alone] == [False, True]


def test_effects_are_those_of_forecasts_run_by_hand(tmp_path: Path) -> None:
    found = steps(book(whole(tmp_path)))
    assert found[0].total == ()
    step = found[1]
    base = forecast(contest(TEXT), 2_000, 7)
    for moved in step.moved[:2]:
        one = next(each for each in differences(contest(TEXT), contest(LATER)) if each.address == moved.name)
        by_hand = swapped(contest(TEXT), contest(LATER), [one])
        assert by_hand is not None
        other = forecast(by_hand, 2_000, 7)
        for place, effect in enumerate(moved.effects):
            here, there = base.worlds.outcome == place, other.worlds.outcome == place
            difference = there.astype(float) - here
            assert effect.change == pytest.approx(difference.mean())
            assert effect.standard_error == pytest.approx(difference.std() / 2_000**0.5)
    names = [moved.name for moved in step.moved]
    assert set(names[:2]) == {"issues.exit.positions.iran.salience", "pathway.notice.judgement"}
    summed = sum(moved.effects[0].change for moved in step.moved)
    assert summed == pytest.approx(step.total[0].change)
    sealed_change = step.sealed.seal.outcomes["much"] - found[0].sealed.seal.outcomes["much"]
    assert step.total[0].change == pytest.approx(sealed_change)


def test_what_moves_nothing_has_no_effect(tmp_path: Path) -> None:
    step = steps(book(whole(tmp_path)))[1]
    idle = next(moved for moved in step.moved if moved.name == "pathway.notice.judgement")
    assert idle.size == 0  # the settlement does not hang on the notice
    assert next(moved for moved in step.moved if moved.name.endswith("salience")).size > 0


def test_new_claims_are_tied_to_what_they_changed(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path)
    text = change(LATER, ("judgement: 0.6", "judgement: {value: 0.6, evidence: [c1]}"))
    folder(tmp_path, SOURCE + text, claims=claim() + claim("c2"))
    sealed(tmp_path, THIRD)
    step = steps(book(tmp_path))[1]
    assert step.new_claims == ("c1", "c2")
    moved = {one.name: one.new_claims for one in step.moved}
    assert moved["pathway.notice.judgement"] == ("c1",)
    assert as_json([step])[0]["moved"][0]["evidence"] in ([], ["c1"])


def test_what_became_known_is_a_change_too(tmp_path: Path) -> None:
    folder(tmp_path, change(TEXT, ("much: settlement >= 50", "much: settlement >= 50 or notice")))
    found = forecast(load(tmp_path), 2_000, 7)
    seal(tmp_path, SECOND, found)
    seal(tmp_path, THIRD, found, known="notice")
    step = steps(book(tmp_path))[1]
    assert [moved.name for moved in step.moved] == ["known"]
    assert step.moved[0].effects[0].change == pytest.approx(1 - found.truth("notice").mean(), abs=0.4)
    assert step.total == step.moved[0].effects
    assert step.sealed.seal.outcomes["much"] == 1


def test_other_outcomes_cannot_be_compared(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path)
    folder(tmp_path, change(TEXT, ("  much:", "  most:")))
    sealed(tmp_path, THIRD)
    step = steps(book(tmp_path))[1]
    assert "outcomes" in step.untold
    assert steps(book(tmp_path), why=False)[1].untold == ""

"""Scores of sealed forecasts against closed forms."""

from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest

from realpolitik.contest.file import load
from realpolitik.record.book import ask, book, resolve
from realpolitik.record.scoring import as_json, score
from tests.small import folder
from tests.unit.record.records import FIRST, FOURTH, LATER, SECOND, THIRD, WORDS, asked, sealed, whole


def test_scores_follow_from_the_sealed_answers(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path)
    folder(tmp_path, LATER)
    sealed(tmp_path, THIRD)
    answers = [("end", "little"), ("notice", "yes"), ("share", 40)]
    resolve(tmp_path, FOURTH, [{"question": name, "answer": answer, "source": "x"} for name, answer in answers])
    kept = book(tmp_path)
    found = score([kept])
    assert [(row.question.name, row.seal.entry.day) for row in found.rows] == [
        (name, day) for name in ("end", "notice", "share") for day in (SECOND, THIRD)
    ]
    assert not found.hindsight
    for row in found.rows:
        said = row.seal.seal.answers[row.question.name]
        if row.question.name == "share":
            points = np.array(said.points)
            direct = np.abs(points - 40).mean() - np.abs(points[:, None] - points).mean() / 2
            assert row.points.crps == pytest.approx(direct)
            assert row.base
            assert row.base.crps == pytest.approx(100 * (0.4**3 + 0.6**3) / 3, abs=0.01)  # uniform on 0 to 100
        else:
            p = said.probabilities[str(row.answer)]
            assert row.points.brier == pytest.approx((1 - p) ** 2)
            assert row.points.log == pytest.approx(-log(p))
    base = {row.question.name: row.base for row in found.rows}
    assert base["notice"]
    assert base["notice"].brier == pytest.approx(0.64)
    assert base["end"]
    assert base["end"].brier == pytest.approx(0.25)
    last = [row.points.brier for row in found.rows if row.seal.entry.day == THIRD and row.points.brier is not None]
    first = [row.points.brier for row in found.rows if row.seal.entry.day == SECOND and row.points.brier is not None]
    assert found.mean("brier") == (pytest.approx(np.mean(last)), pytest.approx((0.64 + 0.25) / 2), 2)
    assert found.mean("brier", "first") == (pytest.approx(np.mean(first)), pytest.approx((0.64 + 0.25) / 2), 2)
    parts = found.decomposed()
    assert parts
    assert parts.score == pytest.approx(parts.reliability - parts.resolution + parts.uncertainty)
    assert sum(one.n for one in found.calibration()) == 3  # two outcomes of one question, yes of the other


def test_what_was_sealed_after_the_fact_is_hindsight(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path, SECOND)
    sealed(tmp_path, FOURTH)
    resolve(tmp_path, FOURTH, [{"question": "end", "answer": "much", "on": "2020-01-11", "source": "x"}])
    found = score([book(tmp_path)])
    assert [row.hindsight for row in found.rows] == [False, True]
    assert [row.seal.entry.day for row in found.last] == [SECOND]
    assert not found.hindsight
    assert found.unresolved == ((tmp_path, "notice"), (tmp_path, "share"))


def test_where_all_is_hindsight_it_is_told_and_still_scored(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path, FOURTH)
    resolve(tmp_path, FOURTH, [{"question": "end", "answer": "much", "on": FIRST, "source": "x"}])
    found = score([book(tmp_path)])
    assert found.hindsight
    assert as_json(found)["hindsight"] is True
    assert len(found.last) == 1


def test_the_deadline_ends_forecasting_too(tmp_path: Path) -> None:
    asked(tmp_path)
    late = date(2021, 2, 1)
    sealed(tmp_path, late)
    resolve(tmp_path, late, [{"question": "end", "answer": "much", "source": "x"}])
    assert score([book(tmp_path)]).rows[0].hindsight
    ask(tmp_path, late, [{**WORDS, "name": "late", "event": "notice"}], load(tmp_path), hindsight=True)
    sealed(tmp_path, late)
    resolve(tmp_path, late, [{"question": "late", "answer": "no", "source": "x"}])
    assert score([book(tmp_path)]).rows[-1].hindsight


def test_questions_asked_later_are_not_answered_by_earlier_seals(tmp_path: Path) -> None:
    found = score([book(whole(tmp_path))])
    assert {row.answer for row in found.rows if row.question.name == "notice"} == {"no"}
    assert found.unanswered == ()
    place = asked(tmp_path / "unsealed")
    resolve(place, SECOND, [{"question": "end", "answer": "much", "source": "x"}])
    assert score([book(place)]).unanswered == ((place, "end"),)


def test_several_folders_are_scored_together_and_clustered(tmp_path: Path) -> None:
    kept = [book(whole(tmp_path / name)) for name in ("one", "two")]
    both, one = score(kept), score(kept[:1])
    assert one.against_base() is None
    against = both.against_base()
    assert against
    assert against.low <= against.mean <= against.high
    assert both.mean("brier")[2] == 2 * one.mean("brier")[2]  # type: ignore[index]
    assert as_json(both)["means"]["last"]["crps"]["n"] == 2


def test_nothing_to_score() -> None:
    found = score([])
    assert found.calibration() == ()
    assert found.decomposed() is None
    assert found.mean("brier") is None
    assert not found.hindsight

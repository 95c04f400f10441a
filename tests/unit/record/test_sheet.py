"""The score sheet of one forecast."""

from pathlib import Path

import pytest

from realpolitik.contest.file import load
from realpolitik.forecast.forecast import contest_hash
from realpolitik.record.book import ask, book, resolve
from realpolitik.record.scoring import score
from realpolitik.record.sheet import sheet
from tests.small import folder
from tests.unit.record.records import FIRST, FOURTH, LATER, SECOND, THIRD, WORDS, asked, sealed


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Three seals: with something known, as written, and of a later contest; two answers, and one unanswered."""
    asked(tmp_path)
    other = {"name": "moon", "outcomes": ["full", "new"], **WORDS}
    ask(tmp_path, FIRST, [other], load(tmp_path))
    sealed(tmp_path, SECOND, known="notice")
    sealed(tmp_path, SECOND)
    folder(tmp_path, LATER)
    sealed(tmp_path, THIRD)
    answers = {"notice": "yes", "share": 40, "moon": "new"}
    resolve(tmp_path, FOURTH, [{"question": name, "answer": told, "source": "x"} for name, told in answers.items()])
    return tmp_path


def test_nothing_resolved_gives_no_sheet(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path)
    assert sheet(book(tmp_path), "0" * 64) is None


def test_it_takes_the_forecast_of_the_contest_that_is_asked_for(place: Path) -> None:
    found = sheet(book(place), contest_hash(load(place)))
    assert found
    assert found["seal"]["same_contest"]
    assert found["seal"]["date"] == THIRD.isoformat()
    assert all(mean["last"] is None for mean in found["means"].values())
    other = sheet(book(place), "0" * 64)
    assert other
    assert not other["seal"]["same_contest"]
    assert (other["seal"]["date"], other["seal"]["known"]) == (SECOND.isoformat(), None)
    assert other["means"]["brier"]["last"] == pytest.approx(found["means"]["brier"]["score"])


def test_its_numbers_are_those_of_the_scores(place: Path) -> None:
    found = sheet(book(place), contest_hash(load(place)))
    assert found
    rows = {row.question.name: row for row in score([book(place)]).rows if row.seal.entry.day == THIRD}
    assert [row["question"] for row in found["rows"]] == ["notice", "share"]
    event, number = found["rows"]
    assert event["probability"] == pytest.approx(1 - event["brier"] ** 0.5)
    assert event["brier"] == rows["notice"].points.brier == found["means"]["brier"]["score"]
    assert event["base"]["brier"] == pytest.approx(0.64)
    assert number["crps"] == rows["share"].points.crps
    assert number["quantiles"] == sorted(number["quantiles"])
    assert [one["question"] for one in found["unanswered"]] == ["moon"]
    assert [one["question"] for one in found["open"]] == ["end"]
    assert found["hindsight"] is False


def test_without_a_seal_everything_is_unanswered(tmp_path: Path) -> None:
    asked(tmp_path)
    resolve(tmp_path, FOURTH, [{"question": "notice", "answer": "yes", "source": "x"}])
    found = sheet(book(tmp_path), "0" * 64)
    assert found
    assert (found["seal"], found["rows"], found["means"]) == (None, [], {})
    assert [one["question"] for one in found["unanswered"]] == ["notice"]

"""Questions, seals, resolutions: what is refused, what is kept, what is answered."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from realpolitik.contest.file import load
from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.forecast.condition import condition
from realpolitik.forecast.forecast import forecast
from realpolitik.record.book import ask, book, noted, resolve
from realpolitik.record.ledger import RECORD, digest
from realpolitik.record.seal import kept_contest, printed, seal
from realpolitik.record.verify import verify
from tests.small import change, folder
from tests.unit.record.records import FIRST, FOURTH, SECOND, TEXT, THIRD, WORDS, asked, sealed, whole


def test_a_question_is_kept_as_it_was_asked(tmp_path: Path) -> None:
    found = book(asked(tmp_path)).questions
    assert found["end"].question.outcomes == ("much", "little")
    assert found["share"].question.scale == (0.0, 100.0)
    assert found["notice"].question.base() == {"yes": 0.2, "no": 0.8}
    assert found["end"].question.base() == {"much": 0.5, "little": 0.5}
    with pytest.raises(ContestError, match="never changed"):
        ask(tmp_path, SECOND, [{"name": "end", **WORDS}], load(tmp_path))
    noted(tmp_path, SECOND, "end", "Counted at noon.")
    noted(tmp_path, SECOND, "1", "Once more.")
    after = book(tmp_path).questions["end"]
    assert after.question == found["end"].question
    assert after.notes == ((SECOND, "Counted at noon."), (SECOND, "Once more."))
    with pytest.raises(UnknownName, match="'ende'"):
        noted(tmp_path, SECOND, "ende", "x")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"event": "notise"}, "notise"),
        ({"event": "notice and"}, "character"),
        ({"number": "settlemend"}, "settlement"),
        ({"number": "notice"}, "no number"),
        ({"event": "notice", "number": "settlement"}, "one of them"),
        ({"outcomes": []}, "one of them"),
        ({"event": "notice", "base_rate": {"no": 0.5}}, "base rate"),
        ({"base_rate": {"much": 0.9, "little": 0.2}}, "base rate"),
        ({"number": "settlement", "base_rate": {"yes": 0.9}}, "base rate"),
        ({"deadline": "2020-01-01"}, "before the day"),
        ({"deadline": "soon"}, "such as 2020-01-08"),
        ({"criteria": ""}, "expected words"),
        ({"who": "me"}, "unknown key"),
        ({"name": "no good"}, "a letter first"),
    ],
)
def test_faulty_questions_are_refused_whole(tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    folder(tmp_path, TEXT)
    with pytest.raises(ContestError, match=told):
        ask(tmp_path, FIRST, [{"name": "good", **WORDS}, {"name": "bad", **WORDS, **wrong}], load(tmp_path))
    assert not (tmp_path / RECORD).exists()


def test_all_faults_at_once(tmp_path: Path) -> None:
    folder(tmp_path, TEXT)
    with pytest.raises(ContestError) as caught:
        ask(tmp_path, FIRST, [{"name": "one"}, {"name": "two", **WORDS, "event": "x"}], load(tmp_path))
    assert {fault.path[0] for fault in caught.value.faults} == {"one", "two"}
    assert len(caught.value.faults) > 4


def test_a_seal_answers_every_open_question_from_its_draws(tmp_path: Path) -> None:
    asked(tmp_path)
    found = forecast(load(tmp_path), 2_000, 7)
    _, kept = seal(tmp_path, SECOND, found)
    shares = {name: float((found.worlds.outcome == place).mean()) for place, name in enumerate(("much", "little"))}
    assert kept.outcomes == shares
    assert kept.answers["end"].probabilities == shares
    assert kept.answers["notice"].probabilities["yes"] == found.worlds.results["notice"].mean()
    points = np.array(kept.answers["share"].points)
    assert points.mean() == pytest.approx(found.worlds.results["settlement"].mean(), abs=0.05)
    assert kept.forecast_sha256 == digest(printed(found))
    assert kept.contest_sha256 == digest(kept_contest(found.contest)) == found.manifest["contest_sha256"]
    resolve(tmp_path, SECOND, [{"question": "end", "answer": "much", "source": "x"}])
    folder(tmp_path, change(TEXT, ("  much: settlement >= 50", "  most: settlement >= 60")))
    _, later = seal(tmp_path, THIRD, forecast(load(tmp_path), 500, 7))
    assert set(later.answers) == {"notice", "share"}


def test_the_sealed_hash_is_that_of_what_the_command_prints(tmp_path: Path) -> None:
    asked(tmp_path)
    shown = CliRunner().invoke(app, ["forecast", str(tmp_path), "--draws", "2000", "--seed", "7", "--json"])
    sealed(tmp_path)
    assert book(tmp_path).seals[0].seal.forecast_sha256 == digest(shown.stdout)


def test_what_is_known_conditions_the_forecast(tmp_path: Path) -> None:
    asked(tmp_path)
    found = forecast(load(tmp_path), 2_000, 7)
    _, kept = seal(tmp_path, SECOND, found, known="notice")
    assert kept.answers["notice"].probabilities == {"yes": 1.0, "no": 0.0}
    exact = {row.name: row.after for row in condition(found, "notice").outcomes}
    assert kept.outcomes == pytest.approx(exact)
    assert not verify(tmp_path).faults
    with pytest.raises(ModelError, match="draws agree"):
        seal(tmp_path, SECOND, forecast(load(tmp_path), 20, 7), known="notice")
    with pytest.raises(ContestError, match="notise"):
        seal(tmp_path, SECOND, found, known="notise")


def test_values_set_from_outside_are_sealed_and_reproduce(tmp_path: Path) -> None:
    asked(tmp_path)
    values = {"pathway.notice.judgement": "0.9"}
    _, kept = seal(tmp_path, SECOND, forecast(load(tmp_path, values), 1_000, 3, changes=values))
    assert kept.set == values
    assert [again.verdict for _, again in verify(tmp_path).seals if again] == ["bit for bit"]


def test_another_contest_has_no_place_in_the_record(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path)
    folder(tmp_path, change(TEXT, ("contest: small", "contest: other")))
    with pytest.raises(ContestError, match="'small', not of 'other'"):
        sealed(tmp_path, THIRD)


def test_a_resolution_stays_and_a_correction_says_why(tmp_path: Path) -> None:
    found = book(whole(tmp_path)).questions["notice"]
    assert [one.answer for _, one in found.resolutions] == ["yes", "no"]
    assert found.resolution
    assert found.resolution.corrects == found.resolutions[0][0].number
    assert found.resolution.on == date(2020, 1, 12)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"question": "nobody"}, "no question"),
        ({"answer": "maybe"}, "no possible answer"),
        ({"question": "share", "answer": "many"}, "no number"),
        ({"question": "share", "answer": "nan"}, "number"),
        ({"on": "2020-02-01"}, "after"),
        ({"source": ""}, "expected words"),
        ({"source": None}, "string"),
    ],
)
def test_faulty_resolutions_are_refused(tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    asked(tmp_path)
    before = (tmp_path / RECORD / "ledger.jsonl").read_bytes()
    with pytest.raises(ContestError, match=told):
        resolve(tmp_path, SECOND, [{"question": "end", "answer": "much", "source": "x", **wrong}])
    assert (tmp_path / RECORD / "ledger.jsonl").read_bytes() == before


def test_a_second_answer_needs_a_note(tmp_path: Path) -> None:
    asked(tmp_path)
    one = {"question": "end", "answer": "much", "source": "x"}
    resolve(tmp_path, SECOND, [one])
    with pytest.raises(ContestError, match="needs a note"):
        resolve(tmp_path, THIRD, [{**one, "answer": "little"}])
    with pytest.raises(ContestError, match="twice"):
        resolve(tmp_path, THIRD, [{"question": "notice", "answer": "no", "source": "x"}] * 2)
    resolve(tmp_path, FOURTH, [{**one, "answer": "little", "note": "Counted again."}])
    assert book(tmp_path).questions["end"].resolution.answer == "little"  # type: ignore[union-attr]
    assert json.loads((tmp_path / RECORD / "ledger.jsonl").read_text().splitlines()[3])["body"]["answer"] == "much"

"""The record as a person keeps it: questions, seals, answers, scores, the track, updates from reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from realpolitik.contest.file import load
from tests.journey.test_cli import Answer, run
from tests.small import CHAMBER, change, folder
from tests.unit.record.records import TEXT

QUESTIONS = """\
end:
  text: How does it end?
  criteria: As the contest says.
  source: The gazette
  deadline: 2020-12-31
law:
  text: Does the house pass the law?
  event: law.passed
  criteria: A vote that the gazette prints.
  source: The gazette
  deadline: 2020-12-31
  base_rate: {yes: 0.4}
"""

WIRE = """\
Assembly backs the bill

ARNOR, Jan. 12, 2020 - The house passed the bill on Sunday by 6 votes to 1, with three abstentions.
"We will not leave," said Ben Roe, the minister.
"""

LAW = change(
    TEXT,
    ("  notice: {judgement: 0.3}", "  law: {chamber: house}\n  notice: {judgement: 0.3, when: law.passed}"),
    ("pathway:\n", f"{CHAMBER}pathway:\n"),
    ("much: settlement >= 50", "much: settlement >= 50 or notice"),
)


@pytest.fixture
def contest(tmp_path: Path) -> Path:
    place = tmp_path / "contest"
    place.mkdir()
    (tmp_path / "questions.yaml").write_text(QUESTIONS)
    (tmp_path / "wire.txt").write_text(WIRE)
    return folder(place, LAW)


def done(found: Answer) -> str:
    assert found.returncode == 0, found.stderr
    return found.stdout


def data(found: Answer) -> Any:
    return json.loads(done(found))


def test_a_question_from_asking_to_scoring(contest: Path) -> None:
    place, file = str(contest), str(contest.parent / "questions.yaml")
    done(run("question", place, "--file", file, "--date", "2020-01-09"))
    done(run("question", place, "more", "--text", "How much?", "--number", "settlement", "--criteria", "Percent.",
             "--source", "The gazette", "--deadline", "2020-12-31", "--date", "2020-01-09"))  # fmt: skip
    assert [one["name"] for one in data(run("question", place, "--json"))] == ["end", "law", "more"]
    done(run("seal", place, "--draws", "500", "--date", "2020-01-09"))
    done(run("edit", place, "pathway.notice.judgement=0.9"))
    sealed = data(run("seal", place, "--draws", "500", "--known", "law.passed", "--date", "2020-01-10", "--json"))
    assert sealed[0]["answers"]["law"]["probabilities"] == {"yes": 1.0, "no": 0.0}
    done(run("question", place, "law", "--note", "The vote is on Sunday.", "--date", "2020-01-10"))
    text = done(run("verify", place))
    assert text.count("bit for bit") == 2
    done(run("resolve", place, "law", "yes", "--source", "The gazette", "--on", "2020-01-12", "--date", "2020-01-13"))
    scores = data(run("score", place, "--json"))
    assert [row["question"] for row in scores["forecasts"]] == ["law", "law"]
    assert scores["forecasts"][1]["brier"] == 0
    assert {one["question"] for one in scores["unresolved"]} == {"end", "more"}
    shown = done(run("score", place))
    assert "Murphy" in shown
    assert "hindsight" not in shown.lower()
    assert data(run("verify", place, "--head", sealed[0]["sha256"], "--no-run", "--json"))["faults"] == []
    moves = data(run("track", place, "--json"))[1]["moved"]
    assert {one["name"] for one in moves} >= {"known", "pathway.notice.judgement"}
    assert "pathway.notice.judgement" in done(run("track", place)).replace("\n", "")
    done(run("forecast", place, "--draws", "500", "--out", str(contest.parent / "run")))
    done(run("report", str(contest.parent / "run"), "--record", place, "--quick"))
    page = (contest.parent / "run" / "report.html").read_text()
    assert "How the forecast moved" in page
    score = next(row for row in scores["forecasts"] if row["seal"] == sealed[0]["entry"] - 1 or row["brier"] > 0)
    assert f"Brier score {score['brier']:.3f} on 1 question, against {score['base_rate']['brier']:.3f}" in page
    assert "Still open" in page
    assert "Hindsight" not in page
    assert sealed[0]["sha256"][:12] in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["verify", "FOLDER"], "no record"),
        (["seal", "FOLDER", "--date", "9 January"], "no day"),
        (["question", "FOLDER", "x"], "deadline"),
        (["question", "FOLDER", "x", "--note", "y"], "no question or entry"),
        (["question", "FOLDER", "--note", "y"], "--note needs"),
        (["question", "FOLDER", "x", "--file", "q.yaml"], "one of the two"),
        (["resolve", "FOLDER"], "one of the two"),
        (["resolve", "FOLDER", "x", "yes", "--source", "y"], "no question 'x'"),
        (["seal", "FOLDER", "--known", "law.past"], "law.passed"),
        (["update", "FOLDER", "nothing.txt"], "no such file"),
        (["update", "FOLDER", "WIRE", "--accept", "1"], "without --accept first"),
        (["update", "FOLDER", "WIRE", "--known", "law.past"], "law.passed"),
    ],
)
def test_what_a_person_gets_wrong_is_said_and_changes_nothing(contest: Path, words: list[str], told: str) -> None:
    before = (contest / "contest.yaml").read_text()
    places = {"FOLDER": str(contest), "WIRE": str(contest.parent / "wire.txt")}
    found = run(*(places.get(word, word) for word in words))
    assert found.returncode == 2
    assert told in found.stderr.replace("\n", " ")
    assert "Traceback" not in found.stderr
    assert (contest / "contest.yaml").read_text() == before
    assert not (contest / "record" / "head").exists()


def test_a_tampered_record_is_refused_everywhere(contest: Path) -> None:
    place = str(contest)
    done(run("seal", place, "--draws", "200", "--date", "2020-01-09"))
    done(run("seal", place, "--draws", "200", "--date", "2020-01-10"))
    file = contest / "record" / "ledger.jsonl"
    file.write_text(file.read_text().replace('"draws":200', '"draws":201', 1))
    for words in (["verify"], ["seal", "--draws", "200"], ["score"], ["track"], ["question"]):
        found = run(words[0], place, *words[1:])
        assert found.returncode == 2
        assert "ledger.jsonl:2" in found.stderr
    found = run("verify", place, "--json")
    assert found.returncode == 2
    assert json.loads(found.stdout)["faults"][0]["line"] == 2


def test_an_update_proposes_and_applies_only_what_is_accepted(contest: Path) -> None:
    place, wire = str(contest), str(contest.parent / "wire.txt")
    done(run("edit", place, "as_of=2020-01-13"))
    first = data(run("update", place, wire, "--draws", "500", "--date", "2020-01-13", "--json"))
    assert first["added"] == ["wire"]
    assert load(contest).pathway["law"].recorded is None
    assert load(contest).claims
    (vote,) = [one for one in first["proposals"] if one["kind"] == "vote"]
    assert vote["path"] == "pathway.law.recorded"
    assert first["step"]["moved"] == []
    again = run("update", place, wire, "--accept", "99", "--draws", "500", "--date", "2020-01-14")
    assert again.returncode == 2
    number = str(vote["number"])
    second = data(run("update", place, wire, "--accept", number, "--known", "law.passed", "--draws", "500",
                      "--date", "2020-01-14", "--json"))  # fmt: skip
    recorded = load(contest).pathway["law"].recorded
    assert recorded
    assert (recorded.yes, recorded.no) == (6, 1)
    assert second["added"] == []
    moved = {one["name"]: one for one in second["step"]["moved"]}
    assert set(moved["pathway.law.recorded"]["evidence"]) <= set(first["step"]["new_claims"])
    assert "known" in moved
    third = data(run("update", place, wire, "--draws", "500", "--date", "2020-01-15", "--json"))
    assert third["step"]["known"] == "law.passed"
    assert all(one["kind"] != "vote" for one in third["proposals"])
    assert len(data(run("track", place, "--no-why", "--json"))) == 4
    assert "Proposals" not in done(run("update", place, wire, "--draws", "500", "--date", "2020-01-16"))


def test_what_has_happened_becomes_known_when_it_is_accepted(contest: Path) -> None:
    done(run("edit", str(contest), "pathway.notice={judgement: 0.3, title: Iran rejects the formal offer, by: iran}"))
    wire = contest.parent / "notice.txt"
    wire.write_text("ARNOR, Jan. 12, 2020 - Iran rejected the formal offer on Sunday.\n")
    words = ("update", str(contest), str(wire), "--draws", "500", "--json")
    first = data(run(*words, "--date", "2020-01-13", "--known", "law.passed or law.quorate"))
    (one,) = [one for one in first["proposals"] if one["kind"] == "known"]
    assert one["value"] == "notice"
    assert first["step"]["known"] == "law.passed or law.quorate"
    second = data(run(*words, "--date", "2020-01-14", "--accept", str(one["number"])))
    assert second["step"]["known"] == "(law.passed or law.quorate) and notice"
    third = data(run(*words, "--date", "2020-01-15"))
    assert third["step"]["known"] == second["step"]["known"]
    assert not [one for one in third["proposals"] if one["kind"] == "known"]

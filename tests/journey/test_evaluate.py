"""`realpolitik evaluate` as a person meets it: backtests as table, JSON, page and parameters; faults with places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realpolitik.models.bargaining.pooled import Parameters
from realpolitik.record.shipped_scores import ShippedScores
from tests.journey.test_cli import run
from tests.unit.record import decisions, test_ties


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return decisions.write(tmp_path / "towns.tsv", decisions.rows())


@pytest.fixture
def threats(tmp_path: Path) -> Path:
    return test_ties.write(tmp_path / "threats.csv", test_ties.rows())


def test_every_model_stands_in_the_table(file: Path) -> None:
    found = run("evaluate", "deu", file)
    assert found.returncode == 0, found.stderr
    words = " ".join(found.stdout.split())
    for text in (
        "24 issues in 12 dossiers",
        "constant-50",
        "compromise",
        "pooled",
        "learned anew without each dossier",
    ):
        assert text in words
    assert "exchange answers 0: The exchange model trades one issue for another" in words
    assert max(map(len, found.stdout.splitlines())) <= 100
    assert "\x1b[" not in found.stdout


def test_json_has_what_machines_ask_for(file: Path) -> None:
    found = run("evaluate", "deu", file, "--json", "--capabilities", "equal")
    data = json.loads(found.stdout)
    assert (data["n"], data["capabilities"]) == (24, "equal")
    keys = {"mae", "rmse", "within_10", "crps", "coverage_80", "crps_minus_compromise"}
    assert all(keys <= set(numbers) for numbers in data["models"].values())
    assert set(data["models"]["pooled"]["crps_minus_compromise"]) == {"mean", "low", "high"}


def test_learned_parameters_say_how_they_were_made(file: Path, tmp_path: Path) -> None:
    out, page = tmp_path / "own.json", tmp_path / "page.html"
    found = run("evaluate", "deu", file, "--learn", out, "--report", page)
    assert found.returncode == 0, found.stderr
    made = Parameters.parse(out.read_text(), "own.json")
    assert made.learned_from["command"] == "realpolitik evaluate deu towns.tsv --learn own.json"
    assert made.learned_from["issues"] == 24
    text = page.read_text()
    assert "<svg" in text
    assert "Where outcomes fell in the distribution of &#39;pooled&#39;" in text
    assert "<script" not in text


def test_scores_for_reports_say_how_they_were_made(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    found = run("evaluate", "deu", file, "--capabilities", "equal", "--scores", out)
    assert f"{out} written" in found.stdout.replace("\n", "")
    made = ShippedScores.parse(out.read_text(), "scores.json")
    assert made.command == "realpolitik evaluate deu towns.tsv --scores scores.json --capabilities equal"
    assert made.issues == 24


def test_shipped_parameters_are_scored_on_any_file(file: Path) -> None:
    found = run("evaluate", "deu", file, "--shipped")
    assert "parameters that come with Realpolitik, learned from another file" in " ".join(found.stdout.split())
    data = json.loads(run("evaluate", "deu", file, "--shipped", "--json").stdout)
    assert data["pooled"]["refitted_without_each_dossier"] is False
    assert data["pooled"]["learned_on_this_file"] is False


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--capabilities", "counsil"), "Did you mean 'council'"),
        (("--shipped", "--learn", "x.json"), "--shipped and --learn exclude each other"),
        (("--shipped", "--scores", "x.json"), "--shipped and --scores exclude each other"),
    ],
)
def test_options_that_make_no_sense_are_refused(file: Path, words: tuple[str, ...], text: str) -> None:
    found = run("evaluate", "deu", file, *words)
    assert found.returncode == 2
    assert text in found.stderr
    assert "Traceback" not in found.stderr


def test_faulty_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("nothing\n")
    for command in ("deu", "ties"):
        for name in (path, tmp_path / "missing.tsv", tmp_path):
            found = run("evaluate", command, name)
            assert found.returncode == 2
            assert found.stderr.startswith("realpolitik: ")
            assert "Traceback" not in found.stderr


def test_threats_out_of_time(threats: Path) -> None:
    found = run("evaluate", "ties", threats)
    assert found.returncode == 0, found.stderr
    words = " ".join(found.stdout.split())
    assert "80 threats with an outcome; learned from 40 that began up to 1989" in words
    assert max(map(len, found.stdout.splitlines())) <= 100
    data = json.loads(run("evaluate", "ties", threats, "--json").stdout)
    part = data["events"]["acquiescence"]["without_article_98"]
    assert {"n", "train_base_rate", "base-rate", "logit", "logit_minus_base_rate"} <= set(part)
    assert {"brier", "log"} <= set(part["logit"])

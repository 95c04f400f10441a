"""`realpolitik solve` as a person meets it: tables in, models side by side, faults with their places."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.app import solve
from realpolitik.errors import ModelError
from realpolitik.models.bargaining import ActorTable, Move, Round, Settlement, compromise
from realpolitik.registry import models
from tests.journey.test_cli import Answer, run

TABLE = """actor,position:delay,position:fine,salience (%),capability (votes)
France,10,20,60,29
Denmark,4,,100,7
Ireland,7,80,10,7
reference point,12,0
scale low,4,0
scale high,12,100
"""

ONE = """actor,position,salience,capability
Netherlands,4,0.80,0.08
Belgium,7,0.40,0.08
Luxembourg,4,0.20,0.03
Germany,4,0.80,0.16
France,10,0.60,0.16
Italy,10,0.60,0.16
United Kingdom,10,0.90,0.16
Ireland,7,0.10,0.05
Denmark,4,1,0.05
Greece,7,0.70,0.08
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def emission(tmp_path: Path) -> Path:
    path = tmp_path / "emission.csv"
    path.write_text(ONE)
    return path


def answered(found: Answer) -> Any:
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def refused(*words: str | Path) -> str:
    found = run("solve", *words)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert found.stdout == ""
    return found.stderr


def test_help_names_the_command() -> None:
    assert "solve" in run("--help").stdout
    assert "--scale" in run("solve", "--help").stdout


@pytest.mark.parametrize("words", [(), ("--all",)])
def test_models_stand_side_by_side(table: Path, words: tuple[str, ...]) -> None:
    found = run("solve", table, *words)
    assert found.returncode == 0, found.stderr
    for name in models.names(accepts=ActorTable):
        assert name in found.stdout
    for text in ("delay", "fine", "3 actors, 2 issues", "takes no part there", "What drives the difference"):
        assert text in " ".join(found.stdout.split())
    assert max(map(len, found.stdout.splitlines())) <= 100
    assert "\x1b[" not in found.stdout


def test_a_model_that_does_not_apply_says_so_beside_the_others(emission: Path) -> None:
    found = run("solve", emission)
    assert found.returncode == 0
    words = " ".join(found.stdout.split())
    assert "not applicable: The model 'nash' needs to know" in words
    assert "Note: The scale of 'issue' is taken from the data, 4 to 10." in words
    assert "United Kingdom holds 21% of the weight, which is spread as if over 6.9 equal actors." in words
    assert "nearly dichotomous: 37% of the weight at the low end, 50% at the top." in words
    rows = answered(run("solve", emission, "--all", "--json"))
    (nash,) = [row for row in rows if row["model"] == "nash"]
    assert nash["reason"].startswith("not applicable: The model 'nash'")
    assert (nash["settlement"], nash["rounds"], nash["moves"], nash["converged"]) == ({}, [], [], None)
    assert "needs to know where things stay" in refused(emission, "--model", "nash")
    assert [
        row["model"] for row in answered(run("solve", emission, "--json", "--model", "nash", "--model", "mean"))
    ] == [
        "nash",
        "mean",
    ]


def test_one_model_gives_one_object(emission: Path) -> None:
    found = run("solve", emission, "--model", "compromise", "--json")
    data = answered(found)
    assert list(data) == ["model", "variant", "settlement", "rounds", "moves", "converged", "reason"]
    assert (data["model"], data["variant"], data["converged"], data["reason"]) == ("compromise", None, None, None)
    assert data["settlement"] == {"issue": pytest.approx(5003 / 677, rel=1e-12)}
    assert "taken from the data" in found.stderr
    data = answered(run("solve", emission, "--model", "nash", "--variant", "costly", "--reference", "10", "--json"))
    assert data["variant"] == "costly"
    assert 4 <= data["settlement"]["issue"] <= 10
    assert data["reason"] == "everybody gains over having no agreement"


def moving(table: ActorTable) -> Settlement:
    """Everybody but the first moves to the compromise in one round; the first stays."""
    end = np.where(table.takes_part, compromise(table).outcome[:, np.newaxis, :], np.nan)
    end[:, 0] = table.position[:, 0]
    rounds = tuple(Round(place, np.nanmean(end, axis=1), np.nanmean(end, axis=1)) for place in (table.position, end))
    moves = (Move(0, 1, table.actors[1], table.actors[0], table.issues[0], 4.0, 7.5),)
    settled = Settlement(table.issues, end[:, 0], "moving", None, True, "by hand")
    rest, reason = np.array([False]), np.array([1])
    return replace(settled, rounds=rounds, moves=moves, converged=rest, reasons=("a", "it [cycles]"), reason=reason)


def test_rounds_and_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, emission: Path) -> None:
    from realpolitik.registry import Entry

    monkeypatch.setitem(models._entries, "moving", Entry("moving", moving, {"accepts": ActorTable, "variants": ()}))
    data = answered(run("solve", emission, "--model", "moving", "--json"))
    assert len(data["rounds"]) == 2
    assert set(data["rounds"][0]) == {"mean", "median", "positions"}
    assert data["rounds"][0]["positions"]["issue"]["Belgium"] == 7
    assert data["moves"] == [
        {"round": 1, "actor": "Belgium", "because_of": "Netherlands", "issue": "issue", "from": 4.0, "to": 7.5}
    ]
    assert (data["converged"], data["reason"]) == (False, "it [cycles]")
    shown = " ".join(run("solve", emission, "--model", "moving", "--model", "median").stdout.split())
    assert "moving 1 no it [cycles]" in shown
    assert "Actors who end elsewhere than they began: 9 in moving." in shown
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    partly = answered(run("solve", path, "--model", "moving", "--json"))
    assert set(partly["rounds"][1]["positions"]["fine"]) == {"France", "Ireland"}


def test_what_drives_the_difference(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("actor,position,salience,capability\na,0,1,0.5\nb,10,1,0.5\nc,100,1,1\n")
    words = " ".join(run("solve", path, "--model", "mean", "--model", "median").stdout.split())
    assert "There are two camps: 50% of the weight at 10.00 or below, 50% at 100.00 or above." in words
    assert "Models run from 36.67 (mean, unweighted) to 55.00 (median, midpoint), 18% of the scale apart." in words
    path.write_text("actor,position,salience,capability\na,1,1,1\nb,1,1,1\n")
    words = " ".join(run("solve", path, "--scale", "-1", "3", "--model", "mean", "--model", "median").stdout.split())
    assert "All models settle at 1.000." in words
    assert "each of 2 actors holds 50% of the weight" in words
    assert "Models run" not in run("solve", path, "--scale", "-1", "3", "--model", "mean").stdout
    path.write_text("actor,position,salience,capability\na,1,0,1\nb,2,0,1\n")
    assert "all actors are zero" in " ".join(run("solve", path, "--model", "mean").stdout.split())


def test_many_issues_stand_in_several_tables(tmp_path: Path) -> None:
    issues = [f"issue {number}" for number in range(6)]
    head = ",".join(["actor", *(f"position:{issue}" for issue in issues), "salience", "capability"])
    path = tmp_path / "t.csv"
    path.write_text(f"{head}\na{',0' * 6},1,1\nb{',50' * 6},1,1\n")
    shown = run("solve", path, "--model", "mean").stdout
    assert shown.count("Settlement by model") == 2
    assert "1" in shown
    assert list(answered(run("solve", path, "--model", "mean", "--json"))["settlement"]) == issues


def test_contest_folder_at_its_medians(tmp_path: Path) -> None:
    folder = tmp_path / "dam"
    assert run("new", folder).returncode == 0
    for path in (folder, folder / "contest.yaml"):
        data = answered(found := run("solve", path, "--model", "compromise", "--json"))
        assert 50 < data["settlement"]["size"] < 90
        assert "Every quantity stands at its median" in found.stderr
    rows = answered(run("solve", folder, "--json"))
    assert all(not str(row["reason"]).startswith("not applicable") for row in rows if row["model"] == "nash")
    assert "a contest states these itself" in refused(folder, "--scale", "0", "1")


def contest_of(folder: Path, issues: str) -> Path:
    folder.mkdir()
    (folder / "contest.yaml").write_text(
        "contest: c\ntitle: t\nas_of: 2026-01-01\nhorizon: 2026-12-31\n"
        "actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}\n"
        f"quantities: {{shared: 20 to 40}}\n{issues}"
        "pathway: {one: {judgement: 0.5}}\noutcomes: {all: otherwise}\n"
    )
    return folder


def test_contests_of_several_issues_and_of_none(tmp_path: Path) -> None:
    one = "question: q, unit: u, scale: {0: x, 100: y}"
    issues = (
        f"issues:\n  x: {{{one}, reference_point: 5, "
        "positions: {a: {position: shared, salience: 1, capability: 1}}}\n"
        f"  y: {{{one}, positions: {{b: {{position: 80, salience: 1, capability: 1}}}}}}\n"
    )
    found = run("solve", contest_of(tmp_path / "two", issues), "--model", "mean", "--json")
    assert answered(found)["settlement"] == {"x": pytest.approx(30), "y": 80}
    assert "No reference point for 'y'" in found.stderr
    assert "has no issue to bargain over" in refused(contest_of(tmp_path / "none", ""), "--all")


def test_a_stage_may_name_nash_and_reads_the_reference_point(tmp_path: Path) -> None:
    folder = tmp_path / "dam"
    assert run("new", folder).returncode == 0
    file = folder / "contest.yaml"
    text = file.read_text().replace("bargain: size\n", "bargain: size\n    model: nash\n    variant: costly\n")
    file.write_text(text)
    assert run("forecast", folder, "--draws", "500").returncode == 0
    file.write_text(text.replace("    reference_point: 0 ", "    # "))
    found = run("forecast", folder, "--draws", "500")
    assert found.returncode == 2
    assert "no reference point is given for 'size'" in found.stderr


def test_faults_come_all_at_once_with_their_lines(table: Path) -> None:
    table.write_text(TABLE.replace("10,20,60", "ten,20,160").replace("Ireland", "France"))
    words = refused(table)
    for place in ("2:8: France.delay.position", "2:15: France.delay.salience", "4:1: actor 'France'"):
        assert f"table.csv:{place}" in words


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--model", "compromize"), "Did you mean 'compromise'?"),
        (("--model", "passage"), "There is no bargaining model 'passage'"),
        (("--model", "nash", "--variant", "costley"), "Did you mean 'costly'?"),
        (("--variant", "costly"), "--variant names the rules of one model"),
        (("--all", "--model", "mean"), "exclude each other"),
        (("--reference", "x=y", "--reference", "nan"), "'x=y' is neither VALUE nor ISSUE=VALUE"),
        (("--reference", "delay=1", "--reference", "delay=2"), "a second value for the same issue"),
        (("--reference", "fine=99"), "the table states the reference point of 'fine' itself"),
        (("--scale", "0", "100"), "the table states the scale of 'delay' itself"),
    ],
)
def test_options_that_do_not_fit(table: Path, options: tuple[str, ...], words: str) -> None:
    assert words in refused(table, *options)


def test_ktab_sample(shared: Path) -> None:
    path = shared / "data" / "ktab" / "dummyData_3Dim.csv"
    data = answered(run("solve", path, "--model", "compromise", "--json"))
    assert set(data["settlement"]) == {"Pstn1", "Pstn2", "Pstn3"}
    assert data["settlement"]["Pstn1"] == pytest.approx(78.78, abs=0.01)


def test_answers_keep_going_when_a_model_refuses() -> None:
    table = ActorTable.one_issue({"a": 1}, salience={"a": 1}, capability={"a": 1})
    nash, mean = solve.answers(table, [("nash", "costly"), ("mean", None)], seed=1)
    assert nash.settlement is None
    assert "no reference point" in nash.refusal
    assert mean.settlement is not None
    with pytest.raises(ModelError):
        models.get("nash")(table)

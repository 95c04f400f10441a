"""`combine` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journey.test_cli import run

DRAWS = ("--draws", "400")


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("arnor", "roe"):
        assert run("new", tmp_path / name).returncode == 0
    from realpolitik.contest.file import load

    contest = load(tmp_path / "roe")
    issue = next(iter(contest.issues))
    actor = next(iter(contest.issues[issue].positions))
    assert run("edit", tmp_path / "roe", f"issues.{issue}.positions.{actor}.salience=0.05").returncode == 0
    return tmp_path / "arnor", tmp_path / "roe"


def outcomes(folder: Path) -> list[str]:
    from realpolitik.contest.file import load

    return list(load(folder).outcomes)


def test_table_and_data(versions: tuple[Path, Path]) -> None:
    first, *others = outcomes(versions[0])
    crowd = f"crowd: {first}=0.3, " + ", ".join(f"{name}={0.7 / len(others):.3f}" for name in others)
    words = ("combine", *versions, "--opinion", crowd, "--weight", "roe=2", *DRAWS)
    found = run(*words)
    assert found.returncode == 0
    assert "What they disagree about" in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 100
    plain = json.loads(run(*words, "--json").stdout)
    assert [(each["name"], each["weight"]) for each in plain["voices"]] == [("arnor", 1), ("roe", 2), ("crowd", 1)]
    assert [each["address"].endswith(".salience") for each in plain["disagreements"]] == [True]
    assert plain["other_differences"] == []


def test_folders_of_one_name(versions: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "desk" / "arnor"
    other.parent.mkdir()
    assert run("new", other).returncode == 0
    plain = json.loads(run("combine", versions[0], other, "--json", *DRAWS).stdout)
    assert [each["name"] for each in plain["voices"]] == [str(versions[0]), str(other)]


def test_refusals(versions: tuple[Path, Path]) -> None:
    name = outcomes(versions[0])[0]
    wrong = {
        "One voice alone": (versions[0],),
        "A contest is given twice": (versions[0], versions[0]),
        "is no opinion": (*versions, "--opinion", "0.2"),
        "is not OUTCOME=PROBABILITY": (*versions, "--opinion", "crowd: 0.2"),
        "is no number": (*versions, "--opinion", f"crowd: {name}=much"),
        "is given twice": (*versions, "--opinion", f"crowd: {name}=0.1, {name}=0.2"),
        "There is no voice 'ro'": (*versions, "--weight", "ro=2"),
        "must be above 0": (*versions, "--extremise", "0"),
        "only one may be left out": (*versions, "--base-rate", f"{name}=0.5"),
    }
    for message, words in wrong.items():
        found = run("combine", *words, *DRAWS)
        assert (found.returncode, found.stdout) == (2, ""), message
        assert message in found.stderr

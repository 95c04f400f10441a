"""`realpolitik chamber` as a person meets it."""

import json
from pathlib import Path

import pytest

from tests.journey.test_cli import run

HOUSE = """\
name: The house
seats: 329
quorum: two thirds of seats
passes: [majority of present, majority of seats]
casting_vote: 0.5
blocs:
  shia: {seats: 187, attends: 0.8 to 0.95, yes: 0.7 to 0.9, no: 0.02, cohesion: 0.6}
  sunni: {seats: 77, attends: 0.3 to 0.7, yes: 0.1, no: 0.7, cohesion: 0.6, boycott: 0.3}
  kurdish: {seats: 56, attends: 0.5, yes: 0.05, no: 0.85, cohesion: 0.8, boycott: 0.5}
  minorities: {seats: 9, attends: 0.5, yes: 0.4, no: 0.3}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.yaml"
    path.write_text(HOUSE)
    return path


def test_prints_the_vote_the_pivots_and_the_coalitions(house: Path) -> None:
    found = run("chamber", house, "--draws", "2000")
    assert found.returncode == 0, found.stderr
    for text in ("329 seats, quorum 220", "at the medians", "sunni + kurdish", "No-show paradox", "sunni 3, kurdish 3"):
        assert text in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 100


def test_json_agrees_with_itself(house: Path) -> None:
    found = json.loads(run("chamber", house, "--draws", "2000", "--json").stdout)["chambers"]["house"]
    exact = found["at_medians"]
    margin = exact["margin"]
    passing = sum(p for value, p in zip(margin["values"], margin["with_quorum"], strict=True) if value >= 0)
    assert passing == pytest.approx(exact["passing"], abs=1e-9)
    assert found["coalitions"]["break_quorum"]["members"] == 110
    assert found["no_show_profiles"] == {"of": 27, "shia": 0, "sunni": 3, "kurdish": 3, "minorities": 0}


def test_faults_have_their_place(house: Path) -> None:
    house.write_text(HOUSE.replace("seats: 77", "seats: many"))
    found = run("chamber", house)
    assert found.returncode == 2
    assert "house.yaml:8:" in found.stderr
    house.write_text(HOUSE)
    assert "Did you mean 'house'" in run("chamber", house, "--chamber", "hose").stderr
    assert "draws is 0" in run("chamber", house, "--draws", "0").stderr


def test_a_shaken_chamber_is_exact_and_agrees_with_its_draws(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        "seats: 120\nquorum: majority of seats\npasses: majority of present\nattendance_shock: 0.2\nvote_shock: 0.1\n"
        "blocs:\n  left: {seats: 70, attends: 0.9, yes: 0.8}\n  right: {seats: 50, attends: 0.8, yes: 0.2, no: 0.7}\n"
    )
    found = json.loads(run("chamber", file, "--draws", "4000", "--json").stdout)["chambers"]["house"]
    exact, drawn = found["at_medians"], found["over_draws"]
    assert found["refusal"] is None
    for key in ("quorum", "passing"):
        assert abs(exact[key] - drawn[key]) < 4 * (exact[key] * (1 - exact[key]) / 4000) ** 0.5


SECOND = "second_reading: {passes: two thirds of present, same_mood: 0.5}\nblocs:"


def test_a_second_reading_is_told(house: Path) -> None:
    house.write_text(HOUSE.replace("blocs:", SECOND))
    found = run("chamber", house, "--draws", "2000")
    assert found.returncode == 0, found.stderr
    words = " ".join(found.stdout.split())
    assert "must pass a second reading with two thirds of present, quorum 220" in words
    assert "The sampled answers stand" in words
    assert "passes the first reading" in words
    assert max(map(len, found.stdout.splitlines())) <= 100


def test_an_independent_second_reading_is_exact(house: Path) -> None:
    house.write_text(HOUSE.replace("blocs:", SECOND.replace("0.5", "0")))
    found = json.loads(run("chamber", house, "--draws", "2000", "--json").stdout)["chambers"]["house"]
    assert found["rule"]["second_reading"]["quorum_needed"] == 220
    assert 0 < found["at_medians"]["passing"] < found["at_medians"]["passing_first_reading"]
    assert 0 < found["over_draws"]["passing"] < found["over_draws"]["passing_first_reading"]


def test_tables_fit_eighty_columns(house: Path) -> None:
    house.write_text(HOUSE.replace("minorities:", "members-of-minorities:"))
    lines = run("chamber", house, "--draws", "500").stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines if "   " in line) <= 80

"""`realpolitik crisis` as a person meets it."""

import json
from pathlib import Path

import pytest

from realpolitik.app import crisis
from realpolitik.registry import templates
from tests.journey.test_cli import run

TIED = 'EFG 2 R "Tied" { "a" } p "" 1 1 "h" { "x" "y" } 0 t "" 1 "one" { 1 } t "" 2 "two" { 1 }'
COINS = """EFG 2 R "Coins" { "a" "b" }
p "" 1 1 "a" { "h" "t" } 0
p "" 2 1 "b" { "h" "t" } 0
t "" 1 "same" { 1 -1 }
t "" 2 "other" { -1 1 }
p "" 2 1 "b" { "h" "t" } 0
t "" 2
t "" 1
"""


def test_templates_are_listed() -> None:
    found = run("crisis", "--list")
    assert all(name in found.stdout for name in templates.names())
    listed = json.loads(run("crisis", "--list", "--json").stdout)["templates"]
    assert [each["name"] for each in listed] == list(templates.names())


def test_a_threat_stands_beside_its_base_rates() -> None:
    found = run("crisis", "threat", "--set", "target_cost=1", "--set", "target_paid=0")
    assert found.returncode == 0
    for text in ("target_cost", "Where the outcome changes", "Quantal response", "TIES", "sender gave up"):
        assert text in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 100


def test_numbers_for_machines() -> None:
    found = json.loads(run("crisis", "signal", "--json").stdout)
    assert found["equilibrium"]["play"]["answer to the threat"]["moves"]["concede"] == pytest.approx(1 / 3)
    assert found["regimes"]["resolved"][0]["high"] == pytest.approx(2 / 3)
    assert sum(found["quantal"]["outcomes"].values()) == pytest.approx(1)
    assert found["base_rates"] is None


def test_no_closed_form_and_ties_are_said() -> None:
    assert "quantal response only" in run("crisis", "threat-unknown-resolve").stdout
    assert "exactly indifferent" in run("crisis", "chicken").stdout
    still = run("crisis", "ultimatum", "--set", "pie=0.01", "--set", "proposer_outside=10", "--set",
                "responder_outside=10")  # fmt: skip
    assert "Within their ranges, no change from" in still.stdout


def test_a_game_goes_out_to_a_file_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "game.efg"
    assert run("crisis", "deterrence", "--out", path).returncode == 0
    found = json.loads(run("crisis", path, "--json").stdout)
    assert found["subgame_perfect"]["found"][0]["outcomes"] == {"conflict": 1.0}
    assert "conflict 100.0 %" in run("crisis", path).stdout


def test_ties_and_dice_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "game.efg"
    path.write_text(TIED)
    assert "theory alone does not decide" in run("crisis", path).stdout
    monkeypatch.setattr(crisis, "MOST_SHOWN", 1)
    assert "and 1 more" in run("crisis", path).stdout
    path.write_text(COINS)
    monkeypatch.setattr(crisis, "all_equilibria", lambda tree: None)
    assert "extra 'games'" in run("crisis", path).stdout
    monkeypatch.setattr(crisis, "all_equilibria", lambda tree: ({"a": (0.5, 0.5), "b": (0.5, 0.5)},))
    assert "by Gambit: 1" in run("crisis", path).stdout
    assert len(json.loads(run("crisis", path, "--json").stdout)["nash"]) == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((), "--list"),
        (("thret",), "Did you mean 'threat'"),
        (("threat", "--set", "sender_stake=much"), "not a number"),
        (("threat", "--set", "sender_stake=much", "--set", "nope=1"), "no such parameter"),
        (("threat", "--set", "sender_stake=99"), "0 to 10"),
        (("threat", "--precision", "-1"), "precision"),
        (("nowhere.efg",), "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(words: tuple[str, ...], text: str) -> None:
    found = run("crisis", *words)
    assert found.returncode == 2
    assert text in found.stderr
    assert "Traceback" not in found.stderr


def test_a_file_is_solved_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "game.efg"
    path.write_text(TIED)
    assert "as it stands" in run("crisis", path, "--set", "x=1").stderr


def test_a_map_as_letters_numbers_and_picture(tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    words = ("crisis", "signal", "--map", "resolved", "--map", "audience_cost")
    found = run(*words, "--out", picture)
    assert found.returncode == 0
    for text in ("audience_cost up, resolved across", "26.7 %", "+ stands where the values are now"):
        assert text in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 100
    assert picture.read_text().startswith("<svg")
    plain = json.loads(run(*words, "--json").stdout)
    assert plain["here"] == [0.25, 1.0]
    assert len(plain["regime"]) == len(plain["y"])
    assert all(point[0] == pytest.approx(2 / 3) for point in plain["boundaries"][0]["points"])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("threat", "--map", "target_cost"), "Give --map twice"),
        (("threat", "--map", "target_cost", "--map", "target_cst"), "Did you mean"),
        (("threat", "--map", "target_cost", "--map", "sender_cost", "--out", "map.efg"), "no .svg file"),
    ],
)
def test_what_cannot_be_mapped_is_said(words: tuple[str, ...], text: str) -> None:
    found = run("crisis", *words)
    assert found.returncode == 2
    assert text in found.stderr


def test_a_file_has_no_map(tmp_path: Path) -> None:
    path = tmp_path / "game.efg"
    path.write_text(TIED)
    assert "has none" in run("crisis", path, "--map", "x", "--map", "y").stderr

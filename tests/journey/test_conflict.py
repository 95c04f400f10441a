"""`realpolitik conflict` as a person meets it: a conflict in a file or a contest, stable states and why, faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journey.test_cli import Answer, run

CUBA = """title: Cuba, 1962
decision_makers:
  US: [air strike, blockade]
  USSR: [withdraw, escalate]
infeasible: ["--YY"]
one_way: {air strike: forward}
preferences:
  US: [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]
  USSR: [1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]
status_quo: NNNN
"""

CONTEST = """contest: standoff
title: Who gives way?
as_of: 2020-01-08
horizon: 2020-12-31
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
pathway:
  talks: {judgement: 0.5}
outcomes: {talks: talks, none: otherwise}
"""

DUEL = """
  duel:
    decision_makers: {a: [press], b: [yield]}
    preferences: {a: ["press and yield", "not press"], b: ["not press", "yield"]}
"""


@pytest.fixture
def cuba(tmp_path: Path) -> Path:
    path = tmp_path / "cuba.yaml"
    path.write_text(CUBA)
    return path


def changed(cuba: Path, old: str, new: str) -> Path:
    text = cuba.read_text()
    assert old in text
    cuba.write_text(text.replace(old, new))
    return cuba


def answered(found: Answer) -> Any:
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def shown(found: Answer) -> str:
    assert found.returncode == 0, found.stderr
    assert all(len(line.rstrip()) <= 100 for line in found.stdout.splitlines())
    return found.stdout


def refused(found: Answer) -> str:
    assert (found.returncode, found.stdout) == (2, "")
    assert "Traceback" not in found.stderr
    return found.stderr


def test_shows_who_is_stable_where_and_the_ways_there(cuba: Path) -> None:
    text = shown(run("conflict", str(cuba)))
    assert "Cuba, 1962: 2 decision makers, 4 options, 12 states." in text
    assert "seq: 5, 6, 7" in text
    assert "It is itself an equilibrium: gmr, smr." in text
    assert "to 5: US 1 → 3; USSR 3 → 7; US 7 → 5" in text
    row = next(line.split() for line in text.splitlines() if line.strip().startswith("7 "))
    assert row == ["7", "NYYN", "2", "E", "E", "E", "2"]


def test_explains_one_state(cuba: Path) -> None:
    text = shown(run("conflict", str(cuba), "--explain", "5"))
    assert "State 5: withdraw" in text
    assert "seq, USSR: stable; USSR 5 → 1, and then US 1 → 2." in text
    assert "sim, USSR: not stable; USSR 5 → 1, and nothing deters from it." in text
    assert "nash, US: stable; it has no improvement." in text


def test_json_has_states_verdicts_ways_and_witnesses(cuba: Path) -> None:
    found = answered(run("conflict", str(cuba), "--json", "--explain", "9"))
    assert found["states"][5] == {"number": 6, "options": "YNYN"}
    assert found["equilibria"]["gmr"] == [1, 2, 3, 5, 6, 7, 8]
    assert found["stable"]["nash"] == {"US": [2, 3, 5, 6, 12], "USSR": [1, 6, 7, 8]}
    assert found["status_quo"] == 1
    assert found["paths"][0] == {"to": 2, "moves": [{"by": ["US"], "from": 1, "to": 2}]}
    assert {witness["state"] for witness in found["witnesses"]} == {1, 2, 3, 5, 6, 7, 8, 9}
    kept = [w for w in found["witnesses"] if (w["state"], w["concept"], w["player"]) == (5, "seq", "USSR")]
    assert kept == [
        {"state": 5, "concept": "seq", "player": "USSR", "stable": True, "improvements": [
            {"moves": [{"by": ["USSR"], "from": 5, "to": 1}], "sanction": [{"by": ["US"], "from": 1, "to": 2}]}]}
    ]  # fmt: skip


def test_coalitions_and_one_way_lists(cuba: Path) -> None:
    changed(cuba, "one_way: {air strike: forward}", "one_way: [air strike]\ncoalitions: [[US, USSR]]")
    found = answered(run("conflict", str(cuba), "--json"))
    assert list(found["stable"]["nash"]) == ["US + USSR"]
    text = shown(run("conflict", str(cuba)))
    assert "1 US + USSR; E: all of them, an equilibrium." in text


def test_unknown_comparisons(cuba: Path) -> None:
    changed(cuba, "US: [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]", "US: [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11]")
    changed(cuba, "status_quo: NNNN", "unknown: {US: [9]}")
    assert "US cannot compare some states" in refused(run("conflict", str(cuba)))
    found = answered(run("conflict", str(cuba), "--unknown", "b", "--json"))
    assert found["equilibria"]["nash"] == [6]
    assert found["paths"] == []
    assert "There is no rule for unknown comparisons 'e'" in refused(run("conflict", str(cuba), "--unknown", "e"))


def test_no_equilibrium_is_reached_from_the_only_one(cuba: Path) -> None:
    changed(cuba, "status_quo: NNNN", "status_quo: [air strike, withdraw]")
    text = shown(run("conflict", str(cuba)))
    assert "It is itself an equilibrium: nash, gmr, smr, seq, sim." in text
    assert "No other equilibrium is reached." in text


def test_a_status_quo_that_is_no_equilibrium(cuba: Path) -> None:
    text = shown(run("conflict", str(changed(cuba, "status_quo: NNNN", "status_quo: [escalate]"))))
    assert "itself" not in text


def test_many_states_show_equilibria_only(tmp_path: Path) -> None:
    options = {name: [f"{name}{k}" for k in range(7)] for name in ("a", "b")}
    path = tmp_path / "large.yaml"
    path.write_text(json.dumps({"decision_makers": options, "statements": {"a": ["a0", "b0"], "b": ["b0", "a0"]},
                                "status_quo": []}))  # fmt: skip
    text = shown(run("conflict", str(path)))
    assert "The first 40 of 4,096 equilibria (all with --json)" in text
    assert "nash: 130, 132" in text
    assert " …" in text
    found = answered(run("conflict", str(path), "--json"))
    assert len(found["equilibria"]["nash"]) == 4096
    assert "witnesses" not in found
    assert "too many to explain" in refused(run("conflict", str(path), "--explain", "3"))


def test_of_many_equilibria_only_the_one_asked_for_has_witnesses(tmp_path: Path) -> None:
    path = tmp_path / "flat.yaml"
    path.write_text(json.dumps({"decision_makers": {"a": [f"o{k}" for k in range(6)]}, "statements": {"a": ["true"]}}))
    found = answered(run("conflict", str(path), "--json", "--explain", "2"))
    assert {witness["state"] for witness in found["witnesses"]} == {2}


@pytest.mark.parametrize("inner", ["", "contest.yaml"])
def test_reads_a_contest(tmp_path: Path, inner: str) -> None:
    (tmp_path / "contest.yaml").write_text(CONTEST + "conflicts:" + DUEL)
    found = answered(run("conflict", str(tmp_path / inner), "--json"))
    assert found["title"] == "duel"
    assert found["equilibria"]["nash"] == [4]
    other = DUEL.replace("duel", "other")
    (tmp_path / "contest.yaml").write_text(CONTEST + "conflicts:" + DUEL + other)
    assert "several conflicts: duel, other" in refused(run("conflict", str(tmp_path)))
    assert answered(run("conflict", str(tmp_path), "--name", "other", "--json"))["title"] == "other"
    assert "Did you mean 'other'" in refused(run("conflict", str(tmp_path), "--name", "othr"))


def test_a_contest_without_conflicts(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text(CONTEST)
    assert "has no conflict" in refused(run("conflict", str(tmp_path)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("US: [5, 7", "US: [5, 5", "cuba.yaml:8:3: preferences.US: state 5 stands there twice"),
        ("infeasible:", "infeasable:", "unknown key 'infeasable'. Did you mean 'infeasible'"),
        ("forward", "sideways", "found 'sideways'"),
        ('"--YY"', '"--Y"', "cuba.yaml:5:14: infeasible.0: '--Y' has 3 letters"),
        ("title: Cuba, 1962", "title: [", "not valid YAML"),
    ],
)
def test_says_what_is_wrong_and_where(cuba: Path, old: str, new: str, message: str) -> None:
    assert message in refused(run("conflict", str(changed(cuba, old, new))))


def test_refuses_what_is_not_there(cuba: Path, tmp_path: Path) -> None:
    assert "does not exist" in refused(run("conflict", str(tmp_path / "nothing.yaml")))
    assert "There is no state 13" in refused(run("conflict", str(cuba), "--explain", "13"))
    assert "leave out --name" in refused(run("conflict", str(cuba), "--name", "x"))
    cuba.write_text("- a list\n")
    assert "expected keys such as" in refused(run("conflict", str(cuba)))


UNCERTAIN = """title: Strait
decision_makers: {A A: [close it], B: [escort, strike]}
dependent: {strike: close-it}
status_quo: NNN
preferences:
  B:
    either:
      - {probability: 0.7, statements: [not close-it, not strike]}
      - {probability: 0.3, statements: [not close-it, strike]}
weights:
  A A: {close-it: 10 to 50, not escort: 20 to 60, not strike: 60 to 100}
"""


def test_uncertain_preferences_in_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "strait.yaml"
    path.write_text(UNCERTAIN)
    found = answered(run("conflict", str(path), "--json", "--draws", "2000", "--seed", "5"))
    assert (found["chances"]["draws"], found["chances"]["seed"]) == (2000, 5)
    assert [each["number"] for each in found["chances"]["nash"]] == [1, 2, 3, 4, 5, 6]
    assert found["chances"]["nash"][4]["probability"] == pytest.approx(0.3, abs=0.01)
    one = found["chances"]["seq"][0]
    assert one["standard_error"] == pytest.approx((one["probability"] * (1 - one["probability"]) / 2000) ** 0.5)
    assert found == answered(run("conflict", str(path), "--json", "--draws", "2000", "--seed", "5"))
    text = shown(run("conflict", str(path), "--draws", "2000"))
    assert "Probability of an equilibrium, over 2,000 draws of the preferences, seed 1" in text
    certain = answered(
        run("conflict", str(path), "--json", "--set", "weights.A A={close-it: 1}", "--set", "preferences.B=[strike]")
    )
    assert "chances" not in certain


def test_named_and_every_coalition(tmp_path: Path) -> None:
    path = tmp_path / "elmira.yaml"
    path.write_text(json.dumps({
        "decision_makers": {"MoE": ["modify"], "Uniroyal": ["delay", "accept", "abandon"], "LG": ["insist"]},
        "infeasible": ["-YY--", "-Y-Y-", "--YY-", "-NNN-"],
        "one_way": {"modify": "forward", "delay": "backward", "abandon": "forward"},
        "preferences": {"MoE": [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
                        "Uniroyal": [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
                        "LG": [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]]}}))  # fmt: skip
    named = answered(run("conflict", str(path), "--coalition", "MoE, Uniroyal", "--json"))
    assert named["equilibria"]["nash"] == [5, 6, 9, 10, 11, 12]
    every = answered(run("conflict", str(path), "--coalitions", "--json"))
    assert every["equilibria"]["nash"] == [5, 6, 7, 10, 11, 12]
    assert [each["members"] for each in every["coalitions"]] == [
        ["MoE", "Uniroyal"], ["MoE", "LG"], ["Uniroyal", "LG"], ["MoE", "Uniroyal", "LG"]
    ]  # fmt: skip
    assert every["coalitions"][0]["equilibria"]["nash"] == [5, 6, 9, 10, 11, 12]
    assert 7 not in every["coalition_proof"]["nash"]
    assert "MoE + Uniroyal" in shown(run("conflict", str(path), "--coalitions"))
    assert "Did you mean 'MoE'" in refused(run("conflict", str(path), "--coalition", "MoF, LG"))
    assert "is no coalition" in refused(run("conflict", str(path), "--coalition", "LG"))


def test_the_inverse_question(cuba: Path) -> None:
    found = answered(run("conflict", str(cuba), "--inverse", "5", "--json"))["inverse"]
    assert found["state"] == 5
    kept = [each for each in found["requirements"] if (each["concept"], each["player"]) == ("seq", "USSR")]
    assert {"concept": "seq", "player": "USSR", "move": 1, "holds": True, "not_preferred": [[1], [2], [3], [4]]} in kept
    assert "seq, USSR: must not prefer 1, or 2, or 3, or 4 to it; so it is." in shown(
        run("conflict", str(cuba), "--inverse", "5")
    )
    assert "There is no state 0" in refused(run("conflict", str(cuba), "--inverse", "0"))


def test_misperception_and_strength(cuba: Path) -> None:
    true = answered(run("conflict", str(cuba), "--json"))["stable"]
    changed(cuba, "status_quo: NNNN", "believes: {US: {USSR: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}}")
    mistaken = answered(run("conflict", str(cuba), "--json"))["stable"]
    assert mistaken["seq"]["USSR"] == true["seq"]["USSR"]
    assert mistaken["seq"]["US"] != true["seq"]["US"]
    assert "not worked out" in refused(run("conflict", str(cuba), "--coalitions"))
    changed(cuba, "believes: {US: {USSR: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}}", "status_quo: NNNN")
    assert answered(run("conflict", str(cuba), "--strongly", "--json"))["equilibria"]["gmr"] == [6]


def test_draws_and_seed_out_of_range(cuba: Path) -> None:
    assert "draws is 0" in refused(run("conflict", str(cuba), "--draws", "0"))
    assert "seed is -1" in refused(run("conflict", str(cuba), "--seed", "-1"))

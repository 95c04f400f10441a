"""`realpolitik power` as a person meets it: a game in, who decides it, which governments can form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from realpolitik.models.voting.power import INDICES, packed, profiles
from tests.journey.test_cli import run

COUNCIL = "[39; 7x5, 1x10]"
COMMUNITIES = "[220; Shia=187, Sunni=77, Kurdish=56, minorities=9]"


def shown(*words: str) -> str:
    found = run("power", *words)
    assert found.returncode == 0, found.stderr
    assert max(map(len, found.stdout.splitlines())) <= 100
    return " ".join(found.stdout.split())


def answered(*words: str) -> Any:
    found = run("power", *words, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def refused(*words: str) -> str:
    found = run("power", *words)
    assert found.returncode == 2
    assert found.stdout == ""
    return " ".join(found.stderr.split())


def test_help_names_the_command() -> None:
    assert "power" in run("--help").stdout
    assert "--coalitions" in run("power", "--help").stdout


def test_security_council() -> None:
    words = shown(COUNCIL)
    for text in ("15 voters, quota 39 of 45.", "848 of 32,768 coalitions win (2.5879%); 210 need every member.",
                 "1 … 5 (5) 7 0.166929 0.051758 0.196270"):  # fmt: skip
        assert text in words
    for name in INDICES:
        assert name in words
    assert "1 … 5 (5) 7 0.166929 106/635" in shown(COUNCIL, "--index", "banzhaf")


def test_json_has_fractions_and_decimals() -> None:
    data = answered(COUNCIL, "--index", "shapley-shubik", "--index", "holler")
    assert list(data["indices"]) == ["shapley-shubik", "holler"]
    assert data["indices"]["shapley-shubik"]["1"] == {"fraction": "421/2145", "value": pytest.approx(421 / 2145)}
    assert (data["coalitions"], data["winning"], data["minimal_winning"]) == ("32768", "848", "210")
    assert data["power_to_act"] == {"fraction": "53/2048", "value": 0.02587890625}
    assert (data["swings"]["1"], data["swings"]["15"]) == ("848", "84")
    assert data["rules"] == [{"quota": 39, "weights": [7] * 5 + [1] * 10}]
    assert answered(COUNCIL, "--index", "banzhaf")["minimal_winning"] is None
    assert "governments" not in data


def test_counts_of_any_length() -> None:
    assert answered("[165; 1x328]", "--index", "banzhaf")["coalitions"] == str(2**328)
    words = shown("[165; 2, 1x326]", "--index", "banzhaf")
    assert "1.307E+98 of 2.734E+98 coalitions win" in words
    assert "2 … 327 (326) 1 0.003049 163/53465" in words
    assert "2, 3 37 0.007105 –" in shown("[3000; 54, 37x2, 41x50, 29x100]", "--index", "shapley-shubik")


def test_several_rules() -> None:
    one = answered("[2; 1x3] & [20; 10, 5, 7]", "--index", "banzhaf")
    assert one == answered("[2; 1x3]", "[20; 10, 5, 7]", "--index", "banzhaf")
    assert "quota 1 of 3 (no majority) and 20 of 22." in shown("[1; 1x3] & [20; 10, 5, 7]")
    assert "1 voter, quota 1 of 1." in shown("[1; 1]")


def test_governments() -> None:
    words = ["--refuse", "Shia, Sunni"]
    for name, place in {"Shia": 90, "Sunni": 20, "Kurdish": 10, "minorities": 5}.items():
        words += ["--position", f"{name}={place}"]
    data = answered(COMMUNITIES, *words)
    assert data["least_weights"] == {"quota": 3, "weights": [2, 1, 1, 0], "reason": None}
    first, last = data["governments"]
    assert first == {
        "members": ["Shia", "Kurdish"], "weights": [243], "can_form": True, "minimal": True, "connected": False,
        "policy_range": 80.0, "refusals": [],
        "reasons": ["needs every member", "narrowest range of policy", "smallest majority", "fewest parties"],
    }  # fmt: skip
    assert (last["can_form"], last["refusals"]) == (False, [["Shia", "Sunni"]])
    text = shown(COMMUNITIES, *words)
    assert "Worth as much as a quota of 3 with the weights Shia 2, Sunni 1, Kurdish 1, minorities 0." in text
    assert "Shia and Sunni refuse each other" in text
    assert "cannot" in text
    text = shown(COMMUNITIES, "--refuse", "Shia,Sunni", "--refuse", "Kurdish,Shia")
    assert "No majority can form: each of them contains two parties that refuse each other." in text
    assert "Governments" in shown(COMMUNITIES, "--coalitions")
    assert "15 more are in the JSON." in shown("[4; 1x7]", "--coalitions")
    assert answered("[1; 1x2, 0x2] & [1; 0x2, 1x2]", "--coalitions")["least_weights"]["quota"] is None
    assert "No single rule" in shown("[1; 1x2, 0x2] & [1; 0x2, 1x2]", "--coalitions")


def test_what_cannot_be_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "[9000000000000; 9000000000000, 8000000000001, 7000000000003]"
    monkeypatch.setattr(profiles, "MOST_PROFILES", 4)
    assert "coarser units" in refused(many)
    monkeypatch.setattr(packed, "LARGEST_TABLE", 2**12)
    few = "[50; 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]"
    words = shown(few)
    assert "Not shown: johnston. Counting coalitions of 13 voters up to a weight of 50 takes" in words
    assert "need every member" not in words
    assert "coarser units" in refused(few, "--index", "banzhaf", "--index", "johnston")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("39; 7x5",), "is not a voting game"),
        ((COUNCIL, "--index", "banzaf"), "Did you mean 'banzhaf'?"),
        ((COMMUNITIES, "--position", "Shia"), "'Shia' is not NAME=VALUE"),
        ((COMMUNITIES, "--position", "Shia=far"), "'Shia=far' is not NAME=VALUE"),
        ((COMMUNITIES, "--position", "Shia=1", "--position", "Shia=2"), "a second place"),
        ((COMMUNITIES, "--position", "Shia=1"), "none is given for Sunni"),
        ((COMMUNITIES, "--refuse", "Shia"), "'Shia' is not two parties"),
        ((COMMUNITIES, "--refuse", "Shia,Green"), "no party 'Green'"),
        (("[10; 1x20]", "--coalitions"), "more than 1000 minimal winning"),
    ],
)
def test_faults(words: tuple[str, ...], text: str) -> None:
    assert text in refused(*words)

"""`realpolitik power` as a person meets it: a game in, who decides it, which governments can form."""

from __future__ import annotations

import json
from math import comb
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


def test_rules_of_which_one_is_enough() -> None:
    """Five members: three with 65 of 100 people, or four."""
    rules = "[3; 1x5] & [65%; a=40, b=30, c=20, d=5, e=5] | [4; 1x5]"
    data = answered(rules, "--index", "banzhaf", "--coalitions")
    assert (data["winning"], data["minimal_winning"], data["ways"]) == ("11", "6", [[0, 1], [2]])
    assert {"".join(one["members"]) for one in data["governments"]} == {"abc", "abd", "abe", "acd", "ace", "bcde"}
    assert "quota (3 of 5 and 65 of 100) or 4 of 5." in shown(rules)
    assert answered("[1; 1x3] & [2; 1x3]")["ways"] == [[0, 1]]


SEATS = "[majority of present; Shia=187, Sunni=77, Kurdish=56, minorities=9]"


def test_security_council_with_abstention() -> None:
    """Nine in favour, no permanent member against: 3^15 profiles, and who decides between yes and no."""
    game = ["[9; permanent=1x5, elected=1x10]", "--third", "abstain", "--veto", "permanent"]
    data = answered(*game)
    assert (data["passing"], data["profiles"]) == ("146796", "14348907")
    assert data["counts"]["yes_not_no"]["permanent 1"] == "108336"
    assert data["counts"]["yes_not_no"]["elected 10"] == "53154"
    assert data["counts"]["yes_not_third"]["permanent 5"] == "69876"
    assert data["counts"]["third_not_no"]["permanent 5"] == "38460"
    assert data["probabilities"]["yes_not_no"]["elected 1"]["value"] == pytest.approx(0.01111318, abs=5e-9)
    assert data["rule"] == {
        "passes": "9", "quorum": None, "quorum_needed": 0, "third": "abstain",
        "vetoes": [f"permanent {number}" for number in range(1, 6)],
    }  # fmt: skip
    words = shown(*game)
    assert "146,796 of 14,348,907 profiles pass (1.0230%)." in words
    assert "permanent 1 … permanent 5 (5) (veto) 1 0.022650 0.014609 0.008041" in words
    assert "no-show" not in words


def test_boycott() -> None:
    """Two thirds of the seats are a quorum: a Sunni no passes what Sunni absence defeats in 3 of 27 profiles."""
    data = answered(SEATS, "--third", "absent", "--quorum", "two thirds of seats")
    assert (data["passing"], data["rule"]["quorum_needed"]) == ("24", 220)
    assert data["counts"]["no_not_third"] == {"Shia": "0", "Sunni": "3", "Kurdish": "3", "minorities": "0"}
    words = shown(SEATS, "--third", "absent", "--quorum", "220")
    assert "Sunni 77 0.000000 0.111111 0.000000 0.111111" in words
    assert "no-show paradox" in words
    assert answered(SEATS, "--third", "absent", "--quorum", "165")["passing"] == "27"


def test_too_many_governments_are_counted() -> None:
    data = answered("[10; 1x20]", "--coalitions")
    assert (data["minimal_winning"], data["governments"]) == ("184756", [])
    assert "more than 1000" in data["governments_left_out"][0]
    assert data["least_weights"]["quota"] == 10
    words = shown("[165; 1x328]", "--coalitions", "--index", "banzhaf")
    assert "coalitions win and need every member. There are more than 1000 minimal winning coalitions" in words
    assert int(answered("[165; 1x328]", "--coalitions", "--index", "banzhaf")["minimal_winning"]) == comb(328, 165)


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
        (("[5000; 1x5000, 2x4999]", "--index", "banzhaf"), "MB or some minutes. State the weights in coarser units."),
        (("examples/iraq-2020",), "realpolitik chamber examples/iraq-2020"),
        (("examples/iraq-2020/contest.yaml", "--third", "absent"), "realpolitik chamber examples/iraq-2020"),
        ((COUNCIL, "--quorum", "10"), "need --third"),
        ((COUNCIL, "--veto", "1"), "need --third"),
        ((COUNCIL, "--third", "away"), "'away' is not a third choice; say abstain or absent."),
        ((COUNCIL, "--third", "abstain", "--index", "banzhaf"), "without --third"),
        ((COUNCIL, "--third", "abstain", "--veto", "x"), "no voter 'x'"),
        ((COUNCIL, COUNCIL, "--third", "abstain"), "state one rule"),
        ((f"{COUNCIL} & {COUNCIL}", "--third", "abstain"), "state one rule"),
        (("[1; a=1, a=1]", "--third", "abstain"), "voter 'a' stands twice"),
        (
            ("[9; a=1]", "--third", "absent", "--quorum", "3"),
            "quota: 9 is more than 1, the weight of everybody. quorum: 3 is more than 1",
        ),
        (("[1; a=1]", "--third", "absent", "--quorum", "half of cast"), "depends on who came"),
    ],
)
def test_faults(words: tuple[str, ...], text: str) -> None:
    assert text in refused(*words)

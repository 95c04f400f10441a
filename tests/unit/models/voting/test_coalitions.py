"""Coalitions that can form, against going through all of them; least weights against a plain search."""

from __future__ import annotations

import random
from itertools import combinations
from math import comb
from types import SimpleNamespace
from typing import Any

import pytest
import scipy.optimize

from realpolitik.errors import ContestError, ModelError
from realpolitik.models.voting import coalitions, least_weights
from realpolitik.models.voting.coalitions import Parliament, minimal_connected, minimal_winning
from realpolitik.models.voting.games import Rule, WeightedGame
from realpolitik.models.voting.governments import ONLY_FREE, governments
from realpolitik.models.voting.power import packed, profiles
from tests.plain import power as plain

COMMUNITIES = WeightedGame.parse("[220; Shia=187, Sunni=77, Kurdish=56, minorities=9]")
PLACES = {"Shia": 90.0, "Sunni": 20.0, "Kurdish": 10.0, "minorities": 5.0}


def random_game(rng: random.Random, voters: int, rules: int = 1) -> WeightedGame:
    drawn = []
    while len(drawn) < rules:
        weights = tuple(rng.randint(0, rng.choice((2, 9, 40))) for _ in range(voters))
        if sum(weights):
            drawn.append(Rule(rng.randint(1, sum(weights)), weights))
    return WeightedGame(tuple(map(str, range(voters))), tuple(drawn))


def random_way(rng: random.Random, game: WeightedGame) -> WeightedGame:
    """The same rules, all of which must be met, or one of them, or the first and some other."""
    rules = range(len(game.rules))
    ways = rng.choice(((), tuple((rule,) for rule in rules), tuple((0, rule) for rule in rules)))
    return WeightedGame(game.names, game.rules, ways)


def plainly(game: WeightedGame) -> plain.Ways:
    rules = [(rule.quota, rule.weights) for rule in game.rules]
    return [[rules[rule] for rule in way] for way in game.enough]


@pytest.mark.parametrize("seed", range(200))
def test_lists_equal_going_through_all_coalitions(seed: int) -> None:
    rng = random.Random(seed)
    game = random_way(rng, random_game(rng, rng.randint(1, 7), rng.choice((1, 2, 3))))
    places = [float(rng.randint(0, 4)) for _ in game.names]
    assert sorted(minimal_winning(game)) == sorted(plain.minimal(plainly(game)))
    parliament = Parliament(game, dict(zip(game.names, places, strict=True)))
    assert sorted(minimal_connected(parliament)) == plain.minimal_connected(plainly(game), places)


@pytest.mark.parametrize("seed", range(100))
def test_no_majority_forms_if_none_of_the_list_can(seed: int) -> None:
    rng = random.Random(seed)
    game = random_game(rng, rng.randint(2, 6))
    pairs = tuple((one, other) for one in game.names for other in game.names if one < other and rng.random() < 0.4)
    formation = governments(Parliament(game, vetoes=pairs))
    formed = formation.governments
    free = [
        members
        for members in plain.winning(plainly(game))
        if not any({int(one), int(other)} <= set(members) for one, other in pairs)
    ]
    assert any(one.can_form for one in formed) == bool(free) != formation.none_can_form
    assert [one.can_form for one in formed] == sorted((one.can_form for one in formed), reverse=True)


def test_communities_of_iraq() -> None:
    formed = governments(Parliament(COMMUNITIES, PLACES, vetoes=(("Shia", "Sunni"),))).governments
    kurdish, sunni = formed
    assert (kurdish.members, kurdish.weights, kurdish.policy_range) == (("Shia", "Kurdish"), (243,), 80)
    assert kurdish.minimal
    assert kurdish.connected is False
    assert kurdish.reasons == (
        "needs every member", "narrowest range of policy", "smallest majority", "fewest parties",
    )  # fmt: skip
    assert (sunni.members, sunni.can_form, sunni.connected) == (("Shia", "Sunni"), False, True)
    assert sunni.reasons == ("Shia and Sunni refuse each other",)


def test_a_connected_coalition_may_have_a_member_it_does_not_need() -> None:
    game = WeightedGame.parse("[60; left=46, small=3, right=51]")
    (one, wide) = governments(Parliament(game, {"left": 0, "small": 1, "right": 2})).governments
    assert (one.members, one.connected) == (("left", "right"), False)
    assert (wide.members, wide.connected, wide.minimal) == (("left", "small", "right"), True, False)
    assert wide.reasons[0] == "closes a gap on the scale with parties it does not need"
    (alone,) = governments(Parliament(game)).governments
    assert (alone.connected, alone.policy_range) == (None, None)
    assert alone.reasons == ("needs every member", "smallest majority", "fewest parties")


def test_too_many_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    game = WeightedGame.parse("[10; 1x20]")
    with pytest.raises(ModelError, match="more than 1000 minimal winning"):
        minimal_winning(game)
    with pytest.raises(ModelError, match="more than 1000 minimal connected"):
        minimal_connected(Parliament(game, dict.fromkeys(game.names, 1.0)))
    monkeypatch.setattr(coalitions, "MOST_STEPS", 5)
    with pytest.raises(ModelError, match="in 5 steps"):
        minimal_winning(WeightedGame.parse("[9; 1x9]"))
    with pytest.raises(ModelError, match="need the position"):
        minimal_connected(Parliament(game))


def test_too_many_to_list_are_counted() -> None:
    """Those that nobody refuses are listed if they are few, connected ones in any case."""
    game = WeightedGame.parse("[10; 1x20]")
    many = governments(Parliament(game))
    assert (many.governments, many.minimal_winning, many.none_can_form) == ((), comb(20, 10), False)
    assert "more than 1000" in many.left_out[0]
    line = governments(Parliament(game, {name: float(name) for name in game.names}))
    assert len(line.governments) == 11
    assert all(one.connected and one.minimal for one in line.governments)
    assert line.governments[0].reasons == ("needs every member", "no gap on the scale")
    pairs = tuple((one, other) for one in game.names for other in game.names if int(one) < int(other) - 11)
    few = governments(Parliament(game, vetoes=pairs))
    assert (few.left_out, few.minimal_winning) == ((ONLY_FREE,), comb(20, 10))
    assert {one.can_form for one in few.governments} == {True}
    assert len(few.governments) == sum(
        all({one, other} - set(members) for one, other in pairs) for members in combinations(game.names, 10)
    )
    assert "fewest parties" in few.governments[0].reasons
    none = governments(Parliament(game, vetoes=tuple(combinations(game.names, 2))))
    assert (none.governments, none.none_can_form) == ((), True)
    everywhere = governments(Parliament(game, dict.fromkeys(game.names, 1.0)))
    assert len(everywhere.left_out) == 2


def test_too_many_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_TABLE", 2**12)
    monkeypatch.setattr(profiles, "MOST_PROFILES", 100)
    assert governments(Parliament(WeightedGame.parse("[200; 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13x20]"))
                       ).minimal_winning is None  # fmt: skip


def test_faults_come_all_at_once() -> None:
    with pytest.raises(ContestError) as caught:
        Parliament(COMMUNITIES, {"Shia": float("nan"), "Suni": 1}, (("Kurdish", "Kurdish"), ("x", "Shia")))
    for words in (
        "no party 'Suni'. Did you mean 'Sunni'?",
        "none is given for Sunni, Kurdish, minorities",
        "nan is not a finite number",
        "'Kurdish' cannot refuse itself",
        "no party 'x'",
    ):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("game", "least"),
    [
        ("[12; 4x3, 2x2, 1]", "[6; 2, 2, 2, 1, 1, 0]"),
        ("[58; 31x2, 28, 21, 2x2]", "[2; 1, 1, 1, 0, 0, 0]"),
        ("[39; 7x5, 1x10]", f"[39; {', '.join(['7'] * 5 + ['1'] * 10)}]"),
        ("[165; 187, 77, 56, 9]", "[1; 1, 0, 0, 0]"),
        ("[220; 187, 77, 56, 9]", "[3; 2, 1, 1, 0]"),
        ("[2; 1x3] & [3; 2, 1, 1]", "[3; 2, 1, 1]"),
    ],
)
def test_least_weights(game: str, least: str) -> None:
    assert str(least_weights.least_weights(WeightedGame.parse(game))) == least


@pytest.mark.parametrize("seed", range(60))
def test_least_weights_equal_a_plain_search(seed: int) -> None:
    rng = random.Random(seed)
    game = random_game(rng, rng.randint(1, 4))
    found = least_weights.least_weights(game)
    assert plain.represents(plainly(game), found.quota, found.weights)
    assert plain.least_sum(plainly(game), below=found.total) is None


@pytest.mark.parametrize("seed", range(40))
def test_least_weights_represent_larger_games(seed: int) -> None:
    game = random_game(random.Random(seed), 9)
    found = least_weights.least_weights(game)
    assert plain.represents(plainly(game), found.quota, found.weights)
    assert found.total <= game.rules[0].in_lowest_terms().total


def test_least_weights_that_do_not_exist_or_are_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    two_pairs = "[1; 1, 1, 0, 0] & [1; 0, 0, 1, 1]"
    with pytest.raises(ModelError, match="No single rule"):
        least_weights.least_weights(WeightedGame.parse(two_pairs))
    stopped: Any = SimpleNamespace(status=1, x=None)
    with monkeypatch.context() as patch:
        patch.setattr(scipy.optimize, "milp", lambda *_, **__: stopped)
        with pytest.raises(ModelError, match="not proved"):
            least_weights.least_weights(COMMUNITIES)
        stopped.status, stopped.x = 0, [0.0, 0.0, 0.0, 1.0]
        with pytest.raises(ModelError, match="no exact weights"):
            least_weights.least_weights(COMMUNITIES)
    monkeypatch.setattr(least_weights, "MOST_CONSTRAINTS", 1)
    with pytest.raises(ModelError, match="border of winning"):
        least_weights.least_weights(COMMUNITIES)
    monkeypatch.setattr(least_weights, "MOST_PROFILES", 1)
    with pytest.raises(ModelError, match="too many to compare"):
        least_weights.least_weights(COMMUNITIES)

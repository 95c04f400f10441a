"""Power against two published packages, where they are installed: powerindex (any size), tucoopy (few voters)."""

from __future__ import annotations

import random
from typing import Any

import pytest

from realpolitik.models.voting.games import Rule, WeightedGame
from realpolitik.models.voting.power import index, power
from tests.references import cases

CLOSE = 1e-9


def floats(game: WeightedGame, name: str) -> list[float]:
    return [float(value) for value in index(power(game), name)]


def random_game(rng: random.Random, voters: int, heaviest: int) -> WeightedGame:
    weights = tuple(rng.randint(1, heaviest) for _ in range(voters))
    return WeightedGame(tuple(map(str, range(voters))), (Rule(rng.randint(1, sum(weights)), weights),))


def games() -> list[WeightedGame]:
    """The reference table, and random games; powerindex divides by zero where one voter wins alone."""
    rng = random.Random(5)
    read = [WeightedGame.parse(str(case["game"])) for case in cases("power")]
    read += [random_game(rng, rng.randint(2, 40), 30) for _ in range(20)]
    return [game for game in read if max(game.rules[0].weights) < game.rules[0].quota]


@pytest.mark.parametrize("game", games(), ids=lambda game: f"{len(game.names)} voters")
def test_powerindex(game: WeightedGame) -> None:
    peer: Any = pytest.importorskip("powerindex", reason="a package to compare with is not installed")
    (rule,) = game.rules
    other = peer.Game(rule.quota, weights=list(rule.weights))
    other.calc_banzhaf()
    other.calc_shapley_shubik()
    assert floats(game, "banzhaf") == pytest.approx(other.banzhaf, abs=CLOSE)
    assert floats(game, "shapley-shubik") == pytest.approx(other.shapley_shubik, abs=CLOSE)


@pytest.mark.parametrize("seed", range(20))
def test_tucoopy(seed: int) -> None:
    peer: Any = pytest.importorskip("tucoopy.power", reason="a package to compare with is not installed")
    make: Any = pytest.importorskip("tucoopy").weighted_voting_game
    rng = random.Random(seed)
    game = random_game(rng, rng.randint(2, 8), 12)
    (rule,) = game.rules
    other = make(list(rule.weights), rule.quota)
    for name in ("banzhaf", "shapley_shubik", "deegan_packel", "holler", "johnston", "coleman_prevent",
                 "coleman_initiate"):  # fmt: skip
        expected = getattr(peer, f"{name}_index")(other)
        assert floats(game, name.replace("_", "-")) == pytest.approx(expected, abs=CLOSE), name
    assert float(power(game).power_to_act) == pytest.approx(peer.coleman_collectivity_power_to_act(other))

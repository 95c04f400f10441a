"""Power indices of 300 voters, against going through all coalitions of 16."""

import random
from typing import Any

import pytest

from realpolitik.models.voting.games import Rule, WeightedGame
from realpolitik.models.voting.power import INDICES, index, power
from tests.plain import power as plain

HEAVIEST = 20


def game(voters: int) -> WeightedGame:
    """Simple majority, weights from 1 to 20."""
    rng = random.Random(1)
    weights = tuple(rng.randint(1, HEAVIEST) for _ in range(voters))
    return WeightedGame(tuple(map(str, range(voters))), (Rule(sum(weights) // 2 + 1, weights),))


@pytest.mark.benchmark(group="power, 300 voters")
@pytest.mark.parametrize("name", ["banzhaf", "shapley-shubik", "deegan-packel", "johnston"])
def test_300_voters(benchmark: Any, name: str) -> None:
    voters = game(300)
    found = benchmark.pedantic(lambda: index(power(voters), name), rounds=3)
    assert sum(found) == 1


@pytest.mark.benchmark(group="power, all indices")
def test_16_voters(benchmark: Any) -> None:
    voters = game(16)
    benchmark(lambda: [index(power(voters), name) for name in INDICES])


@pytest.mark.benchmark(group="power, all indices")
def test_naive_16_voters(benchmark: Any) -> None:
    voters = game(16)
    rules = [[(rule.quota, rule.weights) for rule in voters.rules]]
    found = benchmark.pedantic(lambda: plain.indices(rules), rounds=1)
    assert found == {name: list(index(power(voters), name)) for name in found}

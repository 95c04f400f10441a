"""Power indices of 300 voters and of a union of rules, against plain counting of 16 and 40 voters."""

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


@pytest.mark.benchmark(group="Shapley-Shubik, 40 voters")
def test_40_voters(benchmark: Any) -> None:
    voters = game(40)
    benchmark(lambda: power(voters).shapley_shubik)


@pytest.mark.benchmark(group="Shapley-Shubik, 40 voters")
def test_naive_40_voters(benchmark: Any) -> None:
    """Every voter anew, in a table by size and weight."""
    voters = game(40)
    (rule,) = voters.rules
    found = benchmark.pedantic(lambda: plain.shapley_shubik_by_sums(rule.quota, rule.weights), rounds=1)
    assert found == list(power(voters).shapley_shubik)


@pytest.mark.benchmark(group="power, 27 members, two majorities or four against")
def test_union_of_rules(benchmark: Any) -> None:
    """Populations in thousands up to 83 million."""
    rng = random.Random(27)
    people = sorted((int(83_000 * rng.random() ** 2) + 500 for _ in range(27)), reverse=True)
    union = WeightedGame.parse(f"[15; 1x27] & [65%; {', '.join(map(str, people))}] | [24; 1x27]")
    found = benchmark.pedantic(lambda: power(union).shapley_shubik, rounds=1)
    assert sum(found) == 1

"""Power by going through all coalitions, all orders of joining, all profiles of three choices."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product
from math import factorial

Rules = Sequence[tuple[int, Sequence[int]]]
"""Quota and weights of each rule."""

Ways = Sequence[Rules]
"""Sets of rules each of which is enough."""


def wins(ways: Ways, members: Sequence[int]) -> bool:
    return any(all(sum(weights[member] for member in members) >= quota for quota, weights in rules) for rules in ways)


def number(ways: Ways) -> int:
    """Voters."""
    return len(ways[0][0][1])


def winning(rules: Ways) -> Iterator[tuple[int, ...]]:
    voters = range(number(rules))
    for size in range(len(voters) + 1):
        for members in combinations(voters, size):
            if wins(rules, members):
                yield members


def critical(rules: Ways, members: Sequence[int]) -> list[int]:
    return [one for one in members if not wins(rules, [other for other in members if other != one])]


def minimal(rules: Ways) -> list[tuple[int, ...]]:
    return [members for members in winning(rules) if len(critical(rules, members)) == len(members)]


def indices(rules: Ways) -> dict[str, list[Fraction]]:
    """All indices but Shapley–Shubik."""
    voters = range(number(rules))
    won = list(winning(rules))
    vulnerable = [decisive for members in won if (decisive := critical(rules, members))]
    least = minimal(rules)
    swings = [sum(voter in decisive for decisive in vulnerable) for voter in voters]
    johnston = [sum((Fraction(voter in one, len(one)) for one in vulnerable), Fraction(0)) for voter in voters]
    member = [sum(voter in one for one in least) for voter in voters]
    shared = [sum((Fraction(voter in one, len(one)) for one in least), Fraction(0)) for voter in voters]
    return {
        "banzhaf": [Fraction(one, sum(swings)) for one in swings],
        "banzhaf-absolute": [Fraction(one, 2 ** (len(voters) - 1)) for one in swings],
        "coleman-prevent": [Fraction(one, len(won)) for one in swings],
        "coleman-initiate": [Fraction(one, 2 ** len(voters) - len(won)) for one in swings],
        "deegan-packel": [one / len(least) for one in shared],
        "holler": [Fraction(one, sum(member)) for one in member],
        "johnston": [one / sum(johnston) for one in johnston],
    }


def shapley_shubik(rules: Ways) -> list[Fraction]:
    voters = range(number(rules))
    pivots = [0] * len(voters)
    for order in permutations(voters):
        pivots[next(order[last] for last in voters if wins(rules, order[: last + 1]))] += 1
    return [Fraction(count, factorial(len(voters))) for count in pivots]


def shapley_shubik_by_sums(quota: int, weights: Sequence[int]) -> list[Fraction]:
    """One rule: coalitions of the others by size and weight, anew for each voter."""
    number = len(weights)
    found = []
    for voter, weight in enumerate(weights):
        table = {(0, 0): 1}
        for other in (*weights[:voter], *weights[voter + 1 :]):
            larger = dict(table)
            for (size, total), count in table.items():
                if total + other < quota:
                    larger[size + 1, total + other] = larger.get((size + 1, total + other), 0) + count
            table = larger
        pivots = sum(
            count * factorial(size) * factorial(number - 1 - size)
            for (size, total), count in table.items()
            if total + weight >= quota
        )
        found.append(Fraction(pivots, factorial(number)))
    return found


def ternary(
    weights: Sequence[int], vetoes: Sequence[int], passed: Callable[[int, int, int], bool]
) -> tuple[int, list[dict[tuple[str, str], int]]]:
    """Profiles of yes, third and no that pass; for each voter how often one choice passes and another fails.

    ``passed`` is asked with the weights of yes, third and no.
    """
    voters = range(len(weights))

    def outcome(profile: Sequence[str]) -> bool:
        said = {word: sum(weights[v] for v in voters if profile[v] == word) for word in ("yes", "third", "no")}
        return all(profile[v] != "no" for v in vetoes) and passed(said["yes"], said["third"], said["no"])

    passing = sum(outcome(profile) for profile in product(("yes", "third", "no"), repeat=len(weights)))
    found: list[dict[tuple[str, str], int]] = []
    for voter in voters:
        counts: dict[tuple[str, str], int] = {}
        for others in product(("yes", "third", "no"), repeat=len(weights) - 1):
            results = {word: outcome((*others[:voter], word, *others[voter:])) for word in ("yes", "third", "no")}
            for one, other in permutations(results, 2):
                counts[one, other] = counts.get((one, other), 0) + (results[one] and not results[other])
        found.append(counts)
    return passing, found


def minimal_connected(rules: Ways, places: Sequence[float]) -> list[tuple[int, ...]]:
    """Connected winning coalitions without a smaller connected winning coalition inside."""
    won = [
        set(members)
        for members in winning(rules)
        if all(
            voter in members or not min(places[m] for m in members) < place < max(places[m] for m in members)
            for voter, place in enumerate(places)
        )
    ]
    return sorted(tuple(sorted(one)) for one in won if not any(other < one for other in won))


def represents(rules: Ways, quota: int, weights: Sequence[int]) -> bool:
    """Whether one rule has the same winning coalitions."""
    voters = range(len(weights))
    return all(
        wins(rules, members) == wins([[(quota, weights)]], members)
        for size in range(len(weights) + 1)
        for members in combinations(voters, size)
    )


def least_sum(rules: Ways, below: int) -> int | None:
    """Smallest sum of weights that represents the rules, if there is one less than ``below``."""
    voters = number(rules)
    for total in range(1, below):
        for weights in product(range(total + 1), repeat=voters):
            if sum(weights) == total and any(represents(rules, quota, weights) for quota in range(1, total + 1)):
                return total
    return None

"""Crises in many draws at once, each against the plain reference, draw by draw, in the same run.

Every ratio is time per draw of the reference over time per draw of the model.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from realpolitik.models.crisis import Crowd, ThreatGame, backward_induction, mobilisation, quantal, threat
from realpolitik.models.crisis.template import template
from tests.plain import crisis as plain
from tests.plain import trees

MILLION = 1_000_000


def seconds(work: Callable[[], Any], rounds: int = 3) -> float:
    """The fastest of some runs."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken)


def ratio(benchmark: Any, work: Callable[[], Any], draws: int, naive: Callable[[], Any], few: int) -> float:
    """Time both in the same run, and keep the ratio beside the timing."""
    benchmark.pedantic(work, rounds=3, iterations=1, warmup_rounds=1)
    found = (seconds(naive) / few) / (benchmark.stats.stats.min / draws)
    benchmark.extra_info["times as fast as the reference"] = round(found)
    return float(found)


def games(draws: int) -> ThreatGame:
    rng = np.random.default_rng(1)
    return ThreatGame(rng.normal(size=(draws, 5)), rng.normal(size=(draws, 5)), rng.uniform(0, 5, draws))


@pytest.mark.parametrize("variant", ["backward-induction", "logit"])
def test_threat_1000000_draws(benchmark: Any, variant: Any) -> None:
    game, few = games(MILLION), games(1_000)
    rows = list(zip(few.sender.tolist(), few.target.tolist(), few.precision.tolist(), strict=True))

    def naive() -> None:
        for sender, target, precision in rows:
            plain.backward(sender, target, False) if variant == "backward-induction" else plain.logit(
                sender, target, precision, False
            )

    found = ratio(
        benchmark, lambda: threat(game, variant=variant, rng=np.random.default_rng(1)), MILLION, naive, len(rows)
    )
    assert benchmark.stats.stats.min <= 1.0
    assert found > 5


def test_looking_ahead_in_any_tree_1000000_draws(benchmark: Any) -> None:
    """The same threat as a tree of the general kind, walked recursively one draw at a time."""
    rng, chosen = np.random.default_rng(7), template("threat")
    values = {one.name: rng.uniform(one.low, one.high, MILLION) for one in chosen.parameters}
    tree = chosen.tree(values)
    singles = [chosen.tree({name: float(value[draw]) for name, value in values.items()}) for draw in range(1_000)]
    found = ratio(
        benchmark,
        lambda: backward_induction(tree),
        MILLION,
        lambda: [trees.look_ahead(each, each.root) for each in singles],
        len(singles),
    )
    assert benchmark.stats.stats.min <= 2.0
    ends = backward_induction(tree).probability[: len(singles)].argmax(axis=1)
    assert [tree.outcomes[end] for end in ends] == [trees.look_ahead(each, each.root)[1] for each in singles]
    assert found > 5


def test_quantal_response_to_a_signal_1000_draws(benchmark: Any) -> None:
    """A game with information sets, against the same equilibrium found by iterating the plain best response."""
    rng, chosen = np.random.default_rng(8), template("signal")
    values = {one.name: np.full(1_000, one.default) for one in chosen.parameters}
    values |= {"resolved": rng.uniform(0, 1, 1_000), "audience_cost": rng.uniform(0, 4, 1_000)}
    tree = chosen.tree(values)
    single = chosen.tree({one.name: one.default for one in chosen.parameters})

    def naive() -> dict[str, tuple[float, ...]]:
        profile = {place.name: tuple(1 / len(place.moves) for _ in place.moves) for place in single.places}
        for _ in range(200):
            answer = trees.response(single, profile, 1.0)
            profile = {
                name: tuple((old + new) / 2 for old, new in zip(profile[name], answer[name], strict=True))
                for name in profile
            }
        return profile

    found = ratio(benchmark, lambda: quantal(tree, 1.0), 1_000, naive, 1)
    assert quantal(tree, 1.0).found.all()
    assert found > 5


def test_mobilisation_10000_draws(benchmark: Any) -> None:
    """Ten thousand people in three groups from three starts, and what tips them, against a crowd of a thousand that is
    asked one by one from nobody and from everybody."""
    rng, draws = np.random.default_rng(9), 10_000
    share, threshold, spread = rng.uniform(size=(3, draws, 3))
    crowd = Crowd(("a", "b", "c"), share, threshold, 0.3 * spread, trigger=rng.uniform(0, 0.1, draws))
    people = np.sort(rng.normal(0.3, 0.15, size=(3, 1_000)), axis=1).tolist()
    found = ratio(
        benchmark,
        lambda: mobilisation(crowd),
        draws,
        lambda: [(trees.cascade(row), trees.remain(row)) for row in people],
        len(people),
    )
    assert benchmark.stats.stats.min <= 2.0
    assert found > 5

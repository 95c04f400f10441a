"""A million threats at once, against a walk of the tree for each."""

from typing import Any

import numpy as np
import pytest

from realpolitik.models.crisis import Crowd, ThreatGame, backward_induction, mobilisation, quantal, threat
from realpolitik.models.crisis.templates.sanctions import THREAT
from realpolitik.models.crisis.templates.signal import SIGNAL
from tests.plain import crisis as plain

MILLION = 1_000_000


def games(draws: int) -> ThreatGame:
    rng = np.random.default_rng(1)
    return ThreatGame(rng.normal(size=(draws, 5)), rng.normal(size=(draws, 5)), rng.uniform(0, 5, draws))


@pytest.mark.benchmark(group="threat")
@pytest.mark.parametrize("variant", ["backward-induction", "logit"])
def test_threat_1000000_draws(benchmark: Any, variant: Any) -> None:
    game = games(MILLION)
    benchmark.pedantic(lambda: threat(game, variant=variant, rng=np.random.default_rng(1)), rounds=5)


@pytest.mark.benchmark(group="threat")
def test_naive_threat_1000_draws(benchmark: Any) -> None:
    game = games(1000)
    sides = list(zip(game.sender.tolist(), game.target.tolist(), strict=True))
    benchmark(lambda: [plain.backward(sender, target, False) for sender, target in sides])


def test_looking_ahead_in_any_tree(benchmark: Any) -> None:
    """The same threat as a tree, in a million draws."""
    rng = np.random.default_rng(7)
    values = {one.name: rng.uniform(one.low, one.high, 1_000_000) for one in THREAT.parameters}
    tree = THREAT.tree(values)
    found = benchmark.pedantic(backward_induction, (tree,), rounds=1, iterations=1)
    assert found.probability.sum() == 1_000_000


def test_quantal_response_to_a_signal(benchmark: Any) -> None:
    """A game with information sets, in a thousand draws."""
    rng = np.random.default_rng(8)
    values = {one.name: np.full(1_000, one.default) for one in SIGNAL.parameters}
    values |= {"resolved": rng.uniform(0, 1, 1_000), "audience_cost": rng.uniform(0, 4, 1_000)}
    found = benchmark.pedantic(quantal, (SIGNAL.tree(values), 1.0), rounds=1, iterations=1)
    assert found.found.all()


def test_mobilisation_in_ten_thousand_draws(benchmark: Any) -> None:
    """A thousand people in each."""
    crowd = Crowd.normal(np.linspace(0.1, 0.5, 10_000), 0.15)
    found = benchmark.pedantic(mobilisation, (crowd,), rounds=1, iterations=1)
    assert found.participation.shape == (10_000,)

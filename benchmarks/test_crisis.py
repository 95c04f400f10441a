"""A million threats at once, against a walk of the tree for each."""

from typing import Any

import numpy as np
import pytest

from realpolitik.models.crisis import ThreatGame, threat
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

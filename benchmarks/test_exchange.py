"""Position exchange of 10, 30 and 100 actors on three issues, one round, against plain Python in the same run.

With REALPOLITIK_DECIDE (a checkout of decide-exchange-model) and REALPOLITIK_DECIDE_PYTHON (a Python 3.13 that
has its packages), that program's round on the same table is measured in a process of its own.
"""

import json
import os
import subprocess
from typing import Any

import numpy as np
import pytest

from realpolitik.models.bargaining import ActorTable, ExchangeRules, exchange
from tests.plain import exchange as plain

ISSUES = ("x", "y", "z")
ONCE = ExchangeRules(max_rounds=1)

PEER = """
import json, sys, time
from decimal import Decimal
sys.path.insert(0, sys.argv[1])
from decide.model.equalgain import EqualGainModel
EqualGainModel.ALLOW_RANDOM = EqualGainModel.VERBOSE = False
model = EqualGainModel()
for name, low, high in (("x", 0, 100), ("y", 0, 100), ("z", 0, 100)):
    issue = model.add_issue(name)
    issue.lower, issue.upper = Decimal(low), Decimal(high)
for actor, row in json.load(sys.stdin).items():
    model.add_actor(actor)
    for name, cell in zip("xyz", row):
        model.add_actor_issue(actor, name, *map(Decimal, map(str, cell)))
begun = time.perf_counter()
model.calc_nbs()
model.determine_positions()
model.calc_combinations()
model.determine_groups_and_calculate_exchanges()
while model.exchanges:
    chosen = model.highest_gain()
    if chosen.is_valid:
        model.remove_invalid_exchanges(chosen)
print(time.perf_counter() - begun)
"""


def table(actors: int, draws: int = 1) -> ActorTable:
    rng = np.random.default_rng(1)
    shape = (draws, actors, 3)
    names = tuple(f"a{index:03}" for index in range(actors))
    values = rng.uniform(0, 100, shape), rng.uniform(0.1, 1, shape) / 3, rng.uniform(5, 100, shape)
    return ActorTable(names, ISSUES, *values, np.zeros(3), np.full(3, 100.0), np.ones((actors, 3), dtype=bool))


def cells(actors: int) -> dict[tuple[str, str], plain.Row]:
    given = table(actors)
    columns = (given.position[0], given.salience[0], given.capability[0])
    return {
        (name, issue): tuple(float(column[a, q]) for column in columns)
        for a, name in enumerate(given.actors)
        for q, issue in enumerate(ISSUES)
    }


@pytest.mark.benchmark(group="exchange, 3 issues, one round")
@pytest.mark.parametrize("actors", [10, 30, 100])
@pytest.mark.parametrize("variant", ["equal-gain", "decide"])
def test_one_round(benchmark: Any, actors: int, variant: Any) -> None:
    given = table(actors)
    rules = ONCE if variant == "equal-gain" else ExchangeRules(
        max_rounds=1, known_moves="own-deals", once_passed="ignore", rising_offers="summed", ties="by-row"
    )  # fmt: skip
    exchange(given, rules=rules)
    benchmark(lambda: exchange(given, rules=rules))


@pytest.mark.benchmark(group="exchange, 3 issues, one round")
def test_1000_draws_of_10(benchmark: Any) -> None:
    given = table(10, draws=1000)
    exchange(given, rules=ONCE)
    benchmark.pedantic(lambda: exchange(given, rules=ONCE), rounds=3)


@pytest.mark.benchmark(group="exchange, 3 issues, one round")
@pytest.mark.parametrize("actors", [10, 20])
def test_plain_python(benchmark: Any, actors: int) -> None:
    given = cells(actors)
    names = sorted({name for name, _ in given})
    benchmark.pedantic(lambda: plain.Bazaar(given, names, ISSUES).run(), rounds=1)


@pytest.mark.benchmark(group="exchange, 3 issues, one round")
@pytest.mark.parametrize("actors", [10, 30, 100])
def test_decide_exchange_model(benchmark: Any, actors: int) -> None:
    folder, python = os.environ.get("REALPOLITIK_DECIDE"), os.environ.get("REALPOLITIK_DECIDE_PYTHON")
    if not folder or not python:
        pytest.skip("set REALPOLITIK_DECIDE and REALPOLITIK_DECIDE_PYTHON to measure decide-exchange-model beside ours")
    given = table(actors)
    columns = np.stack([given.position[0], given.salience[0], given.capability[0]], axis=-1)
    rows = json.dumps(dict(zip(given.actors, columns.tolist(), strict=True)))

    def run() -> str:
        command = [python, "-c", PEER, folder]
        return subprocess.run(command, input=rows, text=True, capture_output=True, check=True).stdout

    seconds = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info["seconds of the round alone"] = float(seconds)
    print(f"decide-exchange-model, {actors} actors, the round alone: {float(seconds):.3f} s")

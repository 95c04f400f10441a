"""The walk for all draws at once says in every draw what a plain reading of the contest says."""

import math

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.walk import walk
from tests.plain import walk as plain
from tests.strategies import certain_contests


def attempt(data: st.DataObject) -> Contest | None:
    """A contest, or None where a condition that was made up can never hold."""
    try:
        return data.draw(certain_contests())
    except ContestError:
        return None


@given(st.data(), st.integers(0, 2**40))
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_draw_is_walked_as_by_hand(data: st.DataObject, seed: int) -> None:
    contest = attempt(data)
    if contest is None:
        return
    worlds = walk(contest, seed, Chunk(0, 6))
    names = tuple(contest.outcomes)
    for draw in range(6):
        results, outcome = plain.walk(contest, {key: float(values[draw]) for key, values in worlds.inputs.items()})
        assert set(results) == set(worlds.results)
        for key, expected in results.items():
            found = worlds.results[key][draw]
            same = math.isclose(found, expected, abs_tol=1e-9) or (np.isnan(found) and math.isnan(expected))
            assert same, (key, found, expected)
        assert names[worlds.outcome[draw]] == outcome

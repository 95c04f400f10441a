"""Worlds walked again: the same ends as a walk from the start, for any change of inputs."""

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.forecast.draws import Chunk, Floats, sample
from realpolitik.forecast.replay import Replay
from realpolitik.forecast.walk import Walk, Worlds, walk
from tests.unit.report.contests import full

CHUNK = Chunk(0, 400)


def from_the_start(contest: Contest, inputs: dict[str, Floats]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Every stage played, nothing taken over."""
    path = Walk(contest, 1, CHUNK, dict(inputs), Worlds({}))
    for name in contest.stage_order():
        path.take(name, contest.pathway[name])
    return path.outcomes()


@pytest.fixture(scope="module")
def contest() -> Contest:
    return full()


def test_the_first_walk_is_the_forecasts_own(contest: Contest) -> None:
    assert np.array_equal(Replay(contest, 1, CHUNK, sample(contest, 1, CHUNK)).outcome, walk(contest, 1, CHUNK).outcome)


def test_every_single_change_ends_as_a_walk_from_the_start(contest: Contest) -> None:
    here, there = sample(contest, 1, CHUNK), sample(contest, 2, CHUNK)
    replay = Replay(contest, 1, CHUNK, here)
    moved = 0
    for address in here:
        found = replay.again({address: there[address]})
        assert np.array_equal(found, from_the_start(contest, {**here, address: there[address]})), address
        moved += int((found != replay.outcome).sum())
        if address not in replay.inputs_read:
            assert np.array_equal(found, replay.outcome)
    assert moved > 50


@pytest.mark.parametrize("seed", range(10))
def test_many_changes_at_once(contest: Contest, seed: int) -> None:
    here, there = sample(contest, 1, CHUNK), sample(contest, 2, CHUNK)
    some = np.random.default_rng(seed).random(len(here)) < 0.3
    changed = {address: there[address] for address, chosen in zip(here, some, strict=True) if chosen}
    replay = Replay(contest, 1, CHUNK, here)
    assert np.array_equal(replay.again(changed), from_the_start(contest, {**here, **changed}))
    assert np.array_equal(replay.again({}), replay.outcome)


def test_nothing_is_remembered_of_a_change(contest: Contest) -> None:
    here, there = sample(contest, 1, CHUNK), sample(contest, 2, CHUNK)
    replay = Replay(contest, 1, CHUNK, here)
    first = replay.again(there)
    assert np.array_equal(replay.again(dict(here)), replay.outcome)
    assert np.array_equal(replay.again(there), first)

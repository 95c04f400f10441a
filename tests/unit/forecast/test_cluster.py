"""The Dask engine gives the bits of one process, survives the death of a worker, and says what it lacks."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from realpolitik.errors import ContestError, ModelError
from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.engines import cluster as engine_room
from realpolitik.forecast.engines.cluster import dask
from tests.unit.forecast.test_engine import die_once, fault, index
from tests.unit.forecast.test_tally import DRAWS, digest, streaming

distributed = pytest.importorskip("distributed", reason="the extra realpolitik[dask] is not installed")

__all__ = ["streaming"]


def asked(task, items, address):  # type: ignore[no-untyped-def]
    with dask(address=address) as run:
        return list(run(task, items))


PLANNED = [Chunk(number, 1) for number in range(20)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two workers on this machine."""
    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options, silence_logs=50) as found:
        yield found.scheduler_address.removeprefix("tcp://")


def test_results_come_in_their_order(address: str) -> None:
    assert asked(index, PLANNED, address) == list(range(20))


@pytest.mark.usefixtures("streaming")
def test_the_bits_are_those_of_one_process(address: str) -> None:
    assert digest(DRAWS, engine=f"dask://{address}") == digest(DRAWS)


def test_what_a_dead_worker_had_in_hand_is_done_again(address: str, tmp_path: Path) -> None:
    assert asked(partial(die_once, tmp_path / "died"), PLANNED, address) == list(range(20))


class Fake:
    """A client that has lost its workers, and a future of a task that killed them."""

    status = "running"

    def __init__(self, error: Exception) -> None:
        self.error, self.asked = error, 0

    def nthreads(self) -> dict[str, int]:
        return {}

    def result(self, timeout: float) -> None:
        self.asked += 1
        raise self.error


def cluster_of(client: Fake) -> engine_room._Cluster:
    return engine_room._Cluster(client, "a:1", print)


def test_workers_that_die_again_and_again_are_a_model_error() -> None:
    error = distributed.KilledWorker("task", None, 3)
    with pytest.raises(ModelError, match="died over the same draws again and again"):
        cluster_of(Fake(error))._result(Fake(error))


def test_a_cluster_whose_workers_are_gone_is_waited_for_and_then_given_up() -> None:
    future = Fake(TimeoutError())
    with pytest.raises(ModelError, match="has no workers any more"):
        cluster_of(Fake(TimeoutError()))._result(future)
    assert future.asked == engine_room.PATIENCE


def test_a_fault_in_a_worker_comes_through_whole(address: str) -> None:
    with pytest.raises(ContestError) as caught:
        asked(fault, PLANNED[:1], address)
    assert caught.value.faults[0].message == "chunk 0"


def test_other_versions_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "_versions", lambda: {"python": "2.7"})
    with pytest.raises(ModelError, match=r"has other versions, so its numbers may differ: .* there, python 2.7 here"):
        asked(index, PLANNED[:1], address)


def test_a_cluster_without_workers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(ModelError, match="has no workers"),
    ):
        asked(index, PLANNED, empty.scheduler_address.removeprefix("tcp://"))


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "SECONDS", 0.2)
    with pytest.raises(ModelError, match="No Dask scheduler answers at localhost:9 "):
        asked(index, PLANNED, "localhost:9")


@pytest.mark.parametrize("wrong", ["x", "host:", "tcp://a:1", "a b:1"])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(ContestError, match="is not the address of a Dask scheduler: write HOST:PORT"):
        asked(index, PLANNED, wrong)


def test_the_lack_of_the_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ModelError, match=r"needs the package distributed: pip install 'realpolitik\[dask\]'"):
        asked(index, PLANNED, "localhost:8786")

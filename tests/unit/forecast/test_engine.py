"""Engines give the same numbers whoever works, and what goes wrong in a worker comes through."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from realpolitik.errors import ContestError, Fault, ModelError, UnknownName
from realpolitik.forecast import engine
from realpolitik.forecast.draws import CHUNK, Chunk, chunks
from realpolitik.forecast.engine import RETRIES, named_engine, processes, serial
from realpolitik.forecast.walk import walk
from realpolitik.registry import engines
from tests.small import CHAMBER, change, contest, with_section


def index(chunk: Chunk) -> int:
    return chunk.index


def fault(chunk: Chunk) -> int:
    raise ContestError([Fault(("pathway", "x"), f"chunk {chunk.index}", "contest.yaml", 3, 4)])


def unknown(chunk: Chunk) -> int:
    raise UnknownName("model", "x", ["y"])


def large(chunk: Chunk) -> bytes:
    """More than a pipe takes at once, so that a worker spends most of its time on sending it."""
    return bytes(60_000_000)


def die(chunk: Chunk) -> int:
    os._exit(1)


def die_once(flag: Path, chunk: Chunk) -> int:
    """Kills the worker that first works at chunk 9."""
    if chunk.index == 9 and not flag.exists():
        flag.touch()
        os._exit(1)
    return chunk.index


FULL = contest(change(with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house}")))


def test_both_engines_are_registered() -> None:
    assert {"serial", "processes"} <= set(engines.names())


def test_serial_works_in_order() -> None:
    assert list(serial(index, chunks(3 * CHUNK))) == [0, 1, 2]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes_give_the_bits_of_one_process(jobs: int) -> None:
    planned = [Chunk(number, 50) for number in range(7)]
    task = partial(walk, FULL, 5)
    for ours, theirs in zip(serial(task, planned), processes(task, planned, jobs=jobs), strict=True):
        for part in ("inputs", "results", "details"):
            expected, found = getattr(ours, part), getattr(theirs, part)
            assert list(found) == list(expected)
            for key, values in expected.items():
                assert found[key].dtype == values.dtype
                assert found[key].tobytes() == values.tobytes()
        np.testing.assert_array_equal(theirs.outcome, ours.outcome)


def test_many_chunks_come_in_their_order() -> None:
    planned = [Chunk(number, 1) for number in range(20)]
    assert list(processes(index, planned, jobs=2)) == list(range(20))


def test_a_fault_in_a_worker_comes_through_whole() -> None:
    with pytest.raises(ContestError) as caught:
        list(processes(fault, [Chunk(0, 1)], jobs=1))
    assert caught.value.faults == (Fault(("pathway", "x"), "chunk 0", "contest.yaml", 3, 4),)


def test_an_unknown_name_in_a_worker_comes_through_whole() -> None:
    with pytest.raises(UnknownName) as caught:
        list(processes(unknown, [Chunk(0, 1)], jobs=1))
    assert (caught.value.kind, caught.value.name, caught.value.known) == ("model", "x", ("y",))


def test_workers_that_die_again_and_again_are_a_model_error() -> None:
    told: list[str] = []
    with pytest.raises(ModelError, match=r"died 4 times over the same draws.*Use fewer jobs, or --engine serial"):
        list(processes(die, [Chunk(0, 1)], jobs=1, say=told.append))
    assert len(told) == RETRIES


def test_what_a_dead_worker_had_in_hand_is_done_again(tmp_path: Path) -> None:
    told: list[str] = []
    planned = [Chunk(number, 1) for number in range(20)]
    found = list(processes(partial(die_once, tmp_path / "died"), planned, jobs=2, say=told.append))
    assert found == list(range(20))
    assert told == ["A worker process died; what it had in hand is done again (1 of 3 tries)."]


@pytest.mark.parametrize("name", ["dask", "dask://", "serial://here", "serial://", "processes://a:1"])
def test_an_engine_has_an_address_or_none(name: str) -> None:
    with pytest.raises(ContestError, match=r"cannot be used so: write "):
        named_engine(name, jobs=1, say=print)


def test_a_run_that_is_broken_off_ends_its_workers() -> None:
    running = processes(index, [Chunk(number, 1) for number in range(30)], jobs=1)
    assert next(iter(running)) == 0
    running.close()  # type: ignore[attr-defined]


def test_processes_may_be_asked_from_any_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: list(processes(index, [Chunk(3, 1)], jobs=1))).result() == [3]


def test_a_worker_keeps_its_task() -> None:
    with pytest.raises(ModelError, match="started without its task"):
        engine._work(Chunk(0, 1))
    try:
        engine._keep(index)
        assert engine._work(Chunk(4, 1)) == 4
    finally:
        engine._task = None


def test_a_worker_that_is_stopped_while_it_sends_holds_nobody_up() -> None:
    before = set(threading.enumerate())
    running = processes(large, [Chunk(number, 1) for number in range(30)], jobs=1)
    next(iter(running))
    time.sleep(0.1)  # the next one is on its way
    running.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 20
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert set(threading.enumerate()) <= before


def test_ctrl_c_while_workers_start_is_answered_afterwards() -> None:
    reached = []

    def start() -> None:
        with engine._deaf_to_ctrl_c():
            signal.raise_signal(signal.SIGINT)
            reached.append("the end of the block")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert reached
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_workers_end_with_a_parent_that_is_killed() -> None:
    """They hold its output open for as long as they live."""
    script = (
        "import os, time; from realpolitik.forecast.engine import processes\n"
        "if __name__ == '__main__':\n"
        "    found = processes(time.sleep, [0, 600], jobs=1)\n"
        "    next(iter(found)); os.kill(os.getpid(), 9)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert found.returncode == -9

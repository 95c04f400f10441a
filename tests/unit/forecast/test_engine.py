"""Engines give the same numbers whoever works, and what goes wrong in a worker comes through."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from realpolitik.errors import ContestError, Fault, ModelError, UnknownName
from realpolitik.forecast.draws import CHUNK, Chunk, chunks
from realpolitik.forecast.engines import named_engine
from realpolitik.forecast.engines.local import RETRIES, processes, serial
from realpolitik.forecast.walk import walk
from realpolitik.registry import engines
from tests.small import CHAMBER, change, contest, with_section


def index(chunk: Chunk) -> int:
    return chunk.index


def fault(chunk: Chunk) -> int:
    raise ContestError([Fault(("pathway", "x"), f"chunk {chunk.index}", "contest.yaml", 3, 4)])


def unknown(chunk: Chunk) -> int:
    raise UnknownName("model", "x", ["y"])


def die(chunk: Chunk) -> int:
    os._exit(1)


def die_once(flag: Path, chunk: Chunk) -> int:
    """Kills the worker that first works at chunk 9."""
    if chunk.index == 9 and not flag.exists():
        flag.touch()
        os._exit(1)
    return chunk.index


def asked(task, items, **options):  # type: ignore[no-untyped-def]
    with processes(**options) as run:
        return list(run(task, items))


def serially(task, items):  # type: ignore[no-untyped-def]
    with serial() as run:
        return list(run(task, items))


FULL = contest(change(with_section(CHAMBER), ("{judgement: 0.3}", "{chamber: house}")))


def test_both_engines_are_registered() -> None:
    assert {"serial", "processes"} <= set(engines.names())


def test_finding_an_engine_loads_nothing_that_takes_long() -> None:
    code = (
        "import sys; from realpolitik.registry import engines; engines.load(); "
        "sys.exit(', '.join({'scipy.stats', 'scipy.special', 'distributed', 'numba'} & set(sys.modules)) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.stderr == ""


def test_serial_works_in_order() -> None:
    assert serially(index, chunks(3 * CHUNK)) == [0, 1, 2]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes_give_the_bits_of_one_process(jobs: int) -> None:
    planned = [Chunk(number, 50) for number in range(7)]
    task = partial(walk, FULL, 5)
    for ours, theirs in zip(serially(task, planned), asked(task, planned, jobs=jobs), strict=True):
        for part in ("inputs", "results", "details"):
            expected, found = getattr(ours, part), getattr(theirs, part)
            assert list(found) == list(expected)
            for key, values in expected.items():
                assert found[key].dtype == values.dtype
                assert found[key].tobytes() == values.tobytes()
        np.testing.assert_array_equal(theirs.outcome, ours.outcome)


def test_a_fault_in_a_worker_comes_through_whole() -> None:
    with pytest.raises(ContestError) as caught:
        asked(fault, [Chunk(0, 1)], jobs=1)
    assert caught.value.faults == (Fault(("pathway", "x"), "chunk 0", "contest.yaml", 3, 4),)


def test_an_unknown_name_in_a_worker_comes_through_whole() -> None:
    with pytest.raises(UnknownName) as caught:
        asked(unknown, [Chunk(0, 1)], jobs=1)
    assert (caught.value.kind, caught.value.name, caught.value.known) == ("model", "x", ("y",))


def test_workers_that_die_again_and_again_are_a_model_error() -> None:
    told: list[str] = []
    with pytest.raises(ModelError, match=r"died 4 times over the same draws.*Use fewer jobs, or --engine serial"):
        asked(die, [Chunk(0, 1)], jobs=1, say=told.append)
    assert len(told) == RETRIES


def test_what_a_dead_worker_had_in_hand_is_done_again(tmp_path: Path) -> None:
    told: list[str] = []
    planned = [Chunk(number, 1) for number in range(20)]
    found = asked(partial(die_once, tmp_path / "died"), planned, jobs=2, say=told.append)
    assert found == list(range(20))
    assert told == ["A worker process died; what it had in hand is done again (1 of 3 tries)."]


@pytest.mark.parametrize("name", ["dask", "dask://", "serial://here", "serial://", "processes://a:1"])
def test_an_engine_has_an_address_or_none(name: str) -> None:
    with pytest.raises(ContestError, match=r"cannot be used so: write "):
        named_engine(name, jobs=1, say=print)

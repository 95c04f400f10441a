"""Worker processes give results in order, outlive each other, and never outlive the process that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from realpolitik.errors import UnknownName
from realpolitik.workers import Died, Workers, _ctrl_c_held_back

PATIENCE = 60.0
"""Seconds after which something that should have happened will not."""


def double(number: int) -> int:
    return 2 * number


def whose(number: int) -> int:
    return os.getpid()


def big(number: int) -> bytes:
    return bytes([number]) * 3_000_000


def slowly(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def die_of(deadly: set[int], number: int) -> int:
    if number in deadly:
        os._exit(1)
    return number


def die_once(folder: Path, number: int) -> int:
    """Kills the worker that is the first to work at 3."""
    if number == 3 and not (folder / "died").exists():
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
    return number


def fail_sooner_the_later(number: int) -> NoReturn:
    time.sleep(0.5 if number == 0 else 0)
    raise ValueError(number)


class Odd(Exception):
    """Cannot be made again from what it is pickled as."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def fail(error: Exception, number: int) -> NoReturn:
    raise Odd("odd", "error") if number == 7 else error


def unspeakable(number: int) -> Callable[[], int]:
    return lambda: number


def interrupt_myself(number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return number


def own_and_spin(folder: Path, number: int) -> NoReturn:
    """Leaves the number of its process in the folder, and is busy for ever."""
    (folder / str(os.getpid())).touch()
    while True:
        pass


def wait_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def children() -> set[int | None]:
    return {child.pid for child in multiprocessing.active_children()}


def lives(pid: int) -> bool:
    """Whether a process is there and has not ended; one that nobody has asked after yet has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture(scope="module")
def pair() -> Iterator[Workers]:
    """Two workers for many tests."""
    with Workers(2, ahead=3) as workers:
        yield workers


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with Workers(jobs) as workers:
        assert list(workers.map(slowly, range(20))) == list(range(20))


def test_nothing_to_do_starts_nobody() -> None:
    others = children()
    with Workers(2) as workers:
        assert list(workers.map(double, [])) == []
        assert children() == others


def test_the_same_workers_do_one_map_after_the_other() -> None:
    others = children()
    with Workers(2) as workers:
        known = set(workers.map(whose, range(10)))
        assert list(workers.map(double, range(5))) == [0, 2, 4, 6, 8]
        known |= set(workers.map(whose, range(10)))
        assert known == children() - others
    assert children() == others


def test_large_items_and_large_results_do_not_wait_for_each_other(pair: Workers) -> None:
    assert list(pair.map(len, (big(number) for number in range(8)))) == [3_000_000] * 8
    assert list(pair.map(big, range(8))) == [big(number) for number in range(8)]


def test_items_are_taken_as_they_are_needed(pair: Workers) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = pair.map(double, items())
    assert 0 < len(taken) <= 6
    assert [next(results) for _ in range(10)] == list(range(0, 20, 2))
    assert len(taken) <= 16


def test_an_error_comes_through_with_the_place_where_it_happened(pair: Workers) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(pair.map(partial(fail, ZeroDivisionError("by nought")), range(3)))
    assert "in fail" in caught.value.__notes__[0]
    with pytest.raises(UnknownName) as known:
        list(pair.map(partial(fail, UnknownName("model", "x", ["y"])), range(3)))
    assert (known.value.name, known.value.known) == ("x", ("y",))
    assert not hasattr(known.value, "__notes__")


def test_the_first_error_is_that_of_the_first_item(pair: Workers) -> None:
    with pytest.raises(ValueError, match="0"):
        list(pair.map(fail_sooner_the_later, range(3)))


def test_what_cannot_be_sent_is_an_error_too(pair: Workers) -> None:
    with pytest.raises(RuntimeError, match="Odd: odd error"):
        list(pair.map(partial(fail, ValueError()), [7]))
    with pytest.raises(AttributeError, match="local object"):
        list(pair.map(unspeakable, [7]))


def test_an_item_that_kills_is_named_and_the_others_are_done(pair: Workers) -> None:
    found = list(pair.map(partial(die_of, {4}), range(9)))
    assert found == [0, 1, 2, 3, Died(4, 1), 5, 6, 7, 8]


def test_an_item_is_done_again_as_often_as_allowed(pair: Workers, tmp_path: Path) -> None:
    told: list[int] = []
    assert list(pair.map(partial(die_once, tmp_path), range(9), retries=1, died=told.append)) == list(range(9))
    assert told == [1]
    assert list(pair.map(partial(die_of, {0}), [0, 1], retries=1, died=told.append)) == [Died(0, 2), 1]
    assert told == [1, 1]


def test_a_map_that_is_broken_off_leaves_nothing_for_the_next(pair: Workers, tmp_path: Path) -> None:
    results = pair.map(double, range(30))
    assert next(results) == 0
    results.close()
    pair.map(partial(own_and_spin, tmp_path), range(30))  # nobody takes a result
    assert list(pair.map(slowly, range(3))) == [0, 1, 2]


def threads(_: int) -> str | None:
    return os.environ.get("OPENBLAS_NUM_THREADS")


def test_workers_do_linear_algebra_in_one_thread_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with Workers(1) as workers:
        assert list(workers.map(threads, [0])) == ["1"]
    assert "OPENBLAS_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    with Workers(1) as workers:
        assert list(workers.map(threads, [0])) == ["3"]


def test_workers_may_be_asked_from_any_thread() -> None:
    def ask() -> list[object]:
        with Workers(1) as workers:
            return list(workers.map(double, [3]))

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask).result() == [6]


def test_workers_do_not_hear_ctrl_c(pair: Workers) -> None:
    assert list(pair.map(interrupt_myself, range(3))) == [0, 1, 2]


@pytest.mark.parametrize("after", [0.0, 0.02, 0.1, 0.4])
def test_ctrl_c_is_heard_whenever_it_comes_and_ends_the_workers(after: float) -> None:
    """While workers are started as well: it was lost there once."""
    timer = threading.Timer(after, lambda: os.kill(os.getpid(), signal.SIGINT))

    others = children()

    def endless() -> Iterator[int]:
        timer.start()
        yield from iter(int, 1)

    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        deque(workers.map(slowly, endless()), maxlen=0)
    timer.join()
    assert children() == others


def test_ctrl_c_is_held_back_and_not_lost() -> None:
    reached = []

    def interrupted() -> None:
        with _ctrl_c_held_back():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append(1)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert reached == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


PARENT = """
import sys
from functools import partial
from pathlib import Path
from realpolitik.workers import Workers
from tests.unit.test_workers import own_and_spin
if __name__ == "__main__":
    with Workers(2) as workers:
        list(workers.map(partial(own_and_spin, Path(sys.argv[1])), range(4)))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who lives")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_when_the_process_that_started_them_is_gone(tmp_path: Path, number: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)])
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    children = [int(path.name) for path in tmp_path.iterdir()]
    assert all(map(lives, children))
    parent.send_signal(number)
    parent.wait(PATIENCE)
    wait_for(lambda: not any(map(lives, children)))

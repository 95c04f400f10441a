"""Where draws run. Every engine gives the same numbers: a seed belongs to a chunk, never to a worker.

An engine is a function ``(task, items, *, jobs, address, say) -> Iterator`` that yields the task's result for every
item (a chunk of draws, or a block of chunks) in the order of the items. It declares those keywords that it wants.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from realpolitik.errors import ContestError, ModelError
from realpolitik.registry import engine, engines

__all__ = ["RETRIES", "named_engine", "processes", "serial"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Say = Callable[[str], None]

WAITING = 4
"""Items per worker that are handed out ahead, so that memory does not grow with their number."""

RETRIES = 3
"""How often an item is done again after a worker died over it."""


def named_engine(name: str, *, jobs: int, say: Say) -> Callable[..., Iterator[Any]]:
    """An engine by what the user calls it: a registered name, and an address after ``://`` where it has one.

    Raises
    ------
    UnknownName : there is no such engine.
    ContestError : an address is missing, or there is one too many.
    """
    key, _, address = name.partition("://")
    entry = engines.get(key)
    if bool(address) != bool(entry.about.get("address")) or ("://" in name and not address):
        example = f"{key}://HOST:PORT, e.g. {key}://localhost:8786" if entry.about.get("address") else key
        raise ContestError(f"The engine '{name}' cannot be used so: write {example}.")
    return partial(entry, jobs=jobs, address=address, say=say)


@engine("serial")
def serial(task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """One chunk after the other, in this process."""
    yield from map(task, items)


@engine("processes")
def processes(
    task: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, say: Say = lambda text: None
) -> Iterator[Result]:
    """Chunks in worker processes of this machine.

    When a worker dies, its chunks are handed to new workers; after :data:`RETRIES` times that is given up.

    Parameters
    ----------
    task : picklable; sent to each worker once.
    items : what it is asked about.
    jobs : number of workers.
    say : told of each death.

    Raises
    ------
    ModelError : workers died over the same item again and again.
    """
    done, deaths = 0, 0
    while done < len(items):
        before = done
        try:
            for result in _in_pool(task, items[done:], jobs):
                done += 1
                yield result
        except BrokenProcessPool:
            deaths = 1 if done > before else deaths + 1
            if deaths > RETRIES:
                text = (
                    f"Worker processes died {deaths} times over the same draws, most likely for want of memory. "
                    "Use fewer jobs, or --engine serial."
                )
                raise ModelError(text) from None
            say(f"A worker process died; what it had in hand is done again ({deaths} of {RETRIES} tries).")


def _in_pool(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    workers = min(jobs, len(items))
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(workers, context, initializer=_keep, initargs=(task,)) as pool:
        try:
            with _deaf_to_ctrl_c():
                ahead: deque[Future[Any]] = deque(pool.submit(_work, item) for item in items[: workers * WAITING])
            rest = iter(items[workers * WAITING :])
            while ahead:
                yield ahead.popleft().result()
                for following in rest:
                    ahead.append(pool.submit(_work, following))
                    break
        except BaseException:  # Ctrl-C, or nobody asks for more: what is in hand is thrown away
            results = pool._result_queue  # let go of by shutdown
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            results._writer.close()  # type: ignore[attr-defined]  # else half a result would be waited for for ever
            raise


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start workers that leave Ctrl-C to this process; one that falls meanwhile is answered afterwards.

    A signal that is blocked here is blocked in what is started here for good. Where signals cannot be blocked, it is
    ignored, here and there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    fallen: list[int] = []
    blocks = hasattr(signal, "pthread_sigmask")
    before = signal.signal(signal.SIGINT, (lambda number, _: fallen.append(number)) if blocks else signal.SIG_IGN)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if blocks else set()
    try:
        yield
    finally:
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
        if fallen:
            signal.raise_signal(signal.SIGINT)


_task: Callable[[Any], object] | None = None


def _keep(task: Callable[[Any], object]) -> None:
    global _task
    _task = task
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody to tell it that nothing more comes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(item: object) -> object:
    if _task is None:
        raise ModelError("This worker process was started without its task.")
    return _task(item)

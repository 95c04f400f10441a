"""Where draws run. Every engine gives the same numbers: a seed belongs to a chunk, never to a worker.

An engine is a function ``(task, chunks, *, jobs) -> Iterator`` that yields the task's result for every chunk, in the
order of the chunks.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from realpolitik.errors import ModelError
from realpolitik.forecast.draws import Chunk
from realpolitik.registry import engine

__all__ = ["processes", "serial"]

Result = TypeVar("Result")
Task = Callable[[Chunk], Result]

WAITING = 4
"""Chunks per worker that are handed out ahead, so that memory does not grow with their number."""


@engine("serial")
def serial(task: Task[Result], chunks: Sequence[Chunk]) -> Iterator[Result]:
    """One chunk after the other, in this process."""
    yield from map(task, chunks)


@engine("processes")
def processes(task: Task[Result], chunks: Sequence[Chunk], *, jobs: int) -> Iterator[Result]:
    """Chunks in worker processes of this machine.

    Parameters
    ----------
    task : picklable; sent to each worker once.
    chunks : which draws.
    jobs : number of workers.

    Raises
    ------
    ModelError : a worker died.
    """
    context = multiprocessing.get_context("spawn")
    workers = min(jobs, len(chunks))
    with ProcessPoolExecutor(workers, context, initializer=_keep, initargs=(task,)) as pool:
        try:
            with _deaf_to_ctrl_c():
                ahead: list[Future[Any]] = [pool.submit(_work, chunk) for chunk in chunks[: workers * WAITING]]
            rest = iter(chunks[workers * WAITING :])
            while ahead:
                yield ahead.pop(0).result()
                following = next(rest, None)
                if following is not None:
                    ahead.append(pool.submit(_work, following))
        except BrokenProcessPool:
            text = "A worker process died, most likely for want of memory. Use fewer jobs, or --engine serial."
            raise ModelError(text) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start workers that leave Ctrl-C to this process: a signal that is ignored here is ignored there for good."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_task: Callable[[Chunk], object] | None = None


def _keep(task: Callable[[Chunk], object]) -> None:
    global _task
    _task = task


def _work(chunk: Chunk) -> object:
    if _task is None:
        raise ModelError("This worker process was started without its task.")
    return _task(chunk)

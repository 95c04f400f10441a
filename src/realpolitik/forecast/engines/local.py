"""Draws on this machine: in this process, or in several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from realpolitik.errors import ModelError
from realpolitik.forecast.engines import Run, Say
from realpolitik.registry import engine
from realpolitik.workers import Died, Workers

__all__ = ["RETRIES", "processes", "serial"]

RETRIES = 3
"""How often an item is done again after a worker died over it."""


@engine("serial")
@contextmanager
def serial() -> Iterator[Run]:
    """One chunk after the other, in this process."""
    yield lambda task, items: map(task, items)


@engine("processes")
@contextmanager
def processes(*, jobs: int, say: Say = lambda text: None) -> Iterator[Run]:
    """Chunks in worker processes of this machine, see :class:`~realpolitik.workers.Workers`.

    When a worker dies, what it had in hand is handed to others; after :data:`RETRIES` times that is given up.

    Parameters
    ----------
    jobs : number of workers.
    say : told of each death.

    Raises
    ------
    ModelError : workers died over the same item again and again.
    """

    def told(times: int) -> None:
        say(f"A worker process died; what it had in hand is done again ({times} of {RETRIES} tries).")

    def alive(results: Iterator[Any]) -> Iterator[Any]:
        for result in results:
            if isinstance(result, Died):
                raise ModelError(
                    f"Worker processes died {result.times} times over the same draws, most likely for want of memory. "
                    "Use fewer jobs, or --engine serial."
                )
            yield result

    with Workers(jobs) as workers:
        yield lambda task, items: alive(workers.map(task, items, retries=RETRIES, died=told))

"""Where draws run. Every engine gives the same numbers: a seed belongs to a chunk, never to a worker.

An engine is a context manager, made with those of the keywords ``jobs``, ``address`` and ``say`` that it declares. It
hands out ``run(task, items)``: the task's result for every item (a chunk of draws, or a block of chunks) in the order
of the items. A forecast asks it more than once, one time after the other; workers are there till the context ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from realpolitik.errors import ContestError, ModelError
from realpolitik.registry import engine, engines
from realpolitik.workers import Died, Workers

__all__ = ["RETRIES", "Run", "named_engine", "processes", "serial"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Say = Callable[[str], None]

RETRIES = 3
"""How often an item is done again after a worker died over it."""


class Run(Protocol):
    """What an engine does."""

    def __call__(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Results in the order of the items; the first items may be under way when this returns."""


def named_engine(name: str, *, jobs: int, say: Say) -> AbstractContextManager[Run]:
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
    found: AbstractContextManager[Run] = entry(jobs=jobs, address=address, say=say)
    return found


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

"""Where draws run. Every engine gives the same numbers: a seed belongs to a chunk, never to a worker.

An engine is a context manager, made with those of the keywords ``jobs``, ``address`` and ``say`` that it declares. It
hands out ``run(task, items)``: the task's result for every item (a chunk of draws, or a block of chunks) in the order
of the items. A forecast asks it more than once, one time after the other; workers are there till the context ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from realpolitik.errors import ContestError
from realpolitik.registry import engines

__all__ = ["Run", "Say", "named_engine"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Say = Callable[[str], None]


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

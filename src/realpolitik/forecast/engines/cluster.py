"""Draws on a Dask cluster: the extra ``realpolitik[dask]``."""

from __future__ import annotations

import hashlib
import pickle
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import numpy as np
import scipy

import realpolitik
from realpolitik.errors import ContestError, ModelError, RealpolitikError
from realpolitik.forecast.engines import Run, Say
from realpolitik.registry import engine

__all__ = ["dask"]

Item = TypeVar("Item")
Result = TypeVar("Result")

ADDRESS = re.compile(r"[\w.\-\[\]:]+:\d{1,5}")

AHEAD = 4
"""Items per worker that are handed out ahead, so that memory does not grow with their number."""

SECONDS = 10
"""How long the cluster may take to answer, and how often it is asked whether workers are left."""

PATIENCE = 3
"""How often in a row there may be no workers: those that died may be started anew."""


@engine("dask", address=True)
@contextmanager
def dask(*, address: str, say: Say = lambda text: None) -> Iterator[Run]:
    """Chunks on the workers of a Dask cluster: ``dask://HOST:PORT`` of its scheduler.

    Parameters
    ----------
    address : host and port of the scheduler; the workers need the same versions of Realpolitik, NumPy and SciPy.
    say : told when a worker has left.

    Raises
    ------
    ContestError : that is no address.
    ModelError : ``distributed`` is not installed, nobody answers, there are no workers, theirs are other versions, or
        workers died over the same item again and again.
    """
    if not ADDRESS.fullmatch(address):
        raise ContestError(f"'{address}' is not the address of a Dask scheduler: write HOST:PORT, e.g. localhost:8786.")
    try:
        import distributed
    except ImportError:
        raise ModelError("The engine 'dask' needs the package distributed: pip install 'realpolitik[dask]'.") from None
    connect: Any = distributed.Client
    try:
        client = connect(f"tcp://{address}", timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(
            f"No Dask scheduler answers at {address} ({reason}). Start one with: dask scheduler."
        ) from None
    try:
        with suppress(TimeoutError):  # they may be on their way
            client.wait_for_workers(1, timeout=SECONDS)
        if not client.nthreads():
            raise ModelError(
                f"The Dask scheduler at {address} has no workers. Start some: dask worker {address} --nthreads 1."
            )
        yield _Cluster(client, address, say).run
    finally:
        client.close(timeout=SECONDS)


class _Cluster:
    """A client of a scheduler, and what it says when something goes wrong."""

    def __init__(self, client: Any, address: str, say: Say) -> None:
        self.client, self.address, self.say = client, address, say

    def run(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Hand out the first items, and the others as results are taken."""
        known = self.client.nthreads()
        packed = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        name = hashlib.sha256(packed).hexdigest()

        def hand_out(item: Item) -> Any:
            return self.client.submit(_stamped, name, packed, item, pure=False)

        width = sum(known.values()) * AHEAD
        ahead = deque(hand_out(item) for item in items[:width])
        return self._results(ahead, map(hand_out, items[width:]), len(known))

    def _results(self, ahead: deque[Any], rest: Iterator[Any], known: int) -> Iterator[Any]:
        while ahead:
            result = self._result(ahead.popleft())
            for following in rest:
                ahead.append(following)
                break
            yield result
            if (left := len(self.client.nthreads())) < known:
                self.say(f"A worker left the cluster; what it had in hand is done again by the {left} that remain.")
            known = left

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker

        patience = PATIENCE
        while True:
            try:
                versions, result = future.result(timeout=SECONDS)
            except TimeoutError:
                patience = PATIENCE if self.client.nthreads() else patience - 1
                if self.client.status == "running" and patience:
                    continue
                raise ModelError(
                    f"The Dask cluster at {self.address} has no workers any more. Start some and go on."
                ) from None
            except KilledWorker:
                raise ModelError(
                    "Workers of the Dask cluster died over the same draws again and again, most likely for want of "
                    "memory."
                ) from None
            except RealpolitikError:
                raise
            except (CancelledError, OSError) as error:
                reason = (str(error).splitlines() or [type(error).__name__])[0]
                raise ModelError(f"The Dask cluster at {self.address} was lost ({reason}).") from None
            except ImportError as error:
                raise ModelError(f"A worker of the Dask cluster lacks what it needs ({error}).") from None
            if versions != _versions():
                raise ModelError(
                    f"A worker of the Dask cluster has other versions, so its numbers may differ: {_told(versions)} "
                    f"there, {_told(_versions())} here. Install the same on both."
                )
            return result


_unpacked: tuple[str, Callable[[Any], Any]] | None = None
"""In a worker: the task that it did last, by its name, for a contest remembers what was worked out of it."""


def _stamped(name: str, packed: bytes, item: Any) -> tuple[dict[str, str], Any]:
    global _unpacked
    known = _unpacked
    if known is None or known[0] != name:
        known = _unpacked = name, pickle.loads(packed)
    return _versions(), known[1](item)


def _versions() -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:2]))
    ours = {"realpolitik": realpolitik.__version__, "numpy": np.__version__, "scipy": scipy.__version__}
    return {"python": python, **ours}


def _told(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())

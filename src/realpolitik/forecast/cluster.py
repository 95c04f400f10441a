"""Draws on a Dask cluster: the extra ``realpolitik[dask]``."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np
import scipy

import realpolitik
from realpolitik.errors import ContestError, ModelError, RealpolitikError
from realpolitik.forecast.engine import WAITING, Say
from realpolitik.registry import engine

__all__ = ["dask"]

Item = TypeVar("Item")
Result = TypeVar("Result")

ADDRESS = re.compile(r"[\w.\-\[\]:]+:\d{1,5}")

SECONDS = 10
"""How long the cluster may take to answer, and how often it is asked whether workers are left."""

PATIENCE = 3
"""How often in a row there may be no workers: those that died may be started anew."""


@engine("dask", address=True)
def dask(
    task: Callable[[Item], Result], items: Sequence[Item], *, address: str, say: Say = lambda text: None
) -> Iterator[Result]:
    """Chunks on the workers of a Dask cluster: ``dask://HOST:PORT`` of its scheduler.

    Parameters
    ----------
    task : picklable; the workers need the same versions of Realpolitik, NumPy and SciPy.
    items : what it is asked about.
    address : host and port of the scheduler.
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
        yield from _on(client, task, items, say, address)
    finally:
        client.close(timeout=SECONDS)


def _on(client: Any, task: Callable[[Item], Result], items: Sequence[Item], say: Say, address: str) -> Iterator[Result]:
    with suppress(TimeoutError):  # they may be on their way
        client.wait_for_workers(1, timeout=SECONDS)
    workers = client.nthreads()
    if not workers:
        raise ModelError(
            f"The Dask scheduler at {address} has no workers. Start some: dask worker {address} --nthreads 1."
        )

    def hand_out(item: Item) -> Any:
        return client.submit(_stamped, task, item, pure=False)

    width = sum(workers.values()) * WAITING
    ahead = deque(hand_out(item) for item in items[:width])
    rest = iter(items[width:])
    known = len(workers)
    while ahead:
        future = ahead.popleft()
        yield _result(client, future, address)
        for following in rest:
            ahead.append(hand_out(following))
            break
        if (left := len(client.nthreads())) < known:
            say(f"A worker left the cluster; what it had in hand is done again by the {left} that remain.")
        known = left


def _result(client: Any, future: Any, address: str) -> Any:
    from distributed import KilledWorker

    patience = PATIENCE
    while True:
        try:
            versions, result = future.result(timeout=SECONDS)
        except TimeoutError:
            patience = PATIENCE if client.nthreads() else patience - 1
            if client.status == "running" and patience:
                continue
            raise ModelError(f"The Dask cluster at {address} has no workers any more. Start some and go on.") from None
        except KilledWorker:
            raise ModelError(
                "Workers of the Dask cluster died over the same draws again and again, most likely for want of memory."
            ) from None
        except RealpolitikError:
            raise
        except (CancelledError, OSError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"The Dask cluster at {address} was lost ({reason}).") from None
        except ImportError as error:
            raise ModelError(f"A worker of the Dask cluster lacks what it needs ({error}).") from None
        if versions != _versions():
            raise ModelError(
                f"A worker of the Dask cluster has other versions, so its numbers may differ: {_told(versions)} there, "
                f"{_told(_versions())} here. Install the same on both."
            )
        return result


def _stamped(task: Callable[[Item], Result], item: Item) -> tuple[dict[str, str], Result]:
    return _versions(), task(item)


def _versions() -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:2]))
    ours = {"realpolitik": realpolitik.__version__, "numpy": np.__version__, "scipy": scipy.__version__}
    return {"python": python, **ours}


def _told(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())

"""Many reports: documents read in worker processes, in order, with flat memory; a broken one does not stop the rest."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from multiprocessing.connection import wait

from realpolitik.contest.claims_file import dump_claims
from realpolitik.contest.evidence import Claim
from realpolitik.errors import RealpolitikError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.documents.inputs import Entry, printable
from realpolitik.reading.reader import read

__all__ = ["CHUNK", "Options", "Result", "read_entries", "read_entry"]

CHUNK = 16
"""Documents that a worker takes at once, and that are saved together."""

WAITING = 2
"""Chunks per worker that are handed out ahead, so that memory does not grow with their number."""

DIED = "the process that read it died, most likely for want of memory. Take the report out, or split it."


@dataclass(frozen=True)
class Options:
    """How documents are read."""

    read: Callable[[Document], list[Claim]] = read
    """Document to claims; by default by rule. Must be picklable where several processes read."""

    published: date | None = None
    """Date of publication of all of them, if the user gives one."""


@dataclass(frozen=True)
class Result:
    """What came of one entry."""

    entry: str
    """Key of the entry."""

    lines: str = field(default="", repr=False)
    """The claims, one JSON object a line."""

    count: int = 0
    """Number of claims."""

    fault: str | None = None
    """Why it could not be read."""


def read_entry(entry: Entry, options: Options) -> Result:
    """Read one entry; whatever goes wrong with it is a fault of the result."""
    if entry.fault:
        return Result(entry.key, fault=entry.fault)
    try:
        claims = options.read(entry.document(options.published))
        return Result(entry.key, dump_claims(claims, common=True), len(claims))
    except RealpolitikError as error:
        text = printable(str(error))
        return Result(entry.key, fault=text if entry.where in text else f"{entry.where}: {text}")
    except Exception as error:  # one document must not stop ten thousand; the message asks for a report of the bug
        text = printable(f"{type(error).__name__}: {error}")[:300]
        return Result(entry.key, fault=f"{entry.where}: a bug of the program, please report it ({text})")


def read_entries(entries: Iterable[Entry], options: Options | None = None, *, jobs: int = 1) -> Iterator[list[Result]]:
    """Read entries chunk by chunk, in their order.

    Parameters
    ----------
    entries : taken as they are needed.
    options : how to read.
    jobs : worker processes; with one, everything happens in this process.

    Yields
    ------
    list of Result : one for each of up to :data:`CHUNK` entries. The results do not depend on ``jobs``.
    """
    options = options or Options()
    chunks = _chunks(entries)
    if jobs <= 1:
        for chunk in chunks:
            yield [read_entry(entry, options) for entry in chunk]
        return
    handed_out: deque[list[Entry]] = deque()
    while True:
        handed_out.extend(islice(chunks, 1))
        if not handed_out:
            return
        try:
            yield from _in_processes(handed_out, chunks, options, jobs)
        except BrokenProcessPool:
            yield list(_one_by_one(handed_out.popleft(), options))


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _in_processes(
    handed_out: deque[list[Entry]], chunks: Iterator[list[Entry]], options: Options, jobs: int
) -> Iterator[list[Result]]:
    """Results in order; ``handed_out`` always begins with the chunk whose result comes next."""
    with _pool(jobs) as pool:
        handed_out.extend(islice(chunks, max(0, jobs * WAITING - len(handed_out))))
        with _deaf_to_ctrl_c():
            futures: deque[Future[list[Result]]] = deque(pool.submit(_work, chunk, options) for chunk in handed_out)
        while futures:
            results = futures[0].result()
            futures.popleft()
            handed_out.popleft()
            yield results
            for chunk in islice(chunks, 1):
                handed_out.append(chunk)
                futures.append(pool.submit(_work, chunk, options))


def _one_by_one(chunk: Iterable[Entry], options: Options) -> Iterator[Result]:
    """Read entries in one process, which is replaced when it dies of one of them."""
    rest = deque(chunk)
    while rest:
        with _pool(1) as pool, suppress(BrokenProcessPool):
            while rest:
                with _deaf_to_ctrl_c():
                    future = pool.submit(_work, [rest[0]], options)
                [result] = future.result()
                rest.popleft()
                yield result
        if rest:
            entry = rest.popleft()
            yield Result(entry.key, fault=f"{entry.where}: {DIED}")


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_watch_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _work(chunk: list[Entry], options: Options) -> list[Result]:
    return [read_entry(entry, options) for entry in chunk]


def _watch_parent() -> None:
    """End this worker when the process that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def end() -> None:
            with suppress(OSError):
                wait([sentinel])
            os._exit(1)

        threading.Thread(target=end, daemon=True).start()


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

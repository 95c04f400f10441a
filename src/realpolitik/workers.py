"""Worker processes on this machine: results in the order of the items, and nobody left behind.

A worker is a fresh interpreter at the end of a pipe. It is deaf to Ctrl-C, which is for the process that started it to
answer, and it ends when its end of the pipe falls silent, however that process ended.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from realpolitik.errors import RealpolitikError

__all__ = ["Died", "Workers"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Tell = Callable[[int], None]

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What libraries of linear algebra ask for the number of their threads."""

DEPTH = 2
"""Items that a worker has at most: one in hand, and one to go on with while the first result is on its way."""


@dataclass(frozen=True)
class Died(Generic[Item]):
    """In place of a result: workers died over this item."""

    item: Item

    times: int
    """How many of them."""


class Workers:
    """A pool of processes; a context, at whose end they are killed, whatever they are doing.

    They are started when there is work for them, and do the items of several :meth:`map`, one after the other.

    Parameters
    ----------
    jobs : most workers.
    ahead : items per worker that are on their way at once, so that memory does not grow with their number.
    """

    def __init__(self, jobs: int, *, ahead: int = 4) -> None:
        self._jobs = jobs
        self._width = jobs * ahead
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """Kill the workers; a Ctrl-C meanwhile is heard afterwards."""
        with _ctrl_c_held_back():
            for worker in self._workers:
                worker.process.kill()
            for worker in self._workers:
                worker.bury()
            self._workers.clear()

    def map(
        self,
        task: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        retries: int = 0,
        died: Tell = lambda times: None,
    ) -> Generator[Result | Died[Item], None, None]:
        """Do a task for every item. The first items are handed out at once, the others as results are taken.

        Parameters
        ----------
        task : picklable; sent to each worker once.
        items : picklable; taken as they are needed.
        retries : how often an item is done again after a worker died over it.
        died : told how many workers have died over an item, each time that it is done again.

        Yields
        ------
        Result or Died : one for each item, in their order.

        Raises
        ------
        Exception : whatever the task raised in a worker.
        """
        if any(worker.has for worker in self._workers):  # of a map that was broken off
            self.end()
        lot = _Lot(pickle.dumps(task, pickle.HIGHEST_PROTOCOL), iter(items), retries, died)
        self._hand_out(lot)
        return self._results(lot)

    def _results(self, lot: _Lot) -> Generator[Any, None, None]:
        try:
            while lot.open:
                first = next(iter(lot.open))
                while first not in lot.done:
                    self._listen(lot)
                    self._hand_out(lot)
                del lot.open[first]
                failed, result = lot.done.pop(first)
                if failed:
                    raise result
                yield result
                self._hand_out(lot)
        except BaseException:  # Ctrl-C, a fault, or nobody asks for more: what is in hand is thrown away
            self.end()
            raise

    def _hand_out(self, lot: _Lot) -> None:
        """Give every worker enough to do, the longest waiting items first."""
        while True:
            if not lot.waiting:
                lot.take(self._width)
            if not lot.waiting:
                return
            worker = min(self._workers, key=lambda worker: len(worker.has), default=None)
            if (worker is None or worker.has) and len(self._workers) < self._jobs:
                with _ctrl_c_held_back():
                    self._workers.append(worker := _Worker.start())
            if worker is None or len(worker.has) >= DEPTH:
                return
            worker.give(lot, lot.waiting.popleft())

    def _listen(self, lot: _Lot) -> None:
        """Take what has come, and replace who has died."""
        ready = wait([worker.pipe for worker in self._workers])
        for worker in [one for one in self._workers if one.pipe in ready]:
            try:
                number, failed, value = pickle.loads(worker.pipe.recv_bytes())
            except (EOFError, OSError):
                self._workers.remove(worker)
                worker.bury()
                lot.bereave(worker)
                continue
            worker.has.remove(number)
            lot.done[number] = failed, value


@dataclass
class _Lot:
    """The items of one map, by number."""

    task: bytes
    rest: Iterator[Any]
    retries: int
    died: Tell
    open: dict[int, Any] = field(default_factory=dict)
    """Those whose results have not been yielded."""

    waiting: deque[int] = field(default_factory=deque)
    """Those that no worker has."""

    done: dict[int, tuple[bool, Any]] = field(default_factory=dict)
    """Whether it failed, and the result or the error."""

    deaths: dict[int, int] = field(default_factory=dict)
    taken: int = 0

    def take(self, width: int) -> None:
        """One more item, unless as many as allowed are on their way."""
        for item in islice(self.rest, 1 if len(self.open) < width else 0):
            self.open[self.taken] = item
            self.waiting.append(self.taken)
            self.taken += 1

    def bereave(self, worker: _Worker) -> None:
        """Take back what a dead worker had; it died over the first of them."""
        self.waiting.extendleft(reversed(worker.has))
        if not worker.has:
            return
        number = worker.has[0]
        times = self.deaths[number] = self.deaths.get(number, 0) + 1
        if times <= self.retries:
            self.died(times)
        else:
            self.waiting.remove(number)
            self.done[number] = False, Died(self.open[number], times)


@dataclass
class _Worker:
    """The end of the pipe that is ours, and what the worker has to do."""

    process: BaseProcess
    pipe: Connection
    has: deque[int] = field(default_factory=deque)
    knows: bytes = b""
    """The task that it was told last."""

    @classmethod
    def start(cls) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _one_thread_each():
            process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, lot: _Lot, number: int) -> None:
        """Hand over an item; that the worker is dead is found when it is listened to."""
        self.has.append(number)
        with suppress(OSError):
            if self.knows is not lot.task:
                self.pipe.send_bytes(pickle.dumps((None, lot.task)))
                self.knows = lot.task
            self.pipe.send_bytes(pickle.dumps((number, lot.open[number]), pickle.HIGHEST_PROTOCOL))

    def bury(self) -> None:
        """Free what the system keeps of it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _serve(pipe: Connection) -> None:
    """What a worker does all its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_hear, args=(pipe, heard), daemon=True).start()
    packed, task = b"", None
    while True:
        number, value = pickle.loads(heard.get())
        if number is None:
            packed, task = value, None
            continue
        try:
            task = task or pickle.loads(packed)
            answer = pickle.dumps((number, False, task(value)), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = pickle.dumps((number, True, _sendable(error)))
        with suppress(OSError):  # nobody listens any more, which the thread hears too
            pipe.send_bytes(answer)


def _hear(pipe: Connection, heard: SimpleQueue[bytes]) -> None:
    """Take what is sent at once, so that nobody waits for a busy worker, and end when nobody is there to send."""
    try:
        while True:
            heard.put(pipe.recv_bytes())
    except (EOFError, OSError):
        os._exit(1)


def _sendable(error: Exception) -> Exception:
    """An exception as it can be sent; a bug takes with it where it happened."""
    if not isinstance(error, RealpolitikError):
        error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let linear algebra in what is started meanwhile keep to one thread, unless the user says otherwise.

    Workers take all cores between them; with threads besides they would only wait for one another.
    """
    unset = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        yield
    finally:
        for name in unset:
            os.environ.pop(name, None)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Hear Ctrl-C afterwards; a process that is started meanwhile never hears it, for it inherits the mask."""
    main = threading.current_thread() is threading.main_thread()
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number)) if main else None
    masked = hasattr(signal, "pthread_sigmask")  # not on Windows
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masked else set()
    try:
        yield
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if main:
            signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
            if heard:
                signal.raise_signal(signal.SIGINT)

"""Many reports: documents read in worker processes, in order, with flat memory; a broken one does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice

from realpolitik.contest.claims_file import dump_claims
from realpolitik.contest.evidence import Claim
from realpolitik.errors import RealpolitikError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.documents.inputs import Entry, printable
from realpolitik.reading.reader import read
from realpolitik.workers import Died, Workers

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
    task = partial(_read_chunk, options)
    with Workers(jobs, ahead=WAITING) as workers:
        for results in workers.map(task, chunks):
            yield list(_one_by_one(results.item, task)) if isinstance(results, Died) else results


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _one_by_one(chunk: list[Entry], task: Callable[[list[Entry]], list[Result]]) -> Iterator[Result]:
    """Read entries in one process, which is replaced when it dies of one of them."""
    with Workers(1) as workers:
        for results in workers.map(task, [[entry] for entry in chunk]):
            if isinstance(results, Died):
                [entry] = results.item
                yield Result(entry.key, fault=f"{entry.where}: {DIED}")
            else:
                yield from results


def _read_chunk(options: Options, chunk: list[Entry]) -> list[Result]:
    return [read_entry(entry, options) for entry in chunk]

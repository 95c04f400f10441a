"""The ledger of a contest folder: one entry a line, each bound to the one before it; lines are only ever added.

::

    record/ledger.jsonl       the entries
    record/head               number and hash of the last entry
    record/contests/H.json    contests as they were forecast, each named by the SHA-256 of its bytes

A line is canonical JSON: keys sorted, no spaces, ASCII, numbers in the shortest form that reads back the same. The hash
of an entry is the SHA-256 of its line without the line feed; the next entry holds it as ``previous``, the first one
holds 64 zeros. Whoever knows the last hash knows every line before it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError, Fault, StorageError

__all__ = [
    "CONTESTS", "HEAD", "KINDS", "LEDGER", "RECORD", "Draft", "Entry", "Ledger", "append", "canonical", "digest", "read"
]  # fmt: skip

RECORD, LEDGER, HEAD, CONTESTS = "record", "ledger.jsonl", "head", "contests"

KINDS = ("question", "note", "seal", "resolution")

START = "0" * 64
"""What the first entry has as its previous hash."""

KEYS = ("body", "date", "kind", "number", "previous")

MOST_BYTES = 100_000_000
"""Of a ledger."""

MOST_FAULTS = 20

Draft = tuple[str, Mapping[str, Any]]
"""Kind and body of an entry to be."""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger."""

    number: int
    """From one."""

    day: date
    """When it was written, by the clock of whoever wrote it."""

    kind: str
    body: Mapping[str, Any]
    sha256: str
    """Of its line."""


@dataclass(frozen=True)
class Ledger:
    """What a ledger holds, and what is wrong with it."""

    file: Path
    entries: tuple[Entry, ...]
    """Up to the first line that cannot be read."""

    faults: tuple[Fault, ...]

    @property
    def head(self) -> str:
        """Hash of the last entry."""
        return self.entries[-1].sha256 if self.entries else START

    def refuse(self) -> None:
        """Stop where the ledger is not whole.

        Raises
        ------
        ContestError : with every fault.
        """
        if self.faults:
            raise ContestError(self.faults)


def canonical(value: Any) -> str:
    """Canonical JSON.

    Examples
    --------
    >>> canonical({"b": 0.10, "a": [1, "é"]})
    '{"a":[1,"\\\\u00e9"],"b":0.1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(data: str | bytes) -> str:
    """SHA-256 in hexadecimal; a text counts in UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def read(folder: Path) -> Ledger:
    """Read the ledger of a contest folder; a folder without one has an empty ledger.

    Raises
    ------
    StorageError : it cannot be opened.
    """
    _refuse_file(folder / RECORD)
    file = folder / RECORD / LEDGER
    try:
        data = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {error.strerror}.") from None
    return _read(file, data)


def append(
    folder: Path, day: date, make: Callable[[tuple[Entry, ...]], Sequence[Draft]], held: Iterable[bytes] = ()
) -> tuple[Entry, ...]:
    """Add entries to a ledger; either all of them are there afterwards or none.

    Two who append at once come one after the other.

    Parameters
    ----------
    folder : a contest folder.
    day : of the entries; not before the day of the last one.
    make : from the entries so far to the new ones; called while nobody else can append, and for a record that is new
        once before as well. It refuses by raising.
    held : contests that the entries speak of; each is kept under its SHA-256.

    Raises
    ------
    ContestError : the ledger is not whole, or the day is before that of its last entry.
    StorageError : nothing can be written.
    """
    home = folder / RECORD
    _refuse_file(home)
    try:
        if not (home / LEDGER).exists():
            make(())  # what is refused leaves no empty record behind
        home.mkdir(exist_ok=True)
        with (home / LEDGER).open("a+b") as stream, _alone(stream):
            stream.seek(0)
            before = _read(home / LEDGER, stream.read())
            before.refuse()
            if before.entries and day < before.entries[-1].day:
                last = before.entries[-1]
                raise ContestError(
                    f"{home / LEDGER}: entry {last.number} is dated {last.day}; a later one cannot be dated {day}. "
                    "Entries keep the order of their days."
                )
            drafts = make(before.entries)
            new = list(_chained(before, day, drafts))
            _keep(home, held)
            if new:
                head = f"{new[-1][0].number} {new[-1][0].sha256}\n"
                _add(stream, b"".join(line + b"\n" for _, line in new), lambda: write_whole(home / HEAD, head))
    except OSError as error:
        raise StorageError(f"{home} cannot be written: {error.strerror}.") from None
    return tuple(entry for entry, _ in new)


def _refuse_file(home: Path) -> None:
    if home.exists() and not home.is_dir():
        raise StorageError(f"{home} is a file; the record is a folder of that name. Give the file another name.")


def _chained(before: Ledger, day: date, drafts: Sequence[Draft]) -> Iterator[tuple[Entry, bytes]]:
    previous, number = before.head, len(before.entries)
    for kind, body in drafts:
        number += 1
        held = {"body": body, "date": day.isoformat(), "kind": kind, "number": number, "previous": previous}
        line = canonical(held).encode()
        previous = digest(line)
        yield Entry(number, day, kind, body, previous), line


def _keep(home: Path, held: Iterable[bytes]) -> None:
    for data in held:
        (home / CONTESTS).mkdir(exist_ok=True)
        file = home / CONTESTS / f"{digest(data)}.json"
        if not file.exists():
            write_whole(file, data)


def _add(stream: BinaryIO, data: bytes, then: Callable[[], None]) -> None:
    """Write behind the last line, and do what belongs to it; if either fails, what was written is taken back."""
    end = stream.seek(0, os.SEEK_END)
    try:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
        then()
    except BaseException:
        os.truncate(stream.fileno(), end)
        raise


@contextmanager
def _alone(stream: BinaryIO) -> Iterator[None]:
    """Hold the ledger until the block ends; others wait."""
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(stream.fileno(), fcntl.LOCK_UN)


def _read(file: Path, data: bytes) -> Ledger:
    if len(data) > MOST_BYTES:
        raise StorageError(f"{file} has {len(data):,} bytes; at most {MOST_BYTES:,} are read.")
    entries: list[Entry] = []
    faults: list[Fault] = []
    lines = data.split(b"\n")
    if lines.pop():
        text = "does not end with a line feed: its last line was cut, or added by hand. Take the file back from git."
        faults.append(Fault((), text, str(file), len(lines) + 1))
    for place, line in enumerate(lines, 1):
        try:
            entry = _entry(line, place, entries[-1] if entries else None)
        except ValueError as error:
            faults.append(Fault((), f"{error} Take the file back from git.", str(file), place))
            break
        entries.append(entry)
    return Ledger(file, tuple(entries), (*faults, *_head_faults(file, entries, len(lines))))


def _entry(line: bytes, place: int, last: Entry | None) -> Entry:
    try:
        held = json.loads(line)
        kept = canonical(held).encode() == line
    except (ValueError, RecursionError):
        raise ValueError("is not JSON: the line was altered.") from None
    if not kept or not isinstance(held, dict) or tuple(sorted(held)) != KEYS:
        raise ValueError("is not an entry in canonical JSON: the line was altered.")
    previous = last.sha256 if last else START
    if held["previous"] != previous:
        raise ValueError(
            f"has another previous hash ({str(held['previous'])[:12]}…) than the line before has ({previous[:12]}…): a "
            "line was altered, removed, added or moved here."
        )
    if type(held["number"]) is not int or held["number"] != place:
        raise ValueError(f"has number {held['number']}, but is line {place}.")
    if held["kind"] not in KINDS or not isinstance(held["body"], dict):
        raise ValueError(f"is of the unknown kind '{str(held['kind'])[:40]}'. Known: {', '.join(KINDS)}.")
    try:
        day = date.fromisoformat(held["date"])
    except (TypeError, ValueError):
        raise ValueError("has no day.") from None
    if last and day < last.day:
        raise ValueError(f"is dated {day}, before the entry above it ({last.day}).")
    return Entry(place, day, held["kind"], held["body"], digest(line))


def _head_faults(file: Path, entries: Sequence[Entry], lines: int) -> Iterator[Fault]:
    head = file.with_name(HEAD)
    said = head.read_text(encoding="ascii", errors="replace") if head.exists() else ""
    if len(entries) < lines:
        return  # said already
    if not entries and not said:
        return
    number, _, sha256 = said.rstrip("\n").partition(" ")
    if said == f"{number} {sha256}\n" and number.isdigit() and 0 < int(number) <= len(entries):
        known = entries[int(number) - 1].sha256 == sha256
        if known and int(number) == len(entries):
            return
        if known:
            last = entries[-1]
            text = (
                f"ends at entry {number}, but the ledger goes on to entry {last.number}: lines were added by hand, or "
                f"writing was interrupted. If the entries are yours, write '{last.number} {last.sha256}' into it."
            )
            yield Fault((), text, str(head), 1)
            return
    found = f"has {len(entries)} entries, the last one {entries[-1].sha256[:12]}…" if entries else "is empty"
    yield Fault((), f"says '{said.strip()[:24]}…', but the ledger {found}: lines were removed, or one of the two files "
                "was altered. Take both back from git.", str(head), 1)  # fmt: skip

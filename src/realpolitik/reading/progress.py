"""Claims of many documents on the way into one file: saved chunk by chunk, taken up again after a break.

While it grows the file is called ``claims.jsonl.partial``; beside it ``claims.jsonl.progress`` says how many entries
are done, how long the file was then, and what they were. The second is replaced as a whole after every chunk, so that
after a crash the first is cut back to a length that is right. When all is done the file gets its name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from realpolitik.contest.located import write_whole
from realpolitik.errors import StorageError
from realpolitik.reading.corpus import Result
from realpolitik.reading.documents.inputs import Entry

__all__ = ["ClaimsFile"]


class ClaimsFile:
    """The file that claims go into.

    Parameters
    ----------
    path : what it is called in the end; must not exist yet.
    made_with : reader, version and options; those of the interrupted run must be the same.
    resume : go on with an interrupted run, if there is one.

    Raises
    ------
    StorageError : the file exists, an interrupted run is there and ``resume`` is not set, or it was another run.
    """

    def __init__(self, path: Path, made_with: str, *, resume: bool = False) -> None:
        self.path = path
        self._partial = path.with_name(path.name + ".partial")
        self._progress = path.with_name(path.name + ".progress")
        self._made_with = made_with
        self._seen = sha256()
        self.done = self.faults = self.claims = 0
        """Entries that were dealt with, those of them that could not be read, and claims."""

        self._resumed = self._load() if self._check(resume) else None
        try:
            self._file = self._partial.open("r+b" if self._resumed else "wb")
        except OSError as error:
            raise StorageError(f"{self._partial} cannot be written: {error.strerror}.") from None
        if self._resumed:
            self._file.truncate(self._resumed["bytes"])
            self._file.seek(0, os.SEEK_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @staticmethod
    def is_finished(path: Path) -> bool:
        """Whether the file has its name, so that there is no run to go on with."""
        return path.is_file() and not path.with_name(path.name + ".progress").exists()

    def remaining(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries that are not done yet; the others are compared with those of the interrupted run.

        Raises
        ------
        StorageError : the reports are not the same, so that the claims would not fit together.
        """
        rest = iter(entries)
        if self._resumed:
            for _ in range(self._resumed["done"]):
                entry = next(rest, None)
                self._seen.update(entry.key.encode("utf-8", "surrogatepass") if entry else b"")
            if self._seen.hexdigest() != self._resumed["seen"]:
                raise StorageError(
                    f"{self._progress} belongs to other reports: some of those that were read have changed, or come in "
                    f"another order. Delete it and {self._partial} to begin again."
                )
            self.done, self.faults, self.claims = (self._resumed[key] for key in ("done", "faults", "claims"))
        yield from rest

    def add(self, results: Sequence[Result]) -> None:
        """Save the results of a chunk of entries."""
        self._file.write("".join(result.lines for result in results).encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        for result in results:
            self._seen.update(result.entry.encode("utf-8", "surrogatepass"))
        self.done += len(results)
        self.faults += sum(result.fault is not None for result in results)
        self.claims += sum(result.count for result in results)
        state = {
            "made_with": self._made_with,
            "done": self.done,
            "faults": self.faults,
            "claims": self.claims,
            "bytes": self._file.tell(),
            "seen": self._seen.hexdigest(),
        }
        write_whole(self._progress, json.dumps(state) + "\n")

    def finish(self) -> None:
        """Give the file its name: all entries are done."""
        self._file.close()
        os.replace(self._partial, self.path)
        self._progress.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing behind: no entry could be read."""
        self._file.close()
        self._partial.unlink(missing_ok=True)
        self._progress.unlink(missing_ok=True)

    def _check(self, resume: bool) -> bool:
        """Whether there is a run to go on with."""
        if self.path.exists():
            raise StorageError(f"{self.path} exists already. Name another file, or delete it.")
        if not self._progress.exists():
            return False
        if not resume:
            raise StorageError(
                f"{self._partial} is there from a run that was interrupted. Go on with --resume, or delete it and "
                f"{self._progress}."
            )
        return True

    def _load(self) -> dict[str, Any]:
        try:
            state: Any = json.loads(self._progress.read_text(encoding="utf-8"))
            numbers = [state[key] for key in ("done", "faults", "claims", "bytes")]
            is_sound = all(type(number) is int and number >= 0 for number in numbers) and isinstance(state["seen"], str)
            length = self._partial.stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(
                f"{self._progress} cannot be used ({error}). Delete it and {self._partial} to begin again."
            ) from None
        if not is_sound or length < state["bytes"]:
            raise StorageError(f"{self._progress} does not fit {self._partial}. Delete both to begin again.")
        if state["made_with"] != self._made_with:
            raise StorageError(
                f"{self._progress}: the interrupted run was made with {state['made_with']}, this one with "
                f"{self._made_with}. Use the same options, or delete it and {self._partial}."
            )
        found: dict[str, Any] = state
        return found

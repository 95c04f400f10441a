"""The family of exceptions.

::

    RealpolitikError
    ├── ContestError     the input is wrong: carries every Fault found, not only the first
    ├── ModelError       the input is right, but this method cannot answer it
    ├── ReadingError     a report cannot be read
    ├── StorageError     a file or folder cannot be read or written
    └── UnknownName      a name that nobody registered or declared; carries the nearest known ones

A message is one to three sentences: where, what was found, what is allowed, what to do next.
The command line prints the text and exits with 2. A traceback is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = [
    "ContestError",
    "Fault",
    "ModelError",
    "ReadingError",
    "RealpolitikError",
    "StorageError",
    "UnknownName",
    "nearest",
]


class RealpolitikError(Exception):
    """Anything that the user can mend; the text says how."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input, and where it stands."""

    path: tuple[str | int, ...]
    """Keys from the root of the input to the value, e.g. ``("actors", "usa", "kind")``."""

    message: str
    """What was found, what is allowed, what to do."""

    file: str | None = None
    """The file as the user named it."""

    line: int | None = None
    """Counted from one."""

    column: int | None = None
    """Counted from one."""

    @property
    def where(self) -> str:
        """``file:line:column`` as far as it is known, then the path of keys."""
        numbers = [str(part) for part in (self.line, self.column) if part is not None]
        place = ":".join([self.file or "", *numbers]).strip(":")
        keys = ".".join(str(key) for key in self.path)
        return ": ".join(part for part in (place, keys) if part)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class ContestError(RealpolitikError):
    """The input is wrong.

    Parameters
    ----------
    faults : all that was found, in the order of the file.
    """

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        found = (Fault((), faults),) if isinstance(faults, str) else tuple(faults)
        self.faults: tuple[Fault, ...] = found
        super().__init__("\n".join(str(fault) for fault in found))

    def __reduce__(self) -> tuple[type[ContestError], tuple[tuple[Fault, ...]]]:
        return (ContestError, (self.faults,))


class ModelError(RealpolitikError):
    """The input is right, but this method cannot answer it; the text names the condition that failed."""


class ReadingError(RealpolitikError):
    """A report cannot be read."""


class StorageError(RealpolitikError):
    """A file or folder cannot be read or written."""


class UnknownName(RealpolitikError):
    """A name that nobody registered or declared.

    Parameters
    ----------
    kind : what was looked for, e.g. ``"model"``.
    name : the name as the user wrote it.
    known : the names that exist.
    """

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(f"There is no {kind} '{name}'. {nearest(name, known)}")

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, str, tuple[str, ...]]]:
        return (UnknownName, (self.kind, self.name, self.known))


def nearest(name: str, known: Iterable[str], most: int = 12) -> str:
    """Say which known name may have been meant, and which exist.

    Examples
    --------
    >>> nearest("comprimise", ["median", "compromise"])
    "Did you mean 'compromise'? Known: compromise, median."
    >>> nearest("x", [])
    'None are declared.'
    """
    names = sorted(set(known))
    if not names:
        return "None are declared."
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    question = f"Did you mean '{close[0]}'? " if close else ""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{question}Known: {', '.join(names[:most])}{rest}."

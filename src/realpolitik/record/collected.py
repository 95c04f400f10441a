"""Files of cases that others have collected: their bytes, their rows, and their faults told together."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from realpolitik.errors import ContestError, Fault, StorageError

__all__ = ["bytes_of", "raise_if", "rows_of"]

LARGEST_FILE = 50_000_000
"""Bytes."""

MOST_FAULTS = 20
"""Faults that are told one by one."""


def bytes_of(path: Path, form: str) -> bytes:
    """Content of a file of a given form, such as ``DEU``.

    Raises
    ------
    StorageError : it cannot be read.
    ContestError : it is too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}. Name a file of the form of {form}.") from error
    if len(raw) > LARGEST_FILE:
        text = f"has more than {LARGEST_FILE:,} bytes; no file of the form of {form} is so large."
        raise ContestError([Fault((), text, str(path))])
    return raw


def rows_of(raw: bytes, path: Path, form: str) -> list[list[str]]:
    """Cells of a text with separators, whichever of tabs, semicolons and commas its first line has most of.

    Raises
    ------
    ContestError : it is no such text.
    """
    if b"\0" in raw:
        raise ContestError([Fault((), f"is no text. Name a file of the form of {form}.", str(path))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    separator = max("\t;,", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ContestError([Fault((), f"is no table of the form of {form}: {error}.", str(path))]) from None


def raise_if(faults: Sequence[Fault]) -> None:
    """Raise all faults as one error, if there are any; of very many the first.

    Raises
    ------
    ContestError : there are.
    """
    if faults:
        more = [Fault((), f"{len(faults) - MOST_FAULTS} more faults.")] if len(faults) > MOST_FAULTS else []
        raise ContestError([*faults[:MOST_FAULTS], *more])

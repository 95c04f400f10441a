"""Files with rows of cells: CSV, TSV and XLSX, read with limits; every cell knows where it stands."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.errors import ContestError, Fault, StorageError

__all__ = ["MOST_BYTES", "Cell", "Row", "read_bytes", "read_delimited", "read_workbook", "text_of"]

MOST_BYTES = 5_000_000
"""Largest file that is read as a table."""

MOST_UNPACKED_BYTES = 100_000_000
"""Largest workbook once unpacked; a workbook is a zip file, and a small one can hold a lot."""

MOST_ROWS = 5_000
MOST_COLUMNS = 400
MOST_CELLS = 200_000
MOST_LINES = 100_000
"""Lines of a text, empty ones too."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""First bytes of the binary Excel format of before 2007."""

DELIMITERS = "\t;,"


@dataclass(frozen=True)
class Cell:
    """What one cell holds, as text without spaces around it."""

    text: str
    line: int
    column: int | None
    """Character in the line of a text, number of the column of a workbook; None if it is not known."""


@dataclass(frozen=True)
class Row:
    """The cells of one row; the last one is never empty."""

    cells: tuple[Cell, ...]
    line: int

    def cell(self, index: int) -> Cell:
        """The cell of that column, an empty one if the row is shorter."""
        return self.cells[index] if index < len(self.cells) else Cell("", self.line, None)


def read_bytes(path: Path) -> bytes:
    """Return a file's content.

    Raises
    ------
    StorageError : missing, a folder, unreadable, too large, or empty.
    """
    try:
        if path.is_dir():
            raise StorageError(f"{path} is a folder, not a table.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise StorageError(f"{path} has {size:,} bytes; at most {MOST_BYTES:,} are read. Is it the right file?")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise StorageError(f"{path} does not exist.") from None
    except (OSError, ValueError) as error:
        raise StorageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if not raw.strip():
        raise StorageError(f"{path} is empty.")
    if raw.startswith(OLD_EXCEL):
        raise StorageError(f"{path} is an Excel workbook of the old kind. Save it as .xlsx or CSV.")
    return raw


def text_of(raw: bytes, path: Path) -> str:
    """Return the content of a text file.

    Raises
    ------
    StorageError : not UTF-8, or binary.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(f"{path} is not UTF-8 text (byte {error.start}). Save it as CSV in UTF-8.") from None
    if "\0" in text:
        raise StorageError(f"{path} is a binary file, not a table.")
    return text


def read_delimited(text: str, file: str, *, quote: str = '"', delimiter: str | None = None) -> list[Row]:
    """Rows of a text whose cells are separated by tabs, semicolons or commas; rows without any text are left out.

    Parameters
    ----------
    delimiter : left out, whichever of the three stands most often in the first line that is not empty.

    Raises
    ------
    ContestError : a quotation mark is never closed, a cell is too long, or there are too many rows or columns.
    """
    if max(map(text.count, "\r\n")) > MOST_LINES:
        raise ContestError([Fault((), f"more than {MOST_LINES:,} lines; no more are read", file)])
    physical = io.StringIO(text, newline="").readlines()
    first = next((line for line in physical if line.strip()), "")
    separator = delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quote, strict=True)
    rows: list[Row] = []
    begun = 1
    try:
        for values in reader:
            raw = physical[begun - 1] if begun <= len(physical) else ""
            rows += _row(values, begun, _starts(raw, separator, quote, len(values)), file)
            begun = reader.line_num + 1
    except csv.Error as error:
        hint = f"Close every {quote} that opens a cell, and double one that belongs to the text."
        raise ContestError([Fault((), f"this row cannot be read: {error}. {hint}", file, begun)]) from None
    _refuse_more(rows, file)
    return rows


def _starts(line: str, separator: str, quote: str, count: int) -> list[int | None]:
    """First character of each cell, counted from one; unknown in a row with quotation marks."""
    parts = line.split(separator)
    if quote in line or len(parts) != count:
        return [None] * count
    starts: list[int | None] = []
    place = 1
    for part in parts:
        starts.append(place + len(part) - len(part.lstrip()))
        place += len(part) + 1
    return starts


def _row(values: list[str], line: int, columns: list[int | None], file: str) -> Iterator[Row]:
    texts = [value.strip() for value in values]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MOST_COLUMNS:
        raise ContestError([Fault((), f"{len(texts):,} columns; at most {MOST_COLUMNS} are read", file, line)])
    if texts:
        yield Row(tuple(Cell(text, line, column) for text, column in zip(texts, columns, strict=False)), line)


def _refuse_more(rows: list[Row], file: str) -> None:
    cells = sum(len(row.cells) for row in rows)
    if len(rows) > MOST_ROWS or cells > MOST_CELLS:
        text = f"{len(rows):,} rows with {cells:,} cells; at most {MOST_ROWS:,} and {MOST_CELLS:,} are read."
        raise ContestError([Fault((), text, file)])


def read_workbook(raw: bytes, path: Path) -> tuple[list[Row], list[str]]:
    """Rows of the sheet that was open when an XLSX workbook was saved, and what a reader should be told.

    Values only: a cell with a formula is a fault, since its value was worked out elsewhere, or never.

    Raises
    ------
    StorageError : no workbook, or one too large.
    ContestError : cells that hold formulas or errors; too many rows or columns.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise StorageError(f"{path} is no workbook: {error}. Save it as .xlsx or CSV.") from None
    if unpacked > MOST_UNPACKED_BYTES:
        raise StorageError(f"{path} unpacks to {unpacked:,} bytes; at most {MOST_UNPACKED_BYTES:,} are read.")
    try:
        values, title, others, beyond = _sheet(raw)
    except Exception as error:  # a damaged workbook makes the library raise nearly anything
        raise StorageError(f"{path} cannot be read as a workbook ({type(error).__name__}). Save it again.") from None
    faults: list[Fault] = []
    rows: list[Row] = []
    for line, cells in enumerate(values, start=1):
        texts = [_text(value, kind, str(path), line, column, faults) for column, (value, kind) in enumerate(cells, 1)]
        rows += _row(texts, line, list(range(1, len(texts) + 1)), str(path))
    _refuse_more(rows, str(path))
    if faults:
        raise ContestError(faults)
    notes = [f"Sheet '{title}' is read; {', '.join(map(repr, others))} is not."] if others else []
    if beyond:
        notes.append(f"Only the first {MOST_ROWS:,} rows and {MOST_COLUMNS} columns of the sheet are read.")
    return rows, notes


def _sheet(raw: bytes) -> tuple[list[list[tuple[Any, str]]], str, list[str], bool]:
    """Values and data types of the open sheet, its title, the titles of the others, and whether it goes on beyond."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.active if book.active in book.worksheets else book.worksheets[0]
            rows = sheet.iter_rows(1, MOST_ROWS + 1, 1, MOST_COLUMNS + 1)
            values = [[(cell.value, cell.data_type) for cell in row] for row in rows]
            others = [other.title for other in book.worksheets if other.title != sheet.title]
            beyond = (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS
            return values, sheet.title, others, beyond
        finally:
            book.close()


WHOLE = re.compile(r"-?\d+\.0\Z")


def _text(value: Any, kind: str, file: str, line: int, column: int, faults: list[Fault]) -> str:
    """A workbook's value as the text that a person would have typed."""
    if kind == "f" or (kind == "e" and value is not None):
        what = f"a formula ({value})" if kind == "f" else f"an error ({value})"
        faults.append(Fault((), f"found {what}. Put the value itself into the cell.", file, line, column))
        return ""
    if value is None or isinstance(value, str):
        return value or ""
    text = repr(value) if isinstance(value, float) else str(value)
    return text[:-2] if WHOLE.match(text) else text

"""Threats and impositions of economic sanctions as the TIES data hold them: a row a case.

Read from the data set's own ``.xls`` or from a table of the same columns parted by tabs, semicolons or commas. A code
may be several numbers, the first of which counts; a blank or -9 means that it is not known.

Data: Morgan, Bapat and Kobayashi 2014, Threat and imposition of economic sanctions 1945–2005, Conflict Management and
Peace Science 31(5), TIES 4.0.
"""

from __future__ import annotations

import io
import math
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.errors import ContestError, Fault
from realpolitik.record.collected import bytes_of, raise_if, rows_of

__all__ = ["CODES", "Case", "Cases", "cases"]

CODES = ("issue1", "scommit", "anticipatedtargetcosts", "anticipatedsendercosts", "institution")
"""Columns that the logit reads: issue, commitment of the sender, expected costs of both, institution involved."""

NEEDED = ("startyear", "primarysender", "targetstate", "threat", "imposition", "finaloutcome", *CODES)

ARTICLE_98 = re.compile(r"non-surrender|rome statute|article 98", re.IGNORECASE)
"""What column ``otherissue`` says of threats to make states exempt Americans from the International Criminal Court."""

UNKNOWN = -9.0

OLE = b"\xd0\xcf\x11\xe0"
"""How an ``.xls`` file begins."""


@dataclass(frozen=True)
class Case:
    """A threat with an outcome."""

    year: int
    """In which it began."""

    sender: float | None
    """Code of the primary sender; 2 is the United States."""

    target: float | None
    outcome: int
    """1 to 5 at the stage of threats, 6 to 10 after imposition: target gives in partly, fully, sender gives in,
    stalemate, negotiated settlement."""

    imposed: bool
    codes: Mapping[str, float | None]
    """By column of :data:`CODES`; None where it is not known."""

    article_98: bool
    """One of the near-duplicate cases about agreements of non-surrender."""


@dataclass(frozen=True)
class Cases:
    """What a file holds."""

    threats: tuple[Case, ...]
    rows: int
    without_threat: int
    without_outcome: int


def cases(path: Path) -> Cases:
    """Read a file of cases; those with a threat and an outcome are kept.

    Raises
    ------
    StorageError : the file cannot be read.
    ContestError : it is no such table, or values are wrong; all faults at once, the first twenty shown.
    """
    raw = bytes_of(path, "TIES")
    rows = _spreadsheet(raw, path) if raw.startswith(OLE) else rows_of(raw, path, "TIES")
    header = [str(name).strip().lower() for name in rows[0]] if rows else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        text = f"is no table of cases: the columns {', '.join(missing)} are missing. Expected those of TIES 4.0."
        raise ContestError([Fault((), text, str(path), 1)])
    faults: list[Fault] = []
    found: list[Case] = []
    left = {"without_threat": 0, "without_outcome": 0}
    filled = [(line, cells) for line, cells in enumerate(rows[1:], 2) if any(str(cell).strip() for cell in cells)]
    for line, cells in filled:
        row = _Row(dict(zip(header, cells, strict=False)), str(path), line, faults)
        case = _case(row, left)
        found += [case] if case else []
    raise_if(faults)
    return Cases(tuple(found), len(filled), **left)


@dataclass(frozen=True)
class _Row:
    cells: Mapping[str, Any]
    file: str
    line: int
    faults: list[Fault]

    def code(self, column: str) -> float | None:
        """The first number of a cell; None where it is not known."""
        written = str(self.cells.get(column, "")).strip()
        if not written:
            return None
        try:
            value = float(written.replace(",", " ").split()[0])
        except (ValueError, IndexError):
            value = math.nan
        if not math.isfinite(value):
            self.wrong(column, written, "a number, several of them, or a blank")
            return None
        return None if value == UNKNOWN else value

    def wrong(self, column: str, written: object, expected: str) -> None:
        self.faults.append(Fault((column,), f"is '{str(written)[:40]}', expected {expected}.", self.file, self.line))


def _case(row: _Row, left: dict[str, int]) -> Case | None:
    threat, outcome, year = (row.code(column) for column in ("threat", "finaloutcome", "startyear"))
    if threat != 1:
        left["without_threat"] += 1
        return None
    if outcome is None:
        left["without_outcome"] += 1
        return None
    if outcome not in range(1, 11):
        row.wrong("finaloutcome", f"{outcome:g}", "1 to 10, or a blank")
        return None
    if year is None or not 1000 <= year <= 3000:
        row.wrong("startyear", row.cells.get("startyear", ""), "a year")
        return None
    codes = {column: row.code(column) for column in CODES}
    about = bool(ARTICLE_98.search(str(row.cells.get("otherissue", ""))))
    sender, target = row.code("primarysender"), row.code("targetstate")
    return Case(int(year), sender, target, int(outcome), row.code("imposition") == 1, codes, about)


def _spreadsheet(raw: bytes, path: Path) -> list[list[Any]]:
    """Cells of the first sheet of an ``.xls`` file."""
    import xlrd

    broken = (
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        struct.error,
        AssertionError,
        LookupError,
        TypeError,
        ValueError,
    )
    try:
        sheet = xlrd.open_workbook(file_contents=raw, logfile=io.StringIO(), on_demand=True).sheet_by_index(0)
        return [sheet.row_values(index) for index in range(sheet.nrows)]
    except broken as error:
        text = f"is a broken spreadsheet ({error}). Open it and save it again, or save it as CSV."
        raise ContestError([Fault((), text, str(path))]) from None

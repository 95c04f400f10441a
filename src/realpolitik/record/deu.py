"""Decisions of the European Union as the DEU data hold them: a row an issue, positions and saliences by actor.

Format: a table with a header, parted by tabs, semicolons or commas. ``prnr`` is the dossier, ``out`` the outcome,
``rp`` the reference point, ``p…`` a position and ``s…`` a salience of the actor that the rest of the name says,
``proc`` the procedure (``COD`` codecision, ``CNS`` consultation), ``counvte`` the rule of the Council (``QMV``,
``Unan``). Numbers are 0 to 100; a blank means that there is none.

Data: Arregui and Perarnaud, DEU dataset III, doi:10.34810/data53, CC BY 4.0; Thomson et al. 2006 and 2011 for its first
two waves.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from realpolitik.errors import ContestError, Fault
from realpolitik.record.capabilities import ACTORS
from realpolitik.record.collected import bytes_of, raise_if, rows_of

__all__ = ["LEAST_POSITIONS", "Decision", "Decisions", "decisions"]

LEAST_POSITIONS = 3
"""An issue with fewer positions is no contest, and is left out."""

NEEDED = ("prnr", "out")

CENTURY = 50
"""Two-digit years below belong to this century."""


@dataclass(frozen=True)
class Decision:
    """One issue with known outcome; numbers are 0 to 100."""

    dossier: str
    position: Mapping[str, float]
    """By actor; only those who have one."""

    salience: Mapping[str, float]
    """By the same actors."""

    stay: float | None
    """Reference point: where things stay without agreement."""

    outcome: float
    codecision: bool
    """Whether the Parliament decides with the Council; if not, it is consulted."""

    unanimity: bool
    """Whether the Council decides by unanimity; if not, by qualified majority."""

    year: int | None
    """Of the proposal, from the number of the dossier."""


@dataclass(frozen=True)
class Decisions:
    """What a file holds."""

    issues: tuple[Decision, ...]
    sha256: str
    """Of the file's bytes, in hexadecimal digits."""

    no_issue: int
    """Rows without a dossier, such as the GDP per country in the second row of some copies."""

    without_outcome: int
    too_few: int
    """Issues with an outcome and fewer than :data:`LEAST_POSITIONS` positions."""

    filled: int
    """Positions without salience, which took the mean salience of their issue."""


def decisions(path: Path) -> Decisions:
    """Read a file of decisions.

    Raises
    ------
    StorageError : the file cannot be read.
    ContestError : it is no such table, or values are wrong; all faults at once, the first twenty shown.
    """
    raw = bytes_of(path, "DEU")
    rows = rows_of(raw, path, "DEU")
    header = [name.strip() for name in rows[0]] if rows else []
    actors = _actors(header, path)
    faults: list[Fault] = []
    issues: list[Decision] = []
    left = {"no_issue": 0, "without_outcome": 0, "too_few": 0, "filled": 0}
    for line, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            found = _decision(_Row(row, str(path), line, faults), actors, left)
            issues += [found] if found else []
    raise_if(faults)
    if len({issue.dossier for issue in issues}) < 2:
        text = (
            "holds fewer than two dossiers with an outcome and three positions; nothing can be left out and forecast."
        )
        raise ContestError([Fault((), text, str(path))])
    return Decisions(tuple(issues), hashlib.sha256(raw).hexdigest(), **left)


@dataclass(frozen=True)
class _Row:
    """Cells by column, and where to report what is wrong with them."""

    cells: Mapping[str, str]
    file: str
    line: int
    faults: list[Fault]

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def number(self, column: str) -> float | None:
        """A number from 0 to 100, or None for a blank."""
        written = self.text(column)
        if not written:
            return None
        try:
            value = float(written)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 100:
            message = f"is '{written[:40]}', expected a number from 0 to 100, or a blank where there is none."
            self.faults.append(Fault((column,), message, self.file, self.line))
            return None
        return value


def _decision(row: _Row, actors: tuple[str, ...], left: dict[str, int]) -> Decision | None:
    dossier = row.text("prnr")
    if not dossier:
        left["no_issue"] += 1
        return None
    position = {actor: value for actor in actors if (value := row.number(f"p{actor}")) is not None}
    told = {actor: value for actor in position if (value := row.number(f"s{actor}")) is not None}
    stay, outcome = row.number("rp"), row.number("out")
    if outcome is None:
        left["without_outcome"] += 1
        return None
    if len(position) < LEAST_POSITIONS:
        left["too_few"] += 1
        return None
    usual = sum(told.values()) / len(told) if told else 50.0
    left["filled"] += len(position) - len(told)
    salience = {actor: told.get(actor, usual) for actor in position}
    codecision, unanimity = row.text("proc").upper() == "COD", row.text("counvte").upper().startswith("UNAN")
    return Decision(dossier, position, salience, stay, outcome, codecision, unanimity, _year(dossier))


def _actors(header: list[str], path: Path) -> tuple[str, ...]:
    missing = [name for name in NEEDED if name not in header]
    found = tuple(actor for actor in ACTORS if f"p{actor}" in header and f"s{actor}" in header)
    if missing or len(found) < LEAST_POSITIONS:
        seen = "".join(letter if letter.isprintable() else "·" for letter in ", ".join(header[:8])[:120])
        text = (
            f"is no table of decisions: found the columns {seen or 'none'}; expected prnr, out, "
            "and for at least three actors a position p… and a salience s…, e.g. pcom, scom, pde, sde."
        )
        raise ContestError([Fault((), text, str(path), 1)])
    return found


def _year(dossier: str) -> int | None:
    """Year of the proposal from a dossier such as ``d99275`` or ``a04163``."""
    digits = dossier[1:3]
    if not digits.isdigit():
        return None
    return int(digits) + (2000 if int(digits) < CENTURY else 1900)

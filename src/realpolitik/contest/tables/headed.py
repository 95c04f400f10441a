"""Tables with a row of headings: actor, position, salience, capability.

Several issues have ``position:ISSUE``, and where they differ ``salience:ISSUE`` and ``capability:ISSUE``. A unit
stands in brackets behind the name: ``salience (%)``. Three rows may stand among the actors and hold one number an
issue, in the column of its positions: ``reference point``, ``scale low`` and ``scale high``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from realpolitik.contest.tables.cells import Cell, Row
from realpolitik.contest.tables.draft import Draft, Entry, IssueDraft, Options, PlainTable, Unit
from realpolitik.errors import ContestError, Fault, nearest

__all__ = ["ONE_ISSUE", "read_headed"]

ONE_ISSUE = "issue"
"""Name of the issue of a table whose only column of positions names none."""

HEADING = re.compile(r"(?P<kind>[^:()]+?)\s*(?::\s*(?P<issue>.*?))?\s*(?:\((?P<unit>[^()]*)\))?\Z", re.DOTALL)
KINDS = ("actor", "position", "salience", "capability")
PASSED_OVER = ("note", "description")
MEANT = {"name": "actor", "power": "capability", "influence": "capability", "weight": "capability",
         "resources": "capability", "importance": "salience", "preference": "position"}  # fmt: skip
"""Other people's words for ours; they are hints only."""

PERCENT = ("%", "percent", "per cent")
SHARE = ("0-1", "0–1", "share")

SPECIAL = {"reference point": "reference", "scale low": "low", "scale high": "high"}


@dataclass(frozen=True)
class _Column:
    kind: str
    issue: str | None
    unit: Unit
    index: int
    cell: Cell

    @property
    def name(self) -> str:
        return self.kind if self.issue is None else f"{self.kind}:{self.issue}"


def read_headed(rows: Sequence[Row], file: str, format_: str, options: Options, notes: Sequence[str]) -> PlainTable:
    """Read a table with headings.

    Parameters
    ----------
    rows : the first one holds the headings.
    format_ : kind of file, for the reader.
    notes : what is to be said aloud already.

    Raises
    ------
    ContestError : with every fault.
    """
    if not rows:
        raise ContestError([Fault((), "the table is empty. Begin with the row: actor, position, salience, capability",
                                  file)])  # fmt: skip
    draft = Draft(file, format_, options, notes=list(notes))
    columns = _columns(rows[0], draft)
    for issue in _issues(columns, rows[0], draft):
        draft.issues[issue] = IssueDraft()
    if draft.faults:
        draft.refuse()
    by_name = {column.name: column for column in columns}
    for row in rows[1:]:
        for cell in filter(attrgetter("text"), row.cells[len(rows[0].cells) :]):
            draft.fault(f"found '{cell.text[:40]}' beyond the last heading. Is a heading missing?", cell)
        who = row.cell(by_name["actor"].index)
        special = SPECIAL.get(re.sub(r"[\s_-]+", " ", who.text.casefold()))
        if special:
            _special(special, row, by_name, draft)
        else:
            _actor(draft.actor(who), row, by_name, draft)
    return draft.finish()


def _columns(row: Row, draft: Draft) -> list[_Column]:
    columns: list[_Column] = []
    for index, cell in enumerate(row.cells):
        found = HEADING.match(" ".join(cell.text.split()))
        kind = found["kind"].strip().casefold() if found else ""
        if kind in PASSED_OVER:
            draft.notes.append(f"Column '{cell.text}' is not read.")
            continue
        if not found or kind not in KINDS or (kind == "actor" and found["issue"] is not None):
            meant = f"Did you mean '{MEANT[kind]}'? " if kind in MEANT else ""
            hint = meant or nearest(kind, (*KINDS, *PASSED_OVER))
            draft.fault(f"unknown heading '{cell.text[:60]}'. {hint.strip()}", cell)
            continue
        issue = None if found["issue"] is None else found["issue"].strip()
        if issue == "":
            draft.fault(f"heading '{cell.text}' names no issue behind the colon.", cell)
            continue
        column = _Column(kind, issue, _unit(kind, found["unit"], cell, draft), index, cell)
        if column.name in {other.name for other in columns}:
            draft.fault(f"heading '{column.name}' stands here a second time.", cell)
        else:
            columns.append(column)
    return columns


def _unit(kind: str, unit: str | None, cell: Cell, draft: Draft) -> Unit:
    """How the numbers of a column are meant; any unit will do for positions, and any but percent for capability."""
    word = (unit or "").strip().casefold()
    if unit is None or kind in ("actor", "position"):
        return "undeclared"
    if word in PERCENT:
        return "percent"
    if word in SHARE:
        return "share"
    if kind == "salience":
        draft.fault(f"unit '{unit}' of salience is unknown; allowed are '(%)' and '(0-1)'.", cell)
    return "any"


def _issues(columns: Sequence[_Column], row: Row, draft: Draft) -> list[str]:
    """Names of the issues; what is missing among the columns is kept as faults."""
    names = {column.name for column in columns}
    place = row.cells[0]
    positions = [column for column in columns if column.kind == "position"]
    if "actor" not in names:
        draft.fault("a column 'actor' is missing. Headings: actor, position, salience, capability.", place)
    if not positions:
        draft.fault("a column 'position' is missing; several issues have 'position:ISSUE'.", place)
    if len(positions) > 1 and "position" in names:
        draft.fault("'position' names no issue, but there are several. Write 'position:ISSUE'.", place)
    issues = [column.issue or ONE_ISSUE for column in positions]
    for column in columns:
        if column.kind != "actor" and column.issue is not None and column.issue not in issues:
            text = f"'{column.name}' belongs to no column of positions. {nearest(column.issue, issues)}"
            draft.fault(text, column.cell)
    for issue in issues:
        if len(issue) > 200 or not issue.isprintable():
            draft.fault("an issue's name is too long or cannot be printed", place)
        for kind in ("salience", "capability"):
            if not {kind, f"{kind}:{issue}"} & names:
                draft.fault(f"a column '{kind}' is missing.", place)
    return issues


def _of(kind: str, issue: str, by_name: dict[str, _Column]) -> _Column:
    """The column of a kind for one issue: its own, or that of all issues."""
    own = by_name.get(f"{kind}:{issue}")
    return own if own is not None else by_name[kind]


def _special(field: str, row: Row, by_name: dict[str, _Column], draft: Draft) -> None:
    """A row that says something about the issues."""
    for name, column in by_name.items():
        cell = row.cell(column.index)
        if column.kind == "position" and cell.text:
            issue = draft.issues[column.issue or ONE_ISSUE]
            if getattr(issue, field) is not None:
                draft.fault("this row stands here a second time.", cell, name)
            setattr(issue, field, draft.number(cell, name))
            issue.where = cell if field == "reference" else issue.where
        elif column.kind in ("salience", "capability") and cell.text:
            draft.fault(f"such a row has no {column.kind}. Leave the cell empty.", cell, name)


def _actor(actor: str, row: Row, by_name: dict[str, _Column], draft: Draft) -> None:
    several = len(draft.issues) > 1
    absent = []
    for issue in draft.issues:
        columns = [_of(kind, issue, by_name) for kind in KINDS[1:]]
        position, salience, capability = (row.cell(column.index) for column in columns)
        own = any(row.cell(column.index).text for column in columns if column.issue is not None)
        if several and not own:
            absent.append(f"'{issue}'")
        else:
            draft.entries[actor, issue] = Entry(position, salience, capability, columns[1].unit, columns[2].unit)
    if absent and len(absent) < len(draft.issues):
        draft.notes.append(f"'{actor}' has no position on {', '.join(absent)} and takes no part there.")

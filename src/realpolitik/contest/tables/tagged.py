"""The rows of decide-exchange-model: ``#A`` actors, ``#P`` issues, ``#M`` points of a scale, ``#D`` positions.

::

    #A  KEY  name                                 #M  ISSUE  POINT  meaning
    #P  KEY  name                                 #D  ACTOR  ISSUE  POSITION  SALIENCE  CAPABILITY

Separated by tabs; quotation marks around cells are single ones. ``#/``, ``#O`` and ``#0`` begin comments. The lowest
and the highest point of ``#M`` are the ends of the scale; an issue without them runs from 0 to 100.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from realpolitik.contest.tables.cells import Cell, Row
from realpolitik.contest.tables.draft import Draft, Entry, IssueDraft, Options, PlainTable
from realpolitik.errors import nearest

__all__ = ["TAGGED", "read_tagged"]

TAGGED = re.compile(r"\s*(['\"]?)#[A-Z0/]\1\s*(?P<separator>[\t;,])")
"""How the first line of such a file begins."""

COMMENTS = ("#/", "#O", "#0")
LEAST_CELLS = {"#A": 2, "#P": 2, "#M": 3, "#D": 6}
DEFAULT_SCALE = (0.0, 100.0)


def read_tagged(rows: Sequence[Row], file: str, options: Options) -> PlainTable:
    """Read the rows, in any order.

    Raises
    ------
    ContestError : with every fault.
    """
    draft = Draft(file, "rows of decide-exchange-model", options)
    sorted_rows: dict[str, list[Row]] = {tag: [] for tag in LEAST_CELLS}
    for row in rows:
        tag = row.cells[0].text
        if tag in sorted_rows:
            sorted_rows[tag].append(row)
        elif not tag.startswith(COMMENTS):
            draft.fault(f"row begins with '{tag[:40]}'; known are #A, #P, #M, #D and the comments #/.", row.cells[0])
    for row in sorted_rows["#A"]:
        draft.actor(row.cell(1))
    for row in sorted_rows["#P"]:
        if draft.name(row.cell(1), "issue", draft.issues):
            draft.issues[row.cell(1).text] = IssueDraft()
    for row in sorted_rows["#M"]:
        _point(row, draft)
    for row in sorted_rows["#D"]:
        _position(row, draft)
    for name, issue in draft.issues.items():
        if issue.low is None and options.scale is None:
            issue.low, issue.high = DEFAULT_SCALE
            draft.notes.append(f"'{name}' has no #M rows, so its scale is 0 to 100.")
    return draft.finish()


def _declared(cell: Cell, kind: str, known: Sequence[str], draft: Draft) -> bool:
    if cell.text not in known:
        draft.fault(f"{kind} '{cell.text[:60]}' has no row of its own. {nearest(cell.text, known)}", cell)
    return cell.text in known


def _point(row: Row, draft: Draft) -> None:
    value = draft.number(row.cell(2))
    if _declared(row.cell(1), "issue", list(draft.issues), draft) and value is not None:
        issue = draft.issues[row.cell(1).text]
        issue.low = value if issue.low is None else min(issue.low, value)
        issue.high = value if issue.high is None else max(issue.high, value)


def _position(row: Row, draft: Draft) -> None:
    actor, issue, *cells = (row.cell(index) for index in range(1, LEAST_CELLS["#D"]))
    known = [_declared(actor, "actor", list(draft.actors), draft), _declared(issue, "issue", list(draft.issues), draft)]
    if not all(known):
        return
    if (actor.text, issue.text) in draft.entries:
        draft.fault(f"'{actor.text}' has a position on '{issue.text}' already.", actor)
    else:
        position, salience, capability = cells
        draft.entries[actor.text, issue.text] = Entry(position, salience, capability)

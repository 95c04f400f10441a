"""KTAB's scenario files: CSV with a line of title, name, counts above the headings, and XML.

Positions and salience run from 0 to 100 in both, so the scale and the percentages are declared by the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from realpolitik.contest.tables.cells import Cell, Row
from realpolitik.contest.tables.draft import Draft, Entry, IssueDraft, Options, PlainTable
from realpolitik.errors import ContestError, Fault

__all__ = ["is_ktab", "read_ktab_csv", "read_ktab_xml"]

LOW, HIGH = 0.0, 100.0
FIRST = 3
"""Columns before the first position: actor, description, power."""

MOST_DEPTH = 12
MOST_ELEMENTS = 100_000


def is_ktab(rows: Sequence[Row]) -> bool:
    """Whether the second row has KTAB's headings."""
    return len(rows) > 1 and [cell.text.casefold() for cell in rows[1].cells[:2]] == ["actor", "description"]


def read_ktab_csv(rows: Sequence[Row], file: str, options: Options) -> PlainTable:
    """Read a KTAB scenario in CSV.

    Raises
    ------
    ContestError : with every fault.
    """
    draft = Draft(file, "KTAB scenario (CSV)", options)
    headings = rows[1].cells
    wide = [cell for cell in headings[FIRST:] if cell.text]
    if not wide or len(wide) % 2:
        draft.fault("expected a position and a salience heading for each issue behind actor, description, power.",
                    headings[-1])  # fmt: skip
    for cell in wide[::2]:
        _issue(cell, draft)
    draft.refuse()
    for row in rows[2:]:
        who = row.cell(0)
        for extra in filter(attrgetter("text"), row.cells[FIRST + len(wide) :]):
            draft.fault(f"found '{extra.text[:40]}' beyond the last heading.", extra)
        cells = [row.cell(index) for index in range(FIRST, FIRST + len(wide))]
        _entries(draft.actor(who), row.cell(2), cells[::2], cells[1::2], draft)
    _counts(rows[0], draft)
    return draft.finish()


def _issue(cell: Cell, draft: Draft) -> None:
    if draft.name(cell, "issue", draft.issues):
        draft.issues[cell.text] = IssueDraft(LOW, HIGH)


def _entries(actor: str, power: Cell, position: Sequence[Cell], salience: Sequence[Cell], draft: Draft) -> None:
    for issue, place, care in zip(draft.issues, position, salience, strict=False):
        draft.entries[actor, issue] = Entry(place, care, power, "percent", "any")


def _counts(row: Row, draft: Draft) -> None:
    """Numbers of actors and issues, behind title and description in the first row."""
    for index, kind, count in ((2, "actors", len(draft.actors)), (3, "issues", len(draft.issues))):
        cell = row.cell(index)
        if cell.text != str(count):
            draft.fault(f"the first row announces '{cell.text[:40]}' {kind}, but {count} follow.", cell)


@dataclass
class _Element:
    tag: str
    line: int
    column: int
    text: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)

    @property
    def cell(self) -> Cell:
        return Cell("".join(self.text).strip(), self.line, self.column)

    def all(self, tag: str) -> Iterator[_Element]:
        return (child for child in self.children if child.tag == tag)


def read_ktab_xml(raw: bytes, file: str, options: Options) -> PlainTable:
    """Read a KTAB scenario in XML. Document types, entities and references to other files are refused.

    Raises
    ------
    ContestError : not XML, or with every fault of the scenario.
    """
    root = _parsed(raw, file)
    draft = Draft(file, "KTAB scenario (XML)", options)
    if root.tag != "Scenario":
        raise ContestError([Fault((), f"found <{root.tag[:40]}>, expected KTAB's <Scenario>.", file, root.line)])
    for part in ("ModelParameters", "IdealAdjustment"):
        if any(root.all(part)):
            draft.notes.append(f"<{part}> is not read; choose rules with --variant.")
    for dimension in (name for group in root.all("Dimensions") for name in group.all("dName")):
        _issue(dimension.cell, draft)
    actors = [actor for group in root.all("Actors") for actor in group.all("Actor")]
    if not any(root.all("Dimensions")):
        most = max((len(_values(actor, "Position", "dCoord")) for actor in actors), default=0)
        draft.issues = {f"dimension {number}": IssueDraft(LOW, HIGH) for number in range(1, most + 1)}
    for actor in actors:
        who = next(iter(_values(actor, None, "name")), Cell("", actor.line, actor.column))
        _actor(draft.actor(who), actor, draft)
    return draft.finish()


def _actor(name: str, actor: _Element, draft: Draft) -> None:
    here = Cell("", actor.line, actor.column)
    power = next(iter(_values(actor, None, "capability")), here)
    position, salience = _values(actor, "Position", "dCoord"), _values(actor, "Salience", "dSal")
    expected = len(draft.issues)
    for cells, tag in ((position, "dCoord"), (salience, "dSal")):
        if len(cells) != expected:
            draft.fault(f"found {len(cells)} <{tag}>, expected {expected}, one an issue.", here, name)
    if len(position) == len(salience) == expected:
        _entries(name, power, position, salience, draft)


def _values(element: _Element, group: str | None, tag: str) -> list[Cell]:
    holders = [element] if group is None else list(element.all(group))
    return [child.cell for holder in holders for child in holder.all(tag)]


def _parsed(raw: bytes, file: str) -> _Element:
    """The document as elements that know their lines."""
    from xml.sax import SAXException, SAXParseException
    from xml.sax.handler import ContentHandler

    from defusedxml import DefusedXmlException
    from defusedxml.sax import parseString

    class Handler(ContentHandler):
        """Builds the elements; refuses what is deep or endless."""

        def __init__(self) -> None:
            super().__init__()
            self.open = [_Element("", 1, 1)]
            self.count = 0
            self.locator: Any = None

        def setDocumentLocator(self, locator: Any) -> None:
            self.locator = locator

        def startElement(self, name: str, attrs: Any) -> None:
            self.count += 1
            if len(self.open) > MOST_DEPTH or self.count > MOST_ELEMENTS:
                raise SAXException(f"more than {MOST_DEPTH} levels or {MOST_ELEMENTS:,} elements")
            element = _Element(name, self.locator.getLineNumber(), self.locator.getColumnNumber() + 1)
            self.open[-1].children.append(element)
            self.open.append(element)

        def endElement(self, name: str) -> None:
            self.open.pop()

        def characters(self, content: str) -> None:
            self.open[-1].text.append(content)

    handler = Handler()
    try:
        parseString(raw, handler, forbid_dtd=True)
    except SAXParseException as error:
        place = (error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        raise ContestError([Fault((), f"this is not valid XML: {error.getMessage()}", file, *place)]) from None
    except DefusedXmlException:
        text = "document types, entities and references to other files are not allowed. Remove the <!DOCTYPE …>."
        raise ContestError([Fault((), text, file)]) from None
    except (SAXException, ValueError, LookupError) as error:
        raise ContestError([Fault((), f"this is not valid XML: {error}", file)]) from None
    return handler.open[0].children[0]

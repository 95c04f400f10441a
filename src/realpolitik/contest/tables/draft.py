"""A table on its way from cells to numbers: what every format has in common, with every fault kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.tables.cells import Cell
from realpolitik.errors import ContestError, Fault

__all__ = ["Draft", "Entry", "IssueDraft", "Options", "PlainTable", "Unit"]

Unit = Literal["share", "percent", "any", "undeclared"]
"""How numbers of a column are meant; ``any`` is for capabilities, of which only ratios count."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?\Z", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+\Z", re.ASCII)
LONGEST_SHOWN = 40

MOST_NAME = 200
"""Characters of an actor's or an issue's name."""

MOST_FAULTS = 200
"""Faults shown of one file; what else is wrong is counted."""


@dataclass(frozen=True)
class Options:
    """What the user says about a table beside the table."""

    percent: bool = False
    """Salience and capability are in percent."""

    scale: tuple[float, float] | None = None
    """Ends of every issue's scale."""

    reference: Mapping[str, float] = field(default_factory=dict)
    """Where things stay without agreement, by issue; the empty name stands for the only issue."""


@dataclass(frozen=True, eq=False)
class PlainTable:
    """One table of actors, without uncertainty."""

    format: str
    """What kind of file it came from."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]

    position: NDArray[np.float64]
    """float[actors, issues], in the unit of the issue; NaN where an actor takes no part."""

    salience: NDArray[np.float64]
    """float[actors, issues] in [0, 1]; NaN where an actor takes no part."""

    capability: NDArray[np.float64]
    """float[actors, issues], at least 0; NaN where an actor takes no part."""

    low: NDArray[np.float64]
    """float[issues]: lower ends of the scales."""

    high: NDArray[np.float64]
    """float[issues]: upper ends of the scales."""

    reference_point: NDArray[np.float64] | None
    """float[issues]; None unless every issue has one."""

    notes: tuple[str, ...] = ()
    """What was assumed, in sentences; a reader must be told."""


@dataclass
class Entry:
    """Cells of one actor on one issue."""

    position: Cell
    salience: Cell
    capability: Cell
    salience_unit: Unit = "undeclared"
    capability_unit: Unit = "undeclared"


@dataclass
class IssueDraft:
    """What is known of an issue beside the actors."""

    low: float | None = None
    high: float | None = None
    reference: float | None = None
    where: Cell | None = None
    """Where its reference point stands."""


@dataclass
class Draft:
    """Everything found in one file so far."""

    file: str
    format: str
    options: Options
    actors: dict[str, Cell] = field(default_factory=dict)
    issues: dict[str, IssueDraft] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, message: str, cell: Cell | None = None, *path: str) -> None:
        """Keep a fault with its place."""
        self.faults.append(Fault(path, message, self.file, cell.line if cell else None, cell.column if cell else None))

    def name(self, cell: Cell, kind: str, known: Iterable[str]) -> bool:
        """Whether the cell can be the name of a new actor or issue; a fault is kept if not."""
        if not cell.text:
            self.fault(f"the {kind}'s name is missing", cell)
        elif len(cell.text) > MOST_NAME:
            self.fault(f"the {kind}'s name has {len(cell.text):,} characters; at most {MOST_NAME} are allowed", cell)
        elif not cell.text.isprintable():
            self.fault(f"the {kind}'s name holds characters that cannot be printed: {cell.text!r}", cell)
        elif cell.text in known:
            self.fault(f"{kind} '{cell.text}' stands here a second time. Give each {kind} one row and name.", cell)
        else:
            return True
        return False

    def actor(self, cell: Cell) -> str:
        """Note a new actor; one with a faulty name stands under its row, so that its numbers are looked at too."""
        name = cell.text if self.name(cell, "actor", self.actors) else f"row {cell.line}"
        self.actors[name] = cell
        return name

    def number(self, cell: Cell, *path: str) -> float | None:
        """The number in a cell; None, and a fault, if it holds none."""
        text = cell.text
        if NUMBER.match(text) and math.isfinite(value := float(text)):
            return value
        shown = repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")
        if not text:
            self.fault("the cell is empty; a number is needed.", cell, *path)
        elif DECIMAL_COMMA.match(text):
            self.fault(f"found {shown}. Write the decimal sign as a point: {text.replace(',', '.')}.", cell, *path)
        else:
            self.fault(f"found {shown}, expected a finite number such as 12.5.", cell, *path)
        return None

    def share(self, cell: Cell, unit: Unit, *path: str) -> float | None:
        """A salience or capability as it is meant, at least 0; None, and a fault, if it cannot be."""
        if cell.text.endswith("%"):
            unit, cell = "percent", Cell(cell.text[:-1].rstrip(), cell.line, cell.column)
        elif unit == "undeclared" and self.options.percent:
            unit = "percent"
        value = self.number(cell, *path)
        if value is None:
            return None
        most = {"share": 1.0, "percent": 100.0, "any": math.inf, "undeclared": 1.0}[unit]
        if 0 <= value <= most:
            return value / 100 if unit == "percent" else value
        allowed = "0 or more" if most == math.inf else f"0 to {most:g}"
        remedy = ""
        if unit == "undeclared" and value > 1:
            remedy = " If these are percentages, say so: --percent, or '(%)' behind the column's name."
            if path[-1:] == ("capability",):
                remedy += " For any other unit name it there, e.g. 'capability (votes)'."
        self.fault(f"found {value:g}, expected {allowed}.{remedy}", cell, *path)
        return None

    def finish(self) -> PlainTable:
        """The table in numbers.

        Raises
        ------
        ContestError : with every fault of the file.
        """
        shape = len(self.actors), len(self.issues)
        position, salience, capability = (np.full(shape, np.nan) for _ in range(3))
        places = {name: index for index, name in enumerate(self.issues)}
        rows = {name: index for index, name in enumerate(self.actors)}
        stands: dict[str, list[tuple[str, float, Cell]]] = {issue: [] for issue in self.issues}
        for (actor, issue), entry in self.entries.items():
            where = rows[actor], places[issue]
            path = (actor,) if len(self.issues) == 1 else (actor, issue)
            found = self.number(entry.position, *path, "position")
            care = self.share(entry.salience, entry.salience_unit, *path, "salience")
            weight = self.share(entry.capability, entry.capability_unit, *path, "capability")
            if found is not None:
                stands[issue].append((actor, found, entry.position))
                position[where] = found
            salience[where] = np.nan if care is None else care
            capability[where] = np.nan if weight is None else weight
        self._nobody(stands)
        self._references()
        expected = Counter(issue for _, issue in self.entries)
        scales = [self._scale(name, issue, stands[name], expected[name]) for name, issue in self.issues.items()]
        self.refuse()
        stay = [issue.reference for issue in self.issues.values()]
        without = [name for name, issue in self.issues.items() if issue.reference is None]
        if without and len(without) < len(stay):
            lack = ", ".join(f"'{name}'" for name in without)
            self.notes.append(f"No reference point for {lack}, so those of the other issues are not used.")
        return PlainTable(
            self.format,
            tuple(self.actors),
            tuple(self.issues),
            position,
            salience,
            capability,
            np.array([low for low, _ in scales]),
            np.array([high for _, high in scales]),
            None if without else np.array(stay, dtype=np.float64),
            tuple(self.notes),
        )

    def _nobody(self, stands: Mapping[str, list[tuple[str, float, Cell]]]) -> None:
        if not self.actors:
            self.fault("there is no actor. Write one row for each.")
        if not self.issues:
            self.fault("there is no issue. Write one column of positions for each.")
        if self.faults:
            return
        for issue, found in stands.items():
            if not found:
                self.fault(f"nobody has a position on issue '{issue}'.")
        active = {actor for actor, _ in self.entries}
        for actor, cell in self.actors.items():
            if actor not in active:
                self.fault("takes part in no issue. Give it a position or remove it.", cell, actor)

    def _references(self) -> None:
        """Put the reference points of the command line into the issues."""
        for name, value in self.options.reference.items():
            target = next(iter(self.issues), "") if not name and len(self.issues) == 1 else name
            if target not in self.issues:
                known = ", ".join(f"'{issue}'" for issue in self.issues)
                what = f"there is no issue '{name}'" if name else "there are several issues"
                self.fault(f"--reference: {what}; write ISSUE=VALUE with one of {known}.")
            elif self.issues[target].reference is not None:
                self.fault(f"--reference: the table states the reference point of '{target}' itself. Keep one of them.")
            else:
                self.issues[target].reference = value

    def _scale(
        self, name: str, issue: IssueDraft, stands: list[tuple[str, float, Cell]], expected: int
    ) -> tuple[float, float]:
        """Ends of the scale: of the file, of the command line, or of all expected positions, and then said aloud."""
        low, high = issue.low, issue.high
        given = self.options.scale
        if low is not None and high is not None:
            if given is not None:
                self.fault(f"--scale: the table states the scale of '{name}' itself ({low:g} to {high:g}). Keep one.")
        elif given is not None:
            low, high = given
        elif low is None and high is None:
            values = [value for _, value, _ in stands] + ([] if issue.reference is None else [issue.reference])
            if len(stands) < expected or not values:
                return 0.0, 0.0
            low, high = min(values), max(values)
            if low == high:
                self.fault(f"all positions on '{name}' are {low:g}, so they give no scale. State it: --scale LOW HIGH.")
                return low, high
            self.notes.append(
                f"The scale of '{name}' is taken from the data, {low:g} to {high:g}. State it with --scale LOW HIGH; "
                "some models depend on it."
            )
        else:
            self.fault(f"only one end of the scale of '{name}' is given; both are needed.")
            return 0.0, 0.0
        if not low < high or math.isinf(high - low):
            self.fault(f"the scale of '{name}' runs from {low:g} to {high:g}; its first end must be the lower one.")
            return low, high
        for actor, value, cell in stands:
            if not low <= value <= high:
                path = (actor, "position") if len(self.issues) == 1 else (actor, name, "position")
                self.fault(f"found {value:g}, expected {low:g} to {high:g}, the scale of the issue.", cell, *path)
        if issue.reference is not None and not low <= issue.reference <= high:
            text = f"the reference point of '{name}' is {issue.reference:g}, expected {low:g} to {high:g}."
            self.fault(text, issue.where)
        return low, high

    def refuse(self) -> None:
        """Raise what was found wrong, in the order of the file, if there is anything."""
        if self.faults:
            self.faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
            more = len(self.faults) - MOST_FAULTS
            kept = self.faults[:MOST_FAULTS]
            raise ContestError([*kept, Fault((), f"{more} more faults", self.file)] if more > 0 else kept)

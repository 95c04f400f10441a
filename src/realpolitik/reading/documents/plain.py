"""Plain text: lines into units, hard-wrapped paragraphs joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.labels import line_label
from realpolitik.reading.documents.offsets import HYPHENS, Cleaner, compounds

__all__ = ["Lines", "line_groups", "plain_units"]

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

WIDEST_WRAP = 100
"""Characters. A longer line means that the text is not hard-wrapped: one line is one paragraph."""

NARROWEST_WRAP = 40
"""Characters. A paragraph whose lines are all shorter is a list or verse, not wrapped prose."""

FULL_LINE = 0.6
"""Share of the width that every wrapped line but the last fills."""

Lines = list[tuple[int, int]]
"""Where lines begin and end, line breaks included."""


def plain_units(raw: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """Cut ``raw[start:end]`` into lines or wrapped paragraphs; together they cover it exactly.

    Consecutive blank lines are one unit. A line goes on in the next one if the first word of the next
    would not have fitted, and neither is page furniture (a byline, a credit, an advertisement).
    """
    known = compounds(raw)
    return [_unit(raw, lines, known) for lines in line_groups(raw, start, len(raw) if end is None else end)]


def _unit(raw: str, lines: Lines, known: frozenset[str]) -> Unit:
    cleaner = Cleaner()
    cleaner.add_lines(raw, lines, known)
    clean = cleaner.build()
    cue: Label | None = None if clean.text else "blank"
    return Unit(lines[0][0], lines[-1][1], clean, cue)


def line_groups(raw: str, start: int, end: int) -> Iterator[Lines]:
    """The lines of ``raw[start:end]``, those of one paragraph or of one gap together."""
    group: Lines = []
    blank = False
    for line in LINE.finditer(raw, start, end):
        is_blank = not line.group().strip()
        if group and is_blank != blank:
            yield from _joined(raw, group, blank)
            group = []
        group.append(line.span())
        blank = is_blank
    yield from _joined(raw, group, blank)


def _joined(raw: str, lines: Lines, blank: bool) -> Iterator[Lines]:
    if not lines:
        return
    if blank:
        yield lines
        return
    words = [raw[start:end].strip() for start, end in lines]
    width = max(len(line) for line in words)
    filled = all(len(line) >= FULL_LINE * width for line in words[:-1])
    wrapped = filled and NARROWEST_WRAP <= width <= WIDEST_WRAP
    first = 0
    for index in range(1, len(lines)):
        first_word = words[index].split(None, 1)[0]
        before, line = words[index - 1 : index + 1]
        broken = before[-1] in HYPHENS and line[0].islower()
        goes_on = wrapped and (broken or len(before) + 1 + len(first_word) > width)
        if not goes_on or line_label(before) or line_label(line):
            yield lines[first:index]
            first = index
    yield lines[first:]

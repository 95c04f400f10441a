"""Plain text: lines into units, hard-wrapped paragraphs joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from realpolitik.reading.blocks import Label, Unit
from realpolitik.reading.labels import line_label
from realpolitik.reading.offsets import Cleaner

__all__ = ["plain_units"]

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARKDOWN_HEAD = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")

WIDEST_WRAP = 100
"""Characters. A longer line means that the text is not hard-wrapped: one line is one paragraph."""

NARROWEST_WRAP = 40
"""Characters. A paragraph whose lines are all shorter is a list or verse, not wrapped prose."""

FULL_LINE = 0.6
"""Share of the width that every wrapped line but the last fills."""


def plain_units(raw: str) -> list[Unit]:
    """Cut ``raw`` into lines or wrapped paragraphs; together they cover it exactly.

    Consecutive blank lines are one unit. A line goes on in the next one if the first word of the next
    would not have fitted, and neither is page furniture (a byline, a credit, an advertisement).
    """
    return [_unit(raw, start, end) for start, end in _paragraphs(raw)]


def _unit(raw: str, start: int, end: int) -> Unit:
    cleaner = Cleaner()
    cue: Label | None = None
    head = MARKDOWN_HEAD.match(raw, start, end)
    if head:
        cue = "title" if len(head[1]) == 1 else "section-head"
    cleaner.add_raw(raw, head.end() if head else start, end)
    clean = cleaner.build()
    return Unit(start, end, clean, cue if clean.text else "blank")


def _paragraphs(raw: str) -> Iterator[tuple[int, int]]:
    group: list[tuple[int, int]] = []
    blank = False
    for line in LINE.finditer(raw):
        is_blank = not line.group().strip()
        if group and is_blank != blank:
            yield from _joined(raw, group, blank)
            group = []
        group.append(line.span())
        blank = is_blank
    yield from _joined(raw, group, blank)


def _joined(raw: str, lines: list[tuple[int, int]], blank: bool) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    if blank:
        yield lines[0][0], lines[-1][1]
        return
    words = [raw[start:end].strip() for start, end in lines]
    width = max(len(line) for line in words)
    filled = all(len(line) >= FULL_LINE * width for line in words[:-1])
    wrapped = filled and NARROWEST_WRAP <= width <= WIDEST_WRAP
    start = lines[0][0]
    for index in range(1, len(lines)):
        first_word = words[index].split(None, 1)[0]
        before, line = words[index - 1 : index + 1]
        goes_on = wrapped and len(before) + 1 + len(first_word) > width
        if not goes_on or line_label(before) or line_label(line):
            yield start, lines[index][0]
            start = lines[index][0]
    yield start, lines[-1][1]

"""The text of printed pages into units: running heads, page numbers, paragraphs that go on overleaf.

A PDF has lines, no paragraphs. A line goes on in the next unless it ends a sentence before the margin, stands short
of it like a heading, or says what it is (a byline, a caption). A paragraph that goes on overleaf is one unit: its
rest is labelled as ``continued``, and what stands between (a page number) keeps its own label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.labels import line_label
from realpolitik.reading.documents.offsets import HYPHENS, Cleaner, CleanText, compounds

__all__ = ["page_units"]

PAGE = re.compile(r"[^\f]*(?:\f|\Z)")
PRINTED_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|\r|\n|\f)|[^\r\n\f]+")
NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*\Z", re.I)
BULLET = re.compile(r"\s*(?:[•▪◦‣–—*·]\s|\(?[a-z0-9]{1,2}[.)]\s)")
STOP = re.compile(r"[.!?:;…][”’\"')\]]*\d{0,3}\Z")
SENTENCE_STOP = re.compile(r"[.!?…][”’\"')\]]*\d{0,3}\Z")

EDGE = 2
"""Lines at the top and at the foot of a page that may be running heads."""

LONGEST_HEAD = 150
"""Characters of a running head."""

SHARE_OF_PAGES = 0.25
"""A line at the edge of that share of the pages, and of two at least, is a running head."""

FULL = 0.85
"""Share of the width of a page from which on a line counts as full."""

SHORT = 0.6
"""Share of the width below which a line without a stop may be a heading."""

TYPICAL = 0.9
"""Quantile of the lengths of its lines that is the width of a page."""


@dataclass
class Line:
    """A printed line."""

    start: int
    end: int
    text: str
    page: int
    label: Label | None = None
    is_last: bool = False
    """Whether it is the last line of the story on its page."""

    width: int = 0
    """Characters of a full line on its page."""


@dataclass
class Paragraph:
    """Lines of one paragraph, from one page or several."""

    lines: list[Line] = field(default_factory=list)


def page_units(raw: str) -> list[Unit]:
    """Cut the pages of ``raw``, which form feeds separate, into units; together they cover it exactly."""
    lines = [
        Line(start, end, raw[start:end].strip(), number)
        for number, page in enumerate(PAGE.finditer(raw))
        for start, end in (found.span() for found in PRINTED_LINE.finditer(raw, *page.span()))
    ]
    _label_edges(lines)
    _measure(lines)
    known = compounds(raw)
    units: list[Unit] = []
    for paragraph in _paragraphs(lines):
        units += _units(raw, paragraph, known)
    return sorted(units, key=lambda unit: unit.start)


def _label_edges(lines: Sequence[Line]) -> None:
    """Mark blank lines, page numbers and the lines that stand at the edge of many pages."""
    edges: dict[int, list[Line]] = {}
    for line in lines:
        if not line.text:
            line.label = "blank"
        else:
            edges.setdefault(line.page, []).append(line)
    tops = {page: shown[:EDGE] for page, shown in edges.items()}
    feet = {page: shown[-EDGE:] for page, shown in edges.items() if len(shown) > EDGE}
    for group in (tops, feet):
        often = Counter(key for shown in group.values() for key in {_head_key(line.text) for line in shown})
        fewest = max(2, SHARE_OF_PAGES * len(edges))
        for page, shown in group.items():
            for line in shown:
                if NUMBER.match(line.text) or (
                    len(line.text) <= LONGEST_HEAD
                    and often[_head_key(line.text)] >= fewest
                    and not (group is tops and page == min(tops) and _may_be_title(edges[page], line))
                ):
                    line.label = "running-head"


def _may_be_title(page: Sequence[Line], line: Line) -> bool:
    """Whether a repeated line on the first page may be the title itself: a byline or the story follows at once."""
    if line is not page[0] or len(page) == 1:
        return line is page[0]
    follows = page[1].text
    return line_label(follows) is not None or len(follows) >= FULL * max(len(other.text) for other in page)


def _head_key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def _measure(lines: Sequence[Line]) -> None:
    """Note the width of the page and the last line of the story on it."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.label is None:
            pages.setdefault(line.page, []).append(line)
    for story in pages.values():
        lengths = sorted(len(line.text) for line in story)
        width = lengths[int(TYPICAL * (len(lengths) - 1))]
        for line in story:
            line.width = width
        story[-1].is_last = True


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    found: list[Paragraph] = []
    last: Paragraph | None = None
    waiting: Paragraph | None = None
    for line in lines:
        if line.label is not None:
            same = found and found[-1].lines[-1].label == line.label == "blank"
            (found[-1].lines.append(line) if same else found.append(Paragraph([line])))
            if last and last.lines[-1].is_last:
                waiting = last
            last = None
            continue
        own = line_label(line.text)
        before = last or (waiting if waiting and waiting.lines[-1].page < line.page else None)
        if before and own is None and _goes_on(before.lines[-1], line):
            before.lines.append(line)
            last = before
        else:
            last = Paragraph([line])
            found.append(last)
            if own is not None:
                last = None
        waiting = None
    return found


def _goes_on(before: Line, line: Line) -> bool:
    if BULLET.match(line.text):
        return False
    overleaf = before.page != line.page
    if before.text[-1] in HYPHENS and line.text[0].islower():
        return True
    if overleaf:
        return not SENTENCE_STOP.search(before.text) and len(before.text) >= SHORT * before.width
    if SENTENCE_STOP.search(before.text):
        return len(before.text) >= FULL * before.width
    if STOP.search(before.text) or line.text[0].islower():
        return True
    return len(before.text) >= SHORT * before.width


def _units(raw: str, paragraph: Paragraph, known: frozenset[str]) -> list[Unit]:
    lines = paragraph.lines
    label = lines[0].label
    cleaner = Cleaner()
    cleaner.add_lines(raw, [(line.start, line.end) for line in lines], known)
    clean = cleaner.build()
    pieces: list[list[Line]] = []
    for line in lines:
        if pieces and pieces[-1][-1].end == line.start:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    if label is None and not clean.text:
        label = "blank"
    first = Unit(pieces[0][0].start, pieces[0][-1].end, clean, label)
    return [first, *(Unit(piece[0].start, piece[-1].end, CleanText("", ()), "continued") for piece in pieces[1:])]

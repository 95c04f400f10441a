"""Markdown into units: marks of the format belong to the raw text, not to the clean one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.labels import line_label
from realpolitik.reading.documents.offsets import Cleaner
from realpolitik.reading.documents.plain import LINE, Lines

__all__ = ["markdown_published", "markdown_units"]

FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?!---|\.\.\.).*\r?\n){0,200}(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
FRONT_TITLE = re.compile(r"title\s*:\s*([\"']?)(?=\S)", re.I)
FRONT_DATE = re.compile(r"^(?:date|published)\s*:\s*[\"']?(\d{4}-\d\d-\d\d)", re.I | re.M)
HEAD = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
HEAD_END = re.compile(r"\s+#+\s*\Z")
UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*\Z")
RULE = re.compile(r"\s{0,3}(?:\*\s*){3,}\Z|\s{0,3}(?:-\s*){3,}\Z|\s{0,3}(?:_\s*){3,}\Z")
FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
START = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?")
"""Marks of a quoted block and of a list at the beginning of a line."""

ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
IMAGE_LINE = re.compile(r"\s*!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\)\s*\Z")
INLINE = re.compile(
    r"!?\[(?P<words>[^\[\]\n]{0,500})\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,100}\])"
    r"|(?P<link><https?://[^<>\s]{1,1000}>)"
    r"|(?P<mark>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,;:!?”\"])_{1,3}(?!\w)|`+)"
    r"|\\(?P<plain>[\\`*_{}\[\]()#+.!>-])"
)


def markdown_units(raw: str) -> list[Unit]:
    """Cut Markdown into headings, paragraphs, list items and images; together they cover it exactly."""
    front = FRONT.match(raw)
    begin = front.end() if front else 0
    units = [_front(raw, *line.span()) for line in LINE.finditer(raw, 0, begin)]
    units += [_unit(raw, lines, label) for label, lines in _groups(raw, begin)]
    titles = [index for index, unit in enumerate(units) if unit.cue == "title"]
    for index in titles[1:]:
        if units[index].clean.text != units[titles[0]].clean.text:
            units[index] = replace(units[index], cue="section-head")
    return units


def markdown_published(raw: str) -> date | None:
    """The date in the front matter, if there is one."""
    front = FRONT.match(raw)
    stated = FRONT_DATE.search(front.group()) if front else None
    try:
        return date.fromisoformat(stated[1]) if stated else None
    except ValueError:
        return None


def _front(raw: str, start: int, end: int) -> Unit:
    title = FRONT_TITLE.match(raw, start, end)
    cleaner = Cleaner()
    if title:
        stop = start + len(raw[start:end].rstrip())
        quote = title[1] if title[1] and raw[stop - 1] == title[1] and stop - 1 > title.end() else ""
        cleaner.add_raw(raw, title.end(), stop - len(quote))
    clean = cleaner.build()
    return Unit(start, end, clean, "title" if clean.text else "markup")


def _groups(raw: str, begin: int) -> Iterator[tuple[Label | None, Lines]]:
    """Lines that belong together, with what their marks say."""
    group: Lines = []
    fence = ""
    for line in LINE.finditer(raw, begin):
        text = line.group().rstrip()
        opened = FENCE.match(text)
        label: Label | None = None
        alone = True
        if fence or opened:
            label = "markup"
            if opened and (not fence or opened[1].startswith(fence)):
                fence = "" if fence else opened[1]
        elif not text.strip():
            label = "blank"
        elif UNDERLINE.match(text) and len(group) == 1 and not ITEM.match(raw, *group[0]):
            yield ("title" if "=" in text else "section-head"), group
            group, label = [], "markup"
        elif RULE.match(text) or UNDERLINE.match(text):
            label = "markup"
        elif HEAD.match(text):
            label = "title" if text.lstrip().startswith("# ") else "section-head"
        elif IMAGE_LINE.match(text):
            label = "caption"
        else:
            alone = line_label(text) is not None
            if ITEM.match(text) and group:
                yield None, group
                group = []
        if alone:
            if group:
                yield None, group
                group = []
            yield label, [line.span()]
        else:
            group.append(line.span())
    if group:
        yield None, group


def _unit(raw: str, lines: Lines, label: Label | None) -> Unit:
    cleaner = Cleaner()
    if label not in ("markup", "blank"):
        for start, end in lines:
            head = HEAD.match(raw, start, end) if label in ("title", "section-head") else START.match(raw, start, end)
            tail = HEAD_END.search(raw[start:end].rstrip()) if head and "#" in head.group() else None
            _add_inline(cleaner, raw, head.end() if head else start, start + tail.start() if tail else end)
    clean = cleaner.build()
    return Unit(lines[0][0], lines[-1][1], clean, label if clean.text or label == "markup" else "blank")


def _add_inline(cleaner: Cleaner, raw: str, start: int, end: int) -> None:
    for mark in INLINE.finditer(raw, start, end):
        cleaner.add_raw(raw, start, mark.start())
        start = mark.end()
        kept = "words" if mark["words"] else "plain" if mark["plain"] else "link" if mark["link"] else None
        if kept == "words":
            _add_marks(cleaner, raw, *mark.span("words"))
        elif kept:
            cleaner.add_raw(raw, *mark.span(kept))
    cleaner.add_raw(raw, start, end)


def _add_marks(cleaner: Cleaner, raw: str, start: int, end: int) -> None:
    for mark in INLINE.finditer(raw, start, end):
        cleaner.add_raw(raw, start, mark.start())
        start = mark.end() if mark["mark"] else mark.start()
    cleaner.add_raw(raw, start, end)

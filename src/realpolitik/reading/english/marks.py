"""Quotation marks: which words stand between them.

Handles curly, straight, doubled-apostrophe, guillemet and (where a paragraph has no other) single marks; nested
marks belong to the outer quotation; a mark without its partner is stray, unless it opens the last quotation of a
paragraph that the next paragraph takes up with an opening mark of its own. One pass, whatever the number of marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Quoted", "masked", "quoted_parts"]

CLOSING = {
    "“": ("”", '"'),
    "«": ("»",),
    "„": ("“", "”"),
    "``": ("''",),
    "''": ("''",),
    '"': ('"', "”"),
    "”": ("”",),
}
ALWAYS_OPEN = frozenset({"“", "«", "„", "``"})
DEEPEST = 4
"""Marks within marks within marks. A mark that is still open below that is stray."""

DOUBLE = re.compile(r"[“”«»„]|\"|''|``")
SINGLE = re.compile(r"[‘’']")  # noqa: RUF001
BEFORE_OPENING = re.compile(r"[\s(\[—–:,-]")
LETTER = re.compile(r"[^\W_]")
MASK = "_"
"""Stands for each character inside a quotation."""


class Quoted(NamedTuple):
    """A quotation in a paragraph, marks included."""

    start: int
    end: int
    is_closed: bool
    """False if the closing mark is missing, and the quotation runs to the end of the paragraph."""

    inner_start: int
    """First character after the opening mark."""

    inner_end: int
    """One past the last character before the closing mark."""


def quoted_parts(text: str) -> list[Quoted]:
    """All quotations of a paragraph that hold a word, outermost only, in order."""
    parts = _double(text) if DOUBLE.search(text) else _single(text)
    return [part for part in parts if LETTER.search(text, part.inner_start, part.inner_end)]


def masked(text: str, parts: list[Quoted]) -> str:
    """The paragraph with the inside of its quotations blotted out; same length, same marks, same last stop."""
    pieces, cursor = [], 0
    for part in parts:
        stop = part.inner_end - (part.inner_end > part.inner_start and text[part.inner_end - 1] in ".?!…")
        pieces += [text[cursor : part.inner_start], MASK * (stop - part.inner_start)]
        cursor = stop
    return "".join([*pieces, text[cursor:]])


def _double(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    stack: list[tuple[str, int, int, int]] = []
    for mark in DOUBLE.finditer(text):
        sign, start, end = mark.group(), mark.start(), mark.end()
        opens = sign in ALWAYS_OPEN or (sign in ('"', "''", "”") and _can_open(text, start, end))
        depth = next((depth for depth, open_ in enumerate(reversed(stack[-DEEPEST:]), 1) if _closes(sign, open_[0])), 0)
        if depth and (sign == "“" or not opens):
            _, opened, inner, known = stack[-depth]
            del stack[-depth:], found[known:]
            found.append(Quoted(opened, end, True, inner, start))
        elif opens:
            stack.append((sign, start, end, len(found)))
    if stack:
        _, opened, inner, known = stack[-1]
        if known == len(found) and inner < len(text):
            found.append(Quoted(opened, len(text), False, inner, len(text)))
    return found


def _closes(sign: str, opening: str) -> bool:
    return sign in CLOSING[opening]


def _can_open(text: str, start: int, end: int) -> bool:
    before = start == 0 or BEFORE_OPENING.match(text[start - 1]) is not None
    return before and end < len(text) and not text[end].isspace()


def _single(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    opened = -1
    for mark in SINGLE.finditer(text):
        position = mark.start()
        if opened < 0:
            if mark.group() != "’" and _can_open(text, position, position + 1):
                opened = position
        elif mark.group() != "‘" and (position + 1 == len(text) or not text[position + 1].isalnum()):  # noqa: RUF001
            if text[position - 1] == "s" and "’" in text[position + 1 : position + 200] and position + 1 < len(text):
                continue
            found.append(Quoted(opened, position + 1, True, opened + 1, position))
            opened = -1
    return found

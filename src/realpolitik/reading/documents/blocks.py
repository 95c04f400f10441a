"""Blocks: the raw text of a report cut into labelled stretches, with nothing left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from realpolitik.reading.documents.offsets import CleanText

__all__ = ["READABLE", "Block", "Label", "Unit", "tile"]

Label = Literal[
    "title",
    "deck",
    "section-head",
    "body",
    "dateline",
    "caption",
    "pull-quote",
    "repeated-headline",
    "byline",
    "credit",
    "contact",
    "advertisement",
    "related",
    "comment",
    "boilerplate",
    "running-head",
    "quoted-mail",
    "attachment",
    "continued",
    "blank",
    "markup",
]
"""What a stretch of a report is; docs/reference/documents.md describes each."""

READABLE: frozenset[Label] = frozenset({"title", "deck", "body"})
"""Labels whose words may become evidence; the others are kept, but no claim rests on them."""


@dataclass(frozen=True)
class Unit:
    """A line or paragraph before it has a label."""

    start: int
    """First raw code point."""

    end: int
    """One past the last raw code point."""

    clean: CleanText

    cue: Label | None = None
    """What the markup says about it, if anything."""


@dataclass(frozen=True)
class Block:
    """A labelled stretch of the raw text."""

    start: int
    """First raw code point."""

    end: int
    """One past the last raw code point; the next block begins here."""

    label: Label

    clean: CleanText

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text

    @property
    def is_readable(self) -> bool:
        """Whether claims may rest on it."""
        return self.label in READABLE and bool(self.clean.text)


def tile(raw: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Fill the gaps between ordered blocks, so that they cover ``raw`` exactly.

    A gap of white space is ``blank``; any other gap is ``markup``.
    """
    tiles: list[Block] = []
    cursor = 0

    def fill(end: int) -> None:
        if cursor < end:
            label: Label = "markup" if raw[cursor:end].strip() else "blank"
            tiles.append(Block(cursor, end, label, CleanText("", ())))

    for block in blocks:
        fill(block.start)
        tiles.append(block)
        cursor = block.end
    fill(len(raw))
    return tuple(tiles)

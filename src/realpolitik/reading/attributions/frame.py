"""A frame: a cue with whose it is and the words that it attributes, in tokens of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.reading.english.tree import Run, Tree

__all__ = ["Frame", "framed"]


@dataclass(frozen=True)
class Frame:
    """A cue with its arguments, in tokens."""

    index: int
    """Token that governs."""

    cue: Run
    source: Run | None
    content: tuple[Run, ...]
    """Empty where the cue can only introduce a quotation."""

    extent: Run
    """From the first to the last word of cue and source."""

    how: str
    """Kind of construction."""

    can_quote: bool
    """Whether the cue is one that introduces quotations."""


def framed(
    tree: Tree, index: int, cue: Run, source: Run | None, content: Sequence[Run], how: str, *, quotes: bool = False
) -> Frame:
    """Make a frame, with its extent."""
    low = min(cue[0], source[0]) if source else cue[0]
    high = max(cue[1], source[1]) if source else cue[1]
    return Frame(index, cue, source, tuple(content), (low, high), how, quotes)

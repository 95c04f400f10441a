"""Who said what, as places in the passages of a document: the common form of everything that attributes words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Said", "Stretch", "Style"]

Style = Literal["direct", "mixed", "indirect"]
"""Direct: the content is a quotation; mixed: it holds one; indirect: it holds none."""


class Stretch(NamedTuple):
    """Words of one passage."""

    passage: int
    """Number of the passage."""

    start: int
    """First character in the text of the passage."""

    end: int
    """One past the last."""


@dataclass(frozen=True)
class Said:
    """An attribution: somebody said, thinks or announced something."""

    content: tuple[Stretch, ...]
    """What was said, in order; several stretches where the attribution splits it."""

    source: Stretch | None
    """The words that name who said it; in another passage where the attribution runs on."""

    cue: Stretch | None
    """The words that attribute it; none where a quotation runs on without."""

    style: Style
    """How the words are rendered."""

"""What a section of the report is made of. Blocks are data; what they look like is decided in ``render``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Block",
    "Code",
    "Column",
    "Definition",
    "Definitions",
    "Figure",
    "Heading",
    "Inline",
    "Key",
    "Link",
    "Note",
    "Opposed",
    "Paragraph",
    "Rich",
    "Row",
    "Small",
    "Statement",
    "Strong",
    "Svg",
    "Table",
    "Web",
    "plain",
]


MOST_ACROSS = 4
"""Columns that fit side by side on a narrow page."""


@dataclass(frozen=True)
class Code:
    """Text as it stands in a file."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Text that carries weight."""

    text: str


@dataclass(frozen=True)
class Small:
    """Text that stands back."""

    text: str


@dataclass(frozen=True)
class Link:
    """A place in the report."""

    text: str
    target: str
    """Identifier made by :func:`~realpolitik.report.wording.anchor`."""


@dataclass(frozen=True)
class Web:
    """An address outside of the report. It is a link only if it begins with http:// or https://."""

    url: str


Inline = str | Code | Strong | Small | Link | Web
Rich = str | tuple[Inline, ...]
"""Text, or text with marks in it."""


@dataclass(frozen=True)
class Svg:
    """A picture as markup, made by :mod:`~realpolitik.report.svg` and by nothing else."""

    markup: str


@dataclass(frozen=True)
class Heading:
    """Opens a part of a section."""

    text: str
    anchor: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: Rich
    lead: bool = False
    """Whether it is the sentence to remember."""


@dataclass(frozen=True)
class Note:
    """A caution or an aside."""

    text: Rich


@dataclass(frozen=True)
class Column:
    """Heading of a column."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """Cells from left to right; the first names the row."""

    cells: tuple[Rich, ...]
    anchor: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows under headings."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Rich = ""
    folded: str = ""
    """Words that open it; left out: it stands open."""

    @property
    def told(self) -> Table:
        """The table without columns in which every cell is empty."""
        kept = [place for place in range(len(self.columns)) if any(plain(row.cells[place]) for row in self.rows)]
        rows = tuple(Row(tuple(row.cells[place] for place in kept), row.anchor) for row in self.rows)
        return Table(tuple(self.columns[place] for place in kept), rows, self.caption, self.folded)

    @property
    def wordy(self) -> bool:
        """Whether it has many columns, or several of text, so that a narrow page shows every row as a card."""
        text = sum(not column.numeric for column in self.columns)
        return len(self.columns) > MOST_ACROSS or (len(self.columns) > 3 and text >= len(self.columns) / 2)


@dataclass(frozen=True)
class Key:
    """What a mark in a picture means."""

    mark: Svg
    text: str


@dataclass(frozen=True)
class Figure:
    """Pictures with the words and numbers that replace them."""

    pictures: tuple[Svg, ...]
    caption: Rich
    alt: str
    """What a reader sees who cannot see it."""

    shape: Literal["fluid", "hemicycle", "tree"] = "fluid"
    """Fluid: fits any width by itself. Hemicycle: the first picture shrinks as a whole. Tree: the first picture is
    for wide pages, the second for narrow ones."""

    key: tuple[Key, ...] = ()
    numbers: Table | None = None
    """The data of the picture."""


@dataclass(frozen=True)
class Definition:
    """A term and what stands for it."""

    term: Rich
    text: Rich
    anchor: str | None = None


@dataclass(frozen=True)
class Definitions:
    """A list of terms."""

    items: tuple[Definition, ...]


@dataclass(frozen=True)
class Statement:
    """The words of a source."""

    words: str
    speaker: Rich
    source: Rich
    claim: Link


@dataclass(frozen=True)
class Opposed:
    """Two statements that cannot both be right."""

    left: Statement
    right: Statement


Block = Heading | Paragraph | Note | Table | Figure | Definitions | Opposed


def plain(text: Rich) -> str:
    """Text without its marks.

    Examples
    --------
    >>> plain(("if ", Code("notice"), " holds"))
    'if notice holds'
    """
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else part.url if isinstance(part, Web) else part.text for part in text)

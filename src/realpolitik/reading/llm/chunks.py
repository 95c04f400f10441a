"""A report cut into chunks that a language model reads at once; every piece knows where it stands in its block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from realpolitik.contest.evidence import Span
from realpolitik.reading.documents.blocks import Block
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.language import sentence_ends

__all__ = ["CHUNK", "Chunk", "Piece", "chunks"]

CHUNK = 6_000
"""Characters of a chunk; a longer paragraph is cut at the end of a sentence."""


@dataclass(frozen=True)
class Piece:
    """A readable block, or a part of a long one."""

    number: int
    """Number of the passage in the report, from 1."""

    block: Block = field(repr=False)

    start: int
    """Where it begins in ``block.text``."""

    text: str
    """What the model sees of it."""


@dataclass(frozen=True)
class Chunk:
    """Passages that are read together."""

    document: Document
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The passages with their numbers."""
        return "\n".join(f"[{piece.number}] {piece.text}" for piece in self.pieces)

    @property
    def boundary(self) -> str:
        """A line that does not stand in the report, and that its author could not foresee."""
        digest = sha256(f"{self.document.sha256}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"=====report {digest[:16]}====="

    @property
    def places(self) -> str:
        """Which passages these are, for messages."""
        first, last = self.pieces[0].number, self.pieces[-1].number
        return f"passage {first}" if first == last else f"passages {first} to {last}"

    def span(self, piece: Piece, start: int, end: int) -> Span:
        """The raw words behind ``piece.text[start:end]``."""
        return self.document.span(piece.block, piece.start + start, piece.start + end)

    def halves(self) -> tuple[Chunk, ...]:
        """The chunk in two, or as it is if there is one passage only."""
        middle = len(self.pieces) // 2
        parts = (self.pieces[:middle], self.pieces[middle:])
        return tuple(Chunk(self.document, part) for part in parts if part)


def chunks(document: Document, most: int = CHUNK) -> list[Chunk]:
    """The readable text of a document, in order.

    Parameters
    ----------
    most : characters of a chunk.
    """
    found: list[Chunk] = []
    held: list[Piece] = []
    size = 0
    for piece in _pieces(document, most):
        if held and size + len(piece.text) > most:
            found.append(Chunk(document, tuple(held)))
            held, size = [], 0
        held.append(piece)
        size += len(piece.text)
    return [*found, Chunk(document, tuple(held))] if held else found


def _pieces(document: Document, most: int) -> Iterator[Piece]:
    number = 0
    for block in document.readable():
        for start, end in _cuts(block.text, most):
            number += 1
            yield Piece(number, block, start, block.text[start:end])


def _cuts(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most that many characters that end with a sentence, if a sentence is no longer."""
    start = 0
    ends: Sequence[int] = sentence_ends(text) if len(text) > most else [len(text)]
    for index, end in enumerate(ends):
        while end - start > most:
            yield start, start + most
            start += most
        following = ends[index + 1] if index + 1 < len(ends) else None
        if end > start and (following is None or following - start > most):
            yield start, end
            start = end

"""A document made ready for the rules: its readable text in passages, each parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from realpolitik.contest.evidence import Span
from realpolitik.reading.documents.blocks import Block
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.language import sentence_ends
from realpolitik.reading.english.parsing import Parser

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Passage", "passages"]

LONGEST = 10_000
"""Characters of a passage; a longer block is cut, at the end of a sentence where there is one."""


@dataclass(frozen=True)
class Passage:
    """A readable block, or a piece of a very long one, with its parse."""

    number: int
    """Place in the document, counted from 0."""

    document: Document = field(repr=False)

    block: Block = field(repr=False)

    start: int
    """Where the passage begins in ``block.text``."""

    doc: Doc
    """The parse; character offsets of its tokens count in :attr:`text`."""

    text: str = field(repr=False)
    """Clean text, marks as printed (the parse has straight ones, in the same places)."""

    def span(self, start: int, end: int) -> Span:
        """The raw words behind ``text[start:end]``, which must not be empty."""
        return self.document.span(self.block, self.start + start, self.start + end)


def passages(document: Document, parse: Parser) -> list[Passage]:
    """All readable text of a document, parsed, in order."""
    pieces = [(block, start, end) for block in document.readable() for start, end in _pieces(block.text)]
    texts = [block.text[start:end] for block, start, end in pieces]
    parsed = zip(pieces, texts, parse.many(texts), strict=True)
    return [
        Passage(number, document, block, start, doc, text)
        for number, ((block, start, _), text, doc) in enumerate(parsed)
    ]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    if len(text) <= LONGEST:
        yield 0, len(text)
        return
    start, last = 0, 0
    for end in sentence_ends(text):
        if end - start > LONGEST and last > start:
            yield start, last
            start = last
        while end - start > LONGEST:
            yield start, start + LONGEST
            start += LONGEST
        last = end
    if start < len(text):
        yield start, len(text)

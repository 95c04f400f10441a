"""The parse of a passage as plain lists, so that rules may ask often without cost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from realpolitik.reading.marks import quoted_parts
from realpolitik.reading.passages import Passage

__all__ = ["Tokens"]


class Tokens:
    """Attributes of the tokens of a passage, by index."""

    def __init__(self, passage: Passage) -> None:
        doc = passage.doc
        self.number = passage.number
        self.is_title = passage.block.label == "title"
        self.doc = doc
        self.text = [token.text for token in doc]
        self.lower = [text.lower() for text in self.text]
        self.start = [token.idx for token in doc]
        self.end = [start + len(text) for start, text in zip(self.start, self.text, strict=True)]
        self.tag = [token.tag_ for token in doc]
        self.dep = [token.dep_ for token in doc]
        self.head = [token.head.i for token in doc]
        self.sentence: list[int] = []
        """Number of the sentence of each token, in the passage."""
        number = -1
        for token in doc:
            number += bool(token.is_sent_start) or number < 0
            self.sentence.append(number)
        self.quotes = [(part.start, part.end) for part in quoted_parts(passage.text)]
        self._quote_starts = [start for start, _ in self.quotes]

    def __len__(self) -> int:
        return len(self.text)

    def at(self, character: int) -> int:
        """Index of the token that holds a character, or of the next one."""
        return bisect_right(self.end, character)

    def between(self, start: int, end: int) -> range:
        """Indices of the tokens that stand in a stretch of characters, at least in part."""
        first = self.at(start)
        return range(first, max(first, bisect_left(self.start, end)))

    def quote(self, character: int) -> int | None:
        """Number of the quotation in the passage that holds the character."""
        at = bisect_right(self._quote_starts, character) - 1
        return at if at >= 0 and character < self.quotes[at][1] else None

    def has_child(self, index: int, deps: frozenset[str]) -> bool:
        """Whether a token has a child with one of these relations."""
        return any(child.dep_ in deps for child in self.doc[index].children)

"""The parse of a passage as plain lists, so that rules may ask often without cost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from realpolitik.reading.english.marks import quoted_parts
from realpolitik.reading.english.passages import Passage

__all__ = ["Tokens"]


MOST_SUBJECTS = 8


class Tokens:
    """Attributes of the tokens of a passage, by index."""

    def __init__(self, passage: Passage) -> None:
        doc = passage.doc
        self.number = passage.number
        self.is_title = passage.block.label == "title" and not passage.text.endswith(".")
        self.doc = doc
        self.quotes = [(part.start, part.end) for part in quoted_parts(passage.text)]
        self._quote_starts = [start for start, _ in self.quotes]
        self.words = doc.text
        """The text with straight marks, as parsed."""
        rows = [(t.text, t.idx, t.tag_, t.dep_, t.head.i, bool(t.is_sent_start)) for t in doc]
        self.text = [row[0] for row in rows]
        self.lower = [text.lower() for text in self.text]
        self.start = [row[1] for row in rows]
        self.end = [start + len(text) for start, text in zip(self.start, self.text, strict=True)]
        self.tag = [row[2] for row in rows]
        self.dep = [row[3] for row in rows]
        self.head = [row[4] for row in rows]
        self.subjects: dict[int, list[int]] = {}
        """Subjects of each verb; of very many the first few."""
        for index, dep in enumerate(self.dep):
            if dep in ("nsubj", "nsubjpass"):
                held = self.subjects.setdefault(self.head[index], [])
                if len(held) < MOST_SUBJECTS:
                    held.append(index)
        self.sentence: list[int] = []
        """Number of the sentence of each token, in the passage."""
        number = -1
        for row in rows:
            number += row[5] or number < 0
            self.sentence.append(number)
        self.narrated = self._narrated()
        """The same without the sentences that begin inside a quotation: the writer's own."""

    def _narrated(self) -> list[int]:
        narrated: list[int] = []
        number, last = 0, 0
        for index, sentence in enumerate(self.sentence):
            if sentence != last:
                last = sentence
                quote = self.quote(self.start[index])
                number += quote is None or self.quotes[quote][0] == self.start[index]
            narrated.append(number)
        return narrated

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

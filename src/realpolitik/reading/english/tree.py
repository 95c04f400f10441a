"""The parse of a passage as plain lists, for rules that look at every word once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Range", "Run", "Tree"]

Range = tuple[int, int]
"""First character, and one past the last."""

Run = tuple[int, int]
"""First token, and one past the last."""

EDGES = frozenset(",;:—–-. \n\t")
HIGHEST = 60
"""Steps up the tree that a rule takes at most."""


class Tree:
    """Words, tags and arcs of a parsed text.

    Parameters
    ----------
    doc : the parse.
    quotations : characters of the quotations in it, in order, none overlapping.
    """

    def __init__(self, doc: Doc, quotations: Iterable[Range] = ()) -> None:
        tokens = list(doc)
        self.text = doc.text
        self.size = len(tokens)
        self.start = [token.idx for token in tokens]
        self.end = [token.idx + len(token) for token in tokens]
        self.word = [token.text for token in tokens]
        self.lower = [word.lower() for word in self.word]
        self.lemma = [token.lemma_.lower() for token in tokens]
        self.pos = [token.pos_ for token in tokens]
        self.tag = [token.tag_ for token in tokens]
        self.dep = [token.dep_ for token in tokens]
        self.head = [token.head.i for token in tokens]
        self.left = [token.left_edge.i for token in tokens]
        self.right = [token.right_edge.i + 1 for token in tokens]
        self.entity = [token.ent_type_ for token in tokens]
        self.kids: list[list[int]] = [[] for _ in tokens]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)
        self.sentence = [0] * self.size
        for sentence in doc.sents:
            self.sentence[sentence.start : sentence.end] = [sentence.start] * (sentence.end - sentence.start)
        self.quoted = [False] * self.size
        """For each token, whether it stands in a quotation."""
        for start, end in quotations:
            low, high = bisect_left(self.start, start), bisect_left(self.start, end)
            self.quoted[low:high] = [True] * (high - low)

    def kid(self, index: int, *deps: str) -> int | None:
        """The first child with one of these arcs."""
        dep = self.dep
        return next((kid for kid in self.kids[index] if dep[kid] in deps), None)

    def run(self, index: int) -> Run:
        """The words below a token, itself among them."""
        return self.left[index], self.right[index]

    def above(self, index: int) -> Iterator[int]:
        """The heads of a token, up to the root."""
        for _ in range(HIGHEST):
            head = self.head[index]
            if head == index:
                return
            yield head
            index = head

    def trimmed(self, run: Run) -> Run | None:
        """The run without commas, dashes, spaces and single brackets at its ends."""
        first, last = run
        while first < last and self._is_edge(first):
            first += 1
        while first < last and self._is_edge(last - 1):
            last -= 1
        if first < last and self.word[last - 1] == ")" and "(" not in self.word[first:last]:
            return self.trimmed((first, last - 1))
        if first < last and self.word[first] == "(" and ")" not in self.word[first:last]:
            return self.trimmed((first + 1, last))
        return (first, last) if first < last else None

    def _is_edge(self, index: int) -> bool:
        return EDGES.issuperset(self.word[index])

    def piece(self, first: int, last: int) -> list[Run]:
        """The run, trimmed, as a list of one; empty if nothing is left of it."""
        run = self.trimmed((first, last))
        return [run] if run else []

    def without(self, run: Run, holes: Sequence[Run]) -> list[Run]:
        """What is left of a run when others are cut out, trimmed."""
        first, last = run
        left: list[Run] = []
        for low, high in sorted(holes):
            if high <= first or low >= last:
                continue
            if low > first:
                left.append((first, low))
            first = max(first, high)
        if first < last:
            left.append((first, last))
        return [part for part in map(self.trimmed, left) if part]

    def characters(self, run: Run) -> Range:
        """The run in characters of the text."""
        return self.start[run[0]], self.end[run[1] - 1]

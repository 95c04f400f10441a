"""The parse of a passage as plain lists, for rules that look at every word once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Run", "Tree"]

Run = tuple[int, int]
"""First token, and one past the last."""

EDGES = frozenset(",;:—–-. \n\t")  # noqa: RUF001
HIGHEST = 60
"""Steps up the tree that a rule takes at most."""


class Tree:
    """Words, tags and arcs of a parsed text.

    Parameters
    ----------
    doc : the parse.
    """

    def __init__(self, doc: Doc) -> None:
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
        """The run without commas, dashes and spaces at its ends."""
        first, last = run
        while first < last and self.word[first][0] in EDGES and not self.word[first].strip("-—–.,;: \n\t").isalnum():  # noqa: RUF001
            first += 1
        while first < last and self.word[last - 1][0] in EDGES and not any(map(str.isalnum, self.word[last - 1])):
            last -= 1
        return (first, last) if first < last else None

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

    def characters(self, run: Run) -> tuple[int, int]:
        """The run in characters of the text."""
        return self.start[run[0]], self.end[run[1] - 1]

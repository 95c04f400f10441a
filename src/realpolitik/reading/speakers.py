"""Whom the words for a speaker mean, by the names of the cast and by who spoke before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.reading.cast import Cast, Place
from realpolitik.reading.passages import Passage
from realpolitik.reading.said import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PRONOUNS", "Speakers"]

PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})
RELATIVES = frozenset({"who", "that", "which"})
NAME_ARCS = frozenset({"compound", "nmod", "amod", "flat", "punct", "poss"})

REMEMBERED_PARAGRAPHS = 3
"""A pronoun does not reach back further."""


class Speakers:
    """Resolves the sources of attributions, in their order.

    Parameters
    ----------
    passages : the parsed text.
    cast : the full names in it.
    """

    def __init__(self, passages: Sequence[Passage], cast: Cast) -> None:
        self._passages = passages
        self._cast = cast
        self._paragraph: list[int] = []
        for passage in passages:
            is_new = not self._paragraph or passage.block is not passages[passage.number - 1].block
            self._paragraph.append((self._paragraph[-1] if self._paragraph else -1) + is_new)
        self._last: tuple[str, int] | None = None

    def resolve(self, stretch: Stretch) -> str | None:
        """The full name of the speaker, or None."""
        passage = self._passages[stretch.passage]
        tokens = [token for token in passage.doc.char_span(stretch.start, stretch.end, alignment_mode="expand") or ()]
        if not tokens:
            return None
        inside = set(tokens)
        head = next((token for token in tokens if token.head not in inside or token.head is token), tokens[0])
        actor = self._named(head, passage)
        if actor and self._cast.is_person(actor):
            self._last = (actor, self._paragraph[passage.number])
        return actor

    def _named(self, head: Token, passage: Passage, *, deep: bool = True) -> str | None:
        place = (self._paragraph[passage.number], passage.start + head.idx)
        if head.lower_ in ("he", "she"):
            return self._pronoun(head.lower_, place)
        if head.lower_ in RELATIVES and deep:
            verb = next((above for above in head.ancestors if above.dep_ == "relcl"), None)
            return self._named(verb.head, passage, deep=False) if verb is not None else None
        if head.pos_ == "PROPN":
            return self._cast.full_name(_name(head, passage.text), place)
        if head.pos_ == "NOUN":
            named = [kid for kid in head.children if kid.dep_ == "appos" and kid.pos_ == "PROPN"]
            if head.dep_ == "appos" and head.head.pos_ == "PROPN":
                named.append(head.head)
            return self._cast.full_name(_name(named[0], passage.text), place) if named else None
        return None

    def _pronoun(self, pronoun: str, place: Place) -> str | None:
        if self._last:
            actor, paragraph = self._last
            if place[0] - paragraph <= REMEMBERED_PARAGRAPHS and self._cast.can_be(pronoun, actor):
                return actor
        return self._cast.last_named(pronoun, place)


def _name(head: Token, text: str) -> str:
    """The capitalised words that end with the head of a name."""
    first = head
    while first.i and first.nbor(-1).dep_ in NAME_ARCS and first.nbor(-1).head.i <= head.i and (
        first.nbor(-1).pos_ == "PROPN" or first.nbor(-1).text in ("-", "al")
    ):
        first = first.nbor(-1)
    last = head
    while last.i + 1 < len(head.doc) and last.nbor().pos_ == "PROPN" and last.nbor().head.i <= last.i and not last.whitespace_ == "":
        last = last.nbor()
    return text[first.idx : last.idx + len(last)]

"""What simple tools reach on the same articles: textacy's direct quotations, and forty lines of dependencies.

textacy is no dependency of the project; where it is not installed, its row is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from realpolitik.evaluation.attribution_scores import Found

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["by_dependency", "by_textacy", "has_textacy", "united"]

CUES = frozenset(
    "say tell add argue ask announce believe claim confirm declare deny describe explain insist know note predict "
    "promise report say show suggest tell think tweet urge vow warn write admit acknowledge agree call".split()
)


def has_textacy() -> bool:
    """Whether textacy is installed."""
    return find_spec("textacy") is not None


def by_textacy(doc: Doc, offset: int) -> Iterator[Found]:
    """Direct quotations as textacy finds them in one paragraph that begins at ``offset``."""
    from textacy.extract import direct_quotations

    try:
        triples = list(direct_quotations(doc))
    except ValueError:  # an odd number of marks
        return
    for triple in triples:
        speaker, cue, content = triple.speaker, triple.cue, triple.content
        yield Found(
            ((content.start_char + offset, content.end_char + offset),),
            tuple((token.idx + offset, token.idx + len(token) + offset) for token in speaker),
            tuple((token.idx + offset, token.idx + len(token) + offset) for token in cue),
        )


def by_dependency(doc: Doc, offset: int) -> Iterator[Found]:
    """The clause that a verb of saying governs, with its subject; and what follows ``according to``."""
    for token in doc:
        if token.lemma_ in CUES and token.pos_ == "VERB":
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
            if subject is not None and clause is not None:
                yield Found(_subtree(clause, offset, token), _subtree(subject, offset), _own(token, offset))
        elif token.lower_ == "according":
            named = next((child for to in token.children if to.lower_ == "to" for child in to.children), None)
            if named is not None and token.head is not token:
                yield Found(_subtree(token.head, offset, token), _subtree(named, offset), _own(token, offset))


def _own(token: Token, offset: int) -> tuple[tuple[int, int], ...]:
    return ((token.idx + offset, token.idx + len(token) + offset),)


def _subtree(head: Token, offset: int, without: Token | None = None) -> tuple[tuple[int, int], ...]:
    left_out = set(without.subtree) if without is not None and head.is_ancestor(without) else set()
    words = [token for token in head.subtree if token not in left_out and not token.is_space]
    return tuple((token.idx + offset, token.idx + len(token) + offset) for token in words)


def united(first: list[Found], second: list[Found]) -> list[Found]:
    """All of the first, and of the second what does not overlap them."""
    taken = {place for found in first for low, high in found.content for place in range(low, high)}
    free = [
        found for found in second if not any(place in taken for low, high in found.content for place in range(low, high))
    ]
    return [*first, *free]

"""What simple tools reach on the same articles: textacy's direct quotations, and forty lines of dependencies.

textacy is no dependency of the project; where it is not installed, its row is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from realpolitik.evaluation.attribution_scores import Found
from realpolitik.evaluation.polnear import Ranges
from realpolitik.reading.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["by_dependency", "by_textacy", "has_textacy", "united"]

CUES = vocabulary(
    "acknowledge add admit agree allege announce argue ask assert believe call claim complain conclude confirm "
    "contend decide declare demand deny describe emphasize estimate expect explain fear feel find hope indicate "
    "insist know learn maintain mean mention note observe predict promise propose realize recall reply report "
    "reveal say see show speculate state stress suggest tell testify think tweet understand urge vow want warn "
    "wonder worry write"
)
"""Verbs that the dependency baseline takes for cues."""


def has_textacy() -> bool:
    """Whether textacy is installed."""
    return find_spec("textacy") is not None


def by_textacy(doc: Doc) -> Iterator[Found]:
    """Direct quotations as textacy finds them in one paragraph."""
    extract: Any = import_module("textacy.extract")
    try:
        triples = list(extract.direct_quotations(doc))
    except ValueError:  # an odd number of marks
        return
    for triple in triples:
        content = (triple.content.start_char, triple.content.end_char)
        yield Found((content,), tuple(map(_own, triple.speaker)), tuple(map(_own, triple.cue)))


def by_dependency(doc: Doc) -> Iterator[Found]:
    """The clause that a verb of saying governs, with its subject; and what stands beside ``according to``."""
    for token in doc:
        if token.lemma_ in CUES and token.pos_ == "VERB":
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
            if subject is not None and clause is not None:
                yield Found(_words(clause, token), _words(subject), (_own(token),))
        elif token.lower_ == "according":
            named = next((child for to in token.children if to.lower_ == "to" for child in to.children), None)
            if named is not None and token.head is not token:
                yield Found(_words(token.head, token), _words(named), (_own(token),))


def united(first: list[Found], second: list[Found]) -> list[Found]:
    """All of the first, and of the second what does not overlap them."""
    taken = {place for found in first for low, high in found.content for place in range(low, high)}
    free = [one for one in second if all(taken.isdisjoint(range(low, high)) for low, high in one.content)]
    return [*first, *free]


def _own(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _words(head: Token, without: Token | None = None) -> Ranges:
    left_out = set(without.subtree) if without is not None and head.is_ancestor(without) else set[Any]()
    return tuple(_own(token) for token in head.subtree if token not in left_out and not token.is_space)

"""What the parse says of a noun phrase: who is named in it, who is joined to it, where it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from realpolitik.reading.events.grammar import AGENTS, children, is_passive, prepositional, prepositional_of
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.somebody import TIMES, is_actor

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["coordinated", "named_in", "phrase", "within"]

LEFT = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "npadvmod", "predet", "punct", "case"}
)
"""Relations to the left of a noun that belong to its name."""

SPOTS = frozenset({"GPE", "LOC", "FAC"})
PARTITIVES = frozenset(
    {
        "thousand",
        "hundred",
        "dozen",
        "group",
        "member",
        "number",
        "score",
        "series",
        "lot",
        "handful",
        "part",
        "majority",
    }
    | {"million", "rest", "half", "pair", "column", "wave", "all", "some", "most", "many", "one", "two"}
    | {"kind", "sort", "list", "couple", "type", "bulk"}
)
"""Nouns that count what follows ``of``."""


DEEPEST = 5
"""Steps through nested noun phrases or clauses."""


def within(token: Token, names: tuple[str, ...], depth: int = 0) -> Iterator[Token]:
    """Objects of the named prepositions anywhere inside a noun phrase, also where the parse hangs them too deep."""
    for name, below in prepositional(token):
        if name in names:
            yield below
        if depth < DEEPEST:
            yield from within(below, names, depth + 1)


def named_in(token: Token, prepositions: tuple[str, ...], depth: int = 0) -> Token | None:
    """The word that names somebody in a noun phrase: its head, what it counts, an owner, an object of a preposition."""
    if token.ent_type_ in TIMES and token.pos_ != "NOUN":
        return None
    if token.lemma_.lower() in PARTITIVES and depth < DEEPEST:
        for _, below in prepositional_of(token, ("of",)):
            return named_in(below, prepositions, depth + 1) or below
        if token.tag_ == "NNS":
            return token
    if is_actor(token):
        return token
    if depth >= DEEPEST:
        return None
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod") and _is_tag(child):
            return token
    for child in token.children:
        if child.dep_ == "poss" and is_actor(child) and child.pos_ != "PRON":
            return child
    for name, below in prepositional_of(token, prepositions):
        found = named_in(below, prepositions, depth + 1)
        if found is not None and (name != "in" or (found.ent_type_ not in SPOTS and found.pos_ != "PROPN")):
            return found
    for child in token.children:
        if child.dep_ == "poss" and is_actor(child):
            return child
        if child.dep_ == "acl" and is_passive(child):
            for _, agent in prepositional_of(child, AGENTS):
                return named_in(agent, prepositions, depth + 1)
        if child.dep_ == "acl" and child.tag_ == "VBG":
            for below in children(child, "dobj"):
                return named_in(below, prepositions, depth + 1)
    return None


def _is_tag(token: Token) -> bool:
    """Whether a modifier says whose it is: ``Arnorian lorries``, ``rebel positions``."""
    return token.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or (
        token.pos_ == "NOUN" and token.lemma_ in lexicon().actors
    )


def coordinated(token: Token) -> list[Token]:
    """A word and those joined to it by ``and`` or ``or``."""
    found = [token]
    at = token
    for _ in range(2 * DEEPEST):
        following = next(
            (child for child in at.children if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")),
            None,
        )
        if following is None:
            break
        found.append(following)
        at = following
    return found


def phrase(token: Token, depth: int = 0) -> tuple[int, int]:
    """First token and one past the last of the words that name somebody: modifiers before, ``of`` phrases behind."""
    start = _left(token)
    end = token.i + 1
    for child in token.children:
        if child.i == end and child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
            for below in child.children:
                if below.dep_ == "pobj" and (
                    child.lower_ == "of" or (token.pos_ == "NOUN" and below.ent_type_ in SPOTS)
                ):
                    end = max(end, phrase(below, depth + 1)[1] if depth < DEEPEST else below.i + 1)
    doc = token.doc
    while start < token.i and (doc[start].pos_ in ("DET", "PUNCT", "CCONJ") or doc[start].lower_ in ("both", "'s")):
        start += 1
    return start, end


def _left(token: Token) -> int:
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in LEFT and child.dep_ != "det":
            break
        if child.dep_ == "punct" and child.text not in ("-", "'", '"', "(", ")"):
            break
        start = child.left_edge.i
    return start

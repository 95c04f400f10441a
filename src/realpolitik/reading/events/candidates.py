"""Somebody who may be meant: in an object, behind a preposition, in a clause, at a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from realpolitik.reading.events.grammar import children, is_apart, objects, prepositional, prepositional_of
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.phrases import named_in
from realpolitik.reading.events.somebody import NAMES

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "COUNTED",
    "GRIEVANCE",
    "INSIDE",
    "ON_THE_SPOT",
    "PRONOUNS",
    "SPEECH_TYPES",
    "TOWARD",
    "clause_subjects",
    "in_clause",
    "in_clauses",
    "places_of",
    "somebody_in",
]

TOWARD = (
    "against",
    "with",
    "between",
    "on",
    "to",
    "upon",
    "at",
    "toward",
    "towards",
    "from",
    "for",
    "over",
    "into",
    "through",
    "outside",
)
"""Prepositions of a verb whose object may be the target, the surest first."""

INSIDE = (
    "against",
    "with",
    "on",
    "to",
    "from",
    "of",
    "by",
    "between",
    "for",
    "at",
    "into",
    "toward",
    "towards",
    "over",
    "around",
    "off",
    "near",
    "in",
)
"""Prepositions inside an object that may hold the target."""

COUNTED = ("of", "from")
"""Prepositions inside a subject that may hold the source."""

ON_THE_SPOT = frozenset({"COERCE", "ASSAULT", "AID", "MOBILIZE", "SANCTION", "RETREAT", "PROTEST", "ACCUSE"})
"""Types whose target may be the place, where nothing else is named."""

GRIEVANCE = ("against", "at", "of", "over", "by")
"""Prepositions after ``in protest``."""

SPEECH_TYPES = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "AGREE"})
"""Types that are mostly about another act."""

PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "them", "him", "her"})
DEEPEST = 4


def somebody_in(
    tokens: Iterator[Token] | list[Token], inside: tuple[str, ...], *, spots: bool = False
) -> Iterator[Token]:
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            yield from in_clause(token, 0)
            continue
        found = named_in(token, inside)
        if found is not None:
            yield found
        elif spots and token.lemma_.lower() in _spots():
            yield token


@cache
def _spots() -> frozenset[str]:
    return frozenset().union(*(lexicon().classes[name] for name in ("@place", "@media", "@property")))


def clause_subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]


def in_clauses(verb: Token, depth: int) -> Iterator[Token]:
    for clause in verb.children:
        if is_apart(clause):
            continue
        if clause.dep_ in ("ccomp", "xcomp", "acomp", "pcomp", "acl"):
            yield from in_clause(clause, depth)
        elif clause.dep_ == "dobj":
            for inside in children(clause, "acl"):
                yield from in_clause(inside, depth)
        elif clause.dep_ == "prep":
            for inside in children(clause, "pcomp"):
                yield from in_clause(inside, depth)
            for below in children(clause, "pobj"):
                for inside in children(below, "acl"):
                    yield from in_clause(inside, depth)


def in_clause(verb: Token, depth: int) -> Iterator[Token]:
    """Somebody named in a clause: its object, prepositional objects, clauses, and last its subject."""
    yield from somebody_in([one for one in verb.children if one.dep_ in ("dobj", "nsubjpass", "dative")], INSIDE)
    for name in TOWARD:
        yield from (
            found
            for word, one in prepositional(verb)
            if word == name and one.pos_ not in ("VERB", "AUX")
            for found in [named_in(one, INSIDE)]
            if found is not None
        )
    if depth < DEEPEST:
        yield from in_clauses(verb, depth + 1)
    for one in (verb, *objects(verb)):
        yield from places_of(one)
    for subject in clause_subjects(verb):
        named = named_in(subject, COUNTED)
        if named is not None and named.lower_ not in PRONOUNS:
            yield named


def places_of(token: Token) -> Iterator[Token]:
    for _, below in prepositional_of(token, ("in", "into", "at", "near", "around", "along", "throughout", "across")):
        if below.ent_type_ in NAMES or below.pos_ == "PROPN":
            yield below
        else:
            found = named_in(below, ("of", "in", "on"))
            if found is not None:
                yield found

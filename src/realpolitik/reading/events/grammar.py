"""What the parse says of a clause: its subject, its objects, its prepositional objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.somebody import is_actor

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["AGENTS", "children", "is_apart", "is_passive", "objects", "prepositional", "prepositional_of", "subjects"]

RELATIVE = frozenset({"who", "which", "that", "whom"})
AGENTS = ("by",)
DEEPEST = 5
"""Steps through nested noun phrases or clauses."""


def children(token: Token, *relations: str) -> Iterator[Token]:
    """Children of a word in any of the relations, in order."""
    for child in token.children:
        if child.dep_ in relations:
            yield child


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """Prepositions below a word with their objects; of ``out of`` and the like the last word counts."""
    for child in token.children:
        if (
            child.dep_ in ("prep", "agent", "dative")
            and child.lower_ != "according"
            and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART")
        ):
            yield from _governed(child, 0)
        elif child.dep_ in ("prt", "advmod"):
            for below in child.children:
                if below.dep_ == "prep":
                    yield from _governed(below, 0)


def _governed(preposition: Token, depth: int) -> Iterator[tuple[str, Token]]:
    for below in preposition.children:
        if below.dep_ in ("pobj", "pcomp"):
            if below.lower_ != "behalf":
                yield preposition.lower_, below
        elif below.dep_ in ("prep", "conj") and below.pos_ == "ADP" and depth < DEEPEST:
            yield from _governed(below, depth + 1)


def prepositional_of(token: Token, names: tuple[str, ...]) -> Iterator[tuple[str, Token]]:
    """Objects of the named prepositions, in the order of the names."""
    found = [pair for pair in prepositional(token) if pair[0] in names]
    if len(found) > 1:
        found.sort(key=lambda pair: names.index(pair[0]))
    yield from found


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive."""
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass", "csubjpass"):
            return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    return (
        verb.dep_ == "conj"
        and not any(child.dep_ in ("aux", "nsubj", "dobj") for child in verb.children)
        and is_passive(verb.head)
    )


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does it: the grammatical subject, the agent of a passive, or the one taken over from the clause above."""
    for _, agent in prepositional_of(verb, AGENTS):
        if is_passive(verb):
            return [agent]
    if is_passive(verb) or depth > DEEPEST:
        return []
    return _own_subject(verb) or _taken_over(verb, depth)


def _own_subject(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj", "expl") and child.dep_ != "expl":
            return [_antecedent(child, verb)]
    return []


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return token


def _taken_over(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        if verb.tag_ == "VBG" or verb.dep_ == "relcl":
            return [head]
        return _holder(head, depth)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > 0:
        before = verb.nbor(-1)
        if before.dep_ == "pobj" and before.head.lower_ == "with":
            return [before]
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "oprd"):
        if head.pos_ == "ADJ" and head.head is not head:
            return _own_subject(head) or subjects(head.head, depth + 1)
        if verb.dep_ == "xcomp":
            controlled = [child for child in head.children if child.dep_ in ("dobj", "nsubjpass", "dative")]
            if controlled and controlled[0].i < verb.i and is_actor(controlled[0]):
                return controlled[:1]
        return subjects(head, depth + 1) or (_patients(head) if verb.dep_ == "advcl" else [])
    if verb.dep_ == "pcomp":
        above = head.head
        if above.pos_ == "ADJ":
            above = above.head
        return subjects(above, depth + 1) if above.pos_ in ("VERB", "AUX") else _holder(above, depth)
    return []


def _holder(noun: Token, depth: int) -> list[Token]:
    """Who has the plan, threat or promise that a noun names: its possessor, or the subject of its verb."""
    for child in noun.children:
        if child.dep_ == "poss":
            return [child]
    for _, agent in prepositional_of(noun, AGENTS):
        return [agent]
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod") and is_actor(child):
            return [child]
    above = noun.head
    verb = above.head if noun.dep_ == "pobj" else above
    if verb.lemma_ in lexicon().light or any(not entry.needs for entry in lexicon().verbs.get(verb.lemma_, ())):
        return []
    if noun.dep_ in ("dobj", "attr") and above.pos_ in ("VERB", "AUX"):
        return subjects(above, depth + 1)
    if noun.dep_ == "pobj" and above.head.pos_ in ("VERB", "AUX"):
        return subjects(above.head, depth + 1)
    return []


def _patients(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "nsubjpass"]


def objects(verb: Token) -> list[Token]:
    """Whom it is done to: the direct object, the subject of a passive, or the noun that a clause modifies."""
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ == "nsubjpass":
                return [_antecedent(child, verb)]
        if verb.dep_ in ("acl", "amod"):
            return [verb.head]
        if verb.dep_ == "conj":
            return [one for one in objects(verb.head) if one.i < verb.i]
        return []
    found = [
        _antecedent(child, verb) for child in verb.children if child.dep_ in ("dobj", "oprd") and child.pos_ != "VERB"
    ]
    if found:
        return found
    for particle in children(verb, "prt"):
        under = list(children(particle, "pobj"))
        if under:
            return under
    for joined in children(verb, "conj"):
        if joined.pos_ == "VERB" and not any(child.dep_ == "nsubj" for child in joined.children):
            shared = [child for child in joined.children if child.dep_ == "dobj"]
            if shared:
                return shared
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return [child for child in verb.head.children if child.dep_ == "dobj" and child.i > verb.i]
    return []


def is_apart(clause: Token) -> bool:
    """Whether a semicolon parts a clause from the verb above it: two statements side by side."""
    low, high = sorted((clause.i, clause.head.i))
    return clause.dep_ == "ccomp" and any(
        child.text == ";" and low < child.i < high for child in (*clause.children, *clause.head.children)
    )

"""What the parse of a sentence says: subjects, objects, prepositional objects, and the words that name somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from realpolitik.reading.events.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "NAMES",
    "children",
    "coordinated",
    "is_actor",
    "is_passive",
    "named_in",
    "objects",
    "phrase",
    "prepositional",
    "subjects",
    "within",
]

NAMES = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC", "FAC"})
"""Named entities that can act or be acted upon."""

TIMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})
"""Named entities that never do."""

LEFT = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "npadvmod", "predet", "punct", "case"}
)
"""Relations to the left of a noun that belong to its name."""

RELATIVE = frozenset({"who", "which", "that", "whom"})
PERSONAL = frozenset({"he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "you", "who", "whom"})
PEOPLE = ("ers", "ists", "ians", "men", "women", "ees")
"""Endings of plural nouns that mostly mean people."""

THINGS = frozenset(
    {
        "answers",
        "banners",
        "barriers",
        "boilers",
        "bombers",
        "boosters",
        "borders",
        "bulldozers",
        "bunkers",
        "centers",
        "centres",
        "chapters",
        "computers",
        "containers",
        "corners",
        "counters",
        "covers",
        "dangers",
        "degrees",
        "dinners",
        "disasters",
        "encounters",
        "feathers",
        "fees",
        "figures",
        "fires",
        "flowers",
        "headquarters",
        "kilometers",
        "launchers",
        "layers",
        "letters",
        "levers",
        "lists",
        "liters",
        "manners",
        "matters",
        "meters",
        "numbers",
        "offers",
        "orders",
        "others",
        "papers",
        "posters",
        "powers",
        "printers",
        "quarters",
        "regimen",
        "rivers",
        "shelters",
        "shutters",
        "specimen",
        "stickers",
        "summers",
        "suppers",
        "talkers",
        "tankers",
        "tires",
        "towers",
        "tractors",
        "trailers",
        "transfers",
        "trees",
        "waters",
        "weathers",
        "winters",
    }
)  # fmt: skip
"""Plural nouns with such an ending that do not."""

SPOTS = frozenset({"GPE", "LOC", "FAC"})
AGENTS = ("by",)
DEEPEST = 5
"""Steps through nested noun phrases or clauses."""

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


def children(token: Token, *relations: str) -> Iterator[Token]:
    """Children of a word in any of the relations, in order."""
    for child in token.children:
        if child.dep_ in relations:
            yield child


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """Prepositions below a word with their objects, coordinated prepositions too; ``out of`` and the like count as one."""
    for child in token.children:
        if (
            child.dep_ in ("prep", "agent", "dative")
            and child.lower_ != "according"
            and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART")
        ):
            yield from _governed(child, 0)


def _governed(preposition: Token, depth: int) -> Iterator[tuple[str, Token]]:
    for below in preposition.children:
        if below.dep_ in ("pobj", "pcomp"):
            if below.lower_ != "behalf":
                yield preposition.lower_, below
        elif below.dep_ in ("prep", "conj") and below.pos_ == "ADP" and depth < DEEPEST:
            yield from _governed(below, depth + 1)


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


def prepositional_of(token: Token, names: tuple[str, ...]) -> Iterator[tuple[str, Token]]:
    """Objects of the named prepositions, in the order of the names."""
    found = list(prepositional(token))
    for name in names:
        yield from ((word, below) for word, below in found if word == name)


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
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return [child for child in verb.head.children if child.dep_ == "dobj" and child.i > verb.i]
    return []


def is_actor(token: Token) -> bool:
    """Whether a word names or means somebody: a named entity, a noun for people or bodies, a pronoun."""
    if token.ent_type_ in TIMES:
        return False
    if token.ent_type_ in NAMES or token.pos_ == "PROPN":
        return True
    if token.pos_ == "PRON":
        return token.lower_ in PERSONAL
    if token.tag_ == "NNS" and token.lower_.endswith(PEOPLE) and token.lower_ not in THINGS:
        return True
    return token.pos_ in ("NOUN", "ADJ") and (
        token.lemma_.lower() in lexicon().actors or token.lower_ in lexicon().actors
    )


def within(token: Token, names: tuple[str, ...], depth: int = 0) -> Iterator[Token]:
    """Objects of the named prepositions anywhere inside a noun phrase, also where the parse hangs them too deep."""
    for name, below in prepositional(token):
        if name in names:
            yield below
        if depth < DEEPEST:
            yield from within(below, names, depth + 1)


def named_in(token: Token, prepositions: tuple[str, ...], depth: int = 0) -> Token | None:
    """The word that names somebody inside a noun phrase: its head, what it counts, its possessor, or an object of a preposition."""
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
    for name, below in prepositional_of(token, prepositions):
        found = named_in(below, prepositions, depth + 1)
        if found is not None and (name != "in" or found.ent_type_ not in SPOTS):
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


def phrase(token: Token) -> tuple[int, int]:
    """First token and one past the last of the words that name somebody: modifiers before, ``of`` phrases behind."""
    start = _left(token)
    end = token.i + 1
    for child in token.children:
        if child.i == end and child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
            for below in child.children:
                if below.dep_ == "pobj" and (
                    child.lower_ == "of" or (token.pos_ == "NOUN" and below.ent_type_ in SPOTS)
                ):
                    end = max(end, phrase(below)[1])
    doc = token.doc
    while start < token.i and (doc[start].pos_ in ("DET", "PUNCT", "CCONJ") or doc[start].lower_ in ("both", "'s")):
        start += 1
    return start, end


def _left(token: Token) -> int:
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in LEFT and child.dep_ != "det":
            break
        if child.dep_ == "punct" and child.text not in ("-", "'", '"'):
            break
        start = child.left_edge.i
    return start

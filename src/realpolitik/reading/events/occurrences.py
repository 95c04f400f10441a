"""Acts of a parsed text with everything that one sentence says about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.contest.evidence import Status
from realpolitik.reading.events.act import Act
from realpolitik.reading.events.acts import find
from realpolitik.reading.events.grammar import prepositional_of
from realpolitik.reading.events.modes import mode_of
from realpolitik.reading.events.phrases import phrase
from realpolitik.reading.events.roles import assign
from realpolitik.reading.events.somebody import NAMES, is_actor
from realpolitik.reading.events.status import judge
from realpolitik.reading.events.verb_roles import HUMAN

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Occurrence", "main", "occurrences"]

Range = tuple[int, int]
"""First character and one past the last, in the text that was parsed."""

PLACES = ("in", "at", "near", "outside", "inside", "around", "across", "throughout")
ENTITIES_OF_PLACE = frozenset({"GPE", "LOC", "FAC"})
USING = frozenset({"fire", "open", "use", "launch", "drop", "throw", "hurl", "lob", "exchange", "trade", "shoot"})
MEANS = frozenset(
    {"fire", "gunfire", "gas", "teargas", "shot", "bullet", "round", "volley", "rocket", "missile", "shell", "mortar"}
    | {"bomb", "grenade", "stone", "cannon", "drone", "force", "salvo", "artillery", "petrol bomb", "firecracker"}
)
"""What somebody attacks with, as the object of these verbs; never whom."""

HIGHEST = 60
"""Steps to the root of a sentence that are counted."""


@dataclass(frozen=True)
class Occurrence:
    """An act where a sentence names it; ranges count characters of the parsed text."""

    type: str
    mode: str | None
    words: tuple[Range, ...]
    """The words that name the act, in order."""

    source: tuple[Range, ...]
    """Who acts; several where they are joined; empty where the sentence does not say."""

    target: tuple[Range, ...]
    """Who is acted upon, in the same way."""

    status: Status
    denied_by: tuple[Range, ...]
    place: Range | None
    date: Range | None
    """Words of time in the same clause."""

    clause: Range
    """From the first to the last word of the act and those who take part."""

    depth: int
    """Steps from the word of the act to the root of its sentence."""

    asides: int
    """Subordinate clauses (relative, participial, adverbial) around it."""

    sentence: int
    """First character of the sentence."""

    is_nominal: bool
    """Whether a noun names the act."""


def occurrences(doc: Doc, *, bare: bool = False) -> list[Occurrence]:
    """All acts that a parsed text names, in the order of their words.

    Parameters
    ----------
    bare : also nouns for acts in which nobody is said to take part: ``preparations for departure``.
    """
    acts = find(doc)
    if not acts:
        return []
    assign(acts)
    times = [(entity.root, (entity.start_char, entity.end_char)) for entity in doc.ents if entity.label_ == "DATE"]
    return [
        _occurrence(act, times)
        for act in sorted(acts.values(), key=lambda one: one.token.i)
        if _stands(act) or (bare and _is_bare(act))
    ]


def main(found: Iterable[Occurrence]) -> Occurrence | None:
    """The main event of a sentence: outside subordinate clauses, nearest to the root, and of several the first.

    Acts of our own types come after those of PLOVER, and nouns without any part after everything else.
    """
    return min(found, key=_rank, default=None)


def _rank(one: Occurrence) -> tuple[bool, int, int, int]:
    bare = one.is_nominal and not one.source and not one.target
    return one.type.islower() or bare, one.asides, one.depth, one.words[0][0]


def _stands(act: Act) -> bool:
    """Whether somebody takes part: words for acts alone, or done by things to things, are no events."""
    if act.source and act.type in HUMAN and act.token.pos_ != "NOUN":
        return True
    return any(
        is_actor(token) or any(child.ent_type_ in NAMES or is_actor(child) for child in token.children)
        for token in (*act.source, *act.target)
    )


def _is_bare(act: Act) -> bool:
    return act.token.pos_ == "NOUN" and not act.source and not act.target


def _occurrence(act: Act, times: list[tuple[Token, Range]]) -> Occurrence:
    token = act.token
    judged = judge(act)
    words = tuple(sorted({(word.idx, word.idx + len(word)) for word in act.words}))
    source, target = _ranges(act.source), _ranges(_sufferers(act))
    parts = [*words, *source, *target]
    sentence = token.sent.start_char
    depth, asides = _depth(token)
    return Occurrence(
        type=act.type,
        mode=mode_of(act),
        words=words,
        source=source,
        target=target,
        status=judged.status,
        denied_by=_ranges(judged.denied_by),
        place=_place(token),
        date=_time(token, times),
        clause=(min(start for start, _ in parts), max(end for _, end in parts)),
        depth=depth,
        asides=asides,
        sentence=sentence,
        is_nominal=token.pos_ == "NOUN",
    )


def _sufferers(act: Act) -> list[Token]:
    """The targets without what the act is done with: ``opened fire``, ``fired tear gas``."""
    if act.token.lemma_ not in USING:
        return act.target
    return [one for one in act.target if one.lemma_.lower() not in MEANS or one.dep_ != "dobj"]


def _ranges(tokens: Iterable[Token]) -> tuple[Range, ...]:
    found = []
    for token in tokens:
        start, end = phrase(token)
        doc = token.doc
        found.append((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])))
    return tuple(sorted(set(found)))


def _place(token: Token) -> Range | None:
    for _, below in prepositional_of(token, PLACES):
        if below.ent_type_ in ENTITIES_OF_PLACE or (below.pos_ == "PROPN" and is_actor(below)):
            return _ranges([below])[0]
    return None


def _time(token: Token, times: list[tuple[Token, Range]]) -> Range | None:
    """Words of time that hang on the act, directly or through a preposition."""
    for root, stretch in times:
        above = root.head
        if above.pos_ == "ADP":
            above = above.head
        if above is token or above == token or (root.dep_ == "poss" and above == token):
            return stretch
    return None


def _depth(token: Token) -> tuple[int, int]:
    """Steps to the root, and subordinate clauses on the way."""
    steps = asides = 0
    while token.head != token and steps < HIGHEST:
        asides += token.dep_ in ("relcl", "acl", "advcl", "appos")
        token = token.head
        steps += 1
    return steps, asides

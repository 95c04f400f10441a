"""Acts in a text: the words of the lexicon, with what must stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.cues import NEEDS_FOR, foresees, verb_keys
from realpolitik.reading.events.grammar import children, is_passive, prepositional
from realpolitik.reading.events.lexicon import Entry, lexicon
from realpolitik.reading.events.speech import speech_acts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find"]

BY_SUBJECT = frozenset({"ASSAULT", "PROTEST", "AID"})
"""Types for which the subject may meet the condition of an entry, as in ``warplanes struck``."""

TIMES = frozenset({"DATE", "TIME"})
"""What no act is aimed at: ``a strike on Monday``."""

LEAVING = frozenset({"leave", "depart"})
"""Verbs whose subject may meet the condition for the other types."""

DEEPEST = 5


def find(doc: Doc) -> dict[int, Act]:
    """Acts of a parsed text by the index of their word, each with the act that it is about."""
    acts: dict[int, Act] = {}
    verbs: list[Token] = []
    nouns: list[Token] = []
    adjectives: list[Token] = []
    groups = {"VERB": verbs, "NOUN": nouns, "PROPN": nouns, "ADJ": adjectives}
    for token in doc:
        group = groups.get(token.pos_)
        if group is not None:
            group.append(token)
    taken: set[int] = set()
    for verb in verbs:
        act = _verb_act(verb)
        if act is not None:
            acts[verb.i] = act
            taken.update(word.i for word in act.words[1:])
    for noun in nouns:
        if noun.i not in taken and noun.dep_ != "compound":
            act = _noun_act(noun)
            if act is not None:
                acts[noun.i] = act
    speech_acts([*verbs, *nouns, *adjectives], acts)
    return acts


def _verb_act(verb: Token) -> Act | None:
    verbs = lexicon().verbs
    if verb.lemma_ == "demonstrate" and any(child.dep_ in ("dobj", "ccomp") for child in verb.children):
        return None
    if foresees(verb):
        return None
    groups: list[list[Token]] | None = None
    for key, particle in verb_keys(verb):
        entries = verbs.get(key)
        if not entries:
            continue
        words = [verb] if particle is None else [verb, particle]
        if entries[0].needs:
            groups = groups or _beside(verb)
            found = _met(verb, entries, groups)
            if found is not None:
                entry, word = found
                return Act(verb, entry.type, entry.mode, entry, [*words, word])
        alone = next((entry for entry in entries if not entry.needs), None)
        if alone is not None:
            return Act(verb, alone.type, alone.mode, alone, words)
    return None


def _met(verb: Token, entries: tuple[Entry, ...], groups: list[list[Token]]) -> tuple[Entry, Token] | None:
    """The first entry whose condition is met, and the word that meets it."""
    for group in groups:
        for entry in entries:
            if group is groups[-1] and entry.type not in BY_SUBJECT and verb.lemma_ not in LEAVING:
                continue
            for word in group:
                lemma = word.lemma_.lower()
                if lemma in entry.needs or word.lower_ in entry.needs or f"#{word.ent_type_}" in entry.needs:
                    return entry, word
    return None


def _beside(verb: Token) -> list[list[Token]]:
    """Words that may meet a condition: of the object, of prepositional objects and clauses, of the subject."""
    near: list[Token] = []
    far: list[Token] = []
    doers: list[Token] = []
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd", "attr", "prt", "acomp", "dative", "intj") or (
            child.dep_ == "nsubjpass" and passive
        ):
            _collect(child, near)
            if child.dep_ == "prt":
                near.extend(children(child, "pobj"))
        elif child.dep_ == "npadvmod":
            far.append(child)
        elif child.dep_ == "nsubj" and not passive:
            _collect(child, doers)
        elif child.dep_ in ("xcomp", "ccomp", "advmod"):
            far.append(child)
            far.extend(below for below in child.children if below.dep_ in ("nsubj", "nsubjpass"))
    if passive and not near and verb.dep_ == "acl":
        _collect(verb.head, near)
    if verb.dep_ == "relcl" and not near:
        far.append(verb.head)
    asked = verb.lemma_ in NEEDS_FOR
    for word, below in prepositional(verb):
        if not (asked and word == "for"):
            _collect(below, far)
    return [near, far, doers]


def _collect(noun: Token, into: list[Token], depth: int = 0) -> None:
    into.append(noun)
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod"):
            if child.dep_ == "amod" or noun.lemma_ not in lexicon().actors:
                into.append(child)
        elif child.dep_ == "conj" and depth < DEEPEST:
            _collect(child, into, depth + 1)
        elif child.dep_ == "prep" and child.lower_ in ("of", "on", "to", "for") and depth < 2:
            for below in child.children:
                if below.dep_ == "pobj":
                    _collect(below, into, depth + 2)


def _noun_act(noun: Token) -> Act | None:
    nouns = lexicon().nouns
    lemma = noun.lemma_.lower()
    entry, words = nouns.get(lemma), [noun]
    if noun.pos_ == "PROPN" and noun.ent_type_:
        return None
    lefts = list(noun.lefts)
    for child in lefts:
        if child.dep_ in ("compound", "amod", "nmod"):
            found = nouns.get(f"{child.lower_} {lemma}") or nouns.get(f"{child.lemma_.lower()} {lemma}")
            if found:
                entry, words = found, [child, noun]
                break
        if child.text == "-" and child.i > 0:
            found = nouns.get(f"{child.nbor(-1).lower_}-{lemma}")
            if found:
                entry, words = found, [child.nbor(-1), noun]
                break
    for child in noun.children:
        if child.dep_ == "prep" and not any(below.ent_type_ in TIMES for below in child.children):
            entry = nouns.get(f"{lemma} {child.lower_}", entry)
        if child.dep_ == "prep" and child.lower_ == "of":
            for below in child.children:
                found = nouns.get(f"{lemma} of {below.lemma_.lower()}")
                if found:
                    entry, words = found, [noun, below]
    return Act(noun, entry.type, entry.mode, entry, words) if entry else None

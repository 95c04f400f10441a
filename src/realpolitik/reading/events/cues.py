"""Cues: words that say what is made of another act, and the words that they may be about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from realpolitik.reading.events.grammar import children, is_passive, prepositional
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.somebody import is_actor
from realpolitik.reading.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["NEEDS_FOR", "complements", "cue_of", "foresees", "verb_keys"]

NEEDS_FOR = frozenset({"call", "press", "push", "campaign", "lobby", "agitate", "clamor", "clamour", "summon"})
"""Verbs that demand only with ``for``, ``on`` or a clause."""

NEEDS_CLAUSE = frozenset(
    {
        "tell",
        "direct",
        "instruct",
        "order",
        "advise",
        "invite",
        "want",
        "remind",
        "recommend",
        "require",
        "pressure",
        "pressurize",
        "ask",
        "bid",
    }
)
"""Verbs that demand only with a clause (or, for some, with an act as object)."""


WATCHERS = vocabulary(
    "analyst expert economist observer critic report agency official diplomat researcher scholar scientist group "
    "organization organisation ngo watchdog monitor newspaper editorial source adviser advisor lawyer doctor"
)
"""Who warns of others."""


def verb_keys(verb: Token) -> Iterator[tuple[str, Token | None]]:
    """The verb with each of its particles or close objects, then the verb alone."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if (
            child.dep_ in ("prt", "advmod", "prep", "dobj", "acomp", "oprd", "xcomp", "npadvmod", "ccomp")
            and 0 < child.i - verb.i <= 3
            and not _is_far(child, verb)
        ):
            yield f"{lemma} {child.lower_}", child
    yield lemma, None


def _is_far(child: Token, verb: Token) -> bool:
    """Whether a preposition is no particle of the verb: it stands apart, or says where."""
    return child.dep_ == "prep" and (child.lower_ == "in" or child.i - verb.i > 2)


def cue_of(token: Token) -> str | None:
    """Kind of cue that a word is, if it is one."""
    pos = token.pos_
    if pos in ("VERB", "AUX"):
        table = lexicon().cues["verb"]
        kind = None
        for key, _ in verb_keys(token):
            kind = table.get(key)
            if kind:
                break
        return _checked_cue(token, kind)
    if pos == "NOUN":
        return lexicon().cues["noun"].get(token.lemma_.lower())
    if pos == "ADJ":
        return lexicon().cues["adjective"].get(token.lower_)
    return None


def _checked_cue(verb: Token, kind: str | None) -> str | None:
    lemma = verb.lemma_.lower()
    if kind == "demand":
        relations = {child.dep_ for child in verb.children}
        after = {child.lower_ for child in verb.children if child.dep_ == "prep"}
        after |= {mark.lower_ for child in children(verb, "advcl") for mark in children(child, "mark")} & {"for"}
        clause = bool(relations & {"xcomp", "ccomp"})
        if lemma == "want" and is_passive(verb):
            return "accuse"
        if lemma in NEEDS_FOR and (lemma == "call" or not clause) and not after & {"for", "on", "upon"}:
            return None
        if lemma in NEEDS_CLAUSE and not clause:
            acts = any(
                child.dep_ in ("dobj", "nsubjpass") and child.lemma_.lower() in lexicon().nouns
                for child in verb.children
            )
            return "demand" if "for" in after or (acts and lemma != "want") else None
        if lemma == "want" and not any(
            _has_own_subject(child) for child in verb.children if child.dep_ in ("ccomp", "xcomp")
        ):
            return "intend"
        if lemma == "seek" and "xcomp" in relations:
            return "try"
        if lemma == "tell" and "ccomp" in relations and "xcomp" not in relations:
            return "say"
        if lemma == "insist" and "ccomp" in relations:
            return (
                "demand" if any(_is_subjunctive(child) for child in verb.children if child.dep_ == "ccomp") else "say"
            )
    if kind == "intend" and lemma == "go" and verb.tag_ != "VBG":
        return "begin"
    return kind


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _is_subjunctive(verb: Token) -> bool:
    return verb.tag_ == "VB" or any(child.lower_ in ("must", "should") for child in children(verb, "aux"))


def complements(token: Token) -> Iterator[Token]:
    """Words that a cue may be about: its clause, its object, the objects of its prepositions."""
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acomp", "attr", "oprd", "dobj", "nsubjpass", "acl", "pcomp"):
            yield child
    for name, below in prepositional(token):
        if (
            name
            not in (
                "by",
                "after",
                "during",
                "since",
                "before",
                "amid",
                "despite",
                "because",
                "until",
                "from",
                "in",
                "at",
            )
            or below.pos_ == "VERB"
        ):
            yield below


def foresees(verb: Token) -> bool:
    """Whether somebody warns of what another may do: ``Roe warned that Arnor could close the port``.

    Who speaks of his own side threatens: *we*, *his army*; so does who says what another *will* do, unless he only
    watches: *analysts*.
    """
    if verb.pos_ != "VERB" or verb.lemma_ not in ("warn", "caution"):
        return False
    clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
    doer = next((child for child in clause.children if child.dep_ == "nsubj"), None) if clause is not None else None
    speaker = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if clause is None or doer is None or speaker is None or not is_actor(doer):
        return False
    is_own = doer.pos_ == "PRON" or doer.lemma_ == speaker.lemma_ or any(c.tag_ == "PRP$" for c in doer.children)
    if is_own:
        return False
    modals = {child.lower_ for child in clause.children if child.tag_ == "MD"}
    watches = speaker.lemma_.lower() in WATCHERS
    return watches or not modals & {"will", "would", "shall", "'ll", "must"}

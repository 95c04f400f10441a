"""What a phrase is about, as an issue that somebody can be for or against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from realpolitik.reading.stances.stance_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Issue", "issue_of", "subject_of"]

DEEPEST = 6
"""Words that are passed through on the way to an issue."""

LONGEST_NAME = 5
"""Words of an issue that has no name of its own."""

GOVERNED = ("dobj", "xcomp", "ccomp", "pobj", "pcomp", "acl", "relcl", "nsubjpass")
OF = ("of", "to", "for", "on", "from", "in", "with", "by", "against", "over", "about")
CONCERNED = {
    "sanctions": ("on", "against"),
    "embargo": ("on", "against", "of"),
    "war": ("on", "against", "with"),
    "deal": ("with",),
}
ANY_PREPOSITION = ("of", "on", "against", "with", "from", "over", "by", "about")
EMPTY = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "what",
        "which",
        "who",
        "they",
        "them",
        "he",
        "she",
        "him",
        "her",
        "us",
        "me",
        "i",
        "we",
        "you",
        "all",
        "any",
        "something",
        "anything",
        "everything",
        "nothing",
        "so",
        "such",
        "one",
    ]
)
VAGUE = frozenset(
    [
        "thing",
        "way",
        "time",
        "day",
        "year",
        "week",
        "month",
        "people",
        "man",
        "woman",
        "case",
        "part",
        "lot",
        "number",
        "fact",
        "question",
        "word",
        "person",
    ]
)
PERSONAL = frozenset(["leave", "exit", "depart", "stay", "remain", "retreat"])
SINGLE = frozenset(["he", "she", "him", "her", "i", "me", "you"])
PLACES = frozenset(
    [
        "country",
        "city",
        "town",
        "base",
        "territory",
        "region",
        "alliance",
        "union",
        "bloc",
        "treaty",
        "pact",
        "deal",
        "agreement",
        "area",
        "island",
        "province",
        "border",
        "village",
        "there",
        "here",
    ]
)
PARTICLES = ("prt", "prep", "advmod")


@dataclass(frozen=True)
class Issue:
    """What somebody can be for or against."""

    name: str
    """Name in the list of issues, or the words."""

    is_listed: bool
    token: Token
    """The word that names it."""

    concerned: Token | None = None
    """Head of the words for whom or what it concerns."""

    sign: int = 1
    """-1 where the phrase means the contrary: an end to the sanctions."""


def issue_of(token: Token, *, is_open: bool = False, depth: int = 0) -> Issue | None:
    """The issue that a noun phrase or clause names; None if it names none.

    Parameters
    ----------
    token : head of the phrase.
    is_open : whether words that are no listed issue name one too.
    """
    vocabulary = words()
    lemma = _lemma(token)
    if depth < DEEPEST and (lemma in vocabulary.turns or lemma in vocabulary.passes):
        for nested in _governed(token):
            found = issue_of(nested, is_open=lemma in vocabulary.turns and is_open, depth=depth + 1)
            if found is not None:
                return replace(found, sign=-found.sign) if lemma in vocabulary.turns else found
    name = _verb_issue(token) if token.pos_ in ("VERB", "AUX") else vocabulary.nouns.get(lemma)
    if name is not None and not (token.pos_ in ("VERB", "AUX") and lemma in PERSONAL and _is_personal(token)):
        return Issue(name, True, token, _concerned(token, name))
    if token.pos_ in ("NOUN", "PROPN") and depth < DEEPEST and not is_open:
        return None
    if is_open and token.pos_ in ("NOUN", "PROPN") and token.lower_ not in EMPTY and lemma not in VAGUE:
        return Issue(_phrase(token), False, token)
    if is_open and token.tag_ == "VBG" and depth < DEEPEST:
        for nested in _governed(token):
            found = issue_of(nested, is_open=False, depth=depth + 1)
            if found is not None:
                return found
    return None


def subject_of(verb: Token) -> Token | None:
    """Head of the subject of a verb, its own or that of the verb it hangs on; of a passive, who does it."""
    for _ in range(DEEPEST):
        agent = next((kid for kid in verb.children if kid.dep_ == "agent"), None)
        if agent is not None:
            return next((kid for kid in agent.children if kid.dep_ == "pobj"), None)
        is_passive = any(kid.dep_ == "auxpass" for kid in verb.children)
        before = verb.left_edge.i - 1
        if (
            verb.tag_ == "VBG"
            and before >= 0
            and verb.doc[before].dep_ == "pobj"
            and verb.doc[before].head.lower_ == "with"
        ):
            return verb.doc[before]
        subject = next((kid for kid in verb.children if kid.dep_ == "nsubj"), None)
        if subject is not None and not is_passive:
            return subject
        if is_passive:
            return None
        if verb.dep_ in ("conj", "xcomp", "acomp", "advcl", "pcomp", "prep") and verb.head.i != verb.i:
            if verb.dep_ == "advcl" and verb.tag_ not in ("VBG", "VB"):
                return None
            verb = verb.head
        elif verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBG", "VB"):
            return verb.head
        else:
            return None
    return None


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _governed(token: Token) -> Iterator[Token]:
    for kid in token.children:
        if kid.dep_ in GOVERNED:
            yield kid
        elif kid.dep_ == "prep" and kid.lower_ in OF:
            yield from (below for below in kid.children if below.dep_ in ("pobj", "pcomp"))
    for kid in token.head.children:
        if (
            kid.dep_ in ("xcomp", "advcl")
            and kid.tag_ == "VB"
            and kid.left_edge.i == token.i + 1
            and token.pos_ == "NOUN"
        ):
            yield kid


def _verb_issue(token: Token) -> str | None:
    verbs = words().verbs
    lemma = _lemma(token)
    for kid in token.children:
        if kid.dep_ in PARTICLES:
            found = verbs.get(f"{lemma}_{kid.lower_}")
            if found:
                return found
        if kid.dep_ == "dobj":
            for below in kid.children:
                if below.dep_ in ("prep", "advmod") and below.lower_ in ("out", "from"):
                    found = verbs.get(f"{lemma}_{below.lower_}")
                    if found:
                        return found
    return verbs.get(lemma)


def _concerned(token: Token, name: str) -> Token | None:
    """Whom or what an issue concerns: who is expelled, who withdraws, against whom the sanctions are."""
    if token.pos_ in ("VERB", "AUX"):
        object_ = next((kid for kid in token.children if kid.dep_ in ("dobj", "nsubjpass")), None)
        if name in ("withdrawal", "presence"):
            subject = next((kid for kid in token.children if kid.dep_ == "nsubj"), None)
            return subject or (
                object_ if _lemma(token) in ("withdraw", "keep", "host", "station", "deploy", "pull") else None
            )
        return object_
    prepositions = CONCERNED.get(name, ANY_PREPOSITION)
    for kid in token.children:
        if kid.dep_ == "prep" and kid.lower_ in prepositions:
            return next((below for below in kid.children if below.dep_ == "pobj"), None)
    return next(
        (kid for kid in token.lefts if kid.dep_ in ("poss", "compound", "nmod", "amod") and kid.ent_type_), None
    )


def _is_personal(verb: Token) -> bool:
    """Whether a verb of leaving or staying tells of one person or of oneself, or of a place of no political weight."""
    for kid in verb.children:
        if kid.dep_ == "nsubj" and (kid.lower_ in SINGLE or kid.ent_type_ == "PERSON"):
            return True
        if kid.dep_ in ("acomp", "attr", "auxpass", "oprd") or kid.lower_ in ("out", "away", "behind"):
            return True
        if kid.dep_ == "prep" and kid.lower_ in ("in", "at", "on") and any(map(_is_no_place, kid.children)):
            return True
        if kid.dep_ == "dobj" and _is_no_place(kid):
            return True
    if not any(kid.dep_ in ("nsubj", "dobj", "prep", "advmod") for kid in verb.children) and verb.dep_ in (
        "xcomp",
        "conj",
    ):
        return True
    return any(kid.dep_ == "dobj" and kid.lower_ in SINGLE for kid in verb.head.children)


def _is_no_place(token: Token) -> bool:
    return token.ent_type_ not in ("GPE", "LOC", "ORG", "NORP") and token.lemma_.lower() not in PLACES


def _phrase(token: Token) -> str:
    """The words of a noun phrase without article and owner."""
    inside = [
        kid
        for kid in token.lefts
        if kid.dep_ in ("compound", "amod", "nmod", "nummod") and token.i - kid.i < LONGEST_NAME
    ]
    first = min((kid.left_edge.i if kid.dep_ == "compound" else kid.i for kid in inside), default=token.i)
    text: str = token.doc[max(first, token.i - LONGEST_NAME + 1) : token.i + 1].text
    return " ".join(text.split())

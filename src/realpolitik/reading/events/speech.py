"""Acts that only a cue makes: demands, promises, threats, refusals, and the end of another act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.cues import complements, cue_of, foresees
from realpolitik.reading.events.grammar import children
from realpolitik.reading.events.somebody import is_actor

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["speech_acts"]

DEEPEST = 5

SPEECH = {"threat": "THREATEN", "demand": "REQUEST", "promise": "AGREE", "refuse": "REJECT"}
"""Cues that are acts of speech themselves, with the type of that act."""


def speech_acts(words: list[Token], acts: dict[int, Act]) -> None:
    """Add the acts that only a cue makes, innermost first, and tie every cue's act to what it is about.

    Parameters
    ----------
    words : verbs, nouns and adjectives of a text.
    acts : acts that the lexicon names, by the index of their word; the others are added.
    """
    for token in sorted(words, key=lambda one: -one.i):
        kind = cue_of(token)
        act = acts.get(token.i)
        if act is None and token.pos_ in ("NOUN", "PROPN") and kind != "stop":
            continue
        if act is not None:
            if kind:
                act.holds = inner(token, acts)
            continue
        if kind == "say":
            told = [clause for clause in children(token, "ccomp") if _is_told_to(clause)]
            if told:
                acts[token.i] = Act(
                    token, "REQUEST", None, None, [token], holds=acts.get(told[0].i) or inner(told[0], acts)
                )
                continue
            blamed = [clause for clause in children(token, "ccomp") if _is_blamed(clause)]
            if blamed:
                acts[token.i] = Act(token, "ACCUSE", "allege", None, [token], holds=inner(blamed[0], acts))
                continue
        if kind in (None, "begin", "try") and _will_not(token) and _speaks_for_itself(token):
            acts[token.i] = _with(token, "REJECT", None, inner(token, acts))
            continue
        if kind is None or kind in (
            "say",
            "begin",
            "try",
            "fail",
            "fear",
            "intend",
            "decide",
            "deny",
            "support",
            "protest",
        ):
            continue
        about = inner(token, acts)
        made = _made(token, kind, about)
        if made is not None:
            acts[token.i] = made


def inner(token: Token, acts: dict[int, Act], depth: int = 0) -> Act | None:
    """The first act that a cue is about, through cues and plain verbs in between."""
    for below in complements(token):
        if below.i in acts:
            return acts[below.i]
        if depth < DEEPEST and (below.pos_ in ("VERB", "AUX", "ADJ", "NOUN")):
            found = inner(below, acts, depth + 1)
            if found is not None:
                return found
    return None


def _is_told_to(clause: Token) -> bool:
    """Whether a reported clause says what somebody else must do."""
    if any(
        child.dep_ == "nsubj" and child.lower_ in ("we", "i", "it", "they", "he", "she") for child in clause.children
    ):
        return False
    if any(child.lower_ in ("must", "should", "ought") for child in children(clause, "aux")):
        return True
    return clause.lemma_ in ("need", "have") and any(child.dep_ == "xcomp" for child in clause.children)


def _is_blamed(clause: Token) -> bool:
    """Whether a reported clause says that somebody bears the guilt."""
    return any(
        child.lower_ in ("responsible", "guilty", "complicit", "culpable") for child in children(clause, "acomp")
    )


def _will_not(verb: Token) -> bool:
    aux = {child.lower_ for child in children(verb, "aux")}
    return bool(aux & {"will", "would", "wo"}) and any(child.dep_ == "neg" for child in verb.children)


def _speaks_for_itself(verb: Token) -> bool:
    """Whether somebody named, or somebody who says so, is the one who will not."""
    for child in children(verb, "nsubj"):
        return (
            is_actor(child)
            and (child.pos_ != "PRON" or verb.dep_ == "ccomp")
            and child.lower_ not in ("you", "we", "i")
        )
    return False


def _made(token: Token, kind: str, about: Act | None) -> Act | None:
    if kind == "promise":
        if token.pos_ == "VERB" and token.lemma_ in ("accept", "propose", "assure") and about is None:
            return None
        if about is None and token.pos_ == "ADJ" and not any(child.dep_ == "xcomp" for child in token.children):
            return None
        return None if about is not None and about.is_hostile else _with(token, "AGREE", None, about)
    if kind == "vow":
        if about is None:
            return None
        return _with(token, "THREATEN" if about.is_hostile else "AGREE", None, about)
    if kind == "threat" and foresees(token):
        return None
    if kind in SPEECH:
        if token.pos_ == "ADJ" and about is None and token.lower_ not in ("opposed", "unwilling"):
            return None
        return _with(token, SPEECH[kind], None, about)
    if kind == "allow":
        if about is None and not any(child.dep_ in ("xcomp", "ccomp", "dobj") for child in token.children):
            return None
        if (
            token.lemma_ == "let"
            and not any(child.dep_ in ("nsubj", "aux", "auxpass") for child in token.children)
            and token.dep_ != "conj"
        ):
            return None
        return _with(token, "CONCEDE", None, about)
    if kind == "stop" and about is not None:
        if about.type in ("ASSAULT", "MOBILIZE"):
            return _with(token, "RETREAT", "ceasefire", about)
        if about.type in ("SANCTION", "COERCE", "PROTEST"):
            return _with(token, "RETREAT", None, about)
        if about.type in ("AID", "COOPERATE"):
            return _with(token, "SANCTION", "discontinue", about)
        if about.type in ("CONSULT", "SUPPORT", "AGREE"):
            return _with(token, "SANCTION", "withdraw", about)
    if kind == "prevent" and about is not None and about.type in ("PROTEST", "CONSULT", "AID", "SUPPORT"):
        return _with(token, "COERCE", "ban" if about.type == "PROTEST" else "restrict", about)
    return None


def _with(token: Token, type_: str, mode: str | None, about: Act | None) -> Act:
    particle = [child for child in token.children if child.dep_ == "prt"]
    return Act(token, type_, mode, None, [token, *particle], holds=about)

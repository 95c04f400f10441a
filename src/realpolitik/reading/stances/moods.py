"""What becomes of a word of stance in its clause: negated, possible, conditional, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DUTIES", "HIGHEST", "POSSIBLE", "Mood", "condition", "in_condition", "mood"]

CONDITIONS = frozenset({"if", "unless", "provided", "once", "until", "providing", "assuming"})
POSSIBLE = frozenset({"may", "might", "could"})
NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "hardly"})
DUTIES = frozenset({"must", "should", "ought"})
REFUSALS = frozenset({"refuse", "decline"})
TURNS = REFUSALS | {"fail", "stop", "cease", "reluctant", "unwilling", "hesitate", "deny"}
"""Words above that turn what stands under them."""

HIGHEST = 5
"""Words above a word of stance that are looked at."""


class Mood(NamedTuple):
    """What the words around make of a word of stance."""

    is_negated: bool
    modal: str | None
    """Its modal verb, or that of the verb above."""

    is_turned: bool
    """Whether a word above turns it."""

    is_refused: bool
    """Whether somebody refused it, which is a deed."""


def mood(verb: Token) -> Mood:
    """The mood of a verb, as its own clause and the verbs above it decide."""
    negated = turned = acts = False
    modal: str | None = None
    at = verb
    for step in range(HIGHEST):
        for kid in at.children:
            if (
                kid.dep_ == "neg"
                or (kid.dep_ in ("advmod", "preconj") and kid.lower_ in NEGATIONS)
                or (kid.dep_ == "advmod" and kid.lower_ in ("longer",) and any(k.lower_ == "no" for k in kid.children))
            ):
                negated = not negated
            elif kid.dep_ == "aux" and kid.tag_ == "MD" and modal is None:
                modal = kid.lower_
            elif kid.dep_ in ("nsubj", "dobj") and kid.lower_ in ("nobody", "none"):
                negated = not negated
        if step and at.lemma_ in TURNS:
            turned = not turned
            acts = acts or at.lemma_ in REFUSALS
        if at.dep_ == "pcomp" and at.head.lower_ == "without":
            negated = not negated
        if at.dep_ not in ("xcomp", "acomp") or at.head.i == at.i:
            break
        at = at.head
    return Mood(negated, modal, turned, acts)


def in_condition(verb: Token) -> bool:
    """Whether the words stand in the condition of something else, or are attributed to nobody by a denial."""
    at = verb
    for _ in range(HIGHEST):
        marks = {kid.lower_ for kid in at.children if kid.dep_ in ("mark", "advmod")}
        if at.dep_ in ("advcl", "ccomp") and marks & {"if", "unless", "whether"}:
            return True
        if at.head.i == at.i or at.dep_ not in ("xcomp", "conj", "advcl", "ccomp"):
            return False
        at = at.head
    return False


def condition(verb: Token) -> tuple[int, int] | None:
    """First and last token of the condition that a verb, or the one that it hangs on, is bound to."""
    at = verb
    for _ in range(HIGHEST):
        for kid in at.children:
            if kid.dep_ == "advcl" and any(
                m.lower_ in CONDITIONS and m.dep_ in ("mark", "advmod", "aux") for m in kid.children
            ):
                return kid.left_edge.i, kid.right_edge.i
        if at.head.i == at.i or at.dep_ not in ("xcomp", "acomp"):
            return None
        at = at.head
    return None

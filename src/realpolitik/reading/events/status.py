"""What the text makes of an act: asserted, planned, threatened, demanded, denied, negated, conditional, hypothetical.

The rules are a table: kind of cue → status. The cue nearest to the act decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from realpolitik.contest.evidence import Status
from realpolitik.reading.events.act import Act
from realpolitik.reading.events.cues import cue_of, foresees
from realpolitik.reading.events.grammar import is_apart, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["STATUS_OF_CUE", "Judged", "denier", "judge"]

STATUS_OF_CUE: dict[str, Status] = {
    "threat": "threatened",
    "vow": "planned",
    "promise": "planned",
    "intend": "planned",
    "decide": "planned",
    "demand": "demanded",
    "refuse": "negated",
    "accuse": "reported",
    "deny": "denied",
    "stop": "negated",
    "prevent": "negated",
    "fail": "negated",
    "try": "planned",
    "fear": "hypothetical",
    "discuss": "hypothetical",
}
"""Status of an act that stands under a cue; cues that are missing here let the next one decide."""

STATUS_OF_MODAL: dict[str, Status] = {
    "will": "planned",
    "'ll": "planned",
    "wo": "planned",
    "shall": "planned",
    "would": "hypothetical",
    "'d": "hypothetical",
    "could": "hypothetical",
    "can": "hypothetical",
    "may": "hypothetical",
    "might": "hypothetical",
    "must": "demanded",
    "should": "demanded",
    "ought": "demanded",
}
"""Status of an act whose verb has the modal."""

STATUS_OF_ADJECTIVE: dict[str, Status] = {
    "possible": "hypothetical",
    "potential": "hypothetical",
    "likely": "hypothetical",
    "hypothetical": "hypothetical",
    "feared": "hypothetical",
    "alleged": "reported",
    "reported": "reported",
    "suspected": "reported",
    "supposed": "reported",
    "planned": "planned",
    "proposed": "planned",
    "upcoming": "planned",
    "forthcoming": "planned",
    "scheduled": "planned",
    "future": "planned",
    "intended": "planned",
    "attempted": "planned",
    "threatened": "threatened",
}
"""Status of an act named by a noun with the adjective."""

CONDITION = frozenset({"if", "unless", "provided", "should", "were", "had"})
TAKES = frozenset(
    {"xcomp", "ccomp", "acomp", "attr", "oprd", "dobj", "nsubjpass", "acl", "pcomp", "pobj", "prep", "conj"}
)
"""Relations in which a word stands under the one above it."""

ASIDE = frozenset(
    {
        "after",
        "before",
        "during",
        "since",
        "amid",
        "despite",
        "because",
        "until",
        "while",
        "following",
        "over",
        "about",
        "as",
    }
)
"""Prepositions that part an act from the cue above."""

HIGHEST = 8
"""Steps up the tree that are looked at."""


class Judged(NamedTuple):
    """The status of an act and who denies it."""

    status: Status
    denied_by: tuple[Token, ...] = ()


def judge(act: Act) -> Judged:
    """Read the status of an act off its clause and the cues above it."""
    token = act.token
    own = _own(act)
    at = token
    for _ in range(HIGHEST):
        head = at.head
        if own is not None or head is at:
            break
        if at.dep_ == "advcl":
            own = _adverbial(at)
            break
        if at.dep_ == "relcl" and _for_to(at):
            own = _negation(head) or _negation(head.head) or "hypothetical"
            break
        if at.dep_ not in TAKES or (at.dep_ == "prep" and at.lower_ in ASIDE) or is_apart(at):
            break
        if at.dep_ == "conj" and _for_to(at):
            own = "hypothetical"
        if at.dep_ == "conj" and head.pos_ in ("VERB", "AUX") and any(child.dep_ == "nsubj" for child in at.children):
            break
        if (
            at.dep_ == "xcomp"
            and at.tag_ == "VB"
            and head.lemma_ == "be"
            and not any(c.dep_ in ("acomp", "attr") for c in head.children)
        ):
            own = "planned"
        elif at.dep_ != "conj" and head.pos_ in ("VERB", "NOUN", "ADJ", "AUX"):
            kind = cue_of(head)
            if kind == "deny":
                return Judged("denied", tuple(subjects(head)[:1]))
            elif kind in STATUS_OF_CUE and _is_under(at, head) and not _is_answered(act, at, kind):
                own = _negation(head) or STATUS_OF_CUE[kind]
                if kind == "vow" and act.is_hostile:
                    own = "threatened"
        if token.pos_ != "NOUN" or at.dep_ in ("attr", "dobj", "nsubjpass", "acomp"):
            if head.dep_ == "advcl" and _adverbial(head) == "conditional":
                own = own or "conditional"
            own = own or _modal(head, act) or _negation(head)
        if own is None and _for_to(at):
            own = _negation(head) or "hypothetical"
        at = head
    if own == "negated":
        insisting = _insister(token)
        if insisting is not None:
            return Judged("denied", tuple(insisting))
    if own in ("planned", "hypothetical", "threatened"):
        by = denier(token)
        if by is not None:
            return Judged("denied", tuple(by))
    if own in (None, "planned", "hypothetical") and _has_condition(token):
        own = "conditional"
    return Judged(own or "asserted")


def _for_to(clause: Token) -> bool:
    """Whether a clause is of the form ``for the guards to leave``."""
    marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "aux")}
    return clause.tag_ == "VB" and {"for", "to"} <= marks


def denier(token: Token) -> list[Token] | None:
    """The subject of the denial in which a word stands, as in ``denied that it planned to strike``; else None."""
    at = token
    for _ in range(HIGHEST):
        head = at.head
        has_subject = any(child.dep_ == "nsubj" for child in at.children)
        if at.dep_ not in TAKES or (at.dep_ == "prep" and at.lower_ in ASIDE) or (at.dep_ == "conj" and has_subject):
            return None
        if at.dep_ != "conj" and head.pos_ == "VERB" and cue_of(head) == "deny":
            return subjects(head)[:1]
        at = head
    return None


def _insister(token: Token) -> list[Token] | None:
    """Who insists on a negative statement: ``was adamant that there had been no decision``."""
    at = token
    for _ in range(HIGHEST):
        if at.head == at:
            return None
        if at.dep_ == "ccomp" and any(one.lower_ == "adamant" for one in (at.head, *at.head.children)):
            return subjects(at.head if at.head.pos_ != "ADJ" else at.head.head)[:1]
        if at.dep_ == "ccomp" and at.head.lemma_ in ("insist", "swear", "protest"):
            return subjects(at.head)[:1]
        at = at.head
    return None


def _is_under(token: Token, cue: Token) -> bool:
    """An object of a decision, report or promise is only about it; under a verb of will every complement counts."""
    if token.dep_ == "dobj" and cue_of(cue) in ("decide", "intend") and cue.pos_ == "VERB":
        return cue.lemma_ in ("plan", "intend", "consider", "contemplate", "mull", "plot", "schedule")
    return True


def _is_answered(act: Act, at: Token, kind: str) -> bool:
    """Whether what is refused is the act of another, as a demand is; or whether a warning is of another's act."""
    if kind == "refuse":
        return at is act.token and at.pos_ == "NOUN" and act.type in ("REQUEST", "ACCUSE", "THREATEN")
    return kind == "threat" and foresees(at.head)


def _own(act: Act) -> Status | None:
    token = act.token
    if token.pos_ == "NOUN":
        for child in token.children:
            if child.dep_ == "det" and child.lower_ in ("no", "neither"):
                return "negated"
            if child.dep_ == "amod" and child.lower_ in STATUS_OF_ADJECTIVE:
                return STATUS_OF_ADJECTIVE[child.lower_]
        return _modal(token.head, act) if token.dep_ == "nsubj" and token.head.lemma_ == "be" else None
    if token.dep_ == "advcl" and _adverbial(token) == "conditional":
        return "conditional"
    return _negation(token) or _modal(token, act)


def _negation(token: Token) -> Status | None:
    for child in token.children:
        if child.dep_ == "det" and child.lower_ in ("no", "neither") and token.pos_ == "NOUN":
            return "negated"
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in ("never", "nor")):
            return "negated"
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.lower_ in ("nobody", "none", "nothing"):
            return "negated"
        if child.dep_ == "nsubjpass" and any(one.lower_ == "no" for one in child.children):
            return "negated"
    return None


def _modal(token: Token, act: Act) -> Status | None:
    if token.pos_ not in ("VERB", "AUX"):
        return None
    for child in token.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            status = STATUS_OF_MODAL.get(child.lower_)
            if child.lower_ == "would" and token.dep_ == "ccomp":
                return "planned"
            if status == "planned" and act.type == "THREATEN":
                return None
            return status
    return None


def _adverbial(clause: Token) -> Status | None:
    """Status of an act in an adverbial clause: a condition, or a purpose."""
    marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")}
    if marks & CONDITION:
        return "conditional"
    is_purpose = clause.tag_ == "VB" and any(child.lower_ == "to" for child in clause.children)
    return "planned" if is_purpose else None


def _has_condition(token: Token) -> bool:
    for child in token.children:
        if child.dep_ == "advcl" and any(
            mark.lower_ in CONDITION for mark in child.children if mark.dep_ in ("mark", "aux")
        ):
            return True
    return False

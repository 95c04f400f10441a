"""Acts in a sentence: the words that name them, their type, and the cues around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from realpolitik.reading.events.grammar import children, is_passive, prepositional
from realpolitik.reading.events.lexicon import TYPES, Entry, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Act", "complements", "cue_of", "find", "inner"]

HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "THREATEN", "ACCUSE", "REJECT"})
DEEPEST = 5

BY_SUBJECT = frozenset({"ASSAULT", "PROTEST", "AID"})
"""Types for which the subject may meet the condition of an entry, as in ``warplanes struck``."""

LEAVING = frozenset({"leave", "depart"})
"""Verbs whose subject may meet the condition for the other types."""

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


@dataclass(eq=False)
class Act:
    """An act where it stands, before it is known who takes part."""

    token: Token
    """Verb or noun that names it."""

    type: str
    mode: str | None = None
    entry: Entry | None = None
    """How the lexicon has it; none for an act that only a cue makes (a demand, a promise)."""

    words: list[Token] = field(default_factory=list)
    """All words that name it."""

    holds: Act | None = None
    """The act that this one is about: what is demanded, threatened, refused."""

    source: list[Token] = field(default_factory=list)
    target: list[Token] = field(default_factory=list)

    @property
    def is_hostile(self) -> bool:
        """Whether it belongs to the conflictual types."""
        return self.type in HOSTILE

    @property
    def is_plover(self) -> bool:
        """Whether PLOVER has the type."""
        return self.type in TYPES


def verb_keys(verb: Token) -> Iterator[tuple[str, Token | None]]:
    """The verb with each of its particles or close objects, then the verb alone."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if (
            child.dep_ in ("prt", "advmod", "prep", "dobj", "acomp", "oprd", "xcomp", "npadvmod", "ccomp")
            and 0 < child.i - verb.i <= 3
            and not (child.dep_ == "prep" and child.lower_ == "in")
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


def find(doc: Doc) -> dict[int, Act]:
    """Acts of a parsed text by the index of their word, each with the act that it is about."""
    acts: dict[int, Act] = {}
    verbs: list[Token] = []
    nouns: list[Token] = []
    for token in doc:
        pos = token.pos_
        if pos == "VERB":
            verbs.append(token)
        elif pos == "NOUN" or pos == "PROPN":
            nouns.append(token)
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
    _speech_acts(doc, verbs, acts)
    return acts


def _verb_act(verb: Token) -> Act | None:
    verbs = lexicon().verbs
    if verb.lemma_ == "demonstrate" and any(child.dep_ in ("dobj", "ccomp") for child in verb.children):
        return None
    near: list[Token] | None = None
    far: list[Token] = []
    for key, particle in verb_keys(verb):
        entries = verbs.get(key)
        if not entries:
            continue
        words = [verb] if particle is None else [verb, particle]
        if entries[0].needs and near is None:
            near, far = _beside(verb)
        for group in (near or [], far):
            for entry in entries:
                if not entry.needs:
                    continue
                for word in group:
                    if (
                        word.dep_ == "nsubj"
                        and word.head == verb
                        and entry.type not in BY_SUBJECT
                        and verb.lemma_ not in LEAVING
                    ):
                        continue
                    if (
                        word.lemma_.lower() in entry.needs
                        or word.lower_ in entry.needs
                        or f"#{word.ent_type_}" in entry.needs
                    ):
                        return Act(verb, entry.type, entry.mode, entry, [*words, word])
        alone = next((entry for entry in entries if not entry.needs), None)
        if alone is not None:
            return Act(verb, alone.type, alone.mode, alone, words)
    return None


def _beside(verb: Token) -> tuple[list[Token], list[Token]]:
    """Words that may meet the condition of an entry: the object with its modifiers; then prepositional objects."""
    near: list[Token] = []
    far: list[Token] = []
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd", "attr", "prt", "acomp", "dative") or (child.dep_ == "nsubjpass" and passive):
            _collect(child, near)
        elif child.dep_ == "nsubj" and not passive:
            _collect(child, far)
        elif child.dep_ in ("xcomp", "ccomp", "advmod"):
            far.append(child)
            far.extend(below for below in child.children if below.dep_ in ("nsubj", "nsubjpass"))
    if passive and not near and verb.dep_ == "acl":
        _collect(verb.head, near)
    if verb.dep_ == "relcl" and not near:
        far.append(verb.head)
    for _, below in prepositional(verb):
        _collect(below, far)
    return near, far


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
        if child.dep_ == "prep" and child.lower_ == "of":
            for below in child.children:
                found = nouns.get(f"{lemma} of {below.lemma_.lower()}")
                if found:
                    entry, words = found, [noun, below]
    return Act(noun, entry.type, entry.mode, entry, words) if entry else None


SPEECH = {"threat": "THREATEN", "demand": "REQUEST", "promise": "AGREE", "refuse": "REJECT"}
"""Cues that are acts of speech themselves, with the type of that act."""


def _speech_acts(doc: Doc, verbs: list[Token], acts: dict[int, Act]) -> None:
    """Add the acts that only a cue makes, innermost first, and tie every cue's act to what it is about."""
    adjectives = [token for token in doc if token.pos_ == "ADJ" and token.lower_ in lexicon().cues["adjective"]]
    nouns = [act.token for act in acts.values() if act.token.pos_ == "NOUN"]
    for token in sorted([*verbs, *adjectives, *nouns], key=lambda one: -one.i):
        kind = cue_of(token)
        act = acts.get(token.i)
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
        if kind is None and _will_not(token) and _speaks_for_itself(token):
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
        return is_actor(child) and (child.pos_ != "PRON" or verb.dep_ == "ccomp") and child.lower_ not in ("you", "we", "i")
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
    if kind in SPEECH:
        if token.pos_ == "ADJ" and about is None:
            return None
        return _with(token, SPEECH[kind], None, about)
    if kind == "allow":
        if about is None and not any(child.dep_ in ("xcomp", "ccomp", "dobj") for child in token.children):
            return None
        if token.lemma_ == "let" and not any(child.dep_ in ("nsubj", "aux", "auxpass") for child in token.children) and token.dep_ != "conj":
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

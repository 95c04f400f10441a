"""Who acts and who is acted upon, where a verb names the act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.candidates import (
    COUNTED,
    GRIEVANCE,
    INSIDE,
    ON_THE_SPOT,
    PRONOUNS,
    SPEECH_TYPES,
    TOWARD,
    clause_subjects,
    in_clause,
    in_clauses,
    places_of,
    somebody_in,
)
from realpolitik.reading.events.cues import cue_of
from realpolitik.reading.events.grammar import children, objects, prepositional, prepositional_of, subjects
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.phrases import coordinated, named_in, within
from realpolitik.reading.events.somebody import NAMES, is_actor

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["HUMAN", "MUTUAL", "two_sides", "verb_roles", "who_acts"]

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT", "SANCTION"})
"""Types in which two subjects act on each other, if no target is named."""

SPOKEN_TO = {"AGREE": ("with", "to"), "THREATEN": ("against",)}
"""Prepositions that name the target of an act of speech, where the lexicon gives none."""

MEETING = ("against", "with", "between", "on", "to", "upon", "at", "toward")
"""Prepositions for whom one meets; what one comes *from* or meets *for* is nobody."""

HUMAN = frozenset({"AGREE", "CONSULT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that only people and their bodies do: any noun that is the subject means somebody, if it names no act."""

AGAINST_THINGS = frozenset({"COERCE", "PROTEST", "ASSAULT"})
"""Types that may be aimed at a thing."""

DONE_TO_THINGS = frozenset(
    {"censor", "seize", "release", "arrest", "deport", "expel", "obstruct", "ban", "boycott", "allege"}
)
"""Modes whose target is the object itself, also where that is a thing."""

THINGS = frozenset({"censor", "seize"})
"""Modes that are mostly done to things."""

STATES = frozenset({"engage", "lock", "embroil", "involve", "gather", "mass", "deploy", "station", "determine"})
"""Verbs whose passive says what the subject itself does."""

SPEAKING = frozenset({"say", "threat", "vow", "promise", "deny", "decide", "demand", "accuse"})
"""Cues whose subject speaks."""

DEEPEST = 4
"""Steps up through reported clauses."""


def verb_roles(act: Act) -> None:
    """Fill in source and target of an act that a verb (or a predicate like ``ready``) names."""
    if act.entry is not None and act.entry.form == "endure":
        act.target = who_acts(act.token)
        return
    act.source = who_acts(act.token)
    if not act.source and act.type in HUMAN and act.token.pos_ == "VERB":
        act.source = [one for one in subjects(act.token) if one.pos_ == "NOUN" and one.lemma_ not in lexicon().nouns]
    taken = {token.i for token in act.source}
    for candidate in _targets(act):
        if (
            candidate.i not in taken
            and candidate.ent_type_ not in ("DATE", "TIME")
            and not _same_pronoun(candidate, act)
        ):
            act.target = [candidate]
            return


def _same_pronoun(candidate: Token, act: Act) -> bool:
    """Whether the candidate is a pronoun for the one who acts, as in ``France said it …``."""
    return candidate.lower_ in ("it", "they", "he", "she", "its", "their", "itself", "themselves") and bool(act.source)


def who_acts(verb: Token) -> list[Token]:
    """Somebody who is the subject of a verb, by whatever way; a pronoun in reported speech is the one who speaks."""
    governor = verb
    if verb.pos_ == "ADJ":
        governor = verb.head if verb.dep_ in ("acomp", "attr", "oprd") else verb
    found: list[Token] = []
    for subject in subjects(governor) or _stative(governor):
        named = named_in(subject, COUNTED)
        if named is not None:
            found.append(_sayer(named, governor) or named)
    return found


def _stative(verb: Token) -> list[Token]:
    return list(children(verb, "nsubjpass")) if verb.lemma_ in STATES else []


def _sayer(token: Token, verb: Token) -> Token | None:
    """Whom a pronoun in a reported clause means: the one who says it."""
    if token.lower_ not in PRONOUNS:
        return None
    at = verb
    for _ in range(DEEPEST):
        if at.dep_ in ("ccomp", "xcomp", "conj", "acomp"):
            at = at.head
            if at.pos_ in ("VERB", "AUX") and cue_of(at) in SPEAKING:
                above = subjects(at)
                if above and above[0].lower_ not in PRONOUNS:
                    return named_in(above[0], COUNTED)
        else:
            break
    return None


@dataclass(frozen=True)
class _Clause:
    """What stands around the verb of an act."""

    act: Act
    below: list[tuple[str, Token]]
    """Prepositions of the verb with their objects."""

    held: list[Token]
    """Direct objects."""

    preferred: tuple[str, ...]
    """Prepositions whose object is the target before anything else."""

    part: set[int]
    """Objects that belong to the name of the act: ``troops`` in ``sent troops to``."""

    own: list[Token]
    """Objects that are part of the act or belong to the one who acts."""

    others: list[Token]
    """Objects that may be the target."""


def _clause(act: Act) -> _Clause:
    held = objects(act.token)
    preferred = act.entry.targets if act.entry is not None else SPOKEN_TO.get(act.type, ())
    part = {word.i for word in act.words[1:]} if preferred and act.mode not in DONE_TO_THINGS else set()
    own = [one for one in held if one.i in part or _is_own(one)]
    others = [one for one in held if one not in own and (act.holds is None or one != act.holds.token)]
    return _Clause(act, list(prepositional(act.token)), held, preferred, part, own, others)


def _targets(act: Act) -> Iterator[Token]:
    """Candidates for the target of a verb, the likeliest first."""
    clause = _clause(act)
    yield from _by_type(clause)
    yield from _directly(clause)
    yield from _inside_objects(clause)
    if act.type in MUTUAL and any(len(coordinated(one)) > 1 or two_sides(one) for one in act.source):
        return
    yield from _around(clause)
    yield from _at_last(clause)


def _by_type(clause: _Clause) -> Iterator[Token]:
    """Whom a demand, a permission, an accusation or a protest is about, by grammar of their own."""
    act, verb = clause.act, clause.act.token
    if act.type == "PROTEST":
        yield from somebody_in((one for word, one in clause.below if word == "in" and not is_actor(one)), GRIEVANCE)
    if act.type == "ACCUSE" and (not clause.held or cue_of(verb) == "say"):
        for below in children(verb, "ccomp"):
            yield from somebody_in(clause_subjects(below), COUNTED)
    if cue_of(verb) == "allow":
        for below in children(verb, "ccomp", "xcomp"):
            yield from somebody_in(clause_subjects(below), COUNTED)
    if act.type == "REQUEST":
        yield from _asked(act, clause.below, clause.held)


def _directly(clause: _Clause) -> Iterator[Token]:
    """The object itself, whose it is, and the objects of the preferred prepositions."""
    if not any(one.i in clause.part for one in clause.held):
        yield from (one for one in clause.others if is_actor(one))
    if clause.act.type in SPEECH_TYPES:
        yield from (tag for one in clause.held for tag in _tags(one))
    yield from (one for one in children(clause.act.token, "dative") if is_actor(one))
    for name in clause.preferred:
        yield from somebody_in((one for word, one in clause.below if word == name), INSIDE, spots=True)
        for one in clause.held:
            yield from somebody_in((inside for _, inside in prepositional_of(one, (name,))), INSIDE, spots=True)
    for one in clause.held:
        yield from somebody_in(within(one, clause.preferred), INSIDE, spots=True)


def _inside_objects(clause: _Clause) -> Iterator[Token]:
    """Somebody inside the object, or the thing itself where the act is done to things."""
    act = clause.act
    if act.holds is not None and act.type in SPEECH_TYPES:
        yield from act.holds.target
    for one in clause.own:
        yield from somebody_in((inside for _, inside in prepositional_of(one, INSIDE)), INSIDE)
    if act.mode in ("boycott", "obstruct"):
        yield from clause.held
    if act.type in AGAINST_THINGS and not clause.preferred:
        meant = {word.i for word in act.words}
        things = [one for one in clause.held if one.i in meant and one.pos_ == "NOUN"]
        yield from (named_in(one, ("of",)) or one for one in things if one.lemma_ not in lexicon().nouns)
    yield from somebody_in(clause.others, INSIDE)
    if act.mode in THINGS:
        yield from clause.held
    for one in clause.held:
        for below in children(one, "relcl", "acl"):
            yield from in_clause(below, 0)


def _around(clause: _Clause) -> Iterator[Token]:
    """Somebody behind a preposition of the verb, or in what the act is about."""
    act, verb = clause.act, clause.act.token
    yield from somebody_in(children(verb, "dative"), INSIDE)
    for name in MEETING if act.type == "CONSULT" else TOWARD:
        yield from somebody_in((one for word, one in clause.below if word == name), INSIDE)
    if act.holds is not None:
        yield from act.holds.target
        if act.type in SPEECH_TYPES:
            yield from act.holds.source
    yield from in_clauses(verb, 0)
    inside = (one for word, one in clause.below if word == "in" and not is_actor(one))
    yield from somebody_in(inside, ("with", "against", "on"))


def _at_last(clause: _Clause) -> Iterator[Token]:
    """Things, asides and places, where nobody was named before."""
    act = clause.act
    yield from (one for one in clause.others if one.pos_ in ("NOUN", "PROPN"))
    yield from _in_asides(act, clause.below, clause.preferred)
    if act.type in ON_THE_SPOT:
        yield from places_of(act.token)
    yield from somebody_in(clause.own, INSIDE)
    things = [one for one in clause.held if one.pos_ in ("NOUN", "PROPN")]
    yield from (one for one in things if one.i not in clause.part or act.type in AGAINST_THINGS)
    named = {word.i for word in act.words}
    for name in MEETING if act.type == "CONSULT" else TOWARD:
        for word, one in clause.below:
            if word == name and one.pos_ in ("NOUN", "PROPN") and one.i not in named:
                yield one


def _in_asides(act: Act, below: list[tuple[str, Token]], preferred: tuple[str, ...]) -> Iterator[Token]:
    """Somebody named in an adverbial clause, or deep in a prepositional phrase."""
    for child in children(act.token, "advcl"):
        yield from somebody_in(clause_subjects(child), COUNTED)
        yield from somebody_in(objects(child), INSIDE)
        yield from somebody_in((one for _, one in prepositional_of(child, (*TOWARD, "by"))), INSIDE)
    for _, one in below:
        yield from somebody_in(within(one, preferred), INSIDE)
    if act.type == "REJECT":
        yield from somebody_in((one for word, one in below if word == "despite"), INSIDE)


def _asked(act: Act, below: list[tuple[str, Token]], held: list[Token]) -> Iterator[Token]:
    """Of whom something is demanded."""
    if cue_of(act.token) == "say":
        held, below = [], []
    yield from (one for one in held if is_actor(one))
    for name in ("on", "upon", "to", "from", "with", "of", "at"):
        yield from somebody_in((one for word, one in below if word == name), ("of", "from"))
    for one in held:
        yield from somebody_in((inside for _, inside in prepositional_of(one, ("from", "by", "of", "to"))), INSIDE)
    for clause in children(act.token, "ccomp", "xcomp", "advcl"):
        if clause.dep_ != "advcl" or any(mark.lower_ == "for" for mark in children(clause, "mark")):
            yield from somebody_in(clause_subjects(clause), ("of", "from"))
    for name, one in below:
        if name == "for":
            yield from somebody_in(children(one, "nsubj"), COUNTED)
    if act.holds is not None:
        yield from act.holds.source


def _tags(noun: Token) -> Iterator[Token]:
    """Whose a thing is: ``an Arnorian request``, ``Arnor's request``."""
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss") and child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"):
            yield child


def _is_own(token: Token) -> bool:
    """Whether a thing belongs to the one who acts: ``its troops``."""
    return any(
        child.dep_ == "poss" and child.lower_ in ("its", "his", "her", "their", "our", "my") for child in token.children
    )


def two_sides(token: Token) -> list[Token]:
    """The two sides in ``Arnorian and Rohanian officials``."""
    for child in token.children:
        if child.dep_ in ("amod", "compound") and child.ent_type_ in NAMES:
            sides = [one for one in coordinated(child) if one.ent_type_ in NAMES]
            if len(sides) > 1:
                return sides
    return []

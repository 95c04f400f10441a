"""Who acts and who is acted upon, by the grammar of the clause or noun phrase that names the act."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from realpolitik.reading.events.acts import Act, cue_of
from realpolitik.reading.events.grammar import (
    NAMES,
    children,
    coordinated,
    is_actor,
    named_in,
    objects,
    prepositional,
    prepositional_of,
    subjects,
    within,
)
from realpolitik.reading.events.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["assign"]

TOWARD = (
    "against",
    "with",
    "between",
    "on",
    "to",
    "upon",
    "at",
    "toward",
    "towards",
    "from",
    "for",
    "over",
    "into",
    "through",
    "outside",
)
"""Prepositions of a verb whose object may be the target, the surest first."""

INSIDE = (
    "against",
    "with",
    "on",
    "to",
    "from",
    "of",
    "by",
    "between",
    "for",
    "at",
    "into",
    "toward",
    "towards",
    "over",
    "around",
    "in",
)
"""Prepositions inside an object that may hold the target."""

COUNTED = ("of", "from")
"""Prepositions inside a subject that may hold the source."""

ON_THE_SPOT = frozenset({"COERCE", "ASSAULT", "AID", "MOBILIZE", "SANCTION", "RETREAT", "PROTEST", "ACCUSE"})
"""Types whose target may be the place, where nothing else is named."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT", "SANCTION"})
"""Types in which two subjects act on each other, if no target is named."""

SPOKEN_TO = {"AGREE": ("with", "to"), "THREATEN": ("against",)}
"""Prepositions that name the target of an act of speech, where the lexicon gives none."""

GRIEVANCE = ("against", "at", "of", "over", "by")
"""Prepositions after ``in protest``."""

DONE_TO_THINGS = frozenset(
    {"censor", "seize", "release", "arrest", "deport", "expel", "obstruct", "ban", "boycott", "allege"}
)
"""Modes whose target is the object itself, also where that is a thing."""

THINGS = frozenset({"boycott", "obstruct", "censor", "seize"})
"""Modes that are mostly done to things."""

SPEECH_TYPES = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "AGREE"})
"""Types that are mostly about another act."""

DISSENT = frozenset(
    {"protester", "protestor", "demonstrator", "crowd", "marcher", "rioter", "striker", "worshipper", "mourner"}
)
"""Whom the police meet in the streets."""

STATES = frozenset({"engage", "lock", "embroil", "involve", "gather", "mass", "deploy", "station", "determine"})
"""Verbs whose passive says what the subject itself does."""

PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "them", "him", "her"})
DEEPEST = 4


def assign(acts: dict[int, Act]) -> None:
    """Fill in source and target of all acts of a text, those inside others first."""
    done: set[int] = set()
    for act in sorted(acts.values(), key=lambda one: -one.token.i):
        _assign(act, done, 0)


def _assign(act: Act, done: set[int], depth: int) -> None:
    if act.token.i in done:
        return
    done.add(act.token.i)
    if act.holds is not None and depth < DEEPEST:
        _assign(act.holds, done, depth + 1)
    if act.token.pos_ in ("VERB", "AUX", "ADJ"):
        _verb_roles(act)
    else:
        _noun_roles(act)
    act.source = [token for one in act.source for token in coordinated(one)]
    act.target = [token for one in act.target for token in coordinated(one)]
    _retype(act)
    same = {token.i for token in act.source}
    act.target = [token for token in act.target if token.i not in same]
    if not act.target and act.type in MUTUAL:
        sides = act.source if len(act.source) > 1 else [side for one in act.source for side in _sides(one)]
        if len(sides) > 1 and _is_mutual(act):
            act.source, act.target = sides[:1], sides[1:]
    _alone(act)


def _sides(token: Token) -> list[Token]:
    """The two sides in ``Arnorian and Rohanian officials``."""
    for child in token.children:
        if child.dep_ in ("amod", "compound") and child.ent_type_ in NAMES:
            sides = [one for one in coordinated(child) if one.ent_type_ in NAMES]
            if len(sides) > 1:
                return sides
    return []


def _retype(act: Act) -> None:
    """The same deed is a protest if protesters do it, and coercion or assault if the authorities do."""
    classes = lexicon().classes
    doers = {token.lemma_.lower() for token in act.source}
    if act.mode in ("obstruct", "riot") and doers & classes["@order"]:
        act.type, act.mode = ("COERCE", "restrict") if act.mode == "obstruct" else ("ASSAULT", None)
    elif act.type == "ASSAULT" and doers & classes["@order"] and {one.lemma_.lower() for one in act.target} & DISSENT:
        act.mode = "crowd-control"
    elif doers & classes["@protesters"] and not doers & classes["@order"]:
        if (act.type, act.mode) in (("COERCE", "seize"), ("ASSAULT", "explosives")):
            act.type, act.mode = "PROTEST", "riot"
        elif (act.type, act.mode) == ("COERCE", "restrict"):
            act.type, act.mode = "PROTEST", "obstruct"


def _alone(act: Act) -> None:
    """An exercise that one side holds by itself is a show of force."""
    if (
        act.type == "COOPERATE"
        and not act.target
        and any(word.lemma_ in ("exercise", "drill", "game") for word in act.words)
    ):
        act.type, act.mode = "MOBILIZE", "troops"


def _is_mutual(act: Act) -> bool:
    part = {word.i for word in act.words}
    return act.token.pos_ == "NOUN" or not any(is_actor(one) and one.i not in part for one in objects(act.token))


# Verbs


def _verb_roles(act: Act) -> None:
    if act.entry is not None and act.entry.form == "endure":
        act.target = _sources(act.token)
        return
    act.source = _sources(act.token)
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


def _sources(verb: Token) -> list[Token]:
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
            if at.pos_ in ("VERB", "AUX") and cue_of(at) in (
                "say",
                "threat",
                "vow",
                "promise",
                "deny",
                "decide",
                "demand",
                "accuse",
            ):
                above = subjects(at)
                if above and above[0].lower_ not in PRONOUNS:
                    return named_in(above[0], COUNTED)
        else:
            break
    return None


def _targets(act: Act) -> Iterator[Token]:
    """Candidates for the target of a verb, the likeliest first."""
    verb = act.token
    entry = act.entry
    below = list(prepositional(verb))
    held = objects(verb)
    if act.type == "PROTEST":
        yield from _named((one for word, one in below if word == "in" and not is_actor(one)), GRIEVANCE)
    if act.type == "ACCUSE" and cue_of(verb) == "say":
        for clause in children(verb, "ccomp"):
            yield from _named(_clause_subjects(clause), COUNTED)
    if cue_of(verb) == "allow":
        for clause in children(verb, "ccomp", "xcomp"):
            yield from _named(_clause_subjects(clause), COUNTED)
    if act.type == "REQUEST":
        yield from _asked(act, below, held)
    preferred = entry.targets if entry is not None else SPOKEN_TO.get(act.type, ())
    part = {word.i for word in act.words[1:]} if preferred and act.mode not in DONE_TO_THINGS else set()
    own = [one for one in held if one.i in part or _is_own(one)]
    others = [one for one in held if one not in own and (act.holds is None or one != act.holds.token)]
    yield from (one for one in others if is_actor(one))
    if act.type in SPEECH_TYPES:
        yield from (tag for one in held for tag in _tags(one))
    yield from (one for one in children(verb, "dative") if is_actor(one))
    for name in preferred:
        yield from _named((one for word, one in below if word == name), INSIDE, spots=True)
    for one in held:
        yield from _named((inside for _, inside in prepositional_of(one, preferred)), INSIDE, spots=True)
    for one in held:
        yield from _named(within(one, preferred), INSIDE, spots=True)
    if act.holds is not None and act.type in SPEECH_TYPES:
        yield from act.holds.target
    for one in own:
        yield from _named((inside for _, inside in prepositional_of(one, INSIDE)), INSIDE)
    yield from _named(others, INSIDE)
    if act.mode in THINGS:
        yield from held
    for one in held:
        for clause in children(one, "relcl", "acl"):
            yield from _in_clause(clause, 0)
    if act.type in MUTUAL and any(len(coordinated(one)) > 1 or _sides(one) for one in act.source):
        return
    yield from _named(children(verb, "dative"), INSIDE)
    for name in TOWARD:
        yield from _named((one for word, one in below if word == name), INSIDE)
    if act.holds is not None:
        yield from act.holds.target
        if act.type in SPEECH_TYPES:
            yield from act.holds.source
    yield from _in_clauses(verb, 0)
    yield from _named((one for word, one in below if word == "in" and not is_actor(one)), ("with", "against", "on"))
    yield from (one for one in others if one.pos_ in ("NOUN", "PROPN"))
    yield from _in_asides(act, below, preferred)
    if act.type in ON_THE_SPOT:
        yield from _places(verb)
    yield from _named(own, INSIDE)
    yield from (one for one in held if one.pos_ in ("NOUN", "PROPN") and one.i not in part)
    named = {word.i for word in act.words}
    yield from (
        one
        for name in TOWARD
        for word, one in below
        if word == name and one.pos_ in ("NOUN", "PROPN") and one.i not in named
    )


def _in_asides(act: Act, below: list[tuple[str, Token]], preferred: tuple[str, ...]) -> Iterator[Token]:
    """Somebody named in an adverbial clause, or deep in a prepositional phrase."""
    for child in children(act.token, "advcl"):
        yield from _named(_clause_subjects(child), COUNTED)
        yield from _named(objects(child), INSIDE)
        yield from _named((one for _, one in prepositional_of(child, (*TOWARD, "by"))), INSIDE)
    for _, one in below:
        yield from _named(within(one, preferred), INSIDE)
    if act.type == "REJECT":
        yield from _named((one for word, one in below if word == "despite"), INSIDE)


def _asked(act: Act, below: list[tuple[str, Token]], held: list[Token]) -> Iterator[Token]:
    """Of whom something is demanded."""
    if cue_of(act.token) == "say":
        held, below = [], []
    yield from (one for one in held if is_actor(one))
    for name in ("on", "upon", "to", "from", "with", "of", "at"):
        yield from _named((one for word, one in below if word == name), ("of", "from"))
    for one in held:
        yield from _named((inside for _, inside in prepositional_of(one, ("from", "by", "of", "to"))), INSIDE)
    for clause in children(act.token, "ccomp", "xcomp"):
        yield from _named(_clause_subjects(clause), ("of", "from"))
    for name, one in below:
        if name == "for":
            yield from _named(children(one, "nsubj"), COUNTED)
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


def _named(tokens: Iterator[Token] | list[Token], inside: tuple[str, ...], *, spots: bool = False) -> Iterator[Token]:
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            yield from _in_clause(token, 0)
            continue
        found = named_in(token, inside)
        if found is not None:
            yield found
        elif spots and token.lemma_.lower() in _spots():
            yield token


@cache
def _spots() -> frozenset[str]:
    return lexicon().classes["@place"] | lexicon().classes["@media"]


def _clause_subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]


def _in_clauses(verb: Token, depth: int) -> Iterator[Token]:
    for clause in verb.children:
        if clause.dep_ in ("ccomp", "xcomp", "acomp", "pcomp", "acl"):
            yield from _in_clause(clause, depth)
        elif clause.dep_ == "dobj":
            for inside in children(clause, "acl"):
                yield from _in_clause(inside, depth)
        elif clause.dep_ == "prep":
            for inside in children(clause, "pcomp"):
                yield from _in_clause(inside, depth)
            for below in children(clause, "pobj"):
                for inside in children(below, "acl"):
                    yield from _in_clause(inside, depth)


def _in_clause(verb: Token, depth: int) -> Iterator[Token]:
    """Somebody named in a clause: its object, prepositional objects, clauses, and last its subject."""
    yield from _named([one for one in verb.children if one.dep_ in ("dobj", "nsubjpass", "dative")], INSIDE)
    for name in TOWARD:
        yield from (
            found
            for word, one in prepositional(verb)
            if word == name and one.pos_ not in ("VERB", "AUX")
            for found in [named_in(one, INSIDE)]
            if found is not None
        )
    if depth < DEEPEST:
        yield from _in_clauses(verb, depth + 1)
    for one in (verb, *objects(verb)):
        yield from _places(one)
    for subject in _clause_subjects(verb):
        named = named_in(subject, COUNTED)
        if named is not None and named.lower_ not in PRONOUNS:
            yield named


def _places(token: Token) -> Iterator[Token]:
    for _, below in prepositional_of(token, ("in", "into", "at", "near", "around", "along", "throughout", "across")):
        if below.ent_type_ in NAMES or below.pos_ == "PROPN":
            yield below
        else:
            found = named_in(below, ("of", "in", "on"))
            if found is not None:
                yield found


# Nouns


def _noun_roles(act: Act) -> None:
    noun = act.token
    form = act.entry.form if act.entry is not None else "noun"
    suffers = form == "patient"
    preferred = act.entry.targets if act.entry is not None else ()
    led, against = _hyphened(noun)
    pair = _pair(noun)
    if pair:
        act.source, act.target = pair[:1], pair[1:]
        return
    owners = [child for child in noun.children if child.dep_ == "poss" and is_actor(child)]
    tags = [
        child
        for child in noun.children
        if child.dep_ in ("compound", "amod", "nmod") and _is_name(child) and not (against and child.i <= against[0].i)
    ]
    agents = list(_named((one for _, one in prepositional_of(noun, ("by",))), COUNTED))
    below = list(prepositional(noun))
    if form == "doer":
        agents += _named((one for word, one in below if word == "of"), COUNTED)
        below = [pair for pair in below if pair[0] != "of"] + [
            pair for word, one in below if word == "of" for pair in prepositional(one)
        ]
    names = (*preferred, "against", "on", "of", "to", "with", "upon", "at", "into", "from", "toward", "towards", "over")
    aimed = [
        one
        for name in names
        if name != "by"
        for one in _named((o for word, o in below if word == name), INSIDE, spots=True)
    ]
    aimed += [o for word, o in below if word in (*preferred, "against", "on") and o.pos_ in ("NOUN", "PROPN")]
    if suffers and owners and not any(word == "of" for word, _ in below):
        act.target, act.source = owners, agents[:1] or tags[:1]
        return
    act.source = agents[:1] or led or owners[:1] or tags[:1]
    act.target = against or aimed[:1]
    if suffers and not act.target and tags:
        act.target, act.source = tags[:1], agents[:1] or owners[:1]
    if not act.target and act.holds is not None and act.type in SPEECH_TYPES:
        act.target = act.holds.target[:1]
    _from_verb(act)
    if not act.target and act.type in ON_THE_SPOT and act.source:
        act.target = list(_places(noun))[:1]


def _hyphened(noun: Token) -> tuple[list[Token], list[Token]]:
    """Who leads it and whom it is for or against, in ``Arnorian-led raid`` and ``anti-Arnorian march``."""
    led: list[Token] = []
    about: list[Token] = []
    first = noun.left_edge.i
    for dash in (token for token in noun.doc[first : noun.i] if token.text == "-" and token.i > first):
        before, after = dash.nbor(-1), dash.nbor(1)
        if before.lower_ in ("anti", "pro") and after.i < noun.i:
            about.append(after)
        elif after.lower_ in ("led", "backed", "sponsored", "organised", "organized") and is_actor(before):
            led.append(before)
    return led[:1], about[:1]


def _is_name(token: Token) -> bool:
    if token.lower_ in ("anti", "pro") or not token.text[0].isalnum():
        return False
    return token.ent_type_ in NAMES or (token.pos_ == "PROPN" and is_actor(token))


def _pair(noun: Token) -> list[Token]:
    """The two sides of ``talks between A and B``."""
    for _, below in prepositional_of(noun, ("between",)):
        sides = [one for one in coordinated(below) if is_actor(one)]
        if len(sides) > 1:
            return sides
    return []


def _from_verb(act: Act) -> None:
    """Take what is missing from the verb around the noun: ``launched an attack on``, ``came under attack``."""
    noun = act.token
    verb = noun.head
    if (
        noun.dep_ == "pobj"
        and verb.head.pos_ in ("VERB", "AUX")
        and verb.lower_ in ("in", "into", "on", "with", "for", "under")
    ):
        under = verb.lower_ == "under"
        verb = verb.head
    elif noun.dep_ in ("dobj", "nsubjpass", "attr", "conj") and verb.pos_ in ("VERB", "AUX"):
        under = False
    else:
        return
    lemma = verb.lemma_.lower()
    if lemma in lexicon().light or cue_of(verb) in (
        "demand",
        "refuse",
        "accuse",
        "deny",
        "stop",
        "prevent",
        "investigate",
        "support",
        "allow",
    ):
        return
    if under or lemma in lexicon().suffering:
        if not act.target:
            act.target = [one for subject in subjects(verb) for one in [named_in(subject, COUNTED)] if one is not None]
        return
    if not act.source or _are_troops(act):
        act.source = _sources(verb) or act.source
    if not act.target and act.type == "PROTEST":
        act.target = list(
            _named(
                (o for word, o in prepositional(verb) if word == "in" and o is not noun and not is_actor(o)), GRIEVANCE
            )
        )[:1]
        if not act.target:
            act.target = [one for clause in children(verb, "advcl", "xcomp") for one in _in_clause(clause, 0)][:1]
    if not act.target:
        taken = {one.i for one in act.source}
        below = list(prepositional(verb))
        names = (*(act.entry.targets if act.entry else ()), *TOWARD)
        found = (
            one for name in names for one in _named((o for word, o in below if word == name and o is not noun), INSIDE)
        )
        act.target = [one for one in found if one.i not in taken][:1]


def _are_troops(act: Act) -> bool:
    """Whether troops are moved: then whoever moves them acts."""
    doer = act.entry is not None and act.entry.form == "doer"
    return doer and all(token.lemma_.lower() in lexicon().classes["@troops"] for token in act.source)

"""Who acts and who is acted upon, where a noun names the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.candidates import (
    COUNTED,
    GRIEVANCE,
    INSIDE,
    ON_THE_SPOT,
    SPEECH_TYPES,
    TOWARD,
    in_clause,
    places_of,
    somebody_in,
)
from realpolitik.reading.events.cues import cue_of
from realpolitik.reading.events.grammar import children, prepositional, prepositional_of, subjects
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.phrases import coordinated, named_in
from realpolitik.reading.events.somebody import NAMES, is_actor
from realpolitik.reading.events.verb_roles import who_acts

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["noun_roles"]


def noun_roles(act: Act) -> None:
    """Fill in source and target of an act that a noun names."""
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
    agents = list(somebody_in((one for _, one in prepositional_of(noun, ("by",))), COUNTED))
    below = list(prepositional(noun))
    if form == "doer":
        agents += somebody_in((one for word, one in below if word == "of"), COUNTED)
        below = [pair for pair in below if pair[0] != "of"] + [
            pair for word, one in below if word == "of" for pair in prepositional(one)
        ]
    names = (*preferred, "against", "on", "of", "to", "with", "upon", "at", "into", "from", "toward", "towards", "over")
    aimed = [
        one
        for name in names
        if name != "by"
        for one in somebody_in((o for word, o in below if word == name), INSIDE, spots=True)
    ]
    aimed += [o for word, o in below if word in (*preferred, "against", "on") and o.pos_ in ("NOUN", "PROPN")]
    if suffers and owners and not any(word == "of" for word, _ in below):
        act.target, act.source = owners, agents[:1] or tags[:1]
        return
    if suffers and tags and not any(word == "of" for word, _ in below):
        act.target, act.source = tags[:1], agents[:1] or owners[:1]
        return
    act.source = agents[:1] or led or owners[:1] or tags[:1]
    act.target = against or aimed[:1]
    if suffers and not act.target and tags:
        act.target, act.source = tags[:1], agents[:1] or owners[:1]
    if not act.target and act.holds is not None and act.type in SPEECH_TYPES:
        act.target = act.holds.target[:1]
    _from_verb(act)
    if not act.target and act.type in ON_THE_SPOT and act.source:
        act.target = list(places_of(noun))[:1]


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
        act.source = who_acts(verb) or act.source
    if not act.target and act.type == "PROTEST":
        act.target = list(
            somebody_in(
                (o for word, o in prepositional(verb) if word == "in" and o is not noun and not is_actor(o)), GRIEVANCE
            )
        )[:1]
        if not act.target:
            act.target = [one for clause in children(verb, "advcl", "xcomp") for one in in_clause(clause, 0)][:1]
    if not act.target:
        taken = {one.i for one in act.source}
        below = list(prepositional(verb))
        names = (*(act.entry.targets if act.entry else ()), *TOWARD)
        found = (
            one
            for name in names
            for one in somebody_in((o for word, o in below if word == name and o is not noun), INSIDE)
        )
        act.target = [one for one in found if one.i not in taken][:1]


def _are_troops(act: Act) -> bool:
    """Whether troops are moved: then whoever moves them acts."""
    doer = act.entry is not None and act.entry.form == "doer"
    return doer and all(token.lemma_.lower() in lexicon().classes["@troops"] for token in act.source)

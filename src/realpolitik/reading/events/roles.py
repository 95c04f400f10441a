"""Who acts and who is acted upon, for all acts of a text."""

from __future__ import annotations

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.grammar import objects
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.noun_roles import noun_roles
from realpolitik.reading.events.phrases import coordinated
from realpolitik.reading.events.somebody import is_actor
from realpolitik.reading.events.verb_roles import MUTUAL, two_sides, verb_roles

__all__ = ["assign"]

DISSENT = frozenset(
    {"protester", "protestor", "demonstrator", "crowd", "marcher", "rioter", "striker", "worshipper", "mourner"}
)
"""Whom the police meet in the streets."""

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
        verb_roles(act)
    else:
        noun_roles(act)
    act.source = [token for one in act.source for token in coordinated(one)]
    act.target = [token for one in act.target for token in coordinated(one)]
    _retype(act)
    same = {token.i for token in act.source}
    act.target = [token for token in act.target if token.i not in same]
    if not act.target and act.type in MUTUAL:
        sides = act.source if len(act.source) > 1 else [side for one in act.source for side in two_sides(one)]
        if len(sides) > 1 and _is_mutual(act):
            act.source, act.target = sides[:1], sides[1:]
    _alone(act)


def _retype(act: Act) -> None:
    """The same deed is a protest if protesters do it, and coercion or assault if the authorities do."""
    classes = lexicon().classes
    doers = {token.lemma_.lower() for token in act.source}
    if act.mode in ("obstruct", "riot") and doers & classes["@order"]:
        act.type, act.mode = ("COERCE", "restrict") if act.mode == "obstruct" else ("ASSAULT", None)
    elif act.type == "ASSAULT" and doers & classes["@order"] and _meets_dissent(act):
        act.mode = "crowd-control"
    elif doers & classes["@protesters"] and not doers & classes["@order"]:
        if (act.type, act.mode) in (("COERCE", "seize"), ("COERCE", None), ("ASSAULT", "explosives")):
            act.type, act.mode = "PROTEST", "riot"
        elif (act.type, act.mode) == ("COERCE", "restrict"):
            act.type, act.mode = "PROTEST", "obstruct"


def _meets_dissent(act: Act) -> bool:
    """Whether protesters are named as target or in the clause."""
    words = act.target if act.token.pos_ == "NOUN" else [*act.target, *act.token.subtree]
    return any(word.lemma_.lower() in DISSENT for word in words)


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

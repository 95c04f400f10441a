"""The role that a report gives a person next to the name, and the body or state that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from realpolitik.reading.actors.naming import Mention, within
from realpolitik.reading.actors.roles import Role, roles
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import CALENDAR, STARTERS, TITLES, vocabulary

__all__ = ["Given", "role_given"]

MODIFIERS = vocabulary(
    "former ex then acting caretaker interim incoming outgoing deputy vice assistant senior top chief press prime "
    "presidential vice-presidential foreign defense defence interior general former-prime lead longtime veteran "
    "retired late chief-of-staff staff opposition campaign party state fellow"
)
INSIDE = vocabulary("of for the to and &")
STOPS = vocabulary('who which whose that , . ; : " - -- – — ( )') - {"-"}
HEADS_END = vocabulary("of for at in from to with on who whose which that and")
CIVIL = vocabulary("mr mrs ms mx miss dr sir")
LONGEST_BEFORE = 14
LONGEST_AFTER = 30
REPORTERS = vocabulary(
    "reporter reporters correspondent correspondents journalist journalists photographer photographers editor editors "
    "columnist anchor"
)
PARTY_TAGS = {"R": "Republican Party", "D": "Democratic Party"}


class Given(NamedTuple):
    """A role as printed."""

    first: int
    """First token."""

    last: int
    """One past the last."""

    noun: int
    """Token of its head noun."""

    nouns: tuple[str, ...]
    """Its nouns, singular, lower case."""

    pronoun: str | None

    affiliation: str | None

    is_reporter: bool = False


def role_given(tokens: Tokens, mention: Mention, inner: Sequence[Mention]) -> list[Given]:
    """The roles before, after and around a person's name.

    Parameters
    ----------
    tokens : the passage.
    mention : a person in it.
    inner : all mentions of the passage, in order.
    """
    found = [_before(tokens, mention, inner), _after(tokens, mention, inner), _predicate(tokens, mention, inner)]
    return [given for given in found if given]


def _before(tokens: Tokens, mention: Mention, inner: Sequence[Mention]) -> Given | None:
    """``U.S. Secretary of Defense Mark Esper``, ``one protester, Ayad Al-Rumi``."""
    last = mention.first
    if last > 1 and tokens.text[last - 1] == ",":
        noun = last - 2
        if tokens.lower[noun] in roles() and tokens.dep[mention.head] == "appos" and not _is_plural(tokens, noun):
            first = _phrase_start(tokens, noun)
            return _given(tokens, first, noun + 1, noun, inner)
        return None
    first = last
    while first and last - first < LONGEST_BEFORE and _belongs_before(tokens, first - 1, last):
        first -= 1
    while first < last and (tokens.text[first] in STARTERS or tokens.lower[first] in INSIDE | {"'s", "-"}):
        first += 1
    nouns = [index for index in range(first, last) if _is_role(tokens, index)]
    if not nouns:
        return None
    return _given(tokens, first, last, nouns[-1] if len(nouns) < 2 else _head_noun(tokens, nouns), inner)


def _belongs_before(tokens: Tokens, index: int, last: int) -> bool:
    text, lower = tokens.text[index], tokens.lower[index]
    if text in CALENDAR or tokens.sentence[index] != tokens.sentence[last]:
        return False
    if lower in MODIFIERS or lower in ("-", "'s") or lower in roles():
        return not _is_plural(tokens, index)
    if lower in INSIDE:
        if lower in ("and", "&") and index and not _is_role(tokens, index - 1):
            return False
        return index + 1 < last and index > 0 and tokens.text[index - 1][:1].isupper() and lower != "to"
    return text[:1].isupper() and tokens.tag[index][:2] not in ("VB", "IN", "PR", "WP") and lower not in ("but", "and")


def _after(tokens: Tokens, mention: Mention, inner: Sequence[Mention]) -> Given | None:
    """``Ann Roe, a lawmaker from the north, …``; ``Ann Roe (D-Calif.)``."""
    at = mention.last
    if at + 1 >= len(tokens):
        return None
    if tokens.text[at] == "(":
        party = PARTY_TAGS.get(tokens.text[at + 1].split("-")[0])
        return Given(at, at, at, (), None, party) if party else None
    if tokens.text[at] != ",":
        return None
    at += 1
    if at + 1 < len(tokens) and tokens.text[at].isdigit() and tokens.text[at + 1] == ",":
        at += 2
    first, end = at, min(len(tokens), at + LONGEST_AFTER)
    noun: int | None = None
    while at < end and tokens.lower[at] not in STOPS and tokens.sentence[at] == tokens.sentence[mention.head]:
        is_clause = tokens.tag[at][:2] in ("VB", "MD", "PR", "IN", "WP", "WD") and tokens.tag[at] != "VBN"
        if noun is None and is_clause and not (tokens.lower[at] in ("of", "for") and at > first):
            return None
        if _is_role(tokens, at) and not _is_plural(tokens, at) and (noun is None or _same_phrase(tokens, noun, at)):
            noun = at
        at += 1
    if noun is None:
        return None
    return _given(tokens, first, at, noun, inner)


def _predicate(tokens: Tokens, mention: Mention, inner: Sequence[Mention]) -> Given | None:
    """``Ann Roe is the mayor of Arnor``."""
    if tokens.dep[mention.head] != "nsubj" or tokens.lower[tokens.head[mention.head]] not in ("is", "was", "became"):
        return None
    for child in tokens.doc[tokens.head[mention.head]].rights:
        if child.dep_ == "attr" and _is_role(tokens, child.i) and not _is_plural(tokens, child.i):
            end = child.i + 1
            while end < len(tokens) and tokens.lower[end] not in STOPS and end - child.i < LONGEST_AFTER:
                end += 1
            return _given(tokens, _phrase_start(tokens, child.i), end, child.i, inner)
    return None


def _given(tokens: Tokens, first: int, last: int, noun: int, inner: Sequence[Mention]) -> Given:
    while first < last and tokens.lower[first] in ("a", "an", "the", "one", "another"):
        first += 1
    nouns: dict[str, None] = {}
    pronoun = None
    is_reporter = False
    for index in range(first, last):
        is_reporter = is_reporter or (tokens.lower[index] in REPORTERS and index <= noun)
        role = _role(tokens, index)
        if role:
            nouns[role.noun] = None
            pronoun = pronoun or role.pronoun
    if first > 0 and tokens.lower[first] == "minister" and tokens.lower[first - 1] == "prime":
        first -= 1
    affiliation = _affiliation(tokens, first, last, inner)
    return Given(first, last, noun, tuple(nouns), pronoun, affiliation, is_reporter)


def _affiliation(tokens: Tokens, first: int, last: int, inner: Sequence[Mention]) -> str | None:
    """A body after a preposition first, then any body, then a state."""
    inside = [m for m in within(inner, first, last) if m.sort in ("body", "state", "people")]
    bodies = [m for m in inside if m.sort == "body" and m.sense != "adjective"]
    for mention in bodies:
        before = mention.first - 1
        while before > first and (tokens.lower[before] in ("the", "'s") or tokens.text[before][:1].isupper()):
            before -= 1
        if before >= first and tokens.lower[before] in ("of", "at", "from", "for", "with", "in"):
            return mention.name
    if bodies:
        return bodies[0].name
    chosen = next((m for m in inside if m.entry), None)
    return chosen.entry if chosen else None


def _role(tokens: Tokens, index: int) -> Role | None:
    lower = tokens.lower[index].rstrip(".")
    pair = f"{lower} {tokens.lower[index + 1]}" if index + 1 < len(tokens) else lower
    known = roles()
    return known.get(pair) or known.get(ABBREVIATED.get(lower, lower))


ABBREVIATED = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "prof": "professor",
    "adm": "commander",
}


def _is_role(tokens: Tokens, index: int) -> bool:
    word = tokens.text[index].rstrip(".")
    if word.lower() in REPORTERS:
        return True
    if word.lower() in CIVIL:
        return False
    return _role(tokens, index) is not None or (word in TITLES and tokens.lower[index] not in MODIFIERS)


def _is_plural(tokens: Tokens, index: int) -> bool:
    role = roles().get(tokens.lower[index])
    return role is not None and role.is_plural


def _head_noun(tokens: Tokens, nouns: Sequence[int]) -> int:
    """The first noun before ``of`` or ``for``, else the last one."""
    for noun in nouns:
        if tokens.lower[noun + 1] in ("of", "for"):
            return noun
    return nouns[-1]


def _same_phrase(tokens: Tokens, noun: int, at: int) -> bool:
    return not any(tokens.lower[index] in HEADS_END for index in range(noun + 1, at))


def _phrase_start(tokens: Tokens, noun: int) -> int:
    first = noun
    while first and noun - first < LONGEST_BEFORE and first - 1 < tokens.head[first - 1] <= noun:
        if tokens.tag[first - 1][:2] in ("VB", "IN", "CC") and tokens.tag[first - 1] != "VBN":
            break
        first -= 1
    return first

"""States that the lists do not know and the report introduces: *Arnor's foreign ministry*, *the Arnorian army*.

Only what a state alone has counts: a foreign or defence ministry, ambassadors, armed forces. Regions, cities and
companies have presidents and parliaments too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from realpolitik.reading.actors.gazetteer import Entry, Gazetteer
from realpolitik.reading.actors.roles import pronoun_of
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import CALENDAR, ORGANISATIONS, STARTERS, TITLES, vocabulary

__all__ = ["with_introduced"]

COMPASS = "(?:North|South|East|West|Northern|Southern|Eastern|Western|Upper|Lower|New|Saint)"
NAME = rf"((?:{COMPASS} )?[A-Z][a-z]{{2,20}})"
FIELD = r"(?:foreign|defen[cs]e|external affairs)"
OWNED = (
    rf"(?i:{FIELD} (?:ministry|minister|secretary)|ministry of (?:foreign affairs|defen[cs]e)|embassy|ambassador|army"
    r"|navy|air force|armed forces|coast ?guard|central bank|border guards?)"
)
POSSESSED = re.compile(rf"\b{NAME}'s? (?:[a-z]+ )?{OWNED}\b")
BELONGING = re.compile(
    r"\b(?i:republic|kingdom|sultanate|emirate|principality|commonwealth|government|embassy|ambassador|armed forces"
    r"|coast guard|prime minister|foreign minister|(?:ministry|minister) of (?:foreign affairs|defen[cs]e))"
    rf" of {NAME}\b"
)
ADJECTIVE = re.compile(
    rf"\b([A-Z][a-z]{{2,20}}(?:n|i|ese|ish)) (?:{OWNED}|(?i:government|soldiers|troops|warplanes|warships))\b"
)
SEATED = re.compile(rf"\b{NAME}, {NAME}'s? capital\b|\b{NAME}'s? capital,? {NAME}\b|\bcapital of {NAME}, {NAME}\b")
PLACED = re.compile(
    rf"\b(?:in|into|across|throughout|inside|outside|near|borders? with|relations with) {NAME}\b(?!'s? [A-Z])"
)
PLACES = frozenset({"GPE", "LOC"})
ENDINGS = ("n", "an", "ian", "i", "ese", "ish")
MARKS = vocabulary(
    "ministry embassy ambassador army navy force forces guard guards coastguard bank republic kingdom sultanate "
    "emirate principality commonwealth soldiers troops warplanes warships government minister secretary"
)
"""A passage without any of these words introduces no state."""


def with_introduced(gazetteer: Gazetteer, parsed: Sequence[Tokens]) -> Gazetteer:
    """The gazetteer, with the states that only the report knows.

    Parameters
    ----------
    gazetteer : known actors, whose names are left alone.
    parsed : the passages of the report.
    """
    telling = [tokens for tokens in parsed if not MARKS.isdisjoint(tokens.lower)]
    if not telling:
        return gazetteer
    text = "\n".join(tokens.words for tokens in parsed)
    marked = dict.fromkeys(_marked("\n".join(tokens.words for tokens in telling), text, gazetteer))
    if not marked:
        return gazetteer
    persons, places = _named(parsed)
    capitals = {state: city for city, state in _capitals(text)}
    places |= set(capitals) | {match[1] for rule in (BELONGING, PLACED) for match in rule.finditer(text)}
    words = set(re.findall(r"[A-Z][a-z]+", text))
    entries = [
        _entry(name, words, gazetteer, capitals.get(name)) for name in marked if name not in persons and name in places
    ]
    return gazetteer.beside(entries) if entries else gazetteer


def _marked(telling: str, text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Capitalised words of a text that have what only a state has, by its passages that are telling."""
    for match in (*POSSESSED.finditer(telling), *BELONGING.finditer(telling)):
        if _may_be_state(match[1], gazetteer):
            yield match[1]
    adjectives = {match[1] for match in ADJECTIVE.finditer(telling) if _may_be_state(match[1], gazetteer)}
    if adjectives:
        for word in dict.fromkeys(re.findall(rf"\b{NAME}\b", text)):
            if _may_be_state(word, gazetteer) and any(form in adjectives for form in _adjectives(word)):
                yield word


def _may_be_state(name: str, gazetteer: Gazetteer) -> bool:
    is_word = name in STARTERS or name in TITLES or name in CALENDAR or name in ORGANISATIONS
    return name[0].isupper() and not is_word and gazetteer.lookup(name) is None and pronoun_of(name) is None


def _named(parsed: Sequence[Tokens]) -> tuple[set[str], set[str]]:
    """Words after a title or a given name, which are persons; names that the parser takes for places."""
    persons: set[str] = set()
    places: set[str] = set()
    for tokens in parsed:
        for before, word in pairwise(tokens.text):
            if word[0].isupper() and (before.rstrip(".") in TITLES or pronoun_of(before) is not None):
                persons.add(word)
        places.update(entity.text for entity in tokens.doc.ents if entity.label_ in PLACES)
    return persons, places


def _capitals(text: str) -> Iterator[tuple[str, str]]:
    for match in SEATED.finditer(text):
        before, owner, owning, after, of, named = match.groups()
        city, state = (before, owner) if owner else (after, owning) if owning else (named, of)
        yield city, state


def _entry(name: str, words: set[str], gazetteer: Gazetteer, capital: str | None) -> Entry:
    adjectives = tuple(form for form in _adjectives(name) if form in words and gazetteer.lookup(form) is None)
    return Entry(
        name=name,
        kind="state",
        adjectives=adjectives,
        people=tuple(f"{form}s" for form in adjectives if f"{form}s" in words),
        capital=(capital,) if capital and gazetteer.lookup(capital) is None else (),
    )


def _adjectives(name: str) -> Iterator[str]:
    """The adjectives that a name of a state may have.

    Examples
    --------
    >>> [form for form in _adjectives("Arnoria") if form == "Arnorian"]
    ['Arnorian']
    """
    stems = dict.fromkeys((name, name.removesuffix("ia"), name.rstrip("aeoy")))
    yield from dict.fromkeys(stem + ending for stem in stems for ending in ENDINGS)

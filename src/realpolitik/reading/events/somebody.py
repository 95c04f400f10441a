"""Which words name or mean somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.reading.events.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["NAMES", "is_actor"]

NAMES = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC", "FAC"})
"""Named entities that can act or be acted upon."""

TIMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})
"""Named entities that never do."""

PERSONAL = frozenset({"he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "you", "who", "whom"})
PEOPLE = ("ers", "ists", "ians", "men", "women", "ees")
"""Endings of plural nouns that mostly mean people."""

THINGS = frozenset(
    {
        "answers",
        "banners",
        "barriers",
        "boilers",
        "bombers",
        "boosters",
        "borders",
        "bulldozers",
        "bunkers",
        "centers",
        "centres",
        "chapters",
        "computers",
        "containers",
        "corners",
        "counters",
        "covers",
        "dangers",
        "degrees",
        "dinners",
        "disasters",
        "encounters",
        "feathers",
        "fees",
        "figures",
        "fires",
        "flowers",
        "headquarters",
        "kilometers",
        "launchers",
        "layers",
        "letters",
        "levers",
        "lists",
        "liters",
        "manners",
        "matters",
        "meters",
        "numbers",
        "offers",
        "orders",
        "others",
        "papers",
        "posters",
        "powers",
        "printers",
        "quarters",
        "regimen",
        "rivers",
        "shelters",
        "shutters",
        "specimen",
        "stickers",
        "summers",
        "suppers",
        "talkers",
        "tankers",
        "tires",
        "towers",
        "tractors",
        "trailers",
        "transfers",
        "trees",
        "waters",
        "weathers",
        "winters",
    }
)  # fmt: skip
"""Plural nouns with such an ending that do not."""


def is_actor(token: Token) -> bool:
    """Whether a word names or means somebody: a named entity, a noun for people or bodies, a pronoun."""
    if token.ent_type_ in TIMES:
        return False
    if token.ent_type_ in NAMES or token.pos_ == "PROPN":
        return True
    if token.pos_ == "PRON":
        return token.lower_ in PERSONAL
    if token.tag_ == "NNS" and token.lower_.endswith(PEOPLE) and token.lower_ not in THINGS:
        return True
    if token.is_upper and token.is_alpha and len(token) > 2:
        return True
    return token.pos_ in ("NOUN", "ADJ") and (
        token.lemma_.lower() in lexicon().actors or token.lower_ in lexicon().actors
    )

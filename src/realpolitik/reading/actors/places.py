"""Towns and regions that no list knows: what something is in, and what a word for a place comes with."""

from __future__ import annotations

from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["is_located", "names_place"]

INSIDE = vocabulary("in near outside throughout via through")
PLACES = vocabulary(
    "town towns city cities village villages port harbour harbor province region district county suburb island islands "
    "municipality outskirts governorate prefecture canton hamlet settlement capital governor mayor residents "
    "people streets siege"
)
"""Nouns before *of* and a place, or right after its name: ``the port of Alma``, ``the Alma region``."""

HELD = vocabulary("confidence trust faith interest belief believe believes believed trusts invest invested stake role")
"""What may be in a person."""

FEATURES = vocabulary(
    "Bay Island Islands River Valley Strait Mountain Mountains Province Region County District Coast Peninsula Harbour "
    "Harbor Lake Sea Gulf Airport Bridge Hills Heights Plain Plains Desert Delta Canal Cape Crossing Governorate "
    "Highway Cove Street Square Avenue Oblast Prefecture Archipelago Reef Shoal"
)
"""Last words of the names of places."""


def names_place(name: str) -> bool:
    """Whether the last of several words says that a place is meant.

    Examples
    --------
    >>> names_place("Alma Bay"), names_place("Ann Roe"), names_place("Bay")
    (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and words[-1] in FEATURES


def is_located(tokens: Tokens, first: int, last: int) -> bool:
    """Whether something is in a name, or a word for a place stands with it."""
    if last < len(tokens) and tokens.lower[last] in PLACES and tokens.dep[last - 1] in ("compound", "nmod", "amod"):
        return True
    head = last - 1
    for _ in range(4):
        if tokens.dep[head] != "conj" or tokens.tag[tokens.head[head]] not in ("NNP", "NNPS"):
            break
        head = tokens.head[head]
    above = tokens.head[head]
    if tokens.dep[head] != "pobj":
        return False
    governor = tokens.lower[tokens.head[above]]
    if tokens.lower[above] in INSIDE:
        return governor not in HELD
    return tokens.lower[above] == "of" and governor in PLACES and tokens.text[tokens.head[above]].islower()

"""The vocabulary of stances: words that take a side, and what a side can be taken on. Both stand in text files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from realpolitik.reading.actors.gazetteer import LISTS

__all__ = ["Side", "Tier", "Word", "Words", "words"]

Side = Literal["support", "oppose", "ambivalent", "conditional"]
Tier = Literal["own words", "own action", "attributed", "inferred"]

SIDES: dict[str, Side] = {"+": "support", "-": "oppose", "~": "ambivalent", "if": "conditional"}
TIERS: dict[str, Tier] = {"words": "own words", "action": "own action", "writer": "attributed"}
SECTION = re.compile(r"\[(?P<head>[^\]]+)\] (?P<words>.+)")


@dataclass(frozen=True)
class Word:
    """A word that takes a side."""

    side: Side
    tier: Tier
    form: str
    """``verb``, ``adjective``, ``noun``, ``role``, ``light``, ``goal``, ``order``, ``avoid`` or ``as``."""

    with_: str | None
    """Preposition or particle that must stand with it."""

    is_open: bool
    """Whether any object will do; otherwise it must be a known issue."""


@dataclass(frozen=True)
class Words:
    """All words, by lemma."""

    takes: dict[str, tuple[Word, ...]]
    """Words that take a side, those with a preposition first."""

    turns: frozenset[str]
    """Words that turn round what they govern."""

    passes: frozenset[str]
    """Words that stand for what they govern."""

    sees: frozenset[str]
    """Verbs of *see X as*."""

    nouns: dict[str, str]
    """Noun → issue."""

    verbs: dict[str, str]
    """Verb, with its particle after an underscore → issue."""


@cache
def words() -> Words:
    """The vocabulary, read at the first use."""
    takes: dict[str, list[Word]] = {}
    sets: dict[str, frozenset[str]] = {}
    for line in _lines("stances.txt"):
        section = SECTION.fullmatch(line)
        if section is None:
            raise ValueError(f"stances.txt: {line!r} is no section; expected '[side tier form] words'")
        head, listed = section["head"].split(), section["words"].split()
        if len(head) == 1:
            sets[head[0]] = frozenset(listed)
            continue
        side, tier, form = head
        for word in listed:
            lemma, _, with_ = word.rstrip("*").partition("_")
            takes.setdefault(lemma, []).append(Word(SIDES[side], TIERS[tier], form, with_ or None, word.endswith("*")))
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    for line in _lines("issues.txt"):
        name, _, listed_words = line.partition(":")
        of_nouns, _, of_verbs = listed_words.partition("|")
        nouns.update(dict.fromkeys(of_nouns.split(), name))
        verbs.update(dict.fromkeys(of_verbs.split(), name))
    return Words(
        takes={lemma: tuple(sorted(found, key=lambda one: one.with_ is None)) for lemma, found in takes.items()},
        turns=sets["turn"],
        passes=sets["through"],
        sees=sets["see"],
        nouns=nouns,
        verbs=verbs,
    )


def _lines(name: str) -> list[str]:
    text = (LISTS / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]

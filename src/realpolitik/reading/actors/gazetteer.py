"""Known actors: states, bodies and groups with the names under which reports speak of them.

The lists in ``lists/*.tsv`` come with the package; a user's file adds to them (see ``gazetteer_file``). They are read
at the first use, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from realpolitik.contest.actors import ActorKind
from realpolitik.errors import ReadingError

__all__ = ["LISTS", "Entry", "Gazetteer", "Hit", "Office", "Sense", "builtin", "kind_named", "rows", "several"]

LISTS = Path(__file__).parents[1] / "lists"
"""Folder of the lists, one TSV file a subject; lines that begin with ``#`` say what they are and where from."""

KINDS: tuple[str, ...] = get_args(ActorKind)

Sense = Literal["name", "adjective", "people", "capital", "seat"]
"""What a word says of an entry: its name, the adjective, its people, the capital, or a building of its government."""

WORD = re.compile(r"[^\W_]+")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " "})  # noqa: RUF001


@dataclass(frozen=True)
class Entry:
    """A known actor."""

    name: str
    """Canonical name."""

    kind: ActorKind

    of: str | None = None
    """Canonical name of the state or body that it belongs to."""

    aliases: tuple[str, ...] = ()
    """Other names, matched as written."""

    adjectives: tuple[str, ...] = ()
    """``Iraqi``."""

    people: tuple[str, ...] = ()
    """Nouns for its people or members: ``Iraqis``."""

    capital: tuple[str, ...] = ()
    """Cities that stand for its government, where the grammar says so."""

    seats: tuple[str, ...] = ()
    """Buildings that stand for its government: ``Kremlin``."""

    legislature: tuple[str, ...] = ()
    """Names of its parliament; the first is the canonical one."""


class Office(NamedTuple):
    """A body that every state has."""

    name: str
    """``Ministry of Foreign Affairs``."""

    kind: ActorKind


class Hit(NamedTuple):
    """A known name in a text."""

    start: int
    """First character."""

    end: int
    """One past the last."""

    entry: str
    """Canonical name of the entry."""

    sense: Sense


class Gazetteer:
    """Known actors and the words for them.

    Parameters
    ----------
    entries : an entry replaces an earlier one of the same name, and its words win over those of earlier entries.
    offices : words in lower case for the bodies that every state has.
    """

    def __init__(self, entries: Iterable[Entry], offices: dict[str, Office]) -> None:
        self.entries: dict[str, Entry] = {entry.name: entry for entry in entries}
        self.offices = offices
        self.longest_office = max((words.count(" ") + 1 for words in offices), default=0)
        self._senses: dict[str, tuple[str, Sense]] = {}
        self._lengths: dict[str, list[int]] = {}
        for entry in self.entries.values():
            for words, name, sense in _words_of(entry):
                self._add(words, name, sense)
        for entry in list(self.entries.values()):
            for house in entry.legislature[:1]:
                self.entries.setdefault(house, Entry(house, "government", entry.name, entry.legislature[1:]))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def _add(self, words: str, name: str, sense: Sense) -> None:
        words = words.translate(STRAIGHT)
        first = WORD.search(words)
        if first is None:
            return
        self._senses[words] = (name, sense)
        lengths = self._lengths.setdefault(first.group(), [])
        if len(words) not in lengths:
            lengths.append(len(words))

    def extended(self, entries: Iterable[Entry]) -> Gazetteer:
        """This gazetteer with more entries."""
        return Gazetteer([*self.entries.values(), *entries], self.offices)

    def beside(self, entries: Iterable[Entry]) -> Gazetteer:
        """This gazetteer with entries whose words it does not know; quicker than :meth:`extended`."""
        made = copy(self)
        made.entries, made._senses = dict(self.entries), dict(self._senses)
        made._lengths = {word: list(lengths) for word, lengths in self._lengths.items()}
        for entry in entries:
            made.entries[entry.name] = entry
            for words, name, sense in _words_of(entry):
                made._add(words, name, sense)
        for lengths in made._lengths.values():
            lengths.sort(reverse=True)
        return made

    def hits(self, text: str) -> Iterator[Hit]:
        """All known names in a text with straight apostrophes, the longest at each place, none overlapping.

        Examples
        --------
        >>> [(hit.entry, hit.sense) for hit in builtin().hits("Iraqi forces and the Kremlin")]
        [('Iraqi Armed Forces', 'name'), ('Russia', 'seat')]
        """
        cursor = 0
        for word in WORD.finditer(text):
            start = word.start()
            if start < cursor:
                continue
            for length in self._lengths.get(word.group(), ()):
                end = start + length
                known = self._senses.get(text[start:end])
                if known and not text[end : end + 1].isalnum():
                    yield Hit(start, end, *known)
                    cursor = end
                    break

    def lookup(self, words: str) -> tuple[str, Sense] | None:
        """Canonical name and sense of exactly these words."""
        return self._senses.get(words.translate(STRAIGHT))

    def parliament(self, state: str) -> str:
        """Name of the parliament of a state."""
        entry = self.entries.get(state)
        return entry.legislature[0] if entry and entry.legislature else f"Parliament of {state}"


def _words_of(entry: Entry) -> Iterator[tuple[str, str, Sense]]:
    for city in entry.capital:
        yield city, entry.name, "capital"
    for seat in entry.seats:
        yield seat, entry.name, "seat"
    for adjective in entry.adjectives:
        yield adjective, entry.name, "adjective"
    for people in entry.people:
        if people not in entry.adjectives:
            yield people, entry.name, "people"
    for alias in (entry.name, *entry.aliases):
        if alias not in entry.adjectives:
            yield alias, entry.name, "name"
    for house in entry.legislature:
        yield house, entry.legislature[0], "name"


def rows(file: str) -> list[dict[str, str]]:
    """The rows of one of the lists, by column; an absent last column is empty."""
    lines = (LISTS / file).read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    head = table[0]
    return [dict(zip(head, row + [""] * (len(head) - len(row)), strict=True)) for row in table[1:]]


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell, which are separated by ``;``."""
    return tuple(part for part in (part.strip() for part in cell.split(";")) if part) if cell else ()


def kind_named(words: str, name: str) -> ActorKind:
    """The kind that the words of a list name."""
    if words not in KINDS:
        raise ReadingError(f"'{name}' is of kind '{words}'. Allowed are {', '.join(KINDS)}.")
    return cast(ActorKind, words)


@cache
def builtin() -> Gazetteer:
    """The gazetteer that comes with the package."""
    entries = [
        Entry(
            name=row["name"],
            kind=kind_named(row["kind"], row["name"]),
            of=row.get("of") or None,
            aliases=several(row["aliases"]),
            adjectives=several(row.get("adjectives", "")),
            people=several(row.get("people", "")),
            capital=several(row.get("capital", "")),
            seats=several(row.get("seats", "")),
            legislature=several(row.get("legislature", "")),
        )
        for file in ("bodies.tsv", "groups.tsv", "states.tsv")
        for row in rows(file)
    ]
    offices = {
        words: Office(row["name"], kind_named(row["kind"], row["name"]))
        for row in rows("offices.tsv")
        for words in several(row["words"])
    }
    return Gazetteer(entries, offices)

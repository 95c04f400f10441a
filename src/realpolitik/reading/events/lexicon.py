"""The vocabulary of events: which words are acts, and which say what is made of another act.

The words stand in text files beside this module, in sections of a type and mode; the head of each file says how it is
written. They are read once, at the first use.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["TYPES", "Entry", "Lexicon", "lexicon"]

TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The types of PLOVER, from cooperation to conflict."""

SECTION = re.compile(r"\[(?P<name>@?[\w-]+)(?: (?P<mode>[\w-]+))?\](?: target: (?P<preps>[a-z ]+))?")
LINE = re.compile(r"(?P<form>verb|endure|noun|patient|doer|adjective)(?: with (?P<needs>[^:]+))?: (?P<words>.+)")


@dataclass(frozen=True)
class Entry:
    """A word for an act."""

    type: str
    """PLOVER type, or a type of our own in lower case."""

    mode: str | None
    targets: tuple[str, ...]
    """Prepositions whose object is the target, before the direct object."""

    needs: frozenset[str] = frozenset()
    """Lemmas of which one must stand beside the word; empty if it counts alone."""

    form: str = "verb"
    """``verb``, a verb whose subject suffers (``endure``), ``noun``, or a noun whose possessor suffers (``patient``) or
    whose ``of`` names who acts (``doer``)."""


@dataclass(frozen=True)
class Lexicon:
    """All words, by lemma."""

    verbs: dict[str, tuple[Entry, ...]]
    """Entries of a verb, or of a verb with its particle; the most particular condition first."""

    nouns: dict[str, Entry]
    """Nouns for acts, alone, with the word before them, or with ``of``."""

    cues: dict[str, dict[str, str]]
    """Part of speech (``verb``, ``noun``, ``adjective``) → word → kind of cue."""

    light: frozenset[str]
    """Verbs that are about an act rather than part of it: their subject does not commit it."""

    suffering: frozenset[str]
    """Verbs whose subject suffers the act that is their object."""

    actors: frozenset[str]
    """Nouns for somebody who can act."""

    classes: dict[str, frozenset[str]]
    """Classes of nouns, by name with ``@``."""


@cache
def lexicon() -> Lexicon:
    """Read the words that come with the package."""
    classes = {name: frozenset(_split(" ".join(lines))) for name, _, _, lines in _sections("classes.txt")}
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, Entry] = {}
    for name, mode, preps, lines in _sections("acts.txt"):
        for form, needs, words in _entries(lines):
            needed = frozenset(word for need in needs for word in classes.get(need, (need,)))
            for word in words:
                entry = Entry(name, mode, preps, needed, form)
                if form in ("verb", "endure"):
                    verbs.setdefault(word, []).append(entry)
                else:
                    nouns.setdefault(word, entry)
    cues: dict[str, dict[str, str]] = {"verb": {}, "noun": {}, "adjective": {}}
    others: dict[str, frozenset[str]] = {}
    for name, _, _, lines in _sections("cues.txt"):
        for form, _, words in _entries(lines):
            if name in ("about", "suffer"):
                others[name] = frozenset(words)
                continue
            for word in words:
                cues[form].setdefault(word, name)
    actors = next(frozenset(_split(" ".join(lines))) for _, _, _, lines in _sections("actors.txt"))
    ordered = {
        word: tuple(sorted(found, key=lambda entry: len(entry.needs) or sys.maxsize)) for word, found in verbs.items()
    }
    return Lexicon(ordered, nouns, cues, others["about"], others["suffer"], actors, classes)


def _sections(name: str) -> Iterator[tuple[str, str | None, tuple[str, ...], list[str]]]:
    """Name, mode, prepositions and lines of each section of a file."""
    text = files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*text.splitlines(), "[end]"]:
        found = SECTION.fullmatch(line)
        if found:
            if head:
                yield head["name"], head["mode"], tuple((head["preps"] or "").split()), lines
            head, lines = found, []
        elif line.strip() and not line.startswith("#"):
            lines.append(line)


def _entries(lines: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Form, conditions and words of each line."""
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"{line!r} is no line of words; write 'verb: …', 'verb with …: …' or 'noun: …'")
        yield found["form"], _split(found["needs"] or ""), _split(found["words"])


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]

"""Clean text that remembers where in the raw text each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["CleanText", "Cleaner", "Run", "compounds"]

PIECE = re.compile(
    r"(?P<gone>[\u00ad\u200b-\u200d\u2060\ufeff]+)|(?P<gap>\s+)|(?P<ligature>[\ufb00-\ufb06])"
    r"|[^\s\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06]+"
)
"""Soft hyphens and zero-width characters go, white space becomes one space, ligatures their letters; the rest stays."""

LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)

HYPHENS = "-\u2010\u00ad"
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-\u2010][^\W\d_]+")
KEPT_PREFIXES = frozenset({"non", "self", "vice", "half", "well", "anti", "semi"})
"""A hyphen after one of these at the end of a line belongs to the word."""


class Run(NamedTuple):
    """A stretch of clean text that came from one stretch of raw text, in code points."""

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int

    @property
    def is_verbatim(self) -> bool:
        """Whether the characters correspond one to one; otherwise the run is indivisible, like ``&rsquo;``."""
        return self.clean_end - self.clean_start == self.raw_end - self.raw_start


@dataclass(frozen=True)
class CleanText:
    """Text fit for reading, with its way back to the raw text."""

    text: str
    """Single spaces, no soft hyphens, no tags; entities resolved."""

    runs: tuple[Run, ...] = field(repr=False)
    """In order, without gaps in the clean text; raw characters between two runs were dropped."""

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the clean slice ``text[start:end]``, which must not be empty.

        Raises
        ------
        ValueError : the slice is empty or reaches beyond the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"clean slice {start}–{end} is empty or outside a text of {len(self.text)} characters")
        first, last = self._run_at(start), self._run_at(end - 1)
        raw_start = first.raw_start + (start - first.clean_start if first.is_verbatim else 0)
        raw_end = last.raw_start + (end - last.clean_start) if last.is_verbatim else last.raw_end
        return raw_start, raw_end

    def _run_at(self, position: int) -> Run:
        return self.runs[bisect_right(self.runs, position, key=lambda run: run.clean_start) - 1]

    def slice(self, start: int, end: int) -> CleanText:
        """The same mapping for ``text[start:end]`` without spaces at its ends.

        An indivisible run at the edge stays whole; offsets of the result count from its own first character.
        """
        cleaner = Cleaner()
        while start < end and self.text[start] == " ":
            start += 1
        for run in self.runs:
            low, high = max(run.clean_start, start), min(run.clean_end, end)
            if low < high:
                shift = run.raw_start - run.clean_start
                raw = (low + shift, high + shift) if run.is_verbatim else (run.raw_start, run.raw_end)
                cleaner.add(self.text[low:high], *raw)
        return cleaner.build()


class Cleaner:
    """Collects pieces of raw text, in order, into a :class:`CleanText`."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._ends_in_space = True

    def add(self, text: str, raw_start: int, raw_end: int) -> None:
        """Add ``text`` for the raw slice; a space is dropped at the beginning and after another space."""
        if not text or (text == " " and self._ends_in_space):
            return
        run = Run(self._length, self._length + len(text), raw_start, raw_end)
        before = self._runs[-1] if self._runs else None
        if before and before.is_verbatim and run.is_verbatim and before.raw_end == raw_start:
            self._runs[-1] = Run(before.clean_start, run.clean_end, before.raw_start, raw_end)
        else:
            self._runs.append(run)
        self._parts.append(text)
        self._length = run.clean_end
        self._ends_in_space = text == " "

    def add_raw(self, raw: str, start: int, end: int) -> None:
        """Add ``raw[start:end]``, with white space collapsed and invisible characters dropped."""
        for piece in PIECE.finditer(raw, start, end):
            if piece["gap"]:
                self.add(" ", piece.start(), piece.end())
            elif piece["ligature"]:
                self.add(LIGATURES[piece.group()], piece.start(), piece.end())
            elif not piece["gone"]:
                self.add(piece.group(), piece.start(), piece.end())

    def add_lines(self, raw: str, lines: Sequence[tuple[int, int]], known: Collection[str] = ()) -> None:
        """Add the lines of one paragraph; a word that is hyphenated at the end of a line becomes whole again.

        Parameters
        ----------
        raw : the text.
        lines : where each line begins and ends, its break included; what lies between them is left out.
        known : :func:`compounds` of the text; their hyphen stays.
        """
        for index, (start, end) in enumerate(lines):
            follows = raw[slice(*lines[index + 1])].lstrip() if index + 1 < len(lines) else ""
            line = raw[start:end].rstrip()
            if not (line[-1:] and line[-1] in HYPHENS and line[-2:-1].isalpha() and follows[:1].islower()):
                self.add_raw(raw, start, end)
                continue
            hyphen = start + len(line) - 1
            self.add_raw(raw, start, hyphen)
            before, after = _last_word(line[:-1]), _first_word(follows)
            if line[-1] != "\u00ad" and (before in KEPT_PREFIXES or f"{before}-{after}" in known):
                self.add("-", hyphen, hyphen + 1)

    def build(self) -> CleanText:
        """Return what was collected, without a space at the end."""
        text = "".join(self._parts)
        runs = self._runs
        if text.endswith(" "):
            text = text[:-1]
            last = runs.pop()
            if last.clean_end - last.clean_start > 1:
                runs.append(Run(last.clean_start, last.clean_end - 1, last.raw_start, last.raw_end - 1))
        return CleanText(text, tuple(runs))


def compounds(raw: str) -> frozenset[str]:
    """The words of a text that are written with a hyphen inside a line, in lower case.

    Examples
    --------
    >>> sorted(compounds("A well-meant, non-binding vote"))
    ['non-binding', 'well-meant']
    """
    return frozenset(word.replace("\u2010", "-").casefold() for word in COMPOUND.findall(raw))


def _last_word(text: str) -> str:
    start = len(text)
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:].casefold()


def _first_word(text: str) -> str:
    end = 0
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[:end].casefold()

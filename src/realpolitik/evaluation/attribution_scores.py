"""How many attributions a reader finds, and how exactly.

Spans are compared as sets of characters, white space left out. An attribution is *found* if its content shares at
least half of their union with the content of a gold attribution; *end to end* if besides the words for its speaker
overlap the gold source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from realpolitik.evaluation.polnear import Article, Gold, Kind, Ranges

__all__ = ["KINDS", "Found", "Miss", "Score", "score"]

KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")

ENOUGH = 0.5
"""Intersection over union from which a content counts as found."""


class Found(NamedTuple):
    """An attribution that a system found, in code points of the text."""

    content: Ranges
    source: Ranges
    cue: Ranges


class Miss(NamedTuple):
    """An error, by class."""

    kind: str
    article: str
    gold: Gold | None
    found: Found | None


@dataclass(frozen=True)
class Score:
    """Counts over all articles of a collection."""

    numbers: dict[Kind, int]
    """Gold attributions of each kind."""

    found: dict[Kind, int]
    with_source: dict[Kind, int]
    end_to_end: dict[Kind, int]

    shared: int
    """Characters in both the gold content and ours."""

    proposed: int
    """Characters in the content of ours."""

    expected: int
    """Characters in the gold content."""

    predictions: int
    matched: int
    misses: tuple[Miss, ...]

    def share_found(self, kind: Kind) -> float:
        """Share of the gold attributions of a kind that were found."""
        return _share(self.found[kind], self.numbers[kind])

    def share_end_to_end(self, kind: Kind) -> float:
        """Share of those with a source that were found with the right one."""
        return _share(self.end_to_end[kind], self.with_source[kind])

    @property
    def content_precision(self) -> float:
        """Share of the characters of our content that are gold content."""
        return _share(self.shared, self.proposed)

    @property
    def content_recall(self) -> float:
        """Share of the characters of gold content that are in ours."""
        return _share(self.shared, self.expected)

    @property
    def content_f1(self) -> float:
        """Harmonic mean of the two."""
        return _share(2 * self.shared, self.proposed + self.expected)

    @property
    def precision(self) -> float:
        """Share of our attributions that match a gold one."""
        return _share(self.matched, self.predictions)

    def as_json(self) -> dict[str, Any]:
        """The figures, to four places."""
        kinds: dict[str, Any] = {
            kind: {
                "found": round(self.share_found(kind), 4),
                "end_to_end": round(self.share_end_to_end(kind), 4),
                "n": self.numbers[kind],
            }
            for kind in KINDS
        }
        content = {"precision": self.content_precision, "recall": self.content_recall, "f1": self.content_f1}
        rounded = {name: round(value, 4) for name, value in content.items()}
        return {**kinds, "content": rounded, "precision": round(self.precision, 4)}


def score(pairs: Iterable[tuple[Article, Sequence[Found]]]) -> Score:
    """Compare what a system found in each article with what annotators marked."""
    numbers, hits, sourced, ends = Counter[Kind](), Counter[Kind](), Counter[Kind](), Counter[Kind]()
    totals = Counter[str]()
    misses: list[Miss] = []
    for article, predictions in pairs:
        ours = [_Sets(article.text, one.content, one.source, one.cue) for one in predictions]
        gold = [_Sets(article.text, one.content, one.source, one.cue) for one in article.gold]
        all_ours = frozenset[int]().union(*(one.content for one in ours))
        all_gold = frozenset[int]().union(*(one.content for one in gold))
        totals += Counter(
            shared=len(all_ours & all_gold), proposed=len(all_ours), expected=len(all_gold), predictions=len(ours)
        )
        for one, wanted in zip(article.gold, gold, strict=True):
            same = [mine for mine in ours if wanted.matches(mine)]
            right = any(mine.source & wanted.source for mine in same)
            numbers[one.kind] += 1
            hits[one.kind] += bool(same)
            sourced[one.kind] += bool(wanted.source)
            ends[one.kind] += right
            if not same or (wanted.source and not right):
                misses.append(Miss(f"{one.kind}: {_why(wanted, ours, same)}", article.name, one, None))
        for prediction, mine in zip(predictions, ours, strict=True):
            good = any(wanted.matches(mine) for wanted in gold)
            totals["matched"] += good
            if not good:
                near = any(wanted.content & mine.content for wanted in gold)
                kind = "extra: content overlaps too little" if near else "extra: nothing there"
                misses.append(Miss(kind, article.name, None, prediction))
    return Score(
        numbers=_by_kind(numbers),
        found=_by_kind(hits),
        with_source=_by_kind(sourced),
        end_to_end=_by_kind(ends),
        shared=totals["shared"],
        proposed=totals["proposed"],
        expected=totals["expected"],
        predictions=totals["predictions"],
        matched=totals["matched"],
        misses=tuple(misses),
    )


def _by_kind(counter: Counter[Kind]) -> dict[Kind, int]:
    return {kind: counter[kind] for kind in KINDS}


class _Sets:
    """The characters of an attribution."""

    def __init__(self, text: str, *parts: Ranges) -> None:
        self.content, self.source, self.cue = (frozenset(_characters(text, part)) for part in parts)
        self.low, self.high = min(self.content, default=0), max(self.content, default=-1)

    def matches(self, other: _Sets) -> bool:
        """Whether the contents share at least half of their union."""
        if self.high < other.low or other.high < self.low:
            return False
        shared = len(self.content & other.content)
        return shared > 0 and shared >= ENOUGH * (len(self.content) + len(other.content) - shared)


def _characters(text: str, ranges: Ranges) -> Iterator[int]:
    return (place for low, high in ranges for place in range(low, high) if not text[place].isspace())


def _why(wanted: _Sets, ours: Sequence[_Sets], same: Sequence[_Sets]) -> str:
    if same:
        return "another speaker" if any(mine.source for mine in same) else "no speaker"
    if not any(mine.cue & wanted.cue for mine in ours):
        return "cue not seen"
    seen = [mine for mine in ours if mine.cue & wanted.cue]
    if not any(mine.content & wanted.content for mine in seen):
        return "cue seen, other words taken"
    longest = max(len(mine.content) for mine in seen)
    return "too many words taken" if longest > len(wanted.content) else "too few words taken"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

"""Which blocks of a web page are the article.

trafilatura picks the text of the article; where each block stands in the page is our own. A block that trafilatura
leaves out is labelled as ``boilerplate``, one that it takes in spite of its class name is story again. Nothing is
deleted.
"""

from __future__ import annotations

import logging
import re
import warnings
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from types import ModuleType

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.labels import line_label

__all__ = ["article_text", "mark_article"]

FEWEST_WORDS = 60
"""An article that is shorter says too little about the page; the labels then rest on the markup alone."""

LARGEST_PAGE = 5_000_000
"""Characters of a page that is handed to trafilatura."""

LONGEST_SHINGLE = 4
"""Words that are looked for together."""

SHORT = 8
"""Words. A shorter block must stand in the article as a whole, right after the block before it."""

REACH = 3
"""Words of the article between two blocks, so that a short one still counts as following."""

COVERED = 0.5
"""Share of a block's shingles that must be in the article."""

DOUBTFUL: frozenset[Label] = frozenset(
    {"advertisement", "related", "comment", "credit", "dateline", "byline", "markup"}
)
"""Labels that class names give by mistake to containers of the story."""

FEWEST_RESCUED = 12
"""Words. A shorter block with such a label keeps it."""

WORD = re.compile(r"\w+")
LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "readability")


def mark_article(raw: str, units: Sequence[Unit]) -> list[Unit]:
    """Units with the cue ``boilerplate`` where they are not part of the article.

    Parameters
    ----------
    raw : the page.
    units : of the page, with the cues of its markup.

    Returns
    -------
    list of Unit : unchanged if no article was found.
    """
    article = [word.casefold() for word in WORD.findall(article_text(raw))]
    if len(article) < FEWEST_WORDS:
        return list(units)
    return [_marked(unit, is_inside) for unit, is_inside in zip(units, _inside(units, article), strict=True)]


def article_text(raw: str) -> str:
    """The text of the article as trafilatura finds it; empty if it finds none."""
    if len(raw) > LARGEST_PAGE:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _trafilatura().extract(raw, include_comments=False) or ""
        except Exception:  # whatever a broken page does to that library, our own labels remain
            return ""


@cache
def _trafilatura() -> ModuleType:
    import trafilatura

    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


def _marked(unit: Unit, is_inside: bool) -> Unit:
    if is_inside:
        rescued = unit.cue in DOUBTFUL and unit.clean.text.count(" ") + 1 >= FEWEST_RESCUED
        return replace(unit, cue=None) if rescued else unit
    outside = unit.cue in (None, "section-head") and line_label(unit.clean.text) is None
    return replace(unit, cue="boilerplate") if outside else unit


def _inside(units: Iterable[Unit], article: Sequence[str]) -> list[bool]:
    """Whether each unit stands in the article; both are in the order of the page."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, LONGEST_SHINGLE + 1):
        for start in range(len(article) - size + 1):
            places[tuple(article[start : start + size])].append(start)
    found, cursor = [], 0
    for unit in units:
        words = [word.casefold() for word in WORD.findall(unit.clean.text)]
        size = min(LONGEST_SHINGLE, len(words))
        shingles = [tuple(words[start : start + size]) for start in range(len(words) - size + 1)] if words else []
        if len(words) >= SHORT:
            known = [shingle for shingle in shingles if shingle in places]
            is_inside = len(known) >= COVERED * len(shingles)
            place = _next(places[known[-1]], cursor) if is_inside else None
            cursor = cursor if place is None else place + size
        else:
            place = _next(places.get(shingles[0], []), cursor) if words else None
            is_inside = (
                place is not None and place <= cursor + REACH and list(article[place : place + len(words)]) == words
            )
            cursor = place + len(words) if is_inside and place is not None else cursor
        found.append(is_inside)
    return found


def _next(places: Sequence[int], cursor: int) -> int | None:
    index = bisect_left(places, cursor)
    return places[index] if index < len(places) else None

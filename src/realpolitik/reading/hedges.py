"""Hedges: words that weaken a claim, found once in the text and then tied to the claims around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from realpolitik.contest.evidence import Claim
from realpolitik.reading.actors.gazetteer import LISTS
from realpolitik.reading.english.language import sentence_ends
from realpolitik.reading.english.passages import Passage

__all__ = ["hedged"]

HEDGED = frozenset({"quotation", "event", "stance", "figure", "vote"})
"""Kinds of claim that a hedge can weaken."""

NEXT = 30
"""Characters between a claim and the hedge of a phrase beside it."""

CLAUSE = re.compile(r"[,;:()–—]| (?:but|and|while|although|though|because|which|who|that) ")
"""What parts a hedge from the next clause."""

LOWER = frozenset({"may", "might", "some"})
MIGHT = re.compile(r"(?:military|economic|its|their|his|her|our|full|all|naval|with) \Z")
NO_DRAFT = re.compile(r" (?:pick|dodg)")
NO_SOME = re.compile(r" (?:\d|hundred|thousand|million|dozen|two|three|four|five|six|seven|eight|nine|ten)")


class Hedge(NamedTuple):
    """A hedge where it stands, in characters of the raw text."""

    start: int
    end: int
    text: str
    reach: str
    """``near``, ``phrase`` or ``sentence``."""

    low: int
    high: int
    """The clause (or the sentence) that it weakens."""


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all hedges, the longest first, and the reach of each."""
    reach: dict[str, str] = {}
    for line in (LISTS / "hedges.txt").read_text(encoding="utf-8").splitlines():
        name, mark, listed = line.partition(":")
        if mark and not line.startswith("#"):
            reach.update({word.strip(): name for word in listed.split("|")})
    ordered = sorted(reach, key=len, reverse=True)
    source = "|".join(re.escape(word).replace(r"\-", "[- ]").replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{source})(?![\w])", re.I), reach


def hedged(passages: Sequence[Passage], claims: Iterable[Claim]) -> list[Claim]:
    """The claims, each with the hedges that weaken it, verbatim and in the order of the text.

    A hedge counts where it stands in the words of a claim; outside them, one of a phrase (``non-binding``) right beside
    them, one of a clause (``perhaps``) in the same clause, and one of a sentence (``reportedly``) in the same sentence.
    The words that attribute a quotation are none of its hedges.

    Parameters
    ----------
    passages : the parsed text of all documents that the claims are about.
    claims : in any order, which is kept.
    """
    by_document: dict[str, list[Hedge]] = {}
    for passage in passages:
        by_document.setdefault(passage.document.name, []).extend(_hedges(passage))
    for found in by_document.values():
        found.sort()
    return [_with(claim, by_document.get(claim.document, [])) for claim in claims]


def _hedges(passage: Passage) -> list[Hedge]:
    pattern, reach = _vocabulary()
    text = passage.text
    found: list[Hedge] = []
    ends: list[int] = []
    marks: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        words = " ".join(match.group().lower().split())
        if _is_other(text, match, words):
            continue
        if not ends:
            ends = sentence_ends(text)
            marks = [mark.span() for mark in CLAUSE.finditer(text)]
        at = bisect_right(ends, match.start())
        low, high = (ends[at - 1] if at else 0), ends[min(at, len(ends) - 1)]
        kind = reach.get(words) or reach.get(words.replace(" ", "-"), "phrase")
        if kind != "sentence":
            low, high = _clause(marks, match.start(), match.end(), low, high)
        span = passage.span(match.start(), match.end())
        while high > low and text[high - 1].isspace():
            high -= 1
        around = passage.span(low, high) if high > low else span
        found.append(Hedge(span.start, span.end, span.text, kind, around.start, around.end))
    return found


def _is_other(text: str, match: re.Match[str], words: str) -> bool:
    """Whether the words mean something else here: the month of May, military might, a draft pick, some people."""
    if words in LOWER and not match.group().islower() and words != "some":
        return True
    if words == "might" and MIGHT.search(text, max(0, match.start() - 12), match.start()):
        return True
    if words == "draft" and NO_DRAFT.match(text, match.end()):
        return True
    return words in ("some", "about", "around") and not NO_SOME.match(text, match.end())


def _clause(marks: Sequence[tuple[int, int]], start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """From the mark before to the mark after, within the sentence."""
    before = bisect_right(marks, start, key=lambda mark: mark[1]) - 1
    after = bisect_left(marks, end, key=lambda mark: mark[0])
    if before >= 0:
        low = max(low, marks[before][1])
    if after < len(marks):
        high = min(high, marks[after][0])
    return low, high


def _with(claim: Claim, hedges: Sequence[Hedge]) -> Claim:
    if claim.kind not in HEDGED or not hedges:
        return claim
    found: dict[int, str] = {}
    for span in claim.spans:
        at = bisect_left(hedges, (span.start - 400,))
        while at < len(hedges) and hedges[at].start < span.end + 400:
            hedge = hedges[at]
            if _weakens(hedge, span.start, span.end, claim):
                found[hedge.start] = hedge.text
            at += 1
    words = list(dict.fromkeys(found[start] for start in sorted(found)))
    new = [
        word
        for word in words
        if not any(word.lower() == old.lower() or word.lower() in old.lower().split() for old in claim.hedges)
    ]
    return claim.model_copy(update={"hedges": (*claim.hedges, *new)}) if new else claim


def _weakens(hedge: Hedge, start: int, end: int, claim: Claim) -> bool:
    if claim.cue and hedge.start < claim.cue.end and claim.cue.start < hedge.end:
        return False
    if hedge.start < end and start < hedge.end:
        return True
    if claim.kind == "quotation":
        return (
            hedge.reach == "near"
            and hedge.low < end
            and start < hedge.high
            and hedge.start < start
            and start - hedge.end < NEXT
        )
    if hedge.reach == "phrase":
        return hedge.low < end and start < hedge.high and (0 <= start - hedge.end <= 1 or 0 <= hedge.start - end <= 1)
    return hedge.low < end and start < hedge.high

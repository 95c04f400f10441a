"""Votes in a chamber, each as one structured claim, in members."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.english.language import sentence_ends
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.figures.numerals import numeral_value
from realpolitik.reading.figures.tallies import (
    ABOUT,
    CHAMBER,
    FAILED,
    IS_VOTE,
    NOBODY,
    PASSED,
    RULES,
    SINGLE,
    TALLIES,
    UNANIMOUS,
    VAGUE,
)

__all__ = ["votes"]

LARGEST_CHAMBER = 10_000
"""Members. A larger number is an electorate, not a chamber."""

LOOK_BACK = 20
"""Characters before a number in which it may be made vague."""

SUPPLEMENTS = frozenset({"abstain", "seats", "present", "absent", "quorum", "required"})
"""What may stand in the sentence beside the one with the ballots."""

Range = tuple[int, int]


class Part(NamedTuple):
    """One number of a vote, as printed."""

    field: str
    value: int
    start: int
    end: int


@dataclass
class Tally:
    """The numbers of one vote while its sentences are read."""

    parts: list[Part]
    passed: bool | None
    words: dict[str, str] = field(default_factory=dict)
    """Texts: rule, chamber, about."""

    is_unanimous: bool = False
    places: list[Range] = field(default_factory=list)
    """Where the words stand that no number belongs to."""

    @property
    def fields(self) -> set[str]:
        return {part.field for part in self.parts}

    @property
    def has_ballots(self) -> bool:
        return self.is_unanimous or not self.fields.isdisjoint(("yes", "no", "margin", "short"))


def votes(passages: Sequence[Passage]) -> list[Claim]:
    """All votes of the readable text, in order: one claim for the numbers of one vote.

    The size of the chamber, attendance, abstentions and what was required may stand in the sentence before or after.
    Derived, and marked so: ``present`` (the ballots) where no attendance is printed, ``absent`` (seats without those
    present), ``margin`` (in favour minus against), no ballot against where the vote was unanimous.
    """
    claims: list[Claim] = []
    for passage in passages:
        tallies = _joined(_by_sentence(passage.text))
        ends = sentence_ends(passage.text) if tallies else []
        claims += [_claim(passage, ends, tally, number) for number, tally in enumerate(tallies, len(claims) + 1)]
    return claims


def _by_sentence(text: str) -> Iterator[list[Tally]]:
    if not IS_VOTE.search(text):
        return
    start = 0
    for end in sentence_ends(text):
        yield _in_sentence(text, start, end) if IS_VOTE.search(text, start, end) else []
        start = end


def _joined(sentences: Iterable[list[Tally]]) -> list[Tally]:
    """Tallies with what the neighbouring sentence adds to them."""
    done: list[Tally] = []
    before: list[Tally] = []
    for found in sentences:
        for tally in found:
            last = before[-1] if len(before) == 1 else None
            if last is not None and len(found) == 1 and _completes(last, tally):
                last.parts += tally.parts
                last.passed = tally.passed if last.passed is None else last.passed
                last.is_unanimous |= tally.is_unanimous
                last.words = {**tally.words, **last.words}
                last.places += tally.places
                found = [last]
            else:
                done.append(tally)
        before = found
    return [tally for tally in done if _says_something(tally)]


def _completes(one: Tally, other: Tally) -> bool:
    if one.has_ballots and other.has_ballots:
        return False
    return one.fields.isdisjoint(other.fields) and (one.fields <= SUPPLEMENTS or other.fields <= SUPPLEMENTS)


def _says_something(tally: Tally) -> bool:
    return tally.has_ballots or "rule" in tally.words or bool(tally.fields - {"seats", "abstain"})


def _in_sentence(text: str, start: int, end: int) -> list[Tally]:
    pairs = _ballots(text, start, end)
    used = [(part.start, part.end) for pair in pairs for part in pair]
    others: list[Part] = []
    for name, pattern in SINGLE:
        if name in ("yes", "no") and any(part.field in ("yes", "no") for pair in pairs for part in pair):
            continue
        parts = _single(name, pattern, text, start, end)
        if parts and not any(low < parts[0].end and parts[0].start < high for low, high in used):
            others += parts
            used.append((parts[0].start, parts[0].end))
    rule, unanimous = RULES.search(text, start, end), UNANIMOUS.search(text, start, end)
    words = _words(text, start, end)
    places: list[Range] = []
    for match in (unanimous, rule):
        if match:
            group = "rule" if match["rule"] else "rule_1"
            words["rule"] = match[group]
            places.append(match.span(group))
    if not pairs and not others and not places:
        return []
    first = pairs[0] if pairs else []
    tallies = [Tally([*first, *_once(others)], None, words, bool(unanimous) and not pairs, places)]
    tallies += [Tally(pair, None, {k: v for k, v in words.items() if k == "chamber"}) for pair in pairs[1:]]
    for tally, (low, high) in zip(tallies, _shares(text, start, end, pairs), strict=True):
        tally.passed = _verdict(text, low, high, tally)
    return tallies


def _shares(text: str, start: int, end: int, pairs: list[list[Part]]) -> list[Range]:
    """The part of the sentence that belongs to each pair of numbers."""
    if len(pairs) < 2:
        return [(start, end)]
    cuts = [start]
    for one, other in pairwise(pairs):
        low, high = max(part.end for part in one), min(part.start for part in other)
        mark = re.compile(r",| but | and | while |;").search(text, low, high)
        cuts.append(mark.start() if mark else high)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _once(parts: list[Part]) -> list[Part]:
    """One part a field, the first."""
    return list({part.field: part for part in reversed(parts)}.values())


def _ballots(text: str, start: int, end: int) -> list[list[Part]]:
    for pattern in TALLIES:
        pairs = []
        for match in pattern.finditer(text, start, end):
            yes, no = _members(match["yes"]), _members(match["no"])
            if yes is not None and no is not None:
                groups = match.groupdict()
                if groups.get("turned"):
                    yes, no = no, yes
                pairs.append([Part("yes", yes, *match.span()), Part("no", no, *match.span())])
        if pairs:
            return pairs
    return []


def _single(name: str, pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Part]:
    match = pattern.search(text, start, end)
    if not match:
        return []
    parts = []
    for group, words in match.groupdict().items():
        value = _members(words) if words else None
        if value is not None:
            parts.append(Part(group.rstrip("_0123456789"), value, match.start(), match.end()))
    return parts


def _members(words: str) -> int | None:
    value = 0.0 if words.lower() in NOBODY else numeral_value(words)
    return int(value) if value == int(value) and value <= LARGEST_CHAMBER else None


def _verdict(text: str, start: int, end: int, tally: Tally) -> bool | None:
    """Whether the words say that it passed or failed; None if they say neither."""
    if FAILED.search(text, start, end) or "short" in tally.fields:
        return False
    return True if PASSED.search(text, start, end) else None


def _words(text: str, start: int, end: int) -> dict[str, str]:
    found = {}
    chamber, about = CHAMBER.search(text, start, end), ABOUT.search(text, start, end)
    if chamber:
        found["chamber"] = chamber["chamber"]
    if about:
        found["about"] = (about["a"] or about["b"] or about["c"]).rstrip(" ,;:")
    return found


def _claim(passage: Passage, ends: Sequence[int], tally: Tally, number: int) -> Claim:
    text = passage.text
    values: dict[str, int] = {}
    for part in tally.parts:
        values.setdefault(part.field, part.value)
    derived = _derive(values, tally)
    spans, hedges = [], []
    for start, end in _places(ends, [*((part.start, part.end) for part in tally.parts), *tally.places]):
        vague = VAGUE.search(text, max(0, start - LOOK_BACK), start)
        if vague:
            hedges.append(passage.span(*vague.span(1)).text)
        spans.append(passage.span(vague.start() if vague else start, end))
    return Claim(
        id=passage.document.claim_id("v", number),
        kind="vote",
        document=passage.document.name,
        spans=tuple(spans),
        vote=VoteClaim(**values, **tally.words, passed=tally.passed, derived=derived),  # type: ignore[arg-type]
        hedges=tuple(hedges),
    )


def _derive(values: dict[str, int], tally: Tally) -> tuple[str, ...]:
    """Fill in what follows from the printed numbers; returns the names of what was filled in."""
    derived = []
    if tally.is_unanimous and "no" not in values:
        values["no"] = 0
        derived.append("no")
    if "yes" in values and "no" in values:
        if "present" not in values:
            values["present"] = values["yes"] + values["no"] + values.get("abstain", 0)
            derived.append("present")
        if "margin" not in values:
            values["margin"] = values["yes"] - values["no"]
            derived.append("margin")
    if "seats" in values and "present" in values and "absent" not in values and values["present"] <= values["seats"]:
        values["absent"] = values["seats"] - values["present"]
        derived.append("absent")
    return tuple(derived)


def _places(ends: Sequence[int], ranges: Iterable[Range]) -> list[Range]:
    """The places of the numbers, one a sentence."""
    of_sentence: dict[int, Range] = {}
    for start, end in sorted(set(ranges)):
        sentence = bisect_right(ends, start)
        low, high = of_sentence.get(sentence, (start, end))
        of_sentence[sentence] = (min(low, start), max(high, end))
    return [of_sentence[key] for key in sorted(of_sentence)]

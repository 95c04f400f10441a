"""Votes in a chamber, each as one structured claim, in members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.blocks import Block
from realpolitik.reading.document import Document
from realpolitik.reading.language import sentence_ends
from realpolitik.reading.numerals import NUMERAL, numeral_value

__all__ = ["Found", "votes"]

NUMBER = rf"(?:none|nobody|nil|no|{NUMERAL})"
MEMBERS = (
    r"(?:members|seats|lawmakers|legislators|deputies|senators|representatives|MPs|MEPs|delegates|parliamentarians"
    r"|councillors|councilors|states|countries|nations)"
)
BALLOTS = r"(?:ballots|votes|members|lawmakers|deputies|senators|legislators)"
TALLIES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?P<yes>{NUMBER})(?: {BALLOTS})?(?: (?:in favou?r|for))? "
        rf"to (?P<no>{NUMBER})\b(?: {BALLOTS})?(?: against)?",
        rf"\b(?P<yes>{NUMBER})(?: {BALLOTS})?(?: voted)? (?:for|in favou?r)\b,?(?: (?:and|with|to))? "
        rf"(?P<no>{NUMBER})(?: {BALLOTS})? (?:voted )?against\b",
        r"(?<![\w$€£.,–-])(?P<yes>\d{1,4})\s?[-–—]\s?(?P<no>\d{1,4})(?![\w%–-]|[.,]\d)",
    )
)
"""In favour and against: ``170 ballots to none against``, ``11 for, 12 against``, ``78-1``."""

IS_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|against|passed|passing|approved|rejected|adopted|defeated)\b", re.I
)
ABSTAIN = re.compile(
    rf"\b(?P<n>{NUMBER})(?: {MEMBERS})? (?:abstentions?|abstain(?:ed|ing)|abstained)\b|abstentions?[: ]+(?P<m>\d+)",
    re.I,
)
SEATS = re.compile(
    rf"\b(?:(?:chamber|parliament|house|assembly|council|senate|body|legislature) (?:of|with) "
    rf"(?P<a>{NUMERAL})\b(?: {MEMBERS}\b)?"
    rf"|(?P<b>{NUMERAL})[- ](?:seats?|members?|strong)[- ](?:\w+ )?(?:chamber|parliament|house|assembly|council|senate"
    rf"|body|legislature)\b"
    rf"|of (?:the|its|all) (?P<c>{NUMERAL}) {MEMBERS}\b)",
    re.I,
)
PRESENT = re.compile(
    rf"\b(?P<a>{NUMERAL}) (?:of (?:the|its|all) {NUMERAL} )?{MEMBERS}(?: (?:were|being))? "
    r"(?:present|attend(?:ed|ing)|in attendance|took part|turned up)\b",
    re.I,
)
REQUIRED = re.compile(
    rf"\b(?:(?P<a>{NUMERAL}) (?:votes |ballots |{MEMBERS} )?(?:are |were |is |was )?(?:needed|required|necessary)\b"
    rf"|(?:needed|required|requires|needs|short of the) (?P<b>{NUMERAL})(?: votes| ballots| {MEMBERS})\b)",
    re.I,
)
PASSED = re.compile(r"\b(?:pass(?:ed|es|ing)|approv(?:ed|es|ing)|adopt(?:ed|s|ing)|carried|ratified)\b", re.I)
FAILED = re.compile(r"\b(?:reject(?:ed|s|ing)|defeat(?:ed|s|ing)|failed|fell short|voted down|not passed)\b", re.I)
VAGUE = re.compile(r"\b(about|around|some|roughly|approximately|nearly|almost|more than|at least|at most)\s\Z", re.I)
NONE = frozenset({"none", "nobody", "nil", "no"})
LARGEST_CHAMBER = 10_000
"""Members. A larger number is an electorate, not a chamber."""

LOOK_BACK = 20
"""Characters before a number in which it may be made vague."""


class Found(NamedTuple):
    """A claim with its place in the document."""

    claim: Claim
    block: Block
    start: int
    end: int


class Part(NamedTuple):
    """One number of a vote, as printed."""

    field: str
    value: int
    start: int
    end: int


def votes(document: Document) -> list[Found]:
    """All votes of the readable blocks, in order: one claim for the numbers of one sentence.

    ``present`` is derived (and marked so) from the ballots where the text does not print it.
    """
    found: list[Found] = []
    for block in document.readable():
        start = 0
        for end in sentence_ends(block.text):
            if IS_VOTE.search(block.text, start, end) or PRESENT.search(block.text, start, end):
                passed = _verdict(block.text, start, end)
                for parts in _tallies(block.text, start, end):
                    found.append(_claim(document, block, len(found) + 1, parts, passed))
            start = end
    return found


def _tallies(text: str, start: int, end: int) -> Iterator[list[Part]]:
    """The numbers of each vote in a sentence; a chamber's size or attendance goes to the first."""
    ballots = _ballots(text, start, end)
    others = [*_single("abstain", ABSTAIN, text, start, end), *_single("seats", SEATS, text, start, end)]
    others += _single("present", PRESENT, text, start, end)
    others += _single("required", REQUIRED, text, start, end)
    if ballots:
        for index, pair in enumerate(ballots):
            yield pair + (others if index == 0 else [])
    elif any(part.field in ("present", "abstain") for part in others):
        yield others


def _ballots(text: str, start: int, end: int) -> list[list[Part]]:
    for pattern in TALLIES:
        pairs = []
        for match in pattern.finditer(text, start, end):
            yes, no = _members(match["yes"]), _members(match["no"])
            if yes is not None and no is not None:
                pairs.append([Part("yes", yes, match.start(), match.end()), Part("no", no, match.start(), match.end())])
        if pairs:
            return pairs
    return []


def _single(name: str, pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Part]:
    match = pattern.search(text, start, end)
    if not match:
        return []
    value = _members(next(group for group in match.groups() if group))
    return [] if value is None else [Part(name, value, match.start(), match.end())]


def _members(words: str) -> int | None:
    value = 0.0 if words.lower() in NONE else numeral_value(words)
    return int(value) if value == int(value) and value <= LARGEST_CHAMBER else None


def _verdict(text: str, start: int, end: int) -> bool | None:
    """Whether the sentence says that it passed or failed; None if it says neither."""
    if FAILED.search(text, start, end):
        return False
    return True if PASSED.search(text, start, end) else None


def _claim(document: Document, block: Block, number: int, parts: list[Part], passed: bool | None) -> Found:
    text = block.text
    values: dict[str, int] = {part.field: part.value for part in parts}
    derived: tuple[str, ...] = ()
    if "present" not in values and "yes" in values and "no" in values:
        values["present"] = values["yes"] + values["no"] + values.get("abstain", 0)
        derived = ("present",)
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    vague = VAGUE.search(text, max(0, start - LOOK_BACK), start)
    start = vague.start() if vague else start
    claim = Claim(
        id=document.claim_id("v", number),
        kind="vote",
        document=document.name,
        spans=(document.span(block, start, end),),
        vote=VoteClaim(**values, passed=passed, derived=derived),
        hedges=(vague[1],) if vague else (),
    )
    return Found(claim, block, start, end)

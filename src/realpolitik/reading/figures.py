"""Figures: a number, what it counts, what it is about, and how the text qualifies it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from realpolitik.contest.evidence import Claim, FigureClaim
from realpolitik.reading.blocks import Block
from realpolitik.reading.document import Document
from realpolitik.reading.lexicon import NO_UNITS, UNIT_STOPS, UNITS_WITHOUT_S
from realpolitik.reading.numerals import NUMERAL, SUFFIXES, numeral_value

__all__ = ["figures"]

Comparison = Literal["exactly", "about", "more than", "less than", "at least", "at most"]

CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}
CURRENCY_WORDS = {"dollars": "USD", "euros": "EUR", "cents": "US cents"}
FIGURE = re.compile(
    rf"(?<![\w.,–/-])(?P<sign>US\$|[$€£])?\s?(?P<number>{NUMERAL})(?P<suffix>{'|'.join(SUFFIXES)})?"
    rf"(?:(?P<range>\s?[-–]\s?|\sto\s)(?:US\$|[$€£])?(?P<upper>{NUMERAL})(?P<upper_suffix>{'|'.join(SUFFIXES)})?)?"
    r"(?![\w])(?!:\d|\.\d|/\d)",
    re.I,
)
PERCENT = re.compile(r"\s?%|[ -](?:percent|per cent|pct)\b(?: points\b)?|\spercentage points\b", re.I)
COMPOUND = re.compile(r"-(?P<unit>[a-z]+)\b(?P<old>-old\b)?")
PARTITIVE = re.compile(rf" of (?:the|its|their|his|her|all|those|these)\b(?: {NUMERAL}\b)?", re.I)
NOUN_GROUP = re.compile(r"(?:[ ][A-Za-z][\w.’'-]*){1,5}")
QUALIFIER = re.compile(
    r"\b(?P<word>more than|over|above|exceeding|upwards of|at least|no fewer than|no less than|a minimum of|up to"
    r"|at most|no more than|as many as|as much as|a maximum of|less than|fewer than|under|below|nearly|almost|about"
    r"|around|some|roughly|approximately|an estimated|estimated|close to)\s\Z",
    re.I,
)
COMPARISONS: dict[str, Comparison] = {
    **dict.fromkeys(("more than", "over", "above", "exceeding", "upwards of"), "more than"),
    **dict.fromkeys(("at least", "no fewer than", "no less than", "a minimum of"), "at least"),
    **dict.fromkeys(("up to", "at most", "no more than", "as many as", "as much as", "a maximum of"), "at most"),
    **dict.fromkeys(("less than", "fewer than", "under", "below"), "less than"),
    **dict.fromkeys(
        (
            "nearly",
            "almost",
            "about",
            "around",
            "some",
            "roughly",
            "approximately",
            "an estimated",
            "estimated",
            "close to",
        ),
        "about",
    ),
}
REFERENT = re.compile(
    r"(?: ago)?(?P<referent> (?:north|south|east|west|outside|of|in|on|for|from|against|to|into|per|between|inside)\b"
    r"(?: (?!and\b|but\b|who\b|that\b|which\b|when\b|while\b|as\b)[\w$€£%.’'&-]+){1,7})"
)
LOOK_BACK = 24
"""Characters before a number in which a qualifier stands."""

LOOK_AHEAD = 120
"""Characters after a number in which unit and referent stand."""


def figures(document: Document, taken: Sequence[tuple[int, int]]) -> list[Claim]:
    """All figures of the readable blocks, in order.

    A number without a unit is left out, because nothing says what it counts; so is one inside a date or vote.

    Parameters
    ----------
    taken : raw ranges of dates and votes, in any order.
    """
    ranges = sorted(taken)
    claims: list[Claim] = []
    for block in document.readable():
        for figure, start, end, hedge in _in_block(block):
            span = document.span(block, start, end)
            if _overlaps(ranges, span.start, span.end):
                continue
            claims.append(
                Claim(
                    id=document.claim_id("f", len(claims) + 1),
                    kind="figure",
                    document=document.name,
                    spans=(span,),
                    figure=figure,
                    hedges=(hedge,) if hedge else (),
                )
            )
    return claims


def _overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(ranges, (end, 0))
    return any(high > start for _, high in ranges[max(0, at - 2) : at])


def _in_block(block: Block) -> Iterator[tuple[FigureClaim, int, int, str | None]]:
    text = block.text
    for match in FIGURE.finditer(text):
        if match["suffix"] and not match["sign"]:
            continue
        unit, end = _unit(text, match)
        if unit is None or (match["number"].lower() == "one" and not match["sign"] and unit != "percent"):
            continue
        before = QUALIFIER.search(text, max(0, match.start() - LOOK_BACK), match.start())
        word = before["word"].lower() if before else None
        start = before.start() if before else match.start() + (match.group()[0] == " ")
        after = REFERENT.match(text, end, end + LOOK_AHEAD)
        referent = after["referent"].strip(" .’'-").removeprefix("of ") if after else None
        for value, comparison in _values(match, word):
            figure = FigureClaim(value=value, unit=unit, referent=referent or None, comparison=comparison)
            yield figure, start, end, before["word"] if before else None


def _values(match: re.Match[str], word: str | None) -> Iterable[tuple[float, Comparison]]:
    low = numeral_value(match["number"]) * SUFFIXES.get((match["suffix"] or "").lower(), 1.0)
    if not match["upper"]:
        return [(low, COMPARISONS[word] if word else "exactly")]
    high = numeral_value(match["upper"]) * SUFFIXES.get((match["upper_suffix"] or "").lower(), 1.0)
    factor = high / numeral_value(match["upper"].split()[0]) if " " in match["upper"] and low < high else 1.0
    if low * factor < high and " " not in match["number"]:
        low *= factor
    return [(low, "at least"), (high, "at most")]


def _unit(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    """The unit after a number and where it ends; None if there is none."""
    end = match.end()
    percent = PERCENT.match(text, end)
    if percent:
        return "percentage points" if "point" in percent.group() else "percent", percent.end()
    if match["sign"]:
        repeated = re.compile(r" dollars| euros| pounds").match(text, end)
        return CURRENCIES[match["sign"].upper()], repeated.end() if repeated else end
    compound = COMPOUND.match(text, end)
    if compound:
        return ("years old" if compound["old"] else compound["unit"]), compound.end()
    partitive = PARTITIVE.match(text, end)
    if partitive:
        end = partitive.end()
    group = NOUN_GROUP.match(text, end, end + LOOK_AHEAD)
    if not group:
        return None, end
    for word in re.finditer(r"[^ ]+", group.group()):
        plain = word.group().rstrip(".’'")
        if plain.lower() in UNIT_STOPS:
            return None, end
        if plain.islower() and plain not in NO_UNITS and _is_plural(plain):
            return CURRENCY_WORDS.get(plain, plain), end + word.start() + len(plain)
    return None, end


def _is_plural(word: str) -> bool:
    return word in UNITS_WITHOUT_S or (len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")))

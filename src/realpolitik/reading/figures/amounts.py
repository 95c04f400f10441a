"""The words of an amount: numbers with how the text qualifies them, shares, open amounts, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from realpolitik.reading.figures.numerals import MAGNITUDES, NUMERAL, SUFFIXES, UNDER_TWENTY, numeral_value

__all__ = ["Amount", "Comparison", "amounts"]

Comparison = Literal["exactly", "about", "more than", "less than", "at least", "at most"]

QUALIFIERS: dict[Comparison, tuple[str, ...]] = {
    "more than": ("more than", "over", "above", "exceeding", "upwards of", "in excess of", "greater than", "beyond"),
    "at least": ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "not fewer than"),
    "at most": (
        *("up to", "at most", "no more than", "not more than", "as many as", "as much as", "a maximum of"),
        *("at the most", "at maximum"),
    ),
    "less than": ("less than", "fewer than", "under", "below", "short of", "just under"),
    "about": (
        *("nearly", "almost", "about", "around", "some", "roughly", "approximately", "an estimated", "estimated"),
        *("close to", "an approximate", "in the region of", "on the order of", "an average of", "reportedly"),
    ),
}
"""Words before a number → what they make of it."""

COMPARISON_OF: dict[str, Comparison] = {word: name for name, words in QUALIFIERS.items() for word in words}
QUALIFIER = re.compile(rf"\b(?P<word>{'|'.join(sorted(COMPARISON_OF, key=len, reverse=True))})\s\Z", re.I)
LOOK_BACK = 28
"""Characters before a number in which a qualifier stands."""

SIGN = r"(?:US\$|[$€£¥])"
SUFFIX = "|".join(sorted(SUFFIXES, key=len, reverse=True))
NUMBER = re.compile(
    rf"(?<![\w.,–/-])(?P<sign>{SIGN})?\s?(?P<number>{NUMERAL})(?P<suffix>{SUFFIX})?"
    rf"(?:(?P<range>\s?[-–]\s?|\s(?:to|and)\s)(?:{SIGN})?(?P<upper>{NUMERAL})(?P<upper_suffix>{SUFFIX})?)?"
    r"(?![\w])(?!:\d|\.\d|/\d)",
    re.I,
)
BETWEEN = re.compile(r"\b(?:between|from)\s\Z", re.I)

PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
COUNT = rf"(?:{'|'.join(UNDER_TWENTY[1:11])}|\d{{1,2}})"
SHARE = re.compile(
    rf"(?<![\w.,-])(?:(?P<half>half) of(?! an? )"
    rf"|(?P<count>an?|{COUNT})[ -](?P<part>{'|'.join(PARTS)})s? of"
    rf"|(?P<some>{COUNT})(?: out of|(?: of| in)(?: every)?) (?P<all>{COUNT})(?= (?!of\b|the\b)[a-z]))(?![\w-])",
    re.I,
)
OPEN_WORDS = "tens|dozens|scores|hundreds|thousands|millions|billions"
OPEN = re.compile(
    rf"(?<![\w-])(?:(?P<open>{OPEN_WORDS})(?: of (?P<times>hundreds|thousands|millions|billions))? of"
    rf"|(?:several|a few|a couple of|many) (?P<few>hundred|thousand|million|billion|dozen)"
    r"(?: (?P<more>thousand|million))?)"
    r"(?! and dozens)(?![\w-])",
    re.I,
)
OPEN_VALUES = {**{f"{word}s": value for word, value in MAGNITUDES.items()}, "tens": 10.0, "scores": 20.0}
PLURAL = 2
"""What a plural without a number stands for at least: ``dozens`` are two dozen or more."""


class Amount(NamedTuple):
    """An amount as printed."""

    start: int
    """First character, the qualifier included."""

    number: int
    """First character of the number."""

    end: int
    """One past the last character of the number."""

    values: tuple[tuple[float, Comparison], ...]
    """One value, or the lower and the upper bound of a range."""

    hedge: str | None
    """The qualifier as printed."""

    sign: str | None
    """Sign of a currency before the number."""

    form: Literal["number", "share", "open"]


def amounts(text: str) -> Iterator[Amount]:
    """All amounts of a text, of each form in order.

    A plural without a number is a lower bound: ``hundreds`` are at least 200, ``tens of thousands`` at least 20,000.
    """
    shares = list(SHARE.finditer(text))
    taken = [match.span() for match in shares]
    for match in shares:
        yield _amount(text, match, _share(match), "share")
    for match in OPEN.finditer(text):
        yield _amount(text, match, _open(match), "open")
    for match in NUMBER.finditer(text):
        if match["suffix"] and not match["sign"]:
            continue
        if any(low < match.end() and match.start() < high for low, high in taken):
            continue
        if (
            match["range"]
            and match["range"].strip() == "and"
            and not BETWEEN.search(text, max(0, match.start() - 10), match.start("number"))
        ):
            yield from _two(text, match)
        else:
            yield _amount(text, match, None, "number")


def _two(text: str, match: re.Match[str]) -> Iterator[Amount]:
    """Two numbers that ``and`` joins without making a range of them."""
    first = NUMBER.match(text, match.start(), match.start("range"))
    second = NUMBER.match(text, match.start("upper") - 1, match.end())
    for one in (first, second):
        if one is not None:
            yield _amount(text, one, None, "number")


def _amount(text: str, match: re.Match[str], value: float | None, form: Literal["number", "share", "open"]) -> Amount:
    number = match.start() + (len(match.group()) - len(match.group().lstrip()))
    before = QUALIFIER.search(text, max(0, number - LOOK_BACK), number)
    word = before["word"].lower() if before else None
    if (
        before
        and word in ("over", "under", "above", "below", "beyond")
        and text[max(0, before.start() - 5) : before.start()].lower() in ("take ", "hand ")
    ):
        before, word = None, None
    start = before.start() if before else number
    hedge = before["word"] if before else None
    if form == "number":
        values = _numbers(match, word)
    else:
        plain: Comparison = "at least" if form == "open" else "exactly"
        values = ((value or 0.0, COMPARISON_OF[word] if word and word != "some" else plain),)
    sign = match["sign"] if form == "number" else None
    return Amount(start, number, match.end(), values, hedge, sign, form)


def _numbers(match: re.Match[str], word: str | None) -> tuple[tuple[float, Comparison], ...]:
    low = numeral_value(match["number"]) * SUFFIXES.get((match["suffix"] or "").lower(), 1.0)
    if not match["upper"]:
        return ((low, COMPARISON_OF[word] if word else "exactly"),)
    high = numeral_value(match["upper"]) * SUFFIXES.get((match["upper_suffix"] or "").lower(), 1.0)
    factor = high / numeral_value(match["upper"].split()[0]) if " " in match["upper"] and 0 < low < high else 1.0
    if low * factor < high and " " not in match["number"]:
        low *= factor
    return ((low, "at least"), (high, "at most"))


def _share(match: re.Match[str]) -> float:
    if match["half"]:
        return 0.5
    if match["part"]:
        count = 1.0 if match["count"].lower() in ("a", "an") else numeral_value(match["count"])
        return round(count / PARTS[match["part"].lower()], 4)
    whole = numeral_value(match["all"])
    return round(numeral_value(match["some"]) / whole, 4) if whole else 0.0


def _open(match: re.Match[str]) -> float:
    if match["open"]:
        return PLURAL * OPEN_VALUES[match["open"].lower()] * OPEN_VALUES.get((match["times"] or "").lower(), 1.0)
    return PLURAL * MAGNITUDES[match["few"].lower()] * MAGNITUDES.get((match["more"] or "").lower(), 1.0)

"""Numbers in digits and words."""

from __future__ import annotations

import re

__all__ = ["NUMERAL", "numeral_value"]

UNDER_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(UNDER_TWENTY)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
"""Attached to digits, after a currency sign: ``$5bn``."""

LONGEST_DIGITS = 30
"""Digits of one number; a longer string is no quantity."""

_WORD = rf"(?:{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_MAGNITUDE = rf"(?:{'|'.join(MAGNITUDES)})"
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,8}}(?:\.\d{{1,9}})?|\d{{1,{LONGEST_DIGITS}}}(?:\.\d{{1,9}})?)"
NUMERAL = (
    rf"(?:half an? {_MAGNITUDE}|an? {_MAGNITUDE}"
    rf"|{_DIGITS}(?:[ -]{_MAGNITUDE}){{0,2}}"
    rf"|{_WORD}(?:(?:[ -]|(?<=hundred) and ){_MAGNITUDE}|(?:-|(?<=hundred) |(?<=hundred) and |(?<=thousand) ){_WORD})"
    rf"{{0,8}})"
)
"""Source of a regular expression for a number, to be used without regard to case and with boundaries around."""

PARTS = re.compile(r"[a-z]+|[\d,]+(?:\.\d+)?")


def numeral_value(text: str) -> float:
    """The number that the words mean.

    Examples
    --------
    >>> numeral_value("half a million"), numeral_value("1.5 million"), numeral_value("two hundred and fifty-one")
    (500000.0, 1500000.0, 251.0)
    """
    total, current, factor = 0.0, 0.0, 1.0
    is_open = False
    for part in PARTS.findall(text.lower()):
        if part == "half":
            factor = 0.5
        elif part in ("a", "an"):
            current, is_open = 1.0, True
        elif part in SMALL:
            current, is_open = current + SMALL[part], True
        elif part in MAGNITUDES:
            current, is_open = (current if is_open else 1.0) * MAGNITUDES[part], True
            if MAGNITUDES[part] >= MAGNITUDES["thousand"]:
                total, current, is_open = total + current, 0.0, False
        elif part in SUFFIXES:
            current *= SUFFIXES[part]
        elif part[0].isdigit():
            current, is_open = float(part.replace(",", "")), True
    return factor * (total + current)

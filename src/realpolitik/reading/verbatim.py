"""Words of somebody else found again in a text: as they stand, or with other white space and quotation marks.

Nothing else is forgiven: a word that is spelled otherwise, left out or added is not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from realpolitik.reading.documents.inputs import printable
from realpolitik.reading.figures.numerals import NUMERAL, numeral_value

__all__ = ["find", "nearest_place", "numeral", "one_line"]

DOUBLE = '"“”„‟«»″'
SINGLE = "'‘’‚‛`′"  # noqa: RUF001
LONGEST = 4_000
"""Characters that are looked for; a longer quotation is no evidence but a copy."""


def find(text: str, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    r"""Every place where the words stand, as offsets; exact places only, if there are any.

    A place never begins or ends inside a word.

    Parameters
    ----------
    text : where to look.
    words : what to look for; white space at its ends does not count.
    start, end : the stretch of the text in which the whole place must lie.

    Examples
    --------
    >>> find("She left. “We\n left,” he said.", '"We left,"')
    [(10, 21)]
    >>> find("the other", "the"), find("the other", "Other")
    ([(0, 3)], [])
    """
    words = words.strip()
    if not words or len(words) > LONGEST:
        return []
    limit = len(text) if end is None else end
    exact = _places(re.compile(_bounded(re.escape(words), words)), text, start, limit)
    return exact or _places(re.compile(_bounded(_loosely(words), words)), text, start, limit)


def _places(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, start) if match.end() <= end]


def _bounded(pattern: str, words: str) -> str:
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _loosely(words: str) -> str:
    """A pattern for the words with any white space between them and any quotation marks of the same sort."""
    return r"\s+".join("".join(map(_letter, word)) for word in words.split())


def _letter(char: str) -> str:
    for marks in (DOUBLE, SINGLE):
        if char in marks:
            return f"[{marks}]"
    return re.escape(char)


def nearest_place(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The place with the fewest characters between it and a stretch; the earlier one of two.

    Examples
    --------
    >>> nearest_place([(0, 2), (30, 32)], 20, 25)
    (30, 32)
    """
    return min(places, key=lambda place: (max(start - place[1], place[0] - end, 0), place), default=None)


NUMERAL_WORDS = {"none": 0, "nobody": 0, "nil": 0, "no": 0}


def numeral(words: str) -> float | None:
    """The number that words of a text mean; None if they are no number.

    Examples
    --------
    >>> numeral("1.5 million"), numeral("$ 30"), numeral("none"), numeral("many")
    (1500000.0, 30.0, 0.0, None)
    """
    plain = words.strip().strip("$€£%+ ").strip()
    if plain.lower() in NUMERAL_WORDS:
        return float(NUMERAL_WORDS[plain.lower()])
    return numeral_value(plain) if re.fullmatch(NUMERAL, plain, re.IGNORECASE) else None


def one_line(text: str, most: int | None = None) -> str:
    r"""Text of somebody else on one line, fit for a terminal: control characters as escapes, long texts cut.

    Examples
    --------
    >>> one_line("a\x1b[31mb\nc"), one_line("a long text", 6)
    ('a\\x1b[31mb c', 'a lon…')
    """
    line = " ".join(text.split())
    if most is not None and len(line) > most:
        line = line[: most - 1] + "…"
    return printable(line)

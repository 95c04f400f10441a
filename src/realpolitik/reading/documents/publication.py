"""When a report was published, and how that is known.

In this order: given by the user; stated in the page or mail; printed in a line of its own or in the dateline; in the
name of the file; in the metadata of a PDF. What none of them tells may be inferred from a weekday beside a day
without a year, if only one of the years that the text names has that weekday on that day. Otherwise it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from realpolitik.reading.documents.blocks import Block
from realpolitik.reading.documents.datelines import is_headed
from realpolitik.reading.documents.days import MONTH, MONTH_NUMBERS, WEEKDAY_NAME, WEEKDAYS, YEAR, full_dates

__all__ = ["INFERRED", "name_date", "publication"]

INFERRED = "inferred"
"""How the basis of an inferred date begins; weekdays do not resolve against such a date."""

IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")
FIRST_PRINTED = re.compile(r"\W*(?:first )?(?:published|posted|issued|released|for (?:immediate )?release)\b", re.I)
CHANGED = re.compile(r"\W*(?:last )?(?:updated|modified|revised|corrected)\b", re.I)
DATED_WEEKDAY = re.compile(
    rf"\b(?P<weekday>{WEEKDAY_NAME}),?\s(?:the\s)?(?:(?P<month1>{MONTH})\s(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{MONTH}))(?!,?\s{YEAR}\b)"
)
NAMED_YEAR = re.compile(rf"(?<![\d$€£#.,-]){YEAR}(?![\d%]|,\d)")
MOST_YEARS = 30
"""Years between the first and the last that a text names; with more the weekday fits too many."""


def publication(
    blocks: Sequence[Block],
    name: str,
    *,
    before: Mapping[str, date | None] | None = None,
    made: date | None = None,
) -> tuple[date | None, str | None]:
    """The date of publication and its basis; both None if nothing tells.

    Parameters
    ----------
    blocks : of the document, labelled.
    name : of the document and of its file.
    before : basis → date that goes before what the text and the name tell, in this order: given by the user, stated in
        the record of an article, in the markup of a page or in the header of a mail.
    made : when the file says that it was made.
    """
    ways = (
        *((day, basis) for basis, day in (before or {}).items()),
        (_printed(blocks), "printed in the text"),
        (name_date(name), "in the name"),
        (made, "in the metadata of the file"),
    )
    return next(((day, basis) for day, basis in ways if day), None) or _inferred(blocks)


def name_date(name: str) -> date | None:
    """The day in a file name.

    Examples
    --------
    >>> name_date("wire-2020-01-08-final"), name_date("wire_20200108"), name_date("wire-2020-13-08")
    (datetime.date(2020, 1, 8), datetime.date(2020, 1, 8), None)
    """
    for match in IN_NAME.finditer(name):
        try:
            day = date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            continue
        if re.fullmatch(YEAR, match[1]):
            return day
    return None


def _printed(blocks: Sequence[Block]) -> date | None:
    """The date of a line that says when the report was published; one that says when it was changed comes second."""
    lines = [
        block.text
        for block in blocks
        if block.label in ("dateline", "byline", "running-head") or (block.label == "title" and is_headed(block.text))
    ]
    found = [(_rank(text), days[0]) for text in lines if (days := full_dates(text))]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _rank(text: str) -> int:
    if FIRST_PRINTED.match(text):
        return 0
    return 2 if CHANGED.match(text) else 1


def _inferred(blocks: Sequence[Block]) -> tuple[date | None, str | None]:
    texts = [block.text for block in blocks if block.is_readable or block.label == "dateline"]
    years = sorted({int(match.group()) for text in texts for match in NAMED_YEAR.finditer(text)})
    if not years or years[-1] - years[0] > MOST_YEARS:
        return None, None
    found: list[tuple[date, str]] = []
    for text in texts:
        for match in DATED_WEEKDAY.finditer(text):
            fitting = _fitting(match, range(years[0], years[-1] + 2))
            if len(fitting) > 1:
                fitting = [day for day in fitting if day.year in years]
            if len(fitting) == 1:
                found.append((fitting[0], match.group()))
    if not found:
        return None, None
    day, words = max(found)
    basis = f"{INFERRED}: '{words}' fits only {day.year} of the years up to {years[-1] + 1} that the text allows"
    return day, f"{basis}; published on that day or somewhat later"


def _fitting(match: re.Match[str], years: range) -> list[date]:
    month = MONTH_NUMBERS[(match["month1"] or match["month2"])[:3].lower()]
    day_of_month = int(match["day1"] or match["day2"])
    weekday = WEEKDAYS.index(match["weekday"].lower())
    days = []
    for year in years:
        try:
            day = date(year, month, day_of_month)
        except ValueError:
            continue
        if day.weekday() == weekday:
            days.append(day)
    return days

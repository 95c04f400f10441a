"""Calendar words: months, weekdays, and dates that are printed in full."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["MONTH", "MONTH_NUMBERS", "WEEKDAYS", "WEEKDAY_NAME", "YEAR", "full_dates"]

MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTH_STEMS, 1)}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
"""Source of a regular expression for the name of a month."""

WEEKDAY_NAME = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
YEAR = r"(?:1[789]|20)\d\d"

FULL_DATE = re.compile(
    rf"\b(?:(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)"
    rf"|(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month1>{MONTH}),?\s(?P<year1>{YEAR})\b"
    rf"|(?P<month2>{MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year2>{YEAR})\b)",
    re.I,
)


def full_dates(text: str) -> list[date]:
    """The dates of ``text`` that are printed with day, month and year, in order.

    Examples
    --------
    >>> full_dates("Updated 7 January 2020, first printed on Jan. 6, 2020; 31 February 2020")
    [datetime.date(2020, 1, 7), datetime.date(2020, 1, 6)]
    """
    found = []
    for match in FULL_DATE.finditer(text):
        try:
            found.append(_value(match))
        except ValueError:
            continue
    return found


def _value(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    month = MONTH_NUMBERS[(match["month1"] or match["month2"])[:3].lower()]
    return date(int(match["year1"] or match["year2"]), month, int(match["day1"] or match["day2"]))

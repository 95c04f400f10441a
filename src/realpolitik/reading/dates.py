"""Dates: explicit ones, and those that depend on the day of publication.

A date that cannot be resolved stays open; a date that was resolved says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from realpolitik.contest.evidence import Claim, DateClaim
from realpolitik.reading.document import Document

__all__ = ["dates", "resolve_date"]

MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTH_STEMS, 1)}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?:1[789]|20)\d\d"
DATE = re.compile(
    rf"\b(?:(?P<iso>{YEAR}-\d\d-\d\d)(?![\d-])"
    rf"|(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month1>{MONTH})(?:,?\s(?P<year1>{YEAR})\b)?"
    rf"|(?P<month2>{MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?:,?\s(?P<year2>{YEAR})\b)?"
    rf"|(?P<month3>{MONTH})(?:,|\sof)?\s(?P<year3>{YEAR})\b"
    rf"|(?<=\b[Ii]n\s)(?P<month4>{MONTH})|(?<=\b[Ss]ince\s)(?P<month5>{MONTH})|(?<=\b[Bb]y\s)(?P<month6>{MONTH})"
    rf"|(?<=\b[Uu]ntil\s)(?P<month7>{MONTH})|(?<=\blast\s)(?P<month8>{MONTH})"
    r"|(?P<turn>last\s|next\s|this\s|coming\s)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"|(?P<relative>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"
    r"|(?P<period>[Ll]ast|[Tt]his|[Nn]ext)\s(?P<unit>week|month|year)\b"
    r"|(?P<decade>(?:1[789]|20)\d0[’']?s)\b"
    rf"|(?P<year>(?<![\d$€£#.,-]){YEAR}(?![\d%,-]|\.\d|\s(?:people|troops|soldiers|votes|ballots|members|seats|miles"
    r"|kilomet|dollars|million|billion|thousand|percent|times)))(?!\w))"
)
AHEAD = re.compile(
    r"\b(?:will|shall|would|plans?|planned|due|scheduled|set|expected|vows?|next|upcoming)\b[^.;]{0,60}\Z"
)
LOOK_BACK = 90
"""Characters before a weekday in which a word of the future is looked for."""

STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def dates(document: Document) -> list[Claim]:
    """All dates of the readable blocks, in order, resolved as far as the publication date allows."""
    claims: list[Claim] = []
    for block in document.readable():
        for match in DATE.finditer(block.text):
            before = block.text[max(0, match.start() - LOOK_BACK) : match.start()]
            resolved = resolve_date(match, before, document.published)
            if resolved:
                span = document.span(block, match.start(), match.end())
                claims.append(
                    Claim(
                        id=document.claim_id("d", len(claims) + 1),
                        kind="date",
                        document=document.name,
                        spans=(span,),
                        date=resolved,
                    )
                )
    return claims


def resolve_date(match: re.Match[str], before: str, published: date | None) -> DateClaim | None:
    """What a match of :data:`DATE` means; None if it is no date, such as 31 February.

    Parameters
    ----------
    match : the words.
    before : the words before them, which may speak of the future.
    published : date of publication, if it is known.
    """
    found = {key: value for key, value in match.groupdict().items() if value}
    for key, resolve in (("weekday", _weekday), ("relative", _relative), ("period", _period)):
        if key in found:
            return resolve(found, before, published)
    return _explicit(found, published)


def _explicit(found: dict[str, str], published: date | None) -> DateClaim | None:
    if "decade" in found:
        return DateClaim(basis="a decade")
    if "iso" in found:
        return _checked(lambda: date.fromisoformat(found["iso"]), "day", "as printed")
    month_key = next((key for key in found if key.startswith("month")), None)
    if month_key is None:
        return _checked(lambda: date(int(found["year"]), 1, 1), "year", "as printed")
    month = MONTH_NUMBERS[found[month_key][:3].lower()]
    day = next((int(value) for key, value in found.items() if key.startswith("day")), None)
    year = next((int(value) for key, value in found.items() if key.startswith("year")), None)
    precision: Literal["day", "month"] = "day" if day else "month"
    if year:
        return _checked(lambda: date(year, month, day or 1), precision, "as printed")
    if published is None:
        return DateClaim(basis="year not printed, date of publication not known")
    basis = f"last such {precision} up to publication {published}"
    this_year = _checked(lambda: date(published.year, month, day or 1), precision, basis)
    if this_year is None or this_year.value is None or this_year.value <= published:
        return this_year
    return _checked(lambda: date(published.year - 1, month, day or 1), precision, basis)


def _checked(make: Callable[[], date], precision: Literal["day", "month", "year"], basis: str) -> DateClaim | None:
    try:
        return DateClaim(value=make(), precision=precision, basis=basis)
    except ValueError:
        return None


def _weekday(found: dict[str, str], before: str, published: date | None) -> DateClaim:
    if published is None:
        return DateClaim(basis="weekday, date of publication not known")
    turn = found.get("turn", "").strip()
    number = WEEKDAYS.index(found["weekday"].lower())
    back = (published.weekday() - number) % 7
    if turn in ("next", "coming"):
        day = published + timedelta(days=(number - published.weekday()) % 7 or 7)
        return DateClaim(value=day, precision="day", basis=f"weekday after publication {published}")
    if turn == "this" or (not turn and AHEAD.search(before)):
        return DateClaim(basis="weekday before or after publication: the text may speak of the future")
    day = published - timedelta(days=back or (7 if turn == "last" else 0))
    return DateClaim(value=day, precision="day", basis=f"last such weekday up to publication {published}")


def _relative(found: dict[str, str], before: str, published: date | None) -> DateClaim:
    if published is None:
        return DateClaim(basis="relative to a date of publication that is not known")
    day = published + timedelta(days=STEPS[found["relative"].lower()])
    return DateClaim(value=day, precision="day", basis=f"relative to publication {published}")


def _period(found: dict[str, str], before: str, published: date | None) -> DateClaim:
    step = {"last": -1, "this": 0, "next": 1}[found["period"].lower()]
    if published is None:
        return DateClaim(basis="relative to a date of publication that is not known")
    basis = f"relative to publication {published}"
    if found["unit"] == "year":
        return DateClaim(value=date(published.year + step, 1, 1), precision="year", basis=basis)
    if found["unit"] == "month":
        months = 12 * published.year + published.month - 1 + step
        return DateClaim(value=date(months // 12, months % 12 + 1, 1), precision="month", basis=basis)
    return DateClaim(basis=f"a week, {basis}")

"""Dates: explicit ones, and those that depend on the day of publication.

A date that cannot be resolved stays open; a date that was resolved says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from realpolitik.contest.evidence import Claim, DateClaim
from realpolitik.reading.documents.days import MONTH, MONTH_NUMBERS, WEEKDAY_NAME, WEEKDAYS, YEAR
from realpolitik.reading.documents.document import Document
from realpolitik.reading.documents.publication import INFERRED
from realpolitik.reading.figures.numerals import SMALL

__all__ = ["DATE", "dates", "resolve_date"]

COUNT = rf"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|{'|'.join(SMALL)}|\d{{1,3}})"
DATE = re.compile(
    rf"\b(?:(?P<iso>{YEAR}-\d\d-\d\d)(?![\d-])"
    rf"|(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month1>{MONTH})(?:,?\s(?P<year1>{YEAR})\b)?"
    rf"|(?P<month2>{MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?:,?\s(?P<year2>{YEAR})\b)?"
    rf"|(?P<month3>{MONTH})(?:,|\sof)?\s(?P<year3>{YEAR})\b"
    rf"|(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Bb]y\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Ll]ast\s)|(?<=\b[Tt]his\s)"
    rf"|(?<=\b[Ee]arly\s)|(?<=\b[Ll]ate\s)|(?<=\b[Mm]id-))(?P<month4>{MONTH})"
    rf"|(?P<turn>[Ll]ast\s|[Nn]ext\s|[Tt]his\s|[Cc]oming\s)?(?P<weekday>{WEEKDAY_NAME})\b"
    r"|(?P<before>[Tt]he day before yesterday)\b"
    r"|(?P<relative>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"
    rf"|(?P<count>(?:{COUNT}))\s(?P<counted>day|week|month|year|decade)s?\s(?P<side>ago|earlier|from now)\b"
    r"|(?P<period>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming)\s(?P<unit>week|month|year|weekend)\b"
    r"|(?P<weekend>[Tt]he\sweekend)\b"
    r"|(?P<decade>(?:1[789]|20)\d0[’']?s)\b"
    rf"|(?P<year>(?<![\d$€£#.,-]){YEAR}(?![\d%,-]|\.\d|\s(?:people|troops|soldiers|votes|ballots|members|seats|miles"
    r"|kilomet|dollars|million|billion|thousand|percent|times)))(?!\w))"
)
AHEAD = re.compile(
    r"\b(?:will|shall|would|plans?|planned|due|scheduled|set|expected|vows?|next|upcoming|effective"
    r"|takes? (?:effect|place|office)|(?:comes?|enters?|goes) into (?:force|effect)"
    r"|begins?|starts?|opens|expires?|lapses?|resumes?|convenes?|runs out)\b[^.;]{0,60}\Z"
)
DEADLINE = re.compile(r"\b(?:by|until|till|before)\s\Z", re.I)
"""Before a month or a day without a year: it may lie ahead."""

LOOK_BACK = 90
"""Characters before a date in which a word of the future is looked for."""

STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
TURNS = {"last": -1, "this": 0, "next": 1, "coming": 1}
WEEKEND = 5
"""Saturday, as a number of the weekday."""

UNKNOWN = "date of publication not known"
Resolve = Callable[[dict[str, str], str, date], DateClaim]


def dates(document: Document) -> list[Claim]:
    """All dates of the readable blocks, in order, resolved as far as the publication date allows."""
    claims: list[Claim] = []
    inferred = (document.published_basis or "").startswith(INFERRED)
    for block in document.readable():
        for match in DATE.finditer(block.text):
            before = block.text[max(0, match.start() - LOOK_BACK) : match.start()]
            resolved = resolve_date(match, before, document.published, is_inferred=inferred)
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


def resolve_date(
    match: re.Match[str], before: str, published: date | None, *, is_inferred: bool = False
) -> DateClaim | None:
    """What a match of :data:`DATE` means; None if it is no date, such as 31 February.

    Parameters
    ----------
    match : the words.
    before : the words before them, which may speak of the future.
    published : date of publication, if it is known.
    is_inferred : the date of publication is inferred: a year may be taken from it, a day may not.
    """
    found = {key: value for key, value in match.groupdict().items() if value}
    for key, (words, resolve) in RELATIVE.items():
        if key in found:
            if published is None:
                return DateClaim(basis=f"{words}, {UNKNOWN}")
            if is_inferred:
                return DateClaim(basis=f"{words}, date of publication only inferred")
            try:
                return resolve(found, before, published)
            except (OverflowError, ValueError):
                return None
    return _explicit(found, before, published)


def _explicit(found: dict[str, str], before: str, published: date | None) -> DateClaim | None:
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
        return DateClaim(basis=f"year not printed, {UNKNOWN}")
    if AHEAD.search(before) or DEADLINE.search(before):
        return DateClaim(basis="year not printed: the text may speak of the future")
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


def _weekday(found: dict[str, str], before: str, published: date) -> DateClaim:
    turn = found.get("turn", "").strip().lower()
    number = WEEKDAYS.index(found["weekday"].lower())
    back = (published.weekday() - number) % 7
    if turn in ("next", "coming"):
        day = published + timedelta(days=(number - published.weekday()) % 7 or 7)
        return DateClaim(value=day, precision="day", basis=f"weekday after publication {published}")
    if turn == "this" or (not turn and AHEAD.search(before)):
        return DateClaim(basis="weekday before or after publication: the text may speak of the future")
    day = published - timedelta(days=back or (7 if turn == "last" else 0))
    return DateClaim(value=day, precision="day", basis=f"last such weekday up to publication {published}")


def _relative(found: dict[str, str], before: str, published: date) -> DateClaim:
    step = STEPS[found["relative"].lower()] if "relative" in found else -2
    return DateClaim(value=published + timedelta(days=step), precision="day", basis=_relative_to(published))


def _counted(found: dict[str, str], before: str, published: date) -> DateClaim:
    """So many days, weeks, months or years ago. Weeks, decades and "earlier" say too little for a date."""
    words = found["count"].lower()
    count = int(words) if words.isdigit() else 1 if words in ("a", "an") else int(SMALL[words])
    unit = found["counted"]
    if found["side"] == "earlier":
        return DateClaim(basis="before something that the text names, not before publication")
    step = count if found["side"] == "from now" else -count
    basis = _relative_to(published)
    if unit == "day":
        return DateClaim(value=published + timedelta(days=step), precision="day", basis=basis)
    if unit == "week":
        return DateClaim(basis=f"about {published + timedelta(weeks=step)}, {basis}")
    if unit == "month":
        return _month(published, step, basis)
    if unit == "decade":
        return DateClaim(basis=f"about {published.year + 10 * step}, {basis}")
    return DateClaim(value=date(published.year + step, 1, 1), precision="year", basis=basis)


def _period(found: dict[str, str], before: str, published: date) -> DateClaim:
    step = TURNS[found["period"].lower()]
    basis = _relative_to(published)
    if found["unit"] == "year":
        return DateClaim(value=date(published.year + step, 1, 1), precision="year", basis=basis)
    if found["unit"] == "month":
        return _month(published, step, basis)
    monday = published + timedelta(days=7 * step - published.weekday())
    if found["unit"] == "week":
        return DateClaim(basis=f"week of {monday} to {monday + timedelta(days=6)}, {basis}")
    if step < 0:
        return _weekend(found, before, published)
    return DateClaim(basis=f"a weekend {'after' if step else 'around'} publication {published}")


def _weekend(found: dict[str, str], before: str, published: date) -> DateClaim:
    """The weekend just past, or the one that goes on."""
    if AHEAD.search(before):
        return DateClaim(basis="weekend before or after publication: the text may speak of the future")
    saturday = published - timedelta(days=(published.weekday() - WEEKEND) % 7)
    return DateClaim(basis=f"weekend of {saturday} to {saturday + timedelta(days=1)}, {_relative_to(published)}")


def _month(published: date, step: int, basis: str) -> DateClaim:
    months = 12 * published.year + published.month - 1 + step
    return DateClaim(value=date(months // 12, months % 12 + 1, 1), precision="month", basis=basis)


def _relative_to(published: date) -> str:
    return f"relative to publication {published}"


RELATIVE: dict[str, tuple[str, Resolve]] = {
    "weekday": ("weekday", _weekday),
    "relative": ("relative", _relative),
    "before": ("relative", _relative),
    "count": ("relative", _counted),
    "period": ("relative", _period),
    "weekend": ("weekend", _weekend),
}
"""Group of the match → what it is called where it stays open, and how it resolves."""

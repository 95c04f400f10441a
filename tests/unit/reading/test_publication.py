"""The date of publication, and how it is known."""

from __future__ import annotations

from datetime import date

import pytest

from realpolitik.contest.evidence import DateClaim
from realpolitik.reading.dates import dates
from realpolitik.reading.documents.document import Document

LONG = "The council of Arnor met for the third time in a week and agreed on a toll that nobody had asked for."
WEDNESDAY = date(2020, 1, 8)


def found(raw: str, name: str = "x", **options: date | str) -> tuple[date | None, str | None]:
    document = Document.from_text(raw, name, **options)  # type: ignore[arg-type]
    return document.published, document.published_basis


def test_order_of_the_ways() -> None:
    raw = f"Toll\n\nUpdated 9 January 2020\n\nPublished: Jan. 7, 2020\n\n{LONG}\n"
    ways: dict[str, date] = {"made": date(2020, 1, 1)}
    assert found(LONG, **ways) == (date(2020, 1, 1), "in the metadata of the file")
    assert found(LONG, "wire-20200102", **ways) == (date(2020, 1, 2), "in the name")
    assert found(LONG, "x", file="wire_2020-01-03", **ways) == (date(2020, 1, 3), "in the name")
    assert found(raw, "wire-20200102", **ways) == (date(2020, 1, 7), "printed in the text")
    ways["stated"] = date(2020, 1, 4)
    assert found(raw, "wire-20200102", **ways) == (date(2020, 1, 4), "in the record of the article")
    ways["published"] = date(2020, 1, 5)
    assert found(raw, "wire-20200102", **ways) == (date(2020, 1, 5), "given")


def test_dateline_with_a_date() -> None:
    raw = f"Toll backed\n\nJanuary 6, 2020\n\n{LONG}\n"
    assert found(raw) == (date(2020, 1, 6), "printed in the text")


def test_dates_inside_the_story_are_not_that_of_publication() -> None:
    assert found(f"Toll backed\n\n{LONG} It had begun on 5 March 2019.\n") == (None, None)


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ('<meta name="date" content="2020-01-06">', date(2020, 1, 6)),
        ('<meta itemprop="datePublished" content="2020-01-06T10:00">', date(2020, 1, 6)),
        ('<time datetime="2019-05-05">old</time><meta name="pubdate" content="2020-01-06">', date(2020, 1, 6)),
        ('<time datetime="2019-05-05">x</time><time itemprop="datePublished" datetime="2020-01-06">', date(2020, 1, 6)),
        ('<script type="application/ld+json">{"datePublished" : "2020-01-06"}</script>', date(2020, 1, 6)),
        ('<time datetime="2020-01-06">', date(2020, 1, 6)),
        ('<meta name="date" content="2020-13-06"><time datetime="2020-01-06">', date(2020, 1, 6)),
        ('<meta name="viewport" content="2020-01-06">', None),
    ],
)
def test_pages_state_it_in_several_places(page: str, day: date | None) -> None:
    assert found(f"{page}<p>{LONG}</p>", media="html")[0] == day


def test_year_inferred_from_a_weekday() -> None:
    raw = f"Toll backed\n\n{LONG} The vote of Monday, Jan. 6 was close. Nothing like it happened in 2019.\n"
    day, basis = found(raw)
    assert day == date(2020, 1, 6)
    assert basis is not None
    assert basis.startswith("inferred: 'Monday, Jan. 6' fits only 2020")


@pytest.mark.parametrize(
    "story",
    [
        "The vote of Monday, Jan. 6 was close.",
        "The vote of Monday, Jan. 6 was close. It began in 1950 and ended in 2019.",
        "The vote of Monday, Jan. 7 was close, unlike that of 2020.",
        "The vote of Monday, Feb. 31 was close, unlike that of 2020.",
    ],
)
def test_nothing_is_inferred_where_it_is_not_certain(story: str) -> None:
    assert found(f"Toll backed\n\n{LONG} {story}\n") == (None, None)


def test_an_inferred_date_gives_years_but_no_days() -> None:
    raw = (
        f"Toll backed\n\n{LONG} The vote of Monday, Jan. 6 was close, closer than in 2019. "
        "On Tuesday the pilots met, as on December 30.\n"
    )
    document = Document.from_text(raw, "x")
    claims = {claim.spans[0].text: claim.date for claim in dates(document)}
    assert claims["Tuesday"] == DateClaim(basis="weekday, date of publication only inferred")
    last = claims["December 30"]
    assert last is not None
    assert last.value == date(2019, 12, 30)


@pytest.mark.parametrize(
    ("text", "value", "precision", "basis"),
    [
        ("three days ago", date(2020, 1, 5), "day", "relative to publication 2020-01-08"),
        ("a year ago", date(2019, 1, 1), "year", "relative to publication 2020-01-08"),
        ("ten months ago", date(2019, 3, 1), "month", "relative to publication 2020-01-08"),
        ("two weeks ago", None, "open", "about 2019-12-25, relative to publication 2020-01-08"),
        ("two decades ago", None, "open", "about 2000, relative to publication 2020-01-08"),
        ("30 days from now", date(2020, 2, 7), "day", "relative to publication 2020-01-08"),
        ("two days earlier", None, "open", "before something that the text names, not before publication"),
        ("the day before yesterday", date(2020, 1, 6), "day", "relative to publication 2020-01-08"),
        ("last week", None, "open", "week of 2019-12-30 to 2020-01-05, relative to publication 2020-01-08"),
        ("this week", None, "open", "week of 2020-01-06 to 2020-01-12, relative to publication 2020-01-08"),
        ("the weekend", None, "open", "weekend of 2020-01-04 to 2020-01-05, relative to publication 2020-01-08"),
        ("last weekend", None, "open", "weekend of 2020-01-04 to 2020-01-05, relative to publication 2020-01-08"),
        ("next weekend", None, "open", "a weekend after publication 2020-01-08"),
        ("this weekend", None, "open", "a weekend around publication 2020-01-08"),
        ("last October", date(2019, 10, 1), "month", "last such month up to publication 2020-01-08"),
        ("late November", date(2019, 11, 1), "month", "last such month up to publication 2020-01-08"),
        ("Last Tuesday", date(2020, 1, 7), "day", "last such weekday up to publication 2020-01-08"),
        ("the 5th of May 2019", date(2019, 5, 5), "day", "as printed"),
    ],
)
def test_relative_dates(text: str, value: date | None, precision: str, basis: str) -> None:
    raw = f"Toll backed\n\nThe council of Arnor met in the harbour of Portville, it is said, {text}.\n"
    claims = [claim.date for claim in dates(Document.from_text(raw, "x", published=WEDNESDAY))]
    assert claims == [DateClaim(value=value, precision=precision, basis=basis)]  # type: ignore[arg-type]
    [still_open] = [claim.date for claim in dates(Document.from_text(raw, "x"))]
    assert still_open is not None
    assert (still_open.value is None) == (basis != "as printed")


def test_weekend_ahead_stays_open() -> None:
    raw = "Toll backed\n\nThe council of Arnor will meet at the weekend, it was said in the harbour of Portville.\n"
    [claim] = dates(Document.from_text(raw, "x", published=WEDNESDAY))
    assert claim.date is not None
    assert "may speak of the future" in (claim.date.basis or "")


def test_years_beyond_the_calendar_are_no_dates() -> None:
    raw = "Toll backed\n\nThe council of Arnor met in the harbour of Portville, it is said, 999 years ago.\n"
    claims = dates(Document.from_text(raw, "x", published=date(900, 1, 1)))
    assert claims == []


@pytest.mark.parametrize(
    "words",
    ["has until June to leave", "shall be gone by April", "will perhaps be signed in May", "will meet on 3 July"],
)
def test_month_ahead_stays_open(words: str) -> None:
    raw = f"Toll backed\n\nThe council of Arnor {words}, it was said in the harbour of Portville.\n"
    [claim] = dates(Document.from_text(raw, "x", published=WEDNESDAY))
    assert claim.date == DateClaim(basis="year not printed: the text may speak of the future")


@pytest.mark.parametrize(
    "raw",
    [
        "Toll raised\n\nPORTVILLE, Arnor, March 9, 2026 (Wire) - The council met on Monday and raised the toll.",
        "Toll raised\n\nPORTVILLE, 9 March 2026 (ANA) -- The council met on Monday and raised the toll.",
        "Toll raised\n\nAlma Cove, 9 March 2026 — The council met on Monday and raised the toll.",
        "Toll raised\n\nAlma Cove, Mon. March 9, 2026 (Agency): The council met on Monday and raised the toll.",
        "TOLL MONITOR\n\nReport No. 7, 9 March 2026\n\nThe council met on Monday and raised the harbour toll again.",
        "COUNCIL OF ARNOR\n\nMinutes of the 14th sitting, Monday 9 March 2026\n\nThe council met and raised the toll.",
        "TRANSCRIPT: THE EVENING HOUR, 9 March 2026\n\nThe council met on Monday and raised the harbour toll again.",
    ],
)
def test_datelines_and_heads_with_a_day(raw: str) -> None:
    assert found(raw) == (date(2026, 3, 9), "printed in the text")


@pytest.mark.parametrize(
    "raw",
    [
        "The report that was due on 11 March 2026\n\nThe council met and raised the harbour toll once more.",
        "Why the toll was raised on 11 March 2026\n\nThe council met and raised the harbour toll once more.",
    ],
)
def test_titles_about_a_day_do_not_date_the_text(raw: str) -> None:
    assert found(raw) == (None, None)


@pytest.mark.parametrize("verb", ["takes effect", "enters into force", "expires", "begins"])
def test_what_takes_effect_lies_ahead(verb: str) -> None:
    document = Document.from_text(f"The law {verb} on April 1.", "x", published=date(2026, 3, 12))
    [claim] = dates(document)
    assert claim.date is not None
    assert claim.date.value is None

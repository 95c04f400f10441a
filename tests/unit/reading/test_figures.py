"""Figures, votes and dates: the value, the unit, and what was derived."""

from datetime import date

import pytest

from realpolitik.contest.evidence import Claim, DateClaim, FigureClaim
from realpolitik.reading.documents.document import Document
from realpolitik.reading.figures.numerals import numeral_value
from realpolitik.reading.reader import read

WEDNESDAY = date(2020, 1, 8)


def claims(text: str, kind: str, published: date | None = None) -> list[Claim]:
    found = read(Document.from_text(text, "wire", published=published))
    return [claim for claim in found if claim.kind == kind]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("4,000", 4000),
        ("1.5 million", 1.5e6),
        ("half a million", 5e5),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("twenty-five thousand", 25_000),
        ("two hundred and fifty-one", 251),
        ("one million two hundred thousand", 1.2e6),
        ("hundred thousand", 1e5),
    ],
)
def test_numerals(words: str, value: float) -> None:
    assert numeral_value(words) == value


@pytest.mark.parametrize(
    ("text", "words", "figure"),
    [
        (
            "They lost more than 4,000 troops there.",
            "more than 4,000 troops",
            FigureClaim(value=4000, unit="troops", referent="They lost", comparison="more than"),
        ),
        (
            "It spent an estimated $1 trillion dollars on roads.",
            "an estimated $1 trillion dollars",
            FigureClaim(value=1e12, unit="USD", referent="It spent on roads", comparison="about"),
        ),
        (
            "The pier is 225 miles south of Portville.",
            "225 miles",
            FigureClaim(value=225, unit="miles", referent="south of Portville"),
        ),
        (
            "A town of about half a million inhabitants.",
            "about half a million inhabitants",
            FigureClaim(value=5e5, unit="inhabitants", referent="A town", comparison="about"),
        ),
        ("It fell by 12.5% then.", "12.5%", FigureClaim(value=12.5, unit="percent")),
        ("It gave €5bn away.", "€5bn", FigureClaim(value=5e9, unit="EUR", referent="It gave")),
        ("At least 20 sanctioned harbour officials left.", "At least 20 sanctioned harbour officials", None),
        ("A 17-year-old left.", "17-year-old", FigureClaim(value=17, unit="years old")),
    ],
)
def test_figures(text: str, words: str, figure: FigureClaim | None) -> None:
    [claim] = claims(text, "figure")
    assert claim.text == words
    assert figure is None or claim.figure == figure


def test_range_is_a_lower_and_an_upper_bound() -> None:
    found = [claim.figure for claim in claims("Between 10 to 20 million people left.", "figure")]
    assert found == [
        FigureClaim(value=1e7, unit="people", comparison="at least"),
        FigureClaim(value=2e7, unit="people", comparison="at most"),
    ]


@pytest.mark.parametrize(
    "text", ["One of its goals.", "At 10:30 in chapter 7.", "F-16 and G20.", "The 1990s.", "5 and 6"]
)
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    assert claims(text, "figure") == []


def test_figure_inside_a_quotation_is_reported_by_its_speaker() -> None:
    [claim] = claims("“We lost 20 ships,” said Ann Lee.", "figure")
    assert claim.status == "reported"
    assert claim.speaker is not None
    assert claim.speaker.actor == "Ann Lee"


def test_vague_attendance_keeps_its_hedge() -> None:
    [claim] = claims("There were about 180 of the 329 members present.", "vote")
    assert claim.hedges == ("about",)


def test_scores_and_ranges_are_no_votes() -> None:
    assert claims("The team won 3-1 in the 2-2 series.", "vote") == []


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("It met on January 5, 2020.", None, (date(2020, 1, 5), "day")),
        ("It met on 5 Jan. 2020.", None, (date(2020, 1, 5), "day")),
        ("It met on 2020-01-05.", None, (date(2020, 1, 5), "day")),
        ("It met in May 2018.", None, (date(2018, 5, 1), "month")),
        ("It began in 2003 with a quarrel.", None, (date(2003, 1, 1), "year")),
        ("It began in the 1990s.", None, (None, "open")),
        ("It met on Tuesday.", None, (None, "open")),
        ("It met on Tuesday.", WEDNESDAY, (date(2020, 1, 7), "day")),
        ("It met on Wednesday.", WEDNESDAY, (date(2020, 1, 8), "day")),
        ("It met last Wednesday.", WEDNESDAY, (date(2020, 1, 1), "day")),
        ("It meets next Friday.", WEDNESDAY, (date(2020, 1, 10), "day")),
        ("It will meet on Friday.", WEDNESDAY, (None, "open")),
        ("It met yesterday.", WEDNESDAY, (date(2020, 1, 7), "day")),
        ("It met yesterday.", None, (None, "open")),
        ("It has met since October.", WEDNESDAY, (date(2019, 10, 1), "month")),
        ("It met on December 30.", WEDNESDAY, (date(2019, 12, 30), "day")),
        ("It met last month.", WEDNESDAY, (date(2019, 12, 1), "month")),
        ("It met last year.", WEDNESDAY, (date(2019, 1, 1), "year")),
        ("It met last week.", WEDNESDAY, (None, "open")),
    ],
)
def test_dates(text: str, published: date | None, found: tuple[date | None, str]) -> None:
    [claim] = claims(text, "date", published)
    assert claim.date is not None
    assert (claim.date.value, claim.date.precision) == found
    assert claim.date.basis


def test_impossible_day_is_no_date() -> None:
    assert claims("It met on February 31, 2020.", "date") == []


def test_basis_names_the_date_of_publication() -> None:
    [claim] = claims("It met on Tuesday.", "date", WEDNESDAY)
    assert claim.date == DateClaim(
        value=date(2020, 1, 7), precision="day", basis="last such weekday up to publication 2020-01-08"
    )

"""Claims in one line each."""

import pytest

from realpolitik.app.claim_shown import read_as, words
from realpolitik.contest.evidence import Claim, DateClaim, EventClaim, Span
from tests.invented import DAY, actor, claim, event, figure, speech, stance, vote

SHOWN = {
    "quotation": (speech("one-q01", "Ann Lee"), "Ann Lee"),
    "speaker unknown": (speech("one-q01", None), "?"),
    "event": (event("one-e01", "THREATEN", "Arnor", "Lorn", status="threatened"), "THREATEN Arnor → Lorn, threatened"),
    "event without source": (event("one-e01", "ASSAULT", None, "Lorn"), "ASSAULT ? → Lorn, asserted"),
    "event denied": (
        claim("one-e01", "event", event=EventClaim(type="AID", denied_by=("Ann Lee",)), status="denied"),
        "AID ? → ?, denied by Ann Lee",
    ),
    "stance": (stance("one-s01", "Ann Lee", "oppose", "the toll"), "Ann Lee: oppose, the toll (attributed)"),
    "figure": (figure("one-f01", 2400, "ships"), "2,400 ships"),
    "figure with decimals": (figure("one-f01", 0.5, "percent"), "0.5 percent"),
    "vote": (
        vote("one-v01", yes=61, no=40, present=101, seats=120, passed=True, derived=("present",)),
        "61 to 40, (101 present), 120 seats, passed",
    ),
    "rule only": (vote("one-v01", rule="two-thirds majority"), "two-thirds majority"),
    "actor": (actor("one-a01", "Ann Lee", role="mayor"), "Ann Lee (person), mayor"),
    "day": (claim("one-d01", "date", date=DateClaim(value=DAY, precision="day")), DAY.isoformat()),
    "month": (claim("one-d01", "date", date=DateClaim(value=DAY, precision="month")), DAY.isoformat()[:7]),
    "open date": (claim("one-d01", "date", date=DateClaim()), "open"),
    "letters that steer a terminal": (speech("one-q01", "Ann\x1b[2J\nLee"), r"Ann\x1b[2J Lee"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_was_read_is_told(name: str) -> None:
    shown, told = SHOWN[name]
    assert read_as(shown) == told


def test_mentions_of_an_actor_are_told_once_each() -> None:
    spans = [Span(start=at, end=at + 3, text=text) for at, text in ((0, "Roe"), (9, "Lee"), (20, "Roe"))]
    mentioned = Claim(
        id="one-a01", kind="actor", document="one", spans=tuple(spans), actor=actor("one-a01", "Roe").actor
    )
    assert words(mentioned) == "Roe / Lee"


def test_long_words_are_cut() -> None:
    assert len(words(speech("one-q01", "Ann Lee", "so " * 100))) == 90

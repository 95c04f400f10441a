"""A new report beside earlier ones: new, confirmed, contradicted."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.match import MOST_ALIKE, match
from tests.invented import claim, event, figure, speech, stance, vote

DAY, NEXT = date(2026, 1, 7), date(2026, 1, 8)
WORDS = "We will not flood one more village in this valley."

CASES = {
    "same vote": (vote("one-v01", yes=61, no=40), vote("two-v01", yes=61, no=40, seats=120), "confirmed"),
    "other seats": (
        vote("one-v01", yes=61, no=40, seats=121),
        vote("two-v01", yes=61, no=40, seats=120),
        "contradicted",
    ),
    "derived numbers do not contradict": (
        vote("one-v01", yes=61, no=40, present=101, derived=("present",)),
        vote("two-v01", yes=61, no=40, present=110),
        "confirmed",
    ),
    "passed or not": (
        vote("one-v01", yes=61, no=40, passed=True),
        vote("two-v01", yes=61, no=40, passed=False),
        "contradicted",
    ),
    "other vote": (vote("one-v01", yes=61, no=40), vote("two-v01", yes=60, no=41), "new"),
    "same figure": (figure("one-f01", 40, "ships", "the fleet"), figure("two-f01", 40, "ship", "fleet"), "confirmed"),
    "figure of something else": (
        figure("one-f01", 40, "ships", "fleet"),
        figure("two-f01", 40, "ships", "port"),
        "new",
    ),
    "small figure of nothing named": (figure("one-f01", 40, "ships"), figure("two-f01", 40, "ships"), "new"),
    "telling figure": (figure("one-f01", 4000, "ships"), figure("two-f01", 4000, "ships"), "confirmed"),
    "same event": (
        event("one-e01", "ASSAULT", "Arnor", "Lorn"),
        event("two-e01", "ASSAULT", "Arnor", "Lorn"),
        "confirmed",
    ),
    "event turned round": (
        event("one-e01", "ASSAULT", "Arnor", "Lorn"),
        event("two-e01", "ASSAULT", "Lorn", "Arnor"),
        "new",
    ),
    "event of another day": (
        event("one-e01", "ASSAULT", "Arnor", "Lorn", day=DAY),
        event("two-e01", "ASSAULT", "Arnor", "Lorn", day=NEXT),
        "new",
    ),
    "event without target": (
        event("one-e01", "ASSAULT", "Arnor", None),
        event("two-e01", "ASSAULT", "Arnor", None),
        "new",
    ),
    "event without target on one day": (
        event("one-e01", "ASSAULT", "Arnor", None, day=DAY),
        event("two-e01", "ASSAULT", "Arnor", None, day=DAY),
        "confirmed",
    ),
    "event denied": (
        event("one-e01", "ASSAULT", "Arnor", "Lorn"),
        event("two-e01", "ASSAULT", "Arnor", "Lorn", status="denied"),
        "contradicted",
    ),
    "event only planned": (
        event("one-e01", "ASSAULT", "Arnor", "Lorn"),
        event("two-e01", "ASSAULT", "Arnor", "Lorn", status="planned"),
        "new",
    ),
    "same stance": (
        stance("one-s01", "Ann Lee", "oppose", "the canal toll"),
        stance("two-s01", "Ann Lee", "oppose", "toll on the canal"),
        "confirmed",
    ),
    "other side": (stance("one-s01", "Ann Lee", "oppose"), stance("two-s01", "Ann Lee", "support"), "contradicted"),
    "other actor": (stance("one-s01", "Ann Lee", "oppose"), stance("two-s01", "Ben Roe", "oppose"), "new"),
    "same words": (speech("one-q01", "Ann Lee", WORDS), speech("two-q01", "Lee", f"“{WORDS.lower()}”"), "confirmed"),
    "part of the words": (speech("one-q01", "Ann Lee", WORDS), speech("two-q01", None, WORDS[8:]), "confirmed"),
    "another's words": (speech("one-q01", "Ann Lee", WORDS), speech("two-q01", "Ben Roe", WORDS), "new"),
    "words of a person and of its ministry": (
        speech("one-q01", "Ann Lee", WORDS),
        speech("two-q01", "Toll Ministry", WORDS),
        "confirmed",
    ),
    "other words": (speech("one-q01", "Ann Lee", WORDS), speech("two-q01", "Ann Lee", "We go."), "new"),
}


@pytest.mark.parametrize(("old", "new", "verdict"), CASES.values(), ids=CASES)
def test_pairs(old: Claim, new: Claim, verdict: str) -> None:
    [found] = match([old], [new])
    assert found.verdict == verdict
    assert (found.confirms, found.contradicts) == (
        (old.id,) if verdict == "confirmed" else (),
        (old.id,) if verdict == "contradicted" else (),
    )


def test_a_report_does_not_confirm_itself() -> None:
    [found] = match([vote("one-v01", yes=61, no=40)], [vote("one-v02", yes=61, no=40)])
    assert found.verdict == "new"


def test_who_changed_sides_contradicts_nobody() -> None:
    old, new = stance("one-s01", "Ann Lee", "oppose"), stance("two-s01", "Ann Lee", "support")
    assert match([old], [new], published={"one": DAY, "two": NEXT})[0].verdict == "new"
    assert match([old], [new], published={"one": DAY, "two": DAY})[0].verdict == "contradicted"


def test_reports_added_together_are_beside_each_other() -> None:
    new = [vote("two-v01", yes=61, no=40), vote("three-v01", yes=61, no=40), vote("three-v02", yes=61, no=40)]
    assert [found.confirms for found in match([], new)] == [(), ("two-v01",), ("two-v01",)]


def test_why_is_told() -> None:
    [found] = match([vote("one-v01", yes=61, no=40, seats=121)], [vote("two-v01", yes=61, no=40, seats=120)])
    assert found.why == "seats 121 and 120"


def test_confirmed_by_one_and_contradicted_by_another_is_contradicted() -> None:
    old = [vote("one-v01", yes=61, no=40, seats=120), vote("two-v01", yes=61, no=40, seats=121)]
    [found] = match(old, [vote("three-v01", yes=61, no=40, seats=120)])
    assert (found.verdict, found.confirms, found.contradicts) == ("contradicted", ("one-v01",), ("two-v01",))


def test_links_of_claims_and_of_a_finder_count() -> None:
    old = [claim("one-f01", "figure"), claim("one-f02", "figure")]
    new = [claim("two-v01", "vote", contradicts=("one-f01",)), claim("two-v02", "vote")]

    def link(claims: Sequence[Claim], published: Mapping[str, date]) -> list[Claim]:
        assert published == {"two": DAY}
        return [
            each.model_copy(update={"contradicts": ("two-v02",)}) if each.id == "one-f02" else each for each in claims
        ]

    first, second = match(old, new, contradictions=link, published={"two": DAY})
    assert (first.contradicts, second.contradicts) == (("one-f01",), ("one-f02",))


def test_work_does_not_grow_with_pairs() -> None:
    """Boilerplate that every report has is not compared with every other."""
    old = [speech(f"r{number}-q01", "Ann Lee", WORDS) for number in range(MOST_ALIKE + 1)]
    [found] = match(old, [speech("new-q01", "Ann Lee", WORDS)])
    assert found.verdict == "new"
    [found] = match(old[1:], [speech("new-q01", "Ann Lee", WORDS)])
    assert len(found.confirms) == MOST_ALIKE

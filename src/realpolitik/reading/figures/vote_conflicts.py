"""When two reports of a vote cannot both hold."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import date

from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.figures.amounts import COMPARISON_OF
from realpolitik.reading.figures.bounds import Bounds, bounds, can_both_hold

__all__ = ["vote_conflict", "vote_keys"]

SAME_SEATS = 0.01
"""Share by which two reports of the size of one chamber may differ: 328 and 329 are the same chamber."""

SMALL = 50
"""Seats below which only chambers of the very same size are one."""

FIRST_STEP = 100
WEEK = 7

LARGE = 20
"""Ballots from which an equal number in favour is taken for the same vote."""

COUNTS = ("yes", "no", "abstain", "present", "absent", "quorum", "required", "margin")
ANY_BODY = frozenset(
    ["parliament", "chamber", "assembly", "house", "legislature", "council", "senate", "congress", "lawmakers", "body"]
)
NOTHING = frozenset(
    [
        "the",
        "a",
        "an",
        "to",
        "of",
        "on",
        "in",
        "for",
        "from",
        "and",
        "or",
        "its",
        "their",
        "that",
        "this",
        "new",
        "bill",
        "motion",
        "plan",
        "law",
        "resolution",
        "vote",
    ]
)
WORD = re.compile(r"[^\W_]+")


def vote_keys(claim: Claim) -> Iterator[Hashable]:
    """What a vote may share with another report of it: the size of the chamber, or a word of the matter."""
    vote = claim.vote
    if vote is None:
        return
    if vote.seats:
        yield from (("seats", step) for step in _steps(vote.seats))
    yield from (("about", word) for word in sorted(_matter(vote.about)))
    if vote.yes and vote.yes >= LARGE and "yes" not in vote.derived:
        yield "yes", vote.yes


def _steps(seats: int) -> Iterator[int]:
    """Two steps of a scale such that chambers that count as one share a step."""
    if seats <= FIRST_STEP:
        yield from (seats, seats + 1)
    if seats >= FIRST_STEP:
        step = FIRST_STEP + 2 + int(math.log(seats / FIRST_STEP) / math.log(1 + SAME_SEATS))
        yield from (step, step + 1)


def _matter(about: str | None) -> frozenset[str]:
    """The words of substance of what was voted on, cut to their stems."""
    words = {word.lower()[:6] for word in WORD.findall(about or "")}
    return frozenset(word for word in words if word not in NOTHING and len(word) > 2)


def vote_conflict(
    one: Claim, other: Claim, *, is_complete: bool = True, days: Mapping[str, date] | None = None
) -> bool:
    """Whether two claims are about the same vote and cannot both hold.

    The same vote is one whose matter is named alike, or whose chamber is of the same size while at most one of the two
    prints a tally, or prints the same. It cannot be in two ways: two sizes of the chamber, two numbers of the same kind
    that no value fits, fewer present than ballots, both passed and failed.

    Parameters
    ----------
    is_complete : whether ballots without a word of abstentions are all who were present.
    days : days of publication by document; a chamber is taken to speak of one sitting only in reports of one week.
    """
    first, second = one.vote, other.vote
    if (
        first is None
        or second is None
        or one.spans == other.spans
        or not _is_same(first, second, _apart(one, other, days or {}))
    ):
        return False
    if first.passed is not None and second.passed is not None and first.passed != second.passed:
        return True
    if first.seats and second.seats and first.seats != second.seats:
        return True
    bounds_of = [_bounds(claim, is_complete=is_complete) for claim in (one, other)]
    for name in COUNTS:
        if name in bounds_of[0] and name in bounds_of[1] and not can_both_hold(bounds_of[0][name], bounds_of[1][name]):
            return True
    return any(_too_many(a, b) for a, b in ((first, bounds_of[1]), (second, bounds_of[0])))


def _too_many(vote: VoteClaim, of_other: dict[str, Bounds]) -> bool:
    """Whether more ballots were cast than the other has members present or seats."""
    cast = sum(
        value or 0 for name in ("yes", "no", "abstain") if name not in vote.derived for value in [getattr(vote, name)]
    )
    present, seats = of_other.get("present"), of_other.get("seats")
    return any(limit is not None and cast > limit[1] for limit in (present, seats))


def _bounds(claim: Claim, *, is_complete: bool) -> dict[str, Bounds]:
    """What the printed numbers leave open; a derived number counts only where it follows."""
    vote = claim.vote
    if vote is None:
        return {}
    words = [hedge.lower() for hedge in claim.hedges if hedge.lower() in COMPARISON_OF]
    comparison = COMPARISON_OF[words[0]] if words else "exactly"
    vague = next(
        (
            name
            for name in ("present", "absent", "yes", "no")
            if getattr(vote, name) is not None and name not in vote.derived
        ),
        None,
    )
    found: dict[str, Bounds] = {}
    for name in (*COUNTS, "seats"):
        value = getattr(vote, name)
        if value is None:
            continue
        if name in vote.derived and not (name == "margin" or (name == "present" and is_complete)):
            continue
        found[name] = bounds(value, comparison if name == vague else "exactly", is_count=True)
    return found


def _apart(one: Claim, other: Claim, days: Mapping[str, date]) -> bool:
    """Whether the reports are known to be more than a week apart."""
    first, second = days.get(one.document), days.get(other.document)
    return first is not None and second is not None and abs((first - second).days) > WEEK


def _is_same(one: VoteClaim, other: VoteClaim, is_apart: bool) -> bool:
    if not _is_same_chamber(one, other):
        return False
    matter, others = _matter(one.about), _matter(other.about)
    if matter and others:
        return 2 * len(matter & others) >= min(len(matter), len(others))
    if not is_apart and one.yes is not None and one.yes == other.yes and one.yes >= LARGE:
        return True
    near = one.seats is not None and other.seats is not None
    tallies = sum(vote.yes is not None for vote in (one, other))
    return near and tallies < 2 and not is_apart


def _is_same_chamber(one: VoteClaim, other: VoteClaim) -> bool:
    if one.seats and other.seats:
        most = max(one.seats, other.seats)
        if abs(one.seats - other.seats) > (0 if most < SMALL else max(1, SAME_SEATS * most)):
            return False
    names = [{word.lower() for word in WORD.findall(vote.chamber or "")} - NOTHING for vote in (one, other)]
    if not all(names) or any(name <= ANY_BODY for name in names):
        return True
    return bool(names[0] & names[1] - ANY_BODY)

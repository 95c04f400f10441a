"""The smallest coalitions that pass or block a motion, and the smallest walk-outs that break the quorum.

Only seats and the rule matter here, not how likely anybody is to come: each question is whether some members can
have their way whatever, or if, all others do the opposite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Counts

__all__ = ["Smallest", "no_show_profiles", "smallest_coalitions"]

MOST_LISTED = 10
"""Coalitions listed for one question."""

MOST_LOOKED_AT = 200_000
"""Part coalitions looked at for one list; where there are more, the list says that it is not complete."""

MOST_BLOCS = 12
"""Blocs whose profiles are counted out: 3^11 for each of them."""


@dataclass(frozen=True)
class Smallest:
    """What it takes to have one's way."""

    members: int | None
    """Fewest members who can; None: not even all of them."""

    coalitions: tuple[tuple[str, ...], ...]
    """Coalitions of whole blocs that can and that need every one of their blocs, fewest blocs first."""

    complete: bool
    """Whether the list holds all of them."""


def smallest_coalitions(
    blocs: Sequence[str], seats: Counts, rule: DecisionRule, total_seats: int, second: DecisionRule | None = None
) -> dict[str, Smallest]:
    """What it takes to pass, to block, and to break the quorum.

    Parameters
    ----------
    blocs, seats : names, and members int[blocs].
    rule : of the chamber; a tie counts as the rule says, without a presiding officer.
    total_seats : vacant seats included.
    second : rule of a second reading, in which everybody does the same again.

    Returns
    -------
    dict : ``pass``, all members vote yes and it passes both if all others vote no and if they stay away;
        ``block_by_no``, they vote no and it fails though all others vote yes; ``block_by_absence``, the same by
        staying away; ``break_quorum``, they stay away and there is no quorum though all others come.

    Examples
    --------
    >>> rule = DecisionRule.parse(passes="majority of present", quorum="two thirds of seats")
    >>> names, seats = ("Shia", "Sunni", "Kurdish", "minorities"), np.array([187, 77, 56, 9])
    >>> found = smallest_coalitions(names, seats, rule, 329)["break_quorum"]
    >>> found.members, found.coalitions
    (110, (('Shia',), ('Sunni', 'Kurdish')))
    """
    sitting = int(seats.sum())
    ours = np.arange(sitting + 1)
    rest, nobody, everybody = sitting - ours, np.zeros_like(ours), np.full_like(ours, sitting)

    def passes(yes: Counts, no: Counts, present: Counts) -> Bools:
        return _passes(rule, second, yes, no, present, total_seats)

    quorum = max(each.quorum_needed(seats=total_seats) for each in (rule, second or rule))
    can = {
        "pass": passes(ours, rest, everybody) & passes(ours, nobody, ours),
        "block_by_no": ~passes(rest, ours, everybody),
        "block_by_absence": ~passes(rest, nobody, rest),
        "break_quorum": rest < quorum,
    }
    return {question: _smallest(blocs, seats, enough) for question, enough in can.items()}


def no_show_profiles(seats: Counts, rule: DecisionRule, total_seats: int, second: DecisionRule | None = None) -> Counts:
    """In how many profiles of the others a bloc's no lets the motion pass while its absence stops it.

    Each of the others, as a whole, votes yes, votes no or is absent: 3^(blocs - 1) profiles.

    Returns
    -------
    int[blocs].

    Raises
    ------
    ModelError : too many blocs to count out.

    Examples
    --------
    >>> rule = DecisionRule.parse(passes="majority of present", quorum=220)
    >>> no_show_profiles(np.array([187, 77, 56, 9]), rule, 329).tolist()
    [0, 3, 3, 0]
    """
    if len(seats) > MOST_BLOCS:
        raise ModelError(f"{len(seats)} blocs have too many profiles to count out; at most {MOST_BLOCS}. Join some.")
    found = []
    for bloc, own in enumerate(seats):
        others = np.delete(seats, bloc)
        stances = np.array(list(product((0, 1, 2), repeat=len(others))), dtype=np.int64).reshape(-1, len(others))
        yes, no = (stances == 1) @ others, (stances == 2) @ others
        against = _passes(rule, second, yes, no + own, yes + no + own, total_seats)
        away = _passes(rule, second, yes, no, yes + no, total_seats)
        found.append(int((against & ~away).sum()))
    return np.array(found, dtype=np.int64)


def _passes(
    rule: DecisionRule, second: DecisionRule | None, yes: Counts, no: Counts, present: Counts, seats: int
) -> Bools:
    """Whether a motion passes every reading, if all are as the first."""
    first = rule.passed(yes=yes, no=no, present=present, seats=seats)
    return first if second is None else first & second.passed(yes=yes, no=no, present=present, seats=seats)


def _smallest(blocs: Sequence[str], seats: Counts, enough: Bools) -> Smallest:
    """From whether so many members are enough to who is; more members are never worse."""
    if not enough.any():
        return Smallest(None, (), True)
    members = int(np.argmax(enough))
    if members == 0:
        return Smallest(0, (), True)
    order = np.argsort(-seats, kind="stable")
    steps = iter(range(MOST_LOOKED_AT))
    listed: list[tuple[str, ...]] = []
    complete = True
    for size in range(1, len(blocs) + 1):
        for chosen in _minimal(seats[order].tolist(), members, size, lambda: next(steps, None) is not None):
            if chosen is None or len(listed) == MOST_LISTED:
                complete = False
                break
            listed.append(tuple(blocs[order[place]] for place in chosen))
        if not complete:
            break
    return Smallest(members, tuple(listed), complete)


def _minimal(seats: list[int], members: int, size: int, go_on: Callable[[], bool]) -> Iterator[tuple[int, ...] | None]:
    """Coalitions of so many blocs with at least so many members, but not without any one bloc; None: gave up.

    Seats fall, so the last bloc chosen is the smallest, and the largest rest is the next in line.
    """
    sums = np.concatenate([[0], np.cumsum(seats)]).tolist()

    def extend(chosen: tuple[int, ...], held: int, start: int) -> Iterator[tuple[int, ...] | None]:
        if not go_on():
            yield None
            return
        left = size - len(chosen)
        for place in range(start, len(seats) - left + 1):
            if held + sums[place + left] - sums[place] < members:
                return
            if left > 1:
                if held + seats[place] < members:
                    yield from extend((*chosen, place), held + seats[place], place + 1)
            elif held < members:
                yield (*chosen, place)

    yield from extend((), 0, 0)

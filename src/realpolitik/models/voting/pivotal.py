"""On whom a vote hangs: which bloc changes the result, and whose walk-out breaks the quorum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.voting.vote import Vote

__all__ = ["Pivots", "WalkOut", "flips", "walk_out", "who_decides"]


@dataclass(frozen=True, eq=False)
class Pivots:
    """How often each bloc decides the result."""

    blocs: tuple[str, ...]
    """Names, in the order of the arrays."""

    staying_home: Floats
    """float[blocs]: share of draws in which the result changes if those of the bloc who came stay away."""

    voting_no: Floats
    """float[blocs]: share of draws in which the result changes if the bloc's yes votes become no."""

    draws: int
    """Number of votes looked at; a share p has standard error sqrt(p (1 - p) / draws)."""


@dataclass(frozen=True, eq=False)
class WalkOut:
    """What it takes to break the quorum of a vote."""

    blocs: tuple[str, ...]
    """Names, in the order of ``alone``."""

    quorum_margin: Counts
    """int[draws]: members beyond the quorum; negative if there was none."""

    members: Counts
    """int[draws]: smallest number of members whose leaving breaks the quorum; 0 if there was none."""

    alone: Bools
    """bool[draws, blocs]: whether the bloc's own members are enough; False without a quorum to break."""


def who_decides(vote: Vote) -> Pivots:
    """Share of votes in which a bloc, by itself, would have changed the result.

    Parameters
    ----------
    vote : a recorded vote, or a sampled one with many draws.
    """
    by_staying, by_turning = (changed.mean(axis=0) for changed in flips(vote))
    return Pivots(vote.blocs, by_staying, by_turning, draws=len(vote.passed))


def flips(vote: Vote) -> tuple[Bools, Bools]:
    """Whether the result changes if a bloc stays home, and if its yes votes become no: bool[draws, blocs] each.

    Where there are two readings, the bloc does so in both.
    """
    home = turned = np.ones(vote.present_by_bloc.shape, dtype=np.bool_)
    for each in vote.readings:
        home = home & _result(each, each.present_by_bloc, each.yes_by_bloc, each.no_by_bloc)
        turned = turned & _result(each, np.zeros_like(each.yes_by_bloc), each.yes_by_bloc, -each.yes_by_bloc)
    before = vote.passed[:, np.newaxis]
    return home != before, turned != before


def walk_out(vote: Vote) -> WalkOut:
    """Smallest walk-out that breaks the quorum, and the blocs that could do it alone.

    Where the quorum counts votes cast, those who walk out are members who voted yes or no.

    Raises
    ------
    ModelError : the chamber has no quorum.

    Examples
    --------
    >>> from realpolitik.contest.rule import DecisionRule
    >>> rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    >>> vote = Vote.recorded({"list A": (166, 166, 0), "list B": (4, 4, 0)}, total_seats=328, rule=rule)
    >>> found = walk_out(vote)
    >>> int(found.members[0]), found.alone.tolist()
    (6, [[True, False]])
    """
    if vote.rule.quorum is None:
        raise ModelError("This chamber has no quorum, so no walk-out can break it. State its quorum first.")
    margin = vote.quorum_margin
    members = np.maximum(margin + 1, 0)
    alone = vote.quorate[:, np.newaxis] & (vote.counted_by_bloc >= members[:, np.newaxis])
    return WalkOut(vote.blocs, margin, members, alone)


def _result(vote: Vote, less_present: Counts, less_yes: Counts, less_no: Counts) -> Bools:
    """Whether it passes when one bloc at a time takes members and votes away: bool[draws, blocs]."""
    return vote.decided(
        present=vote.present[:, np.newaxis] - less_present,
        yes=vote.yes[:, np.newaxis] - less_yes,
        no=vote.no[:, np.newaxis] - less_no,
    )

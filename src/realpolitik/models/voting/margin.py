"""By how many votes a motion passes or fails: the exact distribution of the margin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.exact import draw_of
from realpolitik.models.voting.lattice import BlocChances, Tally, convolve, nobody_votes, refuse_large, tally_of
from realpolitik.models.voting.shock import ROUGHLY, expected
from realpolitik.models.voting.sums import joint_of

__all__ = ["Margins", "empty_base", "exact_margins", "joint_size", "verdicts"]


@dataclass(frozen=True, eq=False)
class Margins:
    """How likely each margin is: yes votes beyond the number needed at that attendance, negative if short of it."""

    margin: Counts
    """int[m], one after the other."""

    quorate: Floats
    """float[m]: probability of the margin together with a quorum."""

    inquorate: Floats
    """float[m]: probability of the margin without a quorum."""

    @property
    def given_quorum(self) -> Floats:
        """float[m]: probability of the margin if there is a quorum; NaN where a quorum is impossible."""
        total = float(self.quorate.sum())
        return self.quorate / total if total > 0 else np.full_like(self.quorate, np.nan)

    def quantile(self, level: float) -> int | None:
        """Smallest margin that is not exceeded with this probability, given a quorum; None where there is none."""
        if not self.quorate.sum() > 0:
            return None
        reached = np.cumsum(self.given_quorum) >= level - 1e-12
        return int(self.margin[int(np.argmax(reached))])


def exact_margins(ballot: Ballot, *, draw: int = 0) -> Margins:
    """Distribution of the margin in one draw, by the convolution of :func:`exact_passage`; of the first reading.

    Raises
    ------
    ModelError : the joint distribution would not fit.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> rule = DecisionRule.parse(passes="majority of present")
    >>> found = exact_margins(Ballot(("a",), np.array([2]), 2, one, one / 2, one / 2, 0 * one, rule))
    >>> {int(key): round(float(value), 6) for key, value in zip(found.margin, found.quorate) if value > 1e-9}
    {-2: 0.25, -1: 0.5, 0: 0.25}
    """
    one = draw_of(ballot, draw)
    sitting = int(one.seats.sum())
    lowest = -max(
        int(each.needed(seats=one.total_seats, present=sitting, cast=sitting)) for each in one.rule.conditions
    )
    found, _ = expected(one.readings[0], partial(_margins, lowest=lowest), *ROUGHLY)
    quorate, inquorate = np.clip(found, 0, 1)
    return Margins(np.arange(lowest, sitting + 1), quorate, inquorate)


def _margins(ballot: Ballot, lowest: int) -> Floats:
    """float[draws, 2, m], without shocks."""
    return np.stack([_one_draw(draw_of(ballot, draw), lowest) for draw in range(ballot.draws)])


def _one_draw(ballot: Ballot, lowest: int) -> Floats:
    """float[2, m]: probability of each margin with and without a quorum."""
    sitting, tally = int(ballot.seats.sum()), tally_of(ballot.rule)
    refuse_large(ballot.rule, joint_size(tally, sitting))
    joint = None if tally is None else joint_of(ballot, tally)
    if joint is None:
        blocs = [BlocChances.of(ballot, 0, bloc) for bloc in range(len(ballot.blocs))]
        (joint,) = convolve([np.ones((1,) * (2 if tally else 3)), *(bloc.joint(tally) for bloc in blocs)], down_to=1)
    found = _gathered(ballot, ballot.rule, joint, lowest)
    if ballot.casting_vote is not None:
        chance = float(ballot.casting_vote[0])
        found = (1 - chance) * found + chance * _gathered(ballot, replace(ballot.rule, ties="pass"), joint, lowest)
    return found


def _gathered(ballot: Ballot, rule: DecisionRule, joint: Floats, lowest: int) -> Floats:
    """float[2, m]: the joint distribution by margin, with and without a quorum."""
    sitting, tally = int(ballot.seats.sum()), tally_of(rule)
    size = sitting - lowest + 1
    place = _places(rule, sitting, ballot.total_seats, lowest)
    found: Floats = np.bincount(place, joint.ravel(), minlength=2 * size).astype(np.float64).reshape(2, size)
    if (empty := empty_base(rule, tally, ballot)) is not None:
        found[:, -lowest] -= empty
        found[:, -lowest - 1] += empty
    return found


@lru_cache(maxsize=8)
def _places(rule: DecisionRule, sitting: int, total: int, lowest: int) -> Counts:
    """Where each cell of the joint distribution goes."""
    quorate, margin = verdicts(rule, tally_of(rule), sitting, total)
    place: Counts = (margin - lowest + (sitting - lowest + 1) * ~quorate).ravel()
    return place


def joint_size(tally: Tally | None, sitting: int) -> int:
    """Cells of the joint distribution of the whole chamber."""
    if tally is None:
        return (sitting + 1) ** 3
    least, most = tally.score_range(sitting)
    return (sitting + 1) * (most - least + 1)


def verdicts(rule: DecisionRule, tally: Tally | None, sitting: int, total: int) -> tuple[Bools, Counts]:
    """Whether there is a quorum, and the margin, in each cell of the joint distribution.

    Where the score is linear in a base, an empty base is taken for one in which nothing is needed; see
    :func:`empty_base`.
    """
    quorum, every = rule.quorum_needed(seats=total), np.arange(sitting + 1)
    if tally is None:
        present, cast, yes = np.ix_(every, every, every)
        counted = present if rule.quorum_counts == "present" else cast
        needed = [each.needed(seats=total, present=present, cast=cast) for each in rule.conditions]
        margin = np.min(np.broadcast_arrays(*(yes - each for each in needed)), axis=0)
    elif tally.mixed:
        least, most = tally.score_range(sitting)
        counted, score = every[:, np.newaxis], np.arange(least, most + 1)
        strict = rule.carries.more_than
        margin = -(-score // tally.per_yes) - 1 if strict else score // tally.per_yes
    else:
        counted, yes = every[:, np.newaxis], every
        needed = [each.needed(seats=total, present=counted, cast=counted) for each in rule.conditions]
        margin = np.min(np.broadcast_arrays(*(yes - each for each in needed)), axis=0)
    lowest = _lowest(rule, sitting, total)
    quorate, margin = np.broadcast_arrays(counted >= quorum, np.maximum(margin, lowest))
    return quorate, margin


def _lowest(rule: DecisionRule, sitting: int, total: int) -> int:
    """Margin if all come and nobody votes yes."""
    return -max(int(each.needed(seats=total, present=sitting, cast=sitting)) for each in rule.conditions)


def empty_base(rule: DecisionRule, tally: Tally | None, ballot: Ballot) -> Floats | None:
    """float[2]: probability of an empty base with and without a quorum, which :func:`verdicts` gives one vote too many.

    None where no such correction is due.
    """
    if tally is None or not tally.mixed or rule.carries.more_than:
        return None
    silent = nobody_votes([BlocChances.of(ballot, 0, bloc) for bloc in range(len(ballot.blocs))])
    if rule.carries.base == "present":
        return np.array([0.0, silent[0]])
    quorum = rule.quorum_needed(seats=ballot.total_seats)
    return np.array([silent[quorum:].sum(), silent[:quorum].sum()])

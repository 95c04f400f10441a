"""The probability of a vote without sampling: convolution over blocs.

Two whole numbers per vote decide everything: how many count towards the quorum, and a score. Where the
majority is of the same members that the quorum counts, or of seats, the score is the number of yes votes.
Otherwise it is linear in the counts: a share a/b of the base is reached when b yes - a base is at least 0.
The joint distribution of the two is found for each bloc and convolved by fast Fourier transform, the
smallest lattices first. An empty base, in which nothing is carried, is taken out at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.arrays import Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.cohesion import branch, split_table

__all__ = ["Passage", "exact_passage"]

LARGEST_LATTICE = 2**23
"""Most cells of the joint distribution: 64 MB, and some seconds of work."""


@dataclass(frozen=True)
class Passage:
    """How likely a motion is to pass."""

    quorum: float
    """Probability that enough members take part; 1 where the chamber has no quorum."""

    passing: float
    """Probability that there is a quorum and the motion is carried."""

    exact: bool
    """True: computed to rounding error, about 1e-12 absolute."""

    method: str
    """How it was computed, in a sentence."""

    @property
    def passing_given_quorum(self) -> float | None:
        """Probability of passing if there is a quorum; None where a quorum is impossible."""
        return min(self.passing / self.quorum, 1.0) if self.quorum > 0 else None


@dataclass(frozen=True)
class _Tally:
    """The two numbers that decide, as weights of a bloc's counts."""

    abstaining_counts: bool
    """Whether an abstaining member counts in the first number; yes and no votes always do."""

    per_yes: int
    per_cast: int
    per_abstain: int
    """Weights of the second number, the score."""

    mixed: bool
    """Whether the score is linear in a base other than the first number."""

    def score_range(self, members: int) -> tuple[int, int]:
        """Least and greatest score of a bloc: all its members doing one thing."""
        alone = (0, self.per_yes + self.per_cast, self.per_cast, self.per_abstain)
        return members * min(alone), members * max(alone)


@dataclass(frozen=True)
class _Bloc:
    """One bloc in one draw, as branches: cast or not, then yes or no, and abstain or away."""

    casts: Floats
    """float[n + 1]: probability of each number of votes cast."""

    yes: Floats
    """float[n + 1, n + 1]: of each number of yes votes, by votes cast."""

    abstains: Floats
    """float[n + 1, n + 1]: of each number of abstentions, by members who do not vote."""

    @classmethod
    def of(cls, ballot: Ballot, draw: int, bloc: int) -> _Bloc:
        members = int(ballot.seats[bloc])
        attends, cohesion = ballot.attends[draw, bloc], ballot.cohesion[draw, bloc]
        casting = ballot.casts[draw, bloc]
        cast, abstain = attends * casting, attends * (1 - casting)
        for_share = min(float(ballot.yes[draw, bloc] / casting), 1.0) if casting > 0 else 0.0
        idle_share = min(float(abstain / (1 - cast)), 1.0) if cast < 1 else 0.0
        return cls(
            split_table(members, float(cast), float(cohesion))[members],
            split_table(members, for_share, float(branch(cast, cohesion))),
            split_table(members, idle_share, float(branch(1 - cast, cohesion))),
        )

    def lattice(self, tally: _Tally) -> Floats:
        """Joint probability of the two numbers; the second is counted from its least value."""
        members = len(self.casts) - 1
        least, most = tally.score_range(members)
        width = most - least + 1
        cells = np.zeros((members + 1) * width)
        every = np.arange(members + 1)
        for cast, chance in enumerate(self.casts):
            yes, abstain = every[: cast + 1, np.newaxis], every[: members - cast + 1]
            counted = cast + abstain * tally.abstaining_counts
            score = yes * tally.per_yes + cast * tally.per_cast + abstain * tally.per_abstain - least
            joint = np.outer(self.yes[cast, : cast + 1], self.abstains[members - cast, : members - cast + 1])
            np.add.at(cells, (counted * width + score).ravel(), chance * joint.ravel())
        return cells.reshape(members + 1, width)


def exact_passage(ballot: Ballot, *, draw: int = 0) -> Passage:
    """Probability of quorum and passage in one draw, for blocs that decide independently of each other.

    The members of a bloc are correlated by its cohesion, exactly as
    :func:`realpolitik.models.voting.passage.passage` samples them.

    Parameters
    ----------
    ballot : seats int[blocs]; probabilities and cohesion float[draws, blocs]; the chamber's rule.
    draw : which of the draws.

    Raises
    ------
    ModelError : the share of an unusual rule is so fine that the joint distribution would not fit.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones((1, 2))
    >>> rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    >>> seats = np.array([3, 2])
    >>> ballot = Ballot(("a", "b"), seats, 5, one * [1, 0.5], one * [1, 0], one * [0, 1], 0 * one, rule)
    >>> round(exact_passage(ballot).passing, 12)
    1.0
    """
    rule, total = ballot.rule, ballot.total_seats
    tally = _tally(rule)
    sitting = int(ballot.seats.sum())
    least, most = tally.score_range(sitting)
    if (cells := (sitting + 1) * (most - least + 1)) > LARGEST_LATTICE:
        raise ModelError(
            f"'{rule.passes}' with a quorum of members {rule.quorum_counts} needs {cells} cells, more than "
            f"{LARGEST_LATTICE}. Sample the vote with the model 'passage', or state a simpler share."
        )
    blocs = [_Bloc.of(ballot, draw, bloc) for bloc in range(len(ballot.blocs))]
    lattices = [np.ones((1, 1)), *(bloc.lattice(tally) for bloc in blocs)]
    least_counted = rule.quorum_needed(seats=total)
    if tally.mixed:
        halves = _convolve(lattices, down_to=2)
        quorum = _reaching(halves, least_counted, 0)
        passing = _reaching(halves, least_counted, int(rule.carries.more_than) - least)
        if rule.carries.base == "cast" and not rule.carries.more_than:
            passing -= float(_nobody_votes(blocs)[least_counted:].sum())
    else:
        (joint,) = _convolve(lattices, down_to=1)
        counted, yes = np.arange(sitting + 1)[:, np.newaxis], np.arange(sitting + 1)
        quorate = counted >= least_counted
        quorum = float(joint.sum(where=quorate)) if rule.quorum else 1.0
        carried = yes >= rule.carries.needed(seats=total, present=counted, cast=counted)
        passing = float(joint.sum(where=quorate & carried))
    method = "convolution over blocs"
    return Passage(float(np.clip(quorum, 0, 1)), float(np.clip(passing, 0, 1)), True, method)


def _tally(rule: DecisionRule) -> _Tally:
    base = rule.carries.base
    counted = rule.quorum_counts if rule.quorum else "cast" if base == "cast" else "present"
    if base in (None, "seats", counted):
        return _Tally(counted == "present", per_yes=1, per_cast=0, per_abstain=0, mixed=False)
    part, whole = rule.carries.share.numerator, rule.carries.share.denominator
    idle = -part if base == "present" else 0
    return _Tally(counted == "present", per_yes=whole, per_cast=-part, per_abstain=idle, mixed=True)


def _nobody_votes(blocs: list[_Bloc]) -> Floats:
    """Probability of each number present while nobody votes yes or no: then nothing is carried."""
    silent = np.ones(1)
    for bloc in blocs:
        silent = np.convolve(silent, bloc.casts[0] * bloc.abstains[-1])
    return silent


def _convolve(lattices: list[Floats], *, down_to: int) -> list[Floats]:
    """Distributions whose sum is that of all: pairs of neighbours in size are joined, round by round."""
    while len(lattices) > down_to:
        lattices = sorted(lattices, key=np.size)
        pairs = zip_longest(lattices[::2], lattices[1::2])
        lattices = [first if second is None else _sum_of_two(first, second) for first, second in pairs]
    return lattices


def _reaching(halves: list[Floats], row: int, column: int) -> float:
    """Probability that the sum of two reaches a cell in both directions, without the last and largest transform."""
    first, second = halves
    beyond = np.zeros(np.add(second.shape, 1))
    beyond[:-1, :-1] = second[::-1, ::-1].cumsum(axis=0).cumsum(axis=1)[::-1, ::-1]
    missing = (
        np.clip(least - np.arange(size), 0, most)
        for least, size, most in zip((row, column), first.shape, second.shape, strict=True)
    )
    return float((first * beyond[np.ix_(*missing)]).sum())


def _sum_of_two(first: Floats, second: Floats) -> Floats:
    rows, columns = (one + two - 1 for one, two in zip(first.shape, second.shape, strict=True))
    padded = (_smooth(rows), _smooth(columns))
    spectrum = np.fft.rfft2(first, padded) * np.fft.rfft2(second, padded)
    return np.fft.irfft2(spectrum, padded)[:rows, :columns]


def _smooth(size: int) -> int:
    """Smallest number of at least ``size`` without prime factors above 5: quick to transform."""
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1

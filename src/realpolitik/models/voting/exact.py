"""The probability of a vote without sampling: convolution over blocs.

Two whole numbers per vote decide everything: how many count towards the quorum, and a score. Where the
majority is of the same members that the quorum counts, or of seats, the score is the number of yes votes.
Otherwise it is linear in the counts: a share a/b of the base is reached when b yes - a base is at least 0.
The joint distribution of the two is found for each bloc and convolved by fast Fourier transform, the
smallest lattices first. An empty base, in which nothing is carried, is taken out at the end. Several conditions
that look at both the members present and the votes cast need a third number; then the chamber must be smaller.

A boycott is a second way for the bloc's lattice to be, with everybody away; those who break ranks spread the yes
votes of a bloc; a common shock is averaged out, see :mod:`realpolitik.models.voting.shock`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import zip_longest

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.arrays import Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.cohesion import branch, split_table
from realpolitik.models.voting.shock import SETTLED, expected

__all__ = ["Passage", "draw_of", "exact_passage"]

PER_DRAW = (
    "attends",
    "yes",
    "no",
    "cohesion",
    "boycott",
    "rebels",
    "attendance_shock",
    "vote_shock",
    "casting_vote",
)
"""Fields of a ballot whose first axis is the draw."""

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
    """True: computed to rounding error, about 1e-12 absolute, or 1e-9 where a common shock is averaged out. False:
    the shock is so strong that the average over it has not settled; the method says how far."""

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

    boycott: float
    """Probability that everybody stays away together."""

    @classmethod
    def of(cls, ballot: Ballot, draw: int, bloc: int) -> _Bloc:
        members = int(ballot.seats[bloc])
        attends, cohesion = ballot.attends[draw, bloc], ballot.cohesion[draw, bloc]
        casting = ballot.casts[draw, bloc]
        cast, abstain = attends * casting, attends * (1 - casting)
        for_share = min(float(ballot.yes[draw, bloc] / casting), 1.0) if casting > 0 else 0.0
        idle_share = min(float(abstain / (1 - cast)), 1.0) if cast < 1 else 0.0
        yes = split_table(members, for_share, float(branch(cast, cohesion)))
        if ballot.rebels is not None and (rebels := float(ballot.rebels[draw, bloc])) > 0:
            yes = _break_ranks(yes, rebels)
        return cls(
            split_table(members, float(cast), float(cohesion))[members],
            yes,
            split_table(members, idle_share, float(branch(1 - cast, cohesion))),
            0.0 if ballot.boycott is None else float(ballot.boycott[draw, bloc]),
        )

    @property
    def silent(self) -> Floats:
        """float[n + 1]: probability of each number present while nobody of the bloc votes yes or no."""
        found: Floats = self.casts[0] * self.abstains[-1] * (1 - self.boycott)
        found[0] += self.boycott
        return found

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
        return self._boycotted(cells.reshape(members + 1, width), (0, -least))

    def counts(self) -> Floats:
        """Joint probability of members present, votes cast and yes votes: float[n + 1, n + 1, n + 1]."""
        members = len(self.casts) - 1
        cells = np.zeros((members + 1,) * 3)
        for cast, chance in enumerate(self.casts):
            joint = np.outer(self.abstains[members - cast, : members - cast + 1], self.yes[cast, : cast + 1])
            cells[cast:, cast, : cast + 1] = chance * joint
        return self._boycotted(cells, (0, 0, 0))

    def _boycotted(self, cells: Floats, nobody: tuple[int, ...]) -> Floats:
        if self.boycott:
            cells = cells * (1 - self.boycott)
            cells[nobody] += self.boycott
        return cells


def exact_passage(ballot: Ballot, *, draw: int = 0) -> Passage:
    """Probability of quorum and passage in one draw, for blocs that are independent but for the common shocks.

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
    one = draw_of(ballot, draw)
    found, error = expected(one, _quorum_and_passing)
    quorum, passing = np.clip(found, 0, 1)
    return Passage(float(quorum), float(passing), error <= SETTLED, _method(one, error))


def draw_of(ballot: Ballot, draw: int) -> Ballot:
    """The ballot with this draw alone."""
    per_draw = [field.name for field in fields(ballot) if field.name in PER_DRAW]
    given = {name: value for name in per_draw if (value := getattr(ballot, name)) is not None}
    return replace(ballot, **{name: value[[draw]] for name, value in given.items()})


def _method(ballot: Ballot, error: float) -> str:
    shocks = [shock for shock in (ballot.attendance_shock, ballot.vote_shock) if shock is not None and shock[0] > 0]
    if not shocks:
        return "convolution over blocs"
    within = f"to {max(error, 1e-12):.0e}" if error <= SETTLED else f"which had settled only to {error:.0e}"
    return f"convolution over blocs, averaged over the common shock {within}"


def _quorum_and_passing(ballot: Ballot) -> Floats:
    """Probability of quorum and of passage, without shocks, the presiding officer's vote included."""
    if ballot.casting_vote is None:
        return _by_rule(ballot, ballot.rule)
    chance = float(ballot.casting_vote[0])
    generous = replace(ballot.rule, ties="pass")
    return (1 - chance) * _by_rule(ballot, ballot.rule) + chance * _by_rule(ballot, generous)


def _by_rule(ballot: Ballot, rule: DecisionRule) -> Floats:
    blocs = [_Bloc.of(ballot, 0, bloc) for bloc in range(len(ballot.blocs))]
    total, sitting = ballot.total_seats, int(ballot.seats.sum())
    least_counted = rule.quorum_needed(seats=total)
    tally = _tally(rule)
    if tally is None:
        return _three_counts(blocs, rule, total, sitting)
    least, most = tally.score_range(sitting)
    _refuse_large(rule, (sitting + 1) * (most - least + 1))
    lattices = [np.ones((1, 1)), *(bloc.lattice(tally) for bloc in blocs)]
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
        carried = np.all(
            [yes >= each.needed(seats=total, present=counted, cast=counted) for each in rule.conditions], 0
        )
        passing = float(joint.sum(where=quorate & carried))
    return np.array([quorum, passing])


def _three_counts(blocs: list[_Bloc], rule: DecisionRule, total: int, sitting: int) -> Floats:
    _refuse_large(rule, (sitting + 1) ** 3)
    (joint,) = _convolve([np.ones((1, 1, 1)), *(bloc.counts() for bloc in blocs)], down_to=1)
    present, cast, yes = np.ogrid[: sitting + 1, : sitting + 1, : sitting + 1]
    counted = present if rule.quorum_counts == "present" else cast
    quorate = counted >= rule.quorum_needed(seats=total)
    carried = quorate & (yes >= 1)
    for condition in rule.conditions:
        carried = carried & (yes >= condition.needed(seats=total, present=present, cast=cast))
    quorum = float(joint.sum(where=np.broadcast_to(quorate, joint.shape))) if rule.quorum else 1.0
    return np.array([quorum, float(joint.sum(where=np.broadcast_to(carried, joint.shape)))])


def _refuse_large(rule: DecisionRule, cells: int) -> None:
    if cells > LARGEST_LATTICE:
        passes = " and ".join(str(condition) for condition in (rule.passes, *rule.also))
        raise ModelError(
            f"'{passes}' with a quorum of members {rule.quorum_counts} needs {cells} cells, more than "
            f"{LARGEST_LATTICE}. Sample the vote with the model 'passage', or state a simpler share."
        )


def _tally(rule: DecisionRule) -> _Tally | None:
    """The two numbers that decide; None where it takes three."""
    bases = {condition.base for condition in rule.conditions} - {None, "seats"}
    counted = rule.quorum_counts if rule.quorum else "cast" if bases == {"cast"} else "present"
    if rule.also and bases - {counted}:
        return None
    base = rule.carries.base
    if bases <= {counted}:
        return _Tally(counted == "present", per_yes=1, per_cast=0, per_abstain=0, mixed=False)
    part, whole = rule.carries.share.numerator, rule.carries.share.denominator
    idle = -part if base == "present" else 0
    return _Tally(counted == "present", per_yes=whole, per_cast=-part, per_abstain=idle, mixed=True)


def _nobody_votes(blocs: list[_Bloc]) -> Floats:
    """Probability of each number present while nobody votes yes or no: then nothing is carried."""
    silent = np.ones(1)
    for bloc in blocs:
        silent = np.convolve(silent, bloc.silent)
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
    shape = [one + two - 1 for one, two in zip(first.shape, second.shape, strict=True)]
    padded = [_smooth(size) for size in shape]
    axes = range(len(shape))
    spectrum = np.fft.rfftn(first, padded, axes) * np.fft.rfftn(second, padded, axes)
    return np.fft.irfftn(spectrum, padded, axes)[tuple(slice(size) for size in shape)]


def _break_ranks(yes: Floats, rebels: float) -> Floats:
    """The yes table after each vote has turned by itself: row m, column k as in :func:`split_table`."""
    most = len(yes) - 1
    loyal, turned = split_table(most, 1 - rebels, 0.0), split_table(most, rebels, 0.0)
    found = np.zeros_like(yes)
    for cast in range(most + 1):
        for meant in np.flatnonzero(yes[cast, : cast + 1]):
            after = np.convolve(loyal[meant, : meant + 1], turned[cast - meant, : cast - meant + 1])
            found[cast, : cast + 1] += yes[cast, meant] * after
    return found


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

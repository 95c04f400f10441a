"""Whole numbers that decide a vote, and their joint distribution: lattices of blocs, convolved.

See :mod:`realpolitik.models.voting.exact` for what the numbers are.
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

__all__ = ["BlocChances", "Tally", "convolve", "nobody_votes", "refuse_large", "tally_of"]

LARGEST_LATTICE = 2**23
"""Most cells of the joint distribution: 64 MB, and some seconds of work."""


@dataclass(frozen=True)
class Tally:
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
class BlocChances:
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
    def of(cls, ballot: Ballot, draw: int, bloc: int) -> BlocChances:
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

    def joint(self, tally: Tally | None) -> Floats:
        """Joint probability of the two numbers, or of all three counts where it takes three."""
        return self.counts() if tally is None else self.lattice(tally)

    def lattice(self, tally: Tally) -> Floats:
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


def tally_of(rule: DecisionRule) -> Tally | None:
    """The two numbers that decide; None where it takes three."""
    bases = {condition.base for condition in rule.conditions} - {None, "seats"}
    counted = rule.quorum_counts if rule.quorum else "cast" if bases == {"cast"} else "present"
    if rule.also and bases - {counted}:
        return None
    base = rule.carries.base
    if bases <= {counted}:
        return Tally(counted == "present", per_yes=1, per_cast=0, per_abstain=0, mixed=False)
    part, whole = rule.carries.share.numerator, rule.carries.share.denominator
    idle = -part if base == "present" else 0
    return Tally(counted == "present", per_yes=whole, per_cast=-part, per_abstain=idle, mixed=True)


def nobody_votes(blocs: list[BlocChances]) -> Floats:
    """Probability of each number present while nobody votes yes or no: then nothing is carried."""
    silent = np.ones(1)
    for bloc in blocs:
        silent = np.convolve(silent, bloc.silent)
    return silent


def convolve(lattices: list[Floats], *, down_to: int) -> list[Floats]:
    """Distributions whose sum is that of all: pairs of neighbours in size are joined, round by round."""
    while len(lattices) > down_to:
        lattices = sorted(lattices, key=np.size)
        pairs = zip_longest(lattices[::2], lattices[1::2])
        lattices = [first if second is None else _sum_of_two(first, second) for first, second in pairs]
    return lattices


def refuse_large(rule: DecisionRule, cells: int) -> None:
    if cells > LARGEST_LATTICE:
        passes = " and ".join(str(condition) for condition in (rule.passes, *rule.also))
        raise ModelError(
            f"'{passes}' with a quorum of members {rule.quorum_counts} needs {cells} cells, more than "
            f"{LARGEST_LATTICE}. Sample the vote with the model 'passage', or state a simpler share."
        )


def _sum_of_two(first: Floats, second: Floats) -> Floats:
    shape = [one + two - 1 for one, two in zip(first.shape, second.shape, strict=True)]
    padded = [_smooth(size) for size in shape]
    axes = range(len(shape))
    spectrum = np.fft.rfftn(first, padded, axes) * np.fft.rfftn(second, padded, axes)
    return np.fft.irfftn(spectrum, padded, axes)[tuple(slice(size) for size in shape)]


def _break_ranks(yes: Floats, rebels: float) -> Floats:
    """The yes table after each vote has turned by itself: row m, column k as in :func:`split_table`.

    The generating function of m votes of which k are meant as yes is (r + (1 - r) w)^k ((1 - r) + r w)^(m - k).
    """
    size = len(yes)
    every = np.arange(size)
    wave = np.exp(-2j * np.pi * every / size)
    loyal, turned = (1 - rebels) * wave + rebels, rebels * wave + (1 - rebels)
    for_powers, against_powers = loyal ** every[:, np.newaxis], turned ** every[:, np.newaxis]
    spectrum = np.stack(
        [yes[cast, : cast + 1] @ (for_powers[: cast + 1] * against_powers[cast::-1]) for cast in every.tolist()]
    )
    return np.maximum(np.fft.ifft(spectrum, axis=1).real, 0.0)


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

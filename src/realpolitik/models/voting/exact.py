"""The probability of a vote without sampling: convolution over blocs.

Two whole numbers per vote decide everything: how many count towards the quorum, and a score. Where the
majority is of the same members that the quorum counts, or of seats, the score is the number of yes votes.
Otherwise it is linear in the counts: a share a/b of the base is reached when b yes - a base is at least 0.
The blocs are convolved with the score turned into frequencies, see
:mod:`realpolitik.models.voting.kernel`; in a very large chamber by fast Fourier transform of both numbers. An empty
base, in which nothing is carried, is taken out at the end. Several conditions that look at both the members present and
the votes cast need a third number; then the chamber must be smaller.

A boycott is a second way for the bloc's lattice to be, with everybody away; those who break ranks spread the yes
votes of a bloc; a common shock is averaged out, see :mod:`realpolitik.models.voting.shock`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.arrays import Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.lattice import BlocChances, convolve, nobody_votes, refuse_large, tally_of
from realpolitik.models.voting.shock import PER_DRAW, SETTLED, expected
from realpolitik.models.voting.sums import quorum_and_passing

__all__ = ["Passage", "draw_of", "exact_passage", "exact_passages", "independent_readings"]


@dataclass(frozen=True)
class Passage:
    """How likely a motion is to pass."""

    quorum: float
    """Probability that enough members take part, in the first reading; 1 where the chamber has no quorum."""

    passing: float
    """Probability that there is a quorum and the motion is carried, in every reading."""

    passing_first: float | None
    """Probability of passing the first of two readings; None where there is one."""

    exact: bool
    """True: computed to rounding error, about 1e-12 absolute, or 1e-9 where a common shock is averaged out. False:
    the shock is so strong that the average over it has not settled; the method says how far."""

    method: str
    """How it was computed, in a sentence."""

    @property
    def passing_given_quorum(self) -> float | None:
        """Probability of passing if there is a quorum; None where a quorum is impossible."""
        return min(self.passing / self.quorum, 1.0) if self.quorum > 0 else None


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
    ModelError : the share of an unusual rule is so fine that the joint distribution would not fit; or the moods of
        blocs last from one reading to the next.

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
    quorum, passing, first = np.clip(found, 0, 1).tolist()
    return Passage(quorum, passing, None if one.second is None else first, error <= SETTLED, _method(one, error))


def exact_passages(ballot: Ballot) -> Floats:
    """Probability of quorum and of passage in every draw: float[draws, 2].

    Parameters
    ----------
    ballot : without common shocks, as :func:`realpolitik.models.voting.shock.struck` returns it.

    Raises
    ------
    ModelError : as for :func:`exact_passage`; or the ballot has common shocks.
    """
    if ballot.attendance_shock is not None or ballot.vote_shock is not None:
        raise ModelError("The ballot has common shocks. Draw them first, or ask for one draw with exact_passage.")
    return np.clip(_quorum_and_passing(ballot)[:, :2], 0, 1)


def draw_of(ballot: Ballot, draw: int) -> Ballot:
    """The ballot with this draw alone."""
    given = {name: value for name in PER_DRAW if (value := getattr(ballot, name)) is not None}
    return replace(ballot, **{name: value[[draw]] for name, value in given.items()})


def independent_readings(ballot: Ballot) -> tuple[Ballot, ...]:
    """One ballot for each reading, whose results are independent of each other.

    Raises
    ------
    ModelError : the moods of blocs last from one reading to the next.
    """
    if ballot.same_mood is not None and ballot.same_mood.any():
        moody = ballot.cohesion.any() or (ballot.boycott is not None and ballot.boycott.any())
        if moody:
            raise ModelError(
                "The moods of blocs last from one reading to the next ('same_mood'), so that the readings are not "
                "independent of each other. The sampled answers stand."
            )
    return ballot.readings


def _method(ballot: Ballot, error: float) -> str:
    shocks = [shock for shock in (ballot.attendance_shock, ballot.vote_shock) if shock is not None and shock[0] > 0]
    if not shocks:
        return "convolution over blocs"
    within = f"to {max(error, 1e-12):.0e}" if error <= SETTLED else f"which had settled only to {error:.0e}"
    return f"convolution over blocs, averaged over the common shock {within}"


def _quorum_and_passing(ballot: Ballot) -> Floats:
    """float[draws, 3]: probability of quorum and passage, without shocks, and of passing the first reading."""
    first, *others = (_one_reading(reading) for reading in independent_readings(ballot))
    passing = first[:, 1]
    for other in others:
        passing = passing * other[:, 1]
    return np.stack([first[:, 0], passing, first[:, 1]], axis=1)


def _one_reading(ballot: Ballot) -> Floats:
    """float[draws, 2]: probability of quorum and of passage, the presiding officer's vote included."""
    found = quorum_and_passing(ballot)
    if found is not None:
        return found
    rule, chair = ballot.rule, ballot.casting_vote
    by_draw = []
    for draw in range(ballot.draws):
        one = draw_of(ballot, draw)
        answer = _transformed(one, rule)
        if chair is not None:
            answer = (1 - chair[draw]) * answer + chair[draw] * _transformed(one, replace(rule, ties="pass"))
        by_draw.append(answer)
    return np.stack(by_draw)


def _transformed(ballot: Ballot, rule: DecisionRule) -> Floats:
    """The same for one draw, by fast Fourier transform: for chambers too large to convolve bloc by bloc, and for rules
    of three counts."""
    blocs = [BlocChances.of(ballot, 0, bloc) for bloc in range(len(ballot.blocs))]
    total, sitting = ballot.total_seats, int(ballot.seats.sum())
    least_counted = rule.quorum_needed(seats=total)
    tally = tally_of(rule)
    if tally is None:
        return _three_counts(blocs, rule, total, sitting)
    least, most = tally.score_range(sitting)
    refuse_large(rule, (sitting + 1) * (most - least + 1))
    lattices = [np.ones((1, 1)), *(bloc.lattice(tally) for bloc in blocs)]
    if tally.mixed:
        halves = convolve(lattices, down_to=2)
        quorum = _reaching(halves, least_counted, 0)
        passing = _reaching(halves, least_counted, int(rule.carries.more_than) - least)
        if rule.carries.base == "cast" and not rule.carries.more_than:
            passing -= float(nobody_votes(blocs)[least_counted:].sum())
    else:
        (joint,) = convolve(lattices, down_to=1)
        counted, yes = np.arange(sitting + 1)[:, np.newaxis], np.arange(sitting + 1)
        quorate = counted >= least_counted
        quorum = float(joint.sum(where=quorate)) if rule.quorum else 1.0
        carried = quorate
        for each in rule.conditions:
            carried = carried & (yes >= each.needed(seats=total, present=counted, cast=counted))
        passing = float(joint.sum(where=carried))
    return np.array([quorum, passing])


def _three_counts(blocs: list[BlocChances], rule: DecisionRule, total: int, sitting: int) -> Floats:
    refuse_large(rule, (sitting + 1) ** 3)
    (joint,) = convolve([np.ones((1, 1, 1)), *(bloc.counts() for bloc in blocs)], down_to=1)
    present, cast, yes = np.ogrid[: sitting + 1, : sitting + 1, : sitting + 1]
    counted = present if rule.quorum_counts == "present" else cast
    quorate = counted >= rule.quorum_needed(seats=total)
    carried = quorate & (yes >= 1)
    for condition in rule.conditions:
        carried = carried & (yes >= condition.needed(seats=total, present=present, cast=cast))
    quorum = float(joint.sum(where=np.broadcast_to(quorate, joint.shape))) if rule.quorum else 1.0
    return np.array([quorum, float(joint.sum(where=np.broadcast_to(carried, joint.shape)))])


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

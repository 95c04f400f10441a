"""What a chamber would decide, asked by itself: without the stages of the contest and their effects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.contest.contest import Contest
from realpolitik.errors import ModelError
from realpolitik.forecast.draws import Floats, chunks, sample, stream
from realpolitik.forecast.medians import inputs_at_medians
from realpolitik.forecast.views import ballot
from realpolitik.models.voting import (
    Ballot,
    Margins,
    Passage,
    Smallest,
    Swings,
    Vote,
    exact_margins,
    exact_passage,
    exact_swings,
    no_show_profiles,
    passage,
    sampled_swings,
    smallest_coalitions,
    struck,
    walk_out,
)
from realpolitik.models.voting.smallest import MOST_BLOCS

__all__ = ["LEVELS", "AtMedians", "OverDraws", "SeatsAlone", "at_medians", "over_draws", "seats_alone"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Probabilities at which the margin is told."""


@dataclass(frozen=True, eq=False)
class AtMedians:
    """Every quantity at its median, exactly."""

    passage: Passage
    margins: Margins
    swings: Swings


@dataclass(frozen=True, eq=False)
class OverDraws:
    """One vote sampled in every draw of the quantities."""

    draws: int

    quorum: float
    """Share of draws with a quorum; standard error sqrt(p (1 - p) / draws), as for the others. Where there are two
    readings, quorum, margin and walk-outs are those of the first."""

    passing: float
    """Share of draws in which the motion passes."""

    passing_first: float | None
    """Share of draws in which it passes the first of two readings; None where there is one."""

    margin: dict[float, int]
    """Quantiles of the margin by :data:`LEVELS`, given a quorum; empty without one."""

    swings: Swings

    walk_out: int | None
    """Median over draws with a quorum of the fewest members whose leaving breaks it; None: no quorum to break."""

    alone: Floats
    """float[blocs]: share of draws with a quorum in which the bloc breaks it by leaving; empty without a quorum."""

    @property
    def passing_given_quorum(self) -> float | None:
        """Share of the draws with a quorum in which the motion passes; None if there is none."""
        return self.passing / self.quorum if self.quorum > 0 else None


@dataclass(frozen=True, eq=False)
class SeatsAlone:
    """What follows from the seats and the rule, whoever comes."""

    smallest: dict[str, Smallest]
    """By question, see :func:`realpolitik.models.voting.smallest.smallest_coalitions`."""

    no_show: tuple[int, ...] | None
    """By bloc, profiles of the others in which its no helps and its absence stops the motion; None: too many blocs."""

    profiles: int
    """Profiles of the others in all."""


def at_medians(contest: Contest, name: str) -> AtMedians:
    """The vote with every quantity at its median.

    Raises
    ------
    ModelError : the chamber is too large for exact work, or its two readings are not independent of each other.
    """
    one = ballot(contest, name, inputs_at_medians(contest, f"chambers.{name}."))
    return AtMedians(exact_passage(one), exact_margins(one), exact_swings(one))


def over_draws(contest: Contest, name: str, draws: int, seed: int) -> OverDraws:
    """The vote over draws of the quantities, sampled."""
    votes, swings, sizes = [], [], []
    for vote, swing in _votes(contest, name, draws, seed):
        votes.append(vote)
        swings.append(swing)
        sizes.append(len(vote.passed))
    weight = np.array(sizes) / draws
    instead = np.tensordot(weight, np.stack([each.instead for each in swings]), axes=1)
    passing = float(weight @ [each.passing for each in swings])
    quorate = np.concatenate([vote.quorate for vote in votes])
    margin = np.concatenate([vote.margin for vote in votes])[quorate]
    quantiles = np.quantile(margin, LEVELS, method="inverted_cdf") if len(margin) else []
    members, alone = _walk_outs(votes, quorate)
    return OverDraws(
        draws,
        float(quorate.mean()),
        passing,
        None if votes[0].second is None else float(np.concatenate([vote.readings[0].passed for vote in votes]).mean()),
        {level: int(value) for level, value in zip(LEVELS, quantiles, strict=False)},
        Swings(swings[0].blocs, passing, instead, draws),
        members,
        alone,
    )


def seats_alone(contest: Contest, name: str) -> SeatsAlone:
    """The smallest coalitions and the no-show paradox."""
    chamber = contest.chambers[name]
    blocs, seats = tuple(chamber.blocs), np.array([bloc.seats for bloc in chamber.blocs.values()])
    few = len(blocs) <= MOST_BLOCS
    return SeatsAlone(
        smallest_coalitions(blocs, seats, chamber.rule, chamber.seats, chamber.second_rule),
        tuple(no_show_profiles(seats, chamber.rule, chamber.seats, chamber.second_rule).tolist()) if few else None,
        3 ** (len(blocs) - 1),
    )


def _votes(contest: Contest, name: str, draws: int, seed: int) -> Iterator[tuple[Vote, Swings]]:
    if draws < 1:
        raise ModelError(f"{draws} draws are none at all. Ask for at least one.")
    for chunk in chunks(draws):
        rng = stream(seed, chunk, f"chamber {name}")
        here: Ballot = struck(ballot(contest, name, sample(contest, seed, chunk)), rng)
        vote = passage(here, rng=rng)
        yield vote, sampled_swings(here, vote, rng=rng)


def _walk_outs(votes: list[Vote], quorate: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int | None, Floats]:
    if votes[0].rule.quorum is None or not quorate.any():
        return None, np.zeros(0)
    found = [walk_out(vote) for vote in votes]
    members = np.concatenate([each.members for each in found])[quorate]
    alone = np.concatenate([each.alone for each in found])[quorate].mean(axis=0)
    return int(np.quantile(members, 0.5, method="inverted_cdf")), alone

"""Who is pivotal before a vote: what becomes of it when a bloc turns out in full, stays home, or changes sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.exact import draw_of, independent_readings
from realpolitik.models.voting.lattice import BlocChances, Tally, tally_of
from realpolitik.models.voting.margin import empty_base, joint_size, verdicts
from realpolitik.models.voting.passage import passage
from realpolitik.models.voting.shock import ROUGHLY, expected
from realpolitik.models.voting.sums import swings_of
from realpolitik.models.voting.vote import Vote

__all__ = ["WAYS", "Swings", "exact_swings", "sampled_swings"]

WAYS = ("turns_out", "stays_home", "changes_sides", "votes_no")
"""What a bloc may do instead, in the order of the last axis."""

Complexes = NDArray[np.complex128]

MOST_SPECTRUM_CELLS = 2**25
"""Most complex numbers kept at once: 512 MB."""


@dataclass(frozen=True, eq=False)
class Swings:
    """The probability that the motion passes if one bloc acts differently, and all others as before."""

    blocs: tuple[str, ...]
    """Names, in the order of the array."""

    passing: float
    """Probability of passing as things stand."""

    instead: Floats
    """float[blocs, ways]: probability of passing if the bloc acts in one of the ways of :data:`WAYS`: all of it comes
    and votes in its usual proportions; nobody of it comes; its yes votes become no and its no votes yes; all of it
    comes and votes no."""

    draws: int | None
    """Number of sampled votes; None: exact."""

    @property
    def reach(self) -> Floats:
        """float[blocs]: how far the bloc alone can move the probability of passing, over all its ways and as it is."""
        every = np.column_stack([self.instead, np.full(len(self.blocs), self.passing)])
        found: Floats = every.max(axis=1) - every.min(axis=1)
        return found

    @property
    def no_show(self) -> Floats:
        """float[blocs]: passing if it votes no, minus passing if it stays home.

        Above zero is the no-show paradox: a bloc that is against the motion helps it by coming to say so.
        """
        gap: Floats = self.instead[:, WAYS.index("votes_no")] - self.instead[:, WAYS.index("stays_home")]
        return gap


def exact_swings(ballot: Ballot, *, draw: int = 0) -> Swings:
    """What every bloc can do to the vote of one draw, by convolution.

    A bloc changes its way after the common shock, which all blocs share, is known; where there are two readings, in
    both of them.

    Raises
    ------
    ModelError : the joint distributions would not fit; sample instead.

    Examples
    --------
    >>> one = np.ones((1, 2))
    >>> rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    >>> seats = np.array([3, 2])
    >>> found = exact_swings(Ballot(("a", "b"), seats, 5, one, one * [1, 0], one * [0, 1], one, rule))
    >>> round(found.passing, 9), found.instead[:, WAYS.index("stays_home")].round(9).tolist()
    (1.0, [0.0, 1.0])
    """
    one = draw_of(ballot, draw)
    found, _ = expected(one, _passing, *ROUGHLY)
    found = np.clip(found, 0, 1)
    return Swings(one.blocs, round(float(found[0, 0]), 15), found[:, 1:], None)


def sampled_swings(ballot: Ballot, vote: Vote, *, rng: np.random.Generator) -> Swings:
    """The same over the draws of a ballot: every vote is taken again with one bloc acting differently.

    Parameters
    ----------
    ballot : without common shocks, as :func:`realpolitik.models.voting.shock.struck` returns it.
    vote : sampled from that ballot.

    Returns
    -------
    Swings : shares of draws; a share p has standard error sqrt(p (1 - p) / draws), a difference less than that of
        independent samples, because all other blocs vote as before.
    """
    instead = np.ones((len(WAYS), len(ballot.blocs), ballot.draws), dtype=np.bool_)
    for bloc, seats in enumerate(ballot.seats):
        here = passage(_in_full(_only(ballot, bloc)), rng=rng)
        for reading, in_full in zip(vote.readings, here.readings, strict=True):
            totals = np.stack([reading.present, reading.yes, reading.no])
            by_bloc = (reading.present_by_bloc, reading.yes_by_bloc, reading.no_by_bloc)
            own = np.stack([each[:, bloc] for each in by_bloc])
            everybody = np.full_like(own[0], seats)
            ways = (
                np.stack([in_full.present, in_full.yes, in_full.no]),
                np.zeros_like(own),
                own[[0, 2, 1]],
                np.stack([everybody, 0 * everybody, everybody]),
            )
            for way, counts in enumerate(ways):
                present, yes, no = totals - own + counts
                instead[way, bloc] &= reading.decided(present=present, yes=yes, no=no)
    return Swings(ballot.blocs, float(vote.passed.mean()), instead.mean(axis=2).T, ballot.draws)


def _only(ballot: Ballot, bloc: int) -> Ballot:
    """The ballot of one bloc, in all draws."""
    labels = ("attends", "yes", "no", "cohesion", "boycott", "rebels")
    columns = {label: values[:, [bloc]] for label in labels if (values := getattr(ballot, label)) is not None}
    return replace(ballot, blocs=ballot.blocs[bloc : bloc + 1], seats=ballot.seats[bloc : bloc + 1], **columns)


def _in_full(ballot: Ballot) -> Ballot:
    """The ballot if every member comes."""
    return replace(ballot, attends=np.ones_like(ballot.attends), boycott=None)


def _opposed(ballot: Ballot) -> Ballot:
    """The ballot if every member comes and votes no, and nobody breaks ranks."""
    everybody, nobody = np.ones_like(ballot.attends), np.zeros_like(ballot.attends)
    return replace(ballot, attends=everybody, yes=nobody, no=everybody, boycott=None, rebels=None)


VARIANTS: tuple[Callable[[Ballot], Ballot], ...] = (
    _in_full,
    lambda ballot: replace(ballot, attends=np.zeros_like(ballot.attends)),
    lambda ballot: replace(ballot, yes=ballot.no, no=ballot.yes),
    _opposed,
)
"""In the order of :data:`WAYS`."""


def _passing(ballot: Ballot) -> Floats:
    """float[draws, blocs, 1 + ways]: probability of passing as things stand and otherwise, in every reading."""
    found = np.ones((ballot.draws, len(ballot.blocs), 1 + len(WAYS)))
    for reading in independent_readings(ballot):
        answer = swings_of(reading)
        if answer is None:
            answer = np.stack([_transformed(draw_of(reading, draw)) for draw in range(ballot.draws)])
        found *= answer
    return found


def _transformed(ballot: Ballot) -> Floats:
    """The same for one draw, in the Fourier domain: for rules of three counts, and blocs that are very large."""
    found = _by_rule(ballot, ballot.rule)
    if ballot.casting_vote is not None:
        chance = float(ballot.casting_vote[0])
        found = (1 - chance) * found + chance * _by_rule(ballot, replace(ballot.rule, ties="pass"))
    passing = np.full((len(ballot.blocs), 1), found[0])
    return np.hstack([passing, found[1:].reshape(-1, len(WAYS))])


def _by_rule(ballot: Ballot, rule: DecisionRule) -> Floats:
    """Probability of passing as things stand, then for each bloc in each of the ways: in the Fourier domain.

    There the others of a bloc are a product, and the sum over all cells in which the motion passes is an inner
    product (Parseval), so that no transform has to be undone.
    """
    sitting, tally, count = int(ballot.seats.sum()), tally_of(rule), len(ballot.blocs)
    if (cells := joint_size(tally, sitting) * count * 3 // 2) > MOST_SPECTRUM_CELLS:
        raise ModelError(
            f"{count} blocs of {sitting} members under this rule need {cells} cells, more than "
            f"{MOST_SPECTRUM_CELLS}. Sample the votes instead."
        )
    quorate, margin = verdicts(rule, tally, sitting, ballot.total_seats)
    wanted = _weights(quorate & (margin >= 0))
    singles = [_only(ballot, bloc) for bloc in range(count)]
    own = [BlocChances.of(single, 0, 0) for single in singles]
    spectra = [_spectrum(each.joint(tally), margin.shape) for each in own]
    before, after = [wanted], [np.ones_like(wanted)]
    for first, last in zip(spectra[:-1], reversed(spectra[1:]), strict=True):
        before.append(before[-1] * first)
        after.append(after[-1] * last)
    found = [_inner(before[-1], spectra[-1]) - _empty(rule, tally, ballot)]
    for bloc, (ahead, behind) in enumerate(zip(before, reversed(after), strict=True)):
        others = ahead * behind
        for variant in VARIANTS:
            other = variant(singles[bloc])
            value = _inner(others, _spectrum(BlocChances.of(other, 0, 0).joint(tally), margin.shape))
            found.append(value - _empty(rule, tally, _with(ballot, bloc, other)))
    return np.array(found)


def _spectrum(lattice: Floats, shape: tuple[int, ...]) -> Complexes:
    """Transform of a bloc's lattice at the size of the chamber's, which the sum of all blocs never leaves."""
    if lattice.ndim > 2:
        return np.fft.rfftn(lattice, shape, range(len(shape)))
    rows = _waves(shape[0], shape[0], lattice.shape[0])
    columns = _waves(shape[1], shape[1] // 2 + 1, lattice.shape[1])
    return np.asarray(rows @ lattice @ columns.T)


@lru_cache(maxsize=256)
def _waves(period: int, frequencies: int, places: int) -> Complexes:
    """Fourier matrix: quicker than the fast transform for a bloc that is small beside the chamber."""
    return np.asarray(np.exp(-2j * np.pi / period * np.outer(np.arange(frequencies), np.arange(places))))


def _weights(wanted: Bools) -> Complexes:
    """Transform whose inner product with that of a distribution is the probability of the wanted cells."""
    last = wanted.shape[-1]
    twice = np.full(last // 2 + 1, 2.0)
    twice[0] = 1.0
    if last % 2 == 0:
        twice[-1] = 1.0
    spectrum = np.fft.rfftn(wanted.astype(np.float64), axes=range(wanted.ndim))
    return np.asarray(spectrum.conj() * twice / wanted.size)


def _inner(first: Complexes, second: Complexes) -> float:
    return float(np.vdot(first.conj().ravel(), second.ravel()).real)


def _with(ballot: Ballot, bloc: int, other: Ballot) -> Ballot:
    """The ballot with one bloc as in another."""
    changed = {}
    for label in ("attends", "yes", "no", "cohesion", "boycott", "rebels"):
        if (values := getattr(ballot, label)) is not None:
            new = getattr(other, label)
            changed[label] = values.copy()
            changed[label][:, [bloc]] = 0.0 if new is None else new
    return replace(ballot, **changed)


def _empty(rule: DecisionRule, tally: Tally | None, ballot: Ballot) -> float:
    """Probability that the base is empty in a quorate chamber, where nothing passes."""
    found = empty_base(rule, tally, ballot)
    return 0.0 if found is None else float(found[0])

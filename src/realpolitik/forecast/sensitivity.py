"""Which uncertain quantity moves which outcome, and by how much: shares of variance, interactions, tornado.

The design is that of Saltelli with scrambled Sobol' points. Every sample is walked twice, with chance of its own in
the stages, so that chance is told apart from the quantities, see :mod:`realpolitik.forecast.sobol`. A first part of
the rows screens: quantities whose share cannot be told from zero there are not followed further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import Chunk, Floats, named, stream
from realpolitik.forecast.factors import Factor, factors, placed, spread
from realpolitik.forecast.replay import Replay
from realpolitik.forecast.sobol import Base, Index, Twice, resamples

__all__ = ["PILOT", "ROWS", "Effect", "Interaction", "Sensitivity", "Swing", "Whole", "sensitivity"]

ROWS = 4_096
"""Rows of the design; a power of two, as Sobol' points need."""

FEWEST_ROWS, MOST_ROWS = 64, 65_536

PILOT = 1_024
"""Rows that screen."""

MANY = 24
"""Factors up to which all are followed through, without screening."""

LARGEST_BLOCK = 4_096
"""Rows that are walked at once."""

PAIRED = 6
"""Strongest factors whose interactions are looked at."""

SWUNG = 12
"""Strongest factors, by outcome, for which the tornado is drawn."""

MOST_FACTORS = 10_000
"""Two samples of so many coordinates are as many as Sobol' points have."""

ENDS = (0.05, 0.95)
"""Quantiles between which the tornado moves a quantity."""

Progress = Callable[[int, int], None]
Ends = NDArray[np.int64]


@dataclass(frozen=True)
class Swing:
    """Probability of an outcome with a quantity at its 5 % and at its 95 % quantile, everything else as drawn."""

    low: float
    high: float
    standard_error: float
    """Of high minus low: both are walked in the same worlds."""


@dataclass(frozen=True)
class Effect:
    """What one factor does to one outcome."""

    factor: Factor
    outcome: str
    first: Index
    """Share of the outcome's variance that would go if the factor alone became known."""

    total: Index
    """Share that would be left if every other quantity were known and chance averaged out."""

    rows: int
    """Rows that it rests on; those of the pilot where it was screened out."""

    screened_out: bool
    swing: Swing | None = None


@dataclass(frozen=True)
class Interaction:
    """What two factors do together to one outcome."""

    factors: tuple[Factor, Factor]
    outcome: str
    second: Index
    """Share of what the two do together and neither alone."""

    together: Index
    """Share of every interaction in which both take part."""


@dataclass(frozen=True)
class Whole:
    """An outcome, and what its variance is made of."""

    outcome: str
    probability: float
    quantities: Index | None
    """Share of all quantities together; None for an outcome that always or never comes."""

    @property
    def chance(self) -> Index | None:
        """The rest: votes cast, judgements and choices that fall, whatever the quantities are."""
        share = self.quantities
        return None if share is None else Index(1 - share.value, 1 - share.high, 1 - share.low)


@dataclass(frozen=True)
class Sensitivity:
    """What moves the outcomes of a contest."""

    contest: Contest
    rows: int
    seed: int
    outcomes: tuple[Whole, ...]
    effects: tuple[Effect, ...]
    """Every factor on every outcome, the largest total first within an outcome."""

    unread: tuple[Factor, ...]
    """Factors that no stage on the pathway looks at: their shares are exactly zero."""

    interactions: tuple[Interaction, ...]
    """Of the strongest factors, the largest first within an outcome."""

    def of(self, outcome: str) -> list[Effect]:
        """The effects on one outcome."""
        return [effect for effect in self.effects if effect.outcome == outcome]


def sensitivity(contest: Contest, rows: int = ROWS, seed: int = 1, *, progress: Progress | None = None) -> Sensitivity:
    """Shares of the variance of every outcome.

    Parameters
    ----------
    contest : whose quantities are looked at.
    rows : of the design, rounded up to a power of two.
    seed : a non-negative whole number.
    progress : called with the walks done and the walks planned.

    Raises
    ------
    ContestError : rows or seed are out of range, too many quantities, or a draw fits no outcome.
    """
    if not FEWEST_ROWS <= rows <= MOST_ROWS:
        raise ContestError(f"rows is {rows}; {FEWEST_ROWS} to {MOST_ROWS:,} are possible.")
    if seed < 0:
        raise ContestError(f"seed is {seed}; it must be 0 or more.")
    return _Study(contest, 1 << (rows - 1).bit_length(), seed, progress or (lambda done, planned: None)).whole()


class _Study:
    def __init__(self, contest: Contest, rows: int, seed: int, progress: Progress) -> None:
        self.contest, self.rows, self.seed, self.progress = contest, rows, seed, progress
        self.done = self.planned = 0
        everything = factors(contest)
        if sum(len(factor.members) for factor in everything) > MOST_FACTORS:
            raise ContestError(f"More than {MOST_FACTORS:,} uncertain quantities; Sobol' points do not reach so far.")
        self.uniform = self._points([address for factor in everything for address in factor.members])
        self.samples = [placed(contest, uniform) for uniform in self.uniform]
        self.blocks = [_Block(self, start, size) for start, size in _blocks(rows)]
        read = self.blocks[0].here[0].inputs_read
        self.factors = [factor for factor in everything if not read.isdisjoint(factor.moves)]
        self.unread = tuple(factor for factor in everything if read.isdisjoint(factor.moves))
        self.weights = {rows: resamples(self._rng(f"rows {rows}"), rows) for rows in {self.blocks[0].size, rows}}

    def _rng(self, name: str) -> np.random.Generator:
        return stream(self.seed, Chunk(0, self.rows), f"sensitivity {name}")

    def _points(self, addresses: list[str]) -> list[dict[str, Floats]]:
        """The two samples of probabilities."""
        if not addresses:
            return [{}, {}]
        from scipy.stats import qmc

        engine = qmc.Sobol(2 * len(addresses), scramble=True, rng=self._rng("design"))
        points = np.clip(engine.random(self.rows), 1e-12, 1 - 1e-12)
        halves = np.split(points, 2, axis=1)
        return [spread(self.contest, dict(zip(addresses, half.T, strict=True))) for half in halves]

    def whole(self) -> Sensitivity:
        pilot, rest = self.blocks[:1], self.blocks[1:]
        everybody = range(len(self.factors))
        self.planned = 2 * len(self.factors) * len(self.blocks)
        base = self._base(pilot)
        mixed = {place: self._mixed(pilot, (place,)) for place in everybody}
        follow = [place for place in everybody if len(everybody) <= MANY or self._tells(base, mixed[place])]
        strongest = sorted(follow, key=lambda place: -self._largest(base, mixed[place]))
        pairs = list(combinations(sorted(strongest[:PAIRED]), 2))
        swung = sorted(strongest[:SWUNG])
        self.planned = 2 * len(self.factors) + 2 * len(follow) * len(rest)
        self.planned += (2 * len(pairs) + len(ENDS) * len(swung)) * len(self.blocks)
        full = self._base(self.blocks)
        for place in follow:
            mixed[place] = _joined(mixed[place], self._mixed(rest, (place,))) if rest else mixed[place]
        swings = {place: self._swings(self.factors[place]) for place in swung}
        effects = [
            effect
            for place in everybody
            for effect in self._effects(place, full if place in follow else base, mixed[place], place in follow, swings)
        ]
        order = {name: index for index, name in enumerate(self.contest.outcomes)}
        found = [item for pair in pairs for item in self._interactions(full, pair, mixed)]
        return Sensitivity(
            self.contest,
            self.rows,
            self.seed,
            tuple(map(Whole, order, full.mean.tolist(), full.inputs())),
            tuple(sorted(effects, key=lambda effect: (order[effect.outcome], -effect.total.value))),
            self.unread,
            tuple(sorted(found, key=lambda item: (order[item.outcome], -item.together.value))),
        )

    def _base(self, blocks: list[_Block]) -> Base:
        runs = [self._shown([block.here[run].outcome for block in blocks]) for run in (0, 1)]
        there = self._shown([block.there for block in blocks])
        return Base((runs[0], runs[1]), there, self.weights[len(there)])

    def _shown(self, ends: list[Ends]) -> Floats:
        """float[rows, outcomes]: one where a row ends so."""
        ended = np.concatenate(ends)[:, np.newaxis] == np.arange(len(self.contest.outcomes))
        return np.asarray(ended, dtype=np.float64)

    def _mixed(self, blocks: list[_Block], places: tuple[int, ...]) -> Twice:
        """Outcomes with some factors from the other sample, twice."""
        ends: tuple[list[Ends], list[Ends]] = ([], [])
        for block in blocks:
            changed = block.swapped([self.factors[place] for place in places])
            for run in (0, 1):
                ends[run].append(self._again(block, run, changed))
        return self._shown(ends[0]), self._shown(ends[1])

    def _again(self, block: _Block, run: int, changed: Mapping[str, Floats]) -> Ends:
        found = block.here[run].again(changed)
        self.done += 1
        self.progress(self.done, max(self.planned, self.done))
        return found

    def _tells(self, base: Base, mixed: Twice) -> bool:
        """Whether any share can be told from zero."""
        return any(index is not None and index.beyond_chance for index in (*base.total(mixed), *base.first(mixed)))

    def _largest(self, base: Base, mixed: Twice) -> float:
        return max((index.value for index in base.total(mixed) if index is not None), default=0.0)

    def _effects(
        self, place: int, base: Base, mixed: Twice, followed: bool, swings: Mapping[int, list[Swing]]
    ) -> Iterator[Effect]:
        columns = zip(self.contest.outcomes, base.first(mixed), base.total(mixed), strict=True)
        for index, (outcome, first, total) in enumerate(columns):
            if first is not None and total is not None:
                swing = swings[place][index] if place in swings else None
                yield Effect(self.factors[place], outcome, first, total, len(mixed[0]), not followed, swing)

    def _swings(self, factor: Factor) -> list[Swing]:
        """By outcome, from the 5 % to the 95 % quantile."""
        sides = []
        for end in ENDS:
            uniform = {
                address: np.full(self.rows, end if sign > 0 else 1 - end)
                for address, sign in zip(factor.members, factor.signs, strict=True)
            }
            values = placed(self.contest, {**self.uniform[0], **uniform}, factor.moves, self.samples[0])
            sides.append(self._shown([self._again(block, 0, block.part(values)) for block in self.blocks]))
        low, high = sides
        errors = (high - low).std(axis=0) / np.sqrt(self.rows)
        return list(map(Swing, low.mean(axis=0).tolist(), high.mean(axis=0).tolist(), errors.tolist()))

    def _interactions(self, base: Base, pair: tuple[int, ...], mixed: Mapping[int, Twice]) -> Iterator[Interaction]:
        one, other = pair
        outputs = mixed[one], mixed[other], self._mixed(self.blocks, pair)
        columns = zip(self.contest.outcomes, base.second(*outputs), base.together(*outputs), strict=True)
        for outcome, second, together in columns:
            if second is not None and together is not None:
                yield Interaction((self.factors[one], self.factors[other]), outcome, second, together)


class _Block:
    """Some rows of the design, walked with the first sample twice and with the second once."""

    def __init__(self, study: _Study, start: int, size: int) -> None:
        self.study, self.start, self.size = study, start, size
        one, other = (self.part(sample) for sample in study.samples)
        chance = [Chunk(start + run * study.rows, size) for run in range(3)]
        self.here = tuple(Replay(study.contest, study.seed, each, one) for each in chance[:2])
        self.there = Replay(study.contest, study.seed, chance[2], other).outcome

    def part(self, values: Mapping[str, Floats]) -> dict[str, Floats]:
        """The rows of this block."""
        return {address: rows[self.start : self.start + self.size] for address, rows in values.items()}

    def swapped(self, some: list[Factor]) -> dict[str, Floats]:
        """What changes in the first sample when some factors come from the second."""
        first, second = self.study.uniform
        uniform = {address: second[address] for factor in some for address in factor.members}
        moves = {address for factor in some for address in factor.moves}
        inputs = self.study.contest.inputs()
        if not any(name for address in moves for name in named(inputs[address].quantity.value)):
            return self.part({address: self.study.samples[1][address] for address in moves})
        order = tuple(address for address in inputs if address in moves)
        known = self.part(self.study.samples[0])
        return placed(self.study.contest, self.part({**first, **uniform}), order, known)


def _blocks(rows: int) -> Iterator[tuple[int, int]]:
    """Start and size: the pilot, then ever larger ones, each as many rows as came before, up to the largest."""
    start, size = 0, min(PILOT, rows)
    while start < rows:
        yield start, size
        start += size
        size = min(start, LARGEST_BLOCK)


def _joined(one: Twice, more: Twice) -> Twice:
    return np.concatenate([one[0], more[0]]), np.concatenate([one[1], more[1]])

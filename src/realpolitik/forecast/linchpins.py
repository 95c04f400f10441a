"""What the forecast hangs on: drop a claim, a source, a reader, and see it move.

What rests on the dropped claims widens, see :mod:`realpolitik.forecast.ignorance`; every quantity keeps its place in
the order of the draws, and chance in the stages stays the same, so that a difference is one between two versions of
the same worlds. It is the forecast of the contest with the wider values, at the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import Distribution, Named
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import chunks, redrawn, sample, uniforms
from realpolitik.forecast.forecast import MOST_DRAWS
from realpolitik.forecast.ignorance import weakened
from realpolitik.forecast.replay import Replay
from realpolitik.forecast.summary import CHANCE

__all__ = ["Dropped", "Kind", "Linchpin", "Shift", "linchpins"]

Kind = Literal["claim", "source", "reader"]

Progress = Callable[[int, int], None]
Shapes = tuple[tuple[str, Distribution], ...]


@dataclass(frozen=True)
class Shift:
    """How the probability of one outcome moves."""

    outcome: str
    before: float
    after: float
    standard_error: float
    """Of the difference, over the same worlds."""

    beyond_chance: bool
    """Whether sampling alone would hardly make so large a difference anywhere in the whole list (Bonferroni)."""

    @property
    def difference(self) -> float:
        """after minus before."""
        return self.after - self.before


@dataclass(frozen=True)
class Dropped:
    """Claims that are taken away together."""

    kind: Kind
    name: str
    """Id of the claim, name of the source, or the reader as claims have it."""

    claims: tuple[str, ...]
    only: tuple[str, ...]
    """Addresses of quantities that rest on these claims alone."""

    partly: tuple[str, ...]
    """Addresses of quantities that rest on other claims as well."""


@dataclass(frozen=True)
class Linchpin:
    """A claim, a source or a reader, and what the forecast would be without it."""

    dropped: Dropped
    shifts: tuple[Shift, ...]
    """In the order of the outcomes."""

    draws: int

    @property
    def strongest(self) -> Shift:
        """The outcome that moves most."""
        return max(self.shifts, key=lambda shift: abs(shift.difference))

    @property
    def beyond_chance(self) -> bool:
        """Whether any outcome moves by more than chance would."""
        return any(shift.beyond_chance for shift in self.shifts)


def linchpins(
    contest: Contest, draws: int = 10_000, seed: int = 1, *, progress: Progress | None = None
) -> list[Linchpin]:
    """Drop every claim, source and reader that a quantity rests on, one at a time.

    Parameters
    ----------
    contest : with its claims.
    draws, seed : of the forecast that is compared with.
    progress : called with the walks done and the walks planned.

    Returns
    -------
    list of Linchpin : those that move an outcome most come first. What is recorded (a vote that took place) stays,
    whatever is dropped: it is no quantity.

    Raises
    ------
    ContestError : draws or seed are out of range, or a draw fits no outcome.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ContestError(f"draws is {draws}; 1 to {MOST_DRAWS:,} are possible.")
    if seed < 0:
        raise ContestError(f"seed is {seed}; it must be 0 or more.")
    drops = _drops(contest)
    shapes = [_shapes(contest, dropped) for dropped in drops]
    moved = _moved(contest, draws, seed, list(dict.fromkeys(shapes)), progress or (lambda done, planned: None))
    limit = NormalDist().inv_cdf(1 - CHANCE / 2 / max(len(drops) * len(contest.outcomes), 1))
    found = [
        Linchpin(dropped, _shifts(contest, moved[()], moved[wider], limit), draws)
        for dropped, wider in zip(drops, shapes, strict=True)
    ]
    return sorted(found, key=lambda each: (not each.beyond_chance, -abs(each.strongest.difference)))


def _drops(contest: Contest) -> list[Dropped]:
    cited = {id_ for found in contest.inputs().values() for id_ in found.evidence}
    groups: dict[tuple[Kind, str], list[str]] = {}
    for id_, claim in contest.claims.items():
        if id_ in cited:
            kinds: tuple[tuple[Kind, str], ...] = (("claim", id_), ("source", claim.document), ("reader", claim.reader))
            for key in kinds:
                groups.setdefault(key, []).append(id_)
    return [Dropped(*key, tuple(ids), *_resting(contest, set(ids))) for key, ids in groups.items()]


def _resting(contest: Contest, ids: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Quantities that rest on these claims only, and partly; a name of a shared quantity is counted there."""
    only: list[str] = []
    partly: list[str] = []
    for address, found in contest.inputs().items():
        if ids.intersection(found.evidence) and not isinstance(found.quantity.value, Named):
            (only if ids.issuperset(found.evidence) else partly).append(address)
    return tuple(only), tuple(partly)


def _shapes(contest: Contest, dropped: Dropped) -> Shapes:
    """What becomes of the quantities, as far as they become anything else."""
    inputs = contest.inputs()
    shared = {name: quantity.value for name, quantity in contest.quantities.items()}
    found = []
    for address in (*dropped.only, *dropped.partly):
        held = inputs[address]
        lost = sum(id_ in dropped.claims for id_ in held.evidence)
        wider = weakened(held.quantity.value, held.bounds, shared, dropped=lost, cited=len(held.evidence))
        if wider != held.quantity.value:
            found.append((address, wider))
    return tuple(found)


def _moved(
    contest: Contest, draws: int, seed: int, drops: list[Shapes], progress: Progress
) -> dict[Shapes, NDArray[np.int16]]:
    """int[draws]: how it ends, by what is wider; under nothing wider, how it ends as written."""
    ends: dict[Shapes, list[NDArray[np.int16]]] = {(): [], **{wider: [] for wider in drops}}
    planned = chunks(draws)
    done = 0
    for chunk in planned:
        uniform, drawn = uniforms(contest, seed, chunk), sample(contest, seed, chunk)
        replay = Replay(contest, seed, chunk, drawn)
        for wider, found in ends.items():
            again = replay.again(redrawn(contest, seed, chunk, dict(wider), uniform, drawn))
            found.append(again.astype(np.int16))
            done += 1
            progress(done, len(planned) * len(ends))
    return {wider: np.concatenate(parts) for wider, parts in ends.items()}


def _shifts(contest: Contest, before: NDArray[np.int16], after: NDArray[np.int16], limit: float) -> tuple[Shift, ...]:
    found = []
    for place, name in enumerate(contest.outcomes):
        was, now = before == place, after == place
        moved = now.astype(np.float64) - was
        error = float(moved.std() / np.sqrt(len(moved)))
        beyond = abs(float(moved.mean())) > limit * error
        found.append(Shift(name, float(was.mean()), float(now.mean()), error, beyond))
    return tuple(found)

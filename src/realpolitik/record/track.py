"""How a forecast moved from seal to seal, and what each change did.

Between two seals every place in which the contests differ is changed by itself, on the earlier contest and on common
random numbers: the seed and the draws of the later seal. What they do not add up to is left as *together*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.errors import RealpolitikError
from realpolitik.forecast.forecast import Forecast, contest_hash, forecast
from realpolitik.record.book import Book, Sealed
from realpolitik.record.differences import Difference, differences, swapped
from realpolitik.record.seal import holds, kept

__all__ = ["Effect", "Moved", "Step", "as_json", "steps"]

MOST_DRAWS = 20_000
"""Draws on which changes are tried out, at most."""

MOST_CHANGES = 60
"""Changes that are tried one by one; beyond, they are counted among the rest."""

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Effect:
    """Change of the probability of an outcome."""

    outcome: str
    change: float
    standard_error: float
    """Of a difference on common random numbers."""


@dataclass(frozen=True)
class Moved:
    """What one change by itself did."""

    name: str
    """Address in the contest, ``known``, or ``together``."""

    before: str
    after: str
    evidence: tuple[str, ...]
    new_claims: tuple[str, ...]
    """Those of the evidence that the earlier contest did not hold."""

    effects: tuple[Effect, ...]
    """By outcome, in their order."""

    @property
    def size(self) -> float:
        """Share of the draws that ends elsewhere, net: half the sum of all changes."""
        return sum(abs(one.change) for one in self.effects) / 2


@dataclass(frozen=True)
class Step:
    """A seal, and what led to it from the one before."""

    sealed: Sealed
    names: tuple[str, ...]
    """Outcomes in the order of the contest."""

    total: tuple[Effect, ...] = ()
    """From the seal before to this one, on common random numbers; empty for the first, or where it cannot be told."""

    moved: tuple[Moved, ...] = ()
    """Largest first; the rest last."""

    new_claims: tuple[str, ...] = ()
    """Claims that the contest did not hold before."""

    lost_claims: tuple[str, ...] = ()
    untold: str = ""
    """Why the move cannot be explained, if so."""


def steps(book: Book, *, why: bool = True, progress: Progress = lambda _: None) -> list[Step]:
    """Every seal of a record, in order, with what changed since the one before.

    Parameters
    ----------
    book : the record.
    why : whether changes are tried out; otherwise only the sealed probabilities are told.
    progress : called with the share that was done since the last call.
    """
    found: list[Step] = []
    runs = _Runs()
    for place, sealed in enumerate(book.seals):
        if place == 0 or not why:
            found.append(Step(sealed, _names(book, sealed)))
        else:
            found.append(_step(book, book.seals[place - 1], sealed, runs))
        progress(1 / len(book.seals))
    return found


def _names(book: Book, sealed: Sealed) -> tuple[str, ...]:
    try:
        return tuple(kept(book.folder, sealed).outcomes)
    except RealpolitikError:
        return tuple(sealed.seal.outcomes)


@dataclass
class _Runs:
    """Forecasts, of which the last is remembered: often only what is known differs from seal to seal."""

    last: dict[tuple[str, int, int], Forecast] = field(default_factory=dict)

    def of(self, contest: Contest, draws: int, seed: int) -> Forecast:
        key = (contest_hash(contest), draws, seed)
        if key not in self.last:
            self.last = {key: forecast(contest, draws, seed)}
        return self.last[key]


@dataclass(frozen=True)
class _State:
    """A contest with what is known to hold, and its draws."""

    forecast: Forecast
    weight: NDArray[np.bool_]

    @classmethod
    def of(cls, found: Forecast, known: str | None) -> _State:
        draws = found.draws
        weight = np.ones(draws, dtype=np.bool_) if known is None else holds(found, known)
        if not weight.any():
            raise RealpolitikError(f"no draw agrees with '{known}'")
        return cls(found, weight)


def _step(book: Book, earlier: Sealed, later: Sealed, runs: _Runs) -> Step:
    try:
        before, after = kept(book.folder, earlier), kept(book.folder, later)
    except RealpolitikError as error:
        return Step(later, tuple(later.seal.outcomes), untold=str(error))
    names = tuple(after.outcomes)
    new = tuple(name for name in after.claims if name not in before.claims)
    lost = tuple(name for name in before.claims if name not in after.claims)
    if set(before.outcomes) != set(after.outcomes):
        return Step(later, names, new_claims=new, lost_claims=lost, untold="the outcomes are other ones.")
    draws, seed = min(later.seal.draws, MOST_DRAWS), later.seal.seed
    try:
        first = _State.of(runs.of(before, draws, seed), earlier.seal.known)
        last = _State.of(runs.of(after, draws, seed), later.seal.known)
    except RealpolitikError as error:
        return Step(later, names, new_claims=new, lost_claims=lost, untold=f"{error}.")
    moved = _moved(before, after, earlier, later, first, new)
    total = _effects(first, last)
    singles = sorted(moved, key=lambda one: one.size, reverse=True)
    if (rest := _rest(total, singles)) is not None:
        singles.append(rest)
    return Step(later, names, total, tuple(singles), new, lost)


def _moved(
    before: Contest, after: Contest, earlier: Sealed, later: Sealed, first: _State, new: tuple[str, ...]
) -> list[Moved]:
    known, draws, seed = earlier.seal.known, first.forecast.draws, later.seal.seed
    found = []
    for change in differences(before, after)[:MOST_CHANGES]:
        contest = swapped(before, after, [change])
        try:
            state = None if contest is None else _State.of(forecast(contest, draws, seed), known)
        except RealpolitikError:
            state = None
        if state is not None:
            found.append(_one(change, _effects(first, state), new))
    if known != later.seal.known:
        try:
            told = Difference(("known",), known or "", later.seal.known or "", ())
            weight = np.ones(draws, dtype=np.bool_)
            if later.seal.known is not None:
                weight = holds(first.forecast, later.seal.known)
            if weight.any():
                found.append(_one(told, _effects(first, _State(first.forecast, weight)), new))
        except RealpolitikError:
            pass  # the earlier contest cannot say it; it is in the rest
    return found


def _one(change: Difference, effects: tuple[Effect, ...], new: tuple[str, ...]) -> Moved:
    fresh = tuple(claim for claim in change.evidence if claim in new)
    return Moved(change.address, change.before, change.after, change.evidence, fresh, effects)


def _effects(first: _State, last: _State) -> tuple[Effect, ...]:
    """Changes of probabilities between two states of the same draws, with paired standard errors."""
    found = []
    for name in first.forecast.contest.outcomes:
        here, there = _influence(first, name), _influence(last, name)
        error = float((there[1] - here[1]).std() / sqrt(len(here[1])))
        found.append(Effect(name, there[0] - here[0], error))
    return tuple(found)


def _influence(state: _State, name: str) -> tuple[float, NDArray[np.float64]]:
    """Probability of an outcome, and what each draw adds to its error."""
    ends = state.forecast.worlds.outcome == list(state.forecast.contest.outcomes).index(name)
    weight = state.weight / state.weight.mean()
    probability = float((weight * ends).mean())
    return probability, weight * (ends - probability)


def _rest(total: tuple[Effect, ...], singles: list[Moved]) -> Moved | None:
    """What the single changes do not add up to; None if that is nothing."""
    left = []
    for place, whole in enumerate(total):
        summed = sum(one.effects[place].change for one in singles)
        parts = sum(one.effects[place].standard_error ** 2 for one in singles)
        left.append(Effect(whole.outcome, whole.change - summed, sqrt(whole.standard_error**2 + parts)))
    if all(abs(one.change) < 1e-12 for one in left):
        return None
    return Moved("together", "", "", (), (), tuple(left))


def as_json(found: list[Step]) -> list[dict[str, Any]]:
    """A track as plain data."""
    return [
        {
            "seal": step.sealed.entry.number,
            "date": step.sealed.entry.day.isoformat(),
            "sha256": step.sealed.entry.sha256,
            "known": step.sealed.seal.known,
            "note": step.sealed.seal.note,
            "outcomes": dict(step.sealed.seal.outcomes),
            "change": _plain(step.total),
            "moved": [
                {
                    "name": one.name,
                    "before": one.before,
                    "after": one.after,
                    "evidence": list(one.evidence),
                    "new_claims": list(one.new_claims),
                    "change": _plain(one.effects),
                }
                for one in step.moved
            ],
            "new_claims": list(step.new_claims),
            "lost_claims": list(step.lost_claims),
            "untold": step.untold or None,
        }
        for step in found
    ]


def _plain(effects: tuple[Effect, ...]) -> Mapping[str, Mapping[str, float]]:
    return {one.outcome: {"change": one.change, "standard_error": one.standard_error} for one in effects}

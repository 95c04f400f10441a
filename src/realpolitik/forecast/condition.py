"""Suppose that something holds: the draws of a forecast, weighted anew.

A draw that agrees with the supposition keeps its weight, any other gets none. What is left is a sample of the
forecast under that condition, and the effective number of draws is that of those that agree. Supposing is not doing:
a condition changes what the forecast believes about everything that came before it as well. To see what an act would
do, change the contest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.expression import Expression
from realpolitik.contest.guards import guard_of
from realpolitik.contest.pathway import issues_of, result_of
from realpolitik.errors import ModelError
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast

__all__ = ["FEWEST", "NEEDED", "Condition", "Moved", "Pair", "Revised", "Side", "as_json", "condition", "pairs"]

FEWEST = 100
"""Effective draws below which nothing is said: the standard error of a probability could exceed five points."""

NEEDED = ("results/", "inputs/quantities.")
"""Beginnings of the names of the arrays of a saved run that conditions are worked out from."""

QUANTILES = (0.05, 0.5, 0.95)
"""Of a settlement."""

EXPECTED = 1.25 * FEWEST
"""Agreeing draws to plan for: the number that agrees then falls below ``FEWEST`` about once in a hundred runs."""

UNSEEN = 3.0
"""Rule of three: what was seen in none of n draws has a probability below 3 / n, at 95 %."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Revised:
    """Probability of one outcome without and with a condition."""

    name: str
    before: float
    after: float
    standard_error: float
    """Of ``after``, of sampling alone: sqrt(p (1 - p) / effective draws)."""

    difference_error: float
    """Of ``after - before``: both come from the same draws."""

    @property
    def difference(self) -> float:
        """after minus before."""
        return self.after - self.before


@dataclass(frozen=True)
class Moved:
    """A settlement without and with a condition, over the draws in which the bargain takes place."""

    result: str
    """Its name in guards."""

    issue: str
    draws: int
    """Agreeing draws in which it takes place."""

    mean: float
    standard_error: float
    quantiles: dict[str, float]
    mean_before: float


@dataclass(frozen=True)
class Condition:
    """A forecast on condition."""

    given: str
    draws: int
    """Draws of the forecast."""

    agreeing: int
    """Draws that agree with the condition."""

    effective: float
    """Effective sample size: the squared sum of the weights by the sum of their squares (Kish)."""

    outcomes: tuple[Revised, ...]
    settlements: tuple[Moved, ...]

    @property
    def probability(self) -> float:
        """Share of draws that agree."""
        return self.agreeing / self.draws

    @property
    def standard_error(self) -> float:
        """Of that share."""
        return sqrt(self.probability * (1 - self.probability) / self.draws)


@dataclass(frozen=True)
class Side:
    """Probability of an outcome where a condition holds, or where it does not."""

    draws: int
    """Draws on this side."""

    probability: float | None
    """None: too few draws."""

    standard_error: float | None
    needed: int | None
    """Draws of a forecast that would be enough, if it holds them all; None where there are enough."""


@dataclass(frozen=True)
class Pair:
    """P(outcome | condition) and P(outcome | not condition)."""

    given: str
    outcome: str
    holds: Side
    fails: Side

    @property
    def difference(self) -> float | None:
        """P(outcome | condition) - P(outcome | not condition); None where a side has too few draws."""
        if self.holds.probability is None or self.fails.probability is None:
            return None
        return self.holds.probability - self.fails.probability

    @property
    def difference_error(self) -> float | None:
        """Its standard error: the two sides share no draw."""
        if self.holds.standard_error is None or self.fails.standard_error is None:
            return None
        return sqrt(self.holds.standard_error**2 + self.fails.standard_error**2)


def condition(forecast: Forecast, given: str) -> Condition:
    """The forecast on condition that something holds.

    Parameters
    ----------
    forecast : its draws; of its arrays only the results and the shared quantities are looked at.
    given : a condition in the language of guards, e.g. ``resolution.passed and not notice``. It is parsed, never
        evaluated as a program.

    Raises
    ------
    ContestError : the condition cannot be read, or can never hold.
    ModelError : fewer than ``FEWEST`` draws agree; the message says how many draws would be needed.
    """
    weight = _holds(forecast, guard_of(forecast.contest, given)).astype(np.float64)
    effective = _effective(weight)
    if effective < FEWEST:
        raise ModelError(_too_few(given, int(np.count_nonzero(weight)), forecast))
    kinds = tuple(forecast.contest.outcomes)
    revised = tuple(
        _revised(name, weight, forecast.worlds.outcome == place, effective) for place, name in enumerate(kinds)
    )
    return Condition(
        given, forecast.draws, int(np.count_nonzero(weight)), effective, revised, _settlements(forecast, weight)
    )


def pairs(forecast: Forecast, chosen: Sequence[str], given: str | None = None) -> list[Pair]:
    """Every outcome where a condition holds, and where it does not.

    Parameters
    ----------
    chosen : conditions in the language of guards.
    given : holds on both sides; left out: nothing more is supposed.

    Returns
    -------
    list of Pair : for each condition, each outcome. A side with fewer than ``FEWEST`` draws has no probability, but
    says how many draws would be needed.

    Raises
    ------
    ContestError : a condition cannot be read, or can never hold.
    """
    contest, ends = forecast.contest, forecast.worlds.outcome
    within = np.ones(forecast.draws, dtype=np.bool_)
    if given is not None:
        within = _holds(forecast, guard_of(contest, given))
    found = []
    for text in chosen:
        holds = _holds(forecast, guard_of(contest, text))
        for place, name in enumerate(contest.outcomes):
            sides = (_side(ends == place, side, forecast.draws) for side in (within & holds, within & ~holds))
            found.append(Pair(text, name, *sides))
    return found


def as_json(found: Condition | None, tables: Sequence[Pair]) -> dict[str, Any]:
    """A condition and pairs as plain data."""
    plain: dict[str, Any] = {}
    if found is not None:
        plain = {
            "given": found.given,
            "draws": found.draws,
            "agreeing": found.agreeing,
            "effective_draws": found.effective,
            "probability": found.probability,
            "standard_error": found.standard_error,
            "outcomes": [
                {
                    "name": row.name,
                    "probability": row.after,
                    "standard_error": row.standard_error,
                    "before": row.before,
                    "difference": row.difference,
                    "difference_standard_error": row.difference_error,
                }
                for row in found.outcomes
            ],
            "settlements": [vars(row) for row in found.settlements],
        }
    if tables:
        plain["pairs"] = [
            {
                "given": row.given,
                "outcome": row.outcome,
                "holds": vars(row.holds),
                "fails": vars(row.fails),
                "difference": row.difference,
                "difference_standard_error": row.difference_error,
            }
            for row in tables
        ]
    return plain


def _holds(forecast: Forecast, guard: Expression) -> Bools:
    """bool[draws]: where the guard holds."""
    inputs, results = forecast.worlds.inputs, forecast.worlds.results

    def value(name: str) -> NDArray[Any]:
        shared = inputs.get(f"quantities.{name}")
        return results[name] if shared is None else shared

    return np.array(np.broadcast_to(guard.evaluate(value), forecast.draws), dtype=np.bool_)


def _effective(weight: Floats) -> float:
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0


def _enough(agreeing: int, draws: int) -> int:
    """Draws of which enough would agree, to two digits; for a condition that was never seen, at the least."""
    needed = EXPECTED * draws / (agreeing or UNSEEN)
    step: int = 10 ** max(floor(log10(needed)) - 1, 0)
    return int(ceil(needed / step) * step)


def _too_few(given: str, agreeing: int, forecast: Forecast) -> str:
    draws = forecast.draws
    rare = (
        "" if agreeing else f" What is never seen in {draws:,} draws most likely happens in fewer than 3 of {draws:,}."
    )
    more = (
        f"Ask for {'about' if agreeing else 'more than'} {_enough(agreeing, draws):,} draws, or a likelier condition."
    )
    return (
        f"Given '{given}': {agreeing:,} of {draws:,} draws agree; {FEWEST} are needed to say anything.{rare} "
        f"{more if forecast.partly is None else forecast.partly + ' Suppose something likelier.'}"
    )


def _revised(name: str, weight: Floats, ends: Bools, effective: float) -> Revised:
    share = float(weight.mean())
    before, after = float(ends.mean()), float(weight @ ends / weight.sum())
    influence = weight / share * (ends - after) - (ends - before)
    error = sqrt(after * (1 - after) / effective)
    return Revised(name, before, after, error, float(influence.std() / sqrt(len(ends))))


def _settlements(forecast: Forecast, weight: Floats) -> tuple[Moved, ...]:
    found = []
    for name, stage in forecast.contest.pathway.items():
        happened = np.asarray(forecast.worlds.results[f"{name}.happened"], dtype=np.bool_)
        kept = happened & (weight > 0)
        for issue in issues_of(stage) if np.count_nonzero(kept) >= FEWEST else ():
            result = result_of(name, stage, issue)
            every, values = (forecast.worlds.results[result][where] for where in (happened, kept))
            levels = np.quantile(values, QUANTILES)
            spread = {str(level): float(value) for level, value in zip(QUANTILES, levels, strict=True)}
            error = float(values.std() / sqrt(len(values)))
            found.append(Moved(result, issue, len(values), float(values.mean()), error, spread, float(every.mean())))
    return tuple(found)


def _side(ends: Bools, where: Bools, draws: int) -> Side:
    count = int(np.count_nonzero(where))
    if count < FEWEST:
        return Side(count, None, None, _enough(count, draws))
    share = float(np.count_nonzero(ends & where)) / count
    return Side(count, share, sqrt(share * (1 - share) / count), None)

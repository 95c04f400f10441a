"""Two contests on the same worlds: what changes, and which draws go over from one outcome to another.

Every stream of chance belongs to a seed, a chunk and a name (see :mod:`realpolitik.forecast.draws`). Two contests with
the same seed and number of draws are therefore two versions of the same worlds (common random numbers), and a
difference between them is taken draw by draw. Its error is that of the differences, not that of two separate runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.differences import Difference, differences
from realpolitik.contest.pathway import issues_of, result_of
from realpolitik.errors import ContestError, Fault, UnknownName
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast, alike

__all__ = ["NEEDED", "Changed", "Comparison", "Moved", "Switch", "as_json", "compare", "paired"]

NEEDED = ("results/",)
"""Arrays of a saved run that a comparison reads, beside the outcome."""

SAME_WORLDS = ("seed", "draws", "chunk")
"""What two runs must share so that their draws are versions of the same worlds."""


@dataclass(frozen=True)
class Changed:
    """How the probability of one outcome differs."""

    name: str
    before: float
    after: float
    difference: float
    """after minus before."""

    standard_error: float
    """Of the difference, draw by draw. Stratified draws make it an upper bound."""


@dataclass(frozen=True)
class Moved:
    """How a settlement differs, in the unit of the issue."""

    issue: str
    unit: str
    before: float
    after: float
    """Means, each over the draws in which it takes place there; NaN where it never does."""

    both: int
    """Draws in which it takes place in both."""

    only_before: int
    only_after: int
    difference: float
    """Mean of after minus before over the draws of ``both``; NaN if there are none."""

    standard_error: float
    """Of the difference, draw by draw."""


@dataclass(frozen=True)
class Switch:
    """Draws that end in one outcome before and in another one after."""

    before: str
    after: str
    draws: int


@dataclass(frozen=True)
class Comparison:
    """Everything that two forecasts on the same worlds have in common, and not."""

    draws: int
    seed: int
    outcomes: tuple[Changed, ...]
    """In the order of the first contest."""

    settlements: tuple[Moved, ...]
    """Of every issue that both settle on the same scale."""

    switches: tuple[Switch, ...]
    """The most draws first; only those that change."""

    differences: tuple[Difference, ...]
    """Where the two contests differ."""

    notes: tuple[str, ...]
    """What a reader should know before the numbers."""

    @property
    def switched(self) -> int:
        """Draws that end otherwise."""
        return sum(each.draws for each in self.switches)


def compare(before: Forecast, after: Forecast, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare two forecasts, draw by draw.

    Parameters
    ----------
    before, after : of the same seed and number of draws.
    renamed : outcomes of either contest that count under another name; several may get the same one.

    Raises
    ------
    ContestError : seed, draws or chunk differ, or the outcomes are not the same.
    UnknownName : an outcome that is renamed is in neither contest.
    """
    _refuse_other_worlds(before, after)
    before, after = alike((before, after))
    names, (first, second) = _same_outcomes(before, after, renamed or {})
    matrix = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(matrix, (first, second), 1)
    switches = [
        Switch(names[i], names[j], int(matrix[i, j])) for i, j in zip(*np.nonzero(matrix), strict=True) if i != j
    ]
    return Comparison(
        before.draws,
        int(before.manifest["seed"]),
        tuple(paired(name, first == index, second == index) for index, name in enumerate(names)),
        tuple(_settlements(before, after)),
        tuple(sorted(switches, key=lambda each: -each.draws)),
        tuple(differences(before.contest, after.contest)),
        tuple(_notes(before, after)),
    )


def paired(name: str, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Changed:
    """The difference of two shares of the same draws.

    Examples
    --------
    >>> paired("x", np.array([True, False, False, False]), np.array([True, True, False, False]))
    Changed(name='x', before=0.25, after=0.5, difference=0.25, standard_error=0.21650635094610965)
    """
    p, q = float(before.mean()), float(after.mean())
    return Changed(name, p, q, *_mean_and_error(after.astype(np.float64) - before))


def _mean_and_error(values: Floats) -> tuple[float, float]:
    if not len(values):
        return float("nan"), float("nan")
    return float(values.mean()), float(values.std() / np.sqrt(len(values)))


def _refuse_other_worlds(before: Forecast, after: Forecast) -> None:
    apart = [key for key in SAME_WORLDS if before.manifest[key] != after.manifest[key]]
    if apart:
        said = "; ".join(f"{key} is {before.manifest[key]} and {after.manifest[key]}" for key in apart)
        raise ContestError(f"These two are not of the same worlds: {said}. Run them with the same seed and draws.")


def _same_outcomes(
    before: Forecast, after: Forecast, renamed: Mapping[str, str]
) -> tuple[tuple[str, ...], list[NDArray[np.int64]]]:
    """Names of the outcomes, and how each draw ends in either contest as an index into them."""
    named = [list(each.contest.outcomes) for each in (before, after)]
    for name in renamed:
        if name not in {*named[0], *named[1]}:
            raise UnknownName("outcome", name, [*dict.fromkeys((*named[0], *named[1]))])
    told = [[renamed.get(name, name) for name in each] for each in named]
    names = tuple(dict.fromkeys(told[0]))
    alone = [sorted(set(told[side]) - set(told[1 - side])) for side in (0, 1)]
    if alone[0] or alone[1]:
        faults = [
            Fault(("outcomes",), f"'{name}' is an outcome of the {side} contest only")
            for side, found in zip(("first", "second"), alone, strict=True)
            for name in found
        ]
        text = "say which are the same, or put several together, with --map 'OLD=NEW'"
        raise ContestError([*faults, Fault(("outcomes",), text)])
    places = [np.array([names.index(name) for name in each]) for each in told]
    return names, [place[each.worlds.outcome] for place, each in zip(places, (before, after), strict=True)]


def _settlements(before: Forecast, after: Forecast) -> list[Moved]:
    first, second = _settled(before), _settled(after)
    return [
        _moved(issue, before.contest.issues[issue].unit, first[issue], second[issue])
        for issue in first
        if issue in second and _scale(before.contest, issue) == _scale(after.contest, issue)
    ]


def _settled(forecast: Forecast) -> dict[str, Floats]:
    return {
        issue: forecast.worlds.results[result_of(name, stage, issue)]
        for name, stage in forecast.contest.pathway.items()
        for issue in issues_of(stage)
    }


def _scale(contest: Contest, issue: str) -> tuple[str, float, float]:
    found = contest.issues[issue]
    return found.unit, found.bounds.low, found.bounds.high


def _moved(issue: str, unit: str, first: Floats, second: Floats) -> Moved:
    there, here = ~np.isnan(first), ~np.isnan(second)
    both = there & here
    means = [_mean_and_error(values[taken])[0] for values, taken in ((first, there), (second, here))]
    counts = [int(np.count_nonzero(mask)) for mask in (both, there & ~here, here & ~there)]
    change, error = _mean_and_error(second[both] - first[both])
    return Moved(issue, unit, means[0], means[1], counts[0], counts[1], counts[2], change, error)


def _notes(before: Forecast, after: Forecast) -> list[str]:
    notes = [] if before.partly is None else [before.partly]
    if (old := before.manifest["versions"]) != (new := after.manifest["versions"]):
        other = ", ".join(f"{key} {old[key]} and {new.get(key)}" for key in old if old[key] != new.get(key))
        notes.append(
            f"Made by other versions ({other}), so the worlds may not be the same; the errors hold all the same."
        )
    first, second = _settled(before), _settled(after)
    for issue in [*first, *(name for name in second if name not in first)]:
        if issue not in first or issue not in second:
            notes.append(f"Only one of the two settles '{issue}'.")
        elif _scale(before.contest, issue) != _scale(after.contest, issue):
            notes.append(f"'{issue}' is settled on two different scales, which are not compared.")
    return notes


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data; null for a mean over no draws."""
    return {
        "draws": found.draws,
        "seed": found.seed,
        "outcomes": [asdict(each) for each in found.outcomes],
        "settlements": [_without_nan(asdict(each)) for each in found.settlements],
        "switched": found.switched,
        "switches": [asdict(each) for each in found.switches],
        "differences": [
            {"path": each.address, "before": each.before, "after": each.after} for each in found.differences
        ],
        "notes": list(found.notes),
    }


def _without_nan(row: dict[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and np.isnan(value) else value for key, value in row.items()}

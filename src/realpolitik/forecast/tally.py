"""Draws counted as they come: everything that a summary needs, in memory that does not grow with their number.

A *tally* holds counts of outcomes, sums and histograms. Tallies of parts are added up in the order of the draws, so the
whole does not depend on who worked out which part. What cannot be known before the first draws (where the thirds of a
quantity end, which cells a histogram has) is laid down by a *grid*, made from the draws that a forecast holds: all of
them, or the first ones of a run that is too long to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import Named
from realpolitik.contest.pathway import issues_of, result_of
from realpolitik.forecast.draws import CHUNK, Chunk, Floats
from realpolitik.forecast.walk import YARDSTICKS, Worlds, walk

__all__ = [
    "Block",
    "Grid",
    "Tally",
    "blocks",
    "grid",
    "merged",
    "number_results",
    "rows",
    "tally",
    "tally_of_all",
    "walk_and_tally",
]

Counts = NDArray[np.int64]

EDGES = 1_000
"""Most edges of a histogram; they are quantiles of the draws held, or all their values where these are fewer."""

BLOCK = 4
"""Chunks that a worker walks and counts before it reports."""


@dataclass(frozen=True)
class Grid:
    """What was laid down before counting."""

    thirds: dict[str, tuple[float, float]]
    """By address of a quantity that varies: where its lowest third of draws ends and its highest begins."""

    centres: dict[str, float]
    """By name of a number: what sums are measured from, so that few digits are lost."""

    edges: dict[str, Floats] = field(default_factory=dict)
    """By name of a number: edges of its histogram, ascending; empty where all draws are held."""


@dataclass(frozen=True)
class Tally:
    """What was counted; :func:`merged` adds two up.

    A key is a kind and a name: ``outcome``, ``third ADDRESS`` int[2, outcomes] in the lowest and the highest third,
    ``truth NAME`` int[outcomes] where it holds, ``number NAME`` with its histogram, sums and ends, ``home STAGE``
    int[blocs], ``pull RESULT`` float[actors], ``beside RESULT`` float[yardsticks].
    """

    counts: dict[str, Counts]
    sums: dict[str, Floats]
    ends: dict[str, Floats]
    """float[2]: the least, and the negative of the greatest, so that the lesser of two is right for both."""

    @property
    def draws(self) -> int:
        """How many were counted."""
        return int(self.counts["outcome"].sum())

    def times(self, truth: str) -> int:
        """In how many draws a truth holds."""
        return int(self.counts[f"truth {truth}"].sum())

    def mean(self, name: str, laid: Grid, number: int) -> float:
        """Mean of a number over the draws in which it exists."""
        return laid.centres[name] + float(self.sums[f"number {name}"][0]) / number

    def deviation(self, name: str, number: int) -> float:
        """Standard deviation of a number over the draws in which it exists."""
        first, second = self.sums[f"number {name}"] / number
        return float(np.sqrt(max(second - first * first, 0.0)))

    def quantiles(self, name: str, levels: Sequence[float], edges: Floats) -> tuple[list[float], float]:
        """Quantiles read off a histogram, and a bound of their error: the widest cell that one of them lies in."""
        counts = self.counts[f"number {name}"]
        low, high = self.ends[f"number {name}"] * (1, -1)
        cell_low = np.concatenate([[low], np.repeat(edges, 2)])
        cell_high = np.concatenate([np.repeat(edges, 2), [high]])
        reached = np.cumsum(counts)
        found, error = [], 0.0
        for level in levels:
            place = level * (reached[-1] - 1)
            first, last = np.searchsorted(reached, (np.floor(place), np.ceil(place)), side="right")
            inside = (place - (reached[first] - counts[first]) + 0.5) / counts[first]
            bottom, top = max(cell_low[first], low), min(cell_high[first], high)
            found.append(float(bottom + (top - bottom) * min(inside, 1.0)))
            error = max(error, float(min(cell_high[last], high) - bottom))
        return found, error


@dataclass(frozen=True)
class Block:
    """A fixed run of chunks that are walked, counted and let go."""

    chunks: tuple[Chunk, ...]

    @property
    def size(self) -> int:
        """Draws in it."""
        return sum(chunk.size for chunk in self.chunks)


def blocks(chunks: Sequence[Chunk]) -> list[Block]:
    """Put chunks into blocks."""
    return [Block(tuple(chunks[start : start + BLOCK])) for start in range(0, len(chunks), BLOCK)]


def grid(contest: Contest, worlds: Worlds, *, with_edges: bool) -> Grid:
    """Lay down the thirds, centres and edges from the draws that are held.

    Parameters
    ----------
    with_edges : whether there will be other draws than those held, so that histograms are needed.
    """
    inputs, thirds = contest.inputs(), {}
    played = {stage.conflict for stage in contest.pathway.values()}
    for address, values in worlds.inputs.items():
        path = inputs[address].path
        if path[0] == "conflicts" and path[1] not in played:  # stands beside the pathway
            continue
        low, high = np.quantile(values, (1 / 3, 2 / 3))
        if low < high and not isinstance(inputs[address].quantity.value, Named):  # counted under its own name
            thirds[address] = (float(low), float(high))
    centres, edges = {}, {}
    for name, happened in number_results(contest):
        values = worlds.results[name][worlds.results[happened]]
        centres[name] = float(values.mean()) if len(values) else 0.0
        if with_edges:
            edges[name] = _edges(values)
    return Grid(thirds, centres, edges)


def _edges(values: Floats) -> Floats:
    different = np.unique(values)
    if len(different) <= EDGES:
        return different
    return np.unique(np.quantile(values, np.linspace(0, 1, EDGES), method="inverted_cdf"))


def number_results(contest: Contest) -> Iterator[tuple[str, str]]:
    """Names of all results that are numbers, each with the truth that says where it exists."""
    for name, stage in contest.pathway.items():
        for key, kind in contest.results(stage).items():
            if kind == "number":
                yield (f"{name}.{key}" if key else name), f"{name}.happened"


def tally(contest: Contest, worlds: Worlds, laid: Grid) -> Tally:
    """Count some draws."""
    ends, kinds = worlds.outcome, len(contest.outcomes)
    counts: dict[str, Counts] = {"outcome": _by_outcome(ends, kinds)}
    sums: dict[str, Floats] = {}
    extremes: dict[str, Floats] = {}
    for address, (low, high) in laid.thirds.items():
        values = worlds.inputs[address]
        sides = (_by_outcome(ends[values <= low], kinds), _by_outcome(ends[values >= high], kinds))
        counts[f"third {address}"] = np.stack(sides)
    for name, truths in worlds.results.items():
        if truths.dtype == np.bool_:
            counts[f"truth {name}"] = _by_outcome(ends[truths], kinds)
    for name, happened in number_results(contest):
        values = worlds.results[name][worlds.results[happened]]
        away = values - laid.centres[name]
        sums[f"number {name}"] = np.array([away.sum(), (away * away).sum()])
        extremes[f"number {name}"] = np.array([values.min(), -values.max()] if len(values) else [np.inf, np.inf])
        if laid.edges:
            counts[f"number {name}"] = _cells(values, laid.edges[name])
    for name, stage in contest.pathway.items():
        happened_here = worlds.results[f"{name}.happened"]
        if f"{name}/staying-home" in worlds.details:
            counts[f"home {name}"] = worlds.details[f"{name}/staying-home"][happened_here].sum(axis=0, dtype=np.int64)
        for issue in issues_of(stage) if stage.bargain is not None else ():
            home = result_of(name, stage, issue)
            pull = worlds.details[f"{home}/leverage"][happened_here]
            sums[f"pull {home}"] = pull.sum(axis=0, dtype=np.float64)
            beside = [worlds.details[f"{home}/{key}"][happened_here].sum() for key in YARDSTICKS]
            sums[f"beside {home}"] = np.array(beside, dtype=np.float64)
    return Tally(counts, sums, extremes)


def _by_outcome(ends: NDArray[np.int64], kinds: int) -> Counts:
    return np.bincount(ends, minlength=kinds).astype(np.int64)


def _cells(values: Floats, edges: Floats) -> Counts:
    """int[2 edges + 1]: below the first edge, on it, between it and the next, and so on."""
    cell = np.searchsorted(edges, values, side="left") + np.searchsorted(edges, values, side="right")
    return np.bincount(cell, minlength=2 * len(edges) + 1).astype(np.int64)


def merged(first: Tally, second: Tally) -> Tally:
    """Add up two tallies made on one grid, the draws of the first before those of the second."""
    return Tally(
        {key: values + second.counts[key] for key, values in first.counts.items()},
        {key: values + second.sums[key] for key, values in first.sums.items()},
        {key: np.minimum(values, second.ends[key]) for key, values in first.ends.items()},
    )


def tally_of_all(contest: Contest, worlds: Worlds, laid: Grid) -> Tally:
    """Count all the draws that are held, a chunk at a time."""
    parts = range(0, len(worlds.outcome), CHUNK)
    return _in_order(tally(contest, rows(worlds, slice(start, start + CHUNK)), laid) for start in parts)


def walk_and_tally(contest: Contest, seed: int, laid: Grid, block: Block) -> Tally:
    """Draw, walk and count the chunks of a block; only one of them is held at a time."""
    return _in_order(tally(contest, walk(contest, seed, chunk), laid) for chunk in block.chunks)


def _in_order(parts: Iterable[Tally]) -> Tally:
    return reduce(merged, parts)


def rows(worlds: Worlds, which: slice) -> Worlds:
    """Some of the draws, as views."""

    def cut(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {key: values[which] for key, values in arrays.items()}

    return Worlds(cut(worlds.inputs), cut(worlds.results), cut(worlds.details), worlds.outcome[which])

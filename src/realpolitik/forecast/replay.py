"""A chunk of worlds, walked once, so that it can be walked again with other inputs at a fraction of the cost.

The first walk notes what every stage reads: inputs, and results of stages before it. Another walk takes over whatever
it cannot have changed: a stage is played again only if something that it read is different. A stage that is played
again gets the same stream of chance, so that the two walks are two versions of the same worlds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.forecast.draws import Chunk, Floats
from realpolitik.forecast.walk import Walk, Worlds

__all__ = ["Replay"]

Ends = NDArray[np.int64]


class _Noting(dict[str, Any]):
    """A dictionary that notes which keys are looked up and which are set."""

    def __init__(self, *values: Mapping[str, Any]) -> None:
        super().__init__()
        for each in values:
            self.update(each)
        self.read: set[str] = set()
        self.written: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def __setitem__(self, key: str, value: Any) -> None:
        self.written.add(key)
        super().__setitem__(key, value)

    def begin(self) -> None:
        """Forget what was noted."""
        self.read, self.written = set(), set()


@dataclass(frozen=True)
class _Taken:
    """One stage of the first walk."""

    inputs_read: frozenset[str]
    results_read: frozenset[str]
    inputs: dict[str, Any]
    """Inputs that its effects altered, as they left it."""

    results: dict[str, Any]
    """What it came to."""


class Replay:
    """A chunk of worlds that can be walked again.

    Parameters
    ----------
    contest : what is walked.
    seed : of the chance in stages.
    chunk : which draws; its index and the name of a stage choose the stream of chance.
    inputs : float[chunk.size] by address, before any effect.

    Raises
    ------
    ContestError : some draw fits no outcome.
    """

    def __init__(self, contest: Contest, seed: int, chunk: Chunk, inputs: Mapping[str, Floats]) -> None:
        self.contest, self.seed, self.chunk = contest, seed, chunk
        self.order = contest.stage_order()
        self.before = dict(inputs)
        self.taken: dict[str, _Taken] = {}
        path, held, results = self._start({})
        for name in self.order:
            held.begin()
            results.begin()
            path.take(name, contest.pathway[name])
            left = {key: dict.__getitem__(held, key) for key in held.written}
            found = {key: dict.__getitem__(results, key) for key in results.written}
            self.taken[name] = _Taken(frozenset(held.read), frozenset(results.read), left, found)
        held.begin()
        results.begin()
        self.outcome: Ends = path.outcomes()
        """int[draws]: how it ends, as index into the contest's outcomes."""

        self._outcomes_read = frozenset(held.read), frozenset(results.read)
        everywhere = [taken.inputs_read for taken in self.taken.values()]
        self.inputs_read: frozenset[str] = frozenset().union(*everywhere, self._outcomes_read[0])
        """Addresses that the pathway looks at; nothing else can change how it ends."""

    def again(self, changed: Mapping[str, Floats]) -> Ends:
        """How it ends with other inputs and the same chance.

        Parameters
        ----------
        changed : float[draws] by address, in place of what they were before any effect.

        Returns
        -------
        int[draws]: index into the contest's outcomes.
        """
        stale_inputs = {key for key, values in changed.items() if not np.array_equal(values, self.before[key])}
        stale_results: set[str] = set()
        path, held, results = self._start(changed)
        for name in self.order:
            taken = self.taken[name]
            if stale_inputs.isdisjoint(taken.inputs_read) and stale_results.isdisjoint(taken.results_read):
                held.update(taken.inputs)
                results.update(taken.results)
                continue
            held.begin()
            path.take(name, self.contest.pathway[name])
            _compare(taken.inputs, held, held.written | set(taken.inputs), stale_inputs)
            _compare(taken.results, results, taken.results, stale_results)
        inputs_read, results_read = self._outcomes_read
        if stale_inputs.isdisjoint(inputs_read) and stale_results.isdisjoint(results_read):
            return self.outcome
        return path.outcomes()

    def _start(self, changed: Mapping[str, Floats]) -> tuple[Walk, _Noting, _Noting]:
        held, results = _Noting(self.before, changed), _Noting()
        return Walk(self.contest, self.seed, self.chunk, held, Worlds({}, results), bare=True), held, results


def _compare(old: Mapping[str, Any], new: _Noting, keys: Any, stale: set[str]) -> None:
    """Mark what differs from the first walk, and unmark what does not."""
    for key in keys:
        if key in old and np.array_equal(old[key], dict.__getitem__(new, key), equal_nan=_has_nan(old[key])):
            stale.discard(key)
        else:
            stale.add(key)


def _has_nan(values: NDArray[Any]) -> bool:
    return values.dtype.kind == "f"

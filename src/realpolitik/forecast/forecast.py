"""A contest becomes a forecast: all chunks walked, put together, and the manifest to do it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

import realpolitik
from realpolitik.contest.contest import Contest
from realpolitik.contest.stages import DEFAULT_MODELS
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import CHUNK, Chunk, chunks
from realpolitik.forecast.engines import Run, named_engine
from realpolitik.forecast.studies import Studies
from realpolitik.forecast.tally import Grid, Tally, blocks, grid, merged, rows, tally_of_all, walk_and_tally
from realpolitik.forecast.walk import Worlds, walk

__all__ = [
    "METHOD",
    "MOST_DRAWS",
    "MOST_FORECAST",
    "Counted",
    "Forecast",
    "Unfinished",
    "alike",
    "contest_hash",
    "forecast",
]

MOST_DRAWS = 5_000_000
"""Of anything that holds all its draws."""

MOST_FORECAST = 1_000_000_000
"""Of a forecast, which lets go of what it cannot hold."""

MOST_BYTES = 500_000_000
"""A forecast whose draws would take more holds the first :data:`HELD` and counts the others as they come."""

HELD = 20 * CHUNK
"""Draws held of a forecast that cannot hold all, for pictures and tables, and as the grid of what is counted."""

METHOD = (
    f"chunks of {CHUNK:,} draws, each random stream its own by seed, chunk and name; put together in the order of the "
    "chunks, so that the numbers depend neither on the engine nor on the number of workers"
)
"""Said in every manifest."""

Progress = Callable[[int], None]


class Unfinished(Protocol):
    """Where finished work is kept while a forecast runs, so that one that was broken off can go on."""

    def begin(self, manifest: dict[str, Any]) -> None:
        """Say what runs; what was kept must belong to the same."""

    def held(self, planned: Sequence[Chunk]) -> list[Worlds]:
        """Finished chunks, the first without a gap."""

    def hold(self, chunk: Chunk, worlds: Worlds) -> None:
        """Keep a finished chunk."""

    def counted(self) -> tuple[int, Tally] | None:
        """How many blocks are counted, and the tally of them and all that is held."""

    def count(self, number: int, tally: Tally) -> None:
        """Keep the tally after so many blocks."""


@dataclass(frozen=True)
class Counted:
    """The tally of a forecast that holds only its first draws."""

    grid: Grid
    tally: Tally


@dataclass(frozen=True)
class Forecast:
    """What happens, how likely, and everything that was drawn on the way."""

    contest: Contest
    """What was forecast."""

    worlds: Worlds
    """Inputs, results, details and outcome of every draw that is held: of all, unless ``counted`` is there."""

    manifest: dict[str, Any]
    """What it takes to get the same bits again: hash of the contest, seed, draws, versions, models."""

    counted: Counted | None = None
    """Of a run that was too long to hold."""

    studies: Studies = field(default_factory=Studies)
    """What the report shows beside it; a saved run holds none."""

    @property
    def draws(self) -> int:
        """Number of possible worlds that are held."""
        return len(self.worlds.outcome)

    @property
    def drawn(self) -> int:
        """Number of possible worlds that the probabilities rest on; those held are among them."""
        return self.tally.draws

    @property
    def partly(self) -> str | None:
        """What has to be said wherever single draws are asked; None if all are held."""
        drawn = int(self.manifest["draws"])
        if self.draws == drawn:
            return None
        return f"Only the first {self.draws:,} of the {drawn:,} draws are held; this rests on them."

    @cached_property
    def grid(self) -> Grid:
        """Thirds of the quantities, and what sums are measured from."""
        return self.counted.grid if self.counted else grid(self.contest, self.worlds, with_edges=False)

    @cached_property
    def tally(self) -> Tally:
        """What all draws came to."""
        return self.counted.tally if self.counted else tally_of_all(self.contest, self.worlds, self.grid)

    def truth(self, name: str) -> NDArray[np.bool_]:
        """bool[draws]: a truth by its name in guards."""
        return np.asarray(self.worlds.results[name], dtype=np.bool_)


def forecast(
    contest: Contest,
    draws: int = 10_000,
    seed: int = 1,
    *,
    engine: str = "serial",
    jobs: int = 1,
    changes: dict[str, str] | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
    unfinished: Unfinished | None = None,
) -> Forecast:
    """Forecast a contest.

    Draws that would take more than ``MOST_BYTES`` are counted as they come and let go, all but the first ``HELD``.

    Parameters
    ----------
    contest : what is forecast.
    draws : number of possible worlds, 1 to ``MOST_FORECAST``.
    seed : a non-negative whole number; the same seed gives the same bits with every engine and number of jobs.
    engine : registered name, with its address where it has one: ``dask://HOST:PORT``.
    jobs : worker processes.
    changes : values that were set from outside; recorded in the manifest.
    progress : called with the number of draws finished since the last call.
    say : told what the user should know meanwhile, such as the death of a worker.
    unfinished : keeps what is finished; left out, a run that is broken off is lost.

    Raises
    ------
    ContestError : draws or seed are out of range, or a draw fits no outcome.
    UnknownName : there is no such engine.
    ModelError : the engine cannot work.
    """
    if not 1 <= draws <= MOST_FORECAST:
        raise ContestError(f"draws is {draws}; 1 to {MOST_FORECAST:,} are possible.")
    if seed < 0:
        raise ContestError(f"seed is {seed}; it must be 0 or more.")
    if jobs < 1:
        raise ContestError(f"jobs is {jobs}; at least 1 is needed.")
    done = progress or (lambda number: None)
    manifest = _manifest(contest, draws, seed, changes or {})
    with named_engine(engine, jobs=jobs, say=say or (lambda text: None)) as run:
        if unfinished:
            unfinished.begin(manifest)
        worlds, rest = _hold(contest, seed, chunks(draws), run, done, unfinished)
        if not rest:
            return Forecast(contest, worlds, manifest)
        laid = grid(contest, worlds, with_edges=True)
        start, total = (unfinished.counted() if unfinished else None) or (0, None)
        waiting = blocks(rest)
        if start:
            done(sum(block.size for block in waiting[:start]))
        counting = run(partial(walk_and_tally, contest, seed, laid), waiting[start:])
        total = total or tally_of_all(contest, worlds, laid)  # while workers are at the first blocks
        for index, (block, one) in enumerate(zip(waiting[start:], counting, strict=True), start + 1):
            total = merged(total, one)
            if unfinished:
                unfinished.count(index, total)
            done(block.size)
        return Forecast(contest, worlds, manifest | {"held": len(worlds.outcome)}, Counted(laid, total))


def _hold(
    contest: Contest, seed: int, planned: list[Chunk], run: Run, done: Progress, unfinished: Unfinished | None
) -> tuple[Worlds, list[Chunk]]:
    """Walk the chunks that are held, and say which are to be counted."""
    parts = unfinished.held(planned) if unfinished else []
    for part in parts:
        done(len(part.outcome))

    def hold(number: int) -> None:
        waiting = planned[len(parts) : number]
        for chunk, worlds in zip(waiting, run(partial(walk, contest, seed), waiting), strict=True):
            if unfinished:
                unfinished.hold(chunk, worlds)
            parts.append(worlds)
            done(chunk.size)

    number = HELD // CHUNK
    hold(number)
    if _bytes_of(parts[0]) * sum(chunk.size for chunk in planned) <= MOST_BYTES:
        number = len(planned)
        hold(number)
    return _together(parts[:number]), planned[number:]


def alike(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """Forecasts of one number of draws with as many of them as all hold: the first ones."""
    fewest = min(each.draws for each in forecasts)
    return [
        each if each.draws == fewest else replace(each, worlds=rows(each.worlds, slice(fewest))) for each in forecasts
    ]


def _bytes_of(worlds: Worlds) -> float:
    """Bytes that one draw takes."""
    arrays = (*worlds.inputs.values(), *worlds.results.values(), *worlds.details.values(), worlds.outcome)
    return sum(values.nbytes for values in arrays) / len(worlds.outcome)


def _together(parts: list[Worlds]) -> Worlds:
    """Join parts, letting go of each array of theirs as soon as it is joined."""

    def joined(field: str) -> dict[str, NDArray[Any]]:
        names = list(getattr(parts[0], field))
        return {key: np.concatenate([getattr(part, field).pop(key) for part in parts]) for key in names}

    outcome = np.concatenate([part.outcome for part in parts])
    return Worlds(joined("inputs"), joined("results"), joined("details"), outcome)


def contest_hash(contest: Contest) -> str:
    """SHA-256 of everything in the contest, claims included, whatever the layout of its files.

    Comments, spacing and the order of a noun's own keys do not matter. The order of named entries does, because it
    has a meaning: the first outcome that holds counts, and the order of stages, blocs and actors decides which chance
    falls to whom.
    """
    canonical = json.dumps(contest.model_dump(mode="json"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _manifest(contest: Contest, draws: int, seed: int, changes: dict[str, str]) -> dict[str, Any]:
    import scipy

    used = {
        name: {"model": stage.model or DEFAULT_MODELS[stage.kind], "variant": stage.variant}
        for name, stage in contest.pathway.items()
        if stage.kind in DEFAULT_MODELS
    }
    versions = {"realpolitik": realpolitik.__version__, "numpy": np.__version__, "scipy": scipy.__version__}
    return {
        "contest_sha256": contest_hash(contest),
        "draws": draws,
        "seed": seed,
        "chunk": CHUNK,
        "method": METHOD,
        "models": used,
        "set": dict(changes),
        "versions": versions,
    }

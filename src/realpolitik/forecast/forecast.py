"""A contest becomes a forecast: all chunks walked, put together, and the manifest to do it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import realpolitik
from realpolitik.contest.contest import Contest
from realpolitik.contest.stages import DEFAULT_MODELS
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import CHUNK, chunks
from realpolitik.forecast.walk import Worlds, walk
from realpolitik.registry import engines

if TYPE_CHECKING:
    from realpolitik.forecast.linchpins import Linchpin
    from realpolitik.forecast.sensitivity import Sensitivity

__all__ = ["MOST_DRAWS", "Forecast", "Studies", "contest_hash", "forecast"]

MOST_DRAWS = 5_000_000
"""More are refused at once; how many fit is known after the first chunk."""

MOST_BYTES = 3_000_000_000
"""All draws are held in memory, and twice for a moment; beyond this a machine of ordinary size would run out of it."""

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Studies:
    """What was worked out beside a forecast, on request."""

    sensitivity: Sensitivity | None = None
    """Which quantity moves which outcome."""

    linchpins: tuple[Linchpin, ...] | None = None
    """What the forecast would be without each claim, source and reader."""


@dataclass(frozen=True)
class Forecast:
    """What happens, how likely, and everything that was drawn on the way."""

    contest: Contest
    """What was forecast."""

    worlds: Worlds
    """Inputs, results, details and outcome of every draw."""

    manifest: dict[str, Any]
    """What it takes to get the same bits again: hash of the contest, seed, draws, versions, models."""

    studies: Studies = Studies()
    """What the report shows beside it, if it was asked for; a saved run holds none."""

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return len(self.worlds.outcome)

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
) -> Forecast:
    """Forecast a contest.

    Parameters
    ----------
    contest : what is forecast.
    draws : number of possible worlds, 1 to ``MOST_DRAWS``.
    seed : a non-negative whole number; the same seed gives the same bits with every engine and number of jobs.
    engine : registered name.
    jobs : worker processes.
    changes : values that were set from outside; recorded in the manifest.
    progress : called with the number of draws finished since the last call.

    Raises
    ------
    ContestError : draws or seed are out of range, or a draw fits no outcome.
    UnknownName : there is no such engine.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ContestError(f"draws is {draws}; 1 to {MOST_DRAWS:,} are possible.")
    if seed < 0:
        raise ContestError(f"seed is {seed}; it must be 0 or more.")
    if jobs < 1:
        raise ContestError(f"jobs is {jobs}; at least 1 is needed.")
    parts = []
    planned = chunks(draws)
    run = engines.get(engine)
    for chunk, worlds in zip(planned, run(partial(walk, contest, seed), planned, jobs=jobs), strict=True):
        parts.append(worlds)
        if len(parts) == 1:
            _refuse_beyond_memory(worlds, chunk.size, draws)
        if progress:
            progress(chunk.size)
    return Forecast(contest, _together(parts), _manifest(contest, draws, seed, changes or {}))


def _refuse_beyond_memory(worlds: Worlds, size: int, draws: int) -> None:
    arrays = (*worlds.inputs.values(), *worlds.results.values(), *worlds.details.values(), worlds.outcome)
    a_draw = sum(values.nbytes for values in arrays) / size
    if a_draw * draws > MOST_BYTES:
        most = int(MOST_BYTES / a_draw) // size * size
        raise ContestError(
            f"{draws:,} draws of this contest would take about {a_draw * draws / 1e9:.0f} GB. "
            f"At most {MOST_BYTES / 1e9:.0f} GB are held: ask for up to {most:,} draws."
        )


def _together(parts: list[Worlds]) -> Worlds:
    def joined(field: str) -> dict[str, NDArray[Any]]:
        first = getattr(parts[0], field)
        return {key: np.concatenate([getattr(part, field)[key] for part in parts]) for key in first}

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
        "models": used,
        "set": dict(changes),
        "versions": versions,
    }

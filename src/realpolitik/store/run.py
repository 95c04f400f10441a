"""A saved run: a folder from which a forecast can be shown again without running it again.

::

    manifest.json    hash of the contest, seed, draws, versions, models, and when it was made
    contest.json     the contest as it was run, changed values and claims included
    draws.npz        inputs, results, details and outcome of every draw
    forecast.json    what `forecast --json` prints
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.located import whole_folder
from realpolitik.errors import StorageError
from realpolitik.forecast.forecast import Forecast, contest_hash
from realpolitik.forecast.summary import as_json
from realpolitik.forecast.walk import Worlds

__all__ = ["load_run", "refuse_existing", "save_run"]

FILES = ("manifest.json", "contest.json", "draws.npz", "forecast.json")

MOST_BYTES = 20_000_000_000
"""Largest draws.npz that is opened, unpacked."""


def save_run(forecast: Forecast, folder: Path) -> None:
    """Write a run; the folder is there whole or not at all.

    Raises
    ------
    StorageError : the folder exists or cannot be written.
    """
    refuse_existing(folder)
    with whole_folder(folder) as work:
        _write(forecast, work)


def refuse_existing(folder: Path | None) -> None:
    """Say at once, not after a long run, that its folder is taken.

    Raises
    ------
    StorageError : the folder exists, or nothing can be written where it would be.
    """
    if folder is None:
        return
    if folder.exists():
        raise StorageError(f"{folder} exists already, and a run is never overwritten. Name another folder.")
    home = next(parent for parent in folder.absolute().parents if parent.exists())
    if not home.is_dir() or not os.access(home, os.W_OK):
        raise StorageError(f"{folder} cannot be written: {home} is not a folder that you may write to.")


def _write(forecast: Forecast, folder: Path) -> None:
    made = {"made": datetime.now(UTC).isoformat(timespec="seconds")}
    texts = {
        "manifest.json": json.dumps(forecast.manifest | made, indent=2),
        "contest.json": forecast.contest.model_dump_json(indent=2),
        "forecast.json": json.dumps(as_json(forecast), indent=2),
    }
    for name, text in texts.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    worlds = forecast.worlds
    arrays: dict[str, NDArray[Any]] = {"outcome": worlds.outcome}
    for part in ("inputs", "results", "details"):
        arrays |= {f"{part}/{key}": _short(values) for key, values in getattr(worlds, part).items()}
    np.savez(folder / "draws.npz", allow_pickle=False, **arrays)


def _short(values: NDArray[Any]) -> NDArray[Any]:
    """One number for an array that is the same in every draw."""
    constant = values.ndim == 1 and bool((values == values[0]).all())
    return values[0] if constant else values


def load_run(folder: Path, only: tuple[str, ...] = ("",)) -> Forecast:
    """Read a saved run.

    Parameters
    ----------
    folder : written by :func:`save_run`.
    only : beginnings of the names of those arrays of draws.npz that are needed, beside the outcome; all of them if
        left out.

    Raises
    ------
    StorageError : the folder is no run, a file is missing or damaged, or the contest was altered afterwards.
    """
    if not folder.is_dir():
        raise StorageError(f"{folder} is not a folder. Save a run with 'realpolitik forecast … --out {folder}'.")
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise StorageError(f"{folder} is not a saved run: {', '.join(missing)} missing.")
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        contest = Contest.model_validate_json((folder / "contest.json").read_text(encoding="utf-8"))
        worlds = _worlds(folder / "draws.npz", int(manifest["draws"]), ("outcome", *only))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise StorageError(f"{folder} is damaged ({reason}). Run the forecast again.") from None
    if contest_hash(contest) != manifest["contest_sha256"]:
        raise StorageError(f"{folder}/contest.json was altered after the run. Run the forecast again.")
    return Forecast(contest, worlds, manifest)


def _worlds(path: Path, draws: int, only: tuple[str, ...]) -> Worlds:
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_BYTES:
        raise ValueError(f"draws.npz unpacks to {size:,} bytes, more than {MOST_BYTES:,}")
    with np.load(path, allow_pickle=False) as held:
        arrays: Mapping[str, NDArray[Any]] = {key: held[key] for key in held.files if key.startswith(only)}
    parts: dict[str, dict[str, NDArray[Any]]] = {"inputs": {}, "results": {}, "details": {}}
    for key, values in arrays.items():
        part, _, name = key.partition("/")
        if part in parts:
            parts[part][name] = np.full(draws, values) if values.ndim == 0 else values
    worlds = Worlds(parts["inputs"], parts["results"], parts["details"], np.broadcast_to(arrays["outcome"], draws))
    if any(len(values) != draws for part in parts.values() for values in part.values()):
        raise ValueError("the arrays of draws.npz have other lengths than the manifest says")
    return worlds

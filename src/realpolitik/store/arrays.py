"""Draws and tallies as ``.npz`` files with telling names, opened without pickle after a look at their size."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.forecast.tally import Tally
from realpolitik.forecast.walk import Worlds

__all__ = ["read_arrays", "read_tally", "read_worlds", "write_tally", "write_worlds"]

Arrays = Mapping[str, NDArray[Any]]

MOST_BYTES = 20_000_000_000
"""Largest file that is opened, unpacked."""


def read_arrays(path: Path, only: tuple[str, ...] = ("",)) -> dict[str, NDArray[Any]]:
    """The arrays of a file whose names begin with one of ``only``; all of them if that is left out.

    Raises
    ------
    ValueError, BadZipFile, OSError : it is damaged or too large.
    """
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_BYTES:
        raise ValueError(f"{path.name} unpacks to {size:,} bytes, more than {MOST_BYTES:,}")
    with np.load(path, allow_pickle=False) as held:
        return {key: held[key] for key in held.files if key.startswith(only)}


def _write(path: Path, arrays: Arrays) -> None:
    """Whole or not at all."""
    passing = path.with_name(f"{path.name}.writing")
    with passing.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    os.replace(passing, path)


def write_worlds(path: Path, worlds: Worlds) -> None:
    """Save draws; an array that is the same in every draw is saved as one number."""
    arrays: dict[str, NDArray[Any]] = {"outcome": worlds.outcome}
    for part in ("inputs", "results", "details"):
        arrays |= {f"{part}/{key}": _short(values) for key, values in getattr(worlds, part).items()}
    _write(path, arrays)


def _short(values: NDArray[Any]) -> NDArray[Any]:
    constant = values.ndim == 1 and bool((values == values[0]).all())
    return values[0] if constant else values


def read_worlds(arrays: Arrays, draws: int) -> Worlds:
    """Draws as they were saved.

    Raises
    ------
    ValueError : there are not so many draws.
    """
    parts: dict[str, dict[str, NDArray[Any]]] = {"inputs": {}, "results": {}, "details": {}}
    for key, values in arrays.items():
        part, _, name = key.partition("/")
        if part in parts:
            parts[part][name] = np.full(draws, values) if values.ndim == 0 else values
    worlds = Worlds(parts["inputs"], parts["results"], parts["details"], np.broadcast_to(arrays["outcome"], draws))
    if any(len(values) != draws for part in parts.values() for values in part.values()):
        raise ValueError("the arrays of draws.npz have other lengths than the manifest says")
    return worlds


def write_tally(path: Path, tally: Tally, **more: int) -> None:
    """Save a tally, and whole numbers beside it."""
    arrays: dict[str, NDArray[Any]] = {key: np.array(number) for key, number in more.items()}
    for part in ("counts", "sums", "ends"):
        arrays |= {f"{part}/{key}": values for key, values in getattr(tally, part).items()}
    _write(path, arrays)


def read_tally(arrays: Arrays) -> Tally:
    """A tally as it was saved."""
    parts: dict[str, dict[str, NDArray[Any]]] = {"counts": {}, "sums": {}, "ends": {}}
    for key, values in arrays.items():
        part, _, name = key.partition("/")
        if part in parts:
            parts[part][name] = values
    return Tally(parts["counts"], parts["sums"], parts["ends"])

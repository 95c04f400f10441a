"""A run on its way: what is finished lies in ``NAME.partial`` beside the folder that the run will have.

::

    manifest.json        what runs: hash of the contest, seed, draws, versions, models
    draws-000007.npz     a finished chunk of draws that is held
    tally.npz            what all counted draws came to, and how many blocks of them are counted

Every file is written under another name first, so that a break leaves only whole ones. When the run is saved the
folder goes.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError, StorageError
from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.tally import Tally
from realpolitik.forecast.walk import Worlds
from realpolitik.store.arrays import read_arrays, read_tally, read_worlds, write_tally, write_worlds

__all__ = ["UnfinishedRun"]

SECONDS = 2.0
"""Time between two savings of the tally; a crash loses what was counted since the last one, Ctrl-C nothing."""


class UnfinishedRun:
    """Keeps the finished part of a run; a context that saves the last of it when the run breaks off.

    Parameters
    ----------
    run : the folder that the run will have.
    resume : go on with what is there.

    Raises
    ------
    StorageError : an interrupted run is there and ``resume`` is not set.
    """

    def __init__(self, run: Path, *, resume: bool = False) -> None:
        self.folder = run.with_name(f"{run.name}.partial")
        self._open: tuple[int, Tally] | None = None
        self._saved = monotonic()
        if not resume and self.folder.exists():
            raise StorageError(
                f"{self.folder} is there from a run that was interrupted. Go on with --resume, or delete it."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._save()
        if isinstance(error, ContestError):  # the contest has to be changed, and then this is another run
            self.finish()
        if self.folder.is_dir() and not any(path.suffix == ".npz" for path in self.folder.iterdir()):
            self.finish()

    def begin(self, manifest: dict[str, Any]) -> None:
        """Say what runs.

        Raises
        ------
        StorageError : what lies there belongs to another contest, seed, number of draws or version.
        """
        place = self.folder / "manifest.json"
        if not place.exists():
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(f"{self.folder} cannot be written: {error.strerror}.") from None
            write_whole(place, json.dumps(manifest, indent=2) + "\n")
            return
        try:
            there: Any = json.loads(place.read_text(encoding="utf-8"))
            other = [key for key in manifest if there.get(key) != manifest[key]]
        except (OSError, ValueError, AttributeError) as error:
            raise self._damaged(error) from None
        if other:
            raise StorageError(
                f"{self.folder} belongs to another run: {', '.join(other)} differ. Ask as you did then, or delete it."
            )

    def held(self, planned: Sequence[Chunk]) -> list[Worlds]:
        """Finished chunks, the first without a gap."""
        found = []
        for chunk in planned:
            if not (place := self._place(chunk)).exists():
                break
            try:
                found.append(read_worlds(read_arrays(place), chunk.size))
            except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
                raise self._damaged(error) from None
        return found

    def hold(self, chunk: Chunk, worlds: Worlds) -> None:
        """Keep a finished chunk."""
        write_worlds(self._place(chunk), worlds)

    def counted(self) -> tuple[int, Tally] | None:
        """How many blocks are counted, and the tally of them and all that is held."""
        place = self.folder / "tally.npz"
        if not place.exists():
            return None
        try:
            arrays = read_arrays(place)
            return int(arrays["blocks"]), read_tally(arrays)
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
            raise self._damaged(error) from None

    def count(self, number: int, tally: Tally) -> None:
        """Keep the tally after so many blocks."""
        self._open = number, tally
        if monotonic() - self._saved > SECONDS:
            self._save()

    def finish(self) -> None:
        """The run is saved: leave nothing behind."""
        self._open = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _save(self) -> None:
        if self._open is not None:
            number, tally = self._open
            write_tally(self.folder / "tally.npz", tally, blocks=number)
            self._open, self._saved = None, monotonic()

    def _place(self, chunk: Chunk) -> Path:
        return self.folder / f"draws-{chunk.index:06d}.npz"

    def _damaged(self, error: Exception) -> StorageError:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        return StorageError(f"{self.folder} is damaged ({reason}). Delete it and run the forecast again.")

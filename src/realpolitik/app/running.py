"""A forecast that is saved: finished draws are kept on the way, so that a run that was broken off can go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from realpolitik.app import forecast_shown
from realpolitik.contest.contest import Contest
from realpolitik.errors import ModelError, StorageError
from realpolitik.forecast.forecast import Forecast
from realpolitik.store.run import refuse_existing, save_run
from realpolitik.store.unfinished import UnfinishedRun

__all__ = ["refuse", "run"]


def refuse(out: Path | None, *, resume: bool, engine: str | None = None, jobs: int = 1) -> None:
    """Say at once what cannot be saved, or is asked for and would not be done.

    Raises
    ------
    StorageError : the folder is taken, or there is none to go on with.
    ModelError : jobs for an engine that has none.
    """
    if engine is not None and jobs > 1 and engine != "processes":
        raise ModelError(f"--jobs {jobs} counts worker processes, and --engine {engine} starts none. Leave out one.")
    if resume and out is None:
        raise StorageError("--resume goes on with a run that is saved: name its folder with --out.")
    refuse_existing(out)


def run(contest: Contest, draws: int, seed: int, *, out: Path | None, resume: bool, **options: Any) -> Forecast:
    """Forecast with progress, and save the run if a folder is named for it."""
    if out is None:
        return forecast_shown.with_progress(contest, draws, seed, **options)
    unfinished = UnfinishedRun(out, resume=resume)
    try:
        with unfinished:
            found = forecast_shown.with_progress(contest, draws, seed, unfinished=unfinished, **options)
            save_run(found, out)
            unfinished.finish()
    except (KeyboardInterrupt, ModelError):
        if unfinished.folder.exists():
            typer.echo(
                f"\nWhat is done lies in {unfinished.folder}: go on with the same command and --resume.", err=True
            )
        raise
    return found

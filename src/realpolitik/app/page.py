"""The `report` command: a saved run, and what is worked out beside it, as one page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from realpolitik.app.compare import with_comparison
from realpolitik.app.sensitivity import with_studies
from realpolitik.app.track import with_track
from realpolitik.report.render import write_report
from realpolitik.store.run import load_run

__all__ = ["Asked", "report"]


@dataclass(frozen=True)
class Asked:
    """What the page is to hold."""

    out: Path | None
    """Where it goes; None: report.html in the run."""

    quick: bool
    """Whether sensitivity and linchpins are left out."""

    against: Path | None
    """Another contest or run to compare with."""

    record: Path | None
    """Folder with the record of the contest."""


def report(run: Path, asked: Asked) -> Path:
    """Write the page of a saved run and say where it is.

    Raises
    ------
    RealpolitikError : the run is damaged, or what was named beside it does not belong to it.
    """
    found = load_run(run)
    if asked.against is not None:
        found = with_comparison(found, asked.against)
    if asked.record is not None:
        found = with_track(found, asked.record)
    if not asked.quick:
        found = with_studies(found)
    page = asked.out or run / "report.html"
    write_report(found, page)
    return page

"""The main job on the bundled contest: copy it, read its briefs, forecast it, make its page."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

from realpolitik.app import forecast_shown, show
from realpolitik.app.start import write_folder
from realpolitik.bundled import bundled_contest
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.source_texts import texts
from realpolitik.errors import StorageError

__all__ = ["BUNDLED", "run"]

BUNDLED = "iraq-2020"


def run(folder: Path, draws: int, seed: int) -> None:
    """Copy, read, forecast, keep a record in hindsight, report.

    Parameters
    ----------
    folder : gets the contest as ``iraq-2020/``, its record as ``iraq-2020-afterwards/`` and the page as
        ``report.html``; a contest that is there already is used as it stands, so that it can be changed and run again.
    draws, seed : of the forecast.
    """
    from realpolitik.app.afterwards import AFTERWARDS, keep_afterwards
    from realpolitik.app.sensitivity import with_studies
    from realpolitik.app.track import with_track
    from realpolitik.report.render import write_report

    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is not a folder. Name another.")
    home = folder / BUNDLED
    out = show.console()
    if (home / CONTEST).exists():
        typer.echo(f"Using the contest in {home} as it stands (delete the folder to start afresh).")
    else:
        _copy(home)
        typer.echo(f"Contest copied to {home}.")
    contest = load(home)
    out.print(f"It holds {show.contents(contest)}")
    out.print(f"{_read_briefs(contest, home)}\n")
    found = forecast_shown.with_progress(contest, draws, seed)
    forecast_shown.shown(found)
    page, record = folder / "report.html", folder / f"{BUNDLED}{AFTERWARDS}"
    if keep_afterwards(record, BUNDLED, found):
        found = with_track(found, record)
    write_report(with_studies(found), page)
    typer.echo(f"\nReport: {page.resolve()}")
    typer.echo(f"What happened later, and what this would have scored: realpolitik score {shlex.quote(str(record))}")
    again = f"realpolitik forecast {shlex.quote(str(home))} --set pathway.settlement.model_error=0"
    typer.echo(f"Change a number and run it again: {again}")


def _copy(home: Path) -> None:
    source = bundled_contest(BUNDLED)
    names = [path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    write_folder(home, {str(path.relative_to(source)): path.read_text(encoding="utf-8") for path in names})


def _read_briefs(contest: Contest, home: Path) -> str:
    """Read the briefs, and say how many of the contest's claims rest on words that stand there."""
    from realpolitik.reading.documents.document import Document
    from realpolitik.reading.reader import read

    briefs = texts(contest, home)
    found = [claim for name, raw in briefs.items() for claim in read(Document.from_text(raw, name))]
    tied = sum(claim.document in briefs for claim in contest.claims.values())
    elsewhere = len(contest.claims) - tied
    return (
        f"{len(briefs)} briefs read: the reader finds {len(found)} claims in them; the contest rests on {tied} claims "
        f"tied to their exact words, and {elsewhere} to reports that are named by SHA-256 only."
    )

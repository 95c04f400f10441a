"""The `review` command: claims accepted, corrected or rejected one by one, at a terminal, by keyboard."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from realpolitik.app.review.log import last, read_log
from realpolitik.app.review.session import Review, summary
from realpolitik.app.review.terminal import LineTerminal, Terminal, refuse_pipes
from realpolitik.contest.file import load
from realpolitik.report.wording import count

__all__ = ["run"]


def _today() -> date:
    return datetime.now(UTC).date()


def run(
    path: Path,
    *,
    reviewer: str | None,
    sources: Mapping[str, str],
    as_json: bool,
    today: Callable[[], date] = _today,
    terminal: Terminal | None = None,
) -> None:
    """Review the claims of a contest, or print how far the review is.

    Parameters
    ----------
    path : the contest folder, or the contest.yaml in it.
    sources : files of texts that the folder does not hold, by source.
    today, terminal : for tests; by default the clock and the terminal of this machine.

    Raises
    ------
    ContestError, StorageError, ReadingError, UnknownName : the contest does not check, a text is not the right one, or
        nobody sits at a terminal.
    """
    folder = path if path.is_dir() else path.parent
    if as_json:
        typer.echo(json.dumps(summary(load(path), last(read_log(folder))), indent=2))
        return
    if terminal is None:
        refuse_pipes()
        terminal = LineTerminal()
    given = {name: Path(file) for name, file in sources.items()}
    done = Review(folder, reviewer or _user(), today, terminal, given).run()
    counts = ", ".join(f"{done[name]} {name}" for name in ("accepted", "corrected", "rejected", "open"))
    terminal.console.print(f"{count(done['claims'], 'claim')}: {counts}.", markup=False)


def _user() -> str:
    try:
        return getpass.getuser() or "unknown"
    except (OSError, KeyError):
        return "unknown"

"""The `score` command: how good sealed forecasts were."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.record import home_of
from realpolitik.errors import ContestError
from realpolitik.record import book as books
from realpolitik.record import scoring

__all__ = ["score"]


def score(folders: Sequence[Path], *, as_json: bool) -> None:
    """Score records.

    Raises
    ------
    ContestError : a folder is named twice, or a record is not whole.
    """
    homes = [home_of(folder) for folder in folders]
    same = [home.resolve() for home in homes]
    if twice := [folder for folder, one in zip(folders, same, strict=True) if same.count(one) > 1]:
        raise ContestError(f"{twice[0]} is named {len(twice)} times, and it would count as often. Name it once.")
    found = scoring.score([books.book(home) for home in homes])
    if as_json:
        typer.echo(json.dumps(scoring.as_json(found), indent=2))
        return
    out = show.console()
    if not found.rows:
        out.print("Nothing to score: no question that a sealed forecast answers is resolved.")
    else:
        several = len(folders) > 1
        out.print(_score_table(found, several))
        if found.hindsight:
            out.print(
                "\n[bold]* Hindsight[/bold]: all of these forecasts were sealed after the fact. They show what such a "
                "forecast would have scored; they are no evidence of skill."
            )
        elif any(row.hindsight for row in found.rows):
            out.print("\n* sealed after the fact: hindsight, and not in the means.")
        _means(out, found)
    for label, rows in (("No sealed forecast answers", found.unanswered), ("Open", found.unresolved)):
        if rows:
            out.print(f"{label}: {escape(', '.join(name for _, name in rows))}.")


def _score_table(found: scoring.Scores, several: bool) -> Any:
    columns = [("question", "left"), ("sealed", "left"), ("said of what happened", "left"), ("happened", "left")]
    columns += [(name, "right") for name in ("Brier", "log", "CRPS", "base rate", "better")]
    table = show.listing("Scores (0 is best)", *columns)
    for row in found.rows:
        name = f"{row.folder.name}: {row.question.name}" if several else row.question.name
        late = " *" if row.hindsight else ""
        own, base = row.points.main, row.base.main if row.base else None
        better = (
            "–"
            if own is None or base is None
            else f"{base - own:+.3f}"
            if row.points.crps is None
            else f"{base - own:+.1f}"
        )
        answer = row.answer if isinstance(row.answer, str) else f"{row.answer:g}"
        if row.said.points:
            low, middle, high = np.quantile(row.said.points, (0.05, 0.5, 0.95))
            said = f"{middle:.1f} ({low:.1f} to {high:.1f})"
        else:
            said = f"{100 * row.said.probabilities[str(row.answer)]:.1f} %"
        cells = [_digits(row.points.brier), _digits(row.points.log), _digits(row.points.crps, 1)]
        rate = _digits(base, 3 if row.points.crps is None else 1)
        table.add_row(escape(name), f"{row.seal.entry.day}{late}", said, escape(answer), *cells, rate, better)
    return table


def _digits(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _means(out: Console, found: scoring.Scores) -> None:
    table = show.listing(
        "\nMeans",
        ("", "left"),
        ("questions", "right"),
        ("last forecast", "right"),
        ("first", "right"),
        ("base rate", "right"),
    )
    for name, label in (("brier", "Brier"), ("log", "log score"), ("crps", "CRPS")):
        last, first = found.mean(name), found.mean(name, "first")
        if last is not None and first is not None:
            table.add_row(label, str(last[2]), _digits(last[0]), _digits(first[0]), _digits(last[1]) or "–")
    out.print(table)
    against = found.against_base()
    if against is not None:
        out.print(
            f"Brier score less that of the base rate: {against.mean:+.3f} (95 % interval, drawing whole contests: "
            f"{against.low:+.3f} to {against.high:+.3f})."
        )
    parts = found.decomposed()
    if parts is None:
        return
    curve = show.listing(
        "\nCalibration, by event", ("forecast", "left"), ("mean", "right"), ("came", "right"), ("events", "right")
    )
    for one in found.calibration():
        low = min(int(one.probability * 10), 9) * 10
        curve.add_row(
            f"{low} to {low + 10} %", f"{100 * one.probability:.1f} %", f"{100 * one.frequency:.1f} %", str(one.n)
        )
    out.print(curve)
    out.print(
        f"Murphy: reliability {parts.reliability:.3f} (0 is best), resolution {parts.resolution:.3f} (large is good), "
        f"uncertainty {parts.uncertainty:.3f}."
    )

"""The `condition` command, and `forecast --given`: the same draws, on condition."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.forecast_shown import drawn, with_progress
from realpolitik.contest.file import load
from realpolitik.contest.guards import guard_of
from realpolitik.errors import ContestError
from realpolitik.forecast.condition import NEEDED, Condition, Moved, Pair, Side, as_json, condition, pairs
from realpolitik.forecast.forecast import Forecast
from realpolitik.store.run import load_run

__all__ = ["answer", "run"]

DASH = "–"


def run(path: Path, given: str | None, chosen: Sequence[str], *, draws: int, seed: int, plain: bool) -> None:
    """Condition a saved run, or a contest that is run first.

    Raises
    ------
    RealpolitikError : nothing is asked, the condition is faulty, or too few draws agree.
    """
    if given is None and not chosen:
        raise ContestError("Say what to suppose: --given 'CONDITION', --pairs 'CONDITION', or both.")
    saved = (path / "manifest.json").is_file()
    found = load_run(path, NEEDED) if saved else _fresh(path, [*chosen, *([given] if given else [])], draws, seed)
    answer(found, given, chosen, plain)


def _fresh(path: Path, asked: Sequence[str], draws: int, seed: int) -> Forecast:
    """A contest run for the occasion, once it is clear that everything asked can be read."""
    contest = load(path)
    for text in asked:
        guard_of(contest, text)
    return with_progress(contest, draws, seed)


def answer(found: Forecast, given: str | None, chosen: Sequence[str], plain: bool) -> None:
    """Print a forecast on condition, and pairs of conditional probabilities."""
    on_condition = None if given is None else condition(found, given)
    tables = pairs(found, chosen, given)
    if plain:
        about = {"contest": found.contest.contest, "seed": found.manifest["seed"]}
        typer.echo(json.dumps(about | drawn(found) | as_json(on_condition, tables), indent=2))
        return
    out = show.console()
    out.print(f"[bold]{escape(found.contest.title)}[/bold]")
    if found.partly is not None:
        out.print(found.partly)
    if on_condition is not None:
        _condition(found, on_condition)
    if tables:
        _pairs(tables, given, found)
    out.print(
        "Errors are those of sampling alone (one standard error). To suppose is not to do: what came before is "
        "believed anew as well."
    )


def _condition(whole: Forecast, found: Condition) -> None:
    out = show.console()
    out.print(f"Given {escape(found.given)}:")
    out.print(
        f"{found.agreeing:,} of {found.draws:,} draws agree ({_percent(found.probability)} ± "
        f"{100 * found.standard_error:.1f}); effective sample size {found.effective:,.0f}.\n"
    )
    columns = ("given", "± s.e.", "without", "change", "± s.e.")
    table = show.listing("Outcome", ("", "left"), *((name, "right") for name in columns))
    for row in found.outcomes:
        numbers = (_percent(row.after), _points(row.standard_error), _percent(row.before))
        table.add_row(escape(row.name), *numbers, f"{100 * row.difference:+.1f}", _points(row.difference_error))
    out.print(table)
    if found.settlements:
        out.print(_settlements(whole, found.settlements))


def _settlements(whole: Forecast, rows: Sequence[Moved]) -> object:
    columns = ("draws", "5 %", "median", "95 %", "mean ± s.e.", "mean without")
    table = show.listing("\nSettlement", ("", "left"), *((name, "right") for name in columns))
    for row in rows:
        issue = whole.contest.issues[row.issue]
        name = f"{row.result} ({issue.unit})"
        mean, error, before = (show.in_unit(value, issue) for value in (row.mean, row.standard_error, row.mean_before))
        ends = (show.in_unit(value, issue) for value in row.quantiles.values())
        table.add_row(escape(name), f"{row.draws:,}", *ends, f"{mean} ± {error}", before)
    return table


def _pairs(rows: Sequence[Pair], given: str | None, whole: Forecast) -> None:
    out = show.console()
    within = f", given {given}" if given else ""
    columns = (
        ("suppose", "left"),
        ("probability of", "left"),
        *((name, "right") for name in ("if not ± s.e.", "if so ± s.e.", "difference ± s.e.")),
    )
    table = show.listing(f"\nPairs{escape(within)}", *columns)
    short: dict[str, tuple[int, int]] = {}
    for text, group in groupby(rows, key=lambda row: row.given):
        for place, row in enumerate(group):
            table.add_row(escape(text) if place == 0 else "", escape(row.outcome), *_cells(row))
            for side in (row.holds, row.fails):
                if side.needed is not None:
                    short[text] = max(short.get(text, (0, 0)), (side.needed, side.draws))
    out.print(table)
    for text, (needed, seen) in short.items():
        more = f"; a forecast with {needed:,} would do" if whole.partly is None else " of those that are held"
        do = f"{seen:,} draws, too few{more}" if seen else "no draw"
        out.print(f"{DASH} On one side of '{escape(text)}' {'lie' if seen else 'lies'} {do}.")


def _cells(row: Pair) -> tuple[str, str, str]:
    difference, error = row.difference, row.difference_error
    told = DASH if difference is None or error is None else f"{100 * difference:+.1f} ± {_points(error)}"
    return _side(row.fails), _side(row.holds), told


def _side(side: Side) -> str:
    if side.probability is None or side.standard_error is None:
        return DASH
    return f"{_percent(side.probability)} ± {_points(side.standard_error)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _points(error: float) -> str:
    return f"{100 * error:.1f}"

"""The `sensitivity` and `linchpins` commands: which number, and which piece of evidence, moves which outcome."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.bar import bar_of
from realpolitik.contest.file import load
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.linchpins import Linchpin
from realpolitik.forecast.linchpins import linchpins as all_linchpins
from realpolitik.forecast.moving import linchpins_as_json, sensitivity_as_json
from realpolitik.forecast.sensitivity import Effect, Sensitivity, Swing, Whole
from realpolitik.forecast.sensitivity import sensitivity as study
from realpolitik.forecast.sobol import Index
from realpolitik.forecast.studies import LINCHPINS, SENSITIVITY, studied
from realpolitik.report.wording import count

__all__ = ["linchpins", "sensitivity", "with_studies"]

MOST_EFFECTS, MOST_PAIRS, MOST_LINCHPINS = 8, 8, 20
"""Rows shown in the terminal; --json has all."""

HALF = 7
"""Characters on either side of a tornado's middle."""


def sensitivity(path: Path, *, rows: int, seed: int, changes: dict[str, str], plain: bool) -> None:
    """Print what moves the outcomes of a contest."""
    contest = load(path, changes)
    with bar_of("walks") as bar:
        found = study(contest, rows, seed, progress=bar.to)
    if plain:
        typer.echo(json.dumps(sensitivity_as_json(found), indent=2))
        return
    out = show.console()
    out.print(f"[bold]{escape(contest.title)}[/bold]")
    out.print(
        f"{found.rows:,} rows of Sobol' points, seed {found.seed}. Shares of an outcome's variance in percent, with "
        "95 % intervals: alone, what would go if the quantity became known; in all, what would stay if it alone were "
        "left unknown. 5 % → 95 %: probability of the outcome as the quantity moves, all else as drawn."
    )
    for whole in found.outcomes:
        _outcome(out, found, whole)
    _interactions(out, found)
    if found.unread:
        out.print(f"\n{count(len(found.unread), 'uncertain quantity', 'uncertain quantities')} no stage looks at.")


def linchpins(path: Path, *, draws: int, seed: int, changes: dict[str, str], plain: bool) -> None:
    """Print what the forecast would be without each claim, source and reader."""
    contest = load(path, changes)
    with bar_of("walks") as bar:
        found = all_linchpins(contest, draws, seed, progress=bar.to)
    if plain:
        typer.echo(json.dumps(linchpins_as_json(contest, found, draws, seed), indent=2))
        return
    out = show.console()
    out.print(f"[bold]{escape(contest.title)}[/bold]")
    if not found:
        out.print("No quantity rests on a claim: everything is judgement, and there is nothing to drop.")
        return
    out.print(
        f"{draws:,} draws, seed {seed}. If this were wrong, what rests on it would be unknown: all of a quantity that "
        "rests on nothing else, a part of one that rests on other claims too. The outcome that then moves most:"
    )
    told = [each for each in found if each.beyond_chance]
    out.print(_linchpins(told[:MOST_LINCHPINS]))
    if more := len(told) - MOST_LINCHPINS:
        out.print(f"{more} more move an outcome, by less." if more > 0 else "")
    if still := len(found) - len(told):
        out.print(f"{count(still, 'other moves', 'others move')} no outcome by more than chance would at these draws.")
    out.print("± is one standard error of the difference, over the same worlds.")


def with_studies(found: Forecast) -> Forecast:
    """The forecast with what the report shows beside it, with a bar on standard error, if that is a terminal."""
    with bar_of("sensitivity and linchpins", 1) as bar:
        part = {SENSITIVITY: (0.0, 0.5), LINCHPINS: (0.5, 1.0)}

        def tell(name: str, done: int, planned: int) -> None:
            start, end = part[name]
            bar.to(start + (end - start) * done / planned)

        return studied(found, progress=tell)


def _outcome(out: Console, found: Sensitivity, whole: Whole) -> None:
    out.print(f"\n[bold]{escape(whole.outcome)}[/bold] ({_percent(whole.probability)} %)")
    if whole.quantities is None or whole.chance is None:
        out.print("It comes always or never, so nothing moves it.")
        return
    out.print(
        f"All quantities together: {_share(whole.quantities)}. Chance, whatever the quantities are: "
        f"{_share(whole.chance)}."
    )
    rows = [effect for effect in found.of(whole.outcome) if effect.total.beyond_chance][:MOST_EFFECTS]
    if not rows:
        out.print("No single quantity's share can be told from zero.")
        return
    columns = (("", "left"), ("in all", "right"), ("alone", "right"), ("5 % → 95 %", "right"), ("", "left"))
    table = show.listing(None, *columns)
    reach = max((abs(row.swing.high - row.swing.low) for row in rows if row.swing is not None), default=0.0)
    for row in rows:
        table.add_row(escape(row.factor.name), _share(row.total), _share(row.first), *_swing(row, reach))
    out.print(table)


def _swing(effect: Effect, reach: float) -> tuple[str, str]:
    swing = effect.swing
    if swing is None:
        return "–", ""
    return f"{_percent(swing.low)} → {_percent(swing.high)}", _bar(swing, reach)


def _bar(swing: Swing, reach: float) -> str:
    """A bar to the left where the outcome becomes less likely, to the right where it becomes likelier."""
    moved = swing.high - swing.low
    length = round(HALF * abs(moved) / reach) if reach > 0 else 0
    left, right = ("█" * length, "") if moved < 0 else ("", "█" * length)
    return f"[cyan]{left:>{HALF}}│{right:<{HALF}}[/cyan]"


def _interactions(out: Console, found: Sensitivity) -> None:
    rows = [each for each in found.interactions if each.together.low > 0]
    rows.sort(key=lambda each: -each.together.value)
    if not rows:
        return
    columns = (("two quantities", "left"), ("probability of", "left"), ("share", "right"), ("the two alone", "right"))
    table = show.listing("\nInteractions of the strongest quantities", *columns)
    for row in rows[:MOST_PAIRS]:
        names = "\n".join(escape(factor.name) for factor in row.factors)
        table.add_row(names, escape(row.outcome), _share(row.together), _share(row.second))
    out.print(table)


def _linchpins(rows: Sequence[Linchpin]) -> Any:
    columns = (("drop", "left"), ("", "left"), ("quantities", "right"), ("probability of", "left"), ("moves", "right"))
    table = show.listing(None, *columns, ("±", "right"))
    for row in rows:
        shift, dropped = row.strongest, row.dropped
        resting = f"{len(dropped.only)} + {len(dropped.partly)} partly" if dropped.partly else str(len(dropped.only))
        moves = f"{_percent(shift.before)} → {_percent(shift.after)} %"
        error = f"{100 * shift.standard_error:.1f}"
        table.add_row(dropped.kind, escape(dropped.name), resting, escape(shift.outcome), moves, error)
    return table


def _share(index: Index) -> str:
    return f"{_percent(index.value, 0)} [{_percent(index.low, 0)}, {_percent(index.high, 0)}]"


def _percent(share: float, decimals: int = 1) -> str:
    return f"{round(100 * share, decimals) + 0.0:.{decimals}f}"

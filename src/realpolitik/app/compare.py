"""The `compare` command: two contests, or one contest with other values, on the same worlds."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from realpolitik.app.forecast_shown import with_progress
from realpolitik.app.show import console, in_unit, listing, percent
from realpolitik.contest.actors import Issue
from realpolitik.contest.file import load
from realpolitik.errors import ContestError
from realpolitik.forecast.compare import NEEDED, Comparison, Moved, as_json, compare
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.studies import Against
from realpolitik.report.wording import count
from realpolitik.store.run import load_run

__all__ = ["Asked", "run", "signed", "with_comparison"]

MOST = 10
"""Rows of a long list; --json has all of them."""

DRAWS, SEED = 10_000, 1
"""Where neither a run nor the user says otherwise."""


@dataclass(frozen=True)
class Asked:
    """What is compared."""

    before: Path
    after: Path | None
    changes: Mapping[str, str]
    renamed: Mapping[str, str]
    draws: int | None
    seed: int | None
    page: Path | None = None
    """Where to write it as a page."""

    @property
    def names(self) -> tuple[str, str]:
        """Of the two, as the user gave them."""
        values = "".join(f" --set {shlex.quote(f'{path}={value}')}" for path, value in self.changes.items())
        return str(self.before), f"{self.after or self.before}{values}"


def run(asked: Asked, plain: bool) -> None:
    """Forecast what is not saved yet, compare, and print.

    Raises
    ------
    RealpolitikError : there is nothing to compare, or the two do not fit together.
    """
    before, after = _both(asked)
    found = compare(before, after, asked.renamed)
    if asked.page is not None:
        from realpolitik.report.comparison import write_comparison

        write_comparison(before, after, found, asked.names, asked.page)
    if plain:
        typer.echo(json.dumps(as_json(found), indent=2))
    else:
        _show(before, after, found)
        if asked.page is not None:
            typer.echo(f"\nPage: {asked.page}")


def with_comparison(found: Forecast, other: Path) -> Forecast:
    """A forecast with what is different from another one, for the report.

    Parameters
    ----------
    found : the forecast that the page is of.
    other : a saved run of the same worlds, or a contest, which is run on them first.

    Raises
    ------
    RealpolitikError : the two do not fit together.
    """
    manifest = found.manifest
    before = (
        load_run(other, NEEDED) if _saved(other) else with_progress(load(other), manifest["draws"], manifest["seed"])
    )
    against = Against(str(other), compare(before, found))
    return replace(found, studies=replace(found.studies, against=against))


def _both(asked: Asked) -> tuple[Forecast, Forecast]:
    if asked.after is None and not asked.changes:
        raise ContestError("Name a second contest or run, or other values with --set PATH=VALUE.")
    other = asked.after or asked.before
    if asked.changes and _saved(other):
        raise ContestError(f"{other} is a saved run, whose values are fixed. Name the contest folder for --set.")
    runs = {path: load_run(path, NEEDED) for path in (asked.before, asked.after) if path is not None and _saved(path)}
    known: Mapping[str, Any] = next((found.manifest for found in runs.values()), {})
    draws = known.get("draws", DRAWS) if asked.draws is None else asked.draws
    seed = known.get("seed", SEED) if asked.seed is None else asked.seed
    before = runs.get(asked.before) or with_progress(load(asked.before), draws, seed)
    if asked.after in runs:
        return before, runs[asked.after]
    return before, with_progress(load(other, dict(asked.changes)), draws, seed, changes=dict(asked.changes))


def _saved(path: Path) -> bool:
    return (path / "manifest.json").is_file()


def _show(before: Forecast, after: Forecast, found: Comparison) -> None:
    out = console()
    out.print(f"[bold]{escape(before.contest.title)}[/bold]")
    if after.contest.title != before.contest.title:
        out.print(f"and: [bold]{escape(after.contest.title)}[/bold]")
    out.print(f"The same {found.draws:,} worlds twice, seed {found.seed}.")
    for note in found.notes:
        out.print(escape(note))
    _differences(found)
    columns = (("before", "right"), ("after", "right"), ("difference", "right"), ("± s.e.", "right"))
    table = listing("\nOutcome", ("", "left"), *columns)
    for row in found.outcomes:
        error = f"{100 * row.standard_error:.1f}"
        moved = f"{signed(100 * row.difference)} points"
        table.add_row(escape(row.name), percent(row.before), percent(row.after), moved, error)
    out.print(table)
    for settled in found.settlements:
        told = _settled(settled, before.contest.issues[settled.issue])
        out.print(f"\n[bold]Settlement of {escape(settled.issue)}[/bold]: {escape(told)}")
    _switches(found)
    out.print(
        "Errors are those of sampling alone (one standard error of the difference, draw by draw). The two are "
        "versions of the same worlds; what other actors would do about the change is not in them."
    )


def _differences(found: Comparison) -> None:
    out, number = console(), len(found.differences)
    if not number:
        out.print("The two contests do not differ in anything that shapes a forecast.")
        return
    table = listing(f"\nWhat differs: {count(number, 'place')}", ("", "left"), ("before", "left"), ("after", "left"))
    for each in found.differences[:MOST]:
        table.add_row(escape(each.address), *(escape(_short(value)) for value in (each.before, each.after)))
    out.print(table)
    if number > MOST:
        out.print(f"and {number - MOST:,} more; --json has them all.")


def _short(value: Any) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _settled(found: Moved, issue: Issue) -> str:
    if not found.both:
        return "in no draw does it take place in both."
    apart = found.only_before + found.only_after
    others = f"; in {count(apart, 'draw')} more only in one of them" if apart else ""
    before, after = in_unit(found.before, issue), in_unit(found.after, issue)
    moved = f"{before} before, {after} after ({found.unit}); in the "
    sign = "-" if found.difference < 0 else "+"
    size, error = (in_unit(value, issue, finer=1) for value in (abs(found.difference), found.standard_error))
    difference = f"{sign}{size} ± {error}"
    return f"{moved}{count(found.both, 'draw')} in which both have it, {difference}{others}."


def _switches(found: Comparison) -> None:
    out = console()
    if not found.switches:
        out.print("\nNo draw ends otherwise.")
        return
    columns = (("before", "left"), ("after", "left"), ("draws", "right"), ("of all", "right"))
    share = percent(found.switched / found.draws)
    table = listing(f"\nDraws that end otherwise: {found.switched:,} of {found.draws:,} ({share})", *columns)
    for each in found.switches[:MOST]:
        table.add_row(escape(each.before), escape(each.after), f"{each.draws:,}", percent(each.draws / found.draws))
    out.print(table)
    if len(found.switches) > MOST:
        out.print(f"and {count(len(found.switches) - MOST, 'more pair')}; --json has them all.")


def signed(value: float) -> str:
    """A change to a tenth, with its sign; nothing changed has none.

    Examples
    --------
    >>> signed(1.26), signed(-0.5), signed(0.0)
    ('+1.3', '-0.5', '0.0')
    """
    return f"{value:+.1f}" if round(value, 1) else "0.0"

"""The `levers` command: what one actor can do towards an outcome."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app.bar import bar_of
from realpolitik.app.compare import signed
from realpolitik.app.forecast_shown import drawn, with_progress
from realpolitik.app.show import console, listing, percent
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import load
from realpolitik.errors import UnknownName
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.levers import HELD_FIXED, Lever, Levers, as_json, levers
from realpolitik.report.wording import count, quantity_name, stage_name, words_of

__all__ = ["run"]

MOST = 12
"""Levers that the terminal shows; --json has all of them."""


def run(
    folder: Path, actor: str, toward: str, *, others: float | None, draws: int, seed: int, changes: dict[str, str],
    plain: bool,
) -> None:  # fmt: skip
    """Forecast, try every lever on the same worlds, and print them in order.

    Raises
    ------
    RealpolitikError : no such actor or outcome, or the contest is faulty.
    """
    contest = load(folder, changes)
    if actor not in contest.actors:
        raise UnknownName("actor", actor, list(contest.actors))
    if toward not in contest.outcomes:
        raise UnknownName("outcome", toward, list(contest.outcomes))
    forecast = with_progress(contest, draws, seed, changes=changes)
    with bar_of("walks") as bar:
        found = levers(forecast, actor, toward, others=others, progress=bar.to)
    if plain:
        typer.echo(json.dumps(as_json(found) | drawn(forecast), indent=2))
    else:
        _show(forecast, found)


def _show(forecast: Forecast, found: Levers) -> None:
    out, contest = console(), forecast.contest
    name = contest.actor_name(found.actor)
    out.print(f"[bold]{escape(contest.title)}[/bold]")
    out.print(f"What {escape(name)} can do towards “{escape(found.toward)}”, now {percent(found.probability)}.")
    if forecast.partly is not None:
        out.print(forecast.partly)
    helping = [each for each in found.levers if each.effect > 0 and each.beyond_chance]
    if helping:
        _table(contest, helping[:MOST])
    else:
        out.print("\nNothing that it could do alone makes it likelier, beyond what chance would show.")
    rest = len(found.levers) - min(len(helping), MOST)
    if rest:
        out.print(
            f"{count(rest, 'other lever')} of {len(found.levers):,} tried bring less, or nothing; --json has all."
        )
    for stage in found.not_tried:
        out.print(f"Not tried: what it does in “{escape(stage_name(contest, stage))}”.")
    out.print(
        "One unit of effort is a tenth of what a field allows; to move another takes as many as it outweighs the "
        "actor.\n" + HELD_FIXED
    )


def _table(contest: Contest, found: list[Lever]) -> None:
    columns = (("by", "right"), ("effort", "right"), ("points", "right"), ("± s.e.", "right"), ("per unit", "right"))
    settled = any(each.settlement is not None for each in found)
    more = (("compromise", "right"),) if settled else ()
    table = listing("\nLevers", ("", "left"), *columns, *more)
    for each in found:
        moved = () if not settled else ("–" if each.settlement is None else signed(each.settlement),)
        table.add_row(
            escape(_name(contest, each)),
            _amount(each),
            f"{each.units:.1f}",
            f"{100 * each.effect:+.2f}",
            f"{100 * each.standard_error:.2f}",
            f"{100 * each.per_unit:+.2f}",
            *moved,
        )
    console().print(table)


def _name(contest: Contest, lever: Lever) -> str:
    if lever.kind == "boycott":
        return f"{contest.actor_name(lever.whose)} stays away"
    if lever.kind == "choice":
        _, stage, _, option = lever.address.split(".", 3)
        return f"Lean to “{words_of(option)}”: {stage_name(contest, stage)}"
    return quantity_name(contest, lever.address, contest.inputs()[lever.address])


def _amount(lever: Lever) -> str:
    if lever.amount is None:
        return "all" if lever.kind == "boycott" else "a tenth"
    return f"{lever.amount:+.3g}"

"""The `track` command: how the sealed forecasts of a contest moved, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.bar import bar_of
from realpolitik.app.record import home_of
from realpolitik.errors import ContestError
from realpolitik.forecast.forecast import Forecast
from realpolitik.record import book as books
from realpolitik.record import track as tracking
from realpolitik.record.sheet import sheet
from realpolitik.report.scores import SCORES
from realpolitik.report.track import TRACK

__all__ = ["print_step", "print_track", "track", "with_track"]

MOST_MOVES = 8
"""Changes of a step that are listed; the rest is counted."""

SMALLEST = 0.0005
"""Change of a probability below which nothing is listed."""


def track(folder: Path, *, why: bool, as_json: bool) -> None:
    """Show how the forecast moved."""
    home = home_of(folder)
    with bar_of("track", 1) as bar:
        found = tracking.steps(books.book(home), why=why, progress=bar.by)
    if as_json:
        typer.echo(json.dumps(tracking.as_json(found), indent=2))
    else:
        print_track(show.console(), found)


def print_track(out: Console, found: Sequence[tracking.Step]) -> None:
    """Show a track: probabilities by seal, then what moved them."""
    if not found:
        out.print("No forecast was sealed yet.")
        return
    names = list(dict.fromkeys(name for step in found for name in step.names))
    table = show.listing("Track", ("sealed", "left"), ("entry", "right"), *((escape(name), "right") for name in names))
    for step in found:
        shares = (step.sealed.seal.outcomes.get(name) for name in names)
        cells = ("–" if share is None else f"{100 * share:.1f} %" for share in shares)
        table.add_row(str(step.sealed.entry.day), str(step.sealed.entry.number), *cells)
    out.print(table)
    for step in found[1:]:
        print_step(out, step)


def with_track(found: Forecast, folder: Path) -> Forecast:
    """A forecast that carries the track of a record and its score sheet, for the report.

    Raises
    ------
    ContestError : the record is of another contest, or not whole.
    """
    held = books.book(home_of(folder))
    others = {one.seal.contest for one in held.seals} - {found.contest.contest}
    if others:
        raise ContestError(f"{folder}: the record is of the contest '{min(others)}', not of '{found.contest.contest}'.")
    with bar_of("the record", 1) as bar:
        moved = tracking.as_json(tracking.steps(held, progress=bar.by))
    told = {TRACK: moved, SCORES: sheet(held, found.manifest["contest_sha256"])}
    return replace(found, manifest=found.manifest | told)


def print_step(out: Console, step: tracking.Step) -> None:
    """Show what moved a forecast from the seal before to this one."""
    seal = step.sealed.seal
    out.print(f"\n[bold]What moved it by {step.sealed.entry.day}[/bold] (entry {step.sealed.entry.number})")
    if seal.note:
        out.print(escape(seal.note))
    if step.untold:
        out.print(f"It cannot be told: {escape(step.untold)}")
    if step.total and not step.moved:
        out.print("No number, condition or rule of the contest changed.")
    elif step.total:
        names = [one.outcome for one in step.total]
        table = show.listing(
            None, ("change", "left"), ("rests on", "left"), *((escape(name), "right") for name in names)
        )
        told = [one for one in step.moved if one.size >= SMALLEST]
        for one in told[:MOST_MOVES]:
            what = (
                f"{one.name}: {one.before or 'nothing'} → {one.after or 'nothing'}"
                if one.after or one.before
                else one.name
            )
            claims = ", ".join(f"{claim} (new)" if claim in one.new_claims else claim for claim in one.evidence[:4])
            table.add_row(
                escape(what), escape(claims or "judgement" * (one.name != "together")), *map(_change, one.effects)
            )
        table.add_row("in all", "", *map(_change, step.total))
        out.print(table)
        if len(told) > MOST_MOVES:
            out.print(f"{len(told) - MOST_MOVES} smaller changes are not shown.")
        still = len(step.moved) - len(told)
        if still:
            out.print(f"{still} change{'s' * (still != 1)} moved no outcome.")
    used = {claim for one in step.moved for claim in one.new_claims}
    idle = len(step.new_claims) - len(used)
    if step.new_claims:
        out.print(f"{len(step.new_claims)} new claims; no changed number rests on {idle} of them.")
    if step.lost_claims:
        out.print(f"{len(step.lost_claims)} claims were taken out.")


def _change(one: tracking.Effect) -> str:
    return f"{100 * one.change:+.1f} ± {100 * one.standard_error:.1f}"

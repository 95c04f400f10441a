"""What the terminal shows: tables that fit it, colour only on a terminal, progress on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from realpolitik.contest.contest import Contest
from realpolitik.errors import Fault
from realpolitik.forecast import forecast as engine_room
from realpolitik.forecast import summary
from realpolitik.registry import models as registered

__all__ = ["console", "contents", "fault", "forecast", "listing", "models", "with_progress"]

MOST_ROWS = 8
"""Rows of a list that is sorted by importance; the report has them all."""

BAR = 20
"""Characters of a bar that stands for certainty."""


def console() -> Console:
    """Standard output; without a terminal 100 columns and no colour."""
    return Console(width=None if sys.stdout.isatty() else 100, highlight=False, soft_wrap=False)


def fault(found: Fault) -> dict[str, Any]:
    """A fault as plain data."""
    place = {"file": found.file, "line": found.line, "column": found.column}
    return {**place, "path": ".".join(str(key) for key in found.path), "message": found.message}


def contents(contest: Contest) -> str:
    """How much of what a contest holds."""
    counts = {
        "actors": len(contest.actors),
        "issues": len(contest.issues),
        "chambers": len(contest.chambers),
        "threats": len(contest.threats),
        "stages": len(contest.pathway),
        "outcomes": len(contest.outcomes),
        "quantities": len(contest.inputs()),
        "claims": len(contest.claims),
        "sources": len(contest.sources),
    }
    return ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in counts.items() if count) + "."


def with_progress(contest: Contest, draws: int, seed: int, **options: Any) -> engine_room.Forecast:
    """Forecast with a bar on standard error, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    errors = Console(stderr=True)
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("draws", total=draws)
        return engine_room.forecast(
            contest, draws, seed, progress=lambda done: bar.update(task, advance=done), **options
        )


def forecast(found: engine_room.Forecast) -> None:
    """Print outcomes, settlements, who decides and what it hangs on."""
    contest = found.contest
    out = console()
    out.print(f"[bold]{escape(contest.title)}[/bold]")
    seed = found.manifest["seed"]
    out.print(f"As of {contest.as_of}, by {contest.horizon}; {found.draws:,} draws, seed {seed}.\n")
    out.print(_outcomes(found))
    for settled in summary.settlements(found):
        out.print(_settlement(found, settled))
    if (stages := _stages(found)).row_count:
        out.print(stages)
    out.print(_deciders(found))
    out.print(_hinges(found))
    out.print("Errors are those of sampling alone (one standard error); the inputs are as good as their evidence.")


def listing(title: str, *columns: tuple[str, str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, justify in columns:
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    return table


def _percent(p: float) -> str:
    return f"{100 * p:.1f} %"


def _outcomes(found: engine_room.Forecast) -> Table:
    table = listing(
        "Outcome", ("", "left"), ("probability", "right"), ("± s.e.", "right"), ("", "left"), ("in words", "")
    )
    for row in summary.outcomes(found):
        bar = "█" * round(BAR * row.probability) or "▏"
        table.add_row(
            escape(row.name),
            _percent(row.probability),
            f"{100 * row.standard_error:.1f}",
            f"[cyan]{bar}[/cyan]",
            row.words,
        )
    return table


def _settlement(found: engine_room.Forecast, settled: summary.Settled) -> Table:
    issue = found.contest.issues[settled.issue]
    title = f"\nSettlement of {escape(settled.issue)} ({escape(issue.unit)}; {settled.draws:,} draws)"
    table = listing(title, *((name, "right") for name in ("5 %", "25 %", "median", "75 %", "95 %", "mean ± s.e.")))
    mean = f"{settled.mean:.1f} ± {settled.standard_error:.1f}"
    table.add_row(*(f"{value:.1f}" for value in settled.quantiles.values()), mean)
    beside = ", ".join(f"{name} {value:.1f}" for name, value in settled.models.items())
    table.caption = f"Simple models on the same draws, without model error: {beside}"
    table.caption_justify = "left"
    return table


def _stages(found: engine_room.Forecast) -> Table:
    table = listing("\nOn the way", ("stage", "left"), ("reached", "right"), ("result, where reached", "left"))
    walk_outs = summary.walk_outs(found)
    for name, stage in summary.stages(found).items():
        results = [
            f"{label} {_percent(value['probability'])}"
            for label, value in stage["results"].items()
            if "probability" in value and (label == "passed" or value["probability"] > 0) and label != "quorate"
        ]
        if name in walk_outs:
            broken = walk_outs[name]
            results.append(
                f"{broken.quorum_margin[0]} beyond the quorum: {broken.members[0]} leaving would have broken it"
            )
        if results:
            table.add_row(escape(name), _percent(stage["happened"]["probability"]), escape(", ".join(results)))
    return table


def _deciders(found: engine_room.Forecast) -> Table:
    table = listing("\nWho decides", ("stage", "left"), ("who", "left"), ("how much", "left"))
    for name in found.contest.stage_order():
        rows = [row for row in summary.deciders(found) if row.stage == name]
        for index, row in enumerate(rows[:MOST_ROWS]):
            who = found.contest.actor_name(row.who)
            table.add_row(escape(name) if index == 0 else "", escape(who), escape(_effect(found, row)))
    return table


def _effect(found: engine_room.Forecast, row: summary.Decider) -> str:
    if row.kind == "stays home":
        return f"staying home changes the result in {_percent(row.effect)} of draws"
    if row.kind == "moves the settlement":
        issue = found.contest.issues[str(found.contest.pathway[row.stage].bargain)]
        return f"moves the compromise by {row.effect:+.1f} {issue.unit}"
    return "decides"


def _hinges(found: engine_room.Forecast) -> Table:
    columns = (
        ("quantity or event", "left"),
        ("outcome", "left"),
        ("low → high", "right"),
        ("± s.e.", "right"),
        ("rests on", ""),
    )
    table = listing(
        "\nWhat it hangs on (probability in the lowest → highest third of a quantity, or without → with an event)",
        *columns,
    )
    for hinge in strongest(summary.hinges(found))[:MOST_ROWS]:
        rests = ", ".join(hinge.evidence[:3]) or "judgement"
        change = f"{_percent(hinge.low)} → {_percent(hinge.high)}"
        table.add_row(
            escape(hinge.name), escape(hinge.outcome), change, f"{100 * hinge.standard_error:.1f}", escape(rests)
        )
    return table


def strongest(hinges: list[summary.Hinge]) -> list[summary.Hinge]:
    """The strongest hinge of each quantity or event."""
    return list({hinge.name: hinge for hinge in reversed(hinges)}.values())[::-1]


def models(as_json: bool) -> None:
    """Print the registered models."""
    rows = [
        {
            "name": name,
            "stage": registered.get(name).about["accepts"].stage,
            "variants": list(registered.get(name).about["variants"]),
            "reference": registered.get(name).about["reference"],
            "summary": registered.get(name).summary,
        }
        for name in registered.names()
    ]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    table = listing("Models", ("name", "left"), ("stage", "left"), ("variants", "left"), ("what it says", "left"))
    for row in rows:
        table.add_row(row["name"], row["stage"], ", ".join(row["variants"]) or "–", escape(str(row["summary"])))
    console().print(table)

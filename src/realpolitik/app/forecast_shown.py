"""A forecast in the terminal: progress on standard error, then outcomes, settlements, who decides, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from rich.markup import escape
from rich.table import Table

from realpolitik.app.bar import bar_of
from realpolitik.app.show import console, in_unit, listing, percent, sanctions
from realpolitik.contest.actors import Issue
from realpolitik.contest.contest import Contest
from realpolitik.contest.stages import brings_own_error
from realpolitik.forecast import forecast as engine_room
from realpolitik.forecast import records, summary
from realpolitik.report.wording import assumption, count, quantity_name, remaining

__all__ = ["drawn", "shown", "with_progress"]

FEWEST_DRAWS = 200
"""Below this a share of draws is too coarse to read."""

MOST_DECIDERS, MOST_HINGES = 4, 6
"""Rows of a list that is sorted by importance; the report has more."""

BAR = 20
"""Characters of a bar that stands for certainty."""


def with_progress(contest: Contest, draws: int, seed: int, **options: Any) -> engine_room.Forecast:
    """Forecast with a bar on standard error, if that is a terminal; what the engine has to say goes there too."""
    with bar_of("draws", draws) as bar:
        return engine_room.forecast(contest, draws, seed, progress=bar.by, say=bar.say, **options)


def drawn(found: engine_room.Forecast) -> dict[str, int]:
    """For JSON: how many draws the forecast has, where what is said rests on fewer."""
    return {} if found.partly is None else {"drawn": int(found.manifest["draws"])}


def shown(found: engine_room.Forecast) -> None:
    """Print outcomes, settlements, who decides and what it hangs on."""
    contest = found.contest
    out = console()
    out.print(f"[bold]{escape(contest.title)}[/bold]")
    seed = found.manifest["seed"]
    if found.drawn < FEWEST_DRAWS:
        out.print(
            f"Only {count(found.drawn, 'draw')}: shares this coarse say little. Ask for {FEWEST_DRAWS:,} or more."
        )
    out.print(f"As of {contest.as_of}, by {contest.horizon}; {found.drawn:,} draws, seed {seed}.")
    if found.counted:
        out.print(
            f"The first {found.draws:,} draws are held, and all are counted: shares and means are of all, quantiles "
            "are read off a histogram."
        )
    out.print()
    out.print(_outcomes(found))
    for settled in summary.settlements(found):
        issue = contest.issues[settled.issue]
        beside = ", ".join(f"{name} {in_unit(value, issue)}" for name, value in settled.models.items())
        out.print(
            f"\n[bold]Settlement of {escape(settled.issue)}[/bold] ({escape(issue.unit)}; {settled.draws:,} draws)"
        )
        out.print(_settlement(settled, issue))
        stage = contest.pathway[settled.stage]
        if stage.model_error is not None and brings_own_error(stage):
            out.print(f"The model '{stage.model}' brings its own errors; the model_error of the contest is not added.")
        if (assumed := assumption(stage)) is not None:
            out.print(assumed)
        out.print(f"Simple models on the same draws, without model error: {beside}")
    if (stages := _stages(found)).row_count:
        out.print(stages)
    for name in found.contest.pathway:
        if records.of_sanctions(contest, name) and (own := records.of_stage(found, name)) is not None:
            out.print(sanctions(f"\n{escape(name)} beside earlier threats of sanctions", (own, records.BROADEST)))
    if (deciding := _deciders(found)).row_count:
        out.print(deciding)
    for table in _hinges(found):
        out.print(table)
    out.print("Errors are those of sampling alone (one standard error); the inputs are as good as their evidence.")


def _outcomes(found: engine_room.Forecast) -> Table:
    table = listing(
        "Outcome", ("", "left"), ("probability", "right"), ("± s.e.", "right"), ("", "left"), ("in words", "")
    )
    for row in summary.outcomes(found):
        bar = "█" * round(BAR * row.probability) or "▏"
        table.add_row(
            escape(row.name),
            percent(row.probability),
            f"{100 * row.standard_error:.1f}",
            f"[cyan]{bar}[/cyan]",
            row.words,
        )
    return table


def _settlement(settled: summary.Settled, issue: Issue) -> Table:
    table = listing(None, *((name, "right") for name in ("5 %", "25 %", "median", "75 %", "95 %", "mean ± s.e.")))
    mean = f"{in_unit(settled.mean, issue)} ± {in_unit(settled.standard_error, issue)}"
    table.add_row(*(in_unit(value, issue) for value in settled.quantiles.values()), mean)
    return table


def _stages(found: engine_room.Forecast) -> Table:
    table = listing("\nOn the way", ("stage", "left"), ("reached", "right"), ("result, where reached", "left"))
    walk_outs = summary.walk_outs(found)
    for name, stage in summary.stages(found).items():
        results = [
            f"{label} {percent(value['probability'])}"
            for label, value in stage["results"].items()
            if "probability" in value and (label == "passed" or value["probability"] > 0) and label != "quorate"
        ]
        if "turnout" in stage["results"]:
            low, _, middle, _, high = stage["results"]["turnout"]["quantiles"].values()
            results.insert(0, f"turnout {percent(middle)} (90 %: {percent(low)} to {percent(high)})")
        if name in walk_outs:
            broken = walk_outs[name]
            results.append(
                f"{broken.quorum_margin[0]} beyond the quorum: {broken.members[0]} leaving would have broken it"
            )
        if results:
            table.add_row(escape(name), percent(stage["happened"]["probability"]), escape(", ".join(results)))
    return table


def _deciders(found: engine_room.Forecast) -> Table:
    table = listing("\nWho decides", ("stage", "left"), ("who", "left"), ("how much", "left"))
    for name, rows in groupby(summary.deciders(found), key=lambda row: row.stage):
        for index, row in enumerate(islice(rows, MOST_DECIDERS)):
            who = found.contest.actor_name(row.who)
            table.add_row(escape(name) if index == 0 else "", escape(who), escape(_effect(found, row)))
    return table


def _effect(found: engine_room.Forecast, row: summary.Decider) -> str:
    if row.kind == "stays home":
        return f"staying home turns {percent(row.effect)} of votes"
    if row.kind == "moves the settlement":
        issue = found.contest.issues[str(row.issue)]
        sign = "-" if row.effect < 0 else "+"
        on = f" on {row.issue}" if found.contest.pathway[row.stage].along_with else ""
        return f"moves the compromise{on} by {sign}{in_unit(abs(row.effect), issue)} {issue.unit}"
    return "decides"


def _hinges(found: engine_room.Forecast) -> Iterator[Table | str]:
    strongest: dict[str, summary.Hinge] = {}
    for hinge in summary.hinges(found):
        strongest.setdefault(hinge.name, hinge)
    told = [hinge for hinge in strongest.values() if hinge.beyond_chance]
    events = [hinge for hinge in told if hinge.name not in found.worlds.inputs]
    quantities = [hinge for hinge in told if hinge.name in found.worlds.inputs]
    if events:
        yield _hinge_table(found, "\nWhat it hangs on: events", "fails → happens", events)
    if quantities:
        yield _hinge_table(found, "\nWhat it hangs on: quantities", "lowest → highest third", quantities)
    still = sum(hinge.name in found.worlds.inputs and not hinge.beyond_chance for hinge in strongest.values())
    if rest := remaining(max(len(quantities) - MOST_HINGES, 0), still):
        yield rest if quantities else f"\n{rest}"


def _hinge_table(found: engine_room.Forecast, title: str, sides: str, hinges: Sequence[summary.Hinge]) -> Table:
    inputs = found.contest.inputs()
    columns = (("", "left"), ("probability of", "left"), (sides, "right"), ("± s.e.", "right"), ("rests on", "left"))
    table = listing(title, *columns)
    for hinge in hinges[:MOST_HINGES]:
        rests = count(len(hinge.evidence), "claim") if hinge.evidence else "judgement"
        change = f"{percent(hinge.low)} → {percent(hinge.high)}"
        error = f"{100 * hinge.standard_error:.1f}"
        name = quantity_name(found.contest, hinge.name, inputs[hinge.name]) if hinge.name in inputs else hinge.name
        table.add_row(escape(name), escape(hinge.outcome), change, error, rests)
    return table

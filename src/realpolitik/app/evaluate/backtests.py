"""The `evaluate deu` and `evaluate ties` commands: forecasts of decisions that are known by now, and their scores."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.bar import bar_of
from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError
from realpolitik.models.bargaining.pooled import shipped
from realpolitik.record.backtest import POOLED, YARDSTICK, Backtest, backtest, learned
from realpolitik.record.capabilities import TABLES
from realpolitik.record.measures import Measures, as_json, measures
from realpolitik.record.shipped_scores import scores_of
from realpolitik.record.threats import LAST_YEAR, Threats, threats
from realpolitik.record.threats import as_json as threats_as_json
from realpolitik.report.backtest import write_backtest

__all__ = ["deu", "ties"]

SHOWN = (YARDSTICK, POOLED)
"""Models whose scores are shown by kind of issue."""


def deu(
    file: Path,
    *,
    table: str,
    parameters: bool,
    learn_to: Path | None,
    scores_to: Path | None,
    page: Path | None,
    plain: bool,
) -> None:
    """Score every bargaining model and the pooled forecast on decisions of the form of DEU.

    Parameters
    ----------
    file : the decisions.
    table : name of the capability table.
    parameters : whether to score the parameters that come with Realpolitik instead of learning without each dossier.
    learn_to : where to write the parameters that were learned from all of the file.
    scores_to : where to write the scores that reports put beside the models.
    page : where to write a page with charts.
    plain : whether to print JSON.

    Raises
    ------
    RealpolitikError : the file is faulty, or something cannot be written.
    """
    if parameters and learn_to is not None:
        raise ContestError("--shipped and --learn exclude each other: score parameters that exist, or learn new ones.")
    if parameters and scores_to is not None:
        raise ContestError("--shipped and --scores exclude each other: reports show scores out of sample only.")
    with bar_of("models", 1) as bar:
        found = backtest(file, table=table, given=shipped() if parameters else None, progress=bar.by)
    if learn_to is not None:
        write_whole(learn_to, learned(found.data, table, _command(file, table, "--learn", learn_to)).dumped())
    if scores_to is not None:
        write_whole(scores_to, scores_of(found, _command(file, table, "--scores", scores_to)).dumped())
    if page is not None:
        write_backtest(found, file.name, page)
    if plain:
        typer.echo(json.dumps(as_json(found), indent=2, allow_nan=False))
        return
    _print(found, file)
    for path in (learn_to, scores_to, page):
        if path is not None:
            show.console().print(f"{escape(str(path))} written.")


def _command(file: Path, table: str, option: str, to: Path) -> str:
    """What makes a file again."""
    command = f"realpolitik evaluate deu {shlex.quote(file.name)} {option} {shlex.quote(to.name)}"
    return command if table == next(iter(TABLES)) else f"{command} --capabilities {table}"


def _print(found: Backtest, file: Path) -> None:
    out, data = show.console(), found.data
    counted = f"{len(data.issues)} issues in {len(set(found.dossiers))} dossiers"
    out.print(f"[bold]{escape(file.name)}[/bold]: {counted}; capabilities: {TABLES[found.capabilities]}.")
    left = [
        f"{number} {what}"
        for number, what in (
            (data.no_issue, "without a dossier"),
            (data.without_outcome, "without an outcome"),
            (data.too_few, "with fewer than 3 positions"),
        )
        if number
    ]
    if left:
        out.print(f"Left out: rows {', '.join(left)}.")
    if data.filled:
        out.print(f"{data.filled} positions without salience took the mean salience of their issue.")
    out.print(_how(found))
    out.print(_models(found))
    partly = {scored.name: (int(scored.answers.sum()), scored.refusal) for scored in found.models.values()}
    for name, (answered, refusal) in {**partly, **{name: (0, why) for name, why in found.refused.items()}}.items():
        if refusal:
            out.print(f"{name} answers {answered}: {escape(refusal.partition('. ')[0])}.")
    out.print(_kinds(found))
    out.print(
        "Errors and CRPS are in points of the scale 0 to 100, less is better. Coverage counts the randomised PIT, "
        "which is right where outcomes lie on 0 or 100. Differences: 95 % intervals, whole dossiers resampled."
    )


def _how(found: Backtest) -> str:
    models = "Point models: their errors in the other dossiers are their distribution."
    if found.refitted:
        return f"{models} pooled: learned anew without each dossier."
    from_these = "this very file, so its scores are in sample" if found.in_sample else "another file"
    return f"{models} pooled: parameters that come with Realpolitik, learned from {from_these}."


def _models(found: Backtest) -> object:
    columns = ("issues", "MAE", "RMSE", "≤ 5", "≤ 10", "CRPS", "50 %", "80 %", "CRPS − compromise")
    table = show.listing("\nScores", ("model", "left"), *((name, "right") for name in columns))
    for name in found.models:
        part = measures(found, name)
        if part is not None:
            table.add_row(name, *_cells(part))
    return table


def _cells(part: Measures) -> tuple[str, ...]:
    return (
        str(part.n),
        f"{part.mae:.2f}",
        f"{part.rmse:.2f}",
        f"{part.within_5:.2f}",
        f"{part.within_10:.2f}",
        f"{part.crps:.2f}",
        f"{part.coverage_50:.2f}",
        f"{part.coverage_80:.2f}",
        part.against.written(2),
    )


def _kinds(found: Backtest) -> object:
    heads = [(name, "right") for name in SHOWN]
    title = "\nCRPS by kind of issue"
    table = show.listing(title, ("", "left"), ("", "left"), ("issues", "right"), *heads, ("difference", "right"))
    last = ""
    for group in found.groups:
        parts = [part for name in SHOWN if (part := measures(found, name, group)) is not None]
        label = group.label if group.label != last else ""
        cells = (*(f"{part.crps:.2f}" for part in parts), parts[-1].against.written(2))
        table.add_row(label, group.name, str(int(group.chosen.sum())), *cells)
        last = group.label
    return table


def ties(file: Path, *, plain: bool) -> None:
    """Score base rates and a logit on threats of sanctions, out of time.

    Parameters
    ----------
    file : the cases.
    plain : whether to print JSON.

    Raises
    ------
    RealpolitikError : the file is faulty.
    """
    found = threats(file)
    if plain:
        typer.echo(json.dumps(threats_as_json(found), indent=2, allow_nan=False))
    else:
        _print_threats(found, file)


def _print_threats(found: Threats, file: Path) -> None:
    out, data = show.console(), found.data
    out.print(
        f"[bold]{escape(file.name)}[/bold]: {data.rows:,} cases, {len(data.threats)} threats with an outcome; learned "
        f"from {found.learned_from} that began up to {LAST_YEAR}, scored on the others."
    )
    heads = ("cases", "came", "base", "Brier", "log", "logit", "log", "logit − base")
    table = show.listing("\nThreats of sanctions", ("", "left"), ("", "left"), *((name, "right") for name in heads))
    last = ""
    for part in found.parts:
        base, logit, against = part.scores["base-rate"], part.scores["logit"], part.logit_minus_base
        table.add_row(
            part.event if part.event != last else "",
            "less Art. 98" if part.without_article_98 else "all",
            str(part.n),
            f"{part.frequency:.2f}",
            f"{part.base_rate:.2f}",
            f"{base.brier:.3f}",
            f"{base.log:.3f}",
            f"{logit.brier:.3f}",
            f"{logit.log:.3f}",
            against.written(3),
        )
        last = part.event
    out.print(table)
    out.print(
        "Less is better. Art. 98: near-duplicate threats about surrender to the International Criminal Court. "
        "Differences of the Brier score: 95 % intervals, pairs of sender and target resampled."
    )

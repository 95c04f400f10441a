"""The commands that run a contest, make its page, and ask what moves it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from realpolitik.app.commands.options import AsJson, Draws, Folder, Given, Jobs, Seed, Set, given_values

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(short_help="Run a contest: what happens, how likely, and why.")
def forecast(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Save the run in this new folder.")] = None,
    jobs: Jobs = 1,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Where draws run: serial, processes, dask://HOST:PORT; left out: by the number of jobs.",
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False,
    given: Given = None,
) -> None:
    """Run a contest and say what happens, how likely, who decides it and what it hangs on."""
    from realpolitik.app import forecast_shown, running
    from realpolitik.contest.file import load
    from realpolitik.contest.guards import guard_of
    from realpolitik.forecast.summary import as_json as plain

    running.refuse(out, resume=resume, engine=engine, jobs=jobs)
    values = given_values(changes)
    contest = load(folder, values)
    if given is not None:
        guard_of(contest, given)
    chosen = engine or ("serial" if jobs == 1 else "processes")
    found = running.run(contest, draws, seed, out=out, resume=resume, engine=chosen, jobs=jobs, changes=values)
    if given is not None:
        from realpolitik.app.condition import answer

        answer(found, given, (), as_json)
    elif as_json:
        typer.echo(json.dumps(plain(found), indent=2))
    else:
        forecast_shown.shown(found)
    if out is not None and not as_json:
        typer.echo(f"\nRun saved in {out}. Make its page with: realpolitik report {shlex.quote(str(out))}")


@commands.command(short_help="Make one HTML page from a saved run.")
def report(
    run: Annotated[Path, typer.Argument(help="A run saved with 'forecast --out'.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The page; left out: report.html in the run.")] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what moves the outcomes, and what the evidence carries.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="OTHER", help="Also compare with another contest or saved run.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Also show how its sealed forecasts moved, and their scores.")
    ] = None,
) -> None:
    """Make one self-contained HTML page from a saved run.

    The draws are those of the run. For the sections on sensitivity and linchpins the contest is walked again, some
    hundred times; --quick leaves them out. The page says what it leaves out, and what adds it.
    """
    from realpolitik.app import page as steps

    typer.echo(str(steps.report(run, steps.Asked(out, quick, against, record))))


@commands.command(short_help="Suppose that something holds: the same draws, reweighted.")
def condition(
    run: Annotated[Path, typer.Argument(metavar="RUN|FOLDER", help="A saved run, or a contest that is run first.")],
    given: Given = None,
    pairs: Annotated[
        list[str] | None,
        typer.Option(metavar="CONDITION", help="Compare the outcomes if this holds and if not; may be repeated."),
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Say what happens, and how likely, if something holds; draws and seed count for a contest that is run first."""
    from realpolitik.app import condition as steps

    steps.run(run, given, pairs or [], draws=draws, seed=seed, plain=as_json)


@commands.command(short_help="Say which uncertain quantity moves which outcome.")
def sensitivity(
    folder: Folder,
    rows: Annotated[int, typer.Option(help="Rows of the design; rounded up to a power of two.")] = 4_096,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Say which uncertain quantity moves which outcome, alone and together with others, and how much is chance."""
    from realpolitik.app import sensitivity as steps

    steps.sensitivity(folder, rows=rows, seed=seed, changes=given_values(changes), plain=as_json)


@commands.command(short_help="Drop each claim, source and reader; see the forecast move.")
def linchpins(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Drop each claim, source and reader in turn, let what rests on it become unknown, and see the forecast move."""
    from realpolitik.app import sensitivity as steps

    steps.linchpins(folder, draws=draws, seed=seed, changes=given_values(changes), plain=as_json)


@commands.command(short_help="Compare two contests on the same worlds.")
def compare(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="A contest folder, or a run saved with 'forecast --out'.")
    ],
    after: Annotated[
        Path | None, typer.Argument(metavar="[B]", help="Another one; left out: the same with the values of --set.")
    ] = None,
    changes: Set = None,
    renamed: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="OLD=NEW", help="Count this outcome under that name; may be repeated."),
    ] = None,
    draws: Annotated[int | None, typer.Option(help="Possible worlds; left out: those of the run, or 10,000.")] = None,
    seed: Annotated[int | None, typer.Option(help="Left out: that of the run, or 1.")] = None,
    page: Annotated[Path | None, typer.Option("--report", metavar="OUT", help="Also write it as a page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two contests, or one with other values, draw by draw on the same worlds."""
    from realpolitik.app import compare as steps

    names = given_values(renamed, "OLD=NEW, two names of outcomes")
    asked = steps.Asked(before, after, given_values(changes), names, draws, seed, page)
    steps.run(asked, as_json)


@commands.command(short_help="Rank what one actor can do towards an outcome.")
def levers(
    folder: Folder,
    actor: Annotated[str, typer.Option(metavar="ACTOR", help="Who acts, by its key in the contest.")],
    toward: Annotated[str, typer.Option(metavar="OUTCOME", help="The outcome that it works towards.")],
    others: Annotated[
        float | None, typer.Option(help="Effort per step of somebody else; left out: by how much it outweighs ACTOR.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Rank what one actor can do towards an outcome, per unit of effort; all others are held fixed."""
    from realpolitik.app import levers as steps

    values = given_values(changes)
    steps.run(folder, actor, toward, others=others, draws=draws, seed=seed, changes=values, plain=as_json)


@commands.command(short_help="Pool several analysts' versions of a contest.")
def combine(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Versions of one contest, one an analyst.")],
    opinions: Annotated[
        list[str] | None,
        typer.Option("--opinion", metavar="'NAME: OUTCOME=0.2, …'", help="A crowd, say; may be repeated."),
    ] = None,
    base_rate: Annotated[
        str | None, typer.Option(metavar="'OUTCOME=0.2, …'", help="What extremising draws away from.")
    ] = None,
    weights: Annotated[
        list[str] | None, typer.Option("--weight", metavar="NAME=WEIGHT", help="Left out: 1; the base rate 0.")
    ] = None,
    extremise: Annotated[
        float | None, typer.Option(help="Factor on the log odds; left out: by the number of voices.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Pool several analysts' versions of one contest, and say which of their disagreements matter."""
    from realpolitik.app import combine as steps

    asked = steps.Asked(
        folders, opinions or [], base_rate, given_values(weights, "NAME=WEIGHT, e.g. crowd=2"), extremise, draws, seed
    )
    steps.run(asked, as_json)

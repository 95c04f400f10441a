"""The commands of the record: what was forecast, and what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.app.commands.options import AsJson, Day, Draws, Folder, Jobs, Seed, Set, given_values
from realpolitik.errors import ContestError

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(short_help="Ask a question that forecasts will be scored on.")
def question(
    folder: Folder,
    name: Annotated[
        str | None, typer.Argument(help="A new name; for --note the question or number of an entry.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="The question in words.")] = None,
    criteria: Annotated[str | None, typer.Option(help="When it counts as which answer.")] = None,
    source: Annotated[str | None, typer.Option(help="Who says what happened.")] = None,
    deadline: Annotated[str | None, typer.Option(help="The last day that counts, e.g. 2020-12-31.")] = None,
    event: Annotated[str | None, typer.Option(help="Ask whether this holds, e.g. 'notice and not sanctions'.")] = None,
    number: Annotated[str | None, typer.Option(help="Ask for this number, e.g. settlement.")] = None,
    base_rate: Annotated[
        list[str] | None, typer.Option(metavar="ANSWER=SHARE", help="How often such things happen; may be repeated.")
    ] = None,
    base_rate_of: Annotated[str | None, typer.Option(help="Of which cases the base rate is.")] = None,
    file: Annotated[Path | None, typer.Option(help="Ask the questions in this YAML file instead.")] = None,
    note: Annotated[str | None, typer.Option(help="Add a note instead; the question stays as it is.")] = None,
    hindsight: Annotated[bool, typer.Option("--hindsight", help="Ask even if the deadline has passed.")] = False,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question: criteria, source, deadline and answers are fixed, and only notes can be added later.

    Without --event and --number it asks which outcome of the contest comes about. Without a name, list the questions.
    """
    from realpolitik.app import record

    today = record.day_of(day)
    rates = given_values(base_rate, "ANSWER=SHARE, e.g. yes=0.2") or None
    fields = {"text": text, "criteria": criteria, "source": source, "deadline": deadline, "event": event,
              "number": number, "base_rate": rates, "base_rate_of": base_rate_of}  # fmt: skip
    if note is not None:
        if name is None or file is not None or any(value is not None for value in fields.values()):
            raise ContestError("--note needs the name of a question, or the number of an entry, and nothing else.")
        record.note(folder, name, note, today, as_json=as_json)
    elif name is None and file is None:
        record.questions(folder, as_json=as_json)
    else:
        record.ask(folder, record.filled(file, name, fields, "name"), today, hindsight=hindsight, as_json=as_json)


@commands.command(short_help="Put a forecast into the record, so that it cannot be changed.")
def seal(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    known: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="What is known to hold, e.g. resolution.passed.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="Anything to add.")] = None,
    jobs: Jobs = 1,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Run a contest and put the forecast into its record, with its answers to all open questions."""
    from realpolitik.app import forecast_shown, record
    from realpolitik.contest.file import load

    today, values = record.day_of(day), given_values(changes)
    chosen = "serial" if jobs == 1 else "processes"
    found = forecast_shown.with_progress(load(folder, values), draws, seed, engine=chosen, jobs=jobs, changes=values)
    record.seal(folder, found, today, known=known, note=note, as_json=as_json)


@commands.command(short_help="Write down what happened on a question.")
def resolve(
    folder: Folder,
    name: Annotated[str | None, typer.Argument(help="The question.")] = None,
    answer: Annotated[str | None, typer.Argument(help="yes, no, the outcome, or the number.")] = None,
    on: Annotated[str | None, typer.Option(help="The day on which it was settled; left out: --date.")] = None,
    source: Annotated[str | None, typer.Option(help="Who says so.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything to add; needed to correct an earlier answer.")] = None,
    file: Annotated[Path | None, typer.Option(help="Resolve the questions in this YAML file instead.")] = None,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Write down what happened; a second answer to a question is a dated correction, and the first one stays."""
    from realpolitik.app import record

    fields = {"answer": answer, "on": on, "source": source, "note": note}
    record.resolve(folder, record.filled(file, name, fields, "question"), record.day_of(day), as_json=as_json)


@commands.command(short_help="Check that nothing in a record was rewritten.")
def verify(
    folder: Folder,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A hash that you wrote down; it must still be there.")
    ] = None,
    run: Annotated[bool, typer.Option("--run/--no-run", help="Run every sealed forecast again.")] = True,
    as_json: AsJson = False,
) -> None:
    """Check the chain of a record, every digest and git's memory, and run every sealed forecast again."""
    from realpolitik.app import record

    record.check(folder, head=head, run=run, as_json=as_json)


@commands.command(short_help="Score sealed forecasts on what happened.")
def score(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Contest folders with a record.")],
    as_json: AsJson = False,
) -> None:
    """Score sealed forecasts: Brier, log, CRPS, calibration, against the base rate and earlier forecasts."""
    from realpolitik.app import scores

    scores.score(folders, as_json=as_json)


@commands.command(short_help="Show how the forecast moved, and why.")
def track(
    folder: Folder,
    why: Annotated[bool, typer.Option("--why/--no-why", help="Try out every change by itself.")] = True,
    as_json: AsJson = False,
) -> None:
    """Show how the sealed forecasts of a contest moved, and what each change did, on common random numbers."""
    from realpolitik.app import track as steps

    steps.track(folder, why=why, as_json=as_json)

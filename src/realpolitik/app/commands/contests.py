"""The commands that write and check a contest."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from realpolitik.app.commands.application import BAD_INPUT
from realpolitik.app.commands.options import AsJson, Draws, Folder, Seed, given_values
from realpolitik.errors import ContestError, Fault

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(short_help="Forecast the bundled contest on Iraq, 2020.")
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the bundled contest.")] = Path("realpolitik-demo"),
    draws: Draws = 10_000,
    seed: Seed = 1,
) -> None:
    """Forecast the bundled contest: will the United States be pushed out of Iraq?"""
    from realpolitik.app import demo as steps

    steps.run(folder, draws, seed)


@commands.command(short_help="Write a small, commented contest to start from.")
def new(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]) -> None:
    """Write a small, commented contest to start from."""
    from realpolitik.app.start import start_contest

    start_contest(folder)
    named = shlex.quote(str(folder))
    typer.echo(f"{folder}/contest.yaml written. Edit it, then:\n  realpolitik check {named}")
    typer.echo(f"  realpolitik forecast {named}")


@commands.command(short_help="Report every fault of a contest and its place.")
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Report every fault of a contest, each with its place and what is allowed."""
    from realpolitik.app import show
    from realpolitik.contest.file import load

    try:
        contest = load(folder)
    except ContestError as error:
        if not as_json:
            number = len(error.faults)
            raise ContestError((*error.faults, _count(number))) from None
        typer.echo(json.dumps({"faults": [show.fault(fault) for fault in error.faults]}, indent=2))
        raise typer.Exit(BAD_INPUT) from None
    if as_json:
        typer.echo(json.dumps({"faults": []}))
    else:
        typer.echo(f"{folder}: no faults. {show.contents(contest)}")


def _count(number: int) -> Any:

    return Fault((), f"{number} fault{'s' if number != 1 else ''} in all.")


@commands.command()
def schema(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it here instead of printing.")] = None,
) -> None:
    """Print the JSON Schema of contest.yaml, for editors."""
    from realpolitik.contest.located import write_whole
    from realpolitik.contest.schema import schema_text

    if out is None:
        typer.echo(schema_text(), nl=False)
    else:
        write_whole(out, schema_text())


@commands.command(short_help="Change values in a contest; comments are kept.")
def edit(
    folder: Folder,
    changes: Annotated[list[str], typer.Argument(metavar="PATH=VALUE…", help="New values by dotted path.")],
) -> None:
    """Change values in a contest file; comments are kept, and a faulty change is refused."""
    from realpolitik.contest.file import edit as change

    change(folder, given_values(changes))
    typer.echo(f"{folder}: {len(changes)} value{'s' if len(changes) != 1 else ''} changed.")

"""The command line: all commands in one application."""

from __future__ import annotations

from typing import Annotated

import typer

import realpolitik
from realpolitik.app.commands import contests, forecasts, institutions, records, reports, yardsticks
from realpolitik.app.commands.application import Commands

__all__ = ["app", "main"]

app = typer.Typer(
    cls=Commands,
    name="realpolitik",
    help="From reports to forecasts: a workbench for political contests.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (contests, reports, forecasts, institutions, records, yardsticks):
    app.add_typer(room.commands)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"realpolitik {realpolitik.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of ``realpolitik``."""
    app()

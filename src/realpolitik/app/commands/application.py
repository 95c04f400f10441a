"""How the application ends: exit codes, and one message for what the user can mend."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from realpolitik.errors import RealpolitikError

__all__ = ["BAD_INPUT", "Commands"]

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

BAD_INPUT = 2
"""Exit code for anything that the user can mend."""


class Commands(TyperGroup):
    """Turns what the user can mend into one message and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except RealpolitikError as error:
            typer.echo(f"realpolitik: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            typer.echo("\nrealpolitik: interrupted; nothing is half-written.", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(1) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            typer.echo(f"realpolitik: {place}{error.strerror or error}.", err=True)
            raise typer.Exit(BAD_INPUT) from None

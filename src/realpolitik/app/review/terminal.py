"""The terminal as the review needs it: a key, a line, and lines that fit."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Protocol

import typer
from rich.console import Console

from realpolitik.errors import ContestError

__all__ = ["LineTerminal", "Terminal", "refuse_pipes"]

ARROWS = {"\x1b[C": "n", "\x1b[D": "b", "\x1bOC": "n", "\x1bOD": "b"}
"""Right is next, left is back."""

NARROWEST, LOWEST = 16, 4
"""Columns and rows that are assumed even where there are fewer."""


class Terminal(Protocol):
    """What the review asks of a terminal; tests play it."""

    console: Console
    """Where it shows what there is."""

    height: int
    """Rows that fit."""

    marks: bool
    """Whether words are marked with brackets, because there is no colour."""

    def key(self) -> str:
        """One key, in lower case; empty at the end of input."""

    def line(self, prompt: str) -> str | None:
        """One line; None if the reviewer takes it back with Ctrl-D."""

    def clear(self) -> None:
        """An empty screen, where that is possible."""


def refuse_pipes() -> None:
    """Say that a person must sit there.

    Raises
    ------
    ContestError : input or output is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ContestError(
            "A review asks a person at a terminal, and this is none. For its state: review FOLDER --json."
        )


class LineTerminal:
    """The terminal that the program was started in."""

    def __init__(self) -> None:
        size = shutil.get_terminal_size((80, 24))
        self.height = max(LOWEST, size.lines)
        self.console = Console(width=max(NARROWEST, size.columns), highlight=False)
        self.marks = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown", "", None)

    def key(self) -> str:
        """One key, in lower case; empty at the end of input."""
        try:
            pressed = typer.getchar()
        except EOFError:
            return ""
        return ARROWS.get(pressed, pressed.lower())

    def line(self, prompt: str) -> str | None:
        """One line; None if the reviewer takes it back with Ctrl-D."""
        try:
            return input(prompt)
        except EOFError:
            typer.echo()
            return None

    def clear(self) -> None:
        """An empty screen, where that is possible."""
        if not self.marks:
            self.console.clear()
        else:
            self.console.print()

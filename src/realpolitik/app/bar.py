"""The bar on standard error for long work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

__all__ = ["Bar", "bar_of"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in hand; it shows nothing unless standard error is a terminal."""

    _errors: Console
    _progress: Progress
    _task: TaskID

    def to(self, done: float, planned: float | None = None) -> None:
        """So much is done, of so much if that has changed."""
        self._progress.update(self._task, completed=done, total=planned)

    def by(self, done: float) -> None:
        """So much more is done."""
        self._progress.advance(self._task, done)

    def say(self, text: str) -> None:
        """Put a line above the bar, on a terminal or not."""
        self._errors.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def bar_of(what: str, planned: float | None = None) -> Iterator[Bar]:
    """Show how far a piece of work is.

    Parameters
    ----------
    what : what is counted, such as "draws".
    planned : how many there are, if that is known at once; a bar to 1 shows no count.
    """
    errors = Console(stderr=True)
    count = () if planned == 1 else (MofNCompleteColumn(),)
    columns = (TextColumn("{task.description}"), BarColumn(), *count, TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        yield Bar(errors, progress, progress.add_task(what, total=planned))

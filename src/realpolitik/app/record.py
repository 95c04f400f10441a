"""The commands that keep a record: `question`, `seal`, `resolve`, `verify`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.bar import bar_of
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import parse_yaml, plain, read_text
from realpolitik.errors import ContestError, StorageError
from realpolitik.forecast.forecast import Forecast
from realpolitik.record import book as books
from realpolitik.record import seal as sealing
from realpolitik.record.ledger import RECORD, Entry
from realpolitik.record.nouns import Seal
from realpolitik.record.verify import verify

__all__ = ["ask", "check", "day_of", "filled", "home_of", "note", "print_seal", "questions", "resolve", "seal"]

SHORT = 12
"""Digits of a hash that are shown where the whole of it is not needed."""


def day_of(text: str | None) -> date:
    """The day that was given, or today.

    Raises
    ------
    ContestError : it is no date.
    """
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ContestError(f"'{text}' is no day. Write it as 2020-01-08.") from None


def home_of(folder: Path) -> Path:
    """The contest folder, also where the contest.yaml in it was named.

    Raises
    ------
    StorageError : there is no such folder, or it holds neither a contest nor a record.
    """
    home = folder.parent if folder.name == CONTEST else folder
    if not home.is_dir():
        found = "is a file, not a folder" if home.exists() else "does not exist"
        raise StorageError(f"{home} {found}. Name the folder of a contest.")
    if not (home / CONTEST).is_file() and not (home / RECORD).is_dir():
        raise StorageError(f"{home} has no {CONTEST} and no record. Name the folder of a contest.")
    return home


def filled(file: Path | None, name: str | None, fields: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """What was asked for as plain data: the entries of a YAML file by name, or the one of the command line.

    Raises
    ------
    ContestError : neither or both were given, or the file is no mapping of mappings.
    """
    given = {field: value for field, value in fields.items() if value is not None}
    if (file is None) == (name is None):
        raise ContestError("Name one on the command line, or several in a file with --file: one of the two.")
    if file is None:
        return [{key: name, **given}]
    if given:
        raise ContestError(
            f"With --file everything stands in the file; take away --{next(iter(given)).replace('_', '-')}."
        )
    held = plain(parse_yaml(read_text(file), str(file)))
    wrong = (
        [str(label) for label, entry in held.items() if not isinstance(entry, dict)] if isinstance(held, dict) else []
    )
    if not isinstance(held, dict) or wrong:
        raise ContestError(f"{file}: names with their fields are expected{f', not so in {wrong[0]}' if wrong else ''}.")
    return [{key: label, **entry} for label, entry in held.items()]


def ask(folder: Path, asked: list[dict[str, Any]], day: date, *, hindsight: bool, as_json: bool) -> None:
    """Ask questions."""
    entries = books.ask(home_of(folder), day, asked, load(folder), hindsight=hindsight)
    _print_entries(entries, as_json, lambda entry: f"Question '{entry.body['name']}' asked")


def note(folder: Path, name: str, text: str, day: date, *, as_json: bool) -> None:
    """Add a note."""
    _print_entries([books.noted(home_of(folder), day, name, text)], as_json, lambda _: f"Note on '{name}' added")


def questions(folder: Path, *, as_json: bool) -> None:
    """List the questions of a record."""
    found = books.book(home_of(folder)).questions.values()
    if as_json:
        rows = [
            {
                **asked.question.model_dump(mode="json"),
                "entry": asked.entry.number,
                "asked": asked.entry.day.isoformat(),
                "notes": [{"date": day.isoformat(), "text": text} for day, text in asked.notes],
                "resolution": None if asked.resolution is None else asked.resolution.model_dump(mode="json"),
            }
            for asked in found
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    columns = (("question", "left"), ("asked", "left"), ("deadline", "left"), ("answer", "left"), ("in words", "left"))
    table = show.listing("Questions", *columns)
    for asked in found:
        answer = "open" if asked.resolution is None else str(asked.resolution.answer)
        one = asked.question
        words = one.text + "".join(f" [{day}: {text}]" for day, text in asked.notes)
        table.add_row(escape(one.name), str(asked.entry.day), str(one.deadline), escape(answer), escape(words))
    if not table.row_count:
        typer.echo("No question was asked yet.")
    else:
        show.console().print(table)


def resolve(folder: Path, resolved: list[dict[str, Any]], day: date, *, as_json: bool) -> None:
    """Write down what happened."""
    entries = books.resolve(home_of(folder), day, resolved)
    _print_entries(entries, as_json, _resolved)


def _resolved(entry: Entry) -> str:
    answer = entry.body["answer"]
    return f"'{entry.body['question']}' resolved: {answer if isinstance(answer, str) else f'{answer:g}'}"


def _print_entries(entries: Sequence[Entry], as_json: bool, told: Callable[[Entry], str]) -> None:
    if as_json:
        rows = [
            {"entry": one.number, "date": one.day.isoformat(), "kind": one.kind, "sha256": one.sha256, **one.body}
            for one in entries
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    for entry in entries:
        typer.echo(f"{told(entry)} (entry {entry.number}, {entry.day}).")


def seal(folder: Path, found: Forecast, day: date, *, known: str | None, note: str | None, as_json: bool) -> None:
    """Seal a forecast."""
    entry, sealed = sealing.seal(home_of(folder), day, found, known=known, note=note)
    if as_json:
        _print_entries([entry], True, str)
        return
    print_seal(show.console(), entry, sealed)


def print_seal(out: Console, entry: Entry, sealed: Seal) -> None:
    """Show a sealed forecast."""
    given = f", given {sealed.known}" if sealed.known else ""
    out.print(
        f"Forecast sealed {entry.day} as entry {entry.number}: {sealed.draws:,} draws, seed {sealed.seed}{given}.\n"
    )
    table = show.listing(None, ("outcome", "left"), ("probability", "right"))
    for name, share in sealed.outcomes.items():
        table.add_row(escape(name), f"{100 * share:.1f} %")
    out.print(table)
    if sealed.answers:
        answered = show.listing("\nOpen questions", ("question", "left"), ("answer", "left"))
        for name, answer in sealed.answers.items():
            answered.add_row(escape(name), escape(_said(answer.probabilities, answer.points)))
        out.print(answered)
    out.print("\nWhoever writes this hash down can tell if any line up to here is ever changed:")
    out.print(entry.sha256)


def _said(probabilities: dict[str, float], points: Sequence[float]) -> str:
    if points:
        low, middle, high = np.quantile(points, (0.05, 0.5, 0.95))
        return f"median {middle:.1f}, 90 %: {low:.1f} to {high:.1f}"
    if set(probabilities) == {"yes", "no"}:
        return f"yes {100 * probabilities['yes']:.1f} %"
    return ", ".join(f"{name} {100 * share:.1f} %" for name, share in probabilities.items())


def check(folder: Path, *, head: str | None, run: bool, as_json: bool) -> None:
    """Verify a record.

    Raises
    ------
    ContestError : something was rewritten, or a forecast does not reproduce.
    """
    home = home_of(folder)
    with bar_of("draws") as bar:
        found = verify(home, known_head=head, run=run, progress=bar.by)
    if as_json:
        seals = [
            {"entry": one.entry.number, "date": one.entry.day.isoformat(), "verdict": again and again.verdict,
             "largest_difference": again and again.largest, "run_with": again and again.here}
            for one, again in found.seals
        ]  # fmt: skip
        whole = {
            "entries": len(found.ledger.entries),
            "head": found.ledger.head,
            "faults": [show.fault(fault) for fault in found.faults],
            "changed_since_last_seal": list(found.changed),
            "commits": found.history.commits,
            "uncommitted": found.history.uncommitted,
            "seals": seals,
        }
        typer.echo(json.dumps(whole, indent=2))
        if found.faults:
            raise typer.Exit(2)
        return
    if found.faults:
        raise ContestError(found.faults)
    out = show.console()
    many = len(found.ledger.entries)
    out.print(
        f"{many} entr{'y' if many == 1 else 'ies'}, each bound to the one before; nothing was altered or removed."
    )
    if found.history.commits:
        out.print(
            f"Git: {found.history.commits} commits of the ledger, each the beginning of the next; "
            f"{found.history.uncommitted} entries are not committed yet."
        )
    else:
        why = found.history.why or "the ledger was never committed"
        out.print(
            f"Git says nothing ({why}): that all of it was written anew can only be told by a hash kept elsewhere."
        )
    for sealed, again in found.seals:
        if again is not None:
            where = f" (with {again.here})" if again.here else ""
            out.print(
                f"Entry {sealed.entry.number}, sealed {sealed.entry.day}: reproduced, {again.verdict}{escape(where)}."
            )
    if found.changed:
        out.print(f"Changed since the last seal: {escape(', '.join(found.changed))}.")
    out.print(f"Last entry: {found.ledger.head}")

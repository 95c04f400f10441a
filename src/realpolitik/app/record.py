"""The commands that keep a record: `question`, `seal`, `resolve`, `verify`, `score`, `track`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
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
from realpolitik.record import scoring
from realpolitik.record import seal as sealing
from realpolitik.record import track as tracking
from realpolitik.record.ledger import RECORD, Entry
from realpolitik.record.nouns import Seal
from realpolitik.record.sheet import sheet
from realpolitik.record.verify import verify
from realpolitik.report.scores import SCORES
from realpolitik.report.track import TRACK

__all__ = [
    "ask",
    "check",
    "day_of",
    "filled",
    "home_of",
    "note",
    "print_seal",
    "print_step",
    "print_track",
    "questions",
    "resolve",
    "score",
    "seal",
    "track",
    "with_track",
]

SHORT = 12
"""Digits of a hash that are shown where the whole of it is not needed."""

MOST_MOVES = 8
"""Changes of a step that are listed; the rest is counted."""

SMALLEST = 0.0005
"""Change of a probability below which nothing is listed."""


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


def score(folders: Sequence[Path], *, as_json: bool) -> None:
    """Score records.

    Raises
    ------
    ContestError : a folder is named twice, or a record is not whole.
    """
    homes = [home_of(folder) for folder in folders]
    same = [home.resolve() for home in homes]
    if twice := [folder for folder, one in zip(folders, same, strict=True) if same.count(one) > 1]:
        raise ContestError(f"{twice[0]} is named {len(twice)} times, and it would count as often. Name it once.")
    found = scoring.score([books.book(home) for home in homes])
    if as_json:
        typer.echo(json.dumps(scoring.as_json(found), indent=2))
        return
    out = show.console()
    if not found.rows:
        out.print("Nothing to score: no question that a sealed forecast answers is resolved.")
    else:
        several = len(folders) > 1
        out.print(_score_table(found, several))
        if found.hindsight:
            out.print(
                "\n[bold]* Hindsight[/bold]: all of these forecasts were sealed after the fact. They show what such a "
                "forecast would have scored; they are no evidence of skill."
            )
        elif any(row.hindsight for row in found.rows):
            out.print("\n* sealed after the fact: hindsight, and not in the means.")
        _means(out, found)
    for label, rows in (("No sealed forecast answers", found.unanswered), ("Open", found.unresolved)):
        if rows:
            out.print(f"{label}: {escape(', '.join(name for _, name in rows))}.")


def _score_table(found: scoring.Scores, several: bool) -> Any:
    columns = [("question", "left"), ("sealed", "left"), ("said of what happened", "left"), ("happened", "left")]
    columns += [(name, "right") for name in ("Brier", "log", "CRPS", "base rate", "better")]
    table = show.listing("Scores (0 is best)", *columns)
    for row in found.rows:
        name = f"{row.folder.name}: {row.question.name}" if several else row.question.name
        late = " *" if row.hindsight else ""
        own, base = row.points.main, row.base.main if row.base else None
        better = (
            "–"
            if own is None or base is None
            else f"{base - own:+.3f}"
            if row.points.crps is None
            else f"{base - own:+.1f}"
        )
        answer = row.answer if isinstance(row.answer, str) else f"{row.answer:g}"
        if row.said.points:
            low, middle, high = np.quantile(row.said.points, (0.05, 0.5, 0.95))
            said = f"{middle:.1f} ({low:.1f} to {high:.1f})"
        else:
            said = f"{100 * row.said.probabilities[str(row.answer)]:.1f} %"
        cells = [_digits(row.points.brier), _digits(row.points.log), _digits(row.points.crps, 1)]
        rate = _digits(base, 3 if row.points.crps is None else 1)
        table.add_row(escape(name), f"{row.seal.entry.day}{late}", said, escape(answer), *cells, rate, better)
    return table


def _digits(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _means(out: Console, found: scoring.Scores) -> None:
    table = show.listing(
        "\nMeans",
        ("", "left"),
        ("questions", "right"),
        ("last forecast", "right"),
        ("first", "right"),
        ("base rate", "right"),
    )
    for name, label in (("brier", "Brier"), ("log", "log score"), ("crps", "CRPS")):
        last, first = found.mean(name), found.mean(name, "first")
        if last is not None and first is not None:
            table.add_row(label, str(last[2]), _digits(last[0]), _digits(first[0]), _digits(last[1]) or "–")
    out.print(table)
    against = found.against_base()
    if against is not None:
        out.print(
            f"Brier score less that of the base rate: {against.mean:+.3f} (95 % interval, drawing whole contests: "
            f"{against.low:+.3f} to {against.high:+.3f})."
        )
    parts = found.decomposed()
    if parts is None:
        return
    curve = show.listing(
        "\nCalibration, by event", ("forecast", "left"), ("mean", "right"), ("came", "right"), ("events", "right")
    )
    for one in found.calibration():
        low = min(int(one.probability * 10), 9) * 10
        curve.add_row(
            f"{low} to {low + 10} %", f"{100 * one.probability:.1f} %", f"{100 * one.frequency:.1f} %", str(one.n)
        )
    out.print(curve)
    out.print(
        f"Murphy: reliability {parts.reliability:.3f} (0 is best), resolution {parts.resolution:.3f} (large is good), "
        f"uncertainty {parts.uncertainty:.3f}."
    )


def track(folder: Path, *, why: bool, as_json: bool) -> None:
    """Show how the forecast moved."""
    home = home_of(folder)
    with bar_of("track", 1) as bar:
        found = tracking.steps(books.book(home), why=why, progress=bar.by)
    if as_json:
        typer.echo(json.dumps(tracking.as_json(found), indent=2))
    else:
        print_track(show.console(), found)


def print_track(out: Console, found: Sequence[tracking.Step]) -> None:
    """Show a track: probabilities by seal, then what moved them."""
    if not found:
        out.print("No forecast was sealed yet.")
        return
    names = list(dict.fromkeys(name for step in found for name in step.names))
    table = show.listing("Track", ("sealed", "left"), ("entry", "right"), *((escape(name), "right") for name in names))
    for step in found:
        shares = (step.sealed.seal.outcomes.get(name) for name in names)
        cells = ("–" if share is None else f"{100 * share:.1f} %" for share in shares)
        table.add_row(str(step.sealed.entry.day), str(step.sealed.entry.number), *cells)
    out.print(table)
    for step in found[1:]:
        print_step(out, step)


def with_track(found: Forecast, folder: Path) -> Forecast:
    """A forecast that carries the track of a record and its score sheet, for the report.

    Raises
    ------
    ContestError : the record is of another contest, or not whole.
    """
    held = books.book(home_of(folder))
    others = {one.seal.contest for one in held.seals} - {found.contest.contest}
    if others:
        raise ContestError(f"{folder}: the record is of the contest '{min(others)}', not of '{found.contest.contest}'.")
    with bar_of("the record", 1) as bar:
        moved = tracking.as_json(tracking.steps(held, progress=bar.by))
    told = {TRACK: moved, SCORES: sheet(held, found.manifest["contest_sha256"])}
    return replace(found, manifest=found.manifest | told)


def print_step(out: Console, step: tracking.Step) -> None:
    """Show what moved a forecast from the seal before to this one."""
    seal = step.sealed.seal
    out.print(f"\n[bold]What moved it by {step.sealed.entry.day}[/bold] (entry {step.sealed.entry.number})")
    if seal.note:
        out.print(escape(seal.note))
    if step.untold:
        out.print(f"It cannot be told: {escape(step.untold)}")
    if step.total and not step.moved:
        out.print("No number, condition or rule of the contest changed.")
    elif step.total:
        names = [one.outcome for one in step.total]
        table = show.listing(
            None, ("change", "left"), ("rests on", "left"), *((escape(name), "right") for name in names)
        )
        told = [one for one in step.moved if one.size >= SMALLEST]
        for one in told[:MOST_MOVES]:
            what = (
                f"{one.name}: {one.before or 'nothing'} → {one.after or 'nothing'}"
                if one.after or one.before
                else one.name
            )
            claims = ", ".join(f"{claim} (new)" if claim in one.new_claims else claim for claim in one.evidence[:4])
            table.add_row(
                escape(what), escape(claims or "judgement" * (one.name != "together")), *map(_change, one.effects)
            )
        table.add_row("in all", "", *map(_change, step.total))
        out.print(table)
        if len(told) > MOST_MOVES:
            out.print(f"{len(told) - MOST_MOVES} smaller changes are not shown.")
        still = len(step.moved) - len(told)
        if still:
            out.print(f"{still} change{'s' * (still != 1)} moved no outcome.")
    used = {claim for one in step.moved for claim in one.new_claims}
    idle = len(step.new_claims) - len(used)
    if step.new_claims:
        out.print(f"{len(step.new_claims)} new claims; no changed number rests on {idle} of them.")
    if step.lost_claims:
        out.print(f"{len(step.lost_claims)} claims were taken out.")


def _change(one: tracking.Effect) -> str:
    return f"{100 * one.change:+.1f} ± {100 * one.standard_error:.1f}"

"""`evaluate plover`: events beside the gold-standard records of PLOVER."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.evaluation import plover as events
from realpolitik.reading.english.parsing import parser

__all__ = ["run"]

MOST_CONFUSIONS = 8
"""Rows of the table of confusions."""


def run(file: Path, *, as_json: bool) -> None:
    """Measure the reader of events on PLOVER's gold-standard records.

    Raises
    ------
    ReadingError, StorageError : the file holds no such records.
    """
    found = events.measure(file, parser())
    if as_json:
        typer.echo(json.dumps(_as_json(found), indent=2))
    else:
        _print(found)


def _as_json(found: events.Yardstick) -> dict[str, object]:
    systems = {name: _figures(scores) for name, scores in found.systems.items()}
    ours, *others = systems.items()
    return {
        **ours[1],
        "n": found.n,
        "distinct": found.distinct,
        "source_n": found.with_source,
        "target_n": found.with_target,
        "types": {name: {"n": n, "right": right} for name, n, right in found.by_type},
        "baselines": dict(others),
    }


def _figures(scores: events.Scores) -> dict[str, float]:
    return {name: round(value, 4) for name, value in vars(scores).items()}


def _print(found: events.Yardstick) -> None:
    out = show.console()
    out.print(
        f"{found.n} sentences ({found.distinct} distinct); "
        f"{found.with_source} name a source, {found.with_target} a target"
    )
    columns = ("type", "macro F1", "source", "target", "source, close", "target, close", "answered")
    table = show.listing("", ("system", "left"), *((name, "right") for name in columns))
    for name, scores in found.systems.items():
        table.add_row(escape(name), *(f"{value:.3f}" for value in vars(scores).values()))
    out.print(table)
    types = show.listing("\nBy type", ("type", "left"), ("sentences", "right"), ("right", "right"))
    for kind, number, right in found.by_type:
        types.add_row(kind, str(number), str(right))
    out.print(types)
    if found.confusions:
        wrong = show.listing("\nMost frequent confusions", ("gold", "left"), ("ours", "left"), ("times", "right"))
        for gold, ours, times in found.confusions[:MOST_CONFUSIONS]:
            wrong.add_row(gold, ours, str(times))
        out.print(wrong)

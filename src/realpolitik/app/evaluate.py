"""The `evaluate` commands: how well reading does on a collection that the user holds."""

"""The `evaluate` commands: how well the reader does on collections that the user holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from realpolitik.app import show
from realpolitik.evaluation.attributing import OURS, Entry, compare
from realpolitik.evaluation.attribution_scores import KINDS, Miss, Score
from realpolitik.evaluation.polnear import Article, Ranges, articles
from realpolitik.reading.parsing import parser
from realpolitik.report.wording import count

__all__ = ["polnear"]

LONGEST_WORDS = 160
"""Characters of a stretch in the list of errors."""


def polnear(folder: Path, *, as_json: bool, misses: int) -> None:
    """Score attributions on PolNeAR and print the tables.

    Raises
    ------
    StorageError, ReadingError : the folder holds no such collection, or a file of it is broken.
    """
    collection = articles(folder)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    errors = Console(stderr=True)
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("articles", total=len(collection))
        entries = compare(
            collection, parser(), baselines=not as_json, progress=lambda done: bar.update(task, advance=done)
        )
    ours = entries[-1]
    if as_json:
        typer.echo(json.dumps({**ours.score.as_json(), "words_per_second": round(ours.words_per_second)}, indent=2))
        return
    _table(collection, entries)
    _classes(ours.score)
    if misses:
        _examples(collection, ours.score, misses)


def _table(collection: Sequence[Article], entries: Sequence[Entry]) -> None:
    out = show.console()
    score = entries[-1].score
    numbers = ", ".join(f"{score.numbers[kind]} {kind}" for kind in KINDS)
    out.print(f"{count(len(collection), 'article')}; attributions: {numbers}.")
    table = show.listing(
        None,
        ("", "left"),
        *((kind, "right") for kind in KINDS),
        ("content", "right"),
        ("matched", "right"),
        ("words/s", "right"),
    )
    for entry in entries:
        kinds = [
            f"{_share(entry.score.share_found(kind))}/{_share(entry.score.share_end_to_end(kind))}" for kind in KINDS
        ]
        content = (entry.score.content_precision, entry.score.content_recall, entry.score.content_f1)
        matched = _share(entry.score.precision)
        table.add_row(entry.name, *kinds, "/".join(map(_share, content)), matched, f"{entry.words_per_second:,.0f}")
    out.print(table)
    out.print(
        "Kinds: found / end to end, that is with the right speaker. Content: precision /\n"
        "recall / F1 of characters. Matched: share of what a system found that is gold."
    )


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else "1.00"


def _classes(score: Score) -> None:
    out = show.console()
    table = show.listing(f"\nErrors of {OURS}, by class", ("class", "left"), ("number", "right"))
    for kind, number in Counter(miss.kind for miss in score.misses).most_common():
        table.add_row(kind, f"{number:,}")
    out.print(table)


def _examples(collection: Sequence[Article], score: Score, most: int) -> None:
    texts = {article.name: article.text for article in collection}
    by_class: dict[str, list[Miss]] = {}
    for miss in score.misses:
        by_class.setdefault(miss.kind, []).append(miss)
    out = show.console()
    for kind, found in sorted(by_class.items()):
        out.print(f"\n[bold]{escape(kind)}[/bold]")
        for miss in islice(found, most):
            one = miss.gold or miss.found
            if one is not None:
                text = texts[miss.article]
                source, cue, content = (_words(text, part) for part in (one.source, one.cue, one.content))
                out.print(escape(f"- {miss.article}: [{source}] [{cue}] {content}"))


def _words(text: str, ranges: Ranges) -> str:
    words = " … ".join(" ".join(text[low:high].split()) for low, high in ranges)
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"

from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.evaluation import plover as events
from realpolitik.reading.parsing import parser

__all__ = ["plover"]

MOST_CONFUSIONS = 8
"""Rows of the table of confusions."""


def plover(file: Path, *, plain: bool) -> None:
    """Measure the reader of events on PLOVER's gold-standard records.

    Raises
    ------
    ReadingError, StorageError : the file holds no such records.
    """
    found = events.measure(file, parser())
    if plain:
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

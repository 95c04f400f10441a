"""`evaluate polnear`: quotations and attributions beside the annotations of PolNeAR."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.bar import bar_of
from realpolitik.evaluation.attributing import OURS, Entry, compare
from realpolitik.evaluation.attribution_scores import KINDS, Miss, Score
from realpolitik.evaluation.polnear import Article, Ranges, articles
from realpolitik.reading.english.parsing import parser
from realpolitik.report.wording import count

__all__ = ["run"]

LONGEST_WORDS = 160
"""Characters of a stretch in the list of errors."""


def run(folder: Path, *, as_json: bool, misses: int) -> None:
    """Score attributions on PolNeAR and print the tables.

    Raises
    ------
    StorageError, ReadingError : the folder holds no such collection, or a file of it is broken.
    """
    collection = articles(folder)
    with bar_of("articles", len(collection)) as bar:
        entries = compare(collection, parser(), baselines=not as_json, progress=bar.by)
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

"""The rules and the simple tools side by side on the articles of a collection, timed in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import process_time

from realpolitik.evaluation.attribution_scores import Found, Score, score
from realpolitik.evaluation.baselines import by_dependency, by_textacy, has_textacy, united
from realpolitik.evaluation.polnear import Article, Ranges
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import Parser
from realpolitik.reading.english.passages import Passage, passages

__all__ = ["OURS", "Entry", "compare"]

OURS = "realpolitik"


@dataclass
class Entry:
    """A system with its score and speed."""

    name: str
    score: Score
    words_per_second: float
    """Words of the articles by seconds of processor time, from the text to the attributions."""


@dataclass
class Run:
    """What a system found so far, and how long it took."""

    found: list[tuple[Article, list[Found]]] = field(default_factory=list)
    seconds: float = 0.0


def compare(
    articles: Sequence[Article], parse: Parser, *, baselines: bool = True, progress: Callable[[int], None] | None = None
) -> list[Entry]:
    """Score the rules, and the baselines that can run here, on the same parse.

    Parameters
    ----------
    articles : the collection.
    parse : the parser of English.
    baselines : whether to run the others too.
    progress : called with 1 after each article.

    Returns
    -------
    list of Entry : ours last.
    """
    runs: dict[str, Run] = {}
    parsing, words = 0.0, 0
    parse("Warm up.")
    for article in articles:
        started = process_time()
        parsed = passages(Document.from_text(article.text, article.name), parse)
        parsing += process_time() - started
        words += len(article.text.split())
        if baselines:
            _simple(article, parsed, runs)
        _ours(article, parsed, runs)
        if progress:
            progress(1)
    return [
        Entry(name, score(run.found), words / (parsing + run.seconds) if words else 0.0) for name, run in runs.items()
    ]


def _ours(article: Article, parsed: Sequence[Passage], runs: dict[str, Run]) -> None:
    _timed(runs, OURS, article, lambda: [_found(parsed, said) for said in attributions(parsed)])


def _simple(article: Article, parsed: Sequence[Passage], runs: dict[str, Run]) -> None:
    def raw(passage: Passage, found: Iterable[Found]) -> list[Found]:
        return [Found(*(_raw(passage, part) for part in one)) for one in found]

    def dependency() -> list[Found]:
        return [one for passage in parsed for one in raw(passage, by_dependency(passage.doc))]

    if not has_textacy():
        _timed(runs, "dependencies", article, dependency)
        return
    quoted = _timed(
        runs, "textacy", article, lambda: [one for passage in parsed for one in raw(passage, by_textacy(passage.doc))]
    )
    governed = _timed(runs, "dependencies", article, dependency)
    _timed(runs, "both", article, lambda: united(quoted, governed))
    runs["both"].seconds = runs["textacy"].seconds + runs["dependencies"].seconds


def _timed(runs: dict[str, Run], name: str, article: Article, work: Callable[[], list[Found]]) -> list[Found]:
    run = runs.setdefault(name, Run())
    started = process_time()
    found = work()
    run.seconds += process_time() - started
    run.found.append((article, found))
    return found


def _raw(passage: Passage, ranges: Ranges) -> Ranges:
    spans = [passage.span(low, high) for low, high in ranges if low < high]
    return tuple((span.start, span.end) for span in spans)


def _found(parsed: Sequence[Passage], said: Said) -> Found:
    def raw(*stretches: Stretch | None) -> Ranges:
        return tuple(
            place for part in stretches if part for place in _raw(parsed[part.passage], ((part.start, part.end),))
        )

    return Found(raw(*said.content), raw(said.source), raw(said.cue))

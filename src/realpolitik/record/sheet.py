"""The score sheet of one forecast: every question of its record, what it said, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from realpolitik.record.book import Asked, Book, Sealed
from realpolitik.record.scoring import Points, Scored, Scores, score

__all__ = ["TAILS", "sheet"]

TAILS = (0.05, 0.5, 0.95)
"""Ends and middle of a number that was forecast."""


def sheet(book: Book, contest_sha256: str) -> dict[str, Any] | None:
    """The score sheet as plain data; None if nothing was resolved.

    Parameters
    ----------
    book : the record.
    contest_sha256 : of the contest whose forecast is looked for. Taken is its first seal with nothing supposed; else
        the first seal of the record with nothing supposed; else the first that answers anything.
    """
    if not any(asked.resolution for asked in book.questions.values()):
        return None
    everything = score([book])
    chosen = _chosen(book, everything.rows, contest_sha256)
    rows = tuple(row for row in everything.rows if chosen is not None and row.seal.entry == chosen.entry)
    answered = {row.question.name for row in rows}
    own = Scores(rows, (), ())
    return {
        "seal": None if chosen is None else _seal(chosen, contest_sha256),
        "hindsight": own.hindsight,
        "rows": [_row(row, book.questions[row.question.name]) for row in rows],
        "means": {
            name: {"score": mean[0], "base_rate": mean[1], "n": mean[2], "last": _last(everything, rows, name)}
            for name in ("brier", "log", "crps")
            if (mean := _mean(rows, name)) is not None
        },
        "unanswered": [
            _resolved(asked) for name, asked in book.questions.items() if asked.resolution and name not in answered
        ],
        "open": [
            {"question": name, "text": asked.question.text, "deadline": asked.question.deadline.isoformat()}
            for name, asked in book.questions.items()
            if asked.resolution is None
        ],
    }


def _chosen(book: Book, rows: Sequence[Scored], contest_sha256: str) -> Sealed | None:
    """The seal whose answers are scored."""
    answering = [seal for seal in book.seals if any(row.seal.entry == seal.entry for row in rows)]
    plain = [seal for seal in answering if seal.seal.known is None]
    same = [seal for seal in plain if seal.seal.contest_sha256 == contest_sha256]
    return next(iter((*same, *plain, *answering)), None)


def _seal(chosen: Sealed, contest_sha256: str) -> dict[str, Any]:
    return {
        "entry": chosen.entry.number,
        "date": chosen.entry.day.isoformat(),
        "sha256": chosen.entry.sha256,
        "known": chosen.seal.known,
        "same_contest": chosen.seal.contest_sha256 == contest_sha256,
    }


def _mean(rows: Sequence[Scored], name: str) -> tuple[float, float | None, int] | None:
    """Mean score of these rows, that of their base rates, and their number."""
    told = [row for row in rows if getattr(row.points, name) is not None]
    if not told:
        return None
    based = [getattr(row.base, name) for row in told if row.base is not None]
    own = float(np.mean([getattr(row.points, name) for row in told]))
    return own, float(np.mean(based)) if len(based) == len(told) else None, len(told)


def _last(everything: Scores, rows: Sequence[Scored], name: str) -> float | None:
    """Mean score of the last forecasts of the same questions; None if these are the last."""
    questions = {row.question.name for row in rows}
    last = [row for row in everything.last if row.question.name in questions]
    if [row.seal.entry for row in last] == [row.seal.entry for row in rows] or len(last) != len(rows):
        return None
    mean = _mean(last, name)
    return None if mean is None else mean[0]


def _resolved(asked: Asked) -> dict[str, Any]:
    assert asked.resolution is not None
    return {
        "question": asked.question.name,
        "text": asked.question.text,
        "deadline": asked.question.deadline.isoformat(),
        "answer": asked.resolution.answer,
        "on": asked.resolution.on.isoformat(),
        "source": asked.resolution.source,
    }


def _row(row: Scored, asked: Asked) -> dict[str, Any]:
    points, options = row.said.points, row.said.probabilities
    return {
        **_resolved(asked),
        "hindsight": row.hindsight,
        "probability": options[str(row.answer)] if options else None,
        "quantiles": [float(value) for value in np.quantile(points, TAILS)] if points else None,
        "base_rate_of": row.question.base_rate_of,
        **_scores(row.points),
        "base": None if row.base is None else _scores(row.base),
    }


def _scores(points: Points) -> dict[str, float | None]:
    return {"brier": points.brier, "log": points.log, "crps": points.crps}

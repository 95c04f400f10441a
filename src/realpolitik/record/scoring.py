"""How good sealed forecasts were, on questions whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from realpolitik.record.book import Asked, Book, Sealed
from realpolitik.record.distributions import crps
from realpolitik.record.intervals import Mean, clustered_mean
from realpolitik.record.nouns import YES, Answer, Question
from realpolitik.record.probabilities import Bin, Murphy, brier, calibration_curve, log_score, murphy

__all__ = ["Points", "Scored", "Scores", "as_json", "score"]


@dataclass(frozen=True)
class Points:
    """Scores of one answer; 0 is best."""

    brier: float | None = None
    """Squared distance from what happened, summed over the possible answers and halved: a question of yes or no has its
    usual 0 to 1. None for a number."""

    log: float | None = None
    """Minus the logarithm of the probability of what happened. None for a number."""

    crps: float | None = None
    """Continuous ranked probability score in the unit of the number. None for any other question."""

    @property
    def main(self) -> float | None:
        """The Brier score, or for a number its CRPS."""
        return self.crps if self.brier is None else self.brier


@dataclass(frozen=True)
class Scored:
    """A sealed forecast on a question that is resolved."""

    folder: Path
    question: Question
    answer: str | float
    """What happened."""

    seal: Sealed
    said: Answer
    points: Points
    base: Points | None
    """Of the base rate; None for a number without a scale."""

    hindsight: bool
    """Sealed after it was settled, or after the deadline: no forecast."""


@dataclass(frozen=True)
class Scores:
    """All of them, and what they come to."""

    rows: tuple[Scored, ...]
    """In the order of questions and seals."""

    unanswered: tuple[tuple[Path, str], ...]
    """Resolved questions on which no sealed forecast has an answer."""

    unresolved: tuple[tuple[Path, str], ...]

    @property
    def hindsight(self) -> bool:
        """Whether there are answers, and all of them were sealed after the fact."""
        return bool(self.rows) and all(row.hindsight for row in self.rows)

    @property
    def last(self) -> tuple[Scored, ...]:
        """For each question the last forecast before it was settled; where all is hindsight, the last one at all."""
        kept: dict[tuple[Path, str], Scored] = {}
        for row in self.rows:
            if not row.hindsight or self.hindsight:
                kept[row.folder, row.question.name] = row
        return tuple(kept.values())

    @property
    def first(self) -> tuple[Scored, ...]:
        """For the same questions the first forecast."""
        kept: dict[tuple[Path, str], Scored] = {}
        for row in self.rows:
            if not row.hindsight or self.hindsight:
                kept.setdefault((row.folder, row.question.name), row)
        return tuple(kept.values())

    def mean(self, score: str, which: str = "last") -> tuple[float, float | None, int] | None:
        """Mean score, that of the base rate on the same questions, and their number; None if there are none."""
        rows = [row for row in getattr(self, which) if getattr(row.points, score) is not None]
        if not rows:
            return None
        based = [getattr(row.base, score) for row in rows if row.base is not None]
        own = float(np.mean([getattr(row.points, score) for row in rows]))
        return own, float(np.mean(based)) if len(based) == len(rows) else None, len(rows)

    def against_base(self) -> Mean | None:
        """Brier score less that of the base rate; interval by drawing whole contests, so None for a single one."""
        rows = [row for row in self.last if row.points.brier is not None and row.base is not None]
        if len({row.folder for row in rows}) < 2:
            return None
        differences = [row.points.brier - row.base.brier for row in rows]  # type: ignore[operator, union-attr]
        return clustered_mean(np.array(differences), [str(row.folder) for row in rows])

    def events(self) -> tuple[Any, Any]:
        """float[n] probabilities and whether the event came: yes of each yes-or-no question, each outcome of others."""
        said, came = [], []
        for row in self.last:
            for option in (YES,) if row.question.event is not None else row.question.outcomes:
                said.append(row.said.probabilities[option])
                came.append(float(option == row.answer))
        return np.array(said), np.array(came)

    def calibration(self) -> tuple[Bin, ...]:
        """How often events came, by tenths of the probability given to them."""
        said, came = self.events()
        return calibration_curve(said, came) if len(said) else ()

    def decomposed(self) -> Murphy | None:
        """Reliability, resolution and uncertainty of these events, in ten classes."""
        said, came = self.events()
        return murphy(said, came, 10) if len(said) else None


def score(books: Sequence[Book]) -> Scores:
    """Score every sealed forecast on every question that is resolved.

    Parameters
    ----------
    books : records of contest folders.
    """
    rows: list[Scored] = []
    unanswered, unresolved = [], []
    for book in books:
        for name, asked in book.questions.items():
            if asked.resolution is None:
                unresolved.append((book.folder, name))
                continue
            found = [_scored(book.folder, asked, seal) for seal in book.seals if name in seal.seal.answers]
            rows += found
            if not found:
                unanswered.append((book.folder, name))
    return Scores(tuple(rows), tuple(unanswered), tuple(unresolved))


def _scored(folder: Path, asked: Asked, sealed: Sealed) -> Scored:
    question, resolution = asked.question, asked.resolution
    assert resolution is not None
    said = sealed.seal.answers[question.name]
    late = (
        sealed.entry.day > min(resolution.on, question.deadline) or sealed.entry.number > asked.resolutions[0][0].number
    )
    points = _points(question, said, resolution.answer)
    base = _base(question)
    beside = None if base is None else _points(question, base, resolution.answer)
    return Scored(folder, question, resolution.answer, sealed, said, points, beside, late)


def _base(question: Question) -> Answer | None:
    if question.number is None:
        return Answer(probabilities=question.base())
    if question.scale is None:
        return None
    low, high = question.scale
    return Answer(points=tuple(float(value) for value in low + (high - low) * (np.arange(1000) + 0.5) / 1000))


def _points(question: Question, said: Answer, answer: str | float) -> Points:
    if question.number is not None:
        value = np.array([said.points])
        weight = np.full(value.shape, 1 / value.shape[1])
        return Points(crps=float(crps(value, weight, np.array([float(answer)]))[0]))
    p = np.array([said.probabilities[option] for option in question.options])
    came = np.array([float(option == answer) for option in question.options])
    happened = float(said.probabilities[str(answer)])
    logarithm = float(log_score(np.array([happened]), np.array([1.0]))[0])
    return Points(brier=float(brier(p, came).sum() / 2), log=logarithm)


def as_json(found: Scores) -> dict[str, Any]:
    """Scores as plain data."""
    against = found.against_base()
    parts = found.decomposed()
    return {
        "hindsight": found.hindsight,
        "means": {
            which: {
                name: None if mean is None else {"score": mean[0], "base_rate": mean[1], "n": mean[2]}
                for name in ("brier", "log", "crps")
                for mean in [found.mean(name, which)]
            }
            for which in ("last", "first")
        },
        "brier_minus_base_rate": None if against is None else vars(against),
        "murphy": None if parts is None else vars(parts),
        "calibration": [vars(one) for one in found.calibration()],
        "forecasts": [_row(row) for row in found.rows],
        "unanswered": [{"folder": str(folder), "question": name} for folder, name in found.unanswered],
        "unresolved": [{"folder": str(folder), "question": name} for folder, name in found.unresolved],
    }


def _row(row: Scored) -> dict[str, Any]:
    return {
        "folder": str(row.folder),
        "question": row.question.name,
        "seal": row.seal.entry.number,
        "date": row.seal.entry.day.isoformat(),
        "hindsight": row.hindsight,
        "answer": row.answer,
        "probabilities": dict(row.said.probabilities),
        "median": float(np.median(row.said.points)) if row.said.points else None,
        **vars(row.points),
        "base_rate": None if row.base is None else vars(row.base),
    }

"""A small contest folder with a record: questions, two seals, answers."""

import subprocess
from datetime import date
from pathlib import Path

from realpolitik.contest.file import load
from realpolitik.forecast.forecast import forecast
from realpolitik.record import book
from realpolitik.record.seal import seal
from tests.small import SMALL, change, folder

DAYS = [date(2020, 1, day) for day in range(9, 20)]
FIRST, SECOND, THIRD, FOURTH = DAYS[:4]

WORDS = {"text": "What happens?", "criteria": "As it says.", "source": "The gazette", "deadline": "2020-12-31"}

QUESTIONS = [
    {"name": "end", **WORDS},
    {"name": "notice", "event": "notice", "base_rate": {"yes": 0.2}, "base_rate_of": "five cases", **WORDS},
    {"name": "share", "number": "settlement", **WORDS},
]

TEXT = change(SMALL, ("  notice: {judgement: 0.3}\n  settlement: {bargain: exit, when: notice}",
                      "  notice: {judgement: 0.3}\n  settlement: {bargain: exit}"))  # fmt: skip
LATER = change(TEXT, ("judgement: 0.3", "judgement: 0.6"), ("salience: 0.5", "salience: 0.9"))


def asked(place: Path) -> Path:
    """A folder with questions only."""
    place.mkdir(exist_ok=True)
    folder(place, TEXT)
    book.ask(place, FIRST, QUESTIONS, load(place))
    return place


def sealed(place: Path, day: date = SECOND, known: str | None = None) -> None:
    """One seal more."""
    seal(place, day, forecast(load(place), 2_000, 7), known=known)


def whole(place: Path) -> Path:
    """Questions, two seals of different contests, a note, an answer and its correction."""
    asked(place)
    sealed(place)
    folder(place, LATER)
    sealed(place, THIRD)
    book.noted(place, THIRD, "end", "Counted at noon.")
    end = {"question": "notice", "answer": "yes", "on": "2020-01-12", "source": "The gazette"}
    book.resolve(place, FOURTH, [end, {"question": "share", "answer": 40, "source": "The gazette"}])
    book.resolve(place, FOURTH, [{**end, "answer": "no", "note": "It was withdrawn."}])
    return place


def git(place: Path, *words: str) -> None:
    """Run git in a folder."""
    identity = ("-c", "user.name=Ben Roe", "-c", "user.email=ben@arnor.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], cwd=place, check=True, capture_output=True)

"""Sealing a forecast, and running a sealed one again."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from realpolitik.contest.claims_file import CLAIMS
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import CONTEST
from realpolitik.contest.guards import guard_of
from realpolitik.errors import ContestError, ModelError, StorageError
from realpolitik.forecast.condition import condition
from realpolitik.forecast.draws import CHUNK
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.summary import as_json
from realpolitik.record import ledger
from realpolitik.record.book import Book, Sealed, body, filed
from realpolitik.record.ledger import CONTESTS, RECORD, Draft, Entry, digest
from realpolitik.record.nouns import Answer, Question, Seal

__all__ = [
    "POINTS",
    "Again",
    "Verdict",
    "again",
    "files_of",
    "kept",
    "kept_contest",
    "printed",
    "rerun",
    "seal",
    "where",
]

POINTS = 200
"""Mid-quantiles that a number is kept as."""

ROUNDING = 5
"""Draws that may fall on the other side of a limit because another platform rounds otherwise."""

Verdict = Literal["bit for bit", "same numbers", "within rounding", "not reproduced"]


@dataclass(frozen=True)
class Again:
    """What running a sealed forecast again gave."""

    verdict: Verdict
    """``bit for bit``: the printed JSON is the same; ``same numbers``: outcomes and answers are, the rest of it is not;
    ``within rounding``: probabilities differ by a few draws at most."""

    largest: float
    """Largest difference of a probability of an outcome."""

    here: str
    """What it was run with, where that differs from the seal; empty if nothing does."""


def printed(found: Forecast) -> str:
    """The JSON of a forecast as ``realpolitik forecast --json`` prints it, line feed included."""
    return json.dumps(as_json(found), indent=2) + "\n"


def kept_contest(contest: Contest) -> bytes:
    """A contest as the record keeps it; the SHA-256 of these bytes is the one in every manifest."""
    return json.dumps(contest.model_dump(mode="json"), ensure_ascii=False).encode()


def where() -> str:
    """The platform, as far as arithmetic may depend on it."""
    return f"{platform.system()} {platform.machine()}, Python {sys.version_info.major}.{sys.version_info.minor}"


def files_of(folder: Path, contest: Contest) -> dict[str, str]:
    """SHA-256 of the files that make up the folder, by path; a source that is not held is missing."""
    names = [CONTEST, CLAIMS, *(source.file for source in contest.sources.values() if source.file)]
    found = {}
    for name in dict.fromkeys(names):
        file = folder / name
        if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            found[name] = digest(file.read_bytes())
    return found


def seal(
    folder: Path, day: date, found: Forecast, *, known: str | None = None, note: str | None = None
) -> tuple[Entry, Seal]:
    """Put a forecast into the ledger, with its answers to every open question.

    Parameters
    ----------
    folder : the contest folder that the forecast was made from.
    day : of sealing.
    found : the forecast.
    known : what is known to hold; outcomes and answers are those of the draws in which it does.
    note : anything to add.

    Raises
    ------
    ContestError : ``known`` cannot be read, the ledger is not whole, or the forecast is of another contest.
    ModelError : too few draws agree with ``known``, or not all draws are held.
    """
    if found.partly is not None:
        raise ModelError(f"A seal rests on single draws. {found.partly} Seal a forecast of {found.draws:,} draws.")
    contest = found.contest
    agreeing = _agreeing(found, known)
    names = tuple(contest.outcomes)
    manifest = found.manifest

    def made(questions: Mapping[str, Question]) -> Seal:
        answers = {name: _answer(found, asked, agreeing) for name, asked in questions.items()}
        return Seal(
            contest=contest.contest,
            contest_sha256=manifest["contest_sha256"],
            files=files_of(folder, contest),
            draws=manifest["draws"],
            seed=manifest["seed"],
            chunk=manifest["chunk"],
            set=manifest["set"],
            versions=manifest["versions"],
            platform=where(),
            forecast_sha256=digest(printed(found)),
            known=known,
            outcomes=_shares(found, agreeing, names),
            answers={name: answer for name, answer in answers.items() if answer is not None},
            note=note,
        )

    sealed: list[Seal] = []

    def make(entries: tuple[Entry, ...]) -> list[Draft]:
        before = filed(folder, entries)
        others = {one.seal.contest for one in before.seals} - {contest.contest}
        if others:
            raise ContestError(f"{folder}: the record is of the contest '{min(others)}', not of '{contest.contest}'.")
        sealed.append(made(before.open))
        return [("seal", body(sealed[0]))]

    return ledger.append(folder, day, make, [kept_contest(contest)])[0], sealed[0]


def _agreeing(found: Forecast, known: str | None) -> NDArray[np.bool_]:
    if known is None:
        return np.ones(found.draws, dtype=np.bool_)
    condition(found, known)  # refuses where too few draws agree
    return holds(found, known)


def holds(found: Forecast, guard: str) -> NDArray[np.bool_]:
    """bool[draws]: where a condition in the language of guards holds.

    Raises
    ------
    ContestError : it cannot be read, or can never hold.
    """
    worlds = found.worlds

    def value(name: str) -> NDArray[Any]:
        shared = worlds.inputs.get(f"quantities.{name}")
        return worlds.results[name] if shared is None else shared

    return np.array(np.broadcast_to(guard_of(found.contest, guard).evaluate(value), found.draws), dtype=np.bool_)


def _shares(found: Forecast, agreeing: NDArray[np.bool_], names: tuple[str, ...]) -> dict[str, float]:
    ends = found.worlds.outcome[agreeing]
    return {name: float((ends == place).mean()) for place, name in enumerate(names)}


def _answer(found: Forecast, asked: Question, agreeing: NDArray[np.bool_]) -> Answer | None:
    """None where the contest does not speak of it any more."""
    try:
        if asked.event is not None:
            share = float(holds(found, asked.event)[agreeing].mean())
            return Answer(probabilities={"yes": share, "no": 1 - share})
        if asked.number is not None:
            values = found.worlds.results[asked.number][agreeing]
            there = values[~np.isnan(values)]
            if not len(there):
                return None
            levels = (np.arange(POINTS) + 0.5) / POINTS
            points = tuple(float(value) for value in np.quantile(there, levels))
            return Answer(points=points, share=len(there) / len(values))
    except (ContestError, KeyError):
        return None
    if set(asked.outcomes) != set(found.contest.outcomes):
        return None
    return Answer(probabilities=_shares(found, agreeing, tuple(found.contest.outcomes)))


def kept(folder: Path, sealed: Sealed) -> Contest:
    """The contest of a seal.

    Raises
    ------
    StorageError : the record has it no more, or it was altered.
    """
    file = folder / RECORD / CONTESTS / f"{sealed.seal.contest_sha256}.json"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {error.strerror}. Take it back from git.") from None
    if digest(data) != sealed.seal.contest_sha256:
        raise StorageError(f"{file} was altered after it was sealed. Take it back from git.")
    try:
        return Contest.model_validate_json(data)
    except (ValidationError, ContestError) as error:
        first = str(error).splitlines()[0]
        raise StorageError(f"{file} is no contest for this version of Realpolitik ({first}).") from None


def rerun(
    folder: Path, sealed: Sealed, *, draws: int | None = None, progress: Callable[[int], None] | None = None
) -> Forecast:
    """Run a sealed forecast again."""
    one = sealed.seal
    return forecast(kept(folder, sealed), draws or one.draws, one.seed, changes=dict(one.set), progress=progress)


def again(book: Book, sealed: Sealed, progress: Callable[[int], None] | None = None) -> Again:
    """Run a sealed forecast again and say whether it is the same.

    Raises
    ------
    StorageError : its contest is missing or was altered.
    """
    one = sealed.seal
    found = rerun(book.folder, sealed, progress=progress)
    agreeing = np.ones(found.draws, dtype=np.bool_) if one.known is None else holds(found, one.known)
    shares = _shares(found, agreeing, tuple(found.contest.outcomes)) if agreeing.any() else {}
    largest = max((abs(share - one.outcomes.get(name, 0.0)) for name, share in shares.items()), default=1.0)
    questions = {name: asked.question for name, asked in book.questions.items() if name in one.answers}
    answers = {name: _answer(found, asked, agreeing) for name, asked in questions.items()}
    same = shares == one.outcomes and answers == one.answers
    whole = digest(printed(found)) == one.forecast_sha256
    tolerated = ROUNDING / max(int(agreeing.sum()), 1)
    verdict: Verdict = "not reproduced"
    if same:
        verdict = "bit for bit" if whole else "same numbers"
    elif not whole and largest <= tolerated and _near(answers, one.answers, tolerated):
        verdict = "within rounding"
    return Again(verdict, largest, _elsewhere(one, found))


def _near(found: Mapping[str, Answer | None], sealed: Mapping[str, Answer], tolerated: float) -> bool:
    for name, old in sealed.items():
        new = found.get(name)
        if new is None or set(new.probabilities) != set(old.probabilities) or len(new.points) != len(old.points):
            return False
        if any(abs(new.probabilities[key] - share) > tolerated for key, share in old.probabilities.items()):
            return False
        width = old.points[-1] - old.points[0] if old.points else 0.0
        apart = np.abs(np.subtract(new.points, old.points))
        if apart.size and float(apart.mean()) > 1e-3 * max(width, 1e-9):
            return False
    return True


def _elsewhere(one: Seal, found: Forecast) -> str:
    versions = found.manifest["versions"]
    other = [
        f"{name} {versions.get(name)} for {old}" for name, old in one.versions.items() if versions.get(name) != old
    ]
    other += [f"{where()} for {one.platform}"] if where() != one.platform else []
    other += [f"chunks of {CHUNK} for {one.chunk}"] if one.chunk != CHUNK else []
    return "; ".join(other)

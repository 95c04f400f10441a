"""The record of the bundled forecast, kept when its end was known: questions, seals, answers, all in hindsight."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from realpolitik.app.record import filled
from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.contest.located import whole_folder
from realpolitik.forecast.forecast import Forecast, contest_hash
from realpolitik.record import book as books
from realpolitik.record.ledger import LEDGER, RECORD
from realpolitik.record.seal import seal

__all__ = ["AFTERWARDS", "keep_afterwards"]

AFTERWARDS = "-afterwards"
"""What the folder beside a bundled contest is called, after its name."""

NOTE = "As of 8 January 2020; sealed afterwards."


def keep_afterwards(folder: Path, name: str, found: Forecast) -> bool:
    """Ask what could be asked of a bundled contest, seal its forecast, and write down what happened.

    Parameters
    ----------
    folder : gets the record; one that is there stays as it is.
    name : of the bundled contest.
    found : its forecast.

    Returns
    -------
    bool : whether there is a record. None is begun of a contest that is no longer the bundled one.

    Raises
    ------
    RealpolitikError : the record cannot be written.
    """
    if (folder / RECORD / LEDGER).exists():
        return True
    home = bundled_contest(name)
    if contest_hash(found.contest) != contest_hash(load(home)):
        return False
    told = home.with_name(home.name + AFTERWARDS)
    day = date.today()
    with whole_folder(folder) as work:
        books.ask(work, day, _entries(told / "questions.yaml", "name"), found.contest, hindsight=True)
        seal(work, day, found, note=NOTE)
        for step in _entries(told / "known.yaml", "name"):
            seal(work, day, found, known=step["known"], note=f"{step['on']}: {step['note']}")
        books.resolve(work, day, _entries(told / "answers.yaml", "question"))
    return True


def _entries(file: Path, key: str) -> list[dict[str, Any]]:
    return filled(file, None, {}, key)

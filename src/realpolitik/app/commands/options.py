"""What several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.errors import ContestError, Fault

__all__ = ["AsJson", "Day", "Draws", "Folder", "Given", "Jobs", "Seed", "Set", "given_values"]

Folder = Annotated[Path, typer.Argument(help="A contest folder, or the contest.yaml in it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Draws = Annotated[int, typer.Option(help="Possible worlds.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same numbers.")]
Jobs = Annotated[int, typer.Option(help="Worker processes; the numbers do not depend on it.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Date of the entry; left out: today.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Use another value, e.g. pathway.notice.judgement=0.2"),
]
Given = Annotated[
    str | None, typer.Option("--given", metavar="CONDITION", help="Suppose this, e.g. 'resolution.passed and not bill'")
]


def given_values(
    pairs: list[str] | None, form: str = "PATH=VALUE, e.g. pathway.notice.judgement=0.2"
) -> dict[str, str]:
    """Values by name, as ``NAME=VALUE`` gives them; ``form`` says for messages what they are.

    Raises
    ------
    ContestError : with every pair that is none, or the name that is there twice.
    """
    wrong = [pair for pair in pairs or () if "=" not in pair or pair.startswith("=")]
    if wrong:
        raise ContestError([Fault((), f"'{pair}' is not {form}") for pair in wrong])
    values: dict[str, str] = {}
    for path, _, value in (pair.partition("=") for pair in pairs or ()):
        if path.strip() in values:
            raise ContestError([Fault((), f"'{path.strip()}' is given twice. Keep one.")])
        values[path.strip()] = value.strip()
    return values

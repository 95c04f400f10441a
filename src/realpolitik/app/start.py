"""New contest folders."""

from __future__ import annotations

from pathlib import Path

from realpolitik.contest.base import name_from
from realpolitik.contest.file import CONTEST
from realpolitik.contest.located import whole_folder
from realpolitik.contest.schema import SCHEMA, SCHEMA_LINE, schema_text
from realpolitik.errors import StorageError

__all__ = ["TEMPLATE", "refuse_taken", "start_contest", "write_folder"]

TEMPLATE = Path(__file__).parent / "new_contest.yaml"


def start_contest(folder: Path) -> None:
    """Write the commented example as a new contest.

    Raises
    ------
    StorageError : the folder exists or cannot be written.
    """
    name = name_from(folder.resolve().name, "contest")
    text = TEMPLATE.read_text(encoding="utf-8").replace("contest: my-contest", f"contest: {name}")
    write_folder(folder, {CONTEST: SCHEMA_LINE + text})


def write_folder(folder: Path, files: dict[str, str]) -> None:
    """Write a new contest folder with its schema; it is there whole or not at all.

    Parameters
    ----------
    folder : must not exist, or be empty.
    files : texts by relative path.

    Raises
    ------
    StorageError : the folder exists and is not empty, or cannot be written.
    """
    refuse_taken(folder)
    with whole_folder(folder) as work:
        for name, text in {**files, SCHEMA: schema_text()}.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(text, encoding="utf-8")


def refuse_taken(folder: Path) -> None:
    """Say at once that a new contest cannot go there.

    Raises
    ------
    StorageError : the folder exists and is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StorageError(f"{folder} exists already. Name a folder that does not exist yet.")

"""New contest folders."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from realpolitik.contest.file import CONTEST, SCHEMA, SCHEMA_LINE, schema_text
from realpolitik.errors import StorageError

__all__ = ["TEMPLATE", "start_contest", "write_folder"]

TEMPLATE = Path(__file__).parent / "new_contest.yaml"


def start_contest(folder: Path) -> None:
    """Write the commented example as a new contest.

    Raises
    ------
    StorageError : the folder exists or cannot be written.
    """
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in folder.resolve().name).strip("-").lower()
    text = TEMPLATE.read_text(encoding="utf-8").replace("contest: my-contest", f"contest: {name or 'my-contest'}")
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
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StorageError(f"{folder} exists already. Name a folder that does not exist yet.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            for name, text in {**files, SCHEMA: schema_text()}.items():
                (work / name).parent.mkdir(parents=True, exist_ok=True)
                (work / name).write_text(text, encoding="utf-8")
            work.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            os.rename(work, folder)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    except OSError as error:
        raise StorageError(f"{folder} cannot be written: {error.strerror}.") from None

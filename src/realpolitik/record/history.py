"""What git knows of a ledger: every version that was ever committed must be how the present one begins."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from realpolitik.errors import Fault
from realpolitik.record.ledger import LEDGER, RECORD

__all__ = ["History", "history"]

SECONDS = 60
"""After which git is given up on."""


@dataclass(frozen=True)
class History:
    """What git says of a ledger."""

    commits: int
    """Commits that changed it; 0 where it is in no repository or was never committed."""

    faults: tuple[Fault, ...] = ()
    uncommitted: int = 0
    """Entries that no commit holds yet."""

    why: str = ""
    """Why git could not be asked."""


def history(folder: Path) -> History:
    """Compare the ledger of a folder with every committed version of it.

    Nothing in the repository is run: only names of commits and raw contents are asked for.
    """
    home = folder / RECORD
    if not (home / LEDGER).exists() and not home.is_dir():
        return History(0, why="there is no record")
    try:
        revisions = _git(home, "rev-list", "HEAD", "--", LEDGER).decode("ascii").split()
        versions = [(revision, _blob(home, revision)) for revision in revisions]
    except FileNotFoundError:
        return History(0, why="git is not installed")
    except (OSError, subprocess.SubprocessError, ValueError):
        return History(0, why="the folder is in no git repository with commits")
    present = (home / LEDGER).read_bytes() if (home / LEDGER).exists() else b""
    faults = []
    for revision, data in versions:
        if data is None:
            faults.append(_fault(folder, f"was taken away in commit {revision[:10]}: a ledger is only ever added to."))
        elif not present.startswith(data):
            line = _first_difference(present, data)
            text = (
                f"is not what commit {revision[:10]} has from line {line} on: it was rewritten. Take it back from git."
            )
            faults.append(Fault((), text, str(home / LEDGER), line))
    newest = next((data for _, data in versions if data is not None), b"")
    uncommitted = present.count(b"\n") - newest.count(b"\n")
    return History(len(revisions), tuple(faults[:1]), max(uncommitted, 0))


def _fault(folder: Path, text: str) -> Fault:
    return Fault((), text, str(folder / RECORD / LEDGER))


def _first_difference(present: bytes, data: bytes) -> int:
    now, then = present.split(b"\n"), data.split(b"\n")
    return next((place for place, (a, b) in enumerate(zip(now, then, strict=False), 1) if a != b), len(now))


def _blob(home: Path, revision: str) -> bytes | None:
    """The ledger at a commit; None where the commit has none."""
    try:
        return _git(home, "cat-file", "blob", f"{revision}:./{LEDGER}")
    except subprocess.CalledProcessError:
        return None


def _git(home: Path, *words: str) -> bytes:
    quiet = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager", "--no-replace-objects")
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", *quiet, *words]
    return subprocess.run(command, cwd=home, env=plain, capture_output=True, check=True, timeout=SECONDS).stdout

"""What reviewers decided: ``review.jsonl`` beside the claims, one verdict a line, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationError

from realpolitik.contest.base import Noun, Text
from realpolitik.contest.claims_file import dump_claims
from realpolitik.contest.evidence import Claim
from realpolitik.contest.located import read_text
from realpolitik.errors import ContestError, Fault, StorageError

__all__ = ["LOG", "State", "Verdict", "add", "digest", "last", "read_log", "state"]

LOG = "review.jsonl"
MOST_BYTES = 50_000_000

State = Literal["open", "changed", "accepted", "corrected"]
"""Of a claim that is there: not judged, changed since it was judged, or judged."""


class Verdict(Noun):
    """A decision about one claim."""

    claim: Text
    """Id of the claim."""

    verdict: Literal["accepted", "corrected", "rejected"]
    """What was decided."""

    reviewer: Text
    """Who decided."""

    date: date
    """When."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the claim as it stands after the verdict, or stood when it was rejected."""

    was: Claim | None = None
    """The claim before it was corrected or rejected."""

    withdrawn: tuple[str, ...] = ()
    """Where the rejected claim was cited."""


def digest(claim: Claim) -> str:
    """SHA-256 of the claim's line."""
    return sha256(dump_claims([claim]).encode()).hexdigest()


def read_log(folder: Path) -> list[Verdict]:
    """All verdicts, in the order in which they were given; a line that a crash cut off does not count.

    Raises
    ------
    StorageError, ContestError : the log cannot be read, or a line is no verdict.
    """
    path = folder / LOG
    if not path.exists() or path.stat().st_size == 0:
        return []
    whole_lines = read_text(path, MOST_BYTES).split("\n")[:-1]
    found, faults = [], []
    for number, line in enumerate(whole_lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Verdict.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            keys = tuple(part for part in first["loc"] if isinstance(part, str | int))
            faults.append(Fault(keys, f"no verdict of a review: {first['msg']}", str(path), number))
    if faults:
        raise ContestError(faults)
    return found


def add(folder: Path, verdict: Verdict) -> None:
    """Add a verdict in one write; the rest of a line that a crash cut off is taken away first.

    Raises
    ------
    StorageError : the log cannot be written.
    """
    path = folder / LOG
    line = json.dumps(verdict.model_dump(mode="json", exclude_none=True, exclude_defaults=True), ensure_ascii=False)
    try:
        with path.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read() != b"\n":
                    file.seek(0)
                    file.truncate(file.read().rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write(f"{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None


def state(claim: Claim, verdicts: Mapping[str, Verdict]) -> State:
    """How a claim stands.

    Parameters
    ----------
    verdicts : the last verdict by claim, see :func:`last`.
    """
    verdict = verdicts.get(claim.id)
    if verdict is None:
        return "open"
    if verdict.verdict == "rejected" or verdict.digest != digest(claim):
        return "changed"
    return verdict.verdict


def last(verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """The last verdict about each claim."""
    return {verdict.claim: verdict for verdict in verdicts}

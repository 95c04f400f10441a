"""Texts of the sources that a contest folder holds, and whether the claims stand in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from realpolitik.contest.claims_file import CLAIMS
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, Source
from realpolitik.contest.located import read_text
from realpolitik.contest.validating import shown
from realpolitik.errors import Fault, StorageError

__all__ = ["MOST_SOURCE_BYTES", "source_faults", "texts"]

Place = Callable[[tuple[str | int, ...]], tuple[int | None, int | None]]
"""From a path in the contest to its line and column in the file."""

MOST_SOURCE_BYTES = 20_000_000


def texts(contest: Contest, folder: Path) -> dict[str, str]:
    """Raw texts of those sources that the folder holds, by source name.

    Raises
    ------
    StorageError : a text cannot be read or lies outside the folder.
    """
    return {name: _source_text(source, folder) for name, source in contest.sources.items() if source.file}


def _source_text(source: Source, folder: Path) -> str:
    try:
        root, path = folder.resolve(), (folder / str(source.file)).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise StorageError(f"{source.file!r} is not the path of a file: {error}.") from None
    if not path.is_relative_to(root):
        raise StorageError(f"{source.file} lies outside the contest folder. Copy it into the folder.")
    text = read_text(path, MOST_SOURCE_BYTES)
    if source.sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        raise StorageError(f"{source.file} has changed: its SHA-256 is not the one given in 'sources'.")
    return text


def source_faults(contest: Contest, file: Path, place: Place, lines: Mapping[str, int]) -> list[Fault]:
    """Texts that cannot be read, and claims whose words do not stand where they say."""
    faults = []
    folder = file.parent
    for name, source in contest.sources.items():
        if not source.file:
            continue
        try:
            raw = _source_text(source, folder)
        except StorageError as error:
            path = ("sources", name, "file")
            faults.append(Fault(path, str(error), str(file), *place(path)))
            continue
        for claim in contest.claims.values():
            if claim.document == name:
                faults += _span_faults(claim, raw, str(folder / CLAIMS), lines[claim.id])
    return faults


def _span_faults(claim: Claim, raw: str, file: str, line: int) -> list[Fault]:
    speaker = claim.speaker.span if claim.speaker else None
    spans = [*claim.spans, *claim.content, *(span for span in (claim.cue, speaker) if span)]
    return [
        Fault(
            (claim.id, "spans"),
            f"the source has {shown(raw[span.start : span.end])} at {span.start}–{span.end}, not {shown(span.text)}",
            file,
            line,
        )
        for span in spans
        if raw[span.start : span.end] != span.text
    ]

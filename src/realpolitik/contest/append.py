"""More sources and claims in a contest folder; what the analyst wrote stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from realpolitik.contest.change import changed
from realpolitik.contest.claims_file import CLAIMS, MOST_CLAIM_BYTES, dump_claims
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import read_text, write_whole
from realpolitik.errors import StorageError

__all__ = ["append"]


def append(folder: Path, sources: Mapping[str, Mapping[str, Any]], claims: Iterable[Claim]) -> Contest:
    """Add sources and claims to a contest; comments and layout are kept, and nothing is written unless it all fits.

    The file of claims is written last: if that fails, the contest has sources without claims, which is no fault, and
    the same call can be made again.

    Parameters
    ----------
    folder : the folder, or the contest.yaml in it.
    sources : entries of ``sources`` as plain data; those that the contest has already stay as they are.
    claims : of these sources; their lines stand behind those of the earlier claims.

    Returns
    -------
    Contest : as it is afterwards.

    Raises
    ------
    ContestError : the folder has faults, or would have.
    StorageError : a file cannot be read or written, or grows too large.
    """
    contest = load(folder)
    file = folder / CONTEST if folder.is_dir() else folder
    held = tuple(claims)
    missing = {name: entry for name, entry in sources.items() if name not in contest.sources}
    parts: dict[str, Any] = {name: getattr(contest, name) for name in type(contest).model_fields}
    parts["sources"] = {**contest.sources, **missing}
    parts["claims"] = {**contest.claims, **{claim.id: claim for claim in held}}
    after = Contest.model_validate(parts)
    lines = _lines(file.parent / CLAIMS, dump_claims(held))
    if missing:
        text, _ = changed(read_text(file), str(file), _entries(contest, missing))
        write_whole(file, text)
    if held:
        write_whole(file.parent / CLAIMS, lines)
    return after


def _entries(contest: Contest, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The changes that enter the sources, each as one value on one line."""
    if contest.sources:
        return {f"sources.{name}": _flow(entry) for name, entry in sources.items()}
    inner = ", ".join(f"{name}: {_flow(entry)}" for name, entry in sources.items())
    return {"sources": f"{{{inner}}}"}


def _flow(entry: Mapping[str, Any]) -> str:
    """A flat mapping on one line; a text in double quotes means the same in YAML as in JSON."""
    parts = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    return f"{{{', '.join(parts)}}}"


def _lines(file: Path, more: str) -> bytes:
    before = file.read_bytes() if file.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    found = before + more.encode()
    if len(found) > MOST_CLAIM_BYTES:
        raise StorageError(
            f"{file} would have {len(found):,} bytes; at most {MOST_CLAIM_BYTES:,} are read. Take out claims that "
            "nothing rests on, or begin another contest."
        )
    return found

"""Corrections and rejections in the files of a contest: other lines stay as they are, each file is written whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from realpolitik.contest.claims_file import CLAIMS, dump_claims
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import edit
from realpolitik.contest.located import parse_yaml, plain, read_text, write_whole
from realpolitik.contest.references import citations
from realpolitik.errors import StorageError

__all__ = ["citing", "replace_claim", "withdraw_claim"]

MOST_BYTES = 50_000_000


def citing(contest: Contest, id_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a claim is cited: dotted paths of lists of evidence, and claims that say it contradicts them."""
    lists = dict.fromkeys(".".join(map(str, path)) for path, ids in citations(contest) if id_ in ids)
    claims = tuple(claim.id for claim in contest.claims.values() if id_ in claim.contradicts)
    return tuple(lists), claims


def replace_claim(folder: Path, old: Claim, new: Claim) -> None:
    """Put a corrected claim in the place of the old one.

    Raises
    ------
    StorageError : the claim in the file is not the one that was shown, or the file cannot be written.
    """
    _rewrite(folder, {old: new})


def withdraw_claim(folder: Path, contest: Contest, claim: Claim) -> None:
    """Take a claim out of claims.jsonl, after everything that cites it has let go of it.

    Raises
    ------
    StorageError, ContestError : the files were changed meanwhile, do not fit, or cannot be written.
    """
    lists = {".".join(map(str, path)): ids for path, ids in citations(contest) if claim.id in ids}
    _rewrite(folder, {claim: claim})
    if lists:
        kept = {address: [id_ for id_ in ids if id_ != claim.id] for address, ids in lists.items()}
        edit(folder, {address: f"[{', '.join(map(_quoted, ids))}]" for address, ids in kept.items()})
    changes: dict[Claim, Claim | None] = {claim: None}
    for other in contest.claims.values():
        if claim.id in other.contradicts and other.id != claim.id:
            left = tuple(id_ for id_ in other.contradicts if id_ != claim.id)
            changes[other] = other.model_copy(update={"contradicts": left})
    _rewrite(folder, changes)


def _rewrite(folder: Path, changes: Mapping[Claim, Claim | None]) -> None:
    path = folder / CLAIMS
    before = {claim.id: claim for claim in changes}
    lines, found = [], set()
    text = read_text(path, MOST_BYTES)
    for line in text.split("\n"):
        id_ = _id(line)
        if id_ not in before:
            lines.append(line)
            continue
        found.add(id_)
        if Claim.model_validate_json(line) != before[id_]:
            raise StorageError(f"{path}: {id_} was changed while it was reviewed. Start the review again.")
        after = changes[before[id_]]
        if after == before[id_]:
            lines.append(line)
        elif after is not None:
            lines.append(dump_claims([after]).rstrip("\n") + ("\r" if line.endswith("\r") else ""))
    gone = sorted(before.keys() - found)
    if gone:
        raise StorageError(f"{path}: {gone[0]} is not there any more. Start the review again.")
    new = "\n".join(lines)
    if new != text:
        write_whole(path, new if new.strip() else "")


def _id(line: str) -> str | None:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return str(data.get("id")) if isinstance(data, dict) else None


def _quoted(id_: str) -> str:
    """The id as YAML reads it back as text."""
    is_text: Iterable[str] = plain(parse_yaml(f"[{id_}]", "id"))
    return id_ if is_text == [id_] else json.dumps(id_)

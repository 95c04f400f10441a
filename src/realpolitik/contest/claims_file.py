"""Claims of a contest in ``claims.jsonl``, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from realpolitik.contest.evidence import Claim
from realpolitik.contest.located import HALF_CHARACTER, read_text
from realpolitik.contest.validating import validated
from realpolitik.errors import Fault

__all__ = ["CLAIMS", "COMMON_KEYS", "MOST_CLAIM_BYTES", "dump_claims", "read_claims"]

CLAIMS = "claims.jsonl"


MOST_CLAIM_BYTES = 50_000_000


COMMON_KEYS = ("id", "kind", "document", "spans", "speaker", "cue", "content", "event", "status", "hedges", "reader")
"""Keys that every claim of an exchange has, empty or not."""


def read_claims(folder: Path) -> tuple[dict[str, Claim], list[Fault], dict[str, int]]:
    """Claims by id, what is wrong with the others, and the line of every id, counted from one.

    Parameters
    ----------
    folder : the contest folder; without a claims.jsonl there are no claims.
    """
    path = folder / CLAIMS
    if not path.exists() or path.stat().st_size == 0:
        return {}, [], {}
    claims: dict[str, Claim] = {}
    faults: list[Fault] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(read_text(path, MOST_CLAIM_BYTES).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line, object_pairs_hook=_whole_object)
        except (ValueError, RecursionError) as error:
            column = getattr(error, "colno", None)
            faults.append(Fault((), f"not a line of JSON: {getattr(error, 'msg', error)}", str(path), number, column))
            continue
        id_ = str(data.get("id", "")) if isinstance(data, dict) else ""
        claim, found = validated(TypeAdapter(Claim), data, (id_,) if id_ else (), Claim)
        faults += [Fault(fault.path, fault.message, str(path), number) for fault in found]
        if id_ in lines:
            text = f"this id stands in line {lines[id_]} already; ids must be unique"
            faults.append(Fault((id_,), text, str(path), number))
        elif id_:
            lines[id_] = number
        if claim is not None:
            claims[claim.id] = claim
    return claims, faults, lines


def _whole_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no key stands twice and no character is cut in half."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(other == key for other, _ in pairs) > 1)
        raise ValueError(f"the key '{twice}' stands there twice")
    if any(HALF_CHARACTER.search(text) for pair in pairs for text in pair if isinstance(text, str)):
        raise ValueError("half a character (a lone surrogate such as \\ud800)")
    return found


def dump_claims(claims: Iterable[Claim], *, common: bool = False) -> str:
    """One claim a line, empty fields left out.

    Parameters
    ----------
    common : keep :data:`COMMON_KEYS` where they are empty too, for programs that rely on them; an event keeps its
        type, source, target, status and date.
    """
    if not common:
        lines = [claim.model_dump_json(exclude_none=True, exclude_defaults=True) for claim in claims]
    else:
        lines = [json.dumps(_with_common(claim), ensure_ascii=False, separators=(",", ":")) for claim in claims]
    return "".join(f"{line}\n" for line in lines)


def _with_common(claim: Claim) -> dict[str, Any]:
    given = claim.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    whole = claim.model_dump(mode="json", include=set(COMMON_KEYS))
    found = {key: given.get(key, whole[key]) for key in COMMON_KEYS}
    if claim.event is not None:
        empty = dict.fromkeys(("type", "source", "target", "status", "date"))
        found["event"] = {**empty, **given["event"]}
    if claim.speaker is not None:
        found["speaker"] = {"actor": None, "span": None, **given["speaker"]}
    return found | given | {key: found[key] for key in ("event", "speaker")}

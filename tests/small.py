"""Small contests for tests: a text to start from, and folders to keep it in."""

import hashlib
import json
from pathlib import Path
from typing import Any

from realpolitik.contest.claims_file import CLAIMS
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import parse_yaml, plain
from realpolitik.errors import ContestError, Fault

SMALL = """\
contest: small
title: Who leaves?
as_of: 2020-01-08
horizon: 2020-12-31

actors:
  usa: {name: United States, kind: state}
  iran: {name: Iran, kind: state}

issues:
  exit:
    question: How much leaves?
    unit: percent
    scale: {0: nothing, 100: everything}
    positions:
      usa: {position: 0 to 30, salience: beta(9, 2), capability: 70 to 100}
      iran: {position: 100, salience: 0.5, capability: 40}

pathway:
  notice: {judgement: 0.3}
  settlement: {bargain: exit, when: notice}

outcomes:
  much: settlement >= 50
  little: otherwise
"""
"""Without faults; tests replace or add lines."""

CHAMBER = """\
chambers:
  house:
    seats: 10
    quorum: majority of seats
    passes: majority of present
    blocs:
      left: {seats: 6, attends: 0.9, yes: 0.8}
      right: {seats: 4, attends: 0.5, yes: 0.1, no: 0.8}

"""

THREAT = """\
threats:
  sanctions:
    {sender: usa, target: iran, demand: stay, sender_stake: 3, sender_cost: 1, sender_audience_cost: 2,
     target_stake: 4, target_cost: 10}

"""

CONFLICT = """\
conflicts:
  standoff:
    decision_makers: {usa: [leave, sanction], iran: [attack]}
    infeasible: [leave and sanction]
    one_way: [leave]
    status_quo: [sanction]
    preferences: {usa: [not attack, not leave], iran: [leave]}

"""


def change(text: str, *pairs: tuple[str, str]) -> str:
    """The text with each first string replaced by the second; the first must stand there exactly once."""
    for old, new in pairs:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands there {text.count(old)} times")
        text = text.replace(old, new)
    return text


def with_section(section: str, text: str = SMALL) -> str:
    """The text with a section before the pathway."""
    return change(text, ("pathway:\n", f"{section}pathway:\n"))


def folder(place: Path, text: str | bytes = SMALL, claims: str | None = None, **sources: str) -> Path:
    """Write a contest folder; sources by name of the file without ``.txt``."""
    (place / CONTEST).write_bytes(text.encode() if isinstance(text, str) else text)
    if claims is not None:
        (place / CLAIMS).write_bytes(claims.encode())
    for name, words in sources.items():
        (place / f"{name}.txt").write_bytes(words.encode())
    return place


def contest(text: str = SMALL) -> Contest:
    """The contest of a text, without a folder."""
    return Contest.model_validate(plain(parse_yaml(text, "contest.yaml")))


def faults(place: Path) -> list[Fault]:
    """What :func:`load` finds wrong; empty if nothing is."""
    try:
        load(place)
    except ContestError as error:
        return list(error.faults)
    return []


def said(place: Path) -> list[str]:
    """The faults as ``line:column: path: message``."""
    return [
        f"{fault.line}:{fault.column}: {'.'.join(map(str, fault.path))}: {fault.message}" for fault in faults(place)
    ]


def claim(id_: str = "c1", text: str = "they left", start: int = 0, **fields: Any) -> str:
    """One line of claims.jsonl about the source ``report``."""
    span = {"start": start, "end": start + len(text), "text": text}
    line = {"id": id_, "kind": "actor", "document": "report", "spans": [span], **fields}
    return json.dumps(line, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()

"""The gold-standard records of PLOVER as they lie on disk: sentences with one coded event each.

The Open Event Data Alliance publishes them as one JSON file (PLOVER_GSR_CAMEO.txt, CC BY-SA 4.0): a list of records
with ``text``, ``event``, ``source`` and ``target``, in the types of version 0.5. The project holds none of the
sentences.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from realpolitik.errors import Fault, ReadingError, StorageError
from realpolitik.reading.events.lexicon import TYPES

__all__ = ["PRESENT_TYPE", "GoldEvent", "gold_events"]

PRESENT_TYPE = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT", "INVESTIGATE": "ACCUSE"}
"""Types of version 0.5 that have another name today; the others kept theirs."""

LARGEST_FILE = 50_000_000
"""Bytes."""


@dataclass(frozen=True)
class GoldEvent:
    """A sentence and the one event that its coders saw in it."""

    id: str
    text: str = field(repr=False)
    type: str
    """In the present 16 types."""

    source: tuple[str, ...]
    """Words of the sentence for who acts; several where they act together; empty where nobody is named."""

    target: tuple[str, ...]


def gold_events(path: Path) -> list[GoldEvent]:
    """All records that carry a sentence, as they come; records of documentation carry none and are skipped.

    Raises
    ------
    ReadingError : the file is no list of such records; every fault is named.
    StorageError : the file cannot be read.
    """
    records = _records(path)
    faults: list[Fault] = []
    found: list[GoldEvent] = []
    for number, record in enumerate(records):
        if not isinstance(record, dict):
            faults.append(
                Fault((number,), f"is {type(record).__name__}, not a record with 'text' and 'event'.", str(path))
            )
            continue
        text = record.get("text")
        if text is None:
            continue
        kind = record.get("event")
        present = PRESENT_TYPE.get(kind, kind) if isinstance(kind, str) else None
        if not isinstance(text, str) or not text.strip():
            faults.append(Fault((number, "text"), "is no sentence; leave the record out or give its text.", str(path)))
        elif present not in TYPES:
            known = ", ".join([*TYPES, *PRESENT_TYPE])
            faults.append(Fault((number, "event"), f"is {kind!r}, no type of PLOVER. Known: {known}.", str(path)))
        else:
            name = record.get("id")
            parts = (_actors(record.get("source")), _actors(record.get("target")))
            found.append(GoldEvent(name if isinstance(name, str) else str(number), text, present, *parts))
    if faults:
        shown = faults[:20]
        more = f"\nand {len(faults) - 20} more faults." if len(faults) > 20 else ""
        raise ReadingError("\n".join(str(fault) for fault in shown) + more)
    if not found:
        raise ReadingError(f"{path}: no record carries a 'text'. Give the JSON file of PLOVER's gold-standard records.")
    return found


def _records(path: Path) -> list[Any]:
    if path.is_dir():
        raise StorageError(f"{path} is a folder. Give the JSON file of PLOVER's gold-standard records.")
    if not path.exists():
        raise StorageError(f"{path}: no such file. Give the JSON file of PLOVER's gold-standard records.")
    if path.stat().st_size > LARGEST_FILE:
        raise StorageError(f"{path} has more than {LARGEST_FILE:,} bytes; that is no file of gold-standard records.")
    try:
        records = json.loads(path.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ReadingError(
            f"{path}: no JSON in UTF-8 ({error}). Give the JSON file of PLOVER's gold-standard records."
        ) from None
    if not isinstance(records, list):
        raise ReadingError(f"{path}: holds {type(records).__name__}, not a list of records.")
    return records


def _actors(value: object) -> tuple[str, ...]:
    """Texts of the actors of a role; a role that is missing, null or empty has none."""
    if not isinstance(value, list):
        return ()
    texts = [one.get("actorText") for one in value if isinstance(one, dict)]
    return tuple(text for text in texts if isinstance(text, str) and text.strip())

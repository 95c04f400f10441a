"""A file that holds one chamber or one conflict and nothing else, as a contest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from realpolitik.contest.base import name_from
from realpolitik.contest.change import Changes, changed
from realpolitik.contest.conflict import Conflict
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import CONTEST, built, checked, open_document, placed
from realpolitik.contest.located import plain
from realpolitik.contest.pathway import OTHERWISE
from realpolitik.contest.references import faults_of
from realpolitik.contest.validating import shown, validated
from realpolitik.errors import ContestError, Fault

__all__ = ["OWN_FORMS", "load_chamber", "load_conflict"]


def load_chamber(path: Path, changes: Changes | None = None) -> Contest:
    """Read a contest folder, or a YAML file that holds nothing but one chamber, named after the file.

    A chamber by itself becomes a contest of one vote; it has no shared quantities, actors or claims.

    Raises
    ------
    StorageError, ContestError : as for :func:`load`.
    """
    file, text, document = open_document(path)
    if changes:
        _, document = changed(text, str(file), changes)
    if not {"seats", "blocs"} & document.keys() or "contest" in document:
        return checked(file, document, changes)
    name = re.sub(r"[^A-Za-z0-9_]+", "-", file.stem).strip("-")
    name = name if re.match("[A-Za-z]", name) else f"chamber-{name}".strip("-")
    alone = {
        "contest": name,
        "title": str(document.get("name") or name),
        "as_of": date(2000, 1, 1),
        "horizon": date(2000, 1, 2),
        "chambers": {name: plain(document)},
        "pathway": {"vote": {"chamber": name}},
        "outcomes": {"passes": "vote.passed", "fails": OTHERWISE},
    }
    contest, faults = built(alone, document, {}, {}, file)
    if faults:
        inside = [replace(fault, path=fault.path[2:]) for fault in faults]
        raise ContestError(sorted(inside, key=lambda fault: (fault.line or 0, fault.column or 0)))
    return contest


OWN_FORMS = {"statements": "statements", "weights": "weights", "preferences": None}
"""Sections of a conflict in a file of its own that hold preferences, and the form that they hold."""


def load_conflict(path: Path, changes: Changes | None = None, *, unknown: str | None = None) -> Contest:
    """Read a contest folder, or a YAML file that holds nothing but one conflict, named after the file.

    A conflict by itself becomes a contest around it, whose pathway is of no interest; it has no claims, and its
    decision makers need not be declared. Beside the keys of a conflict it may have ``statements``, ``weights`` and
    ``unknown`` by decision maker.

    Parameters
    ----------
    path : the folder or the file.
    changes : values to use instead of those in the file.
    unknown : how unknown comparisons count, where a file of its own does not say it.

    Raises
    ------
    StorageError, ContestError : as for :func:`load`.
    """
    file, text, document = open_document(path)
    if changes:
        _, document = changed(text, str(file), changes)
    if file.name == CONTEST or "contest" in document:
        return checked(file, document, changes)
    name = name_from(file.stem, "conflict")
    noun, faults = _own_conflict(plain(document))
    if unknown is not None:
        noun["unknown_counts_as"] = unknown
    conflict, found = validated(TypeAdapter(Conflict), noun, (), Conflict)
    faults += found
    alone = Contest.model_construct(
        contest=name, title=name, as_of=date(2000, 1, 1), horizon=date(2000, 1, 2), pathway={}, outcomes={},
        conflicts={} if conflict is None else {name: conflict},
    )  # fmt: skip
    makers = noun.get("decision_makers")
    declared = {"actors": map(str, makers) if isinstance(makers, dict) else ()}
    faults += [replace(fault, path=fault.path[2:]) for fault in faults_of(alone, declared)]
    if faults:
        found_at = [
            placed(replace(fault, path=_own_path(fault.path, document)), document, {}, file) for fault in faults
        ]
        raise ContestError(sorted(found_at, key=lambda fault: (fault.line or 0, fault.column or 0)))
    return alone


def _own_conflict(document: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The keys of a conflict, with what a file of its own may say elsewhere put under ``preferences``."""
    noun = {str(key): value for key, value in document.items()}
    faults: list[Fault] = []
    given: dict[str, Any] = {}
    for section, form in OWN_FORMS.items():
        wishes = noun.pop(section, None) or {}
        if not isinstance(wishes, dict):
            faults.append(Fault((section,), f"found {shown(wishes)}, expected decision makers with what they prefer"))
            continue
        for maker, wish in wishes.items():
            if maker in given:
                text = f"'{maker}' needs exactly one of preferences, statements and weights; found two."
                faults.append(Fault((section, maker), text))
            given[maker] = wish if form is None else {form: wish}
    unknown = noun.pop("unknown", None) or {}
    for maker, states in unknown.items() if isinstance(unknown, dict) else ():
        wish = given.get(maker)
        if not isinstance(wish, list):
            faults.append(Fault(("unknown", maker), "only a ranking in 'preferences' can leave states uncompared"))
        else:
            given[maker] = {"ranking": wish, "unknown": states}
    return {**noun, "preferences": given}, faults


def _own_path(path: tuple[str | int, ...], document: Any) -> tuple[str | int, ...]:
    """Where in a file of its own something stands that the noun has under ``preferences``."""
    if path[:1] != ("preferences",) or len(path) < 2:
        return path
    maker, rest = path[1], path[2:]
    held = [section for section in OWN_FORMS if maker in (document.get(section) or {})]
    section = held[0] if held else "preferences"
    wish = (document.get(section) or {}).get(maker)
    return (section, maker, *(rest if isinstance(wish, dict) and section == "preferences" else rest[1:]))

"""Folder ⇄ contest. Every fault is named at file:line:column, all at once; comments are kept.

::

    contest.yaml     what the analyst wrote
    claims.jsonl     what the reports say, one claim a line
    sources/         the texts that may be shared
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from realpolitik.contest.change import Changes, changed
from realpolitik.contest.claims_file import CLAIMS, read_claims
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.located import locate, parse_yaml, plain, read_text, write_whole
from realpolitik.contest.references import faults_of
from realpolitik.contest.source_texts import source_faults
from realpolitik.contest.validating import part_of, what_for
from realpolitik.errors import ContestError, Fault, StorageError, nearest

__all__ = ["CONTEST", "built", "checked", "edit", "load", "open_document", "placed"]

CONTEST = "contest.yaml"


def load(folder: Path, changes: Changes | None = None) -> Contest:
    """Read a contest folder.

    Parameters
    ----------
    folder : the folder, or the contest.yaml in it.
    changes : values to use instead of those in the file, by dotted path; the file itself stays as it is.

    Raises
    ------
    StorageError : a file is missing, empty, binary or too large.
    ContestError : with every fault of all files.
    """
    path, text, document = open_document(folder)
    if changes:
        _, document = changed(text, str(path), changes)
    return checked(path, document, changes)


def edit(folder: Path, changes: Changes) -> None:
    """Change values in a contest file; comments and layout are kept, and nothing is written unless it all fits.

    Raises
    ------
    ContestError, StorageError, UnknownName : as :func:`load` and :func:`assign`.
    """
    path, text, _ = open_document(folder)
    text, document = changed(text, str(path), changes)
    checked(path, document, changes)
    write_whole(path, text)


def checked(path: Path, document: CommentedMap, changes: Changes | None = None) -> Contest:
    """The contest of a document and of the files beside it; a fault of a changed value is not laid on the file."""
    claims, faults, lines = read_claims(path.parent)
    contest, found = built(plain(document), document, claims, lines, path)
    faults = [*found, *faults, *source_faults(contest, path, lambda where: locate(document, where), lines)]
    if faults:
        faults = [_laid(fault, changes or {}) for fault in faults]
        raise ContestError(sorted(faults, key=lambda fault: (fault.file or "", fault.line or 0, fault.column or 0)))
    return contest


def _laid(fault: Fault, changes: Changes) -> Fault:
    keys = ".".join(map(str, fault.path))
    own = any(keys == address or keys.startswith(f"{address}.") for address in changes)
    return Fault(fault.path, fault.message, "changed value") if own else fault


def open_document(folder: Path) -> tuple[Path, str, CommentedMap]:
    path = folder / CONTEST if folder.is_dir() else folder
    if not path.exists():
        what = f"has no {CONTEST}" if folder.is_dir() else "does not exist"
        start = "" if folder.suffix else f" Start one with 'realpolitik new {folder}'."
        raise StorageError(f"{folder} {what}.{start}")
    text = read_text(path)
    document = parse_yaml(text, str(path))
    if not isinstance(document, CommentedMap):
        found = "only comments" if document is None else f"a {type(plain(document)).__name__}"
        raise ContestError([Fault((), f"found {found}, expected keys such as 'contest:' and 'actors:'", str(path), 1)])
    return path, text, document


def built(
    data: Any, document: CommentedMap, claims: dict[str, Claim], lines: Mapping[str, int], path: Path
) -> tuple[Contest, list[Fault]]:
    parts: dict[str, Any] = {"claims": claims}
    faults: list[Fault] = []
    fields = {name: field for name, field in Contest.model_fields.items() if name != "claims"}
    for key in data:
        if key not in fields:
            hint = f"Claims are kept in {CLAIMS}." if key == "claims" else nearest(str(key), fields)
            faults.append(Fault((str(key),), f"unknown key '{key}'. {hint}"))
    for key, field in fields.items():
        if key in data:
            parts[key], found = part_of(key, data[key])
            faults += found
        elif field.is_required():
            faults.append(Fault((), f"'{key}' is missing: {what_for(field.description)}"))
        if key not in parts or parts[key] is None:
            parts.pop(key, None)
            if not field.is_required():
                parts[key] = field.get_default(call_default_factory=True)
    lenient: dict[str, Any] = {"pathway": {}, "outcomes": {}} | parts
    declared = {key: [str(name) for name in data[key]] for key in fields if isinstance(data.get(key), dict)}
    contest = Contest.model_construct(**lenient)
    faults += faults_of(contest, {**declared, "claims": lines})
    return contest, [placed(fault, document, lines, path) for fault in faults]


def placed(fault: Fault, document: CommentedMap, lines: Mapping[str, int], path: Path) -> Fault:
    """The same fault with its file, line and column; the line is that of the claim where a claim is at fault."""
    if fault.path[:1] == ("claims",) and len(fault.path) > 1:
        where = fault.path[1:]
        return Fault(where, fault.message, str(path.parent / CLAIMS), lines.get(str(where[0])))
    return Fault(fault.path, fault.message, str(path), *locate(document, fault.path))

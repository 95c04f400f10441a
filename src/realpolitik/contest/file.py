"""Folder ⇄ contest. Every fault is named at file:line:column, all at once; comments are kept.

::

    contest.yaml     what the analyst wrote
    claims.jsonl     what the reports say, one claim a line
    sources/         the texts that may be shared
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.comments import CommentedMap

from realpolitik.contest.base import NAME, Name, Text, name_from
from realpolitik.contest.change import Changes, assign, changed
from realpolitik.contest.conflict import Conflict
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, Source
from realpolitik.contest.located import HALF_CHARACTER, locate, parse_yaml, plain, read_text, write_whole
from realpolitik.contest.pathway import OTHERWISE
from realpolitik.contest.references import faults_of
from realpolitik.errors import ContestError, Fault, StorageError, nearest

__all__ = [
    "CLAIMS",
    "CONTEST",
    "SCHEMA",
    "SCHEMA_LINE",
    "assign",
    "dump_claims",
    "edit",
    "load",
    "load_chamber",
    "load_conflict",
    "read_claims",
    "schema",
    "schema_text",
    "texts",
    "told",
    "write_whole",
]

CONTEST = "contest.yaml"
CLAIMS = "claims.jsonl"
SCHEMA = "contest.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema=./{SCHEMA}\n"
"""First line of a contest file: editors that know it complete and check what is typed."""

MOST_CLAIM_BYTES = 50_000_000
MOST_SOURCE_BYTES = 20_000_000

ALLOWED_NAMES = (
    "Names begin with a letter (A to Z, a to z) and hold such letters, digits, _ and single hyphens; 80 at most."
)


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
    path, text, document = _open(folder)
    if changes:
        _, document = changed(text, str(path), changes)
    return _checked(path, document)


def load_chamber(path: Path, changes: Changes | None = None) -> Contest:
    """Read a contest folder, or a YAML file that holds nothing but one chamber, named after the file.

    A chamber by itself becomes a contest of one vote; it has no shared quantities, actors or claims.

    Raises
    ------
    StorageError, ContestError : as for :func:`load`.
    """
    file, text, document = _open(path)
    if changes:
        _, document = changed(text, str(file), changes)
    if not {"seats", "blocs"} & document.keys() or "contest" in document:
        return _checked(file, document)
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
    contest, faults = _build(alone, document, {}, {}, file)
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
    file, text, document = _open(path)
    if changes:
        _, document = changed(text, str(file), changes)
    if file.name == CONTEST or "contest" in document:
        return _checked(file, document)
    name = name_from(file.stem, "conflict")
    noun, faults = _own_conflict(plain(document))
    if unknown is not None:
        noun["unknown_counts_as"] = unknown
    conflict, found = _validate(TypeAdapter(Conflict), noun, (), Conflict)
    faults += found
    alone = Contest.model_construct(
        contest=name, title=name, as_of=date(2000, 1, 1), horizon=date(2000, 1, 2), pathway={}, outcomes={},
        conflicts={} if conflict is None else {name: conflict},
    )  # fmt: skip
    makers = noun.get("decision_makers")
    declared = {"actors": map(str, makers) if isinstance(makers, dict) else ()}
    faults += [replace(fault, path=fault.path[2:]) for fault in faults_of(alone, declared)]
    if faults:
        placed = [_placed(replace(fault, path=_own_path(fault.path, document)), document, {}, file) for fault in faults]
        raise ContestError(sorted(placed, key=lambda fault: (fault.line or 0, fault.column or 0)))
    return alone


def _own_conflict(document: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The keys of a conflict, with what a file of its own may say elsewhere put under ``preferences``."""
    noun = {str(key): value for key, value in document.items()}
    faults: list[Fault] = []
    given: dict[str, Any] = {}
    for section, form in OWN_FORMS.items():
        wishes = noun.pop(section, None) or {}
        if not isinstance(wishes, dict):
            faults.append(Fault((section,), f"found {_shown(wishes)}, expected decision makers with what they prefer"))
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


def _checked(path: Path, document: CommentedMap) -> Contest:
    """The contest of a document and of the files beside it."""
    claims, faults, lines = read_claims(path.parent)
    contest, found = _build(plain(document), document, claims, lines, path)
    faults = [*found, *faults, *_source_faults(contest, path, document, lines)]
    if faults:
        raise ContestError(sorted(faults, key=lambda fault: (fault.file or "", fault.line or 0, fault.column or 0)))
    return contest


def _open(folder: Path) -> tuple[Path, str, CommentedMap]:
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


def _build(
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
            parts[key], found = _part(key, data[key])
            faults += found
        elif field.is_required():
            faults.append(Fault((), f"'{key}' is missing: {_what(field.description)}"))
        if key not in parts or parts[key] is None:
            parts.pop(key, None)
            if not field.is_required():
                parts[key] = field.get_default(call_default_factory=True)
    lenient: dict[str, Any] = {"pathway": {}, "outcomes": {}} | parts
    declared = {key: [str(name) for name in data[key]] for key in fields if isinstance(data.get(key), dict)}
    contest = Contest.model_construct(**lenient)
    faults += faults_of(contest, {**declared, "claims": lines})
    return contest, [_placed(fault, document, lines, path) for fault in faults]


def _placed(fault: Fault, document: CommentedMap, lines: Mapping[str, int], path: Path) -> Fault:
    """The same fault with its file, line and column; the line is that of the claim where a claim is at fault."""
    if fault.path[:1] == ("claims",) and len(fault.path) > 1:
        where = fault.path[1:]
        return Fault(where, fault.message, str(path.parent / CLAIMS), lines.get(str(where[0])))
    return Fault(fault.path, fault.message, str(path), *locate(document, fault.path))


def _part(key: str, value: Any) -> tuple[Any, list[Fault]]:
    """Validate one top-level key; in a section every entry by itself, so that one fault does not hide another."""
    entry = _entry_type(key)
    if entry is None:
        field = Contest.model_fields[key]
        whole: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        return _validate(TypeAdapter(whole), value, (key,), field.annotation)
    if not isinstance(value, dict):
        return None, [Fault((key,), f"found {_shown(value)}, expected names with what they stand for")]
    if not value and key in ("pathway", "outcomes"):
        return None, [Fault((key,), "nothing is declared here; at least one is needed")]
    faults: list[Fault] = []
    good: dict[str, Any] = {}
    for name, item in value.items():
        if str(name) in good:
            faults.append(Fault((key, str(name)), f"'{name}' stands there twice, once as a number"))
        if key == "outcomes":
            faults += _validate(TypeAdapter(Text), str(name), (key, str(name)), None)[1]
        else:
            _, wrong = _validate(TypeAdapter(Name), name, (key, str(name)), None)
            faults += [Fault(fault.path, f"'{name}' is no name. {ALLOWED_NAMES}") for fault in wrong]
        noun, found = _validate(TypeAdapter(entry), item, (key, str(name)), entry)
        faults += found
        if found:
            noun = _validate(TypeAdapter(entry), _mended(key, item, found), (), entry)[0]
        if noun is not None:
            good[str(name)] = noun
    return good, faults


def _mended(key: str, item: Any, faults: list[Fault]) -> Any:
    """The same entry with stand-ins for faulty positions and blocs, so that what refers to it can be checked too."""
    part = {"issues": "positions", "chambers": "blocs"}.get(key)
    if part is None or not isinstance(item, dict) or not isinstance(item.get(part), dict):
        return item
    parts = dict(item[part])
    for name in {fault.path[3] for fault in faults if len(fault.path) > 3 and fault.path[2] == part} & parts.keys():
        if part == "positions":
            scale = item.get("scale")
            ends = [key for key in scale if isinstance(key, int | float)] if isinstance(scale, dict) else []
            parts[name] = {"position": min(ends, default=0), "salience": 0, "capability": 0}
        elif isinstance(parts[name], dict):
            parts[name] = {"seats": parts[name].get("seats"), "attends": 0, "yes": 0}
    return {**item, part: parts}


def _entry_type(key: str) -> Any:
    """The type of the entries of a section; None where the key holds a single value."""
    annotation = Contest.model_fields[key].annotation
    arguments = get_args(annotation)
    return arguments[1] if get_origin(annotation) is dict else None


def _validate(adapter: TypeAdapter[Any], value: Any, path: tuple[str | int, ...], noun: Any) -> tuple[Any, list[Fault]]:
    try:
        return adapter.validate_python(value), []
    except ValidationError as error:
        return None, told(error, path, noun)


def told(error: ValidationError, path: tuple[str | int, ...], noun: Any) -> list[Fault]:
    """What is wrong with a noun, in words: found, allowed, and what a missing field is for.

    Parameters
    ----------
    path : keys down to the noun.
    noun : its class, or an annotation that holds one.
    """
    found = error.errors()
    deep = {details["loc"][: len(details["loc"]) - 1] for details in found}
    kept = [details for details in found if details["type"] != "too_short" or details["loc"] not in deep]
    return [_fault(details, path, noun) for details in kept]


def _fault(details: ErrorDetails, path: tuple[str | int, ...], noun: Any) -> Fault:
    inner = tuple(part for part in details["loc"] if part != "[key]")
    if noun is not None and not (isinstance(noun, type) and issubclass(noun, BaseModel)):
        noun = _model_inside(noun)
    holder = _holder(noun, inner[:-1]) if noun else None
    whole = (*path, *inner)
    match details["type"]:
        case "extra_forbidden":
            known = tuple(holder.model_fields) if holder else ()
            return Fault(whole, f"unknown key '{inner[-1]}'. {nearest(str(inner[-1]), known)}")
        case "missing":
            field = holder.model_fields.get(str(inner[-1])) if holder else None
            return Fault(whole, f"'{inner[-1]}' is missing: {_what(field.description if field else None)}")
        case "quantity" | "quantity_bounds" | "rule" | "expression":
            return Fault(whole, details["msg"])
        case "model_type" | "dict_type":
            return Fault(whole, f"found {_shown(details['input'])}, expected keys with values, as in 'key: value'")
        case "too_short" if not details["input"]:
            return Fault(whole, f"found nothing in it; at least {details['ctx']['min_length']} must be given")
        case "tuple_type":
            return Fault(whole, f"found {_shown(details['input'])}, expected a list, as in [first, second]")
        case "value_error":
            return Fault(whole, details["msg"].removeprefix("Value error, "))
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return Fault(whole, f"found {_shown(details['input'])}, expected a day, such as 2020-01-08")
        case "string_too_short" if not str(details["input"]).strip():
            return Fault(whole, f"found {_shown(details['input'])}, expected words")
        case "string_pattern_mismatch" if details["ctx"]["pattern"] == NAME:
            return Fault(
                whole,
                f"found {_shown(details['input'])}, expected a name: letters, digits, underscores and single hyphens, "
                "a letter first",
            )
        case _:
            message = details["msg"].removeprefix("Input ").removeprefix("should be ")
            return Fault(whole, f"found {_shown(details['input'])}, expected {message[:1].lower()}{message[1:]}")


def _what(description: str | None) -> str:
    return (description or "it must be given").strip().splitlines()[0]


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = repr(value) if isinstance(value, str) else str(value)
    return "nothing" if value is None else text if len(text) <= 60 else f"{text[:57]}…"


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    """The noun inside ``dict[Name, Position]``, ``Share | None``, ``tuple[Effect, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_inside(part))), None)


def _holder(noun: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel]:
    """The noun at the end of a path of keys."""
    for key in path:
        field = noun.model_fields.get(str(key))
        noun = (_model_inside(field.annotation) if field else None) or noun
    return noun


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
        claim, found = _validate(TypeAdapter(Claim), data, (id_,) if id_ else (), Claim)
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


def _source_faults(contest: Contest, file: Path, document: CommentedMap, lines: Mapping[str, int]) -> list[Fault]:
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
            faults.append(Fault(path, str(error), str(file), *locate(document, path)))
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
            f"the source has {_shown(raw[span.start : span.end])} at {span.start}–{span.end}, not {_shown(span.text)}",
            file,
            line,
        )
        for span in spans
        if raw[span.start : span.end] != span.text
    ]


def edit(folder: Path, changes: Changes) -> None:
    """Change values in a contest file; comments and layout are kept, and nothing is written unless it all fits.

    Raises
    ------
    ContestError, StorageError, UnknownName : as :func:`load` and :func:`assign`.
    """
    path, text, _ = _open(folder)
    text, document = changed(text, str(path), changes)
    _checked(path, document)
    write_whole(path, text)


COMMON_KEYS = ("id", "kind", "document", "spans", "speaker", "cue", "content", "event", "status", "hedges", "reader")
"""Keys that every claim of an exchange has, empty or not."""


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


def schema_text() -> str:
    """JSON Schema of contest.yaml as a text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of contest.yaml."""
    found = Contest.model_json_schema()
    found["properties"].pop("claims")
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return found

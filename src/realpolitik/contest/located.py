"""YAML that remembers where everything stands, read with limits.

Reports and contest files are untrusted. Aliases, tags and merges are refused, and size, depth and the number of values
are capped, so that a small file cannot unfold into a large one.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import Node

from realpolitik.contest import distribution
from realpolitik.errors import ContestError, Fault, StorageError

__all__ = [
    "HALF_CHARACTER",
    "as_yaml",
    "compose",
    "locate",
    "parse_yaml",
    "plain",
    "read_text",
    "whole_folder",
    "write_whole",
]

MOST_BYTES = 5_000_000
"""Largest file that is read as part of a contest."""

HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate: JSON and YAML can spell it, but no file can hold it."""

MOST_DEPTH = 24
"""Mappings and lists inside each other."""

MOST_VALUES = 30_000
"""Keys and values in one file; about five seconds of reading."""


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a UTF-8 file.

    Raises
    ------
    StorageError : missing, a folder, unreadable, too large, empty, binary.
    """
    try:
        if path.is_dir():
            raise StorageError(f"{path} is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise StorageError(f"{path} is a device or a pipe, not a file.")
        size = path.stat().st_size
        if size > most_bytes:
            raise StorageError(f"{path} has {size:,} bytes; at most {most_bytes:,} are read. Is it the right file?")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise StorageError(f"{path} does not exist.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from None
    if not raw.strip():
        raise StorageError(f"{path} is empty.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from None
    if "\0" in text:
        raise StorageError(f"{path} is a binary file, not text.")
    return text


SHIELD = str.maketrans({",": "\ue000", ":": "\ue001"})
UNSHIELD = str.maketrans({"\ue000": ",", "\ue001": ":"})


def _brackets(depth: int) -> str:
    inner = rf"|\({_brackets(depth - 1)}\)" if depth else ""
    return rf"(?:[^()\n]{inner})*+"


SHAPES = re.compile(
    rf"\b(?:normal|lognormal|uniform|triangular|beta|mixture)\({_brackets(distribution.MOST_DEPTH + 1)}\)"
)
"""A distribution with its brackets: its commas and colons are no YAML."""


def shield(text: str) -> str:
    """Let ``{salience: beta(9, 2)}`` be one value: hide commas and colons inside the brackets of a distribution."""
    return SHAPES.sub(lambda found: found.group().translate(SHIELD), text)


class _Constructor(RoundTripConstructor):
    """Names the place of a date or a number that cannot be."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            shown = str(node.value)
            text = f"'{shown[:40]}{'…' if len(shown) > 40 else ''}': {error}"
            raise ConstructorError(None, None, text, node.start_mark) from None


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 120
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    return yaml


def parse_yaml(text: str, file: str) -> Any:
    """Return the document with its comments and positions.

    Raises
    ------
    ContestError : not YAML, or beyond the limits; with line and column.
    """
    if taken := next((mark for mark in UNSHIELD if chr(mark) in text), None):
        line = text[: text.index(chr(taken))].count("\n") + 1
        raise ContestError([Fault((), f"the private character U+{taken:04X} is not allowed. Remove it.", file, line)])
    shielded = shield(text)
    try:
        _inspect(shielded, file)
        return _yaml().load(shielded)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        first = (error.problem or str(error)).strip().splitlines()[0]
        raise ContestError([Fault((), f"this is not valid YAML: {first}", file, *place)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ContestError([Fault((), f"this is not valid YAML: {first}", file)]) from None


def compose(text: str) -> Any:
    """The nodes of a text that :func:`parse_yaml` accepts; their marks count its characters."""
    return _yaml().compose(shield(text))


def _inspect(text: str, file: str) -> None:
    """Walk over the events without building anything, and refuse what is beyond the limits."""
    depth = values = 0
    for event in _yaml().parse(StringIO(text)):
        message = _refused(event)
        values += isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            message = f"nested more than {MOST_DEPTH} deep"
        elif values > MOST_VALUES:
            message = f"more than {MOST_VALUES:,} values"
        if message:
            mark = event.start_mark
            raise ContestError([Fault((), message, file, mark.line + 1, mark.column + 1)])


def _refused(event: Event) -> str | None:
    """What a contest file has no use for."""
    match event:
        case AliasEvent():
            return "aliases (*name) are not allowed. Write the value out, or share it under 'quantities'."
        case DocumentStartEvent() if event.version is not None or event.tags:
            return "directives (%YAML, %TAG) are not allowed. Remove the line."
        case MappingStartEvent() | SequenceStartEvent() | ScalarEvent() if event.tag is not None:
            return f"the tag {event.tag} is not allowed. Remove it."
        case ScalarEvent() if event.value == "<<" and event.implicit[0]:
            return "merges (<<) are not allowed. Write the values out."
        case ScalarEvent() if HALF_CHARACTER.search(event.value):
            return "half a character (a lone surrogate such as \\ud800) is not allowed. Remove it."
    return None


def plain(node: Any) -> Any:
    """The same document as built-in types."""
    match node:
        case dict():
            return {_scalar(key): plain(value) for key, value in node.items()}
        case list():
            return [plain(value) for value in node]
        case _:
            return _scalar(node)


def _scalar(value: Any) -> Any:
    if isinstance(value, str):
        return str(value).translate(UNSHIELD)
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value


def locate(document: Any, path: Iterable[str | int]) -> tuple[int | None, int | None]:
    """Line and column, from one, of the deepest part of the path that the document has."""
    node = document
    place: tuple[int | None, int | None] = (None, None)
    for key in path:
        found = _child(node, key)
        if found is None:
            continue
        key, place = found
        node = node[key]
    return place


def _child(node: Any, key: str | int) -> tuple[Any, tuple[int, int]] | None:
    """The key as the document spells it, and where it or its scalar value stands."""
    if isinstance(node, CommentedMap):
        fitting = [own for own in node if own == key or str(own) == str(key)]
        if not fitting:
            return None
        spelled = fitting[0]
        container = isinstance(node[spelled], CommentedMap | CommentedSeq)
        line, column = node.lc.key(spelled) if container else node.lc.value(spelled)
        return spelled, (line + 1, column + 1)
    if isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
        line, column = node.lc.item(key)
        return key, (line + 1, column + 1)
    return None


def as_yaml(document: Any, comments: Mapping[tuple[str, ...], str] | None = None) -> str:
    """Return the document as text, comments kept.

    Parameters
    ----------
    document : as :func:`parse_yaml` returns it, or plain mappings, lists and scalars.
    comments : further comments by the path of the key before which they stand; each line becomes one.
    """
    if comments:
        document = _commentable(document)
        for path, text in comments.items():
            holder = document
            for key in path[:-1]:
                holder = holder[key]
            holder.yaml_set_comment_before_after_key(path[-1], before=text, indent=2 * (len(path) - 1))
    stream = StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue().translate(UNSHIELD)


def _commentable(node: Any) -> Any:
    """The same mappings, such that comments can be put into them."""
    if isinstance(node, CommentedMap) or not isinstance(node, dict):
        return node
    return CommentedMap((key, _commentable(value)) for key, value in node.items())


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Lend a folder to write into that becomes ``folder`` in the end; that is there whole or not at all.

    Parameters
    ----------
    folder : does not exist, or is empty.

    Raises
    ------
    StorageError : the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            yield work
            work.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            os.rename(work, folder)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    except OSError as error:
        raise StorageError(f"{folder} cannot be written: {error.strerror}.") from None


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is either there whole or unchanged.

    Raises
    ------
    StorageError : the folder cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None

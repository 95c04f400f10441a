"""Other values in a contest file: everything that is not changed stays as the analyst laid it out.

A new value is put into the text itself, between the characters where the old one stood, or behind the last entry if
the key is new. The text is read again; if it does not say exactly what was asked for (a value of several lines, an old
value in block style), the whole document is written anew, with its comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from realpolitik.contest.located import as_yaml, compose, parse_yaml, plain
from realpolitik.errors import ContestError, UnknownName

__all__ = ["Changes", "assign", "changed"]

Changes = Mapping[str, str]
"""New values, as YAML text, by dotted path."""

Keys = tuple[Any, ...]


def changed(text: str, file: str, changes: Changes) -> tuple[str, Any]:
    """Return a text with other values, and its document.

    Parameters
    ----------
    text : YAML whose document is a mapping.
    file : name for messages.
    changes : new values by dotted path, see :func:`assign`.

    Raises
    ------
    ContestError : the text or a value is not YAML.
    UnknownName : a key on the way does not exist.
    """
    if len(changes) > 1 and (found := _at_once(text, file, changes)) is not None:
        return found
    document = parse_yaml(text, file)
    for address, value in changes.items():
        keys = _find(document, address)
        spliced = _spliced(text, document, keys, value.strip())
        assign(document, address, value)
        text, document = _agreeing(spliced, document, file)
    return text, document


def _at_once(text: str, file: str, changes: Changes) -> tuple[str, Any] | None:
    """The same with one look at the nodes for all changes; None where a value is no replacement of characters."""
    document, root = parse_yaml(text, file), compose(text)
    edits = []
    for address, value in changes.items():
        try:
            keys = _find(document, address)
        except UnknownName:
            return None
        holder, place = root, document
        for key in keys:
            if isinstance(place, dict) and key not in place:
                return None
            holder, place = _child(holder, place, key), place[key]
        start, end = holder.start_mark.index, holder.end_mark.index
        if start == end or not value.strip() or "\n" in value.strip() or not _in_line(holder):
            return None
        edits.append((start, end, value.strip()))
    edits.sort(reverse=True)
    if any(before[1] > after[0] for after, before in pairwise(edits)):
        return None
    spliced = text
    for start, end, value in edits:
        spliced = spliced[:start] + value + spliced[end:]
    for address, value in changes.items():
        assign(document, address, value)
    return _agreeing(spliced, document, file)


def _agreeing(spliced: str | None, document: Any, file: str) -> tuple[str, Any]:
    """The spliced text if it says the same as the document, else the document written anew."""
    if spliced is not None:
        try:
            read = parse_yaml(spliced, file)
        except ContestError:
            read = None
        if plain(read) == plain(document):
            return spliced, read
    text = as_yaml(document)
    return text, parse_yaml(text, file)


def assign(document: Any, address: str, value: str) -> None:
    """Put a value at a dotted path of a document.

    Parameters
    ----------
    document : as :func:`realpolitik.contest.located.parse_yaml` returns it; changed in place.
    address : keys joined by dots, e.g. ``issues.us-forces.positions.usa.salience``; a key may itself hold dots.
    value : YAML text of the new value, e.g. ``0.4 to 0.6``.

    Raises
    ------
    ContestError : the value is not YAML.
    UnknownName : a key on the way does not exist.
    """
    *way, key = _find(document, address)
    node = document
    for step in way:
        node = node[step]
    node[key] = parse_yaml(value, f"{address}=") if value.strip() else None


def _find(document: Any, address: str) -> Keys:
    """The keys of a dotted path; only the last one may be new, and only in a mapping."""
    node, rest = document, address
    keys: list[Any] = []
    if not all(address.split(".")):
        raise UnknownName("value", address, [str(own) for own in _keys(document)])
    while (step := _longest_key(node, rest)) is not None:
        key, rest = step
        keys.append(key)
        if not rest:
            return tuple(keys)
        if not isinstance(node[key], CommentedMap | CommentedSeq):
            raise UnknownName("value", address, [address.removesuffix(f".{rest}")])
        node = node[key]
    if "." in rest or not isinstance(node, CommentedMap):
        before = address.removesuffix(rest)
        raise UnknownName("value", address, [f"{before}{own}" for own in _keys(node)])
    return (*keys, rest)


def _longest_key(node: Any, rest: str) -> tuple[Any, str] | None:
    """The key of this node that begins the path, and the path behind it; the longest key wins."""
    fitting = [key for key in _keys(node) if rest == str(key) or rest.startswith(f"{key}.")]
    if not fitting:
        return None
    key = max(fitting, key=lambda own: len(str(own)))
    return key, rest[len(str(key)) + 1 :]


def _keys(node: Any) -> Iterable[Any]:
    return node if isinstance(node, dict) else range(len(node))


def _spliced(text: str, document: Any, keys: Keys, value: str) -> str | None:
    """The text with the value in place of the old one; None where that takes more than replacing characters."""
    holder, place = compose(text), document
    for key in keys[:-1]:
        holder, place = _child(holder, place, key), place[key]
    key = keys[-1]
    if not value or "\n" in value:
        return None
    if isinstance(place, dict) and key not in place:
        return _inserted(text, holder, f"{key}: {value}")
    old = _child(holder, place, key)
    start, end = old.start_mark.index, old.end_mark.index
    if _in_line(old) and start < end:
        return text[:start] + value + text[end:]
    return None if start < end else _filled(text, holder, old, value)


def _filled(text: str, holder: Node, empty: Node, value: str) -> str | None:
    """The text with a value behind the colon of a key that has none."""
    key = next((key for key, node in holder.value if node is empty), None) if isinstance(holder, MappingNode) else None
    if key is None:
        return None
    colon = text.index(":", key.end_mark.index) + 1
    return f"{text[:colon]} {value}{text[colon:]}"


def _in_line(node: Node) -> bool:
    """Whether the value is neither a block scalar nor a block collection."""
    if isinstance(node, CollectionNode):
        return bool(node.flow_style)
    return not isinstance(node, ScalarNode) or node.style not in ("|", ">")


def _child(holder: Node, place: Any, key: Any) -> Node:
    """The node of a key: nodes stand in the order of the document's keys."""
    index = key if isinstance(place, CommentedSeq) else list(place).index(key)
    found: Node = holder.value[index][1] if isinstance(holder, MappingNode) else holder.value[index]
    return found


def _inserted(text: str, holder: Node, entry: str) -> str | None:
    """The text with an entry behind the last one of a mapping."""
    if not isinstance(holder, CollectionNode) or not holder.value:
        return None
    first, (before_last, last) = holder.value[0][0], holder.value[-1]
    while isinstance(last, CollectionNode) and last.value and not last.flow_style:
        before_last, last = last.value[-1] if isinstance(last, MappingNode) else (last, last.value[-1])
    is_empty = last.start_mark.index == last.end_mark.index
    end = (before_last if is_empty else last).end_mark.index
    if holder.flow_style:
        return f"{text[:end]}, {entry}{text[end:]}"
    if not _in_line(last):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    over = text.find("\n", end)
    over = len(text) if over < 0 else over + 1
    before = text[:over] if text[:over].endswith("\n") else text[:over] + newline
    return f"{before}{' ' * first.start_mark.column}{entry}{newline}{text[over:]}"

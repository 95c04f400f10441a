"""A user's own actors: a YAML file that extends the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from realpolitik.contest.actors import ActorKind
from realpolitik.contest.base import Noun, Text
from realpolitik.contest.located import locate, parse_yaml, plain, read_text
from realpolitik.errors import ContestError, Fault, nearest
from realpolitik.reading.actors.gazetteer import Entry, Gazetteer, builtin

__all__ = ["GazetteerFile", "KnownActor", "load_gazetteer"]

MOST_BYTES = 1_000_000

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Words = Annotated[tuple[Word, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
"""One word or a list of them."""


class KnownActor(Noun):
    """One actor of the file."""

    name: Word
    """Canonical name. That of a built-in entry replaces it."""

    kind: ActorKind
    """What sort of actor it is."""

    of: Text | None = None
    """Canonical name of the state or body that it belongs to."""

    aliases: Words = ()
    """Other names, matched as written."""

    adjectives: Words = ()
    """Adjectives of a state or party, e.g. ``Arnorian``."""

    people: Words = ()
    """Nouns for its people or members."""

    capital: Words = ()
    """Cities that stand for its government."""

    seats: Words = ()
    """Buildings that stand for its government."""

    legislature: Words = ()
    """Names of its parliament, the canonical one first."""


class GazetteerFile(Noun):
    """The whole file."""

    actors: Annotated[tuple[KnownActor, ...], Field(min_length=1)]
    """The actors to add."""


def load_gazetteer(path: Path) -> Gazetteer:
    """The built-in gazetteer with the actors of a file added; where both know a word, the file wins.

    Raises
    ------
    StorageError : the file is missing, too large, empty, or no text.
    ContestError : it is not YAML or does not have the form of :class:`GazetteerFile`; all faults, each with its place.
    """
    document = parse_yaml(read_text(path, MOST_BYTES), str(path))
    try:
        held = GazetteerFile.model_validate(plain(document))
    except ValidationError as error:
        told = [details for details in error.errors() if details["type"] != "too_short" or error.error_count() == 1]
        faults = [_fault(details, path, document) for details in told]
        raise ContestError(faults) from None
    faults = list(_misnamed(held, path, document))
    if faults:
        raise ContestError(faults)
    return builtin().extended(Entry(**actor.model_dump()) for actor in held.actors)


def _misnamed(held: GazetteerFile, path: Path, document: Any) -> Iterator[Fault]:
    """Names that stand twice, and owners that nobody knows."""
    own: set[str] = set()
    names = {actor.name for actor in held.actors}
    for number, actor in enumerate(held.actors):
        if actor.name in own:
            keys: tuple[str | int, ...] = ("actors", number, "name")
            message = f"'{actor.name}' stands twice. Put all its words into one entry."
            yield Fault(keys, message, str(path), *locate(document, keys))
        own.add(actor.name)
        if actor.of and actor.of not in names and actor.of not in builtin().entries:
            keys = ("actors", number, "of")
            message = f"'{actor.of}' is no actor. {nearest(actor.of, (*builtin().entries, *names), 4)}"
            yield Fault(keys, message, str(path), *locate(document, keys))


def _fault(details: ErrorDetails, path: Path, document: Any) -> Fault:
    keys = tuple(details["loc"])
    last = str(keys[-1]) if keys else "file"
    match details["type"]:
        case "missing" if last == "actors":
            message = "'actors' is missing: the list of actors to add."
        case "missing":
            message = f"'{last}' is missing. Each actor needs a name and a kind."
        case "extra_forbidden":
            known = KnownActor.model_fields if len(keys) > 1 else GazetteerFile.model_fields
            message = f"unknown key '{last}'. {nearest(last, known)}"
        case "model_type" | "dict_type":
            message = f"found {_shown(details['input'])}, expected keys with values, as in 'name: Arnor'."
        case "tuple_type":
            message = f"found {_shown(details['input'])}, expected a list, as in [first, second]."
        case "string_type":
            message = f"found {_shown(details['input'])}, expected words; put a number into quotation marks."
        case "literal_error":
            message = f"found {_shown(details['input'])}, expected {', '.join(get_args(ActorKind))}."
        case _:
            expected = details["msg"].removeprefix("Input ").removeprefix("String ").removeprefix("should ")
            message = f"found {_shown(details['input'])}; it should {expected}."
    return Fault(keys, message, str(path), *locate(document, keys))


def _shown(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    return "nothing" if value is None else repr(value)[:60]

"""Nouns for persons and groups without a name, and given names that tell he from she."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from realpolitik.contest.actors import ActorKind
from realpolitik.reading.actors.gazetteer import kind_named, rows, several

__all__ = ["Role", "pronoun_of", "roles"]


@dataclass(frozen=True)
class Role:
    """A noun for a person or a group."""

    noun: str
    """Singular, in lower case."""

    kind: ActorKind
    """What several of them are taken for."""

    pronoun: str | None
    """``he`` or ``she``, where the noun tells."""

    broader: tuple[str, ...]
    """Nouns that may take it up again: a senator, *the lawmaker*."""

    is_plural: bool
    """Whether the word is the plural."""

    is_group: bool
    """Whether the singular means a group and not a person."""


@cache
def roles() -> dict[str, Role]:
    """Roles by word, singular and plural, in lower case."""
    found: dict[str, Role] = {}
    for row in rows("roles.tsv"):
        noun, kind = row["singular"], kind_named(row["kind"], row["singular"])
        for word, is_plural in ((row["plural"], True), (noun, False)):
            found[word] = Role(
                noun, kind, row["pronoun"] or None, several(row["broader"]), is_plural, row["is"] == "group"
            )
    return found


@cache
def _given_names() -> dict[str, str]:
    return {name: row["pronoun"] for row in rows("given_names.tsv") for name in row["names"].split()}


def pronoun_of(given_name: str) -> str | None:
    """``he`` or ``she`` for a given name that is on the list.

    Examples
    --------
    >>> pronoun_of("Ann"), pronoun_of("Ben"), pronoun_of("Xyz")
    ('she', 'he', None)
    """
    return _given_names().get(given_name)

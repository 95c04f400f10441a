"""Where two contests differ in what shapes a forecast: quantities, conditions, rules, not notes and titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from realpolitik.contest.contest import Contest

__all__ = ["Difference", "differences"]

SECTIONS = (
    "quantities", "issues", "chambers", "threats", "conflicts", "mobilisations", "correlations", "pathway", "outcomes",
)  # fmt: skip
"""Parts of a contest that a forecast depends on."""

WORDS = frozenset({"note", "evidence", "title", "name", "question", "base_rate", "demand"})
"""Keys that say something to a reader and nothing to a forecast."""

QUANTITY = frozenset({"value", "unit", "evidence", "note"})


@dataclass(frozen=True)
class Difference:
    """One place in which two contests differ."""

    path: tuple[str | int, ...]
    """Keys from the root of the file."""

    before: Any
    """What the first has there, as plain data; None where it has nothing."""

    after: Any
    """The same of the second."""

    @property
    def address(self) -> str:
        """The path, joined by dots."""
        return ".".join(str(key) for key in self.path)


def differences(before: Contest, after: Contest) -> list[Difference]:
    """What shapes the forecast of one contest otherwise than that of the other, in the order of the files."""
    plain = [contest.model_dump(mode="json", include=set(SECTIONS)) for contest in (before, after)]
    return [found for section in SECTIONS for found in _between((section,), *(each.get(section) for each in plain))]


def _between(path: tuple[str | int, ...], before: Any, after: Any) -> Iterator[Difference]:
    before, after = _bare(before, path), _bare(after, path)
    first, second = _parts(before), _parts(after)
    if first is None or second is None:
        if before != after:
            yield Difference(path, before, after)
        return
    found = [
        each
        for key in dict.fromkeys((*first, *second))
        for each in _between((*path, key), first.get(key), second.get(key))
    ]
    yield from found
    if not found and list(first) != list(second):  # the same entries in another order
        yield Difference(path, list(first), list(second))


def _bare(value: Any, path: tuple[str | int, ...]) -> Any:
    """A quantity without its evidence, a noun without its words; named entries are never words."""
    if not isinstance(value, dict):
        return value
    if "value" in value and value.keys() <= QUANTITY:
        return value["value"]
    named = len(path) == 1 or path[-1] in ("positions", "blocs", "groups", "choice", "parameters")
    return {key: part for key, part in value.items() if part is not None and (named or key not in WORDS)}


def _parts(value: Any) -> dict[Any, Any] | None:
    """Entries by key, or by place in a list of nouns; None for a value."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return dict(enumerate(value))
    return None

"""In which numbers two contests differ, and the contest that has only one of these differences."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from realpolitik.contest.base import Noun
from realpolitik.contest.contest import Contest
from realpolitik.contest.quantity import Quantity
from realpolitik.errors import ContestError

__all__ = ["Difference", "differences", "swapped"]

WORDS = frozenset(
    [
        "note",
        "title",
        "evidence",
        "base_rate",
        "question",
        "unit",
        "contest",
        "as_of",
        "horizon",
        "sources",
        "claims",
        "aliases",
        "scale",
    ]
)
"""Fields that no number of a forecast depends on; of a scale only the ends matter, and they are compared apart."""

Path = tuple[str | int, ...]

ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One place in which two contests differ."""

    path: Path
    before: str
    """As a file has it; empty where there was nothing."""

    after: str
    evidence: tuple[str, ...]
    """Claims behind the later value, or behind the earlier one if there is no later one."""

    @property
    def address(self) -> str:
        """The path, joined by dots."""
        return ".".join(map(str, self.path))


def differences(before: Contest, after: Contest) -> list[Difference]:
    """Every place where a number, a condition or a rule is another one; words and evidence do not count.

    A quantity, a stage that is new, an effect is one place. Where the order of named entries differs, the whole of
    them is one.
    """
    return list(_of((), before, after, ()))


def _of(path: Path, before: Any, after: Any, evidence: tuple[str, ...]) -> Iterator[Difference]:
    evidence = getattr(after, "evidence", None) or getattr(before, "evidence", None) or evidence
    match before, after:
        case Quantity(), Quantity():
            if before.value != after.value:
                yield Difference(path, str(before.value), str(after.value), evidence)
        case Noun(), Noun() if type(before) is type(after):
            if path and _ends(before) != _ends(after):
                yield Difference(path, _shown(before), _shown(after), evidence)
                return
            for name in type(before).model_fields:
                if name not in WORDS:
                    yield from _of((*path, name), getattr(before, name), getattr(after, name), evidence)
        case dict(), dict():
            yield from _of_mappings(path, before, after, evidence)
        case tuple(), tuple() if len(before) == len(after):
            for index, pair in enumerate(zip(before, after, strict=True)):
                yield from _of((*path, index), *pair, evidence)
        case _ if before != after:
            yield Difference(path, _shown(before), _shown(after), evidence)


def _of_mappings(
    path: Path, before: Mapping[Any, Any], after: Mapping[Any, Any], evidence: tuple[str, ...]
) -> Iterator[Difference]:
    both = [key for key in before if key in after]
    if both != [key for key in after if key in before]:
        yield Difference(path, ", ".join(map(str, before)), ", ".join(map(str, after)), evidence)
        return
    for key in [*before, *(key for key in after if key not in before)]:
        if key in both:
            yield from _of((*path, key), before[key], after[key], evidence)
        else:
            there = before.get(key, after.get(key))
            own = getattr(there, "evidence", None) or evidence
            yield Difference((*path, key), _shown(before.get(key)), _shown(after.get(key)), own)


def _ends(noun: Noun) -> Any:
    """Ends of an issue's scale; its words do not matter."""
    bounds = getattr(noun, "bounds", None)
    return None if isinstance(noun, Quantity) else bounds


def _shown(value: Any) -> str:
    """A value in few words."""
    if value is None:
        return ""
    if isinstance(value, Quantity):
        return str(value.value)
    if isinstance(value, Noun):
        kinds = (
            "recorded",
            "chamber",
            "judgement",
            "choice",
            "threat",
            "bargain",
            "conflict",
            "mobilisation",
            "crisis",
        )
        kind = next((name for name in kinds if getattr(value, name, None)), type(value).__name__.lower())
        return f"a {kind}"
    return str(value)


def swapped(before: Contest, after: Contest, changes: Iterable[Difference]) -> Contest | None:
    """The earlier contest with some places as in the later one; None if that is no contest.

    Sources and claims of both are there, so that evidence resolves.
    """
    plain, later = before.model_dump(mode="json"), after.model_dump(mode="json")
    for part in ("sources", "claims"):
        plain[part] = {**plain[part], **later[part]}
    for change in changes:
        _put(plain, later, change.path)
    try:
        return Contest.model_validate(plain)
    except (ContestError, ValidationError):
        return None


def _put(plain: Any, later: Any, path: Path) -> None:
    *way, last = path
    for key in way:
        plain, later = plain[key], later[key]
    present = last in later if isinstance(later, dict) else True
    if not present:
        del plain[last]
        return
    plain[last] = copy.deepcopy(later[last])
    if isinstance(plain, dict):
        ordered = {key: plain[key] for key in [*(key for key in later if key in plain), *plain]}
        plain.clear()
        plain.update(ordered)

"""Several readers side by side: what two of them found is one claim, marked with both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from realpolitik.contest.base import Noun
from realpolitik.contest.evidence import Claim, Span

__all__ = ["BOTH", "same", "together"]

BOTH = " + "
"""Between the readers of a claim that several found."""

OVERLAP = 0.5
"""Shared characters of two stretches, as a part of all their characters, above which they are the same words."""

SEVERAL = 12
"""Claims of the other reader on either side that are compared with one."""


def together(first: Sequence[Claim], second: Sequence[Claim]) -> list[Claim]:
    """The claims of two readers of the same report, those of both only once.

    A claim that both found is that of the first reader, with what only the second one knows filled in. Where the two
    disagree the note says so. Its ``reader`` names both.

    Parameters
    ----------
    first, second : claims of one document each; ids must differ between the two.
    """
    order = sorted(range(len(first)), key=lambda index: first[index].spans[0].start)
    starts = [first[index].spans[0].start for index in order]
    merged = list(first)
    taken: set[int] = set()
    rest: list[Claim] = []
    for claim in second:
        at = bisect_left(starts, claim.spans[0].start)
        near = order[max(0, at - SEVERAL) : at + SEVERAL]
        fitting = [index for index in near if index not in taken and same(first[index], claim)]
        if not fitting:
            rest.append(claim)
            continue
        best = max(fitting, key=lambda index: _overlap(_stretches(first[index]), _stretches(claim)))
        taken.add(best)
        merged[best] = _joined(first[best], claim)
    return [*merged, *rest]


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same about the same words."""
    if one.kind != other.kind or one.document != other.document:
        return False
    match one.kind:
        case "quotation":
            return _overlap(_stretches(one), _stretches(other)) >= OVERLAP
        case "figure":
            return (
                _touch(one, other)
                and one.figure is not None
                and other.figure is not None
                and (one.figure.value == other.figure.value)
            )
        case "vote":
            return _touch(one, other) and _counts(one).items() & _counts(other).items() != set()
        case "event":
            return (
                _touch(one, other)
                and one.event is not None
                and other.event is not None
                and (one.event.type == other.event.type)
            )
        case "stance":
            return (
                _touch(one, other)
                and one.stance is not None
                and other.stance is not None
                and (one.stance.stance == other.stance.stance)
            )
        case _:
            return _overlap(_stretches(one), _stretches(other)) >= OVERLAP


def _counts(claim: Claim) -> dict[str, int]:
    return claim.vote.model_dump(exclude_none=True, exclude={"derived", "passed"}) if claim.vote else {}


def _stretches(claim: Claim) -> Sequence[Span]:
    return claim.content or claim.spans


def _touch(one: Claim, other: Claim) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Characters that both have, over those that either has; white space does not count."""
    mine, theirs = _characters(one), _characters(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _characters(spans: Iterable[Span]) -> set[int]:
    return {span.start + index for span in spans for index, char in enumerate(span.text) if not char.isspace()}


DETAILS = ("speaker", "event", "figure", "vote", "stance")
"""What a claim says about its words, beside its status."""


def _joined(first: Claim, second: Claim) -> Claim:
    """The first claim with what only the second knows; the note says what that is and where they differ."""
    filled: dict[str, Any] = {}
    notes: list[str] = []
    for name in DETAILS:
        own, others = getattr(first, name), getattr(second, name)
        if own is None and others is not None:
            filled[name] = others
            notes.append(f"{name} found by it alone")
        elif others is not None:
            notes += _differences(name, own, others)
    if first.status != second.status:
        notes.append(f"status {second.status}")
    said = f"{second.reader} differs: {', '.join(notes)}." if notes else None
    return first.model_copy(
        update={
            **filled,
            "hedges": tuple(dict.fromkeys((*first.hedges, *second.hedges))),
            "reader": f"{first.reader}{BOTH}{second.reader}",
            "note": " ".join(text for text in (first.note, said) if text) or None,
        }
    )


def _differences(name: str, own: Noun, others: Noun) -> list[str]:
    """Fields of which the second reader has another value, or the only one."""
    mine = own.model_dump(mode="json")
    return [
        f"{name} {key} {_shown(value)}"
        for key, value in others.model_dump(mode="json", exclude_defaults=True).items()
        if not isinstance(value, dict) and value != mine[key] and (name, key) != ("event", "status")
    ]


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)

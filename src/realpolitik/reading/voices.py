"""In whose words something stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from realpolitik.contest.evidence import Claim, Speaker
from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.attributions.said import Said, Stretch

__all__ = ["Voices"]


class Voices:
    """The speakers of a report, by the places of their words.

    Parameters
    ----------
    said : the attributions of the report.
    quoted : the claim of each of them, in the same order.
    cast : names whom words mean.
    """

    def __init__(self, said: Sequence[Said], quoted: Sequence[Claim], cast: Cast) -> None:
        self._cast = cast
        clean: dict[int, list[tuple[int, int, Speaker | None]]] = defaultdict(list)
        raw: list[tuple[int, int, Speaker | None]] = []
        for one, claim in zip(said, quoted, strict=True):
            for stretch, span in zip(one.content, claim.content, strict=True):
                clean[stretch.passage].append((stretch.start, stretch.end, claim.speaker))
                raw.append((span.start, span.end, claim.speaker))
        self._clean = {number: _ordered(parts) for number, parts in clean.items()}
        self._raw = _ordered(raw)

    def resolve(self, stretch: Stretch) -> str | None:
        """Canonical name of whom the words mean, *I* and *we* being whoever speaks there; None where that is open."""
        voice = _around(self._clean.get(stretch.passage, []), stretch.start, stretch.end)
        return self._cast.resolve(stretch, speaker=voice.actor if voice else None)

    def lent(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims; those inside somebody's words get that speaker, and are ``reported`` if they were asserted."""
        return [self._lent(claim) for claim in claims]

    def _lent(self, claim: Claim) -> Claim:
        voice = _around(self._raw, claim.spans[0].start, claim.spans[0].end)
        if voice is None:
            return claim
        status = "reported" if claim.status == "asserted" else claim.status
        return claim.model_copy(update={"speaker": voice, "status": status})


Part = tuple[int, int, Speaker | None]

MOST_AROUND = 8
"""Attributions before a place that are looked at; one may stand inside another."""


def _ordered(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part[0], -part[1]))


def _around(parts: Sequence[Part], start: int, end: int) -> Speaker | None:
    """The speaker of the innermost words around a place."""
    at = bisect_right(parts, start, key=lambda part: part[0])
    for low, high, speaker in reversed(parts[max(0, at - MOST_AROUND) : at]):
        if low <= start and end <= high:
            return speaker
    return None

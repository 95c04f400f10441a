"""In whose words something stands, and who has the floor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from realpolitik.contest.evidence import Claim, Speaker
from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.attributions.said import Said, Stretch

__all__ = ["Floor", "Voices"]


INTERVIEW = re.compile(
    r"\b(?:interview|conversation|talk|questions? and answers?|q ?& ?a)\b.{0,40}?\b(?:with|to)\b", re.I
)
ANSWER = frozenset({"A", "Answer", "ANSWER"})
"""Names of the turns of whoever is interviewed."""


class Floor:
    """Who has the floor in each passage of a transcript.

    Parameters
    ----------
    spoken : the turns, see :func:`~realpolitik.reading.attributions.turns.turns`.
    cast : names whom words mean.
    """

    def __init__(self, spoken: Sequence[Said], cast: Cast) -> None:
        self._cast = cast
        self._speaker: dict[int, str | None] = {}
        self._guest = _interviewed(cast) if spoken else None
        for turn in spoken:
            if turn.source is not None:
                self._speaker[turn.content[0].passage] = self._named(turn.source)

    def resolve(self, stretch: Stretch) -> str | None:
        """Canonical name of whom the words mean, *I* being whoever has the floor; None where that is open."""
        return self._cast.resolve(stretch, speaker=self._speaker.get(stretch.passage)) or self._named(stretch)

    def _named(self, stretch: Stretch) -> str | None:
        words = self._cast.passages[stretch.passage].text[stretch.start : stretch.end]
        return self._guest if words in ANSWER else self._cast.resolve(stretch)


def _interviewed(cast: Cast) -> str | None:
    """The person whom the title calls interviewed, by the last name; None if there is none, or are several."""
    persons = [actor for actor in cast.actors if actor.kind == "person"]
    for passage in cast.passages:
        match = INTERVIEW.search(passage.text) if passage.block.label in ("title", "deck") else None
        if match:
            words = set(re.findall(r"[\w’'-]+", passage.text[match.end() :]))
            named = [actor.name for actor in persons if actor.name.split()[-1] in words]
            if len(named) == 1:
                return named[0]
    return None


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

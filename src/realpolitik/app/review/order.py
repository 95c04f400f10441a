"""What matters first: claims that the contest rests on, then contradicted, hedged and counted ones, then the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.contest.contest import Contest
from realpolitik.contest.references import citations

__all__ = ["Matter", "matters"]


@dataclass(frozen=True)
class Matter:
    """A claim, and why it matters."""

    claim: str
    cited: tuple[str, ...]
    """Where the contest rests on it, by dotted path."""

    contradicted: tuple[str, ...]
    """Claims that cannot hold together with it, whichever of the two says so."""

    why: str
    """The first reason: ``position``, ``cited``, ``contradicted``, ``hedged``, ``vote`` or ``other``."""


RANKS = ("position", "cited", "contradicted", "hedged", "vote", "other")


def matters(contest: Contest) -> list[Matter]:
    """All claims, those that matter most first; equal ones as their words stand in the sources."""
    cited: dict[str, list[str]] = {}
    for path, ids in citations(contest):
        address = ".".join(str(key) for key in path[:-1])
        for id_ in ids:
            cited.setdefault(id_, []).append(address)
    against = _contradictions(contest)
    sources = {name: index for index, name in enumerate(contest.sources)}
    found = [_matter(contest, id_, tuple(cited.get(id_, ())), against.get(id_, ())) for id_ in contest.claims]

    def rank(matter: Matter) -> tuple[int, int, int, str]:
        claim = contest.claims[matter.claim]
        return RANKS.index(matter.why), sources.get(claim.document, 0), claim.spans[0].start, claim.id

    return sorted(found, key=rank)


def _matter(contest: Contest, id_: str, cited: tuple[str, ...], against: tuple[str, ...]) -> Matter:
    claim = contest.claims[id_]
    if any(".positions." in address for address in cited):
        why = "position"
    elif cited:
        why = "cited"
    elif against:
        why = "contradicted"
    elif claim.hedges:
        why = "hedged"
    else:
        why = "vote" if claim.kind == "vote" else "other"
    return Matter(id_, cited, against, why)


def _contradictions(contest: Contest) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for claim in contest.claims.values():
        for other in claim.contradicts:
            found.setdefault(claim.id, {})[other] = None
            found.setdefault(other, {})[claim.id] = None
    return {id_: tuple(others) for id_, others in found.items()}

"""Which claims to look at first: what much rests on, and what may not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.references import citations

__all__ = ["WEIGHT", "Matter", "Reason", "importance"]

Reason = Literal[
    "a position rests on it",
    "contradicted",
    "hedged, and much rests on it",
    "stance to be judged",
    "threat to be judged",
    "vote",
    "rhetorical question",
    "speaker unknown",
    "open date",
    "hedged",
    "rests on it",
]
"""Why a claim should be looked at."""

WEIGHT: dict[Reason, int] = {
    "a position rests on it": 40,
    "contradicted": 8,
    "hedged, and much rests on it": 5,
    "stance to be judged": 4,
    "threat to be judged": 4,
    "vote": 4,
    "rhetorical question": 3,
    "speaker unknown": 3,
    "open date": 1,
    "hedged": 1,
    "rests on it": 0,
}
"""How much each reason counts; each place of the contest that names the claim counts one, five at most. A choice of
ours, not measured: it only sorts. A position weighs more than all else together, since forecasts move with it."""

MOST_PLACES = 5

UNSURE = frozenset({"conditional", "hypothetical"})
VOICED = frozenset({"quotation", "stance"})


@dataclass(frozen=True)
class Matter:
    """A claim with why it matters."""

    claim: Claim
    weight: int
    """The larger, the sooner it should be looked at."""

    reasons: tuple[Reason, ...]
    """The heaviest first; empty if nothing is the matter with it."""

    rests: tuple[str, ...]
    """Places in the contest whose numbers name it as evidence, by address."""

    contradicted: tuple[str, ...]
    """Ids of claims that cannot hold together with it, whichever of the two says so."""


def importance(contest: Contest, claims: Iterable[Claim]) -> tuple[Matter, ...]:
    """Claims in the order in which an analyst should review them.

    Parameters
    ----------
    contest : says what rests on which claim.
    claims : those to be sorted, each with an id of its own.

    Returns
    -------
    tuple of Matter : heaviest first; at equal weight in the order of ``claims``.
    """
    held = list(claims)
    against: dict[str, dict[str, None]] = {}
    for claim in held:
        for other in claim.contradicts:
            against.setdefault(claim.id, {})[other] = None
            against.setdefault(other, {})[claim.id] = None
    places = _places(contest)
    matters = [_matter(claim, tuple(against.get(claim.id, ())), tuple(places.get(claim.id, ()))) for claim in held]
    return tuple(sorted(matters, key=lambda matter: -matter.weight))


def _places(contest: Contest) -> Mapping[str, dict[str, None]]:
    """The nouns whose numbers rest on each claim; one whose numbers all do counts once. Actors have no numbers."""
    found: dict[str, dict[str, None]] = {}
    for path, ids in citations(contest):
        if path[0] == "actors":
            continue
        address = ".".join(str(key) for key in path[:-1])
        for cited in ids:
            found.setdefault(cited, {})[address] = None
    return found


def _matter(claim: Claim, contradicted: tuple[str, ...], rests: tuple[str, ...]) -> Matter:
    found = list(_reasons(claim, bool(contradicted), rests))
    reasons = tuple(sorted(found, key=lambda reason: -WEIGHT[reason]))
    weight = sum(WEIGHT[reason] for reason in reasons) + min(len(rests), MOST_PLACES)
    return Matter(claim, weight, reasons, rests, contradicted)


def _reasons(claim: Claim, is_contradicted: bool, rests: Sequence[str]) -> Iterable[Reason]:
    if is_contradicted:
        yield "contradicted"
    if claim.hedges or claim.status in UNSURE:
        yield "hedged, and much rests on it" if rests else "hedged"
    if claim.stance is not None:
        yield "stance to be judged"
    if claim.kind == "event" and (claim.status == "threatened" or _type(claim) == "THREATEN"):
        yield "threat to be judged"
    if claim.kind == "vote":
        yield "vote"
    if claim.kind in VOICED and _asks(claim):
        yield "rhetorical question"
    if claim.kind in VOICED and not (claim.speaker and claim.speaker.actor):
        yield "speaker unknown"
    if claim.date is not None and claim.date.value is None:
        yield "open date"
    if any(".positions." in address for address in rests):
        yield "a position rests on it"
    elif rests:
        yield "rests on it"


def _type(claim: Claim) -> str:
    return claim.event.type.upper() if claim.event else ""


def _asks(claim: Claim) -> bool:
    """Whether what is said ends as a question; such words say nothing about the side that is taken."""
    words = (claim.content or claim.spans)[-1].text.rstrip(" \n\t\"'”’»,")
    return words.endswith("?")

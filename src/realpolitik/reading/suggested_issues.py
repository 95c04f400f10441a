"""Issues that reports suggest: what several actors stand for or against, or demand.

A stance gives an order, never a number: who opposes, who is of two minds, who supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from realpolitik.contest.evidence import Claim
from realpolitik.reading.roster import Party, Roster
from realpolitik.reading.words import clean, content_words

__all__ = ["DEMANDS", "SIDES", "Holding", "Suggestion", "gather", "holdings", "told"]

SIDES = ("oppose", "conditional", "ambivalent", "support")
"""From one end to the other; conditional and ambivalent share the middle."""

PLACE = {"oppose": 0, "conditional": 1, "ambivalent": 1, "support": 2}

DEMANDS = frozenset({"REQUEST", "DEMAND"})
"""Types of events in which somebody demands something."""

NOT_HELD = frozenset({"denied", "negated", "hypothetical"})

OVERLAP = 0.6
"""Share of the words of the shorter of two wordings of one issue that the other must have."""

COMMON = 200
"""A word that more wordings have than this does not tell them apart."""


@dataclass(frozen=True)
class Holding:
    """That one actor takes one side in one claim."""

    party: Party
    claim: Claim
    side: str | None
    """One of :data:`SIDES`; None where it is open."""

    tier: str
    qualifier: str | None = None


@dataclass
class Suggestion:
    """One issue, with who stands where."""

    words: str
    """As the first report puts it."""

    stems: frozenset[str]
    holdings: list[Holding] = field(default_factory=list)

    @property
    def ordered(self) -> list[tuple[Party, str, list[Holding]]]:
        """Actors with their side, from oppose to support; equal sides in order of appearance."""
        by_party: dict[int, list[Holding]] = {}
        for holding in self.holdings:
            by_party.setdefault(id(holding.party), []).append(holding)
        rows = [(found[0].party, _side(found), found) for found in by_party.values()]
        return sorted(rows, key=lambda row: PLACE.get(row[1], 1))

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The larger, the more there is to settle: both sides are taken; actors; claims."""
        sides = {side for _, side, _ in self.ordered}
        return {"oppose", "support"} <= sides, len(self.ordered), len(self.holdings)


def holdings(claims: Iterable[Claim], roster: Roster) -> Iterator[tuple[str, Holding]]:
    """Every stance and every demand of an actor who is known, with the words for its issue."""
    for claim in claims:
        if claim.stance is not None:
            stance = claim.stance
            for party in roster.all_of(claim.document, claim.speaker.actor if claim.speaker else None):
                yield stance.issue, Holding(party, claim, stance.stance, stance.tier, stance.qualifier)
        elif claim.event is not None and _is_demand(claim):
            for party in roster.all_of(claim.document, claim.event.source):
                yield _demanded(claim), Holding(party, claim, "support", "own action")


def gather(found: Iterable[tuple[str, Holding]]) -> list[Suggestion]:
    """Issues, the most contested first; wordings that share most of their words are one issue."""
    groups: list[Suggestion] = []
    bearing: dict[str, list[int]] = {}
    for words, holding in found:
        stems = content_words(words)
        place = _place(stems, groups, bearing)
        if place is None:
            place = len(groups)
            groups.append(Suggestion(clean(words), stems))
            for stem in stems:
                bearing.setdefault(stem, []).append(place)
        groups[place].holdings.append(holding)
    return sorted(groups, key=lambda group: group.rank, reverse=True)


def told(side: str, found: Iterable[Holding]) -> str:
    """How it is known where an actor stands: ``oppose (own words, “not now”: wire-s01)``."""
    ways = []
    for holding in found:
        bound = f", “{clean(holding.qualifier, 60)}”" if holding.qualifier else ""
        hedge = f", hedged “{clean(holding.claim.hedges[0], 60)}”" if holding.claim.hedges else ""
        ways.append(f"{holding.tier}{bound}{hedge}: {holding.claim.id}")
    return f"{side} ({'; '.join(ways[:4])}{f'; and {len(ways) - 4} more' if len(ways) > 4 else ''})"


def _place(stems: frozenset[str], groups: list[Suggestion], bearing: dict[str, list[int]]) -> int | None:
    """The group that shares most words, if it shares enough."""
    shared: dict[int, int] = {}
    for stem in stems:
        having = bearing.get(stem, ())
        for place in having if len(having) <= COMMON else ():
            shared[place] = shared.get(place, 0) + 1
    best = max(shared, key=lambda place: (shared[place], -place), default=None)
    if best is None:
        return None
    shorter = min(len(stems), len(groups[best].stems))
    enough = shared[best] >= OVERLAP * shorter and (shorter > 1 or stems == groups[best].stems)
    return best if enough else None


def _side(found: list[Holding]) -> str:
    sides = {holding.side for holding in found} - {None}
    if len(sides) == 1:
        return str(sides.pop())
    return "ambivalent" if sides else "open"


def _is_demand(claim: Claim) -> bool:
    if claim.event is None or claim.status in NOT_HELD:
        return False
    return claim.status == "demanded" or claim.event.type.upper() in DEMANDS


def _demanded(claim: Claim) -> str:
    """The words of a demand without those that name who demands it of whom."""
    assert claim.event is not None
    words = claim.text
    for span in (claim.event.source_span, claim.event.target_span):
        if span is not None:
            words = words.replace(span.text, " ", 1)
    return words

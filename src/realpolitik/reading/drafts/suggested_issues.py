"""Issues that reports suggest: what several actors stand for or against, or demand.

A stance gives an order, never a number: who opposes, who is of two minds, who supports.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.roster import Party, Roster
from realpolitik.reading.drafts.words import clean, content_words

__all__ = ["DEMANDS", "SIDES", "Holding", "Suggestion", "gather", "holdings", "told"]

SIDES = ("oppose", "conditional", "ambivalent", "support")
"""From one end to the other; conditional and ambivalent share the middle."""

PLACE = {"oppose": 0, "conditional": 1, "ambivalent": 1, "support": 2}

DEMANDS = frozenset({"REQUEST", "DEMAND"})
"""Types of events in which somebody demands something."""

NOT_HELD = frozenset({"denied", "negated", "hypothetical"})

OVERLAP = 0.6
"""Share of the words of the shorter of two wordings of one issue that the other must have."""

FEWEST_STEMS = 2
"""Words of substance that a demand must have; with fewer it does not say what is demanded."""

LONGEST_DEMAND = 120
"""Characters of what somebody demands, as the words of an issue."""

LEADING = re.compile(
    r"(?:(?:ha[sd]|have|again|also|call(?:s|ed)?|urge[sd]?|ask(?:s|ed)?|demand(?:s|ed)?|want(?:s|ed)?|on|upon|that|to"
    r"|for|must|should|shall|ought|[’']s|[a-z]+ly)\s+)+",
    re.IGNORECASE,
)
"""Words before a demand that say nothing of it; at the beginning only."""

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
    object: str | None = None
    """Whom or what the issue concerns, by the name that is the same in all reports."""


@dataclass
class Suggestion:
    """One issue, with who stands where."""

    words: str
    """As the first report puts it."""

    stems: frozenset[str]
    object: str | None = None
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
    held = list(claims)
    asked = _asked(held)
    for claim in held:
        if claim.stance is not None:
            stance = claim.stance
            for party in roster.all_of(claim.document, claim.speaker.actor if claim.speaker else None):
                object_ = _object(claim, roster)
                yield stance.issue, Holding(party, claim, stance.stance, stance.tier, stance.qualifier, object_)
        elif claim.event is not None and _is_demand(claim):
            words = asked.get(claim.id) or _demanded(claim)
            if len(content_words(words)) >= FEWEST_STEMS:
                for party in roster.all_of(claim.document, _demander(claim)):
                    yield words, Holding(party, claim, "support", "own action")


def gather(found: Iterable[tuple[str, Holding]]) -> list[Suggestion]:
    """Issues, the most contested first.

    Wordings that share most of their words are one issue, unless they concern different things: sanctions against one
    state are not those against another.
    """
    groups: list[Suggestion] = []
    bearing: dict[str, list[int]] = {}
    for words, holding in found:
        stems = content_words(words)
        place = _place(stems, holding.object, groups, bearing)
        if place is None:
            place = len(groups)
            groups.append(Suggestion(clean(words), stems, holding.object))
            for stem in stems:
                bearing.setdefault(stem, []).append(place)
        groups[place].object = groups[place].object or holding.object
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


def _place(stems: frozenset[str], object_: str | None, groups: list[Suggestion],
           bearing: dict[str, list[int]]) -> int | None:  # fmt: skip
    """The group that shares most words, if it shares enough and concerns the same."""
    shared: dict[int, int] = {}
    for stem in stems:
        having = bearing.get(stem, ())
        for place in having if len(having) <= COMMON else ():
            if object_ is None or groups[place].object in (None, object_):
                shared[place] = shared.get(place, 0) + 1
    fitting = [place for place in shared if _is_one(stems, groups[place].stems, shared[place])]
    return max(fitting, key=lambda place: (groups[place].object == object_, shared[place], -place), default=None)


def _is_one(one: frozenset[str], other: frozenset[str], shared: int) -> bool:
    shorter = min(len(one), len(other))
    return shared >= OVERLAP * shorter and (shorter > 1 or one == other)


def _object(claim: Claim, roster: Roster) -> str | None:
    named: str | None = claim.stance.object if claim.stance else None
    party = roster.of(claim.document, named)
    return party.name if party else named and clean(named, 120)


def _side(found: list[Holding]) -> str:
    sides = {holding.side for holding in found} - {None}
    if len(sides) == 1:
        return str(sides.pop())
    return "ambivalent" if sides else "open"


def _is_demand(claim: Claim) -> bool:
    if claim.event is None or claim.status in NOT_HELD:
        return False
    return claim.status == "demanded" or claim.event.type.upper() in DEMANDS


def _demander(claim: Claim) -> str | None:
    """Who demands: who acts in a demand; of what another must do, who says so."""
    if claim.event is not None and claim.event.type.upper() in DEMANDS:
        return claim.event.source
    return claim.speaker.actor if claim.speaker else None


def _asked(claims: Iterable[Claim]) -> dict[str, str]:
    """What is demanded, by id of the demand: what the attribution with the same cue has as its content."""
    cues: dict[str, list[tuple[int, str]]] = {}
    demands = []
    for claim in claims:
        if claim.kind == "quotation" and claim.cue and claim.content:
            said = " ".join(span.text for span in claim.content)
            cues.setdefault(claim.document, []).append((claim.cue.start, said))
        elif claim.event is not None and claim.event.type.upper() in DEMANDS:
            demands.append(claim)
    for found in cues.values():
        found.sort()
    asked = {}
    for claim in demands:
        found = cues.get(claim.document, [])
        at = bisect_left(found, (claim.spans[0].start, ""))
        if at < len(found) and found[at][0] < claim.spans[0].end:
            asked[claim.id] = _bare(found[at][1])
    return asked


def _demanded(claim: Claim) -> str:
    """The words of a demand, where it is first told, without those that say who demands it of whom, and how."""
    told = claim.spans[0]
    source, target = (claim.event.source_span, claim.event.target_span) if claim.event else (None, None)
    words = told.text
    if target is not None and told.start < target.start and target.end < told.end:
        words = f"{words[: target.start - told.start]} {words[target.end - told.start :]}" if _asks(claim) else words
    if source is not None and source.start <= told.start < source.end <= told.end:
        words = words[source.end - told.start :]
    return _bare(words)


def _asks(claim: Claim) -> bool:
    return claim.event is not None and claim.event.type.upper() in DEMANDS


def _bare(words: str) -> str:
    line = clean(words, LONGEST_DEMAND)
    found = LEADING.match(line)
    return line[found.end() :] if found else line

"""Contradictions: claims about the same thing that cannot both hold, within a report and across reports.

Claims are compared only where a key says that they are about the same thing: the matter or the chamber of a vote, unit
and referent of a figure, type and parties of an event, actor and issue of a stance. What merely differs is left alone;
docs/explanation/stances.md says where the line is drawn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from realpolitik.contest.evidence import Claim
from realpolitik.reading.figures.bounds import bounds, can_both_hold
from realpolitik.reading.figures.vote_conflicts import vote_conflict, vote_keys

__all__ = ["MOST_ALIKE", "contradictions"]

MOST_ALIKE = 60
"""Claims of one key that are compared with one another, the first by id; more of them are a topic, not a dispute."""

HOLDS = frozenset({"asserted", "reported", "planned"})
FAILS = frozenset({"denied", "negated"})
OTHER_NAME = {"presence": ("withdrawal", -1)}
"""Issues that are another one turned round."""

SAME_UNIT = {
    **dict.fromkeys(("soldiers", "troops"), "troops"),
    **dict.fromkeys(("inhabitants", "residents", "people", "persons"), "people"),
    **dict.fromkeys(("protesters", "demonstrators", "marchers"), "protesters"),
    **dict.fromkeys(("legislators", "lawmakers", "deputies", "members", "mps"), "members"),
}
NOTHING = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "from",
        "to",
        "at",
        "by",
        "with",
        "its",
        "their",
        "his",
        "her",
        "and",
        "or",
        "that",
        "this",
        "these",
        "those",
        "s",
        "has",
        "have",
        "had",
        "was",
        "were",
        "is",
        "are",
    ]
)
PRONOUNS = frozenset(
    ["it", "he", "she", "they", "we", "i", "you", "who", "which", "this", "that", "these", "those", "there", "here"]
)
WORD = re.compile(r"[^\W_]+")
FEWEST_WORDS = 2
"""Words of substance that two referents must share to be the same."""

EXECUTIVE = frozenset(
    [
        "ministry",
        "government",
        "cabinet",
        "presidency",
        "forces",
        "force",
        "army",
        "military",
        "navy",
        "guard",
        "police",
        "department",
        "embassy",
        "administration",
    ]
)
"""Words in the names of bodies whose acts are those of their state; parliaments and courts act for themselves."""

Test = Callable[[Claim, Claim], bool]
Homes = Mapping[str, str]
"""State by name of a body that acts for it."""


def contradictions(
    claims: Iterable[Claim], published: Mapping[str, date] | None = None, *, tally: str = "complete"
) -> list[Claim]:
    """The claims with :attr:`Claim.contradicts` filled in, both ways; their order is kept.

    Parameters
    ----------
    claims : of one report or of several; ids are unique.
    published : days of publication by name of the document. Figures and stances of different days are not compared,
        because tolls rise and minds change; without the days they are.
    tally : ``complete`` takes the ballots of a vote for all who were present, so that 170 ballots and no word of
        abstentions contradict about 180 members present; ``open`` lets members sit without voting.

    Raises
    ------
    ValueError : ``tally`` is neither.
    """
    if tally not in ("complete", "open"):
        raise ValueError(f"tally is {tally!r}; allowed are 'complete' and 'open'")
    held = list(claims)
    days = published or {}
    homes = _homes(held)
    groups: dict[tuple[Hashable, ...], list[Claim]] = defaultdict(list)
    for claim in held:
        for key in _keys(claim, days, homes):
            groups[key].append(claim)
    links: dict[str, set[str]] = {claim.id: set(claim.contradicts) for claim in held}

    def vote_test(one: Claim, other: Claim) -> bool:
        return vote_conflict(one, other, is_complete=tally == "complete", days=days)

    def event_test(one: Claim, other: Claim) -> bool:
        return _events(one, other, homes)

    def stance_test(one: Claim, other: Claim) -> bool:
        return _stances(one, other, homes)

    tests: dict[Hashable, Test] = {"vote": vote_test, "figure": _figures, "event": event_test, "stance": stance_test}
    tested: set[tuple[str, str]] = set()
    for (kind, *_), group in groups.items():  # of what is held, not of the claim: a quotation may tell of an event
        first = sorted({claim.id: claim for claim in group}.values(), key=lambda one: one.id)[:MOST_ALIKE]
        for one, other in combinations(first, 2):
            if (one.id, other.id) in tested:
                continue
            tested.add((one.id, other.id))
            if tests[kind](one, other):
                links[one.id].add(other.id)
                links[other.id].add(one.id)
    for claim_id, others in list(links.items()):
        for other_id in others:
            if other_id in links:
                links[other_id].add(claim_id)
    return [
        claim
        if set(claim.contradicts) == links[claim.id]
        else claim.model_copy(update={"contradicts": tuple(sorted(links[claim.id]))})
        for claim in held
    ]


def _homes(claims: Iterable[Claim]) -> Homes:
    """The states of the bodies that act for them, as the actors among the claims tell."""
    states, bodies = set(), {}
    for claim in claims:
        actor = claim.actor
        if actor is not None and actor.kind == "state":
            states.add(actor.name)
        elif actor is not None and actor.affiliation and not EXECUTIVE.isdisjoint(actor.name.lower().split()):
            bodies[actor.name] = actor.affiliation
    return {body: state for body, state in bodies.items() if state in states}


def _is_same(one: str | None, other: str | None, homes: Homes) -> bool:
    """Whether two names mean one side: the same, or a state and a body that acts for it."""
    if one is None or other is None:
        return one == other
    return one == other or homes.get(one) == other or homes.get(other) == one


def _keys(claim: Claim, days: Mapping[str, date], homes: Homes) -> Iterator[tuple[Hashable, ...]]:
    """What a claim is about; claims that share a key are compared."""
    day = days.get(claim.document)
    if claim.vote is not None:
        for key in vote_keys(claim):
            yield "vote", key
    elif claim.figure is not None and claim.status in HOLDS:
        words = _referent(claim.figure.referent)
        if words is not None and claim.figure.unit:
            unit = claim.figure.unit.lower()
            yield "figure", SAME_UNIT.get(unit, unit), words, day
    elif claim.event is not None and claim.status in HOLDS | FAILS:
        event = claim.event
        if event.source:
            yield "event", event.type, "by", homes.get(event.source, event.source)
        if event.target:
            yield "event", event.type, "to", homes.get(event.target, event.target)
        if event.mode:
            yield "event", event.type, event.mode, claim.document
    elif claim.stance is not None and claim.speaker and claim.speaker.actor and claim.stance.stance is not None:
        issue, _ = OTHER_NAME.get(claim.stance.issue, (claim.stance.issue, 1))
        actor = homes.get(claim.speaker.actor, claim.speaker.actor)
        yield "stance", actor, issue.lower(), (claim.stance.object or "").lower(), day


def _referent(text: str | None) -> tuple[str, ...] | None:
    """The words of substance of a referent in alphabetical order; None where they are too few or open."""
    words = {word.lower() for word in WORD.findall(text or "")}
    if words & PRONOUNS:
        return None
    substance = sorted(words - NOTHING)
    return tuple(substance) if len(substance) >= FEWEST_WORDS else None


def _figures(one: Claim, other: Claim) -> bool:
    """Whether no value fits both: 4,000 and 6,000, but not more than 4,000 and 4,500."""
    if one.figure is None or other.figure is None or one.spans == other.spans:
        return False
    return not can_both_hold(
        bounds(one.figure.value, one.figure.comparison), bounds(other.figure.value, other.figure.comparison)
    )


def _events(one: Claim, other: Claim, homes: Homes) -> bool:
    """Whether one says that it happens, and the other that it does not.

    Nothing that both tell may differ (who, to whom, mode, place, day), and they must share who or to whom. Where a
    report is silent on that, an event that somebody denies is still the one of the same mode in the same report.
    """
    first, second = one.event, other.event
    if first is None or second is None or (one.status in HOLDS) == (other.status in HOLDS) or one.spans == other.spans:
        return False
    days = [event.date.value if event.date else None for event in (first, second)]
    pairs = {
        "source": (first.source, second.source),
        "target": (first.target, second.target),
        "mode": (first.mode, second.mode),
        "place": (first.place, second.place),
        "day": (days[0], days[1]),
    }
    told = {name: (str(a), str(b)) for name, (a, b) in pairs.items() if a is not None and b is not None}
    sides = ("source", "target")
    shared = {name for name, (a, b) in told.items() if (_is_same(a, b, homes) if name in sides else a == b)}
    if shared != set(told):
        return False
    if shared & {"source", "target"}:
        return True
    return "mode" in shared and one.document == other.document and "denied" in (one.status, other.status)


def _stances(one: Claim, other: Claim, homes: Homes) -> bool:
    """Whether the same actor is plainly for and plainly against the same thing."""
    first, second = (claim.speaker.actor if claim.speaker else None for claim in (one, other))
    if not _is_same(first, second, homes):
        return False
    signs = []
    for claim in (one, other):
        stance = claim.stance
        if (
            stance is None
            or stance.qualifier
            or stance.tier == "inferred"
            or stance.stance not in ("support", "oppose")
        ):
            return False
        _, sign = OTHER_NAME.get(stance.issue, (stance.issue, 1))
        signs.append(sign if stance.stance == "support" else -sign)
    return signs[0] != signs[1]

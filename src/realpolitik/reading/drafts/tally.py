"""Votes that reports tell of, put together over all of them, and the chambers that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.drafts.roster import Roster
from realpolitik.reading.drafts.words import content_words

__all__ = ["Vote", "blocs_of", "numbers", "seats_of", "votes_of"]

MOST_SEATS = 100_000
"""Of a chamber; above it an electorate voted."""

MEMBERS = content_words("seats members lawmakers legislators deputies MPs senators councillors delegates")
"""What is counted where a figure gives the strength of a bloc."""


@dataclass(frozen=True)
class Vote:
    """One vote with all claims about it."""

    claims: tuple[Claim, ...]
    held: Mapping[str, int]
    """What is taken, by field of the claim."""

    disputed: tuple[str, ...]
    """Where reports disagree, in words."""

    @property
    def cast(self) -> int:
        """Members who voted or abstained, as far as it is known."""
        return self.held["yes"] + self.held["no"] + self.held.get("abstain", 0)


def numbers(vote: VoteClaim, *, printed: bool = True) -> dict[str, int]:
    """The counts of a vote by field; ``printed``: without those that were derived."""
    found = vote.model_dump(exclude_none=True)
    derived = frozenset(vote.derived) if printed else frozenset()
    return {name: value for name, value in found.items() if type(value) is int and name not in derived}


def votes_of(claims: Iterable[Claim]) -> list[Vote]:
    """The votes whose ballots are known, in order of appearance; the same ballots twice are one vote."""
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        vote = claim.vote
        if vote and vote.yes is not None and vote.no is not None and vote.yes >= 0 and vote.no >= 0:
            groups.setdefault((vote.yes, vote.no), []).append(claim)
    return [_vote(found) for found in groups.values()]


def _vote(claims: Sequence[Claim]) -> Vote:
    told: dict[str, dict[int, list[str]]] = {}
    for claim in claims:
        assert claim.vote is not None
        for name, value in numbers(claim.vote).items():
            told.setdefault(name, {}).setdefault(value, []).append(claim.id)
    held = {name: max(values, key=lambda value: len(values[value])) for name, values in told.items()}
    disputed = [
        f"Reports disagree on '{name}': "
        + ", ".join(f"{value} ({', '.join(ids[:3])})" for value, ids in values.items())
        + "."
        for name, values in told.items()
        if len(values) > 1
    ]
    others = sorted({other for claim in claims for other in claim.contradicts})
    if others:
        disputed.append(f"Contradicted: {', '.join(others[:6])}.")
    first = claims[0].vote
    assert first is not None
    ballots = {"yes": first.yes or 0, "no": first.no or 0}
    return Vote(tuple(claims), {**held, **ballots}, tuple(disputed))


def seats_of(vote: Vote) -> tuple[int, str | None] | None:
    """Seats of the chamber in which it was, and what must be judged about them; None where none can be given."""
    seats, cast = vote.held.get("seats"), vote.cast
    if seats is not None:
        return (seats, None) if 0 < seats <= MOST_SEATS else None
    least = max(cast, vote.held.get("present", 0))
    if not 0 < least <= MOST_SEATS:
        return None
    return least, f"The number of seats is not reported: {least}, those who took part, is the least that it can be."


def blocs_of(seats: int, claims: Sequence[Claim], roster: Roster, keys: Mapping[int, str]) -> dict[str, Any]:
    """Blocs of a chamber whose members the reports number.

    Parameters
    ----------
    seats : of the chamber.
    claims : of all reports; figures such as *48 seats* of an actor make blocs.
    roster : whom names mean.
    keys : name in the contest by identity of the party.

    Returns
    -------
    dict : by key of the actor, with seats and claims; empty if none is numbered, or together they have too many.
    """
    blocs: dict[str, Any] = {}
    for claim in claims:
        figure = claim.figure
        if figure is None or figure.unit is None or figure.referent is None or figure.comparison != "exactly":
            continue
        party = roster.of(claim.document, figure.referent)
        key = keys.get(id(party))
        is_count = figure.value == int(figure.value) and 0 < figure.value <= seats
        if key is None or not is_count or MEMBERS.isdisjoint(content_words(figure.unit)):
            continue
        bloc = blocs.setdefault(key, {"seats": int(figure.value), "evidence": [], "disputed": False})
        bloc["evidence"].append(claim.id)
        bloc["disputed"] |= bloc["seats"] != int(figure.value)
    kept = {key: bloc for key, bloc in blocs.items() if not bloc["disputed"]}
    return kept if sum(bloc["seats"] for bloc in kept.values()) <= seats else {}

"""Who takes part, what is at issue, and who wants what how much."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.quantity import Bounds, NonNegative, Quantity, Share

__all__ = ["Actor", "ActorKind", "Issue", "Position"]

ActorKind = Literal[
    "state",
    "government",
    "party",
    "armed group",
    "person",
    "international body",
    "movement",
    "public",
    "coalition",
    "other",
]


class Actor(Noun):
    """Anyone whose behaviour matters to the outcome."""

    name: Text
    """Name as a reader knows it."""

    kind: ActorKind
    """What sort of actor it is."""

    aliases: tuple[Text, ...] = ()
    """Other names under which reports speak of it."""

    part_of: Name | None = None
    """The actor that it belongs to, if any."""

    note: Text | None = None
    """Who this is, in a sentence."""

    evidence: tuple[str, ...] = ()
    """Ids of claims."""


class Position(Noun):
    """What one actor wants on one issue, how much it cares, and what it can bring to bear."""

    position: Quantity
    """Preferred outcome, in the unit of the issue, within its scale."""

    salience: Share
    """Share of its attention and resources that the actor spends on this issue, 0 to 1."""

    capability: NonNegative
    """Potential influence on this issue if fully used; only ratios between actors count."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims behind all three numbers; empty means the analyst's judgement."""

    note: Text | None = None
    """Why these values."""


class Issue(Noun):
    """A question whose answers form a line."""

    question: Text
    """What is to be settled."""

    unit: Text
    """Unit of the scale, e.g. ``percent``."""

    scale: Annotated[dict[float, Text], Field(min_length=2)]
    """Labelled points; the lowest and the highest are the ends of the scale."""

    reference_point: Quantity | None = None
    """Where things stay if nothing is agreed, in the unit of the scale."""

    positions: Annotated[dict[Name, Position], Field(min_length=1)]
    """By actor. An actor who is not listed takes no part in this issue."""

    note: Text | None = None
    """How to read the scale."""

    @property
    def bounds(self) -> Bounds:
        """The ends of the scale."""
        return Bounds(min(self.scale), max(self.scale))

"""A mobilisation: who might take to the street, and how many others each waits for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.quantity import NonNegative, Quantity, Share, within

__all__ = ["Group", "Mobilisation"]

LARGEST = 1e5
"""Largest threshold; above 1 nobody joins anyway."""

Threshold = Annotated[Quantity, within(-LARGEST, LARGEST)]
"""A share of all people; 0 or less joins first, above 1 never does."""

Spread = Annotated[Quantity, within(0.0, LARGEST)]
"""A quantity of 0 or more."""


class Group(Noun):
    """People who are alike in what it takes for them to join."""

    actor: Name | None = None
    """The actor that they are part of or follow."""

    share: Spread
    """How many they are, in proportion to the other groups; normalised to sum to one in each draw."""

    threshold: Threshold
    """Share of all people who must be out before one of them joins, the mean over the group. 0 or less: joins first;
    above 1: never does."""

    spread: Spread
    """Standard deviation of that threshold within the group, which is taken to be normally distributed."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """How the values were judged."""


class Mobilisation(Noun):
    """Everybody joins when enough others have, and goes home when too few are left.

    All thresholds and shares are of all people together, 0 to 1.
    """

    of: Text
    """Which people the shares are of, e.g. adults of the capital."""

    actor: Name | None = None
    """The actor that they make up when they are out."""

    groups: Annotated[dict[Name, Group], Field(min_length=1)]
    """Who the people are."""

    trigger: Share = Quantity.model_validate(0)
    """Share who are out at the start, because of an event or from before."""

    repression: Spread = Quantity.model_validate(0)
    """By how much repression raises everybody's threshold."""

    backlash: NonNegative = Quantity.model_validate(0)
    """Share of repression that anger at it takes back: 0 it deters in full, 1 it makes no difference, above 1 it brings
    people out."""

    pressure: Threshold = Quantity.model_validate(0)
    """By how much pressure to take part, e.g. of a militia or a preacher, lowers everybody's threshold."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """How the values were judged."""

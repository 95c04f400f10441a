"""A conflict of moves and counter-moves, as the graph model for conflict resolution has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from realpolitik.contest.base import Name, Noun, Text

__all__ = ["Conflict"]


class Conflict(Noun):
    """Decision makers, what each can do, what cannot be, and what each prefers.

    A state says of every option whether it is taken. Conditions are expressions over the options' names, in the
    language of guards: ``leave and not sanction``.
    """

    decision_makers: Annotated[dict[Name, Annotated[tuple[Name, ...], Field(min_length=1)]], Field(min_length=1)]
    """Each actor's options, yes or no; an option belongs to one decision maker."""

    infeasible: tuple[Text, ...] = ()
    """Conditions that no state may meet."""

    one_way: tuple[Name, ...] = ()
    """Options that cannot be taken back once taken."""

    status_quo: tuple[Name, ...] = ()
    """Options taken at the start; all others are not."""

    preferences: dict[Name, Annotated[tuple[Text, ...], Field(min_length=1)]]
    """By decision maker: conditions it wants to hold, the most important first."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """How the preferences were judged."""

"""A chamber: seats, blocs, quorum, the majority that decides, ties."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.quantity import NonNegative, Quantity, Share
from realpolitik.contest.rule import DecisionRule, Threshold
from realpolitik.errors import ContestError

__all__ = ["Bloc", "Chamber", "Record"]


def _threshold(value: object) -> Threshold:
    if isinstance(value, Threshold):
        return value
    try:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ContestError(f"found {value!r}, expected a text such as 'majority of present' or a whole number")
        return Threshold.parse(str(value))
    except ContestError as error:
        raise PydanticCustomError("rule", "{text}", {"text": str(error)}) from None


ThresholdText = Annotated[
    Threshold,
    PlainValidator(_threshold),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}],
            "description": "'majority of seats', 'two thirds of present', '3/5 of cast', or a number of members",
        }
    ),
]
"""``majority of seats``, ``two thirds of present``, ``3/5 of cast``, or a number of members."""


class Bloc(Noun):
    """Members who are expected to act alike. In each draw every member attends, votes and abstains by chance."""

    actor: Name | None = None
    """The actor whose bloc it is; a bloc that bears an actor's name belongs to that actor."""

    seats: Annotated[int, Field(ge=1, le=100_000)]
    """Members."""

    attends: Share
    """Probability that a member is present."""

    yes: Share
    """Of those present, the share expected to vote yes."""

    no: Share = Quantity.model_validate(0)
    """Of those present, the share expected to vote no; the rest abstain. Where yes and no exceed one in a draw, both
    are scaled down to sum to one."""

    cohesion: Share = Quantity.model_validate(0)
    """0: members decide independently; 1: the whole bloc does the same. It is the correlation between two members
    of the bloc (Dirichlet-multinomial)."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims behind these numbers; empty means the analyst's judgement."""

    note: Text | None = None
    """Why these values."""


class Record(Noun):
    """A vote that has taken place, in members."""

    yes: Annotated[int, Field(ge=0)]
    """Ballots in favour."""

    no: Annotated[int, Field(ge=0)]
    """Ballots against."""

    abstain: Annotated[int, Field(ge=0)] = 0
    """Present and neither for nor against."""

    attended: dict[Name, NonNegative] = Field(default_factory=dict)
    """Members of each bloc who were present, as far as it is known; used only to say who could have broken the
    quorum."""

    evidence: tuple[str, ...] = ()
    """Ids of claims."""

    note: Text | None = None
    """What is disputed about the record."""

    @property
    def present(self) -> int:
        """Members present."""
        return self.yes + self.no + self.abstain


class Chamber(Noun):
    """A body that decides by vote."""

    name: Text | None = None
    """Name as a reader knows it."""

    seats: Annotated[int, Field(ge=1, le=100_000)]
    """Members in all; the blocs must sum to it."""

    quorum: ThresholdText | None = None
    """Members who must take part, e.g. ``majority of seats``; left out: any number can decide."""

    quorum_counts: Literal["present", "cast"] = "present"
    """Who counts towards the quorum: everybody present, or only those who vote yes or no."""

    passes: ThresholdText
    """Yes votes needed, e.g. ``majority of present``."""

    ties: Literal["fail", "pass"] = "fail"
    """What exactly half does where a majority is asked."""

    blocs: Annotated[dict[Name, Bloc], Field(min_length=1)]
    """Who sits there."""

    note: Text | None = None
    """Sources of the seats, peculiarities of the rules."""

    @property
    def rule(self) -> DecisionRule:
        """Quorum, majority and ties as one rule."""
        return DecisionRule(self.passes, self.quorum, self.quorum_counts, self.ties)

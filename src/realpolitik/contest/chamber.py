"""A chamber: seats, blocs, quorum, the majority that decides, ties."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.quantity import NonNegative, Quantity, Share
from realpolitik.contest.rule import DecisionRule, Threshold
from realpolitik.errors import ContestError

__all__ = ["Bloc", "Chamber", "Record", "SecondReading"]


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


def _conditions(value: object) -> tuple[Threshold, ...]:
    if isinstance(value, list | tuple):
        if not value:
            raise PydanticCustomError("rule", "{text}", {"text": "found no condition; at least one is needed"})
        return tuple(_threshold(each) for each in value)
    return (_threshold(value),)


def _plain(conditions: tuple[Threshold, ...]) -> str | list[str]:
    return str(conditions[0]) if len(conditions) == 1 else [str(each) for each in conditions]


_ONE = [{"type": "integer", "minimum": 0}, {"type": "string"}]

Conditions = Annotated[
    tuple[Threshold, ...],
    PlainValidator(_conditions),
    PlainSerializer(_plain),
    WithJsonSchema(
        {
            "anyOf": [*_ONE, {"type": "array", "items": {"anyOf": _ONE}, "minItems": 1}],
            "description": "'majority of seats', 'two thirds of present', '3/5 of cast', a number of members, or a "
            "list of these, which must all be met",
        }
    ),
]
"""One threshold, or several that must all be met."""


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

    boycott: Share | None = None
    """Probability that the whole bloc stays away together, whatever its members would do; left out: it never does."""

    rebels: Share | None = None
    """Probability that a member who votes yes or no breaks ranks and votes the other way, by itself; left out: 0."""

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


class SecondReading(Noun):
    """A second vote, which a motion must pass as well. What is left out is as in the first reading.

    All blocs come and vote once more, with the same numbers and under the same common shocks.
    """

    quorum: ThresholdText | None = None
    """Members who must take part."""

    quorum_counts: Literal["present", "cast"] | None = None
    """Who counts towards the quorum."""

    passes: Conditions | None = None
    """Yes votes needed, e.g. ``two thirds of seats``."""

    ties: Literal["fail", "pass"] | None = None
    """What exactly half does; left out where ``passes`` is given: ``fail``."""

    same_mood: Share | None = None
    """Probability that a bloc is in the mood of the first reading still, whether it boycotts included; left out: all
    moods are new. Without cohesion and boycott there are no moods."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims behind these numbers; empty means the analyst's judgement."""

    note: Text | None = None
    """Why these values."""

    def rule_after(self, first: DecisionRule) -> DecisionRule:
        """The rule of this reading, given that of the first."""
        passes, *also = self.passes or (first.passes, *first.also)
        return DecisionRule(
            passes,
            self.quorum or first.quorum,
            self.quorum_counts or first.quorum_counts,
            self.ties or ("fail" if self.passes else first.ties),
            tuple(also),
        )


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

    passes: Conditions
    """Yes votes needed, e.g. ``majority of present``; a list of conditions must be met all at once."""

    ties: Literal["fail", "pass"] = "fail"
    """What exactly half does where a majority is asked."""

    second_reading: SecondReading | None = None
    """A second vote that the motion must pass as well; left out: one is enough."""

    casting_vote: Share | None = None
    """Probability that the presiding officer breaks such a tie in favour; left out: ``ties`` decides."""

    attendance_shock: Share | None = None
    """What moves the attendance of all blocs at once: the correlation between the readiness of any two members to come
    (a probit shift shared by all; each bloc keeps its mean). Left out: blocs come independently."""

    vote_shock: Share | None = None
    """The same for voting yes rather than no."""

    blocs: Annotated[dict[Name, Bloc], Field(min_length=1)]
    """Who sits there."""

    note: Text | None = None
    """Sources of the seats, peculiarities of the rules."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims behind the chamber's own numbers; empty means the analyst's judgement."""

    @property
    def rule(self) -> DecisionRule:
        """Quorum, majority and ties as one rule."""
        first, *also = self.passes
        return DecisionRule(first, self.quorum, self.quorum_counts, self.ties, tuple(also))

    @property
    def second_rule(self) -> DecisionRule | None:
        """Rule of the second reading; None where there is one reading."""
        return None if self.second_reading is None else self.second_reading.rule_after(self.rule)

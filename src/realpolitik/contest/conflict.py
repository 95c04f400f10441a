"""A conflict of moves and counter-moves, as the graph model for conflict resolution has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from realpolitik.contest.base import LONGEST_NAME, Noun, Text
from realpolitik.contest.distribution import Constant
from realpolitik.contest.quantity import Quantity, Share
from realpolitik.contest.states import CONDITION, STRONGLY, spelled

__all__ = ["Alternative", "Conflict", "Direction", "Preferences", "Wish"]

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
"""A decision maker or an option; conditions spell an option with hyphens for blanks."""

Direction = Literal["forward", "backward"]
"""``forward``: once taken, an option stays taken. ``backward``: once given up, it stays given up."""

OneWay = Annotated[
    dict[Label, Direction],
    BeforeValidator(lambda given: dict.fromkeys(given, "forward") if _are_texts(given) else given),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"enum": ["forward", "backward"]}},
            ]
        }
    ),
]

StatusQuo = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def _are_texts(given: object) -> bool:
    return isinstance(given, list | tuple) and all(isinstance(each, str) for each in given)


def _ranking(given: object) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        text = f"found {given!r}, expected a list of state numbers, best first, such as [3, 4, [1, 2]]"
        raise PydanticCustomError("rule", "{text}", {"text": text})
    for entry in given:
        group = entry if isinstance(entry, list | tuple) else (entry,)
        if entry != STRONGLY and not (group and all(type(each) is int for each in group)):
            text = (
                f"found {entry!r} among state numbers; allowed are numbers, a list of them for a tie, and "
                f"'{STRONGLY}'. A list of conditions holds nothing but texts."
            )
            raise PydanticCustomError("rule", "{text}", {"text": text})
    return tuple(tuple(entry) if isinstance(entry, list) else entry for entry in given)


Ranking = Annotated[
    tuple[Any, ...],
    PlainValidator(_ranking),
    PlainSerializer(lambda given: [list(each) if isinstance(each, tuple) else each for each in given]),
    WithJsonSchema(
        {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "integer", "minimum": 1},
                    {"const": STRONGLY},
                    {"type": "array", "items": {"type": "integer", "minimum": 1}},
                ]
            },
        }
    ),
]


class Wish(Noun):
    """What a decision maker prefers: exactly one of ``statements``, ``ranking`` and ``weights``."""

    statements: tuple[Text, ...] = ()
    """Conditions that it wants to hold, the most important first: the first that differs between two states decides."""

    ranking: Ranking = ()
    """State numbers, best first; a list among them is a tie; ``>>`` divides strong preference from mild."""

    weights: dict[Text, Quantity] = Field(default_factory=dict)
    """By condition, what it is worth to it that the condition holds, in any unit of its own: the state with the larger
    sum is preferred. Weights may be uncertain."""

    unknown: tuple[int, ...] = ()
    """With a ranking: states that nobody can say how it compares; they are left out of the ranking."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means those of the conflict, or else the analyst's judgement."""

    note: Text | None = None
    """Why."""

    def forms(self) -> list[str]:
        """Which of the ways of stating a preference are used."""
        return [form for form in ("statements", "ranking", "weights") if getattr(self, form)]

    @model_validator(mode="after")
    def _one_form(self) -> Wish:
        forms = self.forms()
        if len(forms) != 1:
            wanted = "statements, ranking, weights" + (", either" if isinstance(self, Preferences) else "")
            raise ValueError(f"a preference is exactly one of {wanted}; found {' and '.join(forms) or 'none of them'}")
        if self.unknown and not self.ranking:
            raise ValueError("only a ranking can leave states uncompared; remove 'unknown' or give a ranking")
        return self

    @property
    def is_uncertain(self) -> bool:
        """Whether it may differ between draws."""
        return any(not isinstance(weight.value, Constant) for weight in self.weights.values())


class Alternative(Wish):
    """One of several preferences that a decision maker may have."""

    probability: Share | None = None
    """How likely it is the one; the last alternative may leave it out and has what is left."""


class Preferences(Wish):
    """What a decision maker prefers. A bare list of conditions stands for ``statements``, one of numbers for
    ``ranking``."""

    either: tuple[Alternative, ...] = ()
    """Instead: alternatives, of which each draw has one."""

    def forms(self) -> list[str]:
        """Which of the ways of stating a preference are used."""
        return super().forms() + (["either"] if self.either else [])

    @property
    def is_uncertain(self) -> bool:
        """Whether it may differ between draws."""
        return bool(self.either) or super().is_uncertain

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if isinstance(data, list | tuple):
            return {"statements" if _are_texts(data) and STRONGLY not in data else "ranking": data}
        return data

    @model_serializer(mode="wrap")
    def _shorten(self, handler: Callable[[Preferences], dict[str, Any]]) -> Any:
        full = {key: value for key, value in handler(self).items() if value not in (None, (), [], {})}
        return next(iter(full.values())) if set(full) in ({"statements"}, {"ranking"}) else full

    @model_validator(mode="after")
    def _alternatives(self) -> Preferences:
        if len(self.either) == 1:
            raise ValueError("'either' needs two alternatives or more")
        stated = [each.probability for each in self.either]
        if any(share is None for share in stated[:-1]):
            raise ValueError("only the last alternative may leave out its probability")
        certain = [share.value.value for share in stated if share is not None and isinstance(share.value, Constant)]
        total = round(sum(certain), 9)
        if stated and stated[-1] is not None:
            if len(certain) < len(stated):
                raise ValueError(
                    "uncertain probabilities cannot sum to 1 in every draw; leave out that of the last alternative, "
                    "which then has what is left"
                )
            if total != 1:
                raise ValueError(f"the probabilities sum to {total:g}; they must sum to 1, or the last is left out")
        elif total > 1:
            raise ValueError(f"the probabilities sum to {total:g}; with that of the last they must sum to 1")
        return self


class Conflict(Noun):
    """Decision makers, what each can do, what cannot be, and what each prefers.

    A state says of every option whether it is taken. Conditions are expressions over the options' names, in the
    language of guards, ``leave and not sanction``, or patterns with a letter for each option, ``-YN``. States are
    numbered from 1 by binary value, the first option as the lowest bit; infeasible ones are not counted.
    """

    title: Text | None = None
    """Heading for a reader."""

    decision_makers: Annotated[dict[Label, Annotated[tuple[Label, ...], Field(min_length=1)]], Field(min_length=1)]
    """Each actor's options, yes or no; an option belongs to one decision maker."""

    infeasible: tuple[Text, ...] = ()
    """Conditions that no state may meet."""

    dependent: dict[Label, Text] = Field(default_factory=dict)
    """Options that can only be taken where the condition holds."""

    one_way: OneWay = Field(default_factory=dict)
    """Options that cannot be taken back once taken: a list, or ``forward`` or ``backward`` by option."""

    status_quo: StatusQuo | None = None
    """Options taken at the start, all others are not; ``[]`` if none is. Or a condition that is true of one feasible
    state. A stage that follows the conflict needs it."""

    preferences: dict[Label, Preferences]
    """By decision maker: conditions it wants to hold, the most important first; or another form of preference."""

    believes: dict[Label, dict[Label, Preferences]] = Field(default_factory=dict)
    """Misperception: what a decision maker takes the preferences of others to be, where it is mistaken. Each judges
    and moves by what it believes."""

    unseen: dict[Label, tuple[Text, ...]] = Field(default_factory=dict)
    """By decision maker: conditions on states that it does not perceive; it has no moves into or out of them."""

    coalitions: tuple[Annotated[tuple[Label, ...], Field(min_length=2)], ...] = ()
    """Decision makers who act as one; each belongs to one coalition at most."""

    unknown_counts_as: Literal["a", "b", "c", "d"] | None = None
    """How comparisons that nobody knows count; needed where there are some."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """How the preferences were judged."""

    @property
    def options(self) -> tuple[str, ...]:
        """Every option, in the order of the bits."""
        return tuple(option for group in self.decision_makers.values() for option in group)

    @property
    def status_quo_text(self) -> str | tuple[str, ...] | None:
        """The status quo as options, or as the condition that it was given as."""
        if self.status_quo is None:
            return None
        one = self.status_quo[0] if len(self.status_quo) == 1 else ""
        named = spelled(one) in map(spelled, self.options)
        return one if one and not named and CONDITION.search(one) else self.status_quo

    def wishes(self) -> Iterator[tuple[tuple[str, ...], Preferences]]:
        """Every statement of preferences with the keys under which it stands."""
        for maker, wish in self.preferences.items():
            yield ("preferences", maker), wish
        for viewer, views in self.believes.items():
            for maker, wish in views.items():
                yield ("believes", viewer, maker), wish

    @property
    def is_uncertain(self) -> bool:
        """Whether some preference may differ between draws."""
        return any(wish.is_uncertain for _, wish in self.wishes())

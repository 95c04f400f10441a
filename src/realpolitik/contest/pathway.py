"""The pathway: stages that happen under a condition, what they change, and the base rates beside them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.chamber import Record
from realpolitik.contest.crisis import truths_of
from realpolitik.contest.expression import Expression, ExpressionError, Kind, parse_expression
from realpolitik.contest.quantity import NonNegative, Quantity, Share

__all__ = [
    "OTHERWISE",
    "BaseRate",
    "Condition",
    "Effect",
    "Stage",
    "StageKind",
    "issues_of",
    "resolve_address",
    "result_of",
]

OTHERWISE = "otherwise"
"""The condition that covers every draw that no earlier outcome took."""

StageKind = Literal["chamber", "judgement", "choice", "threat", "bargain", "conflict", "crisis", "mobilisation"]

KINDS: tuple[StageKind, ...] = get_args(StageKind)


def _condition(value: object) -> Expression:
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool):
        value = str(value).lower()
    if not isinstance(value, str):
        raise PydanticCustomError(
            "expression", "{text}", {"text": f"found {value!r}, expected a condition such as 'resolution.passed'"}
        )
    try:
        return parse_expression(value)
    except ExpressionError as error:
        text = f"'{value[:80]}', character {error.offset + 1}: {error}"
        raise PydanticCustomError("expression", "{text}", {"text": text}) from None


Condition = Annotated[
    Expression,
    PlainValidator(_condition),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": "names, numbers, < <= > >= == !=, and, or, not, brackets"}),
]
"""A truth about earlier stages and quantities, e.g. ``resolution.passed and not sanctions``."""


class Effect(Noun):
    """A change of later inputs. It acts from its stage on, before the stage itself is worked out.

    Addresses are those of the file (``issues.us-forces.positions.usa.position``); inside a stage the part that the
    stage works on may be left out: ``usa.position`` in a bargain (``us-forces.usa.position`` where it settles several
    issues), ``fatah.attends`` in a chamber, ``sender_cost`` in a threat, ``repression`` or ``students.threshold`` in a
    mobilisation. Results are kept within the bounds of the field.
    """

    when: Condition | None = None
    """In which draws; left out: in all."""

    set: dict[Text, Quantity] = Field(default_factory=dict)
    """New values by address."""

    add: dict[Text, Quantity] = Field(default_factory=dict)
    """Amounts to add by address, in the unit of the field."""

    scale: dict[Text, NonNegative] = Field(default_factory=dict)
    """Factors by address."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """Why."""

    @model_validator(mode="after")
    def _changes_something(self) -> Effect:
        if not (self.set or self.add or self.scale):
            raise ValueError("an effect needs 'set', 'add' or 'scale' with at least one address")
        return self


class BaseRate(Noun):
    """How often such a thing happened before."""

    share: Annotated[float, Field(ge=0, le=1)]
    """Share of cases, 0 to 1."""

    cases: Annotated[int, Field(ge=1)]
    """Number of cases."""

    of: Text
    """Which cases, from which source."""


class Stage(Noun):
    """One step of the pathway. Exactly one of ``chamber``, ``judgement``, ``choice``, ``threat``, ``bargain``,
    ``conflict``, ``crisis`` and ``mobilisation`` says what kind of step it is."""

    chamber: Name | None = None
    """A vote in this chamber. Results: passed, quorate, present, yes, no, abstain, margin."""

    judgement: Share | None = None
    """A probability that the analyst states. Result: whether it happens."""

    choice: dict[Name, NonNegative] | None = None
    """What one actor does: a weight for each option, normalised to sum to one in each draw. Result: one truth per
    option."""

    threat: Name | None = None
    """A threat played out. Results: imposed, threatened, complied, backed-down, gave-in, defied."""

    bargain: Name | None = None
    """A settlement of this issue. Result: the settlement, in the unit of the issue."""

    along_with: tuple[Name, ...] = ()
    """Only for a bargain: further issues that are settled in the same bargain, for models that trade one issue for
    another. Results: the settlement of each, by the issue's name, e.g. ``settlement.base-rights``."""

    conflict: Name | None = None
    """A conflict of moves and counter-moves, followed to where it comes to rest. Results: one truth per option, whether
    it is taken there; settled, moved."""

    concept: Literal["nash", "gmr", "smr", "seq", "sim"] | None = None
    """Only for a conflict: how far its decision makers look ahead; left out: ``seq``."""

    start: dict[Text, Condition] = Field(default_factory=dict)
    """Only for a conflict: options that are taken at the start just where the condition holds, e.g. ``demand-exit:
    notice``; the others are as in the conflict's ``status_quo``."""

    mobilisation: Name | None = None
    """How many take to the street. Results: turnout, least, most, tipping, shares from 0 to 1; grows,
    several."""

    crisis: Name | None = None
    """A named game played out, one of ``realpolitik crisis --list``. Result: one truth per way in which it can end,
    e.g. ``defender-gives-way``."""

    parameters: dict[Name, Quantity] = Field(default_factory=dict)
    """Only for a crisis: a value for every parameter of the game."""

    players: dict[Name, Name] = Field(default_factory=dict)
    """Only for a crisis: which actor each player of the game is."""

    precision: NonNegative | None = None
    """Only for a crisis: how sharply the players see what is better, per unit of payoff; left out: 1."""

    when: Condition | None = None
    """In which draws the stage takes place; left out: in all."""

    effects: tuple[Effect, ...] = ()
    """What changes before the stage is worked out."""

    by: Name | None = None
    """The actor whose decision it is."""

    model: str | None = None
    """Which model works it out; left out: ``passage``, ``threat``, ``compromise``, ``graph-model``."""

    variant: str | None = None
    """Which of the model's named rule sets; left out: its first."""

    model_error: Quantity | None = None
    """Only for a bargain: what the model itself gets wrong, added to its settlement, in the unit of the issue; the sum
    is kept on the scale. Issues that are settled along with it get none, and a model that brings its own errors, such
    as ``pooled``, gets none either."""

    recorded: Record | None = None
    """Only for a chamber: the vote has taken place with this result."""

    base_rate: BaseRate | None = None
    """How often such a thing happened before; shown beside the result, not used in it."""

    title: Text | None = None
    """Heading for a reader."""

    evidence: tuple[str, ...] = ()
    """Ids of claims; empty means the analyst's judgement."""

    note: Text | None = None
    """Why the stage is as it is."""

    @property
    def kind(self) -> StageKind:
        """What kind of step it is."""
        return self._given()[0]

    def _given(self) -> list[StageKind]:
        return [kind for kind in KINDS if getattr(self, kind) is not None]

    @model_validator(mode="after")
    def _one_kind(self) -> Stage:
        given = self._given()
        if len(given) != 1:
            found = " and ".join(given) if given else "none of them"
            raise ValueError(f"a stage is exactly one of {', '.join(KINDS)}; found {found}")
        only = {"model_error": "bargain", "along_with": "bargain", "recorded": "chamber"}
        only |= dict.fromkeys(("parameters", "players", "precision"), "crisis")
        only |= {"concept": "conflict", "start": "conflict"}
        misplaced = [f"'{key}' belongs to a {kind}" for key, kind in only.items() if given[0] != kind]
        wrong = [text for text in misplaced if getattr(self, text.split("'")[1])]
        if given[0] in ("judgement", "choice"):
            wrong += [f"a {given[0]} has no '{key}'" for key in ("model", "variant") if getattr(self, key) is not None]
        if self.choice is not None and len(self.choice) < 2:
            wrong.append("a choice needs at least two options")
        if "happened" in (self.choice or ()):
            wrong.append("an option may not be called 'happened': that says whether the stage takes place")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def results(self) -> dict[str, Kind]:
        """Names of the results that guards may use, and what they are; without the options of a conflict.

        Examples
        --------
        >>> Stage(judgement=0.2).results()
        {'': 'truth', 'happened': 'truth'}
        """
        truths: tuple[str, ...] = ()
        numbers: tuple[str, ...] = ()
        match self.kind:
            case "chamber":
                truths, numbers = ("", "passed", "quorate"), ("present", "yes", "no", "abstain", "margin")
            case "judgement":
                truths = ("",)
            case "choice":
                truths = tuple(self.choice or ())
            case "threat":
                ends = ("complied", "backed-down", "gave-in", "defied")
                truths = ("", "threatened", "imposed", *ends)
            case "bargain":
                numbers = ("", *self.along_with)
            case "conflict":
                truths = ("settled", "moved")
            case "crisis":
                truths = tuple(truths_of(str(self.crisis)))
            case "mobilisation":
                truths, numbers = ("grows", "several"), ("turnout", "least", "most", "tipping")
        found: dict[str, Kind] = dict.fromkeys(truths, "truth")
        return found | dict.fromkeys(numbers, "number") | {"happened": "truth"}


def issues_of(stage: Stage) -> tuple[str, ...]:
    """The issues that a bargain settles, the first one first; none for another kind of stage."""
    return () if stage.bargain is None else (stage.bargain, *stage.along_with)


def result_of(name: str, stage: Stage, issue: str) -> str:
    """Name in guards of the settlement of one issue.

    Examples
    --------
    >>> stage = Stage(bargain="toll", along_with=("rent",))
    >>> result_of("deal", stage, "toll"), result_of("deal", stage, "rent")
    ('deal', 'deal.rent')
    """
    return name if issue == stage.bargain else f"{name}.{issue}"


def resolve_address(stage: Stage, address: str, known: Container[str]) -> str | None:
    """Return the full address that an effect of this stage means, or None if there is none.

    Examples
    --------
    >>> stage = Stage(bargain="us-forces")
    >>> resolve_address(stage, "usa.position", {"issues.us-forces.positions.usa.position"})
    'issues.us-forces.positions.usa.position'
    """
    return next((candidate for candidate in (address, *_at_home(stage, address)) if candidate in known), None)


def _at_home(stage: Stage, address: str) -> Iterator[str]:
    """The address behind that of the part that the stage works on."""
    match stage.kind:
        case "bargain":
            yield f"issues.{stage.bargain}.positions.{address}"
            issue, _, rest = address.partition(".")
            if issue in (stage.bargain, *stage.along_with):
                yield f"issues.{issue}.positions.{rest}"
        case "chamber":
            yield f"chambers.{stage.chamber}.blocs.{address}"
        case "threat":
            yield f"threats.{stage.threat}.{address}"
        case "mobilisation":
            yield f"mobilisations.{stage.mobilisation}.{address}"
            yield f"mobilisations.{stage.mobilisation}.groups.{address}"
        case "conflict":
            yield f"conflicts.{stage.conflict}.preferences.{address}"
        case _:
            return

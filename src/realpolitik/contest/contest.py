"""The contest: everything that the analyst wrote, tied together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, model_validator

from realpolitik.contest.actors import Actor, Issue
from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.chamber import Chamber
from realpolitik.contest.conflict import Conflict, Wish
from realpolitik.contest.conflict_faults import forms_of
from realpolitik.contest.crisis import parameter_bounds
from realpolitik.contest.evidence import Claim, Source
from realpolitik.contest.expression import Kind
from realpolitik.contest.mobilisation import Mobilisation
from realpolitik.contest.order import order_stages
from realpolitik.contest.pathway import Condition, Stage, resolve_address
from realpolitik.contest.quantity import Bounds, Quantity
from realpolitik.contest.references import faults_of
from realpolitik.contest.states import spelled
from realpolitik.contest.threat import Threat
from realpolitik.errors import ContestError

__all__ = ["Contest", "Correlation", "Input"]


class Correlation(Noun):
    """Quantities that move together: every pair of them has this Spearman rank correlation."""

    between: Annotated[tuple[Text, ...], Field(min_length=2)]
    """Addresses, e.g. ``issues.us-forces.positions.usa.salience``."""

    rank: Annotated[float, Field(gt=-1, lt=1)]
    """Spearman's rank correlation, between -1 and 1."""

    note: Text | None = None
    """Why."""


Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Input:
    """A quantity where it stands in the contest."""

    path: tuple[str | int, ...]
    """Keys from the root of the file."""

    quantity: Quantity
    """What the analyst wrote."""

    bounds: Bounds
    """Values that the field allows."""

    evidence: tuple[str, ...]
    """Claims behind it, its own or those of the noun that holds it; empty means judgement."""

    noun: tuple[str | int, ...]
    """Path of the noun that holds it."""

    @property
    def address(self) -> str:
        """The path, joined by dots."""
        return ".".join(str(key) for key in self.path)


class Contest(Noun):
    """A political contest, as of one day, with a horizon."""

    contest: Name
    """Short name; file names and records use it."""

    title: Text
    """The question in words."""

    as_of: date
    """Nothing that became known later may shape an input."""

    horizon: date
    """The day by which the outcome is judged."""

    note: Text | None = None
    """What a reader must know before the numbers."""

    sources: dict[Name, Source] = Field(default_factory=dict)
    """Reports and briefs by name."""

    actors: dict[Name, Actor] = Field(default_factory=dict)
    """Who takes part."""

    quantities: dict[Name, Quantity] = Field(default_factory=dict)
    """Shared quantities: a field that holds such a name uses the same draw."""

    issues: dict[Name, Issue] = Field(default_factory=dict)
    """What is to be settled, each on a line."""

    chambers: dict[Name, Chamber] = Field(default_factory=dict)
    """Bodies that vote."""

    threats: dict[Name, Threat] = Field(default_factory=dict)
    """Threats made or considered."""

    conflicts: dict[Name, Conflict] = Field(default_factory=dict)
    """Conflicts of moves and counter-moves."""

    mobilisations: dict[Name, Mobilisation] = Field(default_factory=dict)
    """Who might take to the street."""

    correlations: tuple[Correlation, ...] = ()
    """Quantities that move together."""

    pathway: Annotated[dict[Name, Stage], Field(min_length=1)]
    """Stages; their order follows from who refers to whom."""

    outcomes: Annotated[dict[Text, Condition], Field(min_length=1)]
    """The first that holds is the outcome; together they must cover every draw."""

    claims: dict[str, Claim] = Field(default_factory=dict)
    """What the sources say, by id; kept in claims.jsonl."""

    @model_validator(mode="after")
    def _consistent(self) -> Contest:
        faults = faults_of(self)
        if faults:
            raise ContestError(faults)
        return self

    def inputs(self) -> dict[str, Input]:
        """Every quantity by address, in the order of the contest."""
        return self._by_address

    @cached_property
    def _by_address(self) -> dict[str, Input]:
        written = {found.address: found for found in _inputs(self)}
        return {address: self._in_its_field(found, written) for address, found in written.items()}

    def _in_its_field(self, found: Input, written: dict[str, Input]) -> Input:
        """What an effect sets is drawn with the bounds, and so the shape, of the field that it replaces."""
        match found.path:
            case ("pathway", str(name), "effects", int(), "set", str(address)) if name in self.pathway:
                target = resolve_address(self.pathway[name], address, written)
                return replace(found, bounds=written[target].bounds) if target else found
            case _:
                return found

    def stage_order(self) -> tuple[str, ...]:
        """Stages such that each comes after those that its conditions refer to; file order breaks ties."""
        return order_stages(self.pathway)

    def results(self, stage: Stage) -> dict[str, Kind]:
        """Names of the results of a stage that guards may use, and what they are."""
        conflict = self.conflicts.get(stage.conflict or "")
        options = {} if conflict is None else dict.fromkeys(map(spelled, conflict.options), "truth")
        return {**options, **stage.results()}  # type: ignore[dict-item]

    def actor_name(self, key: str) -> str:
        """Name of an actor for a reader; the key itself if it is not an actor."""
        return self.actors[key].name if key in self.actors else key


def _inputs(contest: Contest) -> Iterator[Input]:
    for name, quantity in contest.quantities.items():
        path = ("quantities", name)
        yield Input(path, quantity, quantity.bounds, quantity.evidence, path)
    for name, issue in contest.issues.items():
        point = issue.reference_point
        if point is not None:
            path = ("issues", name)
            yield Input((*path, "reference_point"), point, issue.bounds, point.evidence, path)
        for actor, position in issue.positions.items():
            yield from _fields(("issues", name, "positions", actor), position, {"position": issue.bounds})
    for name, chamber in contest.chambers.items():
        yield from _fields(("chambers", name), chamber)
        if chamber.second_reading is not None:
            yield from _fields(("chambers", name, "second_reading"), chamber.second_reading)
        for label, bloc in chamber.blocs.items():
            yield from _fields(("chambers", name, "blocs", label), bloc)
    for name, threat in contest.threats.items():
        yield from _fields(("threats", name), threat)
    for name, crowd in contest.mobilisations.items():
        yield from _fields(("mobilisations", name), crowd)
        for label, group in crowd.groups.items():
            yield from _fields(("mobilisations", name, "groups", label), group)
    for name, conflict in contest.conflicts.items():
        for keys, wish in conflict.wishes():
            for where, each in forms_of(keys, wish).items():
                lent = each.evidence or wish.evidence or conflict.evidence
                yield from _wish_inputs(("conflicts", name, *where), each, lent)
    for name, stage in contest.pathway.items():
        yield from _stage_inputs(("pathway", name), stage)


def _fields(path: Path, noun: Any, bounds: dict[str, Bounds] | None = None) -> Iterator[Input]:
    for key in type(noun).model_fields:
        value = getattr(noun, key)
        if isinstance(value, Quantity):
            held = (bounds or {}).get(key, value.bounds)
            yield Input((*path, key), value, held, value.evidence or noun.evidence, path)


def _wish_inputs(path: Path, wish: Wish, lent: tuple[str, ...]) -> Iterator[Input]:
    """Weights of a preference, and the probability of an alternative."""
    share = getattr(wish, "probability", None)
    if share is not None:
        yield Input((*path, "probability"), share, share.bounds, share.evidence or lent, path)
    for condition, weight in wish.weights.items():
        yield Input((*path, "weights", condition), weight, weight.bounds, weight.evidence or lent, path)


def _stage_inputs(path: Path, stage: Stage) -> Iterator[Input]:
    yield from _fields(path, stage)
    for name, value in stage.parameters.items():
        bounds = parameter_bounds(str(stage.crisis), name)
        yield Input((*path, "parameters", name), value, bounds, value.evidence or stage.evidence, path)
    for option, weight in (stage.choice or {}).items():
        yield Input((*path, "choice", option), weight, weight.bounds, weight.evidence or stage.evidence, path)
    if stage.recorded is not None:
        for bloc, members in stage.recorded.attended.items():
            where: Path = (*path, "recorded", "attended", bloc)
            yield Input(where, members, members.bounds, members.evidence or stage.recorded.evidence, where[:-2])
    for index, effect in enumerate(stage.effects):
        home: Path = (*path, "effects", index)
        for verb in ("set", "add", "scale"):
            for address, quantity in getattr(effect, verb).items():
                evidence = quantity.evidence or effect.evidence
                yield Input((*home, verb, address), quantity, quantity.bounds, evidence, home)

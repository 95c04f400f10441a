"""A named crisis in every draw: how likely each end is, and which one came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import numpy as np

from realpolitik.errors import Fault, ModelError, UnknownName
from realpolitik.models.arrays import Bools, Counts, Floats, checked, draws_of, refuse
from realpolitik.models.crisis.quantal import quantal
from realpolitik.models.crisis.template import Template
from realpolitik.registry import model

__all__ = ["Ending", "NamedCrisis", "crisis"]

Variant = Literal["quantal", "equilibrium"]

LARGEST = 1e100
"""Largest precision, so that no product overflows."""


@dataclass(frozen=True, eq=False)
class NamedCrisis:
    """A template with its values, in every draw.

    Raises
    ------
    ContestError : a parameter is missing, unknown or out of its range; all faults at once.
    """

    stage: ClassVar[str] = "crisis"
    """The kind of stage that models of this view work out."""

    template: Template
    """Which game."""

    values: Mapping[str, Floats]
    """By parameter, float[draws]; one that counts something is the same in every draw."""

    precision: Floats
    """float[draws], at least 0, per unit of payoff: how sharply players see what is better; for quantal response."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        draws = ("draw", draws_of(self.precision))
        found = {}
        for one in self.template.parameters:
            if one.name not in self.values:
                faults.append(Fault((one.name,), f"is missing; '{self.template.name}' needs it."))
                continue
            value = checked(one.name, self.values[one.name], (draws,), faults, least=one.low, most=one.high)
            if one.whole and value.size and ((value != value[0]).any() or value[0] != int(value[0])):
                faults.append(
                    Fault((one.name,), "must be one whole number for all draws: it gives the game its shape.")
                )
            found[one.name] = value
        faults += [Fault((name,), f"is no parameter of '{self.template.name}'.") for name in self.values
                   if name not in found and name not in {one.name for one in self.template.parameters}]  # fmt: skip
        object.__setattr__(self, "precision", checked("precision", self.precision, (draws,), faults, least=0,
                                                      most=LARGEST))  # fmt: skip
        refuse(faults)
        object.__setattr__(self, "values", found)

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.precision.shape[0])


@dataclass(frozen=True, eq=False)
class Ending:
    """How a crisis ends, in every draw."""

    outcomes: tuple[str, ...]
    """Names, in the order of ``probability``."""

    probability: Floats
    """float[draws, outcomes]: exact for the variant."""

    end: Counts
    """int[draws]: index into ``outcomes`` of how it ended, sampled from the probabilities."""

    tie: Bools
    """bool[draws]: whether somebody was exactly indifferent in equilibrium; always False under quantal response."""

    variant: str
    """Named rule set of the model."""

    method: str
    """How it was computed, in a sentence."""


@model("crisis", accepts=NamedCrisis, reference="McKelveyPalfrey1998", variants=get_args(Variant))
def crisis(game: NamedCrisis, *, variant: Variant = "quantal", rng: np.random.Generator) -> Ending:
    """How a named crisis ends.

    Parameters
    ----------
    game : a template, float[draws] for each of its parameters, precision float[draws].
    variant : ``quantal``: the better move is likelier, not certain, and everybody knows that of everybody.
        ``equilibrium``: the template's own equilibrium, by looking ahead or in closed form; not every template has one.
    rng : source of chance; the end of each draw is sampled.

    Raises
    ------
    ModelError : the template has no equilibrium of its own, or the path to quantal response broke off.

    References
    ----------
    McKelveyPalfrey1998 (docs/references.md); each template names its own. Checked: tests/reference/crisis.yaml.

    Examples
    --------
    >>> from realpolitik.models.crisis.template import template
    >>> signal = template("signal")
    >>> found = crisis(NamedCrisis(signal, signal.values(), np.ones(1)), variant="equilibrium",
    ...                rng=np.random.default_rng(1))
    >>> found.outcomes, found.probability.round(3).tolist()
    (('status quo', 'target concedes', 'sender backs down', 'fight'), [[0.625, 0.125, 0.083, 0.167]])
    """
    if variant == "quantal":
        response = quantal(game.template.tree(game.values), game.precision)
        if not response.found.all():
            lost = int((~response.found).sum())
            raise ModelError(
                f"'{game.template.name}': the path to quantal response broke off in {lost:,} of {game.draws:,} draws "
                "before the precision was reached. Give a lower precision."
            )
        outcomes, probability, method = response.outcomes, response.probability, response.method
        tie = np.zeros(game.draws, dtype=bool)
    elif variant == "equilibrium":
        if game.template.play is None:
            raise ModelError(f"'{game.template.name}' has no equilibrium of its own. Use the variant 'quantal'.")
        played = game.template.play(game.values)
        outcomes, probability, method, tie = played.outcomes, played.probability, game.template.method, played.tie
    else:
        raise UnknownName("crisis variant", variant, get_args(Variant))
    reached = np.cumsum(probability, axis=1)
    end = (rng.random(game.draws)[:, np.newaxis] * reached[:, -1:] >= reached).sum(axis=1)
    return Ending(outcomes, probability, end, tie, variant, method)

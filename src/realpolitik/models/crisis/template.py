"""What a named crisis is: parameters an analyst can judge, a tree, and how it is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from realpolitik.errors import ContestError, Fault, nearest
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.crisis.induction import backward_induction
from realpolitik.models.crisis.tree import Tree
from realpolitik.registry import templates

__all__ = ["Parameter", "Played", "Template", "Values", "look_ahead", "register", "template"]

Values = Mapping[str, Floats]
"""By parameter, float[draws]."""


@dataclass(frozen=True)
class Parameter:
    """One thing to judge."""

    name: str
    """As after ``--set``."""

    default: float
    """Used where nothing is said; made up, for a first look."""

    low: float
    """Smallest value allowed."""

    high: float
    """Largest value allowed."""

    meaning: str
    """What it stands for, with its unit."""

    whole: bool = False
    """Whether it counts something; such a parameter shapes the tree and cannot differ between draws."""


@dataclass(frozen=True, eq=False)
class Played:
    """The equilibrium of a template, in every draw."""

    outcomes: tuple[str, ...]
    """Names, in the order of ``probability``."""

    probability: Floats
    """float[draws, outcomes]."""

    regimes: tuple[str, ...]
    """Kinds of equilibrium, as sentences."""

    regime: Counts
    """int[draws]: index into ``regimes``."""

    strategies: Mapping[str, Floats]
    """By place, the probability of each move, float[moves, draws]."""

    tie: Bools
    """bool[draws]: whether somebody is exactly indifferent, so that another equilibrium exists."""


@dataclass(frozen=True)
class Template:
    """A named crisis."""

    name: str
    """As after ``realpolitik crisis``."""

    summary: str
    """In one line."""

    source: str
    """Where the form comes from; the key of the literature."""

    parameters: tuple[Parameter, ...]
    """What to judge."""

    tree: Callable[[Values], Tree]
    """The game; its draws are those of the values."""

    play: Callable[[Values], Played] | None
    """The equilibrium; None where it has no closed form and the quantal response speaks alone."""

    method: str
    """How the equilibrium is found, in a sentence."""

    sanctions: bool = False
    """Whether base rates of sanctions stand beside it."""

    def values(self, given: Mapping[str, float] | None = None) -> dict[str, Floats]:
        """Defaults with what is given in their place, float[1] each.

        Raises
        ------
        ContestError : an unknown name, or a value outside its range; all faults at once.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        faults = []
        for name, value in (given or {}).items():
            if name not in known:
                faults.append(Fault((name,), f"'{self.name}' has no such parameter. {nearest(name, known)}"))
                continue
            asked = known[name]
            if not asked.low <= value <= asked.high or (asked.whole and value != int(value)):
                kind = "a whole number from" if asked.whole else "expected"
                faults.append(Fault((name,), f"is {value:g}, {kind} {asked.low:g} to {asked.high:g}."))
        if faults:
            raise ContestError(faults)
        return {name: np.array([(given or {}).get(name, asked.default)], dtype=float) for name, asked in known.items()}


def look_ahead(build: Callable[[Values], Tree]) -> Callable[[Values], Played]:
    """Play a game without information sets by backward induction; its regimes are its outcomes."""

    def play(values: Values) -> Played:
        found = backward_induction(build(values))
        regime = found.probability.argmax(axis=1)
        return Played(found.outcomes, found.probability, found.outcomes, regime, found.strategies, found.tie)

    return play


def register(found: Template) -> Template:
    """Make a template known by its name, to ``realpolitik crisis`` and to stages of a contest."""
    tree = found.tree(found.values())
    about = {"parameters": found.parameters, "outcomes": tree.outcomes, "players": tree.players}
    templates.register(found.name, template=found, **about)(found.tree)
    return found


def template(name: str) -> Template:
    """Return the template of that name.

    Raises
    ------
    UnknownName : there is none; carries the names that exist.
    """
    known: Template = templates.get(name).about["template"]
    return known

"""How likely a state is an equilibrium, where preferences are uncertain or differ with who looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.errors import ContestError, Fault
from realpolitik.models.arrays import Counts, Floats, checked, draws_of, refuse
from realpolitik.models.conflict.concepts import CONCEPTS, Concept, Stability, checked_concepts, stability
from realpolitik.contest.states import holds
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.preferences import Preference, levels

__all__ = ["Chances", "chances", "hypergame", "worth"]


@dataclass(frozen=True, eq=False)
class Chances:
    """Share of draws in which each state is an equilibrium."""

    probability: dict[Concept, Floats]
    """float[states] by concept; several states, or none, can be equilibria in one draw."""

    draws: int
    """Number of possible worlds."""

    def standard_error(self, concept: Concept) -> Floats:
        """float[states]: error of sampling alone."""
        share = self.probability[concept]
        error: Floats = np.sqrt(share * (1 - share) / self.draws)
        return error


def worth(graph: StateGraph, weights: Mapping[str, ArrayLike]) -> Floats:
    """What each state is worth to a decision maker: the weights of the conditions that hold in it, summed.

    Parameters
    ----------
    weights : by condition, float[draws] or a number.

    Returns
    -------
    float[draws, states]

    Raises
    ------
    ContestError : a condition cannot be read, or the lengths differ.
    """
    faults: list[Fault] = []
    draws = max((draws_of(weight) for weight in weights.values()), default=1)
    total = np.zeros((draws, graph.size))
    for condition, weight in weights.items():
        truth = holds(condition, graph.states, graph.options, faults, ("weights", condition))
        spread = np.full(draws, weight) if np.ndim(weight) == 0 else weight
        values = checked(f"weights.{condition}", spread, [("draw", draws)], faults)
        refuse(faults)
        total += values[:, np.newaxis] * truth
    return total


def chances(graph: StateGraph, worths: Mapping[str, ArrayLike], concepts: Sequence[str] = CONCEPTS) -> Chances:
    """Probability that each state is an equilibrium over draws of the preferences.

    Parameters
    ----------
    worths : by decision maker, float[draws, states]: the larger, the better; who is left out keeps its preference.
    concepts : of ``CONCEPTS``.

    Raises
    ------
    ContestError : a shape or a name is wrong.

    Examples
    --------
    >>> game = StateGraph.build({"a": ["x"], "b": ["y"]}, statements={"a": ["x"], "b": ["y"]})
    >>> chances(game, {"a": [[0, 1, 0, 1], [1, 0, 1, 0]]}).probability["nash"].tolist()
    [0.0, 0.0, 0.5, 0.5]
    """
    wanted = checked_concepts(concepts)
    faults: list[Fault] = []
    draws = max((draws_of(values) for values in worths.values()), default=1)
    axes = (("draw", draws), ("state", graph.size))
    drawn = {graph.maker(name): checked(f"worths.{name}", values, axes, faults) for name, values in worths.items()}
    refuse(faults)
    counts = {name: np.zeros(graph.size) for name in wanted}
    band = np.zeros(graph.size, dtype=np.int64)
    for draw in range(draws):
        wishes = list(graph.preferences)
        for maker, values in drawn.items():
            wishes[maker] = Preference(levels(values[draw])[np.newaxis], band)
        found = stability(graph.with_preferences(wishes), wanted)
        for name in wanted:
            counts[name] += found.stable[name].all(axis=0)
    return Chances({name: count / draws for name, count in counts.items()}, draws)


def hypergame(views: Mapping[str, StateGraph], concepts: Sequence[str] = CONCEPTS) -> tuple[Counts, Stability]:
    """Stability where each decision maker judges by the conflict as it perceives it.

    Parameters
    ----------
    views : by decision maker, the conflict that it believes to be in; options and their owners are the same in all.
    concepts : of ``CONCEPTS``.

    Returns
    -------
    masks int64[common states] that every view holds feasible, and the verdicts on them.

    Raises
    ------
    ContestError : a view is missing, or has other decision makers or options.
    """
    first = next(iter(views.values()), None)
    if first is None or set(views) != set(first.decision_makers):
        raise ContestError("Each decision maker needs one view of the conflict, and nobody else has one.")
    form = (first.decision_makers, first.options, first.owner.tolist())
    common = first.states
    for name, view in views.items():
        if (view.decision_makers, view.options, view.owner.tolist()) != form:
            raise ContestError(f"The view of {name} has other decision makers or options. Make them the same.")
        common = np.intersect1d(common, view.states)
    stable: dict[Concept, list[Floats]] = {name: [] for name in checked_concepts(concepts)}
    for maker, name in enumerate(first.decision_makers):
        found = stability(views[name], concepts).stable
        for concept, rows in stable.items():
            rows.append(found[concept][maker, views[name].index[common]])
    verdicts = {concept: np.array(rows, dtype=np.bool_) for concept, rows in stable.items()}
    return common, Stability(first.decision_makers, verdicts, "each decision maker in its own view")

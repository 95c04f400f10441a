"""How likely a state is an equilibrium, where preferences are uncertain or differ with who looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.contest.states import holds
from realpolitik.errors import ContestError, Fault
from realpolitik.models.arrays import Bools, Counts, Floats, checked, draws_of, refuse
from realpolitik.models.conflict import kernel
from realpolitik.models.conflict.concepts import (
    CONCEPTS,
    Concept,
    Stability,
    checked_concepts,
    focal_stability,
    stability,
)
from realpolitik.models.conflict.drawn import DrawnConflict
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.preferences import Preference

__all__ = ["Chances", "chances", "equilibrium_chances", "hypergame", "ordered", "worth"]

COMPILED_FROM = 5_000
"""States, over all preferences, from which loading Numba takes less time than it saves."""

MOST_COMPARED = 50_000_000
"""Moves times preferences that are compared to find those that differ in nothing that matters."""


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
    forms: list[tuple[Preference, ...]] = []
    which = np.zeros((draws, len(graph.decision_makers)), dtype=np.int64)
    for maker, wish in enumerate(graph.preferences):
        if maker in drawn:
            found, which[:, maker] = ordered(drawn[maker])
            forms.append(found)
        else:
            forms.append((wish,))
    slots = tuple((-1, maker) for maker in range(len(forms)))
    start = np.zeros(draws, dtype=np.int64)
    return equilibrium_chances([DrawnConflict(graph, slots, tuple(forms), which, start)], wanted)


def ordered(values: Floats) -> tuple[tuple[Preference, ...], Counts]:
    """The different orders of states among draws, and which of them each draw has.

    Parameters
    ----------
    values : float[draws, states]: the larger, the better.

    Returns
    -------
    preferences, and int[draws] into them.
    """
    place = np.argsort(values, axis=1, kind="stable")
    rising = np.diff(np.take_along_axis(values, place, axis=1), axis=1) > 0
    steps = np.zeros(values.shape, dtype=np.int64)
    np.cumsum(rising, axis=1, out=steps[:, 1:])
    rank = np.empty_like(steps)
    np.put_along_axis(rank, place, steps, axis=1)
    rows, which = np.unique(rank, axis=0, return_inverse=True)
    band = np.zeros(values.shape[1], dtype=np.int64)
    return tuple(Preference(row[np.newaxis], band) for row in rows), which.reshape(-1).astype(np.int64)


def equilibrium_chances(parts: Iterable[DrawnConflict], concepts: Sequence[str] = CONCEPTS) -> Chances:
    """Share of draws in which each state is an equilibrium; what differs in nothing that matters is worked out once.

    Parameters
    ----------
    parts : the same conflict in several runs of draws, one after the other.
    """
    wanted = checked_concepts(concepts)
    known: dict[bytes, Bools] = {}
    draws = 0
    total = np.zeros(0)
    for part in parts:
        counts = _special_counts(part, wanted, known) if part.is_special else _counts(part, wanted, known)
        total = counts + (total if draws else 0.0)
        draws += part.draws
    return Chances({name: total[row] / draws for row, name in enumerate(wanted)}, draws)


def _special_counts(part: DrawnConflict, wanted: tuple[Concept, ...], known: dict[bytes, Bools]) -> Floats:
    """float[concepts, states]: draws in which each state is an equilibrium, moves followed one by one."""
    kinds, kind = part.kinds()
    base = part.search(part.graph)
    total = np.zeros((len(wanted), part.graph.size))
    for minds, times in zip(kinds, np.bincount(kind, minlength=len(kinds)), strict=True):
        key = b"".join(wish.level.tobytes() + wish.band.tobytes() for mind in minds for wish in mind)
        if key not in known:
            found = part.verdicts(minds, wanted, base).stable
            known[key] = np.array([found[name].all(axis=0) for name in wanted])
        total += times * known[key]
    return total


def _counts(part: DrawnConflict, wanted: tuple[Concept, ...], known: dict[bytes, Bools]) -> Floats:
    """The same, decision maker by decision maker.

    A verdict depends on the order of all states for the decision maker itself; of the others it matters only which of
    their own moves are improvements.
    """
    graph = part.graph
    held = np.ones((part.draws, len(wanted), graph.size), dtype=np.bool_)
    gains = [_gains(graph, maker, forms) for (_, maker), forms in zip(part.slots, part.forms, strict=True)]
    for focal in range(len(graph.decision_makers)):
        seen = [part.slot(focal, maker) for maker in range(len(graph.decision_makers))]
        columns = [
            part.drawn[:, place] if maker == focal else gains[place][0][part.drawn[:, place]]
            for maker, place in enumerate(seen)
        ]
        _, first, which = np.unique(np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True)
        verdicts = np.empty((len(first), len(wanted), graph.size), dtype=np.bool_)
        if len(first) * graph.size > COMPILED_FROM:
            kernel.compile_all()
        for row, draw in enumerate(first):
            wishes = [part.forms[place][int(part.drawn[draw, place])] for place in seen]
            keys = [
                wishes[maker].level.tobytes() if maker == focal else gains[place][1][int(part.drawn[draw, place])]
                for maker, place in enumerate(seen)
            ]
            key = b"".join([bytes([focal]), *keys])
            if key not in known:
                known[key] = focal_stability(graph.with_preferences(wishes), focal, wanted)
            verdicts[row] = known[key]
        held &= verdicts[which.reshape(-1)]
    return np.asarray(held.sum(axis=0), dtype=np.float64)


def _gains(graph: StateGraph, maker: int, forms: Sequence[Preference]) -> tuple[Counts, list[bytes]]:
    """Of each form of a preference, a number and a key that tell which own moves are improvements."""
    keys = [form.level.tobytes() for form in forms]
    if len(forms) > 1:
        pairs = [(start, end) for start in range(graph.size) for end in graph.moves(maker, start)]
        if len(pairs) * len(forms) <= MOST_COMPARED:
            starts, ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
            keys = [np.packbits(form.level[0][ends] > form.level[0][starts]).tobytes() for form in forms]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64), keys


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

"""Conflicts over draws: what each decision maker prefers in each possible world, and which states then are stable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.conflict import Preferences, Wish
from realpolitik.contest.contest import Contest
from realpolitik.contest.pathway import Stage
from realpolitik.contest.states import holds, spelled
from realpolitik.errors import ContestError, Fault, ModelError
from realpolitik.forecast.draws import Chunk, Floats, chunks, sample, strata, stream
from realpolitik.forecast.medians import inputs_at_medians
from realpolitik.models.conflict import Chances, DrawnConflict, Preference, StateGraph, equilibrium_chances, ordered
from realpolitik.models.conflict import worth as worth_of
from realpolitik.models.conflict.drawn import MOST_DRAWN_STATES
from realpolitik.models.conflict.preferences import ranked, stated, weighed

__all__ = ["conflict_chances", "drawn_conflict", "picked", "typical"]

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
Pick = Callable[[str, Floats], Counts]
"""Which alternative each draw has, int[draws], of the address and the probabilities float[draws, alternatives]."""

Forms = tuple[tuple[Preference, ...], Counts]
"""The preferences that occur, and which of them each draw has."""

DIGITS = 12
"""Decimals, of the sum of all weights, to which what states are worth is compared: beyond them are rounding errors."""


def picked(seed: int, chunk: Chunk, address: str, shares: Floats) -> Counts:
    """Which alternative each draw has: drawn from a stream of its own, one in each of equally likely strata."""
    chance = strata(stream(seed, chunk, address), chunk.size)
    chosen: Counts = (chance[:, np.newaxis] >= np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)
    return chosen


def drawn_conflict(
    contest: Contest,
    name: str,
    inputs: Mapping[str, Floats],
    pick: Pick,
    *,
    stage: Stage | None = None,
    starts: Mapping[str, Bools] | None = None,
    where: Bools | None = None,
    strongly: bool = False,
) -> DrawnConflict:
    """A conflict in every draw.

    Parameters
    ----------
    inputs : float[draws] by address; draws of nothing but this conflict suffice.
    pick : chooses among alternatives.
    stage : the stage that follows it, for its concept.
    starts : bool[draws] by option: whether it is taken at the start, where that is not as in the status quo.
    where : bool[draws] in which the stage takes place; elsewhere things start from the status quo.
    strongly : whether only a strongly less preferred state deters.

    Raises
    ------
    ContestError : in some draw the start is a state that cannot be.
    ModelError : too many states for uncertain preferences.
    """
    conflict = contest.conflicts[name]
    graph = StateGraph.frame(
        conflict.decision_makers, infeasible=conflict.infeasible, dependent=conflict.dependent,
        one_way=conflict.one_way, unseen=conflict.unseen, status_quo=conflict.status_quo_text,
    )  # fmt: skip
    if conflict.is_uncertain and graph.size > MOST_DRAWN_STATES:
        raise ModelError(
            f"Conflict '{name}' has {graph.size:,} states; uncertain preferences are followed in up to "
            f"{MOST_DRAWN_STATES:,}. Make them certain, or rule out states with 'infeasible'."
        )
    draws = len(next(iter(inputs.values()), np.zeros(1)))
    makers, slots, forms, which = graph.decision_makers, [], [], []
    for path, wish in conflict.wishes():
        found, index = _forms(graph, wish, f"conflicts.{name}.{'.'.join(path)}", inputs, pick, draws)
        viewer = makers.index(path[1]) if path[0] == "believes" else -1
        slots.append((viewer, makers.index(path[-1])))
        forms.append(found)
        which.append(index)
    everywhere = np.ones(draws, dtype=np.bool_) if where is None else where
    chosen: dict[str, Any] = {} if stage is None or stage.concept is None else {"concept": stage.concept}
    return DrawnConflict(
        graph, tuple(slots), tuple(forms), np.stack(which, axis=1), _start(name, graph, starts or {}, everywhere),
        parties=conflict.coalitions, unknown=conflict.unknown_counts_as, strongly=strongly, **chosen,
    )  # fmt: skip


def _start(name: str, graph: StateGraph, starts: Mapping[str, Bools], where: Bools) -> Counts:
    mask = np.full(len(where), graph.states[graph.status_quo or 0], dtype=np.int64)
    names = [spelled(option) for option in graph.options]
    for option, taken in starts.items():
        bit = np.int64(1 << names.index(spelled(option)))
        mask = np.where(where, np.where(taken, mask | bit, mask & ~bit), mask)
    found: Counts = graph.index[mask]
    if (found < 0).any():
        wrong = int(mask[np.argmax(found < 0)])
        taken_there = ", ".join(option for bit, option in enumerate(names) if wrong >> bit & 1) or "no option"
        text = (
            f"in {np.mean(found < 0):.1%} of the draws things would start with {taken_there} taken, a state that "
            f"conflict '{name}' rules out. Change 'start', or 'status_quo' or 'infeasible' of the conflict."
        )
        raise ContestError([Fault(("pathway",), text)])
    return found


def _forms(
    graph: StateGraph, wish: Preferences, address: str, inputs: Mapping[str, Floats], pick: Pick, draws: int
) -> Forms:
    if not wish.either:
        return _form(graph, wish, address, inputs, draws)
    parts = [_form(graph, each, f"{address}.either.{index}", inputs, draws) for index, each in enumerate(wish.either)]
    chosen = pick(address, _shares(wish, address, inputs, draws))
    offsets = np.cumsum([0, *(len(found) for found, _ in parts)])
    index = np.stack([start + which for start, (_, which) in zip(offsets, parts, strict=False)], axis=1)
    return tuple(one for found, _ in parts for one in found), index[np.arange(draws), chosen]


def _shares(wish: Preferences, address: str, inputs: Mapping[str, Floats], draws: int) -> Floats:
    """float[draws, alternatives]: the last has what the others leave; where they exceed one they are scaled down."""
    columns = [
        inputs[f"{address}.either.{index}.probability"] for index, each in enumerate(wish.either)
        if each.probability is not None
    ]  # fmt: skip
    stated_shares = np.stack(columns, axis=1) if columns else np.zeros((draws, 0))
    total = stated_shares.sum(axis=1)
    if len(columns) < len(wish.either):
        stated_shares = np.column_stack([stated_shares, np.maximum(1 - total, 0)])
    shares: Floats = stated_shares / np.maximum(stated_shares.sum(axis=1), 1e-300)[:, np.newaxis]
    return shares


def _form(graph: StateGraph, wish: Wish, address: str, inputs: Mapping[str, Floats], draws: int) -> Forms:
    same = np.zeros(draws, dtype=np.int64)
    truth = partial(holds, states=graph.states, options=graph.options, faults=[], path=())
    if wish.statements:
        return (stated(truth(condition) for condition in wish.statements),), same
    if wish.ranking:
        return (ranked(wish.ranking, graph.size, unknown=wish.unknown),), same
    weights = {condition: inputs[f"{address}.weights.{condition}"] for condition in wish.weights}
    if all((values == values[0]).all() for values in weights.values()):
        with suppress(ContestError):  # too many digits for exact sums
            return (weighed({condition: float(values[0]) for condition, values in weights.items()}, truth),), same
    total = sum(np.abs(values) for values in weights.values())
    values = worth_of(graph, weights) / np.maximum(total, 1e-300)[:, np.newaxis]
    return ordered(np.round(values, DIGITS))


def typical(contest: Contest, name: str, *, strongly: bool = False) -> DrawnConflict:
    """The conflict with every weight at its median, and each decision maker's likeliest alternative, as one draw."""
    inputs = inputs_at_medians(contest, f"conflicts.{name}.")
    return drawn_conflict(contest, name, inputs, lambda _, shares: shares.argmax(axis=1), strongly=strongly)


def conflict_chances(contest: Contest, name: str, draws: int, seed: int, *, strongly: bool = False) -> Chances:
    """Probability that each state is an equilibrium of each concept, over draws of the preferences.

    Stages and their effects are not applied; draws are those of a forecast with this seed.
    """
    if draws < 1:
        raise ContestError(f"{draws} draws are none at all. Ask for at least one.")
    return equilibrium_chances(_parts(contest, name, draws, seed, strongly))


def _parts(contest: Contest, name: str, draws: int, seed: int, strongly: bool) -> Iterator[DrawnConflict]:
    for chunk in chunks(draws):
        inputs = sample(contest, seed, chunk) or {"": np.zeros(chunk.size)}
        yield drawn_conflict(contest, name, inputs, partial(picked, seed, chunk), strongly=strongly)

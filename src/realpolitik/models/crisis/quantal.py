"""Quantal response: the better move is likelier, not certain, and everybody knows that of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.crisis.play import backwards, likelihood
from realpolitik.models.crisis.tree import Choice, End, Tree, numbers

__all__ = ["MOST_UNKNOWNS", "Quantal", "quantal"]

MOST_UNKNOWNS = 60
"""Moves beyond the first of each place, in trees with information sets: the size of the equations."""

MOST_STEPS = 4_000
"""Steps along the path before a draw is given up."""

FIRST_STEP, SMALLEST_STEP, LARGEST_STEP = 0.02, 1e-7, 4.0
"""Lengths of a step along the path, relative to one plus the length of the way so far."""

GROW, SHRINK = 1.5, 0.5
"""What a step that worked and one that did not do to the next one."""

CLOSE, CORRECTIONS, NUDGE = 1e-9, 8, 1e-7
"""Residual that is near enough, corrections per step, and the difference for derivatives."""


@dataclass(frozen=True, eq=False)
class Quantal:
    """The agent quantal response equilibrium on the branch that begins where all toss coins."""

    outcomes: tuple[str, ...]
    """Names, in the order of ``probability``."""

    probability: Floats
    """float[draws, outcomes]: the forecast."""

    strategies: Mapping[str, Floats]
    """By place, float[moves, draws]."""

    worth: Floats
    """float[draws, players]: what the game is worth to each."""

    found: Bools
    """bool[draws]: whether the path reached the precision asked for; if not, the strategies are where it stopped."""

    method: str
    """How it was computed, in a sentence."""


def quantal(tree: Tree, precision: ArrayLike) -> Quantal:
    """Agent logit equilibrium: at each place log-odds are precision times the difference in expected payoff.

    In trees in which everybody knows what has happened it is unique and follows from the ends backwards. With
    information sets there may be several; this is the one on the path that starts at precision 0, followed by
    steps along its length, so that it may turn. Time grows with draws times the square of the unknowns.

    Parameters
    ----------
    precision : number or float[draws], at least 0, per unit of payoff.

    Raises
    ------
    ModelError : a negative or infinite precision, or information sets with more than 60 unknowns.

    References
    ----------
    McKelvey & Palfrey 1998, Experimental Economics 1; Turocy 2005, Games and Economic Behavior 51, for the path.
    """
    sharp = np.asarray(precision, dtype=float)
    if sharp.size not in (1, tree.draws) or not np.isfinite(sharp).all() or (sharp < 0).any():
        several = f", or {tree.draws} of them" if tree.draws > 1 else ""
        raise ModelError(f"precision must be a finite number of at least 0{several}.")
    sharp = np.broadcast_to(sharp.reshape(-1), tree.draws)
    found = np.ones(tree.draws, dtype=bool)
    if tree.perfect:
        strategies, worth = backwards(tree, lambda node, worth: _softmax(sharp * worth))
        method = "agent logit, from the ends backwards"
    else:
        followed, found = _follow(tree, sharp)
        strategies, worth = backwards(tree, lambda node, worth: followed[node.place])
        method = "agent logit, along the path from precision 0"
    return Quantal(tree.outcomes, likelihood(tree, strategies), strategies, worth.T, found, method)


def _softmax(value: Floats) -> Floats:
    """Shares along the first axis."""
    raised = np.exp(value - value.max(axis=0))
    shares: Floats = raised / raised.sum(axis=0)
    return shares


class _Equations:
    """Log-odds against the first move of each place, minus precision times what the move is worth more."""

    def __init__(self, tree: Tree, precision: Floats, draws: Counts) -> None:
        self.tree = tree
        self.precision = precision[draws]
        self.numbers = [
            np.stack([np.broadcast_to(np.asarray(value, dtype=float), tree.draws)[draws] for value in values])
            if (values := numbers(node))
            else np.empty(0)
            for node in tree.nodes
        ]
        self.size = sum(len(place.moves) - 1 for place in tree.places)

    def logs(self, odds: Floats) -> dict[str, Floats]:
        """By place, the logarithm of each move's probability, float[moves, *batch]."""
        found, start = {}, 0
        for place in self.tree.places:
            more = odds[start : start + len(place.moves) - 1]
            start += len(place.moves) - 1
            full = np.concatenate([np.zeros((1, *odds.shape[1:])), more])
            top = full.max(axis=0)
            found[place.name] = full - top - np.log(np.exp(full - top).sum(axis=0))
        return found

    def gap(self, unknown: Floats) -> Floats:
        """How far from equilibrium, float[size, copies, draws]; the last unknown is the share of the precision."""
        odds, share = unknown[:-1], unknown[-1]
        logs = self.logs(odds)
        tree, batch = self.tree, odds.shape[1:]
        reach: list[Floats] = [np.zeros(batch)] * len(tree.nodes)
        branch: list[Floats] = [np.empty(0)] * len(tree.nodes)
        for index, node in enumerate(tree.nodes):
            if isinstance(node, Choice):
                branch[index] = logs[node.place]
            elif not isinstance(node, End):
                with np.errstate(divide="ignore"):
                    branch[index] = np.log(self.numbers[index])
            for move, child in enumerate(tree.children[index]):
                reach[child] = reach[index] + branch[index][move]
        worth: list[Floats] = [np.empty(0)] * len(tree.nodes)
        for index in reversed(range(len(tree.nodes))):
            if isinstance(tree.nodes[index], End):
                worth[index] = np.broadcast_to(self.numbers[index][:, np.newaxis], (len(tree.players), *batch))
            else:
                pairs = zip(np.exp(branch[index]), tree.children[index], strict=True)
                worth[index] = sum((p * worth[child] for p, child in pairs), np.zeros((len(tree.players), *batch)))
        better: list[Floats] = []
        for place in tree.places:
            ways = np.stack([np.broadcast_to(reach[index], batch) for index in place.nodes])
            top = ways.max(axis=0)
            belief = np.where(np.isinf(top), 1.0, np.exp(ways - np.where(np.isinf(top), 0.0, top)))
            belief = belief / belief.sum(axis=0)
            mine = [
                sum((b * worth[tree.children[index][move]][place.player] for b, index in
                     zip(belief, place.nodes, strict=True)), np.zeros(batch))
                for move in range(len(place.moves))
            ]  # fmt: skip
            better.extend(value - mine[0] for value in mine[1:])
        gap: Floats = odds - share * self.precision * np.stack(better)
        return gap

    def slopes(self, unknown: Floats) -> tuple[Floats, Floats]:
        """Gap float[draws, size, 1] and its derivatives float[draws, size, size + 1]."""
        copies = np.repeat(unknown[:, np.newaxis], self.size + 2, axis=1)
        for index in range(self.size + 1):
            copies[index, index + 1] += NUDGE
        value = self.gap(copies)
        here = value[:, 0]
        slope = (value[:, 1:] - here[:, np.newaxis]) / NUDGE
        return here.T[:, :, np.newaxis], slope.transpose(2, 0, 1)


def _follow(tree: Tree, precision: Floats) -> tuple[dict[str, Floats], Bools]:
    """Follow the path in every draw until the precision is reached."""
    size = sum(len(place.moves) - 1 for place in tree.places)
    if size > MOST_UNKNOWNS:
        raise ModelError(f"'{tree.title}' has {size} unknowns; with information sets {MOST_UNKNOWNS} are the most.")
    state = np.zeros((size + 1, tree.draws))
    tangent = np.zeros((size + 1, tree.draws))
    tangent[-1] = 1
    step = np.full(tree.draws, FIRST_STEP)
    done = np.zeros(tree.draws, dtype=bool)
    lost = np.zeros(tree.draws, dtype=bool)
    for _ in range(MOST_STEPS):
        draws = np.flatnonzero(~done & ~lost)
        if not draws.size:
            break
        equations = _Equations(tree, precision, draws)
        here = state[:, draws]
        _, slope = equations.slopes(here)
        along = np.linalg.svd(slope)[2][:, -1].T
        along = along * np.where((along * tangent[:, draws]).sum(axis=0) < 0, -1.0, 1.0)
        length = step[draws] * (1 + np.linalg.norm(here, axis=0))
        there, near = _correct(equations, here + length * along, fixed=False)
        near &= np.linalg.norm(there - here, axis=0) <= 2 * length
        past = near & (there[-1] >= 1)
        if past.any():
            part = (1 - here[-1]) / np.where(past, there[-1] - here[-1], 1.0)
            end = here + part * (there - here)
            end[-1] = 1.0
            end, arrived = _correct(equations, end, fixed=True)
            past &= arrived & (np.linalg.norm(end - here, axis=0) <= 2 * length)
            near &= past | (there[-1] < 1)
            there = np.where(past, end, there)
        state[:, draws] = np.where(near, there, here)
        tangent[:, draws] = np.where(near, along, tangent[:, draws])
        step[draws] = np.minimum(step[draws] * np.where(near, GROW, SHRINK), LARGEST_STEP)
        done[draws] = past
        lost[draws] = step[draws] < SMALLEST_STEP
    logs = _Equations(tree, precision, np.arange(tree.draws)).logs(state[:-1])
    return {name: np.exp(value) for name, value in logs.items()}, done


def _correct(equations: _Equations, guess: Floats, *, fixed: bool) -> tuple[Floats, Bools]:
    """Nearest point of the path, by Newton's steps; with the precision held where ``fixed``."""
    point = guess
    for _ in range(CORRECTIONS):
        gap, slope = equations.slopes(point)
        if fixed:
            slope = slope[:, :, :-1]
        across = np.linalg.pinv(slope) @ gap
        move = across[:, :, 0].T
        point = point - (np.concatenate([move, np.zeros((1, move.shape[1]))]) if fixed else move)
        if (np.abs(move) <= CLOSE * (1 + np.abs(point[: len(move)]))).all():
            break
    left = np.abs(equations.gap(point[:, np.newaxis])[:, 0]).max(axis=0)
    return point, np.asarray(left <= CLOSE * (1 + np.abs(point).max(axis=0)))

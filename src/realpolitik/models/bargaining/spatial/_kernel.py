"""One election and one bargain of the spatial model, compiled. Import it only where it is called.

Actors are indexed by a, h, i, j and k, candidates and bargains by x and y, issues by m. Positions are in
lengths of the scale, [0, 1]; capability is scaled so that the strongest has 100.
"""

from __future__ import annotations

from math import inf, log, sqrt

import numpy as np
from numba import njit

from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.spatial.rules import TIE, Switches

TINY_BACKING = 1e-8
"""Strength of a coalition that nobody joins, against 0/0; as in KTAB."""

TINY_SIDE = 1e-10
"""The same within a challenge, and for a candidate in front whom nobody wants to challenge."""

TINY_WEIGHT = 1e-6
"""Weight that holds each side of a bargain to its own position where neither cares or can coerce."""

SURE_GAIN = 1e-8
"""Gain in utility from which a binary voter throws in everything; below, in proportion to it."""

SURE_ADVANTAGE = 1.1
"""Ratio of strengths from which victory is certain under the binary law; below, it is interpolated."""

LEAST_CHANCE = 1e-6
"""Chance of the loser where victory is certain."""

LEAST_GAIN = 1e-5
"""Expected gain in utility from which a challenge is worth while."""

TINY_MOVE = 1e-4
"""Added to the way of the first turn, against 0/0."""

ROUNDING = 10_000.0
"""Bargains are struck in ten-thousandths of the scale."""


@njit(cache=True)
def vote(gain: float, response: tuple[float, float, float]) -> float:
    """What an actor of strength one throws in for a gain in utility, or against a loss."""
    sign = min(1.0, max(-1.0, gain / SURE_GAIN))
    return response[0] * gain + response[1] * gain * gain * gain + response[2] * sign


@njit(cache=True)
def utility(distance: float, risk: float) -> float:
    """One at no distance, none at the other end; with risk above 0 the actor fears the gamble."""
    return (1.0 - distance) * (1.0 + distance * risk)


@njit(cache=True)
def distance(start: Floats, end: Floats, salience: Floats) -> float:
    """Distance weighted by the squared salience of one actor, in [0, 1]; 0 for whoever does not care."""
    way, total = 0.0, 0.0
    for m in range(len(salience)):
        square = salience[m] * salience[m]
        step = end[m] - start[m]
        way += step * step * square
        total += square
    return min(1.0, sqrt(way / total)) if total > 0 else 0.0


@njit(cache=True)
def distances(position: Floats, salience: Floats) -> Floats:
    """From the position of the first actor to that of the second, as the first sees it."""
    actors = len(position)
    found = np.zeros((actors, actors))
    for a in range(actors):
        for j in range(actors):
            found[a, j] = distance(position[a], position[j], salience[a])
    return found


@njit(cache=True)
def coalitions(values: Floats, capability: Floats, response: tuple[float, float, float]) -> Floats:
    """Strength of those who prefer the first candidate to the second; values float[candidates, actors]."""
    candidates, actors = values.shape
    backing = np.full((candidates, candidates), TINY_BACKING)
    for x in range(candidates):
        for y in range(x):
            for a in range(actors):
                cast = capability[a] * vote(values[x, a] - values[y, a], response)
                if cast > 0:
                    backing[x, y] += cast
                else:
                    backing[y, x] -= cast
    return backing


@njit(cache=True)
def victory(ours: float, theirs: float, power: float) -> float:
    """Chance that the first of two coalitions defeats the second."""
    if power < inf:
        return 1.0 / (1.0 + (theirs / ours) ** power)
    share = ours / (ours + theirs)
    chance = (share * (SURE_ADVANTAGE + 1.0) - 1.0) / (SURE_ADVANTAGE - 1.0)
    return min(1.0 / (1.0 + LEAST_CHANCE), max(LEAST_CHANCE / (1.0 + LEAST_CHANCE), chance))


@njit(cache=True)
def elect(backing: Floats, switches: Switches) -> Floats:
    """Chance of each candidate, of which the sum is one."""
    candidates = len(backing)
    beats = np.full((candidates, candidates), 0.5)
    for x in range(candidates):
        for y in range(candidates):
            if x != y:
                beats[x, y] = victory(backing[x, y], backing[y, x], switches.power)
    if switches.election == 0:
        return conditional(beats)
    rate = beats.T.copy()
    if switches.election == 1:
        for y in range(candidates):
            hope = backing[:, y] * beats[:, y]
            rate[y] *= hope / (hope.sum() + TINY_SIDE)
    return stationary(rate)


@njit(cache=True)
def conditional(beats: Floats) -> Floats:
    """Chance to beat every other candidate, given that somebody does; summed as logarithms, so none is lost."""
    chance = np.exp(log_products(beats))
    return chance / chance.sum()


@njit(cache=True)
def log_products(beats: Floats) -> Floats:
    """Logarithm of the product of each row, the greatest set to 0."""
    candidates = len(beats)
    found = np.zeros(candidates)
    for x in range(candidates):
        for y in range(candidates):
            found[x] += log(beats[x, y])
    return found - found.max()


@njit(cache=True)
def stationary(rate: Floats) -> Floats:
    """Share of time in each state of a chain, from rates [from, to]; Grassmann, Taksar and Heyman 1985.

    Direct and without subtraction, so that tiny rates do no harm. Overwrites ``rate``.
    """
    states = len(rate)
    for last in range(states - 1, 0, -1):
        out = rate[last, :last].sum()
        for x in range(last):
            rate[x, last] /= out
            for y in range(last):
                rate[x, y] += rate[x, last] * rate[last, y]
    share = np.ones(states)
    for x in range(1, states):
        share[x] = (share[:x] * rate[:x, x]).sum()
    return share / share.sum()


@njit(cache=True)
def attitudes(away: Floats, capability: Floats, switches: Switches) -> Floats:
    """Risk attitude of each actor: who is likely to win has much to lose.

    The chances are those of an election without risk between the positions of all actors. All have
    attitude 0 if all chances are the same.
    """
    values = (1.0 - away).T.copy()
    chance = elect(coalitions(values, capability, switches.response), switches)
    least, most = chance.min(), chance.max()
    if most - least <= 0:
        return np.zeros(len(chance))
    return switches.floor + (1.0 - switches.floor) * (chance - least) / (most - least)


@njit(cache=True)
def chances(position: Floats, away: Floats, risk: Floats, capability: Floats, switches: Switches) -> tuple[Floats, Counts]:
    """Chance of the candidate that holds each actor's position, and by whose position it is named."""
    actors = len(position)
    named = np.arange(actors)
    for a in range(actors):
        for x in range(a):
            if named[x] == x and sqrt(((position[a] - position[x]) ** 2).sum()) < switches.same_within:
                named[a] = x
                break
    candidates = np.flatnonzero(named == np.arange(actors))
    values = np.empty((len(candidates), actors))
    for x in range(len(candidates)):
        for a in range(actors):
            values[x, a] = utility(away[a, candidates[x]], risk[a])
    found = elect(coalitions(values, capability, switches.response), switches)
    return found[np.searchsorted(candidates, named)], named


@njit(cache=True)
def challenge(
    h: int, i: int, j: int, away: Floats, risk: Floats, strength: Floats, care: Floats, switches: Switches
) -> tuple[float, float]:
    """Chance that i defeats j, and what i gains by the attempt, both as h sees them.

    h takes the attitude of another to lie between its own and the true one. Third parties first judge the
    contest of i, j and themselves, and join the side with which they expect to end better.
    """
    own, insight, response = risk[h], switches.insight, switches.response
    loss = 1.0 - utility(away[i, j], own + insight * (risk[i] - own))
    fear = 1.0 - utility(away[j, i], own + insight * (risk[j] - own))
    backing = TINY_SIDE + strength[i] * vote(loss, response)
    against = TINY_SIDE + strength[j] * vote(fear, response)
    ours, theirs = backing, against
    if switches.joins:
        for k in range(len(risk)):
            if k != i and k != j:
                attitude = own + insight * (risk[k] - own)
                with_i, with_j = utility(away[k, i], attitude), utility(away[k, j], attitude)
                cast = strength[k] * vote(with_i - with_j, response)
                first, second = backing + max(0.0, cast), against + max(0.0, -cast)
                wins = first / (first + second)
                joined = strength[k] * vote(wins * (1.0 - with_i) - (1.0 - wins) * (1.0 - with_j), response)
                ours += max(0.0, joined)
                theirs += max(0.0, -joined)
    chance = ours / (ours + theirs)
    return chance, loss * (1.0 - 2.0 * care[j] * (1.0 - chance))


@njit(cache=True)
def mixed(start: float, end: float, ours: float, theirs: float, chance: float, power: int) -> float:
    """Where the side at ``start`` ends on one issue; saliences of both sides, and its chance of victory."""
    if power == 0:
        edge = max(0.0, 1.0 - 2.0 * chance)
        pull = edge * theirs * theirs
        return start + pull / (pull + TINY_WEIGHT + (1.0 - edge) * ours * ours) * (end - start)
    hold = (ours * chance) ** power + TINY_WEIGHT
    pull = (theirs * (1.0 - chance)) ** power
    return np.floor((hold * start + pull * end) / (hold + pull) * ROUNDING + 0.5) / ROUNDING


@njit(cache=True)
def bargain(i: int, j: int, chance: float, position: Floats, salience: Floats, power: int) -> Floats:
    """Where i and j would go, float[2, issues], if i defeats j with that chance."""
    found = np.empty((2, position.shape[1]))
    for m in range(position.shape[1]):
        mine, yours, ours, theirs = position[i, m], position[j, m], salience[i, m], salience[j, m]
        found[0, m] = mixed(mine, yours, ours, theirs, chance, power)
        found[1, m] = mixed(yours, mine, theirs, ours, 1.0 - chance, power)
    return found


@njit(cache=True)
def propose(
    position: Floats, away: Floats, risk: Floats, strength: Floats, salience: Floats, care: Floats, switches: Switches
) -> tuple[Counts, Floats]:
    """Everybody challenges the actor from whom it expects to gain most, if it gains anything.

    Returns
    -------
    Challenger and challenged int[bargains, 2], and where they would go float[bargains, 2, issues].
    """
    actors = len(position)
    sides = np.empty((2 * actors, 2), dtype=np.int64)
    ends = np.empty((2 * actors, 2, position.shape[1]))
    count = 0
    for i in range(actors):
        target, chance, most = -1, 0.0, LEAST_GAIN
        for j in range(actors):
            if i != j:
                wins, gain = challenge(i, i, j, away, risk, strength, care, switches)
                if gain > most + (TIE if target >= 0 else 0.0):
                    target, chance, most = j, wins, gain
        if target < 0:
            continue
        first = bargain(i, target, chance, position, salience, switches.bargain_power)
        if switches.offers > 0:
            seen, _ = challenge(target, i, target, away, risk, strength, care, switches)
            second = bargain(i, target, seen, position, salience, switches.bargain_power)
            if switches.offers == 1:
                sides[count], ends[count] = (i, target), second
                count += 1
            else:
                both = strength[i] + strength[target]
                share = strength[i] / both if both > 0 else 0.5
                first = share * first + (1.0 - share) * second
        sides[count], ends[count] = (i, target), first
        count += 1
    return sides[:count], ends[:count]


@njit(cache=True)
def weigh(
    sides: Counts, ends: Floats, position: Floats, away: Floats, risk: Floats, salience: Floats
) -> Floats:
    """Mean utility to each actor of the world after each bargain, float[bargains + 1, actors]; first of no bargain."""
    actors = len(position)
    values = np.zeros((len(sides) + 1, actors))
    for a in range(actors):
        for j in range(actors):
            values[0, a] += utility(away[a, j], risk[a])
        for x in range(len(sides)):
            values[x + 1, a] = values[0, a]
            for side in range(2):
                new = distance(position[a], ends[x, side], salience[a])
                old = away[a, sides[x, side]]
                values[x + 1, a] += utility(new, risk[a]) - utility(old, risk[a])
    return values / actors


@njit(cache=True)
def choose(chance: Floats, luck: float) -> int:
    """Draw a candidate with ``luck`` in [0, 1), or take the likeliest if luck is below 0."""
    if luck < 0:
        return int((chance >= chance.max() - TIE).argmax())
    return min(int(np.searchsorted(np.cumsum(chance), luck, side="right")), len(chance) - 1)


@njit(cache=True)
def turn(
    position: Floats, away: Floats, risk: Floats, salience: Floats, capability: Floats, luck: Floats, switches: Switches
) -> tuple[Floats, Counts]:
    """Where everybody goes, and because of whom (-1: stays).

    Each actor holds an election between no bargain and those in which it is a side, in which all vote.
    """
    actors = len(position)
    care = salience.sum(axis=1)
    sides, ends = propose(position, away, risk, capability * care, salience, care, switches)
    values = weigh(sides, ends, position, away, risk, salience)
    after, because = position.copy(), np.full(actors, -1)
    for k in range(actors):
        mine = np.flatnonzero((sides[:, 0] == k) | (sides[:, 1] == k))
        open_to_k = np.append(np.zeros(1, dtype=np.int64), mine + 1)
        chance = elect(coalitions(values[open_to_k], capability, switches.response), switches)
        taken = open_to_k[choose(chance, luck[k])] - 1
        if taken >= 0:
            side = 0 if sides[taken, 0] == k else 1
            after[k] = ends[taken, side]
            because[k] = sides[taken, 1 - side]
    return after, because


@njit(cache=True)
def settle(
    position: Floats, risk: Floats, because: Counts, salience: Floats, capability: Floats, luck: Floats, switches: Switches
) -> tuple[int, bool]:
    """Fill in positions and risk attitudes turn by turn from the first position on.

    Parameters
    ----------
    position : float[turns + 1, actors, issues]; risk : float[turns + 1, actors]; because : int[turns, actors].
    luck : float[turns, actors], below 0 where nothing is drawn.

    Returns
    -------
    Turns played, and whether the movement died down.
    """
    first = 0.0
    for now in range(len(because)):
        away = distances(position[now], salience)
        risk[now] = attitudes(away, capability, switches)
        position[now + 1], because[now] = turn(
            position[now], away, risk[now], salience, capability, luck[now], switches
        )
        way = movement(position[now], position[now + 1])
        first = way + TINY_MOVE if now == 0 else first
        if now + 1 >= switches.least_turns and way < switches.movement * first:
            return now + 1, True
    return len(because), False


@njit(cache=True)
def movement(before: Floats, after: Floats) -> float:
    """Sum over actors of the straight way that each went, in lengths of the scale."""
    way = 0.0
    for a in range(len(before)):
        way += sqrt(((after[a] - before[a]) ** 2).sum())
    return way

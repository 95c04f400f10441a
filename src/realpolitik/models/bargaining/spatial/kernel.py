"""Elections and bargains of the spatial model, for Numba and for plain Python alike.

Actors are indexed by a, h, i, j and k, candidates and bargains by x and y, issues by m. Positions are in
lengths of the scale, [0, 1]; capability is scaled so that the strongest has 100. All constants stand here,
because Numba's cache notices no change in another file.
"""

from __future__ import annotations

import sys
from math import floor, sqrt

import numpy as np

from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.spatial.rules import Switches
from realpolitik.models.compiled import compile_in_place

TINY_BACKING = 1e-8
"""Strength of a coalition that nobody joins, against 0/0; as in KTAB."""

TINY_SIDE = 1e-10
"""The same within a challenge, and for a candidate in front whom nobody wants to challenge."""

TINY_WEIGHT = 1e-6
"""Weight that holds each side of a bargain to its own position where neither cares or can coerce."""

NO_GAIN = 1e-12
"""Gain in utility below which an actor is indifferent: it may be rounding error alone."""

SURE_GAIN = 1e-8
"""Gain in utility from which a binary voter throws in everything; below, in proportion to it."""

SURE_ADVANTAGE = 1.1
"""Ratio of strengths from which victory is certain under the binary law; below, it is interpolated."""

LEAST_CHANCE = 1e-6
"""Chance of the loser where victory is certain."""

LEAST_GAIN = 1e-5
"""Expected gain in utility from which a challenge is worth while."""

TIE = 1e-9
"""Chances and gains no farther apart than this are equal."""

ROUNDING = 10_000.0
"""Bargains are struck in ten-thousandths of the scale."""

BOTH, POWER_WEIGHTED = 1, 2
"""The offers of both sides are on the table, or their mean by power."""


def vote(gain: float, response: tuple[float, float, float]) -> float:
    """What an actor of strength one throws in for a gain in utility, or against a loss."""
    if abs(gain) < NO_GAIN:
        return 0.0
    cast = gain * (response[0] + response[1] * gain * gain)
    return cast + response[2] * min(1.0, max(-1.0, gain / SURE_GAIN)) if response[2] > 0 else cast


def utility(distance: float, risk: float) -> float:
    """One at no distance, none at the other end; with risk above 0 the actor fears the gamble."""
    return (1.0 - distance) * (1.0 + distance * risk)


def distance(start: Floats, end: Floats, salience: Floats) -> float:
    """Distance weighted by the squared salience of one actor, in [0, 1]; 0 for whoever does not care."""
    way, total = 0.0, 0.0
    for m in range(len(salience)):
        square = salience[m] * salience[m]
        step = end[m] - start[m]
        way += step * step * square
        total += square
    return min(1.0, sqrt(way / total)) if total > 0 else 0.0


def distances(position: Floats, salience: Floats) -> Floats:
    """From the position of the first actor to that of the second, as the first sees it."""
    actors = len(position)
    found = np.zeros((actors, actors))
    for a in range(actors):
        for j in range(actors):
            found[a, j] = distance(position[a], position[j], salience[a])
    return found


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


def victory(ours: float, theirs: float, squarings: int) -> float:
    """Chance that the first of two coalitions defeats the second."""
    if squarings >= 0:
        odds = theirs / ours
        for _ in range(squarings):
            odds *= odds
        return 1.0 / (1.0 + odds)
    share = ours / (ours + theirs)
    chance = (share * (SURE_ADVANTAGE + 1.0) - 1.0) / (SURE_ADVANTAGE - 1.0)
    return min(1.0 / (1.0 + LEAST_CHANCE), max(LEAST_CHANCE / (1.0 + LEAST_CHANCE), chance))


def elect(backing: Floats, switches: Switches) -> Floats:
    """Chance of each candidate, of which the sum is one."""
    candidates = len(backing)
    beats = np.empty((candidates, candidates))
    for x in range(candidates):
        for y in range(candidates):
            beats[x, y] = victory(backing[x, y], backing[y, x], switches.squarings) if x != y else 0.5
    if switches.election == 0:
        return conditional(beats)
    rate = np.empty((candidates, candidates))
    for y in range(candidates):
        hope = 1.0
        if switches.election == 1:
            hope = TINY_SIDE
            for x in range(candidates):
                hope += backing[x, y] * beats[x, y]
        for x in range(candidates):
            attempt = backing[x, y] * beats[x, y] / hope if switches.election == 1 else 1.0
            rate[y, x] = attempt * beats[x, y]
    return stationary(rate)


def conditional(beats: Floats) -> Floats:
    """Chance to beat every other candidate, given that somebody does.

    The greatest product is kept at one, so that many small chances do not multiply to nothing. No logarithms:
    plain Python and Numba would round them differently.
    """
    candidates = len(beats)
    chance = np.ones(candidates)
    for y in range(candidates):
        most = 0.0
        for x in range(candidates):
            chance[x] *= beats[x, y]
            most = max(most, chance[x])
        for x in range(candidates):
            chance[x] /= most
    total = 0.0
    for x in range(candidates):
        total += chance[x]
    for x in range(candidates):
        chance[x] /= total
    return chance


def stationary(rate: Floats) -> Floats:
    """Share of time in each state of a chain, from rates [from, to]; Grassmann, Taksar and Heyman 1985.

    Direct and without subtraction, so that tiny rates do no harm. Overwrites ``rate``.
    """
    states = len(rate)
    for last in range(states - 1, 0, -1):
        out = 0.0
        for x in range(last):
            out += rate[last, x]
        for x in range(last):
            rate[x, last] /= out
            for y in range(last):
                rate[x, y] += rate[x, last] * rate[last, y]
    share = np.ones(states)
    total = 1.0
    for x in range(1, states):
        share[x] = 0.0
        for y in range(x):
            share[x] += share[y] * rate[y, x]
        total += share[x]
    for x in range(states):
        share[x] /= total
    return share


def attitudes(away: Floats, capability: Floats, switches: Switches) -> Floats:
    """Risk attitude of each actor: who is likely to win has much to lose.

    The chances are those of an election without risk between the positions of all actors. All have
    attitude 0 if all chances are the same.
    """
    actors = len(away)
    values = np.empty((actors, actors))
    for a in range(actors):
        for x in range(actors):
            values[x, a] = 1.0 - away[a, x]
    chance = elect(coalitions(values, capability, switches.response), switches)
    risk = np.zeros(actors)
    least, most = 1.0, 0.0
    for a in range(actors):
        least, most = min(least, chance[a]), max(most, chance[a])
    if most - least > TIE:
        for a in range(actors):
            risk[a] = switches.floor + (1.0 - switches.floor) * (chance[a] - least) / (most - least)
    return risk


def length(start: Floats, end: Floats) -> float:
    """Straight way between two positions, in lengths of the scale."""
    way = 0.0
    for m in range(len(start)):
        way += (end[m] - start[m]) * (end[m] - start[m])
    return sqrt(way)


def chances(
    position: Floats, away: Floats, risk: Floats, capability: Floats, switches: Switches
) -> tuple[Floats, Counts]:
    """Chance of the candidate that holds each actor's position, and by whose position it is named."""
    actors, count = len(position), 0
    named, column = np.arange(actors), np.empty(actors, dtype=np.int64)
    values = np.empty((actors, actors))
    for a in range(actors):
        for x in range(a):
            if named[x] == x and length(position[a], position[x]) < switches.same_within - TIE:
                named[a] = x
                break
        if named[a] == a:
            column[a] = count
            for k in range(actors):
                values[count, k] = utility(away[k, a], risk[k])
            count += 1
    found = elect(coalitions(values[:count], capability, switches.response), switches)
    chance = np.empty(actors)
    for a in range(actors):
        chance[a] = found[column[named[a]]]
    return chance, named


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


def mixed(start: float, end: float, ours: float, theirs: float, chance: float, power: int) -> float:
    """Where the side at ``start`` ends on one issue; saliences of both sides, and its chance of victory."""
    if power == 0:
        edge = max(0.0, 1.0 - 2.0 * chance)
        pull = edge * theirs * theirs
        return start + pull / (pull + TINY_WEIGHT + (1.0 - edge) * ours * ours) * (end - start)
    hold, pull = ours * chance, theirs * (1.0 - chance)
    if power == 2:
        hold, pull = hold * hold, pull * pull
    hold += TINY_WEIGHT
    return floor((hold * start + pull * end) / (hold + pull) * ROUNDING + 0.5) / ROUNDING


def bargain(i: int, j: int, chance: float, position: Floats, salience: Floats, power: int, ends: Floats) -> None:
    """Fill in where i and j would go, float[2, issues], if i defeats j with that chance."""
    for m in range(position.shape[1]):
        mine, yours, ours, theirs = position[i, m], position[j, m], salience[i, m], salience[j, m]
        ends[0, m] = mixed(mine, yours, ours, theirs, chance, power)
        ends[1, m] = mixed(yours, mine, theirs, ours, 1.0 - chance, power)


def best_target(
    i: int, away: Floats, risk: Floats, strength: Floats, care: Floats, switches: Switches
) -> tuple[int, float]:
    """Whom i gains most by challenging, -1 if nobody, and the chance that it sees to defeat that actor."""
    target, chance, most = -1, 0.0, LEAST_GAIN
    for j in range(len(risk)):
        if j != i:
            wins, gain = challenge(i, i, j, away, risk, strength, care, switches)
            if gain > most + (TIE if target >= 0 else 0.0):
                target, chance, most = j, wins, gain
    return target, chance


def propose(
    position: Floats, away: Floats, risk: Floats, strength: Floats, salience: Floats, care: Floats, switches: Switches
) -> tuple[Counts, Floats]:
    """Everybody challenges the actor from whom it expects to gain most, if it gains anything.

    Returns
    -------
    Challenger and challenged int[bargains, 2], and where they would go float[bargains, 2, issues].
    """
    actors, issues = position.shape
    sides = np.empty((2 * actors, 2), dtype=np.int64)
    ends = np.empty((2 * actors, 2, issues))
    count = 0
    for i in range(actors):
        j, chance = best_target(i, away, risk, strength, care, switches)
        if j < 0:
            continue
        bargain(i, j, chance, position, salience, switches.bargain_power, ends[count])
        sides[count, 0], sides[count, 1] = i, j
        if switches.offers > 0:
            chance, _ = challenge(j, i, j, away, risk, strength, care, switches)
            bargain(i, j, chance, position, salience, switches.bargain_power, ends[count + 1])
            sides[count + 1, 0], sides[count + 1, 1] = i, j
        if switches.offers == BOTH:
            count += 1
        elif switches.offers == POWER_WEIGHTED:
            both = strength[i] + strength[j]
            share = strength[i] / both if both > 0 else 0.5
            for side in range(2):
                for m in range(issues):
                    ends[count, side, m] = share * ends[count, side, m] + (1.0 - share) * ends[count + 1, side, m]
        count += 1
    return sides[:count], ends[:count]


def weigh(sides: Counts, ends: Floats, position: Floats, away: Floats, risk: Floats, salience: Floats) -> Floats:
    """Mean utility to each actor after each bargain, float[bargains + 1, actors]; the first of no bargain."""
    actors, bargains = len(position), len(sides)
    values = np.zeros((bargains + 1, actors))
    for a in range(actors):
        for j in range(actors):
            values[0, a] += utility(away[a, j], risk[a]) / actors
        for x in range(bargains):
            values[x + 1, a] = values[0, a]
            for side in range(2):
                new = distance(position[a], ends[x, side], salience[a])
                old = away[a, sides[x, side]]
                values[x + 1, a] += (utility(new, risk[a]) - utility(old, risk[a])) / actors
    return values


def choose(chance: Floats, luck: float) -> int:
    """Draw a candidate with ``luck`` in [0, 1), or take the likeliest if luck is below 0."""
    best, passed = 0, 0.0
    for x in range(len(chance)):
        if luck < 0 and chance[x] > chance[best] + TIE:
            best = x
        passed += chance[x]
        if 0 <= luck < passed:
            return x
    return best if luck < 0 else len(chance) - 1


def resolve(
    sides: Counts,
    ends: Floats,
    values: Floats,
    capability: Floats,
    luck: Floats,
    switches: Switches,
    position: Floats,
    because: Counts,
) -> None:
    """Each actor holds an election between no bargain and those in which it is a side, and all vote.

    Overwrites the positions of those who move, and fills in because of whom (-1: stays).
    """
    mine, options = np.empty(len(values), dtype=np.int64), np.empty(values.shape)
    options[0] = values[0]
    for k in range(len(position)):
        count, because[k] = 1, -1
        for x in range(len(sides)):
            if k == sides[x, 0] or k == sides[x, 1]:
                mine[count], options[count] = x, values[x + 1]
                count += 1
        chance = elect(coalitions(options[:count], capability, switches.response), switches)
        taken = choose(chance, luck[k])
        if taken > 0:
            side = 0 if sides[mine[taken], 0] == k else 1
            position[k], because[k] = ends[mine[taken], side], sides[mine[taken], 1 - side]


KERNELS = (
    "vote",
    "utility",
    "distance",
    "distances",
    "coalitions",
    "victory",
    "elect",
    "conditional",
    "stationary",
    "attitudes",
    "length",
    "chances",
    "challenge",
    "mixed",
    "bargain",
    "best_target",
    "propose",
    "weigh",
    "choose",
    "resolve",
)
"""What Numba compiles, each after those that it calls."""

WORTH_COMPILING = 200_000
"""Triples of actors, over turns and draws, that cost plain Python as much as loading Numba and its cache."""


class _Workload:
    """What plain Python has been asked for in this process."""

    triples = 0


def prepare(triples: int) -> None:
    """Let Numba compile the functions above, once plain Python has cost as much; results do not change.

    Parameters
    ----------
    triples : actors to the power of three, times turns and draws, as many as are likely to be played.
    """
    before, _Workload.triples = _Workload.triples, _Workload.triples + triples
    if before <= WORTH_COMPILING < _Workload.triples:
        compile_in_place(sys.modules[__name__], KERNELS)

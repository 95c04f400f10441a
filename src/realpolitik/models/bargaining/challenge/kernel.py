"""The rounds of the expected-utility model, for Numba and for plain Python alike.

All compiled functions are in this file, because Numba's cache notices no change in another one.
Names: ``x`` positions, ``apart`` distances as shares of the range, ``mine[i, j]`` what i expects from
challenging j, ``theirs[i, j]`` what i believes j to expect from challenging i.
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType

import numpy as np

from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.challenge.codes import (
    ADD,
    ALL_PAIRS,
    BY_CHALLENGER,
    BY_CLASS,
    BY_CLASS_LOW,
    BY_MEDIAN,
    CAPITULATION,
    CHALLENGER,
    COMPROMISE,
    CONFLICT,
    CURRENT,
    HYPOTHETICAL,
    JUDGE_RISK,
    LINEAR,
    LOGIT,
    LOTTERY,
    LOWER,
    MEDIAN_LOWER,
    MIDPOINT,
    NEVER,
    NO_RISK,
    OWN_ROW,
    PRINTED,
    RESISTER,
    SCALE,
    SEQUENTIAL,
    SHARE,
    SKIP,
    STAND,
    STAY,
    STOP_MEDIAN,
    STOP_ROUNDS,
    STRONGEST,
    VOTER_RISK,
    Encoded,
)
from realpolitik.models.bargaining.median import TIE_TOLERANCE
from realpolitik.models.compiled import compiled

__all__ = ["AT_REST", "CYCLE", "MEDIAN_AT_REST", "NOBODY", "RAN_OUT", "fast", "solve"]

SAME = 1e-12
"""Expected utilities, and positions as shares of the range, count as equal within this: far above rounding."""

REST = 1e-9
"""Share of the scale; if nobody moves farther, everybody is at rest."""

NOBODY = -1

GO_ON, AT_REST, MEDIAN_AT_REST, RAN_OUT, CYCLE = range(-1, 4)
"""Why the rounds ended; CYCLE plus the length of the cycle."""


def power(base: float, exponent: float) -> float:
    """A power of a number in [0, 1] that rounding may have made negative."""
    positive = max(base, 0.0)
    return positive if exponent == 1.0 else positive**exponent


def expected_utility(
    chance: float, lead: float, apart: float, beside: float, better: float, risk: float, rules: Encoded
) -> float:
    """Gain from a challenge over not challenging (eq. 5 to 7, 15, 16, 22 to 24).

    ``lead``: chance that the other one resists; ``beside``: distance to the other one plus that to the
    median; ``better``: chance that the other one, left alone, moves to the challenger's advantage.
    """
    success = 2 - 4 * power(0.5 - 0.5 * apart, risk)
    failure = 2 - 4 * power(0.5 + 0.5 * apart, risk)
    gain = lead * (chance * success + (1 - chance) * failure) + (1 - lead) * success
    gain -= rules.q * (2 - 4 * power(0.5, risk))
    if rules.q < 1:
        closer = 2 - 4 * power(0.5 - 0.25 * beside, risk)
        farther = 2 - 4 * power(0.5 + 0.25 * beside, risk)
        alone = (1 - rules.q) * (better * closer + (1 - better) * farther)
        gain += alone if rules.no_challenge == ADD else -alone
    return gain


def challenge_of(
    challenger: float, resister: float, chance: float, lead: float, middle: float, span: float, risk: float,
    rules: Encoded,
) -> float:  # fmt: skip
    """Expected utility of a challenge between two positions, the median being ``middle``."""
    apart, off = abs(challenger - resister) / span, abs(challenger - middle) / span
    better = rules.t
    if rules.t_rule == BY_MEDIAN:
        better = 1.0 if off < apart - SAME else 0.0
    return expected_utility(chance, lead, apart, apart + off, better, risk, rules)


def order_of(values: Floats) -> Counts:
    """Places of the values from the smallest to the largest; equal ones keep their order.

    Sorts by insertion: for a hundred actors as quick as Numba's own sort, which takes seconds to compile.
    """
    order = np.arange(len(values))
    for turn in range(1, len(values)):
        place, slot = order[turn], turn
        while slot > 0 and values[order[slot - 1]] > values[place]:
            order[slot] = order[slot - 1]
            slot -= 1
        order[slot] = place
    return order


def distances(x: Floats, span: float) -> Floats:
    """Of every two actors, as shares of the range; row and column in the order of actors."""
    size = len(x)
    apart = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            apart[i, j] = abs(x[i] - x[j]) / span
    return apart


def votes(apart: Floats, weight: Floats) -> Floats:
    """Votes for the position of the row over that of the column; ``apart[voter, position]``."""
    size = len(weight)
    won = np.zeros((size, size))
    for voter in range(size):
        for one in range(size):
            for other in range(size):
                won[one, other] += weight[voter] * max(0.0, apart[voter, other] - apart[voter, one])
    return won


def all_votes(apart: Floats, weight: Floats) -> float:
    """Votes cast, for and against, over all ordered pairs of actors' positions."""
    size, total = len(weight), 0.0
    for voter in range(size):
        order = order_of(apart[voter])
        for rank in range(size):
            total += weight[voter] * 2 * (2 * rank - size + 1) * apart[voter, order[rank]]
    return total


def share(part: float, whole: float) -> float:
    """Part of a whole; an even chance where nobody votes."""
    return part / whole if whole > 0 else 0.5


def bent_by(apart: Floats, risk: Floats) -> Floats:
    """Distances raised to the exponent of each voter."""
    size = len(risk)
    bent = np.empty((size, size))
    for voter in range(size):
        for place in range(size):
            bent[voter, place] = power(apart[voter, place], risk[voter])
    return bent


def chances(apart: Floats, weight: Floats, risk: Floats, rules: Encoded) -> tuple[Floats, Floats]:
    """Chance that i beats j, and that j beats i, both as i judges (eq. 31)."""
    size = len(weight)
    wins, loses = np.empty((size, size)), np.empty((size, size))
    bent = bent_by(apart, risk) if rules.votes == VOTER_RISK else apart
    won, total = votes(bent, weight), 0.0
    for i in range(size):
        if rules.votes == JUDGE_RISK:
            bent = bent_by(apart, np.full(size, risk[i]))
            for j in range(size):
                wins[i, j] = loses[i, j] = 0.0
                for voter in range(size):
                    gain = bent[voter, j] - bent[voter, i]
                    wins[i, j] += weight[voter] * max(0.0, gain)
                    loses[i, j] += weight[voter] * max(0.0, -gain)
        else:
            for j in range(size):
                wins[i, j], loses[i, j] = won[i, j], won[j, i]
        if rules.success == ALL_PAIRS and (i == 0 or rules.votes == JUDGE_RISK):
            total = all_votes(bent, weight)
        for j in range(size):
            whole = total if rules.success == ALL_PAIRS else wins[i, j] + loses[i, j]
            wins[i, j], loses[i, j] = share(wins[i, j], whole), share(loses[i, j], whole)
    return wins, loses


def utilities(
    x: Floats, salience: Floats, odds: tuple[Floats, Floats], risk: Floats, middle: float, span: float, rules: Encoded
) -> tuple[Floats, Floats]:
    """What i expects from challenging j, and what i believes j to expect from challenging i."""
    size, (wins, loses) = len(x), odds
    mine, theirs = np.zeros((size, size)), np.zeros((size, size))
    for i in range(size):
        own = risk[i]
        for j in range(size):
            if i == j:
                continue
            lead = salience[i] if rules.salience == CHALLENGER else salience[j]
            mine[i, j] = challenge_of(x[i], x[j], wins[i, j], lead, middle, span, own, rules)
            if rules.exponent == BY_CHALLENGER and rules.salience != PRINTED:
                theirs[j, i] = mine[i, j]
                continue
            chance, bend = (wins[j, i], risk[j]) if rules.exponent == BY_CHALLENGER else (loses[i, j], own)
            lead = salience[i] if rules.salience == RESISTER else salience[j]
            theirs[i, j] = challenge_of(x[j], x[i], chance, lead, middle, span, bend, rules)
    return mine, theirs


def exponent_of(danger: Floats, i: int) -> float:
    """Risk exponent in [0.5, 2] (eq. 32 and 33): the safest actor seeks risk, the one most in danger shuns it."""
    least, most = danger.min(), danger.max()
    if most - least <= SAME * (1 + abs(most)):
        return 1.0
    relative = (2 * danger[i] - most - least) / (most - least)
    return float((1 - relative / 3) / (1 + relative / 3))


def exponents(mine: Floats, theirs: Floats, apart: Floats, rules: Encoded) -> Floats:
    """Risk exponents from how much others expect from challenging each actor, or the actor from them."""
    size = len(mine)
    risk, danger = np.ones(size), np.zeros(size)
    for i in range(size):
        for j in range(size):
            if rules.equal_positions != SKIP or apart[i, j] > SAME:
                danger[i] += mine[i, j] if rules.security == OWN_ROW else theirs[i, j]
    for i in range(size):
        risk[i] = exponent_of(danger, i)
    return risk


def hypothetical_exponents(
    x: Floats, apart: Floats, weight: Floats, salience: Floats, middle: float, span: float, rules: Encoded
) -> Floats:
    """Risk exponents from an actor's danger where it stands, compared with every position now held.

    Moving i to position m changes i's own vote, and which pairs of positions exist; nothing else is
    recounted, so that all of it takes time in proportion to the cube of the number of actors.
    """
    size = len(x)
    risk, danger = np.ones(size), np.empty(size)
    won = votes(apart, weight)
    gaps, sums = np.zeros((size, size)), np.zeros(size)
    for voter in range(size):
        for one in range(size):
            for other in range(size):
                gaps[voter, one] += abs(apart[voter, one] - apart[voter, other])
            sums[voter] += gaps[voter, one]
    for i in range(size):
        for m in range(size):
            total = 0.0
            for k in range(size):
                voter = m if k == i else k
                moved = gaps[voter, m] - abs(apart[voter, m] - apart[voter, i]) - gaps[voter, i]
                total += weight[k] * (sums[voter] + 2 * moved)
            danger[m] = 0.0
            for j in range(size):
                if j == i or (rules.equal_positions == SKIP and apart[j, m] <= SAME):
                    continue
                gain = apart[i, m] - apart[i, j]
                pro = max(0.0, won[j, m] - weight[i] * max(0.0, gain))
                con = max(0.0, won[m, j] - weight[i] * max(0.0, -gain)) + weight[i] * apart[m, j]
                chance = share(pro, total if rules.success == ALL_PAIRS else pro + con)
                lead = salience[i] if rules.salience == RESISTER else salience[j]
                danger[m] += challenge_of(x[j], x[m], chance, lead, middle, span, 1.0, rules)
        risk[i] = exponent_of(danger, i)
    return risk


def better_offer(one: tuple[float, float, float], other: tuple[float, float, float]) -> int:
    """1 if the first is to be preferred, -1 if the other one is, 0 if they are alike."""
    for place in range(3):
        if one[place] < other[place] - SAME:
            return 1
        if one[place] > other[place] + SAME:
            return -1
    return 0


def offer_of(gain: float, loss: float, loses_draw: bool, rules: Encoded) -> tuple[int, float]:
    """Class of the offer that somebody who expects ``gain`` makes, and the share of the gap it asks for.

    ``loss`` is what the receiver expects from a challenge of its own; a share of 0 is no offer (figure 6).
    """
    if gain <= SAME or abs(loss) <= SAME:
        return CONFLICT, 0.0
    if loss > 0:
        beaten = loses_draw if rules.both_positive == LOTTERY else gain > loss + SAME
        return CONFLICT, 0.0 if rules.both_positive == STAND or not beaten else 1.0
    if gain <= -loss + SAME:
        return CAPITULATION, 0.0 if rules.capitulate == NEVER else 1.0
    return COMPROMISE, -loss / (gain - loss) if rules.compromise == SHARE else -loss / gain


def answer(
    i: int, x: Floats, mine: Floats, theirs: Floats, beaten: Floats, span: float, rules: Encoded
) -> tuple[float, int]:
    """Where i moves, and because of whom: the offer that it takes among those that it gets."""
    here, target, source, torn = x[i], x[i], NOBODY, False
    best = (np.inf, np.inf, np.inf)
    highest, total, pull = 0.0, 1.0, 0.0
    for j in range(len(x)):
        gain, loss = theirs[i, j], mine[i, j]
        kind, part = offer_of(gain, loss, beaten[i, j] > 0, rules)
        gap = x[j] - here
        if part == 0.0 or abs(gap) <= SAME * span:
            continue
        average = gain / (gain - loss) * gap / span if kind == COMPROMISE and rules.choice == BY_CLASS_LOW else 0.0
        first = 0.0
        if rules.choice in (STRONGEST, LOGIT):
            first = -gain
        elif rules.choice in (BY_CLASS, BY_CLASS_LOW):
            first = float(kind)
        offer = (first, average, abs(part * gap) / span)
        verdict = better_offer(offer, best)
        there = x[j] if part == 1.0 else here + part * gap
        if verdict > 0:
            best, target, source, torn = offer, there, j, False
        elif verdict == 0 and abs(there - target) > SAME * span:
            torn = True
            if (there < target) == (rules.ties == LOWER):
                target, source = there, j
        if rules.choice == LOGIT:
            level = max(highest, rules.precision * gain)
            weight = np.exp(rules.precision * gain - level)
            total, pull = total * np.exp(highest - level) + weight, pull * np.exp(highest - level) + weight * part * gap
            highest = level
    if rules.choice == LOGIT:
        return here + pull / total, source
    if torn and rules.ties == STAY:
        return here, NOBODY
    return target, source


def middle_of(x: Floats, weight: Floats, rules: Encoded) -> float:
    """Weighted median, as the model of that name finds it."""
    total, before, lower, upper = weight.sum(), 0.0, x[0], x[0]
    for place in order_of(x):
        if before < total * (0.5 - TIE_TOLERANCE):
            lower = x[place]
        if before <= total * (0.5 + TIE_TOLERANCE):
            upper = x[place]
        before += weight[place]
    if rules.median_ties == MIDPOINT:
        return float(lower + (upper - lower) / 2)
    return float(lower if rules.median_ties == MEDIAN_LOWER else upper)


def draw_of_luck(odds: tuple[Floats, Floats], rules: Encoded, rng: np.random.Generator) -> Floats:
    """1 where i loses to j if both expect to gain, in a draw with the chances of this pair."""
    wins, loses = odds
    size = len(wins)
    beaten = np.zeros((size, size))
    if rules.both_positive == LOTTERY:
        for i in range(size):
            for j in range(i + 1, size):
                fate = rng.random()
                beaten[i, j] = fate < share(loses[i, j], wins[i, j] + loses[i, j])
                beaten[j, i] = fate >= share(wins[j, i], wins[j, i] + loses[j, i])
    return beaten


def contested(mine: Floats, theirs: Floats) -> bool:
    """Whether some pair's fate is left to a draw, so that rest in one round says nothing about the next."""
    for i in range(len(mine)):
        for j in range(len(mine)):
            if mine[i, j] > SAME and theirs[i, j] > SAME:
                return True
    return False


def one_round(
    x: Floats, weight: Floats, salience: Floats, span: float, rules: Encoded, rng: np.random.Generator, source: Counts
) -> tuple[Floats, bool]:
    """Positions after a round, and whether luck had a part in it; ``source`` takes because of whom."""
    size, middle = len(x), middle_of(x, weight, rules)
    order = order_of(x)
    if rules.update == SEQUENTIAL:
        order = order[order_of(-weight[order])]
    risk, seen, moved, luck = np.ones(size), x, x.copy(), False
    mine = theirs = beaten = np.empty((0, 0))
    odds = (mine, theirs)
    for turn in range(size):
        i = order[turn]
        if turn == 0 or rules.update == SEQUENTIAL:
            apart = distances(seen, span)
            adjusted = turn > 0
            while True:  # first without, then with risk, as in steps 4 to 10 of the appendix
                if turn > 0 or not adjusted or rules.votes != LINEAR:
                    odds = chances(apart, weight, risk, rules)
                mine, theirs = utilities(seen, salience, odds, risk, middle, span, rules)
                if adjusted or rules.security == NO_RISK:
                    break
                if rules.security == HYPOTHETICAL:
                    risk = hypothetical_exponents(x, apart, weight, salience, middle, span, rules)
                else:
                    risk = exponents(mine, theirs, apart, rules)
                adjusted = True
            beaten = draw_of_luck(odds, rules, rng)
            luck = luck or (rules.both_positive == LOTTERY and contested(mine, theirs))
        moved[i], source[i] = answer(i, seen, mine, theirs, beaten, span, rules)
        if rules.update == SEQUENTIAL:
            seen = moved.copy()
    return moved, luck


def farthest(one: Floats, other: Floats) -> float:
    """Largest distance between where an actor stands in the one and in the other."""
    most = 0.0
    for i in range(len(one)):
        most = max(most, abs(one[i] - other[i]))
    return most


def cycle_length(path: Floats, last: int, scale: float) -> int:
    """Rounds since everybody stood where it stands now; 0 if that never was."""
    for earlier in range(last - 2, -1, -1):
        if farthest(path[earlier], path[last]) <= SAME * scale:
            return last - earlier
    return 0


def ending(path: Floats, last: int, memory: Floats, weight: Floats, scale: float, rules: Encoded) -> int:
    """Why the rounds end after the last one, or GO_ON.

    ``memory`` holds, from round to round: the median, how long it has been steady, the length of a cycle.
    """
    if not memory[2] and rules.both_positive != LOTTERY:
        memory[2] = cycle_length(path, last, scale)
    if rules.stop == STOP_MEDIAN:
        now = middle_of(path[last], weight, rules)
        memory[1] = memory[1] + 1 if abs(now - memory[0]) < rules.tolerance * scale else 0.0
        memory[0] = now
        if memory[1] >= rules.patience:
            return MEDIAN_AT_REST
    if memory[2] and (rules.stop != STOP_ROUNDS or last == rules.max_rounds):
        return CYCLE + int(memory[2])
    return RAN_OUT if last == rules.max_rounds else GO_ON


def solve(
    position: Floats, weight: Floats, salience: Floats, scale: float, rules: Encoded, rng: np.random.Generator,
    path: Floats, source: Counts, ended: Counts,
) -> None:  # fmt: skip
    """Play all rounds of every draw.

    ``path`` float[kept, rounds + 1, actors] and ``source`` int[kept, rounds, actors] take all rounds of the
    last ``kept`` draws; ``ended`` int[draws, 2] takes the number of rounds and why they ended; ``position``
    float[draws, actors] takes the last positions.
    """
    for draw in range(len(position)):
        kept, last, reason = path[draw % len(path)], 0, GO_ON
        kept[0] = position[draw]
        start = kept[0].max() - kept[0].min()
        memory = np.array([np.inf, 0.0, 0.0])
        while reason == GO_ON:
            extent = kept[last].max() - kept[last].min()
            if extent <= SAME * scale:
                reason = AT_REST
                break
            span = scale if rules.range == SCALE else extent if rules.range == CURRENT else start
            by = source[draw % len(path), last]
            kept[last + 1], luck = one_round(kept[last], weight[draw], salience[draw], span, rules, rng, by)
            last += 1
            if not luck and farthest(kept[last], kept[last - 1]) <= REST * scale:
                reason = AT_REST
            else:
                reason = ending(kept, last, memory, weight[draw], scale, rules)
        ended[draw, 0], ended[draw, 1] = last, reason
        position[draw] = kept[last]


KERNELS = (
    "power", "expected_utility", "challenge_of", "order_of", "distances", "votes", "all_votes", "share", "bent_by",
    "chances", "utilities", "exponent_of", "exponents", "hypothetical_exponents", "better_offer", "offer_of",
    "answer", "middle_of", "draw_of_luck", "contested", "one_round", "farthest", "cycle_length", "ending", "solve",
)  # fmt: skip
"""Innermost first."""


@cache
def fast() -> ModuleType:
    """This module with all of the above compiled."""
    return compiled(sys.modules[__name__], KERNELS)

"""The rounds of the expected-utility model, for Numba and for plain Python alike.

Everything stays in one file, because Numba's cache notices no change in another one.
Names: ``x`` positions, ``apart`` distances as shares of the range, ``mine[i, j]`` what i expects from
challenging j, ``theirs[i, j]`` what i believes j to expect from challenging i.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np

from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.challenge.rules import ChallengeRules, choices
from realpolitik.models.bargaining.median import TIE_TOLERANCE
from realpolitik.models.compiled import compile_in_place

__all__ = ["AT_REST", "CYCLE", "MEDIAN_AT_REST", "RAN_OUT", "compile_all", "encoded", "solve"]

SAME = 1e-12
"""Expected utilities, and positions as shares of the range, count as equal within this: far above rounding."""

REST = 1e-9
"""Share of the scale; smaller moves count as none, and nearer positions as the same in the search for cycles."""

NOBODY = -1

AT_REST, MEDIAN_AT_REST, RAN_OUT, CYCLE = range(4)
"""Why the rounds ended; CYCLE plus the length of the cycle."""

CODES = {(field, name): index for field, known in choices().items() for index, name in enumerate(known)}
ALL_PAIRS = CODES["success", "all-pairs"]
LINEAR, VOTER_RISK = CODES["votes", "linear"], CODES["votes", "voter-risk"]
BY_CHALLENGER = CODES["exponent", "challenger"]
CURRENT, SCALE = CODES["range", "current"], CODES["range", "scale"]
CHALLENGER, PRINTED = CODES["salience", "challenger"], CODES["salience", "printed"]
OWN_ROW, HYPOTHETICAL, NO_RISK = (CODES["security", name] for name in ("own-row", "hypothetical", "none"))
SKIP = CODES["equal_positions", "skip"]
ADD = CODES["no_challenge", "add"]
BY_MEDIAN = CODES["t_rule", "median"]
STAND, LOTTERY = CODES["both_positive", "stand"], CODES["both_positive", "lottery"]
NEVER = CODES["capitulate", "never"]
SHARE = CODES["compromise", "share"]
STRONGEST, BY_CLASS, BY_CLASS_LOW, LOGIT = (
    CODES["choice", name] for name in ("strongest", "class", "class-low", "logit")
)
LOWER, STAY = CODES["ties", "lower"], CODES["ties", "stay"]
SEQUENTIAL = CODES["update", "sequential"]
MIDPOINT, MEDIAN_LOWER = CODES["median_ties", "midpoint"], CODES["median_ties", "lower"]
STOP_MEDIAN, STOP_ROUNDS = CODES["stop", "median"], CODES["stop", "rounds"]

CONFLICT, COMPROMISE, CAPITULATION = range(3)


class Encoded(NamedTuple):
    """The rules as numbers, names by their place among the choices."""

    success: int
    votes: int
    exponent: int
    range: int
    salience: int
    security: int
    equal_positions: int
    q: float
    no_challenge: int
    t_rule: int
    t: float
    both_positive: int
    capitulate: int
    compromise: int
    choice: int
    precision: float
    ties: int
    update: int
    outcome: int
    median_ties: int
    stop: int
    tolerance: float
    patience: int
    max_rounds: int


def encoded(rules: ChallengeRules) -> Encoded:
    """Rules as numbers; always of the same types, lest Numba compiles twice."""
    numbers: dict[str, Any] = {}
    for name, kind in get_type_hints(Encoded).items():
        value = getattr(rules, name)
        numbers[name] = CODES[name, value] if isinstance(value, str) else kind(value)
    return Encoded(**numbers)


def power(base: float, exponent: float) -> float:
    """A power of a number in [0, 1] that rounding may have made negative."""
    return max(base, 0.0) if exponent == 1.0 else max(base, 0.0) ** exponent


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


def votes(apart: Floats, weight: Floats) -> Floats:
    """Votes for the position of the row over that of the column; ``apart[voter, position]``."""
    size = len(weight)
    won = np.zeros((size, size))
    for voter in range(size):
        row = apart[voter]
        won += weight[voter] * np.maximum(row - row.reshape(size, 1), 0.0)
    return won


def all_votes(apart: Floats, weight: Floats) -> float:
    """Votes cast, for and against, over all ordered pairs of actors' positions."""
    size, total = len(weight), 0.0
    for voter in range(size):
        row = np.sort(apart[voter])
        for rank in range(size):
            total += weight[voter] * 2 * (2 * rank - size + 1) * row[rank]
    return total


def share(part: float, whole: float) -> float:
    """Part of a whole; an even chance where nobody votes."""
    return part / whole if whole > 0 else 0.5


def chances(apart: Floats, weight: Floats, risk: Floats, rules: Encoded) -> tuple[Floats, Floats]:
    """Chance that i beats j, and that j beats i, both as i judges (eq. 31)."""
    size, by_judge = len(weight), rules.votes != LINEAR and rules.votes != VOTER_RISK
    bent = apart ** risk.reshape(size, 1) if rules.votes == VOTER_RISK else apart
    wins = votes(bent, weight)
    loses = wins.T.copy()
    total = all_votes(bent, weight) if rules.success == ALL_PAIRS else 0.0
    for i in range(size):
        if by_judge and risk[i] != 1.0:
            bent = apart ** risk[i]
            for j in range(size):
                wins[i, j] = (weight * np.maximum(bent[:, j] - bent[:, i], 0.0)).sum()
                loses[i, j] = (weight * np.maximum(bent[:, i] - bent[:, j], 0.0)).sum()
            total = all_votes(bent, weight) if rules.success == ALL_PAIRS else 0.0
        elif by_judge and rules.success == ALL_PAIRS:
            total = all_votes(apart, weight)
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
        for j in range(size):
            if i != j:
                lead = salience[i] if rules.salience == CHALLENGER else salience[j]
                mine[i, j] = challenge_of(x[i], x[j], wins[i, j], lead, middle, span, risk[i], rules)
                if rules.exponent == BY_CHALLENGER:
                    chance, bend = wins[j, i], risk[j]
                else:
                    chance, bend = loses[i, j], risk[i]
                if rules.exponent != BY_CHALLENGER or rules.salience == PRINTED:
                    lead = salience[j] if rules.salience in (CHALLENGER, PRINTED) else salience[i]
                    theirs[i, j] = challenge_of(x[j], x[i], chance, lead, middle, span, bend, rules)
    if rules.exponent == BY_CHALLENGER and rules.salience != PRINTED:
        theirs = mine.T.copy()
    return mine, theirs


def exponent_of(danger: float, least: float, most: float) -> float:
    """Risk exponent in [0.5, 2] (eq. 32 and 33): the safest actor seeks risk, the one most in danger shuns it."""
    if most - least <= SAME * (1 + abs(most)):
        return 1.0
    relative = (2 * danger - most - least) / (most - least)
    return (1 - relative / 3) / (1 + relative / 3)


def exponents(
    x: Floats, apart: Floats, weight: Floats, salience: Floats, middle: float, span: float, rules: Encoded
) -> Floats:
    """Risk exponents from how much others expect from challenging each actor, or the actor from them."""
    size = len(x)
    ones = np.ones(size)
    if rules.security == NO_RISK:
        return ones
    if rules.security == HYPOTHETICAL:
        return hypothetical_exponents(x, apart, weight, salience, middle, span, rules)
    mine, theirs = utilities(x, salience, chances(apart, weight, ones, rules), ones, middle, span, rules)
    expected = mine if rules.security == OWN_ROW else theirs
    danger = np.zeros(size)
    for i in range(size):
        for j in range(size):
            if rules.equal_positions != SKIP or apart[i, j] > SAME:
                danger[i] += expected[i, j]
    for i in range(size):
        ones[i] = exponent_of(danger[i], danger.min(), danger.max())
    return ones


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
    gaps = np.zeros((size, size))
    for voter in range(size):
        gaps[voter] = np.abs(apart[voter] - apart[voter].reshape(size, 1)).sum(axis=1)
    for i in range(size):
        for m in range(size):
            total = 0.0
            for k in range(size):
                voter = m if k == i else k
                moved = gaps[voter, m] - abs(apart[voter, m] - apart[voter, i]) - gaps[voter, i]
                total += weight[k] * (gaps[voter].sum() + 2 * moved)
            danger[m] = 0.0
            for j in range(size):
                if j == i or (rules.equal_positions == SKIP and apart[j, m] <= SAME):
                    continue
                gain = apart[i, m] - apart[i, j]
                pro = max(0.0, won[j, m] - weight[i] * max(0.0, gain))
                con = max(0.0, won[m, j] - weight[i] * max(0.0, -gain)) + weight[i] * apart[m, j]
                chance = share(pro, total if rules.success == ALL_PAIRS else pro + con)
                lead = salience[j] if rules.salience in (CHALLENGER, PRINTED) else salience[i]
                danger[m] += challenge_of(x[j], x[m], chance, lead, middle, span, 1.0, rules)
        risk[i] = exponent_of(danger[i], danger.min(), danger.max())
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
    order = np.argsort(x)
    half, below = weight.sum() / 2, 0.0
    slack = 2 * half * TIE_TOLERANCE
    lower = upper = x[order[-1]]
    found = False
    for place in order:
        below += weight[place]
        if not found and below >= half - slack:
            lower, found = x[place], True
        if below > half + slack:
            upper = x[place]
            break
    if rules.median_ties == MIDPOINT:
        return lower + (upper - lower) / 2
    return lower if rules.median_ties == MEDIAN_LOWER else upper


def draw_of_luck(wins: Floats, loses: Floats, rules: Encoded, rng: np.random.Generator) -> Floats:
    """1 where i loses to j if both expect to gain, in a draw with the chances of this pair."""
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
    return bool(((mine > SAME) & (theirs > SAME)).any())


def one_round(
    x: Floats, weight: Floats, salience: Floats, span: float, rules: Encoded, rng: np.random.Generator, source: Counts
) -> tuple[Floats, bool]:
    """Positions after a round, and whether luck had a part in it; ``source`` takes because of whom."""
    size = len(x)
    middle = middle_of(x, weight, rules)
    order = np.argsort(x)
    if rules.update == SEQUENTIAL:
        order = order[np.argsort(-weight[order], kind="mergesort")]
    risk, seen, moved, luck = np.ones(size), x, x.copy(), False
    mine = theirs = beaten = np.empty((0, 0))
    for turn in range(size):
        i = order[turn]
        if turn == 0 or rules.update == SEQUENTIAL:
            apart = np.abs(seen - seen.reshape(size, 1)) / span
            if turn == 0:
                risk = exponents(x, apart, weight, salience, middle, span, rules)
            wins, loses = chances(apart, weight, risk, rules)
            mine, theirs = utilities(seen, salience, (wins, loses), risk, middle, span, rules)
            beaten = draw_of_luck(wins, loses, rules, rng)
            luck = luck or (rules.both_positive == LOTTERY and contested(mine, theirs))
        moved[i], source[i] = answer(i, seen, mine, theirs, beaten, span, rules)
        if rules.update == SEQUENTIAL:
            seen = moved.copy()
    return moved, luck


def cycle_length(path: Floats, last: int, scale: float) -> int:
    """Rounds since everybody stood where it stands now; 0 if that never was."""
    for earlier in range(last - 2, -1, -1):
        if np.abs(path[earlier] - path[last]).max() <= REST * scale:
            return last - earlier
    return 0


def play(
    weight: Floats, salience: Floats, scale: float, rules: Encoded, rng: np.random.Generator, path: Floats,
    source: Counts,
) -> tuple[int, int]:  # fmt: skip
    """All rounds of one draw, from ``path[0]`` on; returns their number and why they ended."""
    start, cycle, steady, middle = path[0].max() - path[0].min(), 0, 0, np.inf
    for last in range(1, rules.max_rounds + 1):
        x = path[last - 1]
        extent = x.max() - x.min()
        if extent <= SAME * scale:
            return last - 1, AT_REST
        span = scale if rules.range == SCALE else extent if rules.range == CURRENT else start
        moved, luck = one_round(x, weight, salience, span, rules, rng, source[last - 1])
        path[last] = moved
        if not luck and np.abs(moved - x).max() <= REST * scale:
            return last, AT_REST
        if not cycle and rules.both_positive != LOTTERY:
            cycle = cycle_length(path, last, scale)
        if rules.stop == STOP_MEDIAN:
            now = middle_of(moved, weight, rules)
            steady = steady + 1 if abs(now - middle) < rules.tolerance * scale else 0
            middle = now
            if steady >= rules.patience:
                return last, MEDIAN_AT_REST
        if cycle and rules.stop != STOP_ROUNDS:
            return last, CYCLE + cycle
    return rules.max_rounds, CYCLE + cycle if cycle else RAN_OUT


def solve(
    position: Floats, weight: Floats, salience: Floats, scale: float, rules: Encoded, rng: np.random.Generator,
    path: Floats, source: Counts, ended: Counts,
) -> Floats:  # fmt: skip
    """Last positions float[draws, actors] of every draw.

    ``path`` float[kept, rounds + 1, actors] and ``source`` int[kept, rounds, actors] hold all rounds of the
    last ``kept`` draws; ``ended`` int[draws, 2] takes the number of rounds and why they ended.
    """
    final = np.empty_like(position)
    for draw in range(len(position)):
        kept = draw % len(path)
        path[kept, 0] = position[draw]
        rounds, reason = play(weight[draw], salience[draw], scale, rules, rng, path[kept], source[kept])
        ended[draw, 0], ended[draw, 1] = rounds, reason
        final[draw] = path[kept, rounds]
    return final


KERNELS = (
    "power", "expected_utility", "challenge_of", "votes", "all_votes", "share", "chances", "utilities",
    "exponent_of", "hypothetical_exponents", "exponents", "better_offer", "offer_of", "answer", "middle_of",
    "draw_of_luck", "contested", "one_round", "cycle_length", "play", "solve",
)  # fmt: skip


@cache
def compile_all() -> None:
    """Let Numba compile the functions above when they are called next."""
    compile_in_place(sys.modules[__name__], KERNELS)

"""Rounds of exchange for arrays of one draw: plain Python that Numba can compile, and does for large tables.

Letters: actor i asks for issue p and gives way on q; its partner j asks for q and gives way on p.
Positions run from 0 to 100; ``share`` is an actor's part of the weight on an issue, so that a move by d
shifts the expected outcome by ``share`` times d.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from realpolitik.models.arrays import Floats

__all__ = ["LOG_COLUMNS", "Switches", "best_gain", "compiled", "divide", "offer", "settle", "sides", "trade"]

LOG_COLUMNS = 14
"""i, j, p, q; i from, to; j from, to; outcome on p before, after; on q before, after; both shifts, unsigned."""


class Switches(NamedTuple):
    """The rules in the form that a compiled function reads."""

    side_at_outcome: int
    own_deals: bool
    stop_at_partner: bool
    refuse_once_passed: bool
    sum_rising: bool
    minimum_gain: float
    tolerance: float
    random_ties: bool
    randomness: float
    luck_once: bool


def best_gain(most_won: float, most_lost: float, s: tuple[float, float], other: tuple[float, float]) -> float:
    """The most that one partner can gain while the other does not lose.

    Parameters
    ----------
    most_won, most_lost : the largest shift of the outcome on the issue it asks for, and on that it gives.
    s, other : its own and the other's salience on these two issues.
    """
    won = min(most_won, most_lost * other[1] / other[0])
    return won * s[0] - won * other[0] / other[1] * s[1]


def divide(
    most_won: float, most_lost: float, s: tuple[float, float], other: tuple[float, float], gain: float, luck: float
) -> tuple[float, float]:
    """Shifts of the outcome (won, lost) that give a partner more or less than the equal gain.

    Parameters
    ----------
    luck : from -1, it gains nothing, over 0, both gain the same, to 1, it gains all.

    At least one of the partners moves as far as it can.
    """
    if luck > 0:
        gain += luck * (best_gain(most_won, most_lost, s, other) - gain)
    else:
        gain += luck * gain
    won = (gain + most_lost * s[1]) / s[0]
    if won <= most_won:
        return won, most_lost
    return most_won, (most_won * s[0] - gain) / s[1]


def offer(
    i: int, j: int, p: int, q: int, start: Floats, vote: Floats, share: Floats, salience: Floats,
    outcome_p: float, outcome_q: float, rising_i: float, rising_j: float, switches: Switches,
) -> tuple[float, float, float, float]:  # fmt: skip
    """What two actors can do for each other as things stand.

    Parameters
    ----------
    start, vote, share, salience : float[actors, issues]; positions when the round began, and now.
    outcome_p, outcome_q : where the outcome stands as far as they know.
    rising_i, rising_j : what each has offered upward in this exchange before, at least 0.

    Returns
    -------
    The most by which the outcome on p and q can shift, by how much it shifts on p at equal gain, that gain.
    All 0 if there is nothing in it for them.
    """
    up_p = 1.0 if start[j, p] < start[i, p] else -1.0
    up_q = 1.0 if start[i, q] < start[j, q] else -1.0
    far_p, far_q = up_p * (start[i, p] - vote[j, p]), up_q * (start[j, q] - vote[i, q])
    if far_p <= switches.tolerance or far_q <= switches.tolerance:
        return 0.0, 0.0, 0.0, 0.0
    most_p, most_q = far_p * share[j, p], far_q * share[i, q]
    ratio = (salience[i, q] + salience[j, q]) / (salience[i, p] + salience[j, p])
    if switches.sum_rising:
        shift = min(most_p, most_q * ratio)
        i_goes, j_goes = up_q * shift / ratio / share[i, q], up_p * shift / share[j, p]
        if max(rising_i + i_goes, rising_j + j_goes) > 100.0 + 100.0 * switches.tolerance:
            return 0.0, 0.0, 0.0, 0.0
    if switches.stop_at_partner:
        room_p, room_q = up_p * (start[i, p] - outcome_p), up_q * (start[j, q] - outcome_q)
        if switches.refuse_once_passed and min(room_p, room_q) <= switches.tolerance:
            return 0.0, 0.0, 0.0, 0.0
        if room_p > switches.tolerance:
            most_p = min(most_p, room_p)
        if room_q > switches.tolerance:
            most_q = min(most_q, room_q)
    shift = min(most_p, most_q * ratio)
    gain = shift * salience[i, p] - shift / ratio * salience[i, q]
    least_move = min(shift / share[j, p], shift / ratio / share[i, q])
    if gain < switches.minimum_gain or least_move <= switches.tolerance:
        return 0.0, 0.0, 0.0, 0.0
    return most_p, most_q, shift, gain


def sides(start: Floats, outcome: Floats, part: Any, switches: Switches) -> Any:
    """-1 below the expected outcome, 1 above, 0 at it or absent: int8[actors, issues]."""
    side = np.zeros(start.shape, dtype=np.int8)
    for a in range(start.shape[0]):
        for q in range(start.shape[1]):
            away = start[a, q] - outcome[q]
            if not part[a, q]:
                side[a, q] = 0
            elif abs(away) <= switches.tolerance:
                side[a, q] = switches.side_at_outcome
            else:
                side[a, q] = 1 if away > 0 else -1
    return side


def candidates(side: Any, share: Floats, salience: Floats) -> Any:
    """Pairs that stand on opposite sides of both issues of a pair of issues: int64[found, (i, j, p, q)].

    The one who cares more for p, in proportion, asks for p. Nobody buys from an actor without weight.
    """
    actors, issues = side.shape
    found = np.empty((issues * (issues - 1) // 2 * (actors * (actors - 1) // 2), 4), dtype=np.int64)
    count = 0
    for p in range(issues):
        for q in range(p + 1, issues):
            for a in range(actors):
                if side[a, p] == 0 or side[a, q] == 0:
                    continue
                for b in range(a + 1, actors):
                    if side[a, p] != -side[b, p] or side[a, q] != -side[b, q]:
                        continue
                    i, j = a, b
                    if salience[a, p] * salience[b, q] < salience[b, p] * salience[a, q]:
                        i, j = b, a
                    if share[i, q] > 0 and share[j, p] > 0:
                        found[count, 0], found[count, 1], found[count, 2], found[count, 3] = i, j, p, q
                        count += 1
    return found[:count]


def choose(gain: Floats, switches: Switches, rng: Any) -> int:
    """Index of the largest gain, the first of those that tie or any of them; -1 if all are 0."""
    best = 0.0
    for e in range(gain.size):
        best = max(best, gain[e])
    if best == 0.0:
        return -1
    chosen, tied = -1, 0
    for e in range(gain.size):
        if gain[e] >= best * (1.0 - switches.tolerance):
            tied += 1
            if tied == 1 or (switches.random_ties and rng.random() * tied < 1.0):
                chosen = e
    return chosen


def trade(
    start: Floats, share: Floats, salience: Floats, part: Any, switches: Switches, rng: Any, log: Floats
) -> tuple[Floats, int]:
    """Carry out exchanges, the largest gain first, until none is left that gains.

    Parameters
    ----------
    start, share, salience : float[actors, issues]; salience in [0, 1], share 0 for whoever is absent.
    part : bool[actors, issues].
    log : float[exchanges, LOG_COLUMNS] to be filled, or of length 0.

    Returns
    -------
    Positions to vote with, float[actors, issues], and the number of exchanges.
    """
    actors, issues = start.shape
    outcome = np.zeros(issues)
    for a in range(actors):
        for q in range(issues):
            outcome[q] += share[a, q] * start[a, q]
    first_outcome, vote = outcome.copy(), start.copy()
    pairs = candidates(sides(start, outcome, part, switches), share, salience)
    gain, shift, rising = np.zeros(len(pairs)), np.zeros((len(pairs), 2)), np.zeros((len(pairs), 2))
    chance = np.zeros((len(pairs), 3))
    received = np.zeros((actors, issues, actors if switches.own_deals else 0))
    stale = np.ones(len(pairs), dtype=np.bool_)
    live = np.ones(len(pairs), dtype=np.bool_)
    done = 0
    while True:
        for e in range(len(pairs)):
            if not (stale[e] and live[e]):
                continue
            i, j, p, q = pairs[e]
            outcome_p, outcome_q = outcome[p], outcome[q]
            if switches.own_deals:
                outcome_p = first_outcome[p] + share[j, p] * (vote[j, p] - start[j, p])
                outcome_q = first_outcome[q] + share[i, q] * (vote[i, q] - start[i, q])
                for a in range(actors):
                    outcome_p += received[i, p, a] if a != j else 0.0
                    outcome_q += received[j, q, a] if a != i else 0.0
            most_p, most_q, on_p, gain[e] = offer(
                i, j, p, q, start, vote, share, salience, outcome_p, outcome_q, rising[e, 0], rising[e, 1], switches
            )
            ratio = (salience[i, q] + salience[j, q]) / (salience[i, p] + salience[j, p])
            shift[e, 0], shift[e, 1] = on_p, on_p / ratio
            if gain[e] > 0 and switches.randomness > 0:
                if done == 0 or not switches.luck_once:
                    chance[e, 0], chance[e, 1], chance[e, 2] = rng.random(), rng.random(), rng.random()
                luck = switches.randomness * chance[e, 2] * (1.0 if chance[e, 1] < 0.5 else -1.0)
                of_i, of_j = (salience[i, p], salience[i, q]), (salience[j, p], salience[j, q])
                if chance[e, 0] < 0.5:
                    on_p, on_q = divide(most_p, most_q, of_i, of_j, gain[e], luck)
                else:
                    on_q, on_p = divide(most_q, most_p, (of_j[1], of_j[0]), (of_i[1], of_i[0]), gain[e], luck)
                shift[e, 0], shift[e, 1] = on_p, on_q
                if min(on_p / share[j, p], on_q / share[i, q]) <= switches.tolerance:
                    gain[e] = 0.0
            live[e] = gain[e] > 0
            stale[e] = False
        chosen = choose(gain, switches, rng)
        if chosen < 0:
            return vote, done
        i, j, p, q = pairs[chosen]
        before = vote[i, q], vote[j, p], outcome[p], outcome[q]
        up_p = 1.0 if start[j, p] < start[i, p] else -1.0
        up_q = 1.0 if start[i, q] < start[j, q] else -1.0
        moved_p, moved_q = shift[chosen, 0] / share[j, p], shift[chosen, 1] / share[i, q]
        vote[j, p] = min(max(vote[j, p] + up_p * moved_p, 0.0), 100.0)
        vote[i, q] = min(max(vote[i, q] + up_q * moved_q, 0.0), 100.0)
        outcome[p] += up_p * shift[chosen, 0]
        outcome[q] += up_q * shift[chosen, 1]
        if switches.own_deals:
            received[i, p, j] = share[j, p] * (vote[j, p] - start[j, p])
            received[j, q, i] = share[i, q] * (vote[i, q] - start[i, q])
        if len(log) > 0:
            log[done, :4] = i, j, p, q
            log[done, 4:8] = before[0], vote[i, q], before[1], vote[j, p]
            log[done, 8:12] = before[2], outcome[p], before[3], outcome[q]
            log[done, 12:] = shift[chosen]
        done += 1
        gain[chosen], live[chosen] = 0.0, False
        for e in range(len(pairs)):
            if not live[e]:
                continue
            a, b, asked, given = pairs[e]
            moved_a = (a == i and given == q) or (a == j and given == p)
            moved_b = (b == i and asked == q) or (b == j and asked == p)
            if moved_a and (start[a, given] < start[b, given]):
                rising[e, 0] += shift[e, 1] / share[a, given]
            if moved_b and (start[b, asked] < start[a, asked]):
                rising[e, 1] += shift[e, 0] / share[b, asked]
            if switches.own_deals:
                stale[e] = moved_a or moved_b or (a == i and asked == p) or (a == j and asked == q)
                stale[e] = stale[e] or (b == i and given == p) or (b == j and given == q)
            else:
                stale[e] = asked == p or asked == q or given == p or given == q


def settle(
    start: Floats, share: Floats, salience: Floats, part: Any, switches: Switches,
    max_rounds: int, fixed_share: float, salience_share: float, rng: Any,
) -> tuple[Floats, Any]:  # fmt: skip
    """Rounds of exchange in every draw.

    Parameters
    ----------
    start, share, salience : float[draws, actors, issues].

    Returns
    -------
    Last votes, float[draws, actors, issues], and the number of exchanges in the last round, int64[draws].
    """
    votes, last = start.copy(), np.zeros(len(start), dtype=np.int64)
    nothing = np.empty((0, LOG_COLUMNS))
    for draw in range(len(start)):
        position = start[draw].copy()
        follow = fixed_share + salience_share * (1.0 - salience[draw])
        for _ in range(max_rounds):
            vote, last[draw] = trade(position, share[draw], salience[draw], part, switches, rng, nothing)
            votes[draw] = vote
            if last[draw] == 0:
                break
            position = position + follow * (vote - position)
    return votes, last


@cache
def compiled() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """``settle`` and ``trade`` as machine code, kept on disk where Numba can write."""
    from numba import njit
    from numba.extending import register_jitable

    for part in (best_gain, divide, offer, sides, candidates, choose, trade):
        register_jitable(part)
    try:
        return njit(cache=True)(settle), njit(cache=True)(trade)
    except RuntimeError:  # no folder to keep the code in: compile anew in each process
        return njit(settle), njit(trade)

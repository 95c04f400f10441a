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

__all__ = ["LOG_COLUMNS", "Given", "Switches", "best_gain", "compiled", "divide", "settle", "trade"]

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


class Given(NamedTuple):
    """What stays as it is throughout a round."""

    start: Floats
    """float[actors, issues]: positions at its beginning."""

    share: Floats
    """float[actors, issues]: 0 for whoever is absent."""

    salience: Floats
    """float[actors, issues] in [0, 1]."""

    part: Any
    """bool[actors, issues]: who is present."""

    switches: Switches
    """The rules."""


class Stand(NamedTuple):
    """Where a round stands; its arrays change."""

    vote: Floats
    """float[actors, issues]: where everybody stands now."""

    outcome: Floats
    """float[2, issues]: the mean of votes weighted by share, at the beginning of the round and now."""

    received: Floats
    """float[actors, issues, actors]: by how much the last actor has shifted the outcome in deals with the first.

    The last axis is empty unless only own deals are known.
    """


class Deals(NamedTuple):
    """What the candidates for an exchange have to offer; its arrays change."""

    pair: Any
    """int64[candidates, (i, j, p, q)]."""

    rate: Floats
    """float[candidates]: at equal gain, by how much the outcome on q shifts for each unit on p."""

    gain: Floats
    """float[candidates]: at equal gain; 0 for one that is done or dropped."""

    shift: Floats
    """float[candidates, (p, q)]: by how much it would shift the outcome, unsigned."""

    rising: Floats
    """float[candidates, (i, j)]: what each has offered upward before it was worked out anew."""

    chance: Floats
    """float[candidates, 3]: whose luck, good or bad, how much; each in [0, 1)."""

    stale: Any
    """bool[candidates]: to be worked out anew."""

    live: Any
    """bool[candidates]: neither done nor dropped."""


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
    return most_won, max((most_won * s[0] - gain) / s[1], 0.0)


class Way(NamedTuple):
    """What one partner of an exchange may give, on one issue."""

    up: float
    """1 if it goes up the scale, -1 if down."""

    far: float
    """How far it is to the position of the other."""

    share: float
    """Its share of the weight."""

    room: float
    """How far the outcome, as they know it, is from the position of the other."""

    rising: float
    """What it has offered upward in this exchange before."""


Terms = tuple[float, float, float, float]
NOTHING: Terms = (0.0, 0.0, 0.0, 0.0)


def offer(on_p: Way, on_q: Way, rate: float, care: tuple[float, float], switches: Switches) -> Terms:
    """What two actors can do for each other as things stand.

    Parameters
    ----------
    on_p, on_q : what j may give on p, and i on q.
    rate : by how much the outcome on q shifts for each unit on p, so that both gain the same.
    care : salience of i on p and on q.

    Returns
    -------
    The most by which the outcome on p and q can shift, by how much it shifts on p at equal gain, that gain.
    All 0 if there is nothing in it for them.
    """
    if on_p.far <= switches.tolerance or on_q.far <= switches.tolerance:
        return NOTHING
    most_p, most_q = on_p.far * on_p.share, on_q.far * on_q.share
    if switches.sum_rising:
        shift = min(most_p, most_q / rate)
        rising = max(on_p.rising + on_p.up * shift / on_p.share, on_q.rising + on_q.up * shift * rate / on_q.share)
        if rising > 100.0 + 100.0 * switches.tolerance:
            return NOTHING
    if switches.stop_at_partner:
        if switches.refuse_once_passed and min(on_p.room, on_q.room) <= switches.tolerance:
            return NOTHING
        most_p = min(most_p, on_p.room) if on_p.room > switches.tolerance else most_p
        most_q = min(most_q, on_q.room) if on_q.room > switches.tolerance else most_q
    shift = min(most_p, most_q / rate)
    gain = shift * (care[0] - rate * care[1])
    too_little = shift <= switches.tolerance * on_p.share or shift * rate <= switches.tolerance * on_q.share
    return NOTHING if too_little or gain < switches.minimum_gain else (most_p, most_q, shift, gain)


def sides(given: Given, outcome: Floats) -> Any:
    """-1 below the expected outcome, 1 above, 0 if absent, what the rules say if at it: int8[actors, issues]."""
    actors, issues = given.start.shape
    side = np.zeros((actors, issues), dtype=np.int8)
    for a in range(actors):
        for q in range(issues):
            away = given.start[a, q] - outcome[q]
            if given.part[a, q]:
                side[a, q] = 1 if away > 0 else -1
                if abs(away) <= given.switches.tolerance:
                    side[a, q] = given.switches.side_at_outcome
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


def own_outcome(buyer: int, seller: int, issue: int, given: Given, stand: Stand) -> float:
    """Where the outcome stands as far as a buyer knows who has seen its own deals and where the seller is."""
    known: float = stand.outcome[0, issue] + given.share[seller, issue] * (
        stand.vote[seller, issue] - given.start[seller, issue]
    )
    for a in range(len(stand.vote)):
        known += stand.received[buyer, issue, a] if a != seller else 0.0
    return known


def lucky(most: tuple[float, float], i: tuple[float, float], j: tuple[float, float], gain: float, randomness: float,
          chance: tuple[float, float, float]) -> tuple[float, float]:  # fmt: skip
    """Shifts of the outcome on p and q where luck divides the gain.

    Parameters
    ----------
    most : the largest shifts.
    i, j : salience of each on p and q.
    chance : whose luck, good or bad, how much.
    """
    luck = randomness * chance[2] * (1.0 if chance[1] < 0.5 else -1.0)
    if chance[0] < 0.5:
        return divide(most[0], most[1], i, j, gain, luck)
    on_q, on_p = divide(most[1], most[0], (j[1], j[0]), (i[1], i[0]), gain, luck)
    return on_p, on_q


def work_out(deals: Deals, given: Given, stand: Stand, rng: Any) -> None:
    """What stale candidates have to offer now; one that has nothing is dropped for the rest of the round.

    Loops over candidates in here and hands on single numbers: passing arrays costs more than the sums.
    """
    start, share, salience, _, switches = given
    vote, outcome, _ = stand
    pair, rising, chance = deals.pair, deals.rising, deals.chance
    for e in range(len(pair)):
        if not (deals.live[e] and deals.stale[e]):
            continue
        i, j, p, q = pair[e, 0], pair[e, 1], pair[e, 2], pair[e, 3]
        known_p, known_q = outcome[1, p], outcome[1, q]
        if switches.own_deals:
            known_p, known_q = own_outcome(i, j, p, given, stand), own_outcome(j, i, q, given, stand)
        aim_p, aim_q, at_p, at_q = start[i, p], start[j, q], vote[j, p], vote[i, q]
        up_p, up_q = (1.0 if start[j, p] < aim_p else -1.0), (1.0 if start[i, q] < aim_q else -1.0)
        give_p = Way(up_p, up_p * (aim_p - at_p), share[j, p], up_p * (aim_p - known_p), rising[e, 1])
        give_q = Way(up_q, up_q * (aim_q - at_q), share[i, q], up_q * (aim_q - known_q), rising[e, 0])
        of_i, of_j = (salience[i, p], salience[i, q]), (salience[j, p], salience[j, q])
        most_p, most_q, on_p, gain = offer(give_p, give_q, deals.rate[e], of_i, switches)
        on_q = on_p * deals.rate[e]
        if gain > 0 and switches.randomness > 0:
            if chance[e, 2] == 0 or not switches.luck_once:
                chance[e, 0], chance[e, 1], chance[e, 2] = rng.random(), rng.random(), 1.0 - rng.random()
            drawn = chance[e, 0], chance[e, 1], chance[e, 2]
            on_p, on_q = lucky((most_p, most_q), of_i, of_j, gain, switches.randomness, drawn)
            if min(on_p / give_p.share, on_q / give_q.share) <= switches.tolerance:
                gain = 0.0
        deals.gain[e], deals.shift[e, 0], deals.shift[e, 1] = gain, on_p, on_q
        deals.live[e], deals.stale[e] = gain > 0, False


def carry_out(e: int, deals: Deals, given: Given, stand: Stand, line: Floats) -> None:
    """Move both partners of candidate e and the outcome; write it into a line of the log, unless that is empty."""
    i, j, p, q = deals.pair[e]
    for mover, other, issue, on, column in ((i, j, q, 1, 4), (j, i, p, 0, 6)):
        begin, before, shift = stand.vote[mover, issue], stand.outcome[1, issue], deals.shift[e, on]
        up = 1.0 if given.start[mover, issue] < given.start[other, issue] else -1.0
        end = min(max(begin + up * shift / given.share[mover, issue], 0.0), 100.0)
        stand.vote[mover, issue] = end
        stand.outcome[1, issue] += up * shift
        if given.switches.own_deals:
            stand.received[other, issue, mover] = given.share[mover, issue] * (end - given.start[mover, issue])
        if len(line) > 0:
            line[column], line[column + 1] = begin, end
            line[8 + 2 * on], line[9 + 2 * on] = before, stand.outcome[1, issue]
            line[on], line[2 + on], line[12 + on] = deals.pair[e, on], deals.pair[e, 2 + on], shift
    deals.gain[e], deals.live[e] = 0.0, False


def spread(done: int, deals: Deals, given: Given) -> None:
    """Mark the candidates that an exchange just carried out has changed."""
    i, j, p, q = deals.pair[done]
    for e in range(len(deals.pair)):
        if not deals.live[e]:
            continue
        a, b, asked, offered = deals.pair[e, 0], deals.pair[e, 1], deals.pair[e, 2], deals.pair[e, 3]
        moved_a = (a == i and offered == q) or (a == j and offered == p)
        moved_b = (b == i and asked == q) or (b == j and asked == p)
        if moved_a and given.start[a, offered] < given.start[b, offered]:
            deals.rising[e, 0] += deals.shift[e, 1] / given.share[a, offered]
        if moved_b and given.start[b, asked] < given.start[a, asked]:
            deals.rising[e, 1] += deals.shift[e, 0] / given.share[b, asked]
        if given.switches.own_deals:
            served_a = (a == i and asked == p) or (a == j and asked == q)
            served_b = (b == i and offered == p) or (b == j and offered == q)
            deals.stale[e] = moved_a or moved_b or served_a or served_b
        else:
            deals.stale[e] = asked in (p, q) or offered in (p, q)


def trade(given: Given, rng: Any, log: Floats) -> tuple[Floats, int]:
    """Carry out exchanges, the largest gain first, until none is left that gains.

    Parameters
    ----------
    log : float[exchanges, LOG_COLUMNS] to be filled, or float[exchanges, 0].

    Returns
    -------
    Positions to vote with, float[actors, issues], and the number of exchanges.
    """
    actors, issues = given.start.shape
    outcome = np.zeros((2, issues))
    for a in range(actors):
        for q in range(issues):
            outcome[:, q] += given.share[a, q] * given.start[a, q]
    received = np.zeros((actors, issues, actors if given.switches.own_deals else 0))
    stand = Stand(given.start.copy(), outcome, received)
    pair = candidates(sides(given, outcome[0]), given.share, given.salience)
    n = len(pair)
    fresh, live = np.ones(n, dtype=np.bool_), np.ones(n, dtype=np.bool_)
    rate = np.empty(n)
    for e in range(n):
        i, j, p, q = pair[e]
        rate[e] = given.salience[i, p] + given.salience[j, p]
        rate[e] /= given.salience[i, q] + given.salience[j, q]
    deals = Deals(pair, rate, np.zeros(n), np.zeros((n, 2)), np.zeros((n, 2)), np.zeros((n, 3)), fresh, live)
    done = 0
    while True:
        work_out(deals, given, stand, rng)
        chosen = choose(deals.gain, given.switches, rng)
        if chosen < 0:
            return stand.vote, done
        carry_out(chosen, deals, given, stand, log[done])
        spread(chosen, deals, given)
        done += 1


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
    exchanges = start.shape[1] * start.shape[1] * start.shape[2] * start.shape[2]
    unwritten = np.empty((exchanges, 0))
    for draw in range(len(start)):
        position = start[draw].copy()
        follow = fixed_share + salience_share * (1.0 - salience[draw])
        for _ in range(max_rounds):
            given = Given(position, share[draw], salience[draw], part, switches)
            vote, last[draw] = trade(given, rng, unwritten)
            votes[draw] = vote
            if last[draw] == 0:
                break
            position = position + follow * (vote - position)
    return votes, last


PARTS = (best_gain, divide, offer, sides, candidates, choose, own_outcome, lucky, work_out, carry_out, spread, trade)
"""What ``settle`` is made of."""


@cache
def compiled() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """``settle`` and ``trade`` as machine code, kept on disk where Numba can write."""
    from numba.extending import register_jitable

    from realpolitik.models.compiled import cached

    for part in PARTS:
        register_jitable(part)
    return cached(settle), cached(trade)

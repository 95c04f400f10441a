"""The graph model as a textbook states it: tables of states by states, sequences enumerated; nothing is clever."""

from collections.abc import Sequence
from itertools import product
from typing import Any

Moves = list[dict[int, set[int]]]


def moves(
    states: Sequence[str], owners: Sequence[int], one_way: dict[int, str], seen: Sequence[Sequence[bool]]
) -> Moves:
    """By decision maker, from each state, where it can move; states are strings of Y and N."""
    found: Moves = []
    for maker in range(max(owners) + 1):
        table: dict[int, set[int]] = {}
        for a, start in enumerate(states):
            table[a] = {b for b, end in enumerate(states) if b != a and seen[maker][a] and seen[maker][b]
                        and all(x == y or (owner == maker and one_way.get(k) != x + y)
                                for k, (x, y, owner) in enumerate(zip(start, end, owners, strict=True)))}  # fmt: skip
        found.append(table)
    return found


def sequences(table: Moves, rank: Any, makers: Sequence[int], start: int, *, improving: bool) -> set[int]:
    """Where makers get by moves in turn, nobody twice in a row."""
    todo, done = [(start, -1)], set()
    while todo:
        place, last = todo.pop()
        for maker in makers:
            if maker == last:
                continue
            for end in table[maker][place]:
                if improving and rank[maker][end] <= rank[maker][place]:
                    continue
                if (end, maker) not in done:
                    done.add((end, maker))
                    todo.append((end, maker))
    return {end for end, _ in done}


def at_once(states: Sequence[str], table: Moves, rank: Any, others: Sequence[int], start: int, own: int) -> set[int]:
    """Where an own move and improvements by one or more others lead when made at the same time."""
    choices = [[start, *(end for end in table[j][start] if rank[j][end] > rank[j][start])] for j in others]
    found = set()
    for chosen in product(*choices):
        if all(end == start for end in chosen):
            continue
        ends = [states[own], *(states[end] for end in chosen)]
        joined = "".join(
            next((end[k] for end in ends if end[k] != letter), letter) for k, letter in enumerate(states[start])
        )
        if joined in states:
            found.add(states.index(joined))
    return found


def stable(states: Sequence[str], table: Moves, rank: Any, concept: str, maker: int, s: int) -> bool:
    """One verdict by its definition."""
    others = [j for j in range(len(table)) if j != maker]
    mine = rank[maker]
    improvements = [t for t in table[maker][s] if mine[t] > mine[s]]
    if concept == "nash":
        return not improvements
    for t in improvements:
        if concept == "sim":
            answers = at_once(states, table, rank, others, s, t)
        else:
            answers = sequences(table, rank, others, t, improving=concept == "seq")
        if concept == "smr":
            answers = {u for u in answers if all(mine[v] <= mine[s] for v in table[maker][u])}
        if not any(mine[u] <= mine[s] for u in answers):
            return False
    return True


def stable_by_rule(
    states: Sequence[str], table: Moves, orders: Any, rule: str, concept: str, maker: int, s: int
) -> bool:
    """One verdict with unknown comparisons; orders[maker][a][b] is '>', '=', '<' or '?' for a against b.

    a: ventures, is not deterred by the unknown; b: neither; c: both; d: does not venture, is deterred.
    """
    others = [j for j in range(len(table)) if j != maker]
    mine = orders[maker]
    wants = ">?" if rule in "ac" else ">"
    fears = "<=?" if rule in "cd" else "<="
    improvements = [t for t in table[maker][s] if mine[t][s] in wants]
    if concept == "nash":
        return not improvements

    def goes_on(j: int, start: int, end: int) -> bool:
        return concept != "seq" or orders[j][end][start] in ">?"

    for t in improvements:
        answers: set[int] = set()
        if concept == "sim":
            choices = [[s, *(u for u in table[j][s] if orders[j][u][s] in ">?")] for j in others]
            for chosen in product(*choices):
                if any(end != s for end in chosen):
                    ends = [states[t], *(states[end] for end in chosen)]
                    letters = (next((e[k] for e in ends if e[k] != x), x) for k, x in enumerate(states[s]))
                    joined = "".join(letters)
                    answers |= {states.index(joined)} if joined in states else set()
        else:
            todo, done = [(t, -1)], set()
            while todo:
                place, last = todo.pop()
                for j in others:
                    for end in table[j][place] if j != last else ():
                        if goes_on(j, place, end) and (end, j) not in done:
                            done.add((end, j))
                            todo.append((end, j))
            answers = {end for end, _ in done}
        if concept == "smr":
            answers = {u for u in answers if all(mine[v][s] in fears for v in table[maker][u])}
        if not any(mine[u][s] in fears for u in answers):
            return False
    return True


def odds_of_rest(
    states: Sequence[str], table: Moves, rank: Any, concept: str, start: int, rounds: int = 60
) -> tuple[dict[int, float], float]:
    """Probability to come to rest in each state, and to be moving still after some rounds; one of those who would
    move is chosen evenly, and one of its best undeterred improvements."""
    others = {maker: [j for j in range(len(table)) if j != maker] for maker in range(len(table))}

    def undeterred(maker: int, s: int) -> list[int]:
        mine = rank[maker]
        free = []
        for t in table[maker][s]:
            if mine[t] <= mine[s]:
                continue
            only = [{u: ends & {t} if u == s else ends for u, ends in table[maker].items()} if j == maker else table[j]
                    for j in range(len(table))]  # fmt: skip
            if not stable(states, [*only], rank, concept, maker, s) or not others[maker]:
                free.append(t)
        return [t for t in free if mine[t] == max(mine[u] for u in free)]

    resting: dict[int, float] = {}
    moving = {start: 1.0}
    for _ in range(rounds):
        after: dict[int, float] = {}
        for s, share in moving.items():
            ways = [ends for maker in range(len(table)) if (ends := undeterred(maker, s))]
            if not ways:
                resting[s] = resting.get(s, 0.0) + share
            for ends in ways:
                for end in ends:
                    after[end] = after.get(end, 0.0) + share / len(ways) / len(ends)
        moving = after
    return resting, sum(moving.values())

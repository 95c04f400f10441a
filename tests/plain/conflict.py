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

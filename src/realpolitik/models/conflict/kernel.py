"""Stability of all states at once, on bit masks; no table of states by states is built.

Plain Python that Numba can turn into machine code; integers throughout, so both give the same. Common arguments:

- ``states`` int64[n]: masks of the feasible states; ``index`` int64[2 ** options]: their places, -1 elsewhere.
- ``blocks`` int64[makers]: masks of the options of each decision maker.
- ``keeps``, ``drops``: masks of options that cannot be given up, cannot be taken up.
- ``seen`` bool[makers, n]: states between which each can move; ``rank`` int64[makers, n]: the higher the better.

All moves of one block are enumerated as sub-masks: ``part = (part - 1) & block`` runs through them downwards.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from realpolitik.models.compiled import compile_in_place

__all__ = ["KERNELS", "compile_all"]

KERNELS = ("is_free", "floors", "answered", "falls", "simultaneous")
"""Functions in the order in which they call each other."""


def is_free(start: Any, end: Any, keeps: Any, drops: Any) -> Any:
    """Whether one-way options allow the move from mask to mask."""
    return (start & ~end & keeps) == 0 and (end & ~start & drops) == 0


def floors(
    states: Any, index: Any, blocks: Any, keeps: Any, drops: Any, seen: Any, rank: Any,
    focal: Any, key: Any, order: Any, low: Any, stack: Any,
) -> None:  # fmt: skip
    """Write the least key among each state and those that the others can reach from it by improvements.

    Keys are visited from the least up; every state that leads to one of them, and has no lower yet, gets it.

    Parameters
    ----------
    focal : the decision maker who does not move.
    key : int64[n], at least 0; order : its argsort; stack : int64[n] to work in.
    """
    low[:] = -1
    for source in order:
        if low[source] >= 0:
            continue
        least = key[source]
        low[source] = least
        stack[0] = source
        height = 1
        while height > 0:
            height -= 1
            place = stack[height]
            end = states[place]
            for maker in range(len(blocks)):
                if maker == focal or not seen[maker, place]:
                    continue
                block = blocks[maker]
                part = block
                while True:
                    start = (end & ~block) | part
                    found = index[start]
                    if (
                        found >= 0
                        and low[found] < 0
                        and rank[maker, place] > rank[maker, found]
                        and seen[maker, found]
                        and is_free(start, end, keeps, drops)
                    ):
                        low[found] = least
                        stack[height] = found
                        height += 1
                    if part == 0:
                        break
                    part = (part - 1) & block


def answered(
    states: Any, index: Any, block: Any, keeps: Any, drops: Any, seen: Any, rank: Any, low: Any, stable: Any
) -> None:
    """Write whether each improvement from each state leads to a ``low`` that is no better than the state."""
    for place in range(len(states)):
        stable[place] = True
        if not seen[place]:
            continue
        start = states[place]
        part = block
        while stable[place]:
            end = (start & ~block) | part
            found = index[end]
            if (
                found >= 0
                and rank[found] > rank[place]
                and low[found] > rank[place]
                and seen[found]
                and is_free(start, end, keeps, drops)
            ):
                stable[place] = False
            if part == 0:
                break
            part = (part - 1) & block


def falls(value: Any, bar: Any, first: Any, ends: Any, counts: Any, cursor: Any) -> Any:
    """The joint change by others, joined to the mask ``first``, that leads to a value of at most ``bar``; or 0.

    Parameters
    ----------
    value : int64[2 ** options]: rank by mask, above every rank where the state is infeasible.
    ends : int64[others, moves]: for each, changes as exclusive-or masks, the first of them 0; counts : how many.
    cursor : int64[others] to work in.
    """
    cursor[:] = 0
    while True:
        other = 0
        while other < len(counts):
            cursor[other] += 1
            if cursor[other] < counts[other]:
                break
            cursor[other] = 0
            other += 1
        if other == len(counts):
            return 0
        change = 0
        for each in range(len(counts)):
            change ^= ends[each, cursor[each]]
        if value[first ^ change] <= bar:
            return change


def simultaneous(
    states: Any, index: Any, blocks: Any, keeps: Any, drops: Any, seen: Any, rank: Any,
    focal: Any, value: Any, least: Any, ends: Any, counts: Any, cursor: Any, stable: Any,
) -> None:  # fmt: skip
    """Write whether each improvement from each state is spoilt by improvements that others make at the same time.

    What spoilt the last improvement is tried first on the next.

    Parameters
    ----------
    value : int64[2 ** options]: the focal decision maker's rank by mask; see ``falls``.
    least : int64[2 ** options]: the least value of any mask with the same options of the focal decision maker.
    ends : int64[makers, largest number of moves], counts, cursor : int64[makers], all three to work in.
    """
    for place in range(len(states)):
        stable[place] = True
        start = states[place]
        for maker in range(len(blocks)):
            counts[maker] = 1
            ends[maker, 0] = 0
            if maker == focal or not seen[maker, place]:
                continue
            block = blocks[maker]
            part = block
            while True:
                end = (start & ~block) | part
                found = index[end]
                if (
                    found >= 0
                    and rank[maker, found] > rank[maker, place]
                    and seen[maker, found]
                    and is_free(start, end, keeps, drops)
                ):
                    ends[maker, counts[maker]] = start ^ end
                    counts[maker] += 1
                if part == 0:
                    break
                part = (part - 1) & block
        if not seen[focal, place]:
            continue
        bar = rank[focal, place]
        change = 0
        block = blocks[focal]
        part = block
        while stable[place]:
            end = (start & ~block) | part
            found = index[end]
            if (
                found >= 0
                and rank[focal, found] > bar
                and value[end ^ change] > bar
                and seen[focal, found]
                and is_free(start, end, keeps, drops)
            ):
                change = 0 if least[end] > bar else falls(value, bar, end, ends, counts, cursor)
                stable[place] = change != 0
            if part == 0:
                break
            part = (part - 1) & block


@cache
def compile_all() -> None:
    """Turn the functions of this module into machine code, once; they give the same either way."""
    compile_in_place(sys.modules[__name__], KERNELS)

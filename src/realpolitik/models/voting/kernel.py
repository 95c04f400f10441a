"""Votes of independent blocs, world by world: plain Python that Numba turns into machine code.

A bloc's *table* is the joint distribution of the two numbers that decide; see :mod:`realpolitik.models.voting.lattice`
for what they are. The blocs are divided into two halves of nearly equal size. Within a half the tables are convolved
one after the other, smallest first; the halves meet only in the probability that is asked for. Everything added is
positive, so nothing cancels. Cells at the ends of a row of at most ``tiny`` are dropped; ``tiny`` times the number of
all cells is at most 1e-13. Rows of sums have three empty columns at both ends (*padding*), so that four neighbouring
columns of a table are worked in at a time.

Common arguments:

- ``share`` float[6]: a member attends; one who came votes; one who votes says yes; cohesion; boycott; rebels.
- ``tally`` int[6]: what a vote and an abstention add to the first number; what a yes, any vote and an abstention add
  to the second; whether all ways are kept (0), only those in which nobody votes (1), or in which nobody comes (2).
- ``log_work``, ``rows``: scratch of at least 3 (n + 1) and (n + 1) (3 n + 4) numbers.
- ``before``, ``after``: distributions of a sum without and with one bloc more; ``lows``, ``highs`` int[rows]: the
  first column of each row that is not empty, and the one after its last, without the padding.
- ``value``: probability of passing by what has been added up so far, with three empty columns after each row.
- ``tail`` float[rows, columns + 1]: in each row, the probability of the last so many columns.
- ``needs`` int[ways, rows]: the least second number with which the motion passes, by the first; ``weight`` float[ways],
  or float[worlds, ways].
- ``shares`` float[worlds, blocs, 6]; ``shape`` int[blocs, 4]: members, rows and columns of the bloc's table, and where
  it begins in ``tables``; ``halves`` int[2, most]: blocs of each half, -1 where there are no more.
- ``sums`` int[2, most + 1, 4]: for the first so many blocs of a half: rows, columns with padding, where the
  distribution begins in ``cells`` and where its rows begin in ``ends``.
- ``sizes`` int[6]: cells of all tables, of all sums, rows of all sums, cells of both tails, members of the largest
  bloc, cells of the largest sum.
"""

from __future__ import annotations

import sys
from functools import cache
from math import exp, log
from typing import Any

import numpy as np

from realpolitik.models.compiled import compile_in_place

__all__ = ["compile_all", "half_sums", "passages", "swings"]

KERNELS = (
    "rising", "branch_row", "conditional", "break_ranks", "bloc_table",
    "add_bloc", "tails", "meet", "values", "gradient", "back",
    "fill", "forward", "both_tails", "passing_of", "passages", "swing_values", "swings", "half_sums",
)  # fmt: skip
"""Functions in the order in which they call each other."""

MOST_IN_PRODUCTS = 100
"""Members up to whom products of probabilities keep within the range of a float; above it their logarithms are used."""


@cache
def compile_all() -> None:
    """Turn the functions of this module into machine code, once; sums may differ in the last digit."""
    compile_in_place(sys.modules[__name__], KERNELS, nogil=True, fastmath={"contract", "reassoc"})


def rising(found: Any, most: Any, share: Any, tie: Any, logs: Any) -> Any:
    """Products of (share (1 - tie) + j tie) / (j + 1) over j < k, for k up to ``most``, or their logarithms."""
    start, value = share * (1 - tie), 1.0
    found[0] = 0.0 if logs else 1.0
    for step in range(most):
        value = (start + step * tie) / (step + 1.0)
        if logs:
            found[step + 1] = found[step] + log(value) if value > 0 else -1e300
        else:
            found[step + 1] = found[step] * value


def branch_row(row: Any, members: Any, share: Any, tie: Any, first: Any, second: Any, either: Any, logs: Any) -> Any:
    """Beta-binomial probabilities that k of ``members`` take the first way, from the products of both ways."""
    if tie >= 1:
        for taken in range(members + 1):
            row[taken] = 0.0
        row[0] += 1 - share
        row[members] += share
        return
    for taken in range(members + 1):
        if logs:
            row[taken] = exp(first[taken] + second[members - taken] - either[members])
        else:
            row[taken] = first[taken] * second[members - taken] / either[members]


def conditional(reached: Any, cohesion: Any) -> Any:
    """Correlation of two members who reached a branch; see :func:`realpolitik.models.voting.cohesion.branch`."""
    whole = cohesion + (1 - cohesion) * reached
    return cohesion / whole if whole > 0 else 0.0


def break_ranks(yes: Any, members: Any, rebels: Any, powers: Any, work: Any) -> Any:
    """The rows of yes votes after each vote has turned by itself.

    The generating function of m votes of which k are meant as yes is (r + (1 - r) w)^k ((1 - r) + r w)^(m - k); it
    is summed over k by Horner's rule. ``powers`` float[n + 1, n + 1] and ``work`` float[n + 2] are scratch.
    """
    powers[0, 0] = 1.0
    for power in range(members):
        powers[power + 1, 0] = powers[power, 0] * (1 - rebels)
        for place in range(1, power + 1):
            powers[power + 1, place] = powers[power, place] * (1 - rebels) + powers[power, place - 1] * rebels
        powers[power + 1, power + 1] = powers[power, power] * rebels
    for cast in range(1, members + 1):
        work[0] = yes[cast, cast]
        for step in range(1, cast + 1):
            work[step] = 0.0
            for place in range(step, 0, -1):
                work[place] = work[place] * rebels + work[place - 1] * (1 - rebels)
            work[0] = work[0] * rebels
            for place in range(step + 1):
                work[place] += yes[cast, cast - step] * powers[step, place]
        for place in range(cast + 1):
            yes[cast, place] = work[place]


def bloc_table(table: Any, members: Any, share: Any, tally: Any, log_work: Any, rows: Any) -> Any:
    """Fill the joint distribution of a bloc's two numbers; the second is counted from its least value.

    The bloc is taken apart into branches: vote or not; then yes or no; and abstain or stay away.
    """
    attends, casting, for_share, cohesion, boycott, rebels = share
    size = members + 1
    logs = members > MOST_IN_PRODUCTS
    cast_share = attends * casting
    idle_share = min(attends * (1 - casting) / (1 - cast_share), 1.0) if cast_share < 1 else 0.0
    first, second, either = log_work[:size], log_work[size : 2 * size], log_work[2 * size : 3 * size]
    yes = rows[: size * size].reshape(size, size)
    idle = rows[size * size : 2 * size * size].reshape(size, size)
    casts = rows[2 * size * size : 2 * size * size + size]

    rising(first, members, cast_share, cohesion, logs)
    rising(second, members, 1 - cast_share, cohesion, logs)
    rising(either, members, 1.0, cohesion, logs)
    branch_row(casts, members, cast_share, cohesion, first, second, either, logs)
    tie = conditional(1 - cast_share, cohesion)
    rising(first, members, idle_share, tie, logs)
    rising(second, members, 1 - idle_share, tie, logs)
    rising(either, members, 1.0, tie, logs)
    for left in range(size):
        branch_row(idle[left], left, idle_share, tie, first, second, either, logs)
    tie = conditional(cast_share, cohesion)
    rising(first, members, for_share, tie, logs)
    rising(second, members, 1 - for_share, tie, logs)
    rising(either, members, 1.0, tie, logs)
    for cast in range(size):
        branch_row(yes[cast], cast, for_share, tie, first, second, either, logs)
    if rebels > 0:
        start = 2 * size * size + size
        break_ranks(yes, members, rebels, rows[start : start + size * size].reshape(size, size), log_work)

    table[:, :] = 0.0
    least = members * min(0, tally[2] + tally[3], tally[3], tally[4])
    counts_idle = tally[1] != 0 or tally[4] != 0 or tally[5] == 2
    for cast in range(size):
        chance = casts[cast] * (1 - boycott)
        if chance <= 0 or (tally[5] != 0 and cast > 0):
            continue
        for abstain in range(members - cast + 1 if counts_idle else 1):
            if tally[5] == 2 and abstain > 0:
                continue
            both = chance * idle[members - cast, abstain] if counts_idle else chance
            row = cast * tally[0] + abstain * tally[1]
            place = cast * tally[3] + abstain * tally[4] - least
            for favour in range(cast + 1):
                table[row, place + favour * tally[2]] += both * yes[cast, favour]
    table[0, -least] += boycott


def add_bloc(
    table: Any, before: Any, lows: Any, highs: Any, after: Any, new_lows: Any, new_highs: Any, tiny: Any
) -> Any:
    """Distribution of a sum with one bloc more."""
    rows, columns = table.shape
    for row in range(after.shape[0]):
        target = after[row]
        target[:] = 0.0
        for up in range(max(0, row - before.shape[0] + 1), min(rows, row + 1)):
            source = before[row - up]
            low, high = lows[row - up], highs[row - up]
            size = high - low + 3
            if low >= high:
                continue
            right = 0
            while right < columns:
                if table[up, right] <= 0:
                    right += 1
                    continue
                one = table[up, right]
                two = table[up, right + 1] if right + 1 < columns else 0.0
                three = table[up, right + 2] if right + 2 < columns else 0.0
                four = table[up, right + 3] if right + 3 < columns else 0.0
                part = target[right + low + 3 : right + high + 6]
                first, second = source[low + 3 : high + 6], source[low + 2 : high + 5]
                third, fourth = source[low + 1 : high + 4], source[low : high + 3]
                for place in range(size):
                    part[place] += (
                        one * first[place] + two * second[place] + three * third[place] + four * fourth[place]
                    )
                right += 4
        low, high = 3, target.shape[0] - 3
        while low < high and target[low] <= tiny:
            target[low] = 0.0
            low += 1
        while low < high and target[high - 1] <= tiny:
            target[high - 1] = 0.0
            high -= 1
        new_lows[row], new_highs[row] = low - 3, high - 3


def tails(half: Any, tail: Any) -> Any:
    """In each row, the probability of the last so many columns: from nothing up to the whole row."""
    rows, columns = tail.shape
    for row in range(rows):
        total = 0.0
        tail[row, 0] = 0.0
        for place in range(columns - 1):
            total += half[row, columns + 1 - place]
            tail[row, place + 1] = total


def meet(first: Any, lows: Any, highs: Any, sure: Any, tail: Any, needs: Any, weight: Any) -> Any:
    """Probability that the sum of two halves passes; ``tail`` is that of the second half, ``sure`` of the first."""
    passing, columns, width = 0.0, tail.shape[1] - 1, first.shape[1] - 6
    for way in range(needs.shape[0]):
        for row in range(first.shape[0]):
            low, high = lows[row], highs[row]
            for other in range(tail.shape[0]):
                needed = needs[way, row + other]
                beyond = max(low, min(high, needed))
                begin = max(low, needed - columns)
                total = sure[row, width - beyond] * tail[other, columns]
                if begin < beyond:
                    mine = first[row, begin + 3 : beyond + 3]
                    theirs = tail[other, columns - needed + begin : columns - needed + beyond]
                    for place in range(beyond - begin):
                        total += mine[place] * theirs[place]
                passing += weight[way] * total
    return passing


def values(value: Any, tail: Any, needs: Any, weight: Any) -> Any:
    """Probability of passing by what one half adds up to; ``tail`` is that of the other half."""
    value[:, :] = 0.0
    columns, width = tail.shape[1] - 1, value.shape[1] - 3
    for way in range(needs.shape[0]):
        part = weight[way]
        for row in range(value.shape[0]):
            for other in range(tail.shape[0]):
                needed = needs[way, row + other]
                beyond = max(0, min(width, needed))
                begin = max(0, needed - columns)
                if begin < beyond:
                    target = value[row, begin:beyond]
                    theirs = tail[other, columns - needed + begin : columns - needed + beyond]
                    for place in range(beyond - begin):
                        target[place] += part * theirs[place]
                sure = part * tail[other, columns]
                for place in range(beyond, width):
                    value[row, place] += sure


def gradient(before: Any, lows: Any, highs: Any, value: Any, found: Any) -> Any:
    """Probability of passing if a bloc adds so much; ``value`` is by the sum with the bloc."""
    rows, columns = found.shape
    found[:, :] = 0.0
    for up in range(rows):
        for right in range(0, columns, 4):
            one = two = three = four = 0.0
            for row in range(before.shape[0]):
                low, high = lows[row], highs[row]
                if low >= high:
                    continue
                chance = before[row, low + 3 : high + 3]
                first, second = value[row + up, right + low :], value[row + up, right + low + 1 :]
                third, fourth = value[row + up, right + low + 2 :], value[row + up, right + low + 3 :]
                for place in range(high - low):
                    one += chance[place] * first[place]
                    two += chance[place] * second[place]
                    three += chance[place] * third[place]
                    four += chance[place] * fourth[place]
            found[up, right] = one
            if right + 1 < columns:
                found[up, right + 1] = two
            if right + 2 < columns:
                found[up, right + 2] = three
            if right + 3 < columns:
                found[up, right + 3] = four


def back(table: Any, value: Any, earlier: Any) -> Any:
    """Probability of passing by the sum without a bloc, ``earlier``, from that by the sum with it."""
    rows, columns = table.shape
    width = earlier.shape[1] - 3
    for row in range(earlier.shape[0]):
        earlier[row, :] = 0.0
        target = earlier[row, :width]
        for up in range(rows):
            right = 0
            while right < columns:
                if table[up, right] <= 0:
                    right += 1
                    continue
                one = table[up, right]
                two = table[up, right + 1] if right + 1 < columns else 0.0
                three = table[up, right + 2] if right + 2 < columns else 0.0
                four = table[up, right + 3] if right + 3 < columns else 0.0
                first, second = value[row + up, right:], value[row + up, right + 1 :]
                third, fourth = value[row + up, right + 2 :], value[row + up, right + 3 :]
                for place in range(width):
                    target[place] += (
                        one * first[place] + two * second[place] + three * third[place] + four * fourth[place]
                    )
                right += 4


def fill(tables: Any, shape: Any, shares: Any, tally: Any, log_work: Any, rows: Any) -> Any:
    """Tables of all blocs of one world."""
    for bloc in range(shape.shape[0]):
        members, high, wide, start = shape[bloc]
        table = tables[start : start + high * wide].reshape(high, wide)
        bloc_table(table, members, shares[bloc], tally, log_work, rows)


def forward(tables: Any, shape: Any, half: Any, sums: Any, cells: Any, ends: Any, tiny: Any) -> Any:
    """Distributions of the sums of the first 0, 1, 2 ... blocs of a half; returns how many blocs it has."""
    begin = sums[0, 2]
    cells[begin : begin + sums[0, 1]] = 0.0
    cells[begin + 3] = 1.0
    ends[0, sums[0, 3]], ends[1, sums[0, 3]] = 0, 1
    count = 0
    while count < half.shape[0] and half[count] >= 0:
        _, high, wide, start = shape[half[count]]
        old, new = sums[count], sums[count + 1]
        add_bloc(
            tables[start : start + high * wide].reshape(high, wide),
            cells[old[2] : old[2] + old[0] * old[1]].reshape(old[0], old[1]),
            ends[0, old[3] : old[3] + old[0]],
            ends[1, old[3] : old[3] + old[0]],
            cells[new[2] : new[2] + new[0] * new[1]].reshape(new[0], new[1]),
            ends[0, new[3] : new[3] + new[0]],
            ends[1, new[3] : new[3] + new[0]],
            tiny,
        )
        count += 1
    return count


def both_tails(sums: Any, counts: Any, cells: Any, work: Any) -> Any:
    """Tails of both halves, one after the other in ``work``."""
    begin = 0
    for side in range(2):
        rows, columns, start, _ = sums[side, counts[side]]
        tail = work[begin : begin + rows * (columns - 5)].reshape(rows, columns - 5)
        tails(cells[start : start + rows * columns].reshape(rows, columns), tail)
        begin += rows * (columns - 5)


def passing_of(sums: Any, counts: Any, cells: Any, ends: Any, work: Any, needs: Any, weight: Any) -> Any:
    """Probability of passing once both halves and their tails are known."""
    rows, columns, start, place = sums[0, counts[0]]
    others, wide = sums[1, counts[1], 0], sums[1, counts[1], 1]
    middle = rows * (columns - 5)
    return meet(
        cells[start : start + rows * columns].reshape(rows, columns),
        ends[0, place : place + rows],
        ends[1, place : place + rows],
        work[:middle].reshape(rows, columns - 5),
        work[middle : middle + others * (wide - 5)].reshape(others, wide - 5),
        needs,
        weight,
    )


def passages(
    shares: Any,
    shape: Any,
    tally: Any,
    halves: Any,
    sums: Any,
    sizes: Any,
    tiny: Any,
    needs: Any,
    weight: Any,
    quorum: Any,
) -> Any:
    """float[worlds, 2]: probability of the quorum, and of passing; the first number must reach ``quorum``.

    ``sizes``: cells of all tables, sums, ends, tails, and the largest bloc.
    """
    tables, cells = np.empty(sizes[0]), np.zeros(sizes[1])
    ends, work = np.zeros((2, sizes[2]), dtype=np.int64), np.empty(sizes[3])
    size = sizes[4] + 1
    log_work, rows_work = np.empty(3 * size), np.empty(size * (3 * size + 1))
    found = np.zeros((shares.shape[0], 2))
    counts = np.zeros(2, dtype=np.int64)
    for world in range(shares.shape[0]):
        fill(tables, shape, shares[world], tally, log_work, rows_work)
        for side in range(2):
            counts[side] = forward(tables, shape, halves[side], sums[side], cells, ends, tiny)
        both_tails(sums, counts, cells, work)
        found[world, 1] = passing_of(sums, counts, cells, ends, work, needs, weight[world])
        rows, columns = sums[0, counts[0], 0], sums[0, counts[0], 1] - 6
        others, wide = sums[1, counts[1], 0], sums[1, counts[1], 1] - 6
        middle = rows * (columns + 1)
        for row in range(rows):
            for other in range(max(0, quorum - row), others):
                chance = work[row * (columns + 1) + columns] * work[middle + other * (wide + 1) + wide]
                found[world, 0] += chance
    return found


def swing_values(
    found: Any, table: Any, members: Any, share: Any, tally: Any, value: Any, log_work: Any, rows: Any
) -> Any:
    """Probability of passing as things stand, if the bloc turns out, stays home, changes sides, votes no.

    ``value``: probability of passing by what the bloc adds; ``table`` is written over.
    """
    attends, casting, for_share, cohesion, boycott, rebels = share
    for way in range(3):
        if way == 0:
            bloc_table(table, members, share, tally, log_work, rows)
        elif way == 1:
            bloc_table(table, members, (1.0, casting, for_share, cohesion, 0.0, rebels), tally, log_work, rows)
        else:
            bloc_table(
                table, members, (attends, casting, 1 - for_share, cohesion, boycott, rebels), tally, log_work, rows
            )
        total = 0.0
        for row in range(table.shape[0]):
            for place in range(table.shape[1]):
                total += table[row, place] * value[row, place]
        found[way if way < 2 else 3] = total
    one = min(0, tally[2] + tally[3], tally[3], tally[4])
    found[2] = value[0, -members * one]
    silent = tally[5] != 0
    found[4] = 0.0 if silent else value[members * tally[0], members * tally[3] - members * one]


def swings(
    shares: Any, shape: Any, tally: Any, halves: Any, sums: Any, sizes: Any, tiny: Any, needs: Any, weight: Any
) -> Any:
    """float[worlds, blocs, 5]: probability of passing as things stand and in the four ways of :func:`swing_values`."""
    tables, cells = np.empty(sizes[0]), np.zeros(sizes[1])
    ends, work = np.zeros((2, sizes[2]), dtype=np.int64), np.empty(sizes[3])
    size = sizes[4] + 1
    log_work, rows_work = np.empty(3 * size), np.empty(size * (3 * size + 1))
    later, sooner, slopes = np.empty(sizes[5]), np.empty(sizes[5]), np.empty(sizes[0])
    found = np.zeros((shares.shape[0], shape.shape[0], 5))
    counts = np.zeros(2, dtype=np.int64)
    for world in range(shares.shape[0]):
        fill(tables, shape, shares[world], tally, log_work, rows_work)
        for side in range(2):
            counts[side] = forward(tables, shape, halves[side], sums[side], cells, ends, tiny)
        both_tails(sums, counts, cells, work)
        middle = sums[0, counts[0], 0] * (sums[0, counts[0], 1] - 5)
        for side in range(2):
            rows, columns = sums[side, counts[side], 0], sums[side, counts[side], 1] - 3
            others, wide = sums[1 - side, counts[1 - side], 0], sums[1 - side, counts[1 - side], 1] - 5
            begin = middle if side == 0 else 0
            values(
                later[: rows * columns].reshape(rows, columns),
                work[begin : begin + others * wide].reshape(others, wide),
                needs,
                weight[world],
            )
            for step in range(counts[side] - 1, -1, -1):
                bloc = halves[side, step]
                members, high, wide, start = shape[bloc]
                old, new = sums[side, step], sums[side, step + 1]
                after = later[: new[0] * (new[1] - 3)].reshape(new[0], new[1] - 3)
                slope = slopes[start : start + high * wide].reshape(high, wide)
                table = tables[start : start + high * wide].reshape(high, wide)
                gradient(
                    cells[old[2] : old[2] + old[0] * old[1]].reshape(old[0], old[1]),
                    ends[0, old[3] : old[3] + old[0]],
                    ends[1, old[3] : old[3] + old[0]],
                    after,
                    slope,
                )
                before = sooner[: old[0] * (old[1] - 3)].reshape(old[0], old[1] - 3)
                back(table, after, before)
                swing_values(found[world, bloc], table, members, shares[world, bloc], tally, slope, log_work, rows_work)
                later, sooner = sooner, later
    return found


def half_sums(shares: Any, shape: Any, tally: Any, halves: Any, sums: Any, sizes: Any, tiny: Any) -> Any:
    """Distributions of both halves of the first world, with padding."""
    tables, cells = np.empty(sizes[0]), np.zeros(sizes[1])
    ends = np.zeros((2, sizes[2]), dtype=np.int64)
    size = sizes[4] + 1
    log_work, rows_work = np.empty(3 * size), np.empty(size * (3 * size + 1))
    fill(tables, shape, shares[0], tally, log_work, rows_work)
    counts = np.zeros(2, dtype=np.int64)
    for side in range(2):
        counts[side] = forward(tables, shape, halves[side], sums[side], cells, ends, tiny)
    rows, columns, start, _ = sums[0, counts[0]]
    others, wide, place, _ = sums[1, counts[1]]
    return (
        cells[start : start + rows * columns].reshape(rows, columns),
        cells[place : place + others * wide].reshape(others, wide),
    )

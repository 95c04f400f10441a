"""What one bloc does, taken apart into branches: vote or not; then yes or no; and abstain or stay away.

Plain Python that Numba turns into machine code. Common arguments:

- ``share`` float[6]: a member attends; one who came votes; one who votes says yes; cohesion; boycott; rebels.
- ``casts`` float[n + 1]: probability of each number of votes, unless the bloc boycotts.
- ``idle``, ``yes`` float[n + 1, n + 1]: probability that so many (column) of so many (row) who do not vote abstain,
  and that so many of those who vote say yes.
- ``log_work``, ``powers``: scratch of at least 3 (n + 1) and (n + 1)^2 numbers.
"""

from __future__ import annotations

import sys
from functools import cache
from math import exp, log
from typing import Any

from realpolitik.models.compiled import compile_in_place

__all__ = ["compile_branches", "fill_branches"]

KERNELS = ("rising", "branch_row", "fill_branch", "conditional", "break_ranks", "fill_branches")
"""Functions in the order in which they call each other."""

MOST_IN_PRODUCTS = 100
"""Members up to whom products of probabilities keep within the range of a float; above it their logarithms are used."""


@cache
def compile_branches() -> None:
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
    if logs:
        for taken in range(members + 1):
            row[taken] = exp(first[taken] + second[members - taken] - either[members])
    else:
        scale = 1.0 / either[members]
        for taken in range(members + 1):
            row[taken] = first[taken] * second[members - taken] * scale


def fill_branch(found: Any, share: Any, tie: Any, log_work: Any, logs: Any) -> Any:
    """Beta-binomial probabilities for every number of members who reach a branch."""
    size = found.shape[0]
    first, second, either = log_work[:size], log_work[size : 2 * size], log_work[2 * size : 3 * size]
    rising(first, size - 1, share, tie, logs)
    rising(second, size - 1, 1 - share, tie, logs)
    rising(either, size - 1, 1.0, tie, logs)
    for members in range(size):
        branch_row(found[members], members, share, tie, first, second, either, logs)


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


def fill_branches(casts: Any, idle: Any, yes: Any, share: Any, log_work: Any, powers: Any) -> Any:
    """Fill all three tables of a bloc; ``idle`` may have no rows where nobody asks for it."""
    attends, casting, for_share, cohesion, _, rebels = share
    size = casts.shape[0]
    members = size - 1
    logs = members > MOST_IN_PRODUCTS
    cast_share = attends * casting
    first, second, either = log_work[:size], log_work[size : 2 * size], log_work[2 * size : 3 * size]
    rising(first, members, cast_share, cohesion, logs)
    rising(second, members, 1 - cast_share, cohesion, logs)
    rising(either, members, 1.0, cohesion, logs)
    branch_row(casts, members, cast_share, cohesion, first, second, either, logs)
    if idle.shape[0]:
        idle_share = min(attends * (1 - casting) / (1 - cast_share), 1.0) if cast_share < 1 else 0.0
        fill_branch(idle, idle_share, conditional(1 - cast_share, cohesion), log_work, logs)
    fill_branch(yes, for_share, conditional(cast_share, cohesion), log_work, logs)
    if rebels > 0:
        break_ranks(yes, members, rebels, powers, log_work)

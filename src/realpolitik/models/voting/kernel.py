"""Votes of independent blocs, world by world: plain Python that Numba turns into machine code.

Two whole numbers decide a vote: how many count, and a score; see :mod:`realpolitik.models.voting.sums`. At an angle t
the *wave* of a bloc is the polynomial in x

    E[x^counted exp(i t score)],

so that the wave of a sum of independent blocs is the product of theirs: it is multiplied out in two halves of nearly
equal size. The halves meet only in the answer, a sum over angles that is linear in the wave of the whole. Whether the
score reaches n is half of one plus its sign there, and the sign is a square wave, which has odd frequencies alone: with
t = pi f / reach, it is right for all scores less than ``reach`` away from n. So ``reach`` is made as short as it can be
while less than exp(-OUTSIDE) of the probability lies beyond.

The absolute values of a wave's coefficients add up to its *norm*, at most 1. Frequencies whose norm is at most
``FAINT`` are dropped, and so are, at the ends, numbers counted of a probability of at most ``tiny``. At frequency 0
everything is positive, so nothing cancels.

Common arguments:

- ``shares`` float[worlds, blocs, 6]: a member attends; one who came votes; one who votes says yes; cohesion; boycott;
  rebels.
- ``blocs`` int[blocs, 3]: members, where its tables of n + 1 begin, where those of (n + 1)^2 begin.
- ``tally`` int[7]: what a vote and an abstention add to the number counted; what a yes, any vote, an abstention add to
  the score; whether all ways are kept (0), only those in which nobody votes (1), or in which nobody comes (2); and what
  each member counted adds to the score besides.
- ``halves`` int[2, most]: blocs of each half, -1 where there are no more.
- ``sizes`` int[9]: rows, squares, members of the largest bloc and of the larger half, least and greatest score, blocs
  of both halves, members of all.
- ``casts`` float[rows], ``idle``, ``yes`` float[squares]: the branches of all blocs, one after the other: vote or not;
  yes or no among those who vote; abstain or stay away among the others. Of one bloc, ``casts`` float[n + 1] has the
  probability of each number of votes unless it boycotts, and ``idle``, ``yes`` float[n + 1, n + 1] that so many
  (column) of so many (row) abstain, or say yes.
- ``log_work``, ``powers``: scratch of at least 3 (n + 1) and (n + 1)^2 numbers.
- ``roots`` float[2, period]: cosine and sine of 2 pi k / period.
- ``waves`` float[rows, 2, lanes]: coefficients of the waves of all blocs, real and imaginary, for a few frequencies;
  ``norms`` float[blocs + 2, lanes]: their norms, the product of all, and the least.
- ``ends`` int[2, blocs]: the first number counted of each bloc that is kept, and the one after its last.
- ``sums`` float[most + 1, 2, n + 7]: real and imaginary; the wave of the first so many blocs of a half at one
  frequency, between columns of zeros, the first in column 3. ``spans`` int[2, most + 1]: its ends.
- ``value`` float[2, n + 1]: what each number counted contributes to the answer.
- ``needs`` int[ways, classes]: the least score with which the motion passes, by the number counted, which recurs after
  so many classes; ``first``: the least number counted with which it can pass; ``weight`` float[worlds, ways].
- ``step``: scores with one number counted are so far apart.
"""

from __future__ import annotations

import sys
from functools import cache
from math import cos, exp, log, pi, sin, sqrt
from typing import Any

import numpy as np

from realpolitik.models.compiled import compile_in_place

__all__ = ["compile_all", "joint", "passages", "swings"]

KERNELS = (
    "rising", "branch_row", "fill_branch", "conditional", "break_ranks", "fill_branches", "square", "fill",
    "frequency_of", "turns", "bloc_wave", "fill_waves", "multiply", "keep_ends", "trim", "norm_of", "forward",
    "wanted_at", "values", "inner", "spread_of", "log_mean", "window", "reach_of", "share_of", "circle", "passages",
    "gradient", "back", "instead", "swings", "joint",
)  # fmt: skip
"""Functions in the order in which they call each other."""

LANES = 32
"""Frequencies whose waves are worked out together."""

FAINT = 1e-14
"""Norm of a wave that is dropped. All of them together move the answer by less than 1e-13."""

OUTSIDE = 32.0
"""Minus the logarithm of the most probability that is left out at either end of the scores."""

DECIMALS = 15
"""Of a probability of passing, if as many come as are needed; what is sure is sure."""

CHECKED = 4
"""Blocs after which the norm of a product is looked at again."""

FEW_CLASSES = 20
"""Classes of numbers counted up to which the other half is added up by class."""


MOST_IN_PRODUCTS = 100
"""Members up to whom products of probabilities keep within the range of a float; above it their logarithms are used."""


@cache
def compile_all() -> None:
    """Turn the functions of this module into machine code, once; sums may differ in the last digit."""
    compile_in_place(sys.modules[__name__], KERNELS, nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})


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


def square(tables: Any, begin: Any, size: Any) -> Any:
    """One bloc's table of those of all; of no rows where there are none."""
    if tables.shape[0] == 0:
        return tables.reshape(0, size)
    return tables[begin : begin + size * size].reshape(size, size)


def fill(casts: Any, idle: Any, yes: Any, blocs: Any, shares: Any, log_work: Any, powers: Any) -> Any:
    """Branches of all blocs of one world."""
    for bloc in range(blocs.shape[0]):
        members, row, begin = blocs[bloc]
        size = members + 1
        fill_branches(
            casts[row : row + size],
            square(idle, begin, size),
            square(yes, begin, size),
            shares[bloc],
            log_work,
            powers[: size * size].reshape(size, size),
        )


def frequency_of(index: Any, odd: Any) -> Any:
    """The frequencies that are used: 0, 1, 3, 5 ... or 0, 1, 2, 3 ..."""
    return max(0, 2 * index - 1) if odd else index


def turns(found: Any, weight: Any, first: Any, lanes: Any, odd: Any, roots: Any) -> Any:
    """exp(i t k weight) by k and by frequency: float[2, n + 1, lanes]."""
    period = roots.shape[1]
    for lane in range(lanes):
        step, place = frequency_of(first + lane, odd) * weight % period, 0
        for count in range(found.shape[1]):
            found[0, count, lane], found[1, count, lane] = roots[0, place], roots[1, place]
            place += step
            if place >= period:
                place -= period


def bloc_wave(
    found: Any, casts: Any, idle: Any, yes: Any, boycott: Any, tally: Any, turning: Any, lanes: Any, work: Any,
    tiny: Any,
) -> Any:  # fmt: skip
    """Coefficients of a bloc's wave, float[rows, 2, lanes]; ``turning``: the turns of yes, vote and abstention."""
    members = casts.shape[0] - 1
    for row in range(found.shape[0]):
        real, imaginary = found[row, 0], found[row, 1]
        for lane in range(lanes):
            real[lane] = imaginary[lane] = 0.0
    real, imaginary = work[0], work[1]
    for cast in range(members + 1):
        chance = casts[cast] * (1 - boycott)
        if chance <= tiny or (tally[5] != 0 and cast > 0):
            continue
        for lane in range(lanes):
            real[lane] = imaginary[lane] = 0.0
        for favour in range(cast + 1):
            part, ahead, aside = chance * yes[cast, favour], turning[0, 0, favour], turning[0, 1, favour]
            for lane in range(lanes):
                real[lane] += part * ahead[lane]
                imaginary[lane] += part * aside[lane]
        if tally[3] != 0:
            ahead, aside = turning[1, 0, cast], turning[1, 1, cast]
            for lane in range(lanes):
                before = real[lane]
                real[lane] = before * ahead[lane] - imaginary[lane] * aside[lane]
                imaginary[lane] = before * aside[lane] + imaginary[lane] * ahead[lane]
        if idle.shape[0] == 0:
            ahead, aside = found[cast * tally[0], 0], found[cast * tally[0], 1]
            for lane in range(lanes):
                ahead[lane] += real[lane]
                aside[lane] += imaginary[lane]
            continue
        left = members - cast
        for abstain in range(1 if tally[5] == 2 else left + 1):
            part, row = idle[left, abstain], cast * tally[0] + abstain * tally[1]
            ahead, aside = found[row, 0], found[row, 1]
            if tally[4] == 0:
                for lane in range(lanes):
                    ahead[lane] += part * real[lane]
                    aside[lane] += part * imaginary[lane]
            else:
                onward, sideways = turning[2, 0, abstain], turning[2, 1, abstain]
                for lane in range(lanes):
                    ahead[lane] += part * (real[lane] * onward[lane] - imaginary[lane] * sideways[lane])
                    aside[lane] += part * (real[lane] * sideways[lane] + imaginary[lane] * onward[lane])
    for lane in range(lanes):
        found[0, 0, lane] += boycott


def fill_waves(
    waves: Any, norms: Any, blocs: Any, casts: Any, idle: Any, yes: Any, shares: Any, tally: Any, first: Any,
    lanes: Any, odd: Any, roots: Any, turning: Any, work: Any, tiny: Any, spared: Any, faint: Any,
) -> Any:  # fmt: skip
    """Waves and norms of all blocs; False: at every frequency they are too faint together.

    ``spared``: the faintest bloc is left out of the product, since it may act otherwise.
    """
    for which in range(3):
        turns(turning[which], tally[2 + which], first, lanes, odd, roots)
    count = blocs.shape[0]
    whole, faintest = norms[count], norms[count + 1]
    for lane in range(lanes):
        whole[lane] = faintest[lane] = 1.0
    for bloc in range(count):
        members, row, begin = blocs[bloc]
        size, norm = members + 1, norms[bloc]
        found = waves[row : row + (size if tally[0] + tally[1] else 1)]
        bloc_wave(
            found, casts[row : row + size], square(idle, begin, size), square(yes, begin, size), shares[bloc, 4],
            tally, turning, lanes, work, tiny,
        )  # fmt: skip
        for lane in range(lanes):
            norm[lane] = 0.0
        for up in range(found.shape[0]):
            real, imaginary = found[up, 0], found[up, 1]
            for lane in range(lanes):
                norm[lane] += sqrt(real[lane] * real[lane] + imaginary[lane] * imaginary[lane])
        loudest = 0.0
        for lane in range(lanes):
            if spared:
                whole[lane] *= max(norm[lane], faintest[lane])
                faintest[lane] = min(norm[lane], faintest[lane])
            else:
                whole[lane] *= norm[lane]
            loudest = max(loudest, whole[lane])
        if loudest <= faint:
            return False
    return True


def multiply(after: Any, before: Any, low: Any, high: Any, wave: Any, lane: Any, first: Any, last: Any) -> Any:
    """The wave of a sum with one bloc more: numbers counted from ``low`` to ``high`` times ``first`` to ``last``."""
    size = high - low + 2
    real, imaginary = after[0], after[1]
    for place in range(low + first, high + last + 5):
        real[place] = 0.0
    for place in range(low + first, high + last + 5):
        imaginary[place] = 0.0
    a, b = before[0, low + 1 : high + 5], before[1, low + 1 : high + 5]
    for up in range(first, last, 3):
        one, two, three = wave[up, 0, lane], 0.0, 0.0
        uno, due, tre = wave[up, 1, lane], 0.0, 0.0
        if up + 1 < last:
            two, due = wave[up + 1, 0, lane], wave[up + 1, 1, lane]
        if up + 2 < last:
            three, tre = wave[up + 2, 0, lane], wave[up + 2, 1, lane]
        ahead, aside = real[up + low + 3 : up + high + 5], imaginary[up + low + 3 : up + high + 5]
        for place in range(size):
            ahead[place] += (
                one * a[place + 2] - uno * b[place + 2] + two * a[place + 1] - due * b[place + 1]
                + three * a[place] - tre * b[place]
            )  # fmt: skip
            aside[place] += (
                one * b[place + 2] + uno * a[place + 2] + two * b[place + 1] + due * a[place + 1]
                + three * b[place] + tre * a[place]
            )  # fmt: skip


def keep_ends(chances: Any, low: Any, high: Any, tiny: Any) -> Any:
    """Ends of what is above ``tiny``."""
    while low < high and chances[low] <= tiny:
        low += 1
    while low < high and chances[high - 1] <= tiny:
        high -= 1
    return low, high


def trim(ends: Any, blocs: Any, waves: Any, tally: Any, tiny: Any) -> Any:
    """Ends of each bloc's wave, found at frequency 0."""
    for bloc in range(blocs.shape[0]):
        members, row, _ = blocs[bloc]
        ends[0, bloc], ends[1, bloc] = 0, 1
        if tally[0] + tally[1]:
            ends[0, bloc], ends[1, bloc] = keep_ends(waves[row : row + members + 1, 0, 0], 0, members + 1, tiny)


def norm_of(wave: Any, low: Any, high: Any) -> Any:
    """Sum of the absolute values of a wave's coefficients."""
    total = 0.0
    real, imaginary = wave[0, low + 3 : high + 3], wave[1, low + 3 : high + 3]
    for place in range(high - low):
        total += sqrt(real[place] * real[place] + imaginary[place] * imaginary[place])
    return total


def forward(
    sums: Any, spans: Any, half: Any, blocs: Any, waves: Any, norms: Any, ends: Any, lane: Any, trims: Any,
    tiny: Any, rest: Any,
) -> Any:  # fmt: skip
    """Waves of the sums of the first 0, 1, 2 ... blocs of a half; returns a bound on the norm of all.

    ``trims``: this is frequency 0, where the ends are found that all others have as well. ``rest``: a bound on the
    norm of all blocs; it is lowered by what the products show, and where it is too faint, the work is left off. Above
    1, it is not looked at.
    """
    for place in range(7):
        sums[0, 0, place], sums[0, 1, place] = 1.0 if place == 3 else 0.0, 0.0
    spans[0, 0], spans[1, 0] = 0, 1
    loud, known = 1.0, 1.0
    for count in range(half.shape[0]):
        bloc = half[count]
        if bloc < 0:
            break
        low, high = spans[0, count], spans[1, count]
        members, row, _ = blocs[bloc]
        wave, after = waves[row : row + members + 1], sums[count + 1]
        multiply(after, sums[count], low, high, wave, lane, ends[0, bloc], ends[1, bloc])
        if trims:
            low, high = keep_ends(after[0, 3:], low + ends[0, bloc], high + ends[1, bloc] - 1, tiny)
            spans[0, count + 1], spans[1, count + 1] = low, max(low, high)
        low, high = spans[0, count + 1], spans[1, count + 1]
        for part in range(2):
            for place in range(3):
                after[part, low + place] = after[part, high + 3 + place] = 0.0
        loud *= norms[bloc, lane]
        if not trims and rest <= 1.0 and (count + 1) % CHECKED == 0:
            known = norm_of(after, low, high)
            rest *= min(1.0, known / loud)
            loud = known
            if rest <= FAINT:
                return rest
    return rest


def wanted_at(found: Any, needs: Any, weight: Any, frequency: Any, step: Any, low: Any, high: Any, roots: Any) -> Any:
    """float[2, classes]: what a number counted contributes, at this frequency and its opposite together, doubled."""
    period = roots.shape[1]
    if frequency == 0:
        for count in range(needs.shape[1]):
            found[0, count] = found[1, count] = 0.0
            for way in range(needs.shape[0]):
                found[0, count] += weight[way]
        return
    place = frequency * step % period
    gap, rise = 1.0 - roots[0, place], roots[1, place]
    scale = 8.0 * step / (period * (gap * gap + rise * rise))
    for count in range(needs.shape[1]):
        found[0, count] = found[1, count] = 0.0
        for way in range(needs.shape[0]):
            needed = needs[way, count]
            needed += max(0, (low - needed + step - 1) // step) * step
            needed -= max(0, (needed - high) // step) * step
            place = frequency * needed % period
            cosine, sine = roots[0, place], -roots[1, place]
            found[0, count] += weight[way] * scale * (cosine * gap + sine * rise)
            found[1, count] += weight[way] * scale * (sine * gap - cosine * rise)


def values(
    value: Any, size: Any, other: Any, low: Any, high: Any, wanted: Any, first: Any, turn: Any, roots: Any,
    turned: Any, classes: Any,
) -> Any:  # fmt: skip
    """What each number counted by one half contributes: the other half, from ``low`` to ``high``, adds the rest.

    ``turn``: places on the circle by which each member counted turns the wave.
    """
    kinds, period = wanted.shape[1], roots.shape[1]
    few, place = kinds <= FEW_CLASSES, low * turn % period
    for count in range(low, high):
        cosine, sine = roots[0, place], roots[1, place]
        turned[0, count] = other[0, count + 3] * cosine - other[1, count + 3] * sine
        turned[1, count] = other[0, count + 3] * sine + other[1, count + 3] * cosine
        place += turn if place + turn < period else turn - period
    for kind in range(FEW_CLASSES):
        classes[0, kind] = classes[1, kind] = 0.0
    place = mine = 0
    top, its = high, high % kinds
    for count in range(size):
        begin = max(low, first - count)
        real = imaginary = 0.0
        if few:
            while top > begin:
                top -= 1
                its = (its if its else kinds) - 1
                classes[0, its] += turned[0, top]
                classes[1, its] += turned[1, top]
            both = mine
            for kind in range(kinds):
                a, b, c, d = classes[0, kind], classes[1, kind], wanted[0, both], wanted[1, both]
                real += a * c - b * d
                imaginary += a * d + b * c
                both = both + 1 if both + 1 < kinds else 0
            mine = mine + 1 if mine + 1 < kinds else 0
        else:
            one, two = turned[0, begin:high], turned[1, begin:high]
            three, four = wanted[0, begin + count : high + count], wanted[1, begin + count : high + count]
            for where in range(high - begin):
                real += one[where] * three[where] - two[where] * four[where]
                imaginary += one[where] * four[where] + two[where] * three[where]
        cosine, sine = roots[0, place], roots[1, place]
        value[0, count] = real * cosine - imaginary * sine
        value[1, count] = real * sine + imaginary * cosine
        place += turn if place + turn < period else turn - period


def inner(wave: Any, low: Any, high: Any, value: Any) -> Any:
    """Real part of the sum of a wave's coefficients times what they contribute."""
    total = 0.0
    for count in range(low, high):
        total += wave[0, count + 3] * value[0, count] - wave[1, count + 3] * value[1, count]
    return total


def spread_of(casts: Any, idle: Any, yes: Any, boycott: Any, per_yes: Any, per_cast: Any, per_abstain: Any) -> Any:
    """Variance of a bloc's score."""
    mean = mean_square = 0.0
    members = casts.shape[0] - 1
    for cast in range(members + 1):
        one = two = three = four = 0.0
        for favour in range(cast + 1):
            score = favour * per_yes + cast * per_cast
            one += yes[cast, favour] * score
            two += yes[cast, favour] * score * score
        if idle.shape[0] and per_abstain != 0:
            for abstain in range(members - cast + 1):
                score = abstain * per_abstain
                three += idle[members - cast, abstain] * score
                four += idle[members - cast, abstain] * score * score
        mean += casts[cast] * (one + three)
        mean_square += casts[cast] * (two + 2 * one * three + four)
    mean *= 1 - boycott
    return max(mean_square * (1 - boycott) - mean * mean, 0.0)


def log_mean(
    casts: Any, idle: Any, yes: Any, boycott: Any, per_yes: Any, per_cast: Any, per_abstain: Any, slope: Any
) -> Any:
    """Logarithm of the mean of exp(slope score) of a bloc."""
    total, voted, members = 0.0, 1.0, casts.shape[0] - 1
    step_yes, step_cast, step_abstain = exp(slope * per_yes), exp(slope * per_cast), exp(slope * per_abstain)
    for cast in range(members + 1):
        favoured, idled, power = 0.0, 1.0, 1.0
        for favour in range(cast + 1):
            favoured += yes[cast, favour] * power
            power *= step_yes
        if idle.shape[0] and per_abstain != 0:
            idled, power = 0.0, 1.0
            for abstain in range(members - cast + 1):
                idled += idle[members - cast, abstain] * power
                power *= step_abstain
        total += casts[cast] * voted * favoured * idled
        voted *= step_cast
    return log(total * (1 - boycott) + boycott)


def window(blocs: Any, casts: Any, idle: Any, yes: Any, shares: Any, tally: Any, sizes: Any) -> Any:
    """Between which scores nearly all lie, by Chernoff's bound: the least of them, and the one after the greatest."""
    least, greatest = sizes[4], sizes[5]
    per_yes, per_cast, per_abstain = tally[2], tally[3] + tally[0] * tally[6], tally[4] + tally[1] * tally[6]
    if greatest - least < 8 or tally[5] != 0:
        return least, greatest + 1
    spread = 0.0
    for bloc in range(blocs.shape[0]):
        members, row, begin = blocs[bloc]
        size = members + 1
        spread += spread_of(
            casts[row : row + size], square(idle, begin, size), square(yes, begin, size), shares[bloc, 4],
            per_yes, per_cast, per_abstain,
        )  # fmt: skip
    slope = sqrt(2 * OUTSIDE / max(spread, 1e-9))
    slope = min(slope, 300.0 / (sizes[2] * (abs(per_yes) + abs(per_cast) + abs(per_abstain))))
    up = down = 0.0
    for bloc in range(blocs.shape[0]):
        members, row, begin = blocs[bloc]
        size = members + 1
        for side in range(2):
            part = log_mean(
                casts[row : row + size], square(idle, begin, size), square(yes, begin, size), shares[bloc, 4],
                per_yes, per_cast, per_abstain, slope if side == 0 else -slope,
            )  # fmt: skip
            if side == 0:
                up += part
            else:
                down += part
    high = min(greatest, int((up + OUTSIDE) / slope) + 1)
    low = max(least, -int((down + OUTSIDE) / slope) - 1)
    return low, max(low, high) + 1


def reach_of(needs: Any, step: Any, low: Any, high: Any) -> Any:
    """How far, in steps, the scores from ``low`` to ``high`` are from what is needed; an even number.

    0: all of them pass; -1: none does.
    """
    least, most = high + step, low - step
    for way in range(needs.shape[0]):
        for count in range(needs.shape[1]):
            least, most = min(least, needs[way, count]), max(most, needs[way, count])
    if most <= low:
        return 0
    if least >= high:
        return -1
    far = max(high - max(least, low), min(most, high) - low)
    reach = far // step + 2
    return reach + reach % 2


def share_of(reach: Any) -> Any:
    """What the sum over frequencies is multiplied by: half of one plus the sign, or a sure answer."""
    return 0.5 if reach > 0 else 1.0 + reach


def circle(period: Any) -> Any:
    """Cosine and sine of 2 pi k / period, for an even period."""
    roots = np.empty((2, period))
    half = period // 2
    for place in range(half):
        roots[0, place], roots[1, place] = cos(2 * pi * place / period), sin(2 * pi * place / period)
        roots[0, place + half], roots[1, place + half] = -roots[0, place], -roots[1, place]
    return roots


def passages(
    shares: Any, blocs: Any, tally: Any, halves: Any, sizes: Any, tiny: Any, needs: Any, first: Any, step: Any,
    weight: Any, quorum: Any,
) -> Any:  # fmt: skip
    """float[worlds, 2]: probability of the quorum, and of passing; the number counted must reach ``quorum``."""
    rows, squares, largest, most = sizes[:4]
    counts_idle = tally[1] != 0 or tally[4] != 0 or tally[5] == 2
    casts, idle, yes = np.empty(rows), np.empty(squares if counts_idle else 0), np.empty(squares)
    log_work, powers = np.empty(3 * (largest + 1)), np.empty((largest + 1) ** 2)
    waves, turning, work = np.empty((rows, 2, LANES)), np.empty((3, 2, largest + 1, LANES)), np.empty((2, LANES))
    norms = np.empty((blocs.shape[0] + 2, LANES))
    ends, spans = np.empty((2, blocs.shape[0]), dtype=np.int64), np.zeros((2, 2, halves.shape[1] + 1), dtype=np.int64)
    sums, turned = np.zeros((2, halves.shape[1] + 1, 2, most + 7)), np.empty((2, most + 1))
    wanted, value, classes = np.empty((2, needs.shape[1])), np.empty((2, most + 1)), np.empty((2, FEW_CLASSES))
    everybody, one, two = np.zeros((2, 1)), sizes[6], sizes[7]
    everybody[0, 0] = 1.0
    found = np.zeros((shares.shape[0], 2))
    for world in range(shares.shape[0]):
        fill(casts, idle, yes, blocs, shares[world], log_work, powers)
        low, high = window(blocs, casts, idle, yes, shares[world], tally, sizes)
        reach = reach_of(needs, step, low, high)
        roots, used = circle(2 * max(reach, 1) * step), max(reach, 0) // 2 + 1
        total = able = 0.0
        for ahead in range(0, used, LANES):
            lanes = min(LANES, used - ahead)
            if not fill_waves(
                waves, norms, blocs, casts, idle, yes, shares[world], tally, ahead, lanes, True, roots, turning, work,
                tiny, False, FAINT,
            ):  # fmt: skip
                continue
            if ahead == 0:
                trim(ends, blocs, waves, tally, tiny)
            for lane in range(lanes):
                rest, frequency = norms[blocs.shape[0], lane], frequency_of(ahead + lane, True)
                for side in range(2):
                    if rest > FAINT:
                        rest = forward(
                            sums[side], spans[side], halves[side], blocs, waves, norms, ends, lane, frequency == 0,
                            tiny, rest,
                        )  # fmt: skip
                if rest <= FAINT:
                    continue
                theirs, floor, top = sums[1, two], spans[1, 0, two], spans[1, 1, two]
                begin, end = spans[0, 0, one], spans[0, 1, one]
                if frequency == 0:
                    values(value, end, theirs, floor, top, everybody, quorum, 0, roots, turned, classes)
                    found[world, 0] = inner(sums[0, one], begin, end, value)
                wanted_at(wanted, needs, weight[world], frequency, step, low, high, roots)
                turn = frequency * tally[6] % roots.shape[1]
                values(value, end, theirs, floor, top, wanted, first, turn, roots, turned, classes)
                total += inner(sums[0, one], begin, end, value)
                able = total if frequency == 0 else able
        if able != 0:
            found[world, 1] = able * round(share_of(reach) * total / able, DECIMALS)
    return found


def gradient(found: Any, before: Any, low: Any, high: Any, value: Any) -> Any:
    """float[2, n + 1]: what the answer gains by a bloc's coefficients; ``value`` is by the sum with the bloc."""
    one, two = before[0, low + 3 : high + 3], before[1, low + 3 : high + 3]
    for up in range(found.shape[1]):
        real = imaginary = 0.0
        three, four = value[0, low + up : high + up], value[1, low + up : high + up]
        for place in range(high - low):
            real += one[place] * three[place] - two[place] * four[place]
            imaginary += one[place] * four[place] + two[place] * three[place]
        found[0, up], found[1, up] = real, imaginary


def back(earlier: Any, size: Any, value: Any, wave: Any, lane: Any, first: Any, last: Any) -> Any:
    """What the answer gains by the sum without a bloc, ``earlier``, from that by the sum with it."""
    real, imaginary = earlier[0, :size], earlier[1, :size]
    for place in range(size):
        real[place] = imaginary[place] = 0.0
    for up in range(first, last):
        ahead, aside = wave[up, 0, lane], wave[up, 1, lane]
        one, two = value[0, up : up + size], value[1, up : up + size]
        for place in range(size):
            real[place] += ahead * one[place] - aside * two[place]
            imaginary[place] += ahead * two[place] + aside * one[place]


def instead(
    found: Any, slope: Any, scale: Any, row: Any, waves: Any, lane: Any, tally: Any, turn: Any, roots: Any
) -> Any:
    """Add what a bloc contributes as things stand, if it turns out, stays home, changes sides, votes no."""
    members = slope.shape[1] - 1
    for way in range(3):
        total = 0.0
        for count in range(members + 1 if tally[0] + tally[1] else 1):
            total += slope[0, count] * waves[way, row + count, 0, lane]
            total -= slope[1, count] * waves[way, row + count, 1, lane]
        found[way if way < 2 else 3] += scale * total
    found[2] += scale * slope[0, 0]
    if tally[5] == 0:
        place = turn * members % roots.shape[1]
        count = members * tally[0]
        found[4] += scale * (slope[0, count] * roots[0, place] - slope[1, count] * roots[1, place])


def swings(
    shares: Any, blocs: Any, tally: Any, halves: Any, sizes: Any, tiny: Any, needs: Any, first: Any, step: Any,
    weight: Any,
) -> Any:  # fmt: skip
    """float[worlds, blocs, 5]: probability of passing as things stand and in the four ways of :func:`instead`."""
    rows, squares, largest, most = sizes[:4]
    counts_idle = tally[1] != 0 or tally[4] != 0 or tally[5] == 2
    casts, idle = np.empty((3, rows)), np.empty((3, squares if counts_idle else 0))
    yes, waves = np.empty((3, squares)), np.empty((3, rows, 2, LANES))
    log_work, powers = np.empty(3 * (largest + 1)), np.empty((largest + 1) ** 2)
    turning, work, norms = (
        np.empty((3, 2, largest + 1, LANES)),
        np.empty((2, LANES)),
        np.empty((blocs.shape[0] + 2, LANES)),
    )
    ends, spans = np.empty((2, blocs.shape[0]), dtype=np.int64), np.zeros((2, 2, halves.shape[1] + 1), dtype=np.int64)
    sums, turned = np.zeros((2, halves.shape[1] + 1, 2, most + 7)), np.empty((2, most + 1))
    wanted, classes, slopes = np.empty((2, needs.shape[1])), np.empty((2, FEW_CLASSES)), np.empty((2, largest + 1))
    later, sooner = np.empty((2, most + 1)), np.empty((2, most + 1))
    widest = largest * ((sizes[5] - sizes[4]) // sizes[8])
    deep = tally[0] + tally[1] != 0
    ways, loud = np.empty((3, blocs.shape[0], 6)), np.empty(LANES)
    found = np.zeros((shares.shape[0], blocs.shape[0], 5))
    for world in range(shares.shape[0]):
        for way in range(3):
            for bloc in range(blocs.shape[0]):
                ways[way, bloc] = shares[world, bloc]
                if way == 1:
                    ways[way, bloc, 0], ways[way, bloc, 4] = 1.0, 0.0
                elif way == 2:
                    ways[way, bloc, 2] = 1.0 - shares[world, bloc, 2]
            fill(casts[way], idle[way], yes[way], blocs, ways[way], log_work, powers)
        low, high = window(blocs, casts[0], idle[0], yes[0], ways[0], tally, sizes)
        low, high = max(sizes[4], low - widest), min(sizes[5] + 1, high + widest)
        reach = reach_of(needs, step, low, high)
        roots, used = circle(2 * max(reach, 1) * step), max(reach, 0) // 2 + 1
        for ahead in range(0, used, LANES):
            lanes = min(LANES, used - ahead)
            if not fill_waves(
                waves[0], norms, blocs, casts[0], idle[0], yes[0], ways[0], tally, ahead, lanes, True, roots, turning,
                work, tiny, True, FAINT,
            ):  # fmt: skip
                continue
            loud[:] = norms[blocs.shape[0]]
            for way in range(1, 3):
                fill_waves(
                    waves[way], norms, blocs, casts[way], idle[way], yes[way], ways[way], tally, ahead, lanes, True,
                    roots, turning, work, tiny, False, -1.0,
                )  # fmt: skip
            if ahead == 0:
                trim(ends, blocs, waves[0], tally, tiny)
            for lane in range(lanes):
                frequency = frequency_of(ahead + lane, True)
                if loud[lane] <= FAINT:
                    continue
                for side in range(2):
                    forward(
                        sums[side],
                        spans[side],
                        halves[side],
                        blocs,
                        waves[0],
                        norms,
                        ends,
                        lane,
                        frequency == 0,
                        tiny,
                        2.0,
                    )
                wanted_at(wanted, needs, weight[world], frequency, step, low, high, roots)
                for side in range(2):
                    other, members = sizes[7 - side], 0
                    for place in range(sizes[6 + side]):
                        members += blocs[halves[side, place], 0] if deep else 0
                    values(
                        later, members + 1, sums[1 - side, other], spans[1 - side, 0, other], spans[1 - side, 1, other],
                        wanted, first, frequency * tally[6] % roots.shape[1], roots, turned, classes,
                    )  # fmt: skip
                    for place in range(sizes[6 + side] - 1, -1, -1):
                        bloc = halves[side, place]
                        size, row = blocs[bloc, 0] + 1, blocs[bloc, 1]
                        slope = slopes[:, :size]
                        for count in range(size):
                            slope[0, count] = slope[1, count] = 0.0
                        begin, end = spans[side, 0, place], spans[side, 1, place]
                        gradient(slope if deep else slope[:, :1], sums[side, place], begin, end, later)
                        instead(
                            found[world, bloc],
                            slope,
                            share_of(reach),
                            row,
                            waves,
                            lane,
                            tally,
                            frequency * tally[3],
                            roots,
                        )
                        members -= size - 1 if deep else 0
                        back(sooner, members + 1, later, waves[0, row : row + size], lane, ends[0, bloc], ends[1, bloc])
                        later, sooner = sooner, later
    return found


def joint(shares: Any, blocs: Any, tally: Any, halves: Any, sizes: Any, tiny: Any, period: Any) -> Any:
    """float[2, n + 1, period // 2 + 1]: the wave of the whole chamber in the first world, at all frequencies."""
    rows, squares, largest, most = sizes[:4]
    casts, idle, yes = np.empty(rows), np.empty(squares), np.empty(squares)
    log_work, powers = np.empty(3 * (largest + 1)), np.empty((largest + 1) ** 2)
    waves, turning, work = np.empty((rows, 2, LANES)), np.empty((3, 2, largest + 1, LANES)), np.empty((2, LANES))
    norms, ends = np.empty((blocs.shape[0] + 2, LANES)), np.empty((2, blocs.shape[0]), dtype=np.int64)
    spans = np.zeros((2, 2, halves.shape[1] + 1), dtype=np.int64)
    sums, one, two = np.zeros((2, halves.shape[1] + 1, 2, most + 7)), sizes[6], sizes[7]
    other, both = np.empty((most + 1, 2, 1)), np.zeros((2, 2 * most + 8))
    sitting, used, roots = sizes[8], period // 2 + 1, circle(period)
    found = np.zeros((2, sitting + 1, used))
    fill(casts, idle, yes, blocs, shares[0], log_work, powers)
    for ahead in range(0, used, LANES):
        lanes = min(LANES, used - ahead)
        if not fill_waves(
            waves, norms, blocs, casts, idle, yes, shares[0], tally, ahead, lanes, False, roots, turning, work, tiny,
            False, FAINT,
        ):  # fmt: skip
            continue
        if ahead == 0:
            trim(ends, blocs, waves, tally, tiny)
        for lane in range(lanes):
            rest, frequency = norms[blocs.shape[0], lane], ahead + lane
            for side in range(2):
                if rest > FAINT:
                    rest = forward(
                        sums[side],
                        spans[side],
                        halves[side],
                        blocs,
                        waves,
                        norms,
                        ends,
                        lane,
                        frequency == 0,
                        tiny,
                        rest,
                    )
            if rest <= FAINT:
                continue
            begin, end, floor, top = spans[0, 0, one], spans[0, 1, one], spans[1, 0, two], spans[1, 1, two]
            for count in range(floor, top):
                other[count, 0, 0], other[count, 1, 0] = sums[1, two, 0, count + 3], sums[1, two, 1, count + 3]
            multiply(both, sums[0, one], begin, end, other, 0, floor, top)
            for count in range(begin + floor, end + top - 1):
                found[0, count, frequency], found[1, count, frequency] = both[0, count + 3], both[1, count + 3]
    return found

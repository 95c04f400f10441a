"""What a decision rule asks of the sums over blocs, and the kernel that answers for many worlds at once.

A question is: how likely does the second number reach what the first one asks for? Where one number is enough, the
first is dropped: without a quorum only the score counts, and where more yes votes are needed than the quorum has
members, whoever passes has a quorum.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.voting import kernel
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.lattice import Tally, tally_of

__all__ = ["Plan", "Question", "halves_of", "plan_of", "questions", "quorum_and_passing", "swings_of"]

LOST = 1e-13
"""Most probability that is dropped in small cells."""

MOST_PRODUCTS = 10**10
"""Products of one world up to which tables are convolved one by one; some seconds. Beyond, Fourier transforms are
quicker."""

WORTH_COMPILING = 200_000
"""Products from which machine code is used; it takes a second to load, and longer when it is first made."""

COARSEST = 20
"""Denominator of a share up to which a score alone is smaller than two numbers."""

NEVER = 2**40

EVERY, NOBODY_VOTES, NOBODY_COMES = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Question:
    """How likely the second number reaches what the first one asks for."""

    tally: tuple[int, ...]
    """What a vote and an abstention add to the first number; a yes, any vote and an abstention to the second; whether
    all ways are kept."""

    needs: Counts
    """int[ways, rows]: least second number, counted from its least value, by the first."""

    weight: Floats
    """float[worlds, ways]: what each way counts."""


@dataclass(frozen=True, eq=False)
class Plan:
    """In which order the blocs of a chamber are convolved, and where everything lies; see the kernel."""

    shape: Counts
    halves: Counts
    sums: Counts
    sizes: Counts
    tiny: float
    products: int
    """Multiplications for one world, about."""

    def arrays(self, tally: tuple[int, ...]) -> tuple[Any, ...]:
        """Arguments of the kernel between the shares and the needs."""
        return self.shape, np.array(tally, dtype=np.int64), self.halves, self.sums, self.sizes, self.tiny


def quorum_and_passing(ballot: Ballot) -> Floats | None:
    """float[worlds, 2]: probability of quorum and of passing, without shocks; None if it takes too many products."""
    asked, quorum = _asked(ballot)
    if asked is None:
        return None
    found = np.zeros((ballot.draws, 2))
    rule, total = ballot.rule, ballot.total_seats
    least = rule.quorum_needed(seats=total)
    if rule.quorum is None:
        found[:, 0] = 1.0
    elif not any(question.tally[0] and not question.tally[5] for question in asked):
        asked.append(quorum)
    known = rule.quorum is None
    for question in asked:
        plan = plan_of(tuple(ballot.seats.tolist()), question.tally)
        answer = _run(kernel_name="passages", ballot=ballot, plan=plan, question=question, more=(least,))
        found[:, 1] += answer[:, 1]
        if not known and question.tally[0] and not question.tally[5]:
            found[:, 0] = answer[:, 0]
            known = True
    return found


def swings_of(ballot: Ballot) -> Floats | None:
    """float[worlds, blocs, 5]: probability of passing as things stand, and if a bloc turns out, stays home, changes
    sides or votes no; None if it takes too many products."""
    asked, _ = _asked(ballot)
    if asked is None:
        return None
    found = np.zeros((ballot.draws, len(ballot.blocs), 5))
    for question in asked:
        plan = plan_of(tuple(ballot.seats.tolist()), question.tally)
        found += _run(kernel_name="swings", ballot=ballot, plan=plan, question=question, more=())
    return found


def halves_of(ballot: Ballot, tally: Tally) -> list[Floats] | None:
    """Joint distributions of the two halves of a ballot of one draw; None if it takes too many products."""
    weights = _weights(tally)
    plan = plan_of(tuple(ballot.seats.tolist()), weights)
    if plan.products > MOST_PRODUCTS:
        return None
    _prepare(plan.products)
    return [half[:, 3:-3] for half in kernel.half_sums(_shares(ballot), *plan.arrays(weights))]


def questions(rule: DecisionRule, sitting: int, total: int) -> Iterator[tuple[tuple[int, ...], Counts, float]]:
    """What must be known to say whether a motion passes: what is counted, the needs, and the sign of the answer."""
    tally, quorum = tally_of(rule), rule.quorum_needed(seats=total)
    if tally is None:
        return
    carries, alone = rule.carries, not rule.also
    strict, linear = int(carries.more_than), carries.base in ("present", "cast")
    weights = _weights(tally)
    if alone and not linear:
        needed = int(carries.needed(seats=total, present=0, cast=0))
        if needed >= quorum:
            yield (0, 0, 1, 0, 0, EVERY), np.array([needed]), 1.0
            return
    score = linear and alone and (tally.mixed or (quorum == 0 and carries.share.denominator <= COARSEST))
    counted = np.arange(sitting + 1)
    if not score:
        needs = [each.needed(seats=total, present=counted, cast=counted) for each in rule.conditions]
        asked = np.max(np.broadcast_arrays(*needs, counted * 0), axis=0)
        yield weights, np.where(counted >= quorum, asked, NEVER), 1.0
        return
    part, whole = carries.share.numerator, carries.share.denominator
    idle = -part if carries.base == "present" else 0
    rows = weights[:2] if quorum else (0, 0)
    height = sitting if quorum else 0
    counted = np.arange(height + 1)
    least = sitting * min(0, whole - part, -part, idle)
    yield (*rows, whole, -part, idle, EVERY), np.where(counted >= quorum, strict - least, NEVER), 1.0
    if not strict:
        empty = NOBODY_VOTES if carries.base == "cast" else NOBODY_COMES
        yield (*rows, 0, 0, 0, empty), np.where(counted >= quorum, 0, NEVER), -1.0


@lru_cache(maxsize=64)
def plan_of(seats: tuple[int, ...], tally: tuple[int, ...]) -> Plan:
    """Divide the blocs into halves and lay everything out."""
    high, wide = max(tally[0], tally[1]), _span(tally)
    shape, begin = [], 0
    for members in seats:
        rows, columns = members * high + 1, members * wide + 1
        shape.append((members, rows, columns, begin))
        begin += rows * columns
    halves: tuple[list[int], list[int]] = ([], [])
    sizes = [0, 0]
    for bloc in sorted(range(len(seats)), key=lambda bloc: -seats[bloc]):
        side = int(sizes[1] < sizes[0])
        halves[side].insert(0, bloc)
        sizes[side] += seats[bloc]
    most = max(map(len, halves))
    order = np.full((2, most), -1, dtype=np.int64)
    sums = np.zeros((2, most + 1, 4), dtype=np.int64)
    cells = ends = tail = largest = products = 0
    for side, half in enumerate(halves):
        order[side, : len(half)] = half
        rows = columns = 1
        for step in range(len(half) + 1):
            sums[side, step] = rows, columns + 6, cells, ends
            cells += rows * (columns + 6)
            ends += rows
            largest = max(largest, rows * (columns + 3))
            if step < len(half):
                _, up, right, _ = shape[half[step]]
                products += rows * columns * up * right
                rows, columns = rows + up - 1, columns + right - 1
        tail += rows * (columns + 1)
    sizes_of = np.array([begin, cells, ends, tail, max(seats), largest], dtype=np.int64)
    products += sum(members**3 for members in seats) + tail * max(1, int(sums[:, :, 0].max()))
    return Plan(np.array(shape, dtype=np.int64), order, sums, sizes_of, LOST / cells, products)


def _asked(ballot: Ballot) -> tuple[list[Question] | None, Question]:
    """The questions of a ballot, its presiding officer included, and that for the quorum alone."""
    rule, sitting, ones = ballot.rule, int(ballot.seats.sum()), np.ones(ballot.draws)
    chair = ballot.casting_vote
    rules = [(rule, ones if chair is None else 1 - chair)]
    if chair is not None:
        rules.append((replace(rule, ties="pass"), chair))
    grouped: dict[tuple[int, ...], list[tuple[Counts, Floats]]] = {}
    for each, weight in rules:
        for tally, needs, sign in questions(each, sitting, ballot.total_seats):
            grouped.setdefault(tally, []).append((needs, sign * weight))
    asked = [
        Question(tally, np.stack([needs for needs, _ in ways]), np.stack([weight for _, weight in ways], axis=1))
        for tally, ways in grouped.items()
    ]
    alone = (1, int(rule.quorum_counts == "present"), 0, 0, 0, EVERY)
    quorum = Question(alone, np.full((1, sitting + 1), NEVER), np.zeros((ballot.draws, 1)))
    seats = tuple(ballot.seats.tolist())
    feasible = asked and all(plan_of(seats, question.tally).products <= MOST_PRODUCTS for question in asked)
    return asked if feasible else None, quorum


def _weights(tally: Tally) -> tuple[int, ...]:
    return 1, int(tally.abstaining_counts), tally.per_yes, tally.per_cast, tally.per_abstain, EVERY


def _span(tally: tuple[int, ...]) -> int:
    """How many values apart the second number of a member can be."""
    alone = (0, tally[2] + tally[3], tally[3], tally[4])
    return max(alone) - min(alone)


def _shares(ballot: Ballot) -> Floats:
    """float[worlds, blocs, 6], as the kernel has them."""
    casts = ballot.casts
    for_share = np.divide(ballot.yes, casts, out=np.zeros_like(casts), where=casts > 0)
    none = np.zeros_like(casts)
    boycott, rebels = (none if each is None else each for each in (ballot.boycott, ballot.rebels))
    shares = (ballot.attends, casts, np.minimum(for_share, 1.0), ballot.cohesion, boycott, rebels)
    return np.ascontiguousarray(np.stack(shares, axis=2))


def _prepare(products: int) -> None:
    if products > WORTH_COMPILING:
        kernel.compile_all()


def _run(*, kernel_name: str, ballot: Ballot, plan: Plan, question: Question, more: tuple[int, ...]) -> Floats:
    """Let the kernel answer, on all processors where there are many worlds."""
    _prepare(plan.products * ballot.draws)
    work: Callable[..., Floats] = getattr(kernel, kernel_name)
    shares, needs, weight = _shares(ballot), np.ascontiguousarray(question.needs), question.weight
    arrays = plan.arrays(question.tally)
    parts = min(os.cpu_count() or 1, 8, ballot.draws) if plan.products * ballot.draws > 10**7 else 1
    bounds = np.linspace(0, ballot.draws, parts + 1).astype(int)

    def answer(part: int) -> Floats:
        here = slice(bounds[part], bounds[part + 1])
        return work(shares[here], *arrays, needs, np.ascontiguousarray(weight[here]), *more)

    if parts == 1:
        return answer(0)
    with ThreadPoolExecutor(parts) as pool:
        return np.concatenate(list(pool.map(answer, range(parts))))

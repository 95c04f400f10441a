"""What a decision rule asks of the sums over blocs, and the kernel that answers for many worlds at once.

A question is: how likely does the score reach what the number counted asks for? Where the score is enough, the number
counted is dropped: without a quorum it does not matter, and where more yes votes are needed than the quorum has
members, whoever passes has a quorum. Where the majority is of those whom the quorum counts, yes votes times the
denominator less numerator times the number counted must not be below zero: needs recur with the denominator.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.voting import kernel
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.lattice import Tally, tally_of

__all__ = ["Plan", "Question", "joint_of", "plan_of", "questions", "quorum_and_passing", "swings_of"]

LOST = 2e-14
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


class Asked(NamedTuple):
    """What is counted; ways that ask for the same are answered together. See :class:`Question`."""

    tally: tuple[int, ...]
    first: int
    step: int


@dataclass(frozen=True, eq=False)
class Question:
    """How likely the score reaches what the number counted asks for."""

    tally: tuple[int, ...]
    """What a vote and an abstention add to the number counted; a yes, any vote and an abstention to the score; whether
    all ways are kept; and what everybody counted adds to the score besides."""

    first: int
    """Least number counted with which a motion can pass."""

    step: int
    """Scores with one number counted are so far apart."""

    needs: Counts
    """int[ways, classes]: least score by the number counted, which recurs after so many classes."""

    weight: Floats
    """float[worlds, ways]: what each way counts."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Where everything of a chamber's blocs lies; see the kernel."""

    blocs: Counts
    halves: Counts
    sizes: Counts
    tiny: float
    products: int
    """Multiplications for one world, at most."""


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


def joint_of(ballot: Ballot, tally: Tally) -> Floats | None:
    """Joint distribution of the two numbers in a ballot of one draw, the second from its least value on; None if it
    takes too many products."""
    weights = _weights(tally)
    plan = plan_of(tuple(ballot.seats.tolist()), weights)
    if plan.products > MOST_PRODUCTS:
        return None
    _prepare(plan.products)
    least, most = plan.sizes[4:6].tolist()
    period = most - least + 1 + (most - least + 1) % 2
    work: Callable[..., Any] = kernel.joint
    real, imaginary = work(_shares(ballot), *_arrays(plan, weights), period)
    found = np.fft.irfft(real - 1j * imaginary, period, axis=1)
    return found[:, np.arange(least, most + 1) % period]


def questions(rule: DecisionRule, sitting: int, total: int) -> Iterator[tuple[Asked, Counts, float]]:
    """What must be known to say whether a motion passes: what is counted, the needs, and the sign of the answer."""
    tally, quorum = tally_of(rule), rule.quorum_needed(seats=total)
    if tally is None:
        return
    carries, alone = rule.carries, not rule.also
    strict, linear = int(carries.more_than), carries.base in ("present", "cast")
    rows = (1, int(tally.abstaining_counts)) if quorum else (0, 0)
    part, whole = carries.share.numerator, carries.share.denominator
    if alone and not linear:
        needed = int(carries.needed(seats=total, present=0, cast=0))
        rows = (0, 0) if needed >= quorum else rows
        yield Asked((*rows, 1, 0, 0, EVERY, 0), quorum if any(rows) else 0, 1), np.array([needed]), 1.0
    elif alone and quorum and not tally.mixed and whole <= COARSEST:
        first = [strict + (-part * kind - strict) % whole for kind in range(whole)]
        yield Asked((*rows, whole, 0, 0, EVERY, -part), quorum, whole), np.array(first), 1.0
    elif alone and (tally.mixed or (quorum == 0 and whole <= COARSEST)):
        idle = -part if carries.base == "present" else 0
        yield Asked((*rows, whole, -part, idle, EVERY, 0), quorum, 1), np.array([strict]), 1.0
        if not strict:
            empty = NOBODY_VOTES if carries.base == "cast" else NOBODY_COMES
            yield Asked((*rows, 0, 0, 0, empty, 0), quorum, 1), np.array([0]), -1.0
    else:
        counted = np.arange(sitting + 1)
        needs = [each.needed(seats=total, present=counted, cast=counted) for each in rule.conditions]
        yield Asked(_weights(tally), quorum, 1), np.max(np.broadcast_arrays(*needs, counted * 0), axis=0), 1.0


@lru_cache(maxsize=64)
def plan_of(seats: tuple[int, ...], tally: tuple[int, ...]) -> Plan:
    """Divide the blocs into halves and lay everything out."""
    rows = squares = products = 0
    blocs = []
    for members in seats:
        blocs.append((members, rows, squares))
        rows += members + 1
        squares += (members + 1) ** 2
    halves: tuple[list[int], list[int]] = ([], [])
    sizes = [0, 0]
    for bloc in sorted(range(len(seats)), key=lambda bloc: -seats[bloc]):
        side = int(sizes[1] < sizes[0])
        halves[side].insert(0, bloc)
        sizes[side] += seats[bloc]
        products += (sizes[side] + 1) * (seats[bloc] + 1)
    order = np.full((2, max(map(len, halves))), -1, dtype=np.int64)
    for side, half in enumerate(halves):
        order[side, : len(half)] = half
    least, most = (int(bound) for bound in sum(seats) * np.array(_extremes(tally)))
    if tally[0] + tally[1]:
        products += (sizes[0] + 1) * (sizes[1] + 1)
    else:
        products = len(seats)
    sizes_of = np.array(
        [rows, squares, max(seats), max(sizes), least, most, *map(len, halves), sum(seats)], dtype=np.int64
    )
    products = (products + squares) * 4 * ((most - least) // 2 + 1)
    return Plan(np.array(blocs, dtype=np.int64), order, sizes_of, LOST / (rows * len(seats)), products)


def _asked(ballot: Ballot) -> tuple[list[Question] | None, Question]:
    """The questions of a ballot, its presiding officer included, and that for the quorum alone."""
    rule, sitting, ones = ballot.rule, int(ballot.seats.sum()), np.ones(ballot.draws)
    chair = ballot.casting_vote
    rules = [(rule, ones if chair is None else 1 - chair)]
    if chair is not None:
        rules.append((replace(rule, ties="pass"), chair))
    grouped: dict[Asked, list[tuple[Counts, Floats]]] = {}
    for each, weight in rules:
        for what, needs, sign in questions(each, sitting, ballot.total_seats):
            grouped.setdefault(what, []).append((needs, sign * weight))
    asked = [
        Question(*what, np.stack([needs for needs, _ in ways]), np.stack([weight for _, weight in ways], axis=1))
        for what, ways in grouped.items()
    ]
    alone = (1, int(rule.quorum_counts == "present"), 0, 0, 0, EVERY, 0)
    quorum = Question(alone, 0, 1, np.full((1, 1), NEVER), np.zeros((ballot.draws, 1)))
    seats = tuple(ballot.seats.tolist())
    feasible = asked and all(plan_of(seats, question.tally).products <= MOST_PRODUCTS for question in asked)
    return asked if feasible else None, quorum


def _weights(tally: Tally) -> tuple[int, ...]:
    return 1, int(tally.abstaining_counts), tally.per_yes, tally.per_cast, tally.per_abstain, EVERY, 0


def _extremes(tally: tuple[int, ...]) -> tuple[int, int]:
    """Least and greatest score of a member."""
    voted, idle = tally[3] + tally[0] * tally[6], tally[4] + tally[1] * tally[6]
    alone = (0, tally[2] + voted, voted, idle)
    return (min(alone), max(alone)) if tally[5] == EVERY else (0, 0)


def _shares(ballot: Ballot) -> Floats:
    """float[worlds, blocs, 6], as the kernel has them."""
    casts = ballot.casts
    for_share = np.divide(ballot.yes, casts, out=np.zeros_like(casts), where=casts > 0)
    none = np.zeros_like(casts)
    boycott, rebels = (none if each is None else each for each in (ballot.boycott, ballot.rebels))
    shares = (ballot.attends, casts, np.minimum(for_share, 1.0), ballot.cohesion, boycott, rebels)
    return np.ascontiguousarray(np.stack(shares, axis=2))


def _arrays(plan: Plan, tally: tuple[int, ...]) -> tuple[Any, ...]:
    """Arguments of the kernel between the shares and what is asked."""
    return plan.blocs, np.array(tally, dtype=np.int64), plan.halves, plan.sizes, plan.tiny


def _prepare(products: int) -> None:
    if products > WORTH_COMPILING:
        kernel.compile_all()


def _run(*, kernel_name: str, ballot: Ballot, plan: Plan, question: Question, more: tuple[int, ...]) -> Floats:
    """Let the kernel answer, on all processors where there are many worlds."""
    _prepare(plan.products * ballot.draws)
    work: Callable[..., Floats] = getattr(kernel, kernel_name)
    shares, needs, weight = _shares(ballot), np.ascontiguousarray(question.needs), question.weight
    arrays = _arrays(plan, question.tally)
    parts = min(os.cpu_count() or 1, 8, ballot.draws) if plan.products * ballot.draws > 10**7 else 1
    bounds = np.linspace(0, ballot.draws, parts + 1).astype(int)

    def answer(part: int) -> Floats:
        here = slice(bounds[part], bounds[part + 1])
        return work(
            shares[here], *arrays, needs, question.first, question.step, np.ascontiguousarray(weight[here]), *more
        )

    if parts == 1:
        return answer(0)
    with ThreadPoolExecutor(parts) as pool:
        return np.concatenate(list(pool.map(answer, range(parts))))

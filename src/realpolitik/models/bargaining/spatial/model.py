"""The spatial model of politics: challenges, bargains, and an election between the bargains of each actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

import numpy as np

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.mean import weighted_mean
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.settlement import Move, Round, Settlement
from realpolitik.models.bargaining.spatial import kernel
from realpolitik.models.bargaining.spatial.rules import RULES, SpatialRules, switches
from realpolitik.models.bargaining.spatial.scaled import ScaledTable, elected_outcome
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["Course", "courses", "spatial"]

Variant = Literal["ktab", "most-likely", "both-offers", "power-weighted", "markov", "stochastic"]

NOTHING_DRAWN = -1.0
"""In place of luck where an actor takes its likeliest bargain."""

SETTLED, CYCLING, MOVING = range(3)
"""Reasons to end, in the order of ``Settlement.reasons``."""

TYPICAL_TURNS = 10
"""Turns that most tables take, to foresee how much work lies ahead."""

TINY_MOVE = 1e-4
"""Added to the way of the first turn, in lengths of the scale, against 0/0; as in KTAB."""


@dataclass(frozen=True, eq=False)
class Course:
    """What happened in one draw, turn by turn; the actors in the order of the table."""

    position: Floats
    """float[turns + 1, actors, issues], in the unit of the issue; the start first."""

    chance: Floats
    """float[turns + 1, actors]: chance of each actor's position in the election; without details float[1, actors]."""

    risk: Floats
    """Of the same shape: inferred risk attitude, up to 1 for the likeliest winner."""

    because_of: Counts
    """int[turns, actors]: index of the actor in whose bargain it took part; -1: kept its position."""

    movement: Floats
    """float[turns]: way of all actors together, in lengths of the scale."""

    outcome: Floats
    """float[issues], in the unit of the issue."""

    converged: bool
    """Whether the movement died down before the turns ran out."""

    period: int
    """After how many turns the last positions came back, where they had been before; 0: never."""


@model("spatial", accepts=ActorTable, reference="Wise2015", variants=get_args(Variant))
def spatial(
    table: ActorTable,
    *,
    variant: Variant = "ktab",
    rules: SpatialRules | None = None,
    history: bool = False,
    rng: np.random.Generator | None = None,
) -> Settlement:
    """Everybody challenges its best target, the two strike a bargain, and all vote on who takes which.

    In each turn an actor infers risk attitudes from an election between all positions, judges which
    challenge gains it most given which side third parties would join, and offers a bargain in which the two
    positions are mixed by salience and chance of victory. Every actor then holds a probabilistic Condorcet
    election between its position and the bargains in which it is a side. The turns end when little moves.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0. The theory wants
        saliences of an actor that add up to at most one: where a total is larger, all saliences of the draw
        are divided by the largest total. An actor whose capability differs by issue has the mean of it
        weighted by its salience.
    variant : ``ktab``: the choices of KTAB; the others change one: the ``most-likely`` position as outcome,
        ``both-offers`` on the table or their ``power-weighted`` mean, elections as a ``markov`` process of
        incentives, ``stochastic`` choice of bargains.
    rules : any other choices instead of a variant.
    history : whether to keep rounds and moves.
    rng : source of chance, read only if transitions are stochastic.

    Returns
    -------
    Settlement : outcome float[draws, issues]; exact unless transitions are stochastic. For chances and risk
        attitudes by turn see :func:`courses`.

    Raises
    ------
    ModelError : somebody has no position; nobody with capability cares for an issue in some draw; chance is
        needed and ``rng`` is missing.
    UnknownName : no such variant.

    References
    ----------
    Wise, Lester and Efird 2015, papers on the KAPSARC Toolkit for Behavioral Analysis (KTAB), and its source.
    Checked: tests/reference/spatial.yaml.
    """
    if variant not in RULES:
        raise UnknownName("spatial variant", variant, tuple(RULES))
    chosen = RULES[variant] if rules is None else rules
    outcome, reason = np.empty((table.draws, len(table.issues))), np.empty(table.draws, dtype=np.int64)
    kept: list[Course] = []
    for draw, course in enumerate(courses(table, chosen, rng=rng, details=history)):
        outcome[draw] = course.outcome
        reason[draw] = SETTLED if course.converged else CYCLING if course.period else MOVING
        if history:
            kept.append(course)
    return Settlement(
        issues=table.issues,
        outcome=outcome,
        model="spatial",
        variant=variant if rules is None else None,
        exact=chosen.transitions == "deterministic",
        method=f"spatial model of politics, {chosen.outcome} of the positions in the last election",
        rules=asdict(chosen),
        converged=reason == SETTLED,
        reasons=(
            f"moved less than {chosen.movement:g} of the first turn's way",
            f"positions come back again and again; broken off after {chosen.most_turns} turns",
            f"still moving after {chosen.most_turns} turns",
        ),
        reason=reason,
        rounds=_rounds(table, kept),
        moves=tuple(_moves(table, kept)),
    )


def courses(
    table: ActorTable,
    rules: SpatialRules | None = None,
    *,
    rng: np.random.Generator | None = None,
    details: bool = True,
) -> Iterator[Course]:
    """Play the turns of each draw: positions, chances, risk attitudes, movement.

    Parameters
    ----------
    rules : choices; None: those of KTAB.
    rng : source of chance, read only if transitions are stochastic.
    details : whether to keep chances and risk attitudes of every turn, or only of the last.

    Raises
    ------
    ModelError : as in :func:`spatial`.
    """
    chosen = rules or RULES["ktab"]
    luck = np.full((chosen.most_turns, len(table.actors)), NOTHING_DRAWN)
    if chosen.transitions == "stochastic" and rng is None:
        raise ModelError("The transitions are stochastic: give a random generator as rng.")
    scaled = ScaledTable.of(table, "spatial", chosen.first)
    kernel.prepare(table.draws * TYPICAL_TURNS * len(table.actors) ** 3)
    for draw in range(table.draws):
        if chosen.transitions == "stochastic" and rng is not None:
            luck = rng.random(luck.shape)
        yield _course(scaled, draw, chosen, luck, details)


def _course(scaled: ScaledTable, draw: int, rules: SpatialRules, luck: Floats, details: bool) -> Course:
    numbers, order = switches(rules), scaled.order[draw]
    salience, capability = scaled.salience[draw], scaled.capability[draw]
    care = salience.sum(axis=1)
    position, because, risks, shares = [scaled.position[draw]], [], [], []
    movement: list[float] = []
    while True:
        away = kernel.distances(position[-1], salience)
        risk = kernel.attitudes(away, capability, numbers)
        settled, last = _settled(movement, rules), len(movement) == rules.most_turns
        if details or settled or last:
            chance, named = kernel.chances(position[-1], away, risk, capability, numbers)
            risks.append(risk)
            shares.append(chance)
        if settled or last:
            break
        sides, ends = kernel.propose(position[-1], away, risk, capability * care, salience, care, numbers)
        values = kernel.weigh(sides, ends, position[-1], away, risk, salience)
        after, whom = position[-1].copy(), np.empty(len(care), dtype=np.int64)
        kernel.resolve(sides, ends, values, capability, luck[len(movement)], numbers, after, whom)
        movement.append(float(np.sqrt(((after - position[-1]) ** 2).sum(axis=1)).sum()))
        position.append(after)
        because.append(np.where(whom < 0, -1, order[whom]))
    listed = scaled.unscaled(draw, np.stack(position))
    return Course(
        position=listed,
        chance=scaled.listed(draw, np.stack(shares)),
        risk=scaled.listed(draw, np.stack(risks)),
        because_of=scaled.listed(draw, np.stack(because)),
        movement=np.array(movement),
        outcome=elected_outcome(listed[-1][order], chance, named, rules.outcome),
        converged=settled,
        period=0 if settled or rules.transitions == "stochastic" else _period(position),
    )


def _settled(movement: list[float], rules: SpatialRules) -> bool:
    """Whether the last turn moved little beside the first; none so short that it makes 0/0."""
    enough = len(movement) >= max(1, rules.least_turns)
    return enough and movement[-1] < rules.movement * (movement[0] + TINY_MOVE)


def _period(position: list[Floats]) -> int:
    """Turns since the last positions were there before, 0 if they never were."""
    for back in range(1, len(position)):
        if np.array_equal(position[-1], position[-1 - back]):
            return back
    return 0


def _rounds(table: ActorTable, kept: list[Course]) -> tuple[Round, ...]:
    """Positions by turn, every draw at rest after its last one."""
    found = []
    for turn in range(max((len(course.position) for course in kept), default=0)):
        position = np.stack([course.position[min(turn, len(course.position) - 1)] for course in kept])
        now = replace(table, position=position)
        weight = now.weight("capability", "salience")
        found.append(Round(position, weighted_mean(now, weight), median(now).outcome))
    return tuple(found)


def _moves(table: ActorTable, kept: list[Course]) -> Iterator[Move]:
    """Who moved because of whom, by draw, turn, actor and issue."""
    for draw, course in enumerate(kept):
        before, after = course.position[:-1], course.position[1:]
        for turn, actor, issue in np.argwhere(before != after).tolist():
            yield Move(
                draw=draw,
                round=turn + 1,
                actor=table.actors[actor],
                because_of=table.actors[course.because_of[turn, actor]],
                issue=table.issues[issue],
                start=float(before[turn, actor, issue]),
                end=float(after[turn, actor, issue]),
            )

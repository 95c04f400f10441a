"""The choices that the spatial model of politics and the probabilistic Condorcet election leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import inf
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from realpolitik.errors import ModelError, UnknownName

__all__ = ["RULES", "ElectionRules", "First", "Outcome", "SpatialRules", "Switches", "switches"]

Victory = Literal["linear", "square", "quartic", "octic", "binary"]
Voting = Literal["binary", "binary-proportional", "proportional", "proportional-cubic", "cubic"]
Election = Literal["conditional", "markov-incentive", "markov-uniform"]
Outcome = Literal["mean", "most-likely"]
RiskRange = Literal["min", "mid", "max"]
First = Literal["strongest", "listed"]

SQUARINGS: Mapping[Victory, int] = {"linear": 0, "square": 1, "quartic": 2, "octic": 3, "binary": -1}
"""How often the ratio of two strengths is squared; -1 stands for the law ``binary``."""

RESPONSE: Mapping[Voting, tuple[float, float, float]] = {
    "binary": (0.0, 0.0, 1.0),
    "binary-proportional": (0.8, 0.0, 0.2),
    "proportional": (1.0, 0.0, 0.0),
    "proportional-cubic": (0.5, 0.5, 0.0),
    "cubic": (0.0, 1.0, 0.0),
}
"""Share of the vote in proportion to the gain, to its cube, and to its sign."""

FLOOR: Mapping[RiskRange, float] = {"min": 0.0, "mid": -0.5, "max": -1.0}
"""Risk attitude of whoever is least likely to win; the likeliest winner has 1."""

INSIGHT: Mapping[str, float] = {"none": 0.0, "one-third": 1 / 3, "half": 0.5, "two-thirds": 2 / 3, "full": 1.0}
"""How far an actor sees the risk attitude of another; the rest of its estimate is its own attitude."""

BARGAIN_POWER: Mapping[str, int] = {"s1p1": 1, "s2p2": 2, "s2pmax": 0}
"""Power of salience and probability in the weights of a bargain; 0 stands for the law ``s2pmax``."""


class Switches(NamedTuple):
    """The rules as numbers, as the kernels read them."""

    response: tuple[float, float, float]
    squarings: int
    election: int
    floor: float
    insight: float
    joins: bool
    bargain_power: int
    offers: int
    same_within: float
    least_turns: int
    movement: float


def _check(rules: Any) -> None:
    """Refuse a choice that does not exist and a number below zero."""
    hints = get_type_hints(type(rules))
    for field in fields(rules):
        value, known = getattr(rules, field.name), get_args(hints[field.name])
        if known and value not in known:
            raise UnknownName(f"choice of {field.name}", str(value), known)
        if not known and not 0 <= value < inf:
            raise ModelError(f"{field.name} is {value}, expected a finite number of at least 0.")
    if getattr(rules, "most_turns", 1) < 1:
        raise ModelError(f"most_turns is {rules.most_turns}, expected at least 1.")


@dataclass(frozen=True)
class ElectionRules:
    """Choices of a probabilistic Condorcet election."""

    victory: Victory = "linear"
    """Chance that one coalition defeats another: in proportion to the strengths, to a power of them (2, 4, 8),
    or certain from an advantage of a tenth (``binary``)."""

    voting: Voting = "proportional"
    """What an actor throws in: everything for any gain, in proportion to the gain, to its cube, or a mix."""

    election: Election = "conditional"
    """From pairwise chances to one: the chance to beat all others given that somebody does, or how long each
    candidate stays in front when others challenge it, either in turn or as strongly as they hope to gain."""

    risk: Literal["neutral", "inferred"] = "neutral"
    """Whether candidates are valued by distance alone, or with risk attitudes inferred from a first election."""

    risk_range: RiskRange = "mid"
    """Risk attitudes run from 0, -0.5 or -1 to 1; read only where they are inferred."""

    outcome: Outcome = "mean"
    """The mean of the candidates weighted by their chances, or the likeliest candidate."""

    same_within: float = 0.001
    """Positions closer than this, in lengths of the scale, are one candidate."""

    first: First = "strongest"
    """Who names a candidate that several actors share: the strongest of them, or the first in the table."""

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True)
class SpatialRules:
    """Choices of the spatial model of politics; the defaults are those of KTAB."""

    victory: Victory = "linear"
    """As in :class:`ElectionRules`; used in elections. A challenge is always judged by the linear law."""

    voting: Voting = "proportional"
    """As in :class:`ElectionRules`; used in elections and challenges."""

    election: Election = "conditional"
    """As in :class:`ElectionRules`; used for risk attitudes, between bargains, and for the outcome."""

    risk_range: RiskRange = "mid"
    """Inferred risk attitudes run from 0 (``min``), -0.5 (``mid``) or -1 (``max``) to 1."""

    risk_adjust: Literal["none", "one-third", "half", "two-thirds", "full"] = "one-third"
    """How far an actor sees the risk attitude of others rather than its own."""

    third_parties: Literal["none", "semi", "full"] = "semi"
    """Who must move when a coalition loses: no third party, those who joined it, or everybody. With ``none``
    and ``full`` a third party gains nothing by joining, so that it stays out."""

    bargain_weights: Literal["s1p1", "s2p2", "s2pmax"] = "s2p2"
    """How two positions are mixed: by salience times chance of victory, by their squares, or by squared
    salience with only the stronger side pulling."""

    offers: Literal["initiator", "both", "power-weighted"] = "initiator"
    """Which bargain a challenge puts on the table: the challenger's, both sides', or their mean by power."""

    transitions: Literal["deterministic", "stochastic"] = "deterministic"
    """Whether an actor takes its likeliest bargain, or draws one."""

    outcome: Outcome = "mean"
    """Where the issue settles at the last turn: the mean of positions weighted by their chances in the
    election, or the likeliest position."""

    same_within: float = 0.001
    """Positions closer than this, in lengths of the scale, are one candidate of the last election."""

    first: First = "strongest"
    """Who names a candidate that several actors share, and has it in a tie: the strongest of them, so that the
    order of the table does not matter, or as in KTAB the first in the table."""

    movement: float = 0.02
    """The turns end when everybody together moves less than this share of the first turn's way."""

    least_turns: int = 2
    """Turns before which the movement is not looked at."""

    most_turns: int = 100
    """Turns after which the model gives up."""

    def __post_init__(self) -> None:
        _check(self)


RULES: Mapping[str, SpatialRules] = {
    "ktab": SpatialRules(),
    "most-likely": SpatialRules(outcome="most-likely"),
    "both-offers": SpatialRules(offers="both"),
    "power-weighted": SpatialRules(offers="power-weighted"),
    "markov": SpatialRules(election="markov-incentive"),
    "stochastic": SpatialRules(transitions="stochastic"),
}
"""Named rule sets, the default first."""


def switches(rules: SpatialRules | ElectionRules) -> Switches:
    """Return the rules as numbers; an election has no bargains, so that theirs are those of KTAB."""
    moves = rules if isinstance(rules, SpatialRules) else SpatialRules()
    return Switches(
        response=RESPONSE[rules.voting],
        squarings=SQUARINGS[rules.victory],
        election=get_args(Election).index(rules.election),
        floor=FLOOR[rules.risk_range],
        insight=INSIGHT[moves.risk_adjust],
        joins=moves.third_parties == "semi",
        bargain_power=BARGAIN_POWER[moves.bargain_weights],
        offers=("initiator", "both", "power-weighted").index(moves.offers),
        same_within=rules.same_within,
        least_turns=moves.least_turns,
        movement=moves.movement,
    )

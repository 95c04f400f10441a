"""Everything that the papers on the expected-utility model leave open, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args, get_type_hints

from realpolitik.errors import ModelError, UnknownName

__all__ = ["VARIANTS", "ChallengeRules", "Variant"]

Variant = Literal["settled", "paper", "scholz-table", "quantal"]


@dataclass(frozen=True)
class ChallengeRules:
    """One reading of the expected-utility model; the defaults are the variant ``settled``.

    ``i`` is the actor whose view is taken, ``j`` another one. Equations are those of Scholz, Calbert &
    Smith 2011.

    Raises
    ------
    UnknownName : a choice that does not exist.
    ModelError : a number outside its range.
    """

    success: Literal["pair", "all-pairs"] = "pair"
    """What the votes for a challenger are divided by: the votes cast over this ``pair`` of positions
    (eq. 31; P_ij + P_ji = 1), or the votes cast over ``all-pairs`` of actors, which makes every chance
    small."""

    votes: Literal["linear", "voter-risk", "judge-risk"] = "linear"
    """Votes grow in proportion to the distance gained (``linear``), or distances are first raised to the
    risk exponent of the voter (``voter-risk``) or of the actor who judges the challenge (``judge-risk``)."""

    exponent: Literal["challenger", "receiver"] = "challenger"
    """Whose risk exponent bends the utilities of a challenge: the challenger's own (superscripts in eq. 15
    to 24), or that of the actor who weighs up the offer, in both directions."""

    range: Literal["current", "start", "scale"] = "current"
    """What distances are divided by: the distance of the outermost positions, recomputed in every round
    (``current``) or kept from the ``start``, or the whole ``scale`` of the issue."""

    salience: Literal["resister", "challenger", "printed"] = "resister"
    """Whose salience is the chance that a challenge is resisted: the ``resister``'s (eq. 6), the
    ``challenger``'s, or ``j``'s in both directions as the appendix prints it (``printed``)."""

    security: Literal["challengers", "own-row", "hypothetical", "none"] = "challengers"
    """What the risk exponent derives from: the utility that others expect from challenging the actor
    (``challengers``, section 5), what the actor expects from challenging them (``own-row``), the former
    compared with what it would be at every position now held (``hypothetical``), or nothing: all exponents
    are one (``none``). All are measured without risk, so that a challenger's and a challenged actor's view of
    a challenge are the same."""

    equal_positions: Literal["count", "skip"] = "count"
    """Whether a pair that stands at the same place counts in the sum for ``security``; matters if q < 1."""

    q: float = 1.0
    """Chance, in [0, 1], that the other one stays where it is if it is not challenged."""

    no_challenge: Literal["subtract", "add"] = "subtract"
    """Sign of the utility of what happens unchallenged with chance 1 - q (eq. 5: ``subtract``)."""

    t_rule: Literal["median", "constant"] = "median"
    """Whether the other one's move to the median would help: if the median is nearer than the other one
    (``median``, figures 1 to 4), or with the chance ``t`` for all (``constant``)."""

    t: float = 0.5
    """That chance, in [0, 1]; read only if ``t_rule`` is ``constant``."""

    both_positive: Literal["stand", "weaker", "lottery"] = "stand"
    """If both expect to gain: nobody moves (``stand``), the one who expects less moves all the way
    (``weaker``, figure 6), or the loser of a draw with the chances of eq. 31 does (``lottery``)."""

    capitulate: Literal["full", "never"] = "full"
    """If i expects to lose more than j expects to gain: i moves all the way (figure 6), or not at all."""

    compromise: Literal["ratio", "share"] = "ratio"
    """If i expects to lose less than j expects to gain, i moves by the gap times |EU_i / EU_j| (``ratio``, eq.
    36), or times |EU_i| / (|EU_i| + |EU_j|) (``share``)."""

    choice: Literal["strongest", "class", "class-low", "least", "logit"] = "strongest"
    """Which offer is taken: of the one who expects most from the challenge (``strongest``); of the first
    class among conflict, compromise and capitulation (``class``); the same, but among compromises that with
    the lowest average of the two positions weighted by expected utility (``class-low``); any that asks for
    the ``least`` move. Then the least move. Or all of them and staying, each with the weight
    exp(precision times the proposer's expected utility), that of staying being 0 (``logit``): the actor moves
    to the expected position."""

    precision: float = 1.0
    """How sharply ``logit`` tells offers apart, at least 0; read only there."""

    ties: Literal["stay", "lower", "upper"] = "stay"
    """Between equally good offers at the same distance on either side: neither, the lower or the upper."""

    update: Literal["simultaneous", "sequential"] = "simultaneous"
    """All move at once, or one after the other, the largest capability times salience first, each seeing the
    moves before its own; exponents, range and median are those of the start of the round."""

    outcome: Literal["median", "mean"] = "median"
    """Median or mean of the last positions, weighted by capability times salience. The Condorcet winner and
    the position with the largest pairwise margin are the median, as votes over it are linear."""

    median_ties: Literal["midpoint", "lower", "upper"] = "midpoint"
    """Which median, if exactly half of the weight stands on either side."""

    stop: Literal["median", "rest", "rounds"] = "median"
    """When to end: once the median of a round differs from that of the round before by less than ``tolerance``
    for ``patience`` rounds in a row (``median``), once nobody moves (``rest``), or only after ``max_rounds``
    (``rounds``). Rest ends all of them, a cycle the first two."""

    tolerance: float = 0.005
    """Share of the scale of the issue, above 0; read only if ``stop`` is ``median``."""

    patience: int = 2
    """Number of rounds, at least 1; read only if ``stop`` is ``median``."""

    max_rounds: int = 20
    """Most rounds, at least 1."""

    def __post_init__(self) -> None:
        for name, known in choices().items():
            if getattr(self, name) not in known:
                raise UnknownName(f"choice of '{name}' in ChallengeRules", str(getattr(self, name)), known)
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ModelError(f"ChallengeRules: {name} is {value:g}, expected {least:g} to {most:g}.")


LIMITS = {
    "q": (0, 1),
    "t": (0, 1),
    "precision": (0, 1e6),
    "tolerance": (1e-12, 1),
    "patience": (1, 10_000),
    "max_rounds": (1, 10_000),
}
"""By field, the least and the largest number allowed."""


def choices() -> dict[str, tuple[str, ...]]:
    """By field, the names to choose from, for fields that are names."""
    hints = get_type_hints(ChallengeRules)
    found = {field.name: get_args(hints[field.name]) for field in fields(ChallengeRules)}
    return {name: known for name, known in found.items() if known}


SETTLED = ChallengeRules()
PAPER = replace(SETTLED, both_positive="weaker", stop="rounds", max_rounds=8)
SCHOLZ_TABLE = replace(
    PAPER,
    success="all-pairs",
    votes="voter-risk",
    exponent="receiver",
    range="start",
    capitulate="never",
    choice="class-low",
)

VARIANTS: Mapping[Variant, ChallengeRules] = {
    "settled": SETTLED,
    "paper": PAPER,
    "scholz-table": SCHOLZ_TABLE,
    "quantal": replace(SETTLED, choice="logit"),
}
"""Named rule sets, the default first."""

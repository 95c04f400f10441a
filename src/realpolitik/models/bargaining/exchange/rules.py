"""Every choice that the literature on position exchange leaves open, and the named sets of choices."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from realpolitik.errors import ContestError, Fault, UnknownName

__all__ = ["RULES", "ExchangeRules", "Variant"]

Variant = Literal["equal-gain", "randomised", "decide"]

AtOutcome = Literal["below", "above", "neither"]
KnownMoves = Literal["all", "own-deals"]
OncePassed = Literal["refuse", "ignore"]
RisingOffers = Literal["free", "summed"]
Ties = Literal["by-name", "by-row", "random"]
Luck = Literal["once", "each-offer"]

CHOICES = {
    "at_outcome": get_args(AtOutcome),
    "known_moves": get_args(KnownMoves),
    "once_passed": get_args(OncePassed),
    "rising_offers": get_args(RisingOffers),
    "ties": get_args(Ties),
    "luck": get_args(Luck),
}
BOUNDS = {
    "minimum_gain": (0.0, 100.0),
    "tolerance": (1e-12, 1e-3),
    "randomness": (0.0, 1.0),
    "fixed_share": (0.0, 1.0),
    "salience_share": (0.0, 1.0),
    "max_rounds": (1, 100_000),
}


@dataclass(frozen=True)
class ExchangeRules:
    """One reading of the exchange model. Positions run from 0 to 100, gains are positions times salience.

    Raises
    ------
    ContestError : a number is out of its range.
    UnknownName : a choice that does not exist.
    """

    at_outcome: AtOutcome = "below"
    """On which side an actor stands whose position is the expected outcome; ``neither`` trades nothing there."""

    known_moves: KnownMoves = "all"
    """Which exchanges of this round count when partners work out where the outcome stands.

    ``all`` of them, or on the issue that an actor asks for only those that were its ``own-deals``.
    """

    stop_at_partner: bool = True
    """Whether a move ends where the expected outcome reaches the position of the actor it is made for.

    It never goes beyond the position of that actor, whatever is chosen here.
    """

    once_passed: OncePassed = "refuse"
    """If the outcome has already reached that position: no exchange (``refuse``), or one without the limit."""

    rising_offers: RisingOffers = "free"
    """``summed``: an offer ends if all that its maker has offered upward in it this round adds up to more than 100.

    Seems to be an oversight of the open program, which reproduces its figures; moves downward are not summed.
    """

    minimum_gain: float = 1e-10
    """Exchanges that gain less than this are dropped, in hundredths of the scale times salience."""

    tolerance: float = 1e-9
    """Positions this near (on 0 to 100), and gains this near (as a share of the larger), count as equal."""

    ties: Ties = "by-name"
    """Which of several exchanges with the largest gain comes first.

    By pair of issues in the order of the table, then names of actors in alphabetical order (``by-name``)
    or their rows in the table (``by-row``); or drawn at ``random``.
    """

    randomness: float = 0.0
    """From 0, both partners gain the same, to 1, one may take all of the gain or leave all of it."""

    luck: Luck = "each-offer"
    """Whether the division of an exchange is drawn ``once`` a round or for ``each-offer`` worked out anew."""

    fixed_share: float = 0.1
    """Share of the way to its vote by which an actor's position has moved when the next round starts."""

    salience_share: float = 0.4
    """The same, times one minus salience: added for those who do not care."""

    max_rounds: int = 10
    """Rounds of exchange and vote; fewer if one brings no exchange. 1: a single vote on the first exchanges."""

    def __post_init__(self) -> None:
        for name, known in CHOICES.items():
            if getattr(self, name) not in known:
                raise UnknownName(f"exchange rule {name}", str(getattr(self, name)), known)
        faults = [
            Fault((field.name,), f"is {getattr(self, field.name)}, expected {low:g} to {high:g}.")
            for field in fields(self)
            if field.name in BOUNDS
            for low, high in [BOUNDS[field.name]]
            if not low <= getattr(self, field.name) <= high
        ]
        if self.fixed_share + self.salience_share > 1:
            text = "and fixed_share add up to more than 1: positions would move beyond the vote."
            faults.append(Fault(("salience_share",), text))
        if faults:
            raise ContestError(faults)

    @property
    def needs_rng(self) -> bool:
        """Whether chance plays a part."""
        return self.randomness > 0 or self.ties == "random"


RULES: dict[Variant, ExchangeRules] = {
    "equal-gain": ExchangeRules(),
    "randomised": ExchangeRules(randomness=1.0),
    "decide": ExchangeRules(known_moves="own-deals", once_passed="ignore", rising_offers="summed", ties="by-row"),
}
"""Named rule sets; ``decide`` follows the open program decide-exchange-model, oversights included."""

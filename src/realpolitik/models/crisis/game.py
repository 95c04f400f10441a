"""What the threat model reads: what each of five ends is worth to sender and target.

::

    sender ── no threat ─────────────────────────────▶ no-threat
       └ threatens ─▶ target ── complies ────────────▶ complied
                        └ stands ─▶ sender ── backs down ─▶ backed-down
                                       └ imposes ─▶ target ── gives in ─▶ gave-in
                                                      └ defies ─────────▶ defied
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.errors import Fault
from realpolitik.models.arrays import Floats, checked, draws_of, refuse

__all__ = ["ENDS", "NODES", "ThreatGame"]

ENDS = ("no-threat", "complied", "backed-down", "gave-in", "defied")
"""The five ends, in the order of every payoff."""

NODES = ("threatens", "stands", "imposes", "defies")
"""The four decisions, from first to last, by the move that goes on; sender and target take turns."""

LARGEST = 1e100
"""Largest payoff and precision, so that no product overflows."""


@dataclass(frozen=True, eq=False)
class ThreatGame:
    """A threat, seen from both sides, in every draw.

    Raises
    ------
    ContestError : a shape or a value is wrong; all faults at once.
    """

    stage: ClassVar[str] = "threat"
    """The kind of stage that models of this view work out."""

    sender: Floats
    """float[draws, 5]: what each of ``ENDS`` is worth to the sender, in any unit of its own."""

    target: Floats
    """float[draws, 5]: what each of ``ENDS`` is worth to the target, in any unit of its own."""

    precision: Floats | None = None
    """float[draws], at least 0, per unit of payoff: how sharply both see what is better for them.

    0: they toss a coin; the larger, the nearer to backward induction. Read by the logit variant only.
    """

    threat_already_made: bool = False
    """Whether the threat stands, so that the first decision is past."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        draws = ("draw", draws_of(self.sender))
        for label in ("sender", "target"):
            cells = (draws, ("end", ENDS))
            value = checked(label, getattr(self, label), cells, faults, least=-LARGEST, most=LARGEST)
            object.__setattr__(self, label, value)
        if self.precision is not None:
            value = checked("precision", self.precision, (draws,), faults, least=0, most=LARGEST)
            object.__setattr__(self, "precision", value)
        refuse(faults)

    @classmethod
    def from_stakes(
        cls,
        *,
        sender_stake: ArrayLike,
        sender_cost: ArrayLike,
        sender_audience_cost: ArrayLike,
        target_stake: ArrayLike,
        target_cost: ArrayLike,
        paid_before_yielding: ArrayLike = 0.0,
        precision: ArrayLike | None = None,
        threat_already_made: bool = False,
    ) -> ThreatGame:
        """Build the payoffs from what an analyst can judge; zero is the status quo, the demand unmet.

        ============ ============================================ ============================================
        end          sender                                       target
        ============ ============================================ ============================================
        no-threat    0                                            0
        complied     sender_stake                                 -target_stake
        backed-down  -sender_audience_cost                        0
        gave-in      sender_stake - paid * sender_cost            -target_stake - paid * target_cost
        defied       -sender_cost                                 -target_cost
        ============ ============================================ ============================================

        Parameters
        ----------
        sender_stake : float[draws] or a number, at least 0: what the sender gains if the demand is met.
        sender_cost : likewise: what carrying out the threat for good costs the sender.
        sender_audience_cost : likewise: what backing down in public costs the sender.
        target_stake : likewise: what the target loses if it meets the demand.
        target_cost : likewise: what the threat carried out for good costs the target.
        paid_before_yielding : in [0, 1]: share of both costs that is paid before the target gives in.
        precision : at least 0; see the field.

        Raises
        ------
        ContestError : a value is out of range, or the lengths differ.

        Examples
        --------
        >>> game = ThreatGame.from_stakes(
        ...     sender_stake=3, sender_cost=1, sender_audience_cost=2, target_stake=4, target_cost=10
        ... )
        >>> game.sender.tolist(), game.target.tolist()
        ([[0.0, 3.0, -2.0, 3.0, -1.0]], [[0.0, -4.0, 0.0, -4.0, -10.0]])
        """
        given = {
            "sender_stake": sender_stake,
            "sender_cost": sender_cost,
            "sender_audience_cost": sender_audience_cost,
            "target_stake": target_stake,
            "target_cost": target_cost,
            "paid_before_yielding": paid_before_yielding,
            **({} if precision is None else {"precision": precision}),
        }
        draws = max(draws_of(value) for value in given.values())
        faults: list[Fault] = []
        read: dict[str, Floats] = {}
        for label, value in given.items():
            spread = np.full(draws, value) if np.ndim(value) == 0 else value
            most = 1.0 if label == "paid_before_yielding" else LARGEST / 4
            read[label] = checked(label, spread, [("draw", draws)], faults, least=0, most=most)
        refuse(faults)
        paid, zero = read["paid_before_yielding"], np.zeros(draws)
        gain, price, loss, harm = (
            read[label] for label in ("sender_stake", "sender_cost", "target_stake", "target_cost")
        )
        sender = (zero, gain, -read["sender_audience_cost"], gain - paid * price, -price)
        target = (zero, -loss, zero, -loss - paid * harm, -harm)
        sender_worth, target_worth = (np.stack(side, axis=1) for side in (sender, target))
        return cls(sender_worth, target_worth, read.get("precision"), threat_already_made)

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.sender.shape[0])

"""A threat: who demands what of whom, and what it costs either side."""

from __future__ import annotations

from realpolitik.contest.base import Name, Noun, Text
from realpolitik.contest.quantity import NonNegative, Quantity, Share

__all__ = ["Threat"]


class Threat(Noun):
    """Threaten → comply or stand → impose or back down → give in or defy.

    All values are relative to the status quo, in which no threat is made and the demand is unmet (0 for both sides).
    One common unit per side; only comparisons within a side matter for backward induction.
    """

    sender: Name
    """The actor that threatens."""

    target: Name
    """The actor that is threatened."""

    demand: Text
    """What the target is to do or not to do."""

    sanctions: bool = False
    """True if economic sanctions are threatened; then the record of earlier such threats stands beside the stage."""

    made: bool = False
    """True if the threat is already on the table, so that the first move is history."""

    sender_stake: NonNegative
    """What the demand is worth to the sender."""

    sender_cost: NonNegative
    """What carrying out the threat costs the sender."""

    sender_audience_cost: NonNegative
    """What backing down after the threat costs the sender."""

    target_stake: NonNegative
    """What meeting the demand costs the target."""

    target_cost: NonNegative
    """What the threat, carried out in full, costs the target."""

    paid_before_yielding: Share = Quantity.model_validate(0)
    """Share of both sides' costs that is already paid when the target gives in after the threat was carried out."""

    precision: NonNegative = Quantity.model_validate(1)
    """Only for the logit variant: how sharply each side follows its advantage (0: coin flips), per unit of value."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims behind these numbers; empty means the analyst's judgement."""

    note: Text | None = None
    """How the values were judged."""

"""One exchange as it was carried out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Exchange"]


@dataclass(frozen=True)
class Exchange:
    """Two actors trade: each gives way on one issue for the other's move on another.

    Gains and losses are in hundredths of the scale of the issue times salience, measured where the
    expected outcome stands before and after the exchange.
    """

    draw: int
    """Index of the draw."""

    round: int
    """From one."""

    partners: tuple[str, str]
    """Who trades."""

    gives: tuple[str, str]
    """The issue on which each of them gives way; the other one receives it."""

    won: tuple[float, float]
    """What each partner wins by the other's move."""

    lost: tuple[float, float]
    """What each partner loses by its own move."""

    externality: tuple[float, ...]
    """What it does to each actor of the table, in that order: above zero it is better off; 0 for partners."""

    @property
    def gain(self) -> tuple[float, float]:
        """What each partner wins less what it loses; both the same unless the rules say otherwise."""
        return self.won[0] - self.lost[0], self.won[1] - self.lost[1]

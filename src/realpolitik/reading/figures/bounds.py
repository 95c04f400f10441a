"""What a printed number leaves open: the values that it can stand for."""

from __future__ import annotations

import math

from realpolitik.reading.figures.amounts import Comparison

__all__ = ["ABOUT", "Bounds", "bounds", "can_both_hold"]

ABOUT = 0.05
"""Share of its value by which an approximate number may be off, where its last digit leaves less open."""

Bounds = tuple[float, float]


def bounds(value: float, comparison: Comparison, *, is_count: bool = False) -> Bounds:
    """Lowest and highest value that a printed number can stand for.

    A round number stands for all that round to it: 4,000 for 3,500 to 4,500. *About* leaves the same open, and at least
    5 %. A counted number (of ballots) stands for itself.

    Parameters
    ----------
    value : as printed.
    comparison : how the text qualifies it.
    is_count : whether an exact number was counted and is not round.

    Examples
    --------
    >>> bounds(4000, "exactly"), bounds(180, "about"), bounds(170, "exactly", is_count=True)
    ((3500.0, 4500.0), (171.0, 189.0), (170.0, 170.0))
    >>> bounds(4000, "more than")
    (4000.0, inf)
    """
    if comparison in ("more than", "at least"):
        return float(value), math.inf
    if comparison in ("less than", "at most"):
        return -math.inf, float(value)
    if comparison == "exactly" and is_count:
        return float(value), float(value)
    slack = _place(value) / 2
    if comparison == "about":
        slack = max(slack, ABOUT * abs(value))
    return value - slack, value + slack


def _place(value: float) -> float:
    """The place of the last digit that is not nought: 10 for 180, 0.1 for 12.5."""
    digits = f"{abs(value):.9f}".rstrip("0")
    whole, _, part = digits.partition(".")
    if part:
        return 10.0 ** -len(part)
    return 10.0 ** (len(whole) - len(whole.rstrip("0"))) if whole.strip("0") else 1.0


def can_both_hold(one: Bounds, other: Bounds) -> bool:
    """Whether some value lies within both bounds."""
    return one[0] <= other[1] and other[0] <= one[1]

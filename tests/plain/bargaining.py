"""Bargaining models for one issue and one draw, straight from their definitions, in exact fractions."""

from collections.abc import Sequence
from fractions import Fraction

Row = tuple[Fraction, Fraction, Fraction]
"""Position, salience, capability."""


def mean(rows: Sequence[Row], weights: Sequence[Fraction]) -> Fraction:
    """Sum of weight times position over sum of weights."""
    return sum((w * row[0] for w, row in zip(weights, rows, strict=True)), Fraction(0)) / sum(weights)


def weights(rows: Sequence[Row], variant: str) -> list[Fraction]:
    """Weights of the named variant."""
    return [{"unweighted": Fraction(1), "salience": s, "capability": c, "both": s * c}[variant] for _, s, c in rows]


def medians(rows: Sequence[Row]) -> tuple[Fraction, Fraction]:
    """Lowest and highest position among those that minimise the weighted distance to everybody."""
    weight = weights(rows, "both")
    positions = [row[0] for row, w in zip(rows, weight, strict=True) if w > 0]

    def distance(point: Fraction) -> Fraction:
        return sum((w * abs(row[0] - point) for w, row in zip(weight, rows, strict=True)), Fraction(0))

    least = min(map(distance, positions))
    best = [point for point in positions if distance(point) == least]
    return min(best), max(best)

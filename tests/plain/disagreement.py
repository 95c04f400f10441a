"""Nash and Kalai–Smorodinsky for one issue and one draw, straight from their definitions.

Both maximise something that only rises and then only falls, so thirds of the scale are thrown away until nothing is
left; 60 decimal digits leave the flat top of a product of gains sharp enough.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

DIGITS = 60
CUTS = 160


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def gains(position: Sequence[Decimal], point: Decimal, cost: Decimal, power: int, outcome: Decimal) -> list[Decimal]:
    return [abs(point - p) ** power + cost - abs(outcome - p) ** power for p in position]


def top(worth: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    for _ in range(CUTS):
        third = (high - low) / 3
        left, right = low + third, high - third
        low, high = (left, high) if worth(left) < worth(right) else (low, right)
    return (low + high) / 2


def acceptable(position: Sequence[Decimal], point: Decimal, cost: Decimal, power: int) -> tuple[Decimal, Decimal]:
    """Ends of the outcomes that nobody likes less than no agreement."""
    reach = [abs(point - p) ** power + cost for p in position]
    radius = [r if power == 1 else r.sqrt() for r in reach]
    ends = [(p - r, p + r) for p, r in zip(position, radius, strict=True)]
    return max(low for low, _ in ends), min(high for _, high in ends)


def nash(position: Sequence[Fraction], weight: Sequence[int], point: Fraction, cost: Fraction, power: int) -> float:
    """Weights are whole numbers above zero; cost is in the unit of the loss."""
    with localcontext() as context:
        context.prec = DIGITS
        p, r, c = [decimal(value) for value in position], decimal(point), decimal(cost)
        low, high = acceptable(p, r, c, power)
        if high - low < Decimal(10) ** -(DIGITS // 2):
            return float(point)

        def product(x: Decimal) -> Decimal:
            worth = Decimal(1)
            for gain, w in zip(gains(p, r, c, power, x), weight, strict=True):
                worth *= max(gain, Decimal(0)) ** w
            return worth

        return float(top(product, low, high))


def kalai_smorodinsky(
    position: Sequence[Fraction], point: Fraction, cost: Fraction, power: int, *, own: bool = False
) -> float:
    with localcontext() as context:
        context.prec = DIGITS
        p, r, c = [decimal(value) for value in position], decimal(point), decimal(cost)
        low, high = acceptable(p, r, c, power)
        if high - low < Decimal(10) ** -(DIGITS // 2):
            return float(point)
        best = p if own else [min(max(value, low), high) for value in p]
        hope = [gains([mine], r, c, power, b)[0] for mine, b in zip(p, best, strict=True)]

        def smallest(x: Decimal) -> Decimal:
            return min(gain / h for gain, h in zip(gains(p, r, c, power, x), hope, strict=True))

        return float(top(smallest, low, high))

"""A chamber counted out: every way in which every bloc can act, in exact fractions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import factorial

Counts = tuple[int, int, int, int]
"""Members who vote yes, vote no, abstain, are absent."""


def splits(members: int) -> Iterator[Counts]:
    """Every way to divide the members into the four groups."""
    for yes in range(members + 1):
        for no in range(members + 1 - yes):
            for abstain in range(members + 1 - yes - no):
                yield yes, no, abstain, members - yes - no - abstain


def chance(counts: Counts, shares: Sequence[Fraction], cohesion: Fraction) -> Fraction:
    """Dirichlet-multinomial probability of the counts, as an urn: each choice makes its like more likely."""
    if cohesion == 1:
        whole = [share for share, count in zip(shares, counts, strict=True) if count == sum(counts)]
        return sum(whole, Fraction(0))
    value = Fraction(factorial(sum(counts)))
    for share, count in zip(shares, counts, strict=True):
        for drawn in range(count):
            value *= (share * (1 - cohesion) + drawn * cohesion) / (drawn + 1)
    for drawn in range(sum(counts)):
        value /= (1 - cohesion) + drawn * cohesion
    return value


def decide(
    counts: Counts, *, seats: int, quorum: int, quorum_counts: str, base: str, share: Fraction, strict: bool
) -> tuple[bool, bool]:
    """Whether there is a quorum, and whether the motion is then carried."""
    yes, no, abstain, _ = counts
    present, cast = yes + no + abstain, yes + no
    quorate = {"present": present, "cast": cast}[quorum_counts] >= quorum
    line = share * {"seats": seats, "present": present, "cast": cast, "number": 1}[base]
    return quorate, quorate and yes > 0 and (yes > line if strict else yes >= line)


def passage(
    blocs: Sequence[tuple[int, Sequence[Fraction], Fraction]],
    *,
    seats: int,
    quorum: int,
    quorum_counts: str,
    base: str,
    share: Fraction,
    strict: bool,
) -> tuple[Fraction, Fraction]:
    """Probability of quorum and of passage; each bloc is (members, four shares, cohesion)."""
    quorate = passed = Fraction(0)
    ways = [
        [(counts, chance(counts, shares, cohesion)) for counts in splits(members)]
        for members, shares, cohesion in blocs
    ]
    for way in product(*ways):
        weight = Fraction(1)
        for _, part in way:
            weight *= part
        yes, no, abstain, absent = (sum(counts[kind] for counts, _ in way) for kind in range(4))
        here, carried = decide(
            (yes, no, abstain, absent),
            seats=seats, quorum=quorum, quorum_counts=quorum_counts, base=base, share=share, strict=strict,
        )  # fmt: skip
        quorate += weight * here
        passed += weight * carried
    return quorate, passed
